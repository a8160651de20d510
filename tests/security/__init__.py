"""What gets out, what gets in, and what is noted: the promises a security reviewer looks for."""
