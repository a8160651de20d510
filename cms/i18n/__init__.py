"""The reader's language, and what depends on it: facts in both, sorting, dates, money, catalogues.

It knows no table and no page.
"""
