"""The course's page editor: its form, panels, checks before publishing, dashboard panels."""
