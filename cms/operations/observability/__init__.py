"""What the site says of itself to those who run it: logs, errors, numbers. Never who visits it."""
