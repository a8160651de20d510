"""Fills in every form of the admin, over HTTP, with texts that would be scripts.

Nothing here touches the database: the browser's loop runs in this thread.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from zlib import crc32

import requests
from wagtail.test.utils.form_data import nested_form_data, streamfield

from tests.admin_forms import AdminForm, errors_beside
from tests.browser.network import (
    Wire,
    files_of,
    forms_at,
    inputs_of,
    is_infected,
    is_page,
    page_in,
)
from tests.html import parse
from tests.security.payloads import PAYLOADS, all_in_one, packs
from tests.security.xss_inputs import Infecter, rich, stream_blocks

_PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c6360000000020001e221bc330000000049454e44ae426082"
)
# What is left of payloads in the name of a file, and no longer than a name can be.
_FILE_NAMES = packs(
    200,
    tuple(dict.fromkeys(payload.rpartition("/")[2] for payload in PAYLOADS if payload[-1] != "/")),
)
_NUMBER = re.compile(r"\d+")


@dataclass
class Record:
    """Which text inputs took all payloads, and which refused them."""

    asked: Counter[str] = field(default_factory=Counter)
    taken: set[str] = field(default_factory=set)
    refused: dict[str, str] = field(default_factory=dict)
    # Forms whose files were named.
    named: set[str] = field(default_factory=set)

    @property
    def only_refused(self) -> dict[str, str]:
        """The inputs that took nothing, with what they said, if they said anything."""
        return {name: self.refused.get(name, "") for name in self.asked if name not in self.taken}


class Infection:
    """Gives each text input all payloads, and begins with the one whose turn it is.

    `answers` are the pages that forms came back in.
    """

    def __init__(self, wire: Wire, *, image: int, document: int) -> None:
        self.wire, self.record = wire, Record()
        self.infecter = Infecter(self._text, image=image, document=document)
        self.responses: list[str] = []
        self._given: set[str] = set()

    def spread(self, address: str) -> None:
        """Fill in every form at an address, and send it."""
        for form in forms_at(self.wire, address):
            self._fill_in(form)

    def name_files(self, address: str) -> None:
        """Send every form at an address that takes a file, until each payload was in its name."""
        for form in forms_at(self.wire, address):
            route = _NUMBER.sub("#", form.address)
            is_new = files_of(form) and route not in self.record.named
            self.record.named.add(route)
            for name in _FILE_NAMES if is_new else ():
                response = self._send(form, name)
                assert response.status_code < 500
                page = page_in(response)
                if page is not None and is_infected(str(page)):
                    self.responses.append(str(page))

    def _text(self, name: str) -> str:
        """Return all payloads; an input does not always begin with the same."""
        start = crc32(name.encode()) + self.record.asked[name]
        self.record.asked[name] += 1
        self._given.add(name)
        return all_in_one(start)

    def _fill_in(self, form: AdminForm) -> None:  # noqa: C901
        before = {name: list(values) for name, values in form.fields.items()}
        self._given = set()
        names = list(inputs_of(form))
        route = _NUMBER.sub("#", form.address)
        for name in names:
            form[name] = self._text(_key(route, name))
            # "Per month" stands beside an amount only.
            if name.endswith("-amount_per"):
                form[name.removesuffix("_per")] = "5"
        for control in form.form.select("[data-draftail-input][name]:not(template *)"):
            name = str(control["name"])
            names.append(name)
            form[name] = rich(self._text(_key(route, name)))
        for block in form.form.select("[data-block]"):
            self._fill_in_blocks(form, str(block["id"]), route)
        if "comments-TOTAL_FORMS" in form.fields:
            self._comment(form, route)
        if not self._given:
            return
        response = self._send(form)
        if response.status_code == 200 and is_page(response):
            response = self._without_what_is_refused(form, names, before, route, response)
        # Whatever shows a form again has taken nothing.
        if response.status_code in {200, 302} and page_in(response) is None:
            self.record.taken |= self._given

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
            f"{comment}-text": self._text(_key(route, f"{comment}-text")),
            f"{comment}-replies-0-text": self._text(_key(route, f"{comment}-replies-0-text")),
            **{f"{comment}-replies-{name}": value for name, value in management.items()},
        }
        form.fields |= {name: [value] for name, value in values.items()}

    def _without_what_is_refused(
        self,
        form: AdminForm,
        names: list[str],
        before: dict[str, list[str]],
        route: str,
        response: requests.Response,
    ) -> requests.Response:
        """Send a form that came back again, without what is refused."""
        self.responses.append(response.text)
        refused = {name: why for name in names if (why := _complaint(response, name))}
        for name, why in refused.items():
            key = _key(route, name)
            self._given.discard(key)
            form[name] = before.get(name, [""])
            self.record.refused[key] = why
        response = self._send(form)
        if response.status_code == 200 and is_page(response):
            self.responses.append(response.text)
        return response

    def _send(self, form: AdminForm, file_name: str = "xss()") -> requests.Response:
        button = {"action-publish": "1"} if "action-publish" in form.buttons else {}
        kind, content = ("pdf", b"%PDF-1.7") if "/documents/" in form.address else ("png", _PNG)
        files = [(name, (f"{file_name}.{kind}", content)) for name in files_of(form)]
        return self.wire.post(form.address, {**form.fields, **button}, files=files or None)


def _complaint(response: Any, name: str) -> str:
    """Return what a form that came back says beside an input, if that has a place to say it."""
    control = parse(response).select_one(f"[name='{name}']")
    is_wrapped = control is not None and control.find_parent(attrs={"data-field-wrapper": True})
    return errors_beside(response, name) if is_wrapped else ""


def _key(route: str, name: str) -> str:
    return f"{route} {_NUMBER.sub('#', name)}"
