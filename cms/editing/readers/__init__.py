"""Views of Wagtail's that show no more of other people's pages than their reader may know."""
