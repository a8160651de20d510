"""The editors’ desk for courses: lists of courses and sessions, and what many need at once."""
