"""Where answers of all kinds lead."""

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

from testing.servers import HOST
from tests.operations.markup import SITE, Document, quoted
from tests.operations.response import Response

_WRITTEN_OUT = re.compile(rf"{re.escape(SITE)}[^\s\"'<>\\)]*")
_IN_STYLES = re.compile(r"url\(\s*['\"]?([^'\")]+)|@import\s+['\"]([^'\"]+)")
_SOURCE_MAP = re.compile(r"sourceMappingURL=(\S+)")


def addresses(response: Response) -> Iterator[str]:
    """Yield the addresses of this site, without fragments, that a response leads to."""
    for link in _written(response):
        try:
            target = urlsplit(urljoin(SITE + response.path, link.strip()))
        except ValueError:
            continue
        if (target.hostname, target.scheme) == (HOST, "https"):
            yield f"{target.path or '/'}{'?' if target.query else ''}{target.query}"


def _written(response: Response) -> Iterator[str]:
    yield from filter(None, [response.headers.get("Location")])
    if response.kind == "text/html":
        yield from response.document.links()
    elif response.kind == "text/css":
        yield from (one or other for one, other in _IN_STYLES.findall(response.text))
    elif response.kind.endswith("json"):
        yield from _in_data(json.loads(response.text))
    elif response.kind.endswith("javascript"):
        yield from _SOURCE_MAP.findall(response.text)
    elif response.is_text:
        yield from (unescape(link) for link in _WRITTEN_OUT.findall(response.text))


def _in_data(data: Any) -> Iterator[str]:
    if isinstance(data, dict | list):
        for value in data.values() if isinstance(data, dict) else data:
            yield from _in_data(value)
    elif isinstance(data, str) and "<" in data:
        # The admin's dialogs are HTML in JSON.
        yield from Document(data).links()
    elif isinstance(data, str):
        yield from quoted(data)
