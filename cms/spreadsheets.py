"""Spreadsheets that do nothing but hold data."""

from typing import Final

# A cell that begins so is a formula to the programs that open the file (OWASP: CSV injection).
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(value: object) -> object:
    """Return `value` so that no program takes it for a formula: a text gets an apostrophe first.

    Anything but a text is returned as it is.
    """
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return value
