"""Sources of redirects that no browser asks for, and forms of them that nothing checks.

Wagtail 8.0.1; no issue known. An address with a space, a quotation mark or a bracket, or with a
letter that is written as two characters (ö as o and ¨), is kept as a redirect's source as it was
typed. Browsers ask for a space as %20, and keyboards make one character of most letters: the
redirect never takes place. “//[” is an error. What is imported goes by a form of its own.

Changed: `Redirect.normalise_path` writes all of these as they are asked for, and what a site asks
of redirects is asked of every form of them, for the form of an import is not the site's to choose.

Delete when a redirect from “/om oss” answers “/om%20oss”, and one from a decomposed “/ansökan” the
composed address, and when the import takes its form from the view that adds one.
"""

import re
from collections.abc import Callable
from functools import wraps
from urllib.parse import quote

from wagtail.contrib.redirects.models import Redirect

from cms.upstream.characters import clean_line

# What Django's `get_full_path` has escaped: in a path, and in a query.
_IN_PATH = re.compile(r"""[ "<>^`{|}\\\[\]]|%(?![0-9A-Fa-f]{2})""")
_IN_QUERY = re.compile(r"""[ "<>^`{|}\\]|%(?![0-9A-Fa-f]{2})""")


def _escaped(url: str) -> str:
    path, mark, query = clean_line(url).strip().partition("?")
    return _IN_PATH.sub(_quoted, path) + mark + _IN_QUERY.sub(_quoted, query)


def _quoted(found: re.Match[str]) -> str:
    return quote(found[0])


def _as_asked_for(normalise: Callable[..., str]) -> Callable[..., str]:
    @wraps(normalise)
    def normalised(url: str, decode_unicode: bool = True) -> str:
        return clean_line(normalise(_escaped(url), decode_unicode))

    return normalised


def guard() -> None:
    """Wrap the method; the original is its `__wrapped__`."""
    Redirect.normalise_path = staticmethod(_as_asked_for(Redirect.normalise_path))


def have_forms_check(check: Callable[[Redirect], None]) -> None:
    """Have every form of a redirect ask `check`, which raises ValidationError."""
    clean = Redirect.clean

    @wraps(clean)
    def cleaned(self: Redirect) -> None:
        clean(self)
        check(self)

    Redirect.clean = cleaned
