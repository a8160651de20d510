"""Guards around Wagtail's admin: its forms, its choosers and its editors."""
