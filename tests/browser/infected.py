"""Fills in every form of the admin, over HTTP, with texts that would be scripts.

Nothing here touches the database: the browser's loop runs in this thread.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin
from zlib import crc32

import requests
from bs4 import BeautifulSoup, Tag
from wagtail.test.utils.form_data import nested_form_data, streamfield

from tests.admin_forms import AdminForm, errors_beside
from tests.factories.cms import PASSWORD
from tests.html import parse
from tests.security.infecting import Infecter, rich, stream_blocks
from tests.security.payloads import CALL, CANARY, PAYLOADS, packs

_INPUTS = "input:not([type])[name], textarea[name], " + ", ".join(
    f"input[type={kind}][name]" for kind in ("text", "search", "url", "email", "tel")
)
# The name that the site answers to; a payload as a name would make it answer to nobody.
_LEFT_ALONE = {"hostname"}
_UNLIMITED = 100_000
# Where a form does not say how much it takes, and it is less.
_SOME = 100
_PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c6360000000020001e221bc330000000049454e44ae426082"
)
_NUMBER = re.compile(r"\d+")
_MARKS = (CALL, CANARY, "xss%28%29")


class Wire(requests.Session):
    """A client like the tests' own, but with a real server at its other end."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url

    def request(self, method: str, url: str | bytes, *args: Any, **kwargs: Any) -> Any:
        """Ask for a path of the site, and follow no redirect."""
        kwargs["allow_redirects"] = False
        return super().request(method, f"{self.url}{url!s}", *args, **kwargs)

    def sign_in(self, username: str) -> None:
        """Sign in with the tests' own password."""
        form = AdminForm(self, "/admin/login/", "form[method=post]")
        form["username"], form["password"] = username, PASSWORD
        form.save()


@dataclass
class Record:
    """Which payloads each text input took, and which inputs refused them."""

    limits: dict[str, int] = field(default_factory=dict)
    taken: dict[str, set[str]] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)

    @property
    def only_refused(self) -> dict[str, str]:
        """The inputs that took nothing, with what they said, if they said anything."""
        return {name: self.refused.get(name, "") for name in self.limits if name not in self.taken}

    def share(self) -> float:
        """Return how many of the pairs of an input and a payload that fits it were tried."""
        fitting = {
            name: sum(len(payload) <= (self.limits[name] or _UNLIMITED) for payload in PAYLOADS)
            for name in self.taken
        }
        tried = {
            name: sum(any(payload in text for text in texts) for payload in PAYLOADS)
            for name, texts in self.taken.items()
        }
        return sum(tried.values()) / sum(fitting.values())


class Infection:
    """One round: each text input gets the payloads whose turn it is.

    `answers` are the pages that forms came back in.
    """

    def __init__(self, wire: Wire, record: Record, number: int, *, image: int, document: int):
        self.wire, self.record, self.number = wire, record, number
        self.infecter = Infecter(self._text, image=image, document=document)
        self.answers: list[str] = []
        self._given: dict[str, set[str]] = {}

    def spread(self, address: str) -> None:
        """Fill in every form at an address, and send it."""
        for form in forms_at(self.wire, address):
            self._fill_in(form)

    def _text(self, name: str, limit: int) -> str:
        """Return the payloads that are next for an input of at most `limit` characters."""
        texts = packs(limit or _UNLIMITED)
        # Not every input begins with the same.
        text = texts[(crc32(name.encode()) + self.record.asked[name]) % len(texts)]
        self.record.asked[name] += 1
        self.record.limits[name] = limit
        self._given.setdefault(name, set()).add(text)
        return text

    def _fill_in(self, form: AdminForm) -> None:  # noqa: C901
        before = {name: list(values) for name, values in form.fields.items()}
        self._given = {}
        names = dict(_inputs(form))
        route = _NUMBER.sub("#", form.address)
        for name, limit in names.items():
            form[name] = self._text(_key(route, name), limit)
            # "Per month" stands beside an amount only.
            if name.endswith("-amount_per"):
                form[name.removesuffix("_per")] = "5"
        for control in form.form.select("[data-draftail-input][name]:not(template *)"):
            name = str(control["name"])
            names[name] = 0
            form[name] = rich(self._text(_key(route, name), 0))
        for block in form.form.select("[data-block]"):
            self._fill_in_blocks(form, str(block["id"]), route)
        if "comments-TOTAL_FORMS" in form.fields:
            self._comment(form, route)
        if not self._given:
            return
        answer = self._send(form)
        if answer.status_code == 200 and _is_page(answer):
            answer = self._without_what_is_refused(form, names, before, route, answer)
        # Whatever shows a form again has taken nothing.
        if answer.status_code in {200, 302} and page_in(answer) is None:
            for name, texts in self._given.items():
                self.record.taken.setdefault(name, set()).update(texts)

    def _fill_in_blocks(self, form: AdminForm, name: str, route: str) -> None:
        for key in [key for key in form.fields if key.startswith(f"{name}-")]:
            del form.fields[key]
        values = self.infecter.stream(stream_blocks()[name], _key(route, name))
        flat = nested_form_data({name: streamfield(values)})
        form.fields |= {key: [str(value)] for key, value in flat.items()}

    def _comment(self, form: AdminForm, route: str) -> None:
        """Comment on the title as the editor's scripts do, and answer to it."""
        number = form["comments-TOTAL_FORMS"]
        comment = f"comments-{number}"
        management = {"TOTAL_FORMS": "1", "INITIAL_FORMS": "0"}
        values = {
            "comments-TOTAL_FORMS": str(int(number) + 1),
            f"{comment}-contentpath": "title",
            f"{comment}-position": "",
            f"{comment}-text": self._text(_key(route, f"{comment}-text"), 0),
            f"{comment}-replies-0-text": self._text(_key(route, f"{comment}-replies-0-text"), 0),
            **{f"{comment}-replies-{name}": value for name, value in management.items()},
        }
        form.fields |= {name: [value] for name, value in values.items()}

    def _without_what_is_refused(
        self,
        form: AdminForm,
        names: dict[str, int],
        before: dict[str, list[str]],
        route: str,
        answer: requests.Response,
    ) -> requests.Response:
        """Send a form that came back again: shorter, and then without what is still refused."""
        for again in ("shorter", "without"):
            self.answers.append(answer.text)
            refused = {name: why for name in names if (why := _complaint(answer, name))}
            for name, why in refused.items():
                key = _key(route, name)
                self._given.pop(key, None)
                if again == "shorter" and not names[name]:
                    form[name] = self._text(key, _SOME)
                else:
                    form[name] = before.get(name, [""])
                    self.record.refused[key] = why
            answer = self._send(form)
            if answer.status_code != 200 or not _is_page(answer):
                break
        return answer

    def _send(self, form: AdminForm) -> requests.Response:
        button = {"action-publish": "1"} if "action-publish" in form.buttons else {}
        kind, content = ("pdf", b"%PDF-1.7") if "/documents/" in form.address else ("png", _PNG)
        files = [
            (str(control["name"]), (f"{PAYLOADS[self.number % 100]}.{kind}", content))
            for control in form.form.select("input[type=file][name]")
        ]
        return self.wire.post(form.address, {**form.fields, **button}, files=files or None)


def forms_at(wire: Wire, address: str) -> Iterator[AdminForm]:
    """Yield each form at an address that is sent by POST, also those that a script would show."""
    answer = wire.get(address)
    document = page_in(answer)
    if document is None:
        return
    for form in document.select("form[method=post i]"):
        yield AdminForm.of(
            wire, urljoin(address, str(form.get("action") or address)), document, form
        )


def page_in(answer: requests.Response) -> BeautifulSoup | None:
    """Return the page, or the part of one, that an answer holds."""
    if answer.status_code != 200:
        return None
    if _is_page(answer):
        return BeautifulSoup(answer.text, "html.parser")
    if "json" in answer.headers.get("Content-Type", ""):
        data = answer.json()
        if isinstance(data, dict) and "html" in data:
            return BeautifulSoup(data["html"], "html.parser")
    return None


def is_infected(text: str) -> bool:
    """Return whether a payload is somewhere in a text, however it is written there."""
    return any(mark in text for mark in _MARKS)


def _is_page(answer: requests.Response) -> bool:
    return answer.headers.get("Content-Type", "").startswith("text/html")


def _complaint(answer: Any, name: str) -> str:
    """Return what a form that came back says beside an input, if that has a place to say it."""
    control = parse(answer).select_one(f"[name='{name}']")
    is_wrapped = control is not None and control.find_parent(attrs={"data-field-wrapper": True})
    return errors_beside(answer, name) if is_wrapped else ""


def _key(route: str, name: str) -> str:
    return f"{route} {_NUMBER.sub('#', name)}"


def _inputs(form: AdminForm) -> Iterator[tuple[str, int]]:
    """Yield the name of each text input that a person sees, and how much it takes; 0: anything."""
    for control in form.form.select(_INPUTS):
        name = str(control["name"])
        hidden = control.find_parent("template") or control.has_attr("data-draftail-input")
        if not hidden and name not in _LEFT_ALONE and not _is_of_a_block(control):
            yield name, int(str(control.get("maxlength") or 0))


def _is_of_a_block(control: Tag) -> bool:
    return control.find_parent(attrs={"data-block": True}) is not None
