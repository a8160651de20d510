"""Courses: when they are given, who may apply, and what stages of development they teach."""
