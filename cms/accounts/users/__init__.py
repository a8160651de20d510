"""The admin's account pages, safe to hand to staff who are not superusers."""
