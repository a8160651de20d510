"""What every page type shares, and the way from an address to its page.

It never knows a page type of an app.
"""
