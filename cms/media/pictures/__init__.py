"""Abstract pictures, drawn from what a page is about: where nobody has uploaded one."""
