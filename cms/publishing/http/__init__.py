"""Conditional GET and the page cache: what is answered without being rendered again."""
