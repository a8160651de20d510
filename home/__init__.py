"""The home page, pages that need no type of their own, and setting a new site up."""
