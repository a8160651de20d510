"""Courses and sessions as an Atom feed and as a calendar to subscribe to."""
