"""The rows of a file that somebody sends, whatever it is, and whatever it hides."""
