"""What search engines and social networks are told: robots, sitemaps, structured data.

It tells of public pages only.
"""
