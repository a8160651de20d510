"""Passwords: which are refused, and links that let their owner set one once."""
