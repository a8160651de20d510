"""Reads the site's pages as a visitor's browser does."""

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from bs4 import BeautifulSoup, Tag
from django.test import Client

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse

# What the test client returns. Only type checkers know it, and by no public name.
type Response = _MonkeyPatchedWSGIResponse


def parse(response: Response) -> BeautifulSoup:
    """Return the document in a response; it is for reading."""
    return _parsed(response.content)


@lru_cache(maxsize=4)
def _parsed(content: bytes) -> BeautifulSoup:
    # Pages of the admin are long, and a test asks for the same one several times.
    return fragment(content.decode())


def fragment(html: str) -> BeautifulSoup:
    """Return the document that a piece of HTML is."""
    return BeautifulSoup(html, "lxml")


def read(client: Client, address: str) -> BeautifulSoup:
    """Return the document at `address`, which has to be there."""
    response = client.get(address)
    assert response.status_code == 200, f"{address} answered {response.status_code}"
    return parse(response)


def words(element: Tag) -> str:
    """Return an element's text with each run of white space as one space."""
    return " ".join(element.get_text(" ").split())


def one(document: Tag, selector: str) -> Tag:
    """Return the only element that matches a selector."""
    found = document.select(selector)
    assert len(found) == 1, f"{len(found)} elements match {selector}"
    return found[0]


def links(document: Tag, selector: str = "a[href]") -> dict[str, str]:
    """Return the addresses that links lead to, each with the link's text."""
    return {str(link["href"]): words(link) for link in document.select(selector)}


def headings(document: Tag) -> list[str]:
    """Return the texts of all headings in order."""
    return [words(heading) for heading in document.select("h1, h2, h3, h4, h5, h6")]


def read_json(client: Client, address: str) -> Any:
    """Return the data at `address`, which has to be there."""
    response = client.get(address)
    assert response.status_code == 200, f"{address} answered {response.status_code}"
    return json.loads(response.content)
