"""Courses, their sessions and the development stages in the API."""
