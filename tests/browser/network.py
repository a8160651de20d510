"""The site's forms as they come over HTTP, with a client to send them by.

Nothing here touches the database: the browser's loop runs in this thread.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlparse

import requests
from bs4 import BeautifulSoup, Tag

from tests.admin_forms import AdminForm
from tests.factories.cms import PASSWORD
from tests.security.payloads import CALL, CANARY

_INPUTS = "input:not([type])[name], textarea[name], " + ", ".join(
    f"input[type={kind}][name]" for kind in ("text", "search", "url", "email", "tel")
)
# The name that the site answers to; a payload as a name would make it answer to nobody.
_LEFT_ALONE = {"hostname"}
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


def forms_at(wire: Wire, address: str) -> Iterator[AdminForm]:
    """Yield each form at an address that is sent by POST, also those that a script would show."""
    response = wire.get(address)
    document = page_in(response)
    if document is None:
        return
    for form in document.select("form[method=post i]"):
        yield AdminForm.of(
            wire, urljoin(address, str(form.get("action") or address)), document, form
        )


def searches_at(wire: Wire, address: str) -> Iterator[str]:
    """Yield an address for each text input of the forms at one that are sent by GET.

    `{}` stands for the text. Without a form's other fields, which narrow down what is found.
    """
    document = page_in(wire.get(address))
    for form in document.select("form:not([method=post i])") if document else ():
        action = urlparse(urljoin(address, str(form.get("action") or address)))
        for control in form.select(_INPUTS):
            yield f"{action.path}?{control['name']}={{}}"


def page_in(response: requests.Response) -> BeautifulSoup | None:
    """Return the page, or the part of one, that a response holds."""
    if response.status_code != 200:
        return None
    if is_page(response):
        return BeautifulSoup(response.text, "html.parser")
    if "json" in response.headers.get("Content-Type", ""):
        data = response.json()
        if isinstance(data, dict) and "html" in data:
            return BeautifulSoup(data["html"], "html.parser")
    return None


def is_infected(text: str) -> bool:
    """Return whether a payload is somewhere in a text, however it is written there."""
    return any(mark in text for mark in _MARKS)


def files_of(form: AdminForm) -> list[str]:
    """Return the names of the inputs that take files."""
    return [str(control["name"]) for control in form.form.select("input[type=file][name]")]


def inputs_of(form: AdminForm) -> Iterator[str]:
    """Yield the name of each text input that a person sees."""
    for control in form.form.select(_INPUTS):
        name = str(control["name"])
        hidden = control.find_parent("template") or control.has_attr("data-draftail-input")
        if not hidden and name not in _LEFT_ALONE and not _is_of_a_block(control):
            yield name


def _is_of_a_block(control: Tag) -> bool:
    return control.find_parent(attrs={"data-block": True}) is not None


def is_page(response: requests.Response) -> bool:
    """Return whether a response is a page, whatever it says."""
    return response.headers.get("Content-Type", "").startswith("text/html")
