"""What a page is, in schema.org's terms: JSON-LD built from data and safe inside a script."""

import json
from collections.abc import Sequence
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from wagtail.models import Page

type JsonLd = dict[str, Any]

# Neither an end tag, nor a comment, nor a line end that older JavaScript did not expect can come
# out of an editor's text.
_ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


def without_gaps(thing: JsonLd) -> JsonLd:
    """Return `thing` without the properties that have no value."""
    return {name: value for name, value in thing.items() if value not in (None, "", [], {})}


def organisation(name: str, url: str = "", identifier: str = "", **more: Any) -> JsonLd:
    """Return an Organization; `identifier` is its ROR id."""
    return without_gaps(
        {"@type": "Organization", "name": name, "url": url, "sameAs": identifier} | more
    )


def breadcrumb_list(pages: Sequence[tuple[str, str]]) -> JsonLd:
    """Return a BreadcrumbList of titles and absolute addresses, from the home page down."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": title, "item": url}
            for position, (title, url) in enumerate(pages, start=1)
        ],
    }


def item_list(items: Sequence[tuple[str, str]], total: int) -> JsonLd:
    """Return an ItemList of `total` things that begins with `items`: titles, absolute addresses."""
    return {
        "@type": "ItemList",
        "numberOfItems": total,
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": title, "url": url}
            for position, (title, url) in enumerate(items, start=1)
        ],
    }


def postal_address(**lines: str) -> JsonLd:
    """Return a PostalAddress in Sweden; `lines` are its properties, as far as they are known."""
    return without_gaps({"@type": "PostalAddress", **lines, "addressCountry": "SE"})


def website(base_url: str) -> JsonLd:
    """Return the school's website, as what its pages are part of."""
    return {
        "@type": "WebSite",
        "@id": f"{base_url}/#website",
        "name": _("National ATMP Research School"),
        "url": f"{base_url}/",
    }


def school(base_url: str) -> JsonLd:
    """Return the research school itself, as what other things refer to."""
    return {
        "@type": "EducationalOrganization",
        "@id": f"{base_url}/#school",
        "name": _("National ATMP Research School"),
        "url": f"{base_url}/",
    }


def absolute_url(page: Page, base_url: str) -> str:
    """Return the address of `page` with scheme and host."""
    return f"{base_url}{page.url}"


def as_script(things: Sequence[JsonLd]) -> SafeString | str:
    """Return one script element with all of `things`; nothing where there are none.

    Browsers do not execute a script of this type, so that no Content-Security-Policy applies.
    """
    if not things:
        return ""
    graph = {"@context": "https://schema.org", "@graph": list(things)}
    # Nothing in it can end the element: every sign that could is escaped.
    text = json.dumps(graph, ensure_ascii=False).translate(_ESCAPES)
    return format_html(
        '<script type="application/ld+json">{}</script>',
        mark_safe(text),  # noqa: S308 # nosec
    )
