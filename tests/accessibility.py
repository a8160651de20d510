"""What a page's markup owes to those who listen to it, use a keyboard, or are machines."""

import json
import re
from itertools import pairwise

from bs4 import BeautifulSoup

from tests.html import headings, links, one, words


def assert_accessible(document: BeautifulSoup, language: str = "en") -> None:
    """Refuse what keeps a page from being read aloud, by keyboard or by machine."""
    assert one(document, "html")["lang"] == language
    assert words(one(document, "head title"))
    assert one(document, "meta[name=viewport]")
    assert words(one(document, "h1"))
    assert one(document, "main").get("id") == "main"
    assert one(document, "body > header")
    assert one(document, "body > footer")
    assert links(document, "a.skip-link").keys() == {"#main"}

    for nav in document.select("nav"):
        assert nav.get("aria-label"), nav
    identifiers = [str(element["id"]) for element in document.select("[id]")]
    assert len(identifiers) == len(set(identifiers)), identifiers
    for attribute in ("aria-labelledby", "aria-describedby", "for"):
        for element in document.select(f"[{attribute}]"):
            assert set(str(element[attribute]).split()) <= set(identifiers), element
    for image in document.select("img"):
        assert image.has_attr("alt"), image
        assert image.has_attr("width"), image
    for link in document.select("a, button"):
        assert words(link) or link.get("aria-label"), link
    levels = [int(element.name[1]) for element in document.select("h1, h2, h3, h4, h5, h6")]
    assert all(words(element) for element in document.select("h1, h2, h3, h4, h5, h6"))
    for upper, lower in pairwise(levels):
        assert lower <= upper + 1, headings(document)
    for script in document.select("script[type='application/ld+json']"):
        json.loads(script.get_text())
    assert not re.search(r"{[{%#]|[}%#]}", document.get_text()), "A template tag is shown."
