"""Fills in every text of the admin's forms with texts that would be scripts."""

import itertools
import json
from collections.abc import Iterator
from typing import Any

from bs4 import Tag
from django.test import Client

from tests.admin_forms import SETTINGS_FORM, AdminForm, errors_beside
from tests.security.payloads import packed, packs

# They have rules of their own, and are tested where those are.
_LEFT_ALONE = ("slug", "comments-", "_at", "date", "url", "website", "-amount", "_year", "ror_id")
_UNLIMITED = 2000


def infect(form: AdminForm, start: int, button: str = "") -> None:
    """Fill in every text field of a form, in each with other payloads, and save it.

    Fields that refuse them get back what they held.
    """
    limits = dict(_texts(form))
    before = {name: form.fields.get(name, [""]) for name in limits}
    for number, (name, limit) in enumerate(limits.items()):
        form[name] = packed(limit, start + 7 * number)
    answer = form.send(button)
    if answer.status_code == 200:
        for name in limits:
            if errors_beside(answer, name):
                form[name] = before[name]
        form.save(button)


def rich(text: str, url: str = "") -> str:
    """Return a rich text as the editor sends it, with a link to `url` over all of it."""
    ranges = [{"offset": 0, "length": len(text), "key": 0}] if url else []
    entity = {"0": {"type": "LINK", "mutability": "MUTABLE", "data": {"url": url}}} if url else {}
    block = {"key": "a", "text": text, "type": "unstyled", "depth": 0}
    return json.dumps(
        {
            "blocks": [block | {"inlineStyleRanges": [], "entityRanges": ranges}],
            "entityMap": entity,
        }
    )


def story() -> list[tuple[str, Any]]:
    """Return a body, as the editor sends it, with all payloads in each kind of block."""
    link = {"label": packed(80, 3), "page": "", "url": "https://example.org/"}
    return [
        *(("quote", {"text": text, "attribution": packed(120, 5)}) for text in packs(600)),
        *(("heading", {"text": text, "level": "h2"}) for text in packs(120)),
        *(("paragraph", rich(text)) for text in packs(2000)),
        ("facts", {"heading": packed(120, 9), "facts": _listed(_facts())}),
        ("call_to_action", {"heading": packed(80, 11), "text": packed(300, 13), "link": link}),
        ("accordion", {"items": _listed(_questions())}),
        ("people", {"heading": packed(120, 15), "people": _listed(_people())}),
    ]


def snippet(client: Client, address: str, start: int) -> None:
    """Infect a form that is no page's."""
    infect(AdminForm(client, address, SETTINGS_FORM), start)


def _facts() -> Iterator[dict[str, Any]]:
    for text in packs(120):
        yield {"label": text[:80], "value": text}


def _questions() -> Iterator[dict[str, Any]]:
    for text in packs(160):
        yield {"question": text, "answer": rich(text)}


def _people() -> Iterator[dict[str, Any]]:
    for text in packs(120):
        yield {"name": text, "role": text, "university": "", "email": "", "photo": ""}


def _listed(values: Iterator[dict[str, Any]]) -> dict[str, Any]:
    items = list(values)
    return {
        "count": str(len(items)),
        **{
            str(number): {"value": value, "order": str(number), "deleted": ""}
            for number, value in zip(itertools.count(), items)
        },
    }


def _texts(form: AdminForm) -> Iterator[tuple[str, int]]:
    """Yield the name of each plain text field that a person sees, and how much it holds."""
    for control in form.form.select("input[type=text][name], textarea[name]"):
        name = str(control["name"])
        if not (_is_hidden(control) or any(part in name for part in _LEFT_ALONE)):
            yield name, int(str(control.get("maxlength") or _UNLIMITED))


def _is_hidden(control: Tag) -> bool:
    return bool(control.find_parent("template")) or control.has_attr("data-draftail-input")
