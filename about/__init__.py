"""What the school is, whom it is for, and who pays for it."""
