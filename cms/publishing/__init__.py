"""The publication log and what is derived from it: stamps, conditional GET and the page cache."""
