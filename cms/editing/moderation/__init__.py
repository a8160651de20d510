"""What is said when a page is submitted, sent back and approved."""
