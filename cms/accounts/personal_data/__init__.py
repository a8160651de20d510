"""What is stored about somebody: handed out, erased, and forgotten in time (GDPR)."""
