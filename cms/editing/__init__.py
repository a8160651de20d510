"""What the admin offers editors beyond Wagtail: dashboard, guide, moderation, refusals to delete.

Visitors' pages never depend on it.
"""
