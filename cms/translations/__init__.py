"""One page in several languages: facts that have one home, and words that are translated."""
