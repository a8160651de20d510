"""What the admin offers editors beyond Wagtail: checks before publishing, the dashboard, the
guide, refusals to delete what is in use.

Visitors' pages never depend on it.
"""
