"""Fragments of an address with which Wagtail's editor opens the right tab and shows a place."""


def field_anchor(path: str) -> str:
    """Return the fragment for the field or block with the content path `path`."""
    return f"#:w:contentpath={path}"


def panel_anchor(panel_id: str) -> str:
    """Return the fragment for the panel with that id, which opens where it is closed."""
    return f"#{panel_id}-section"


def list_anchor(name: str) -> str:
    """Return the fragment for the inline list called `name`, which has no content path."""
    return f"#id_{name}-FORMS"
