"""Deleting: what is refused because pages show it, and what deleting a page does besides."""
