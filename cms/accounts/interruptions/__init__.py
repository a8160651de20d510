"""What is written outlives the session of whoever writes it, and outlives being refused."""
