"""Guards around other people's code, one module each: what is changed, and when it may go.

Every room may use it; it knows none.
"""
