"""Sources of redirects that no browser asks for.

Wagtail 8.0.1; no issue known. An address with a space, or with a letter that is written as two
characters (ö as o and ¨), is kept as a redirect's source as it was typed. Browsers ask for a space
as %20, and keyboards make one character of most letters: the redirect never takes place.

Changed: `Redirect.normalise_path` writes both as they are asked for.

Delete when a redirect from “/om oss” answers “/om%20oss”, and one from a decomposed “/ansökan” the
composed address.
"""

from collections.abc import Callable
from functools import wraps
from unicodedata import normalize

from wagtail.contrib.redirects.models import Redirect


def _as_asked_for(normalise: Callable[..., str]) -> Callable[..., str]:
    @wraps(normalise)
    def normalised(url: str, decode_unicode: bool = True) -> str:
        return normalize("NFC", normalise(url, decode_unicode)).replace(" ", "%20")

    return normalised


def guard() -> None:
    """Wrap the method; the original is its `__wrapped__`."""
    Redirect.normalise_path = staticmethod(_as_asked_for(Redirect.normalise_path))
