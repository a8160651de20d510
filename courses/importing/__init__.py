"""A spreadsheet's rows become draft sessions: read, match, check, plan, apply."""
