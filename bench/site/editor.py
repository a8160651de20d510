"""An editor who publishes a page every other second: `… editor https://localhost:8443 cert.pem 60`.

Signs in at that server as a moderator, trusting that certificate, opens the page's form once and
sends it again and again for so many seconds. A visitor beside it looks how old the page is that
everybody is shown. Prints both as JSON, in seconds.
"""

import json
import os
import re
import sys
import threading
import time

import django
import requests
from bs4 import BeautifulSoup
from django.db import DatabaseError

from testing.servers import HOST

PATH = "/about/vision/"
PAUSE = 2.0
LOOK_EVERY = 0.2
PASSWORD = "only-on-a-loopback-address"  # noqa: S105
HEADERS = {"Host": HOST, "Referer": f"https://{HOST}/"}


class Editor:
    """A moderator's browser, with the form of one page open."""

    def __init__(self, server: str, certificate: str, page_id: int) -> None:
        from testing.form_data import fields_of

        self.server, self.certificate = server, certificate
        self.edit = f"/admin/pages/{page_id}/edit/"
        self.cookies: dict[str, str] = {}
        sign_in = self._form("/admin/login/", "form")
        token = {"csrfmiddlewaretoken": sign_in["csrfmiddlewaretoken"]}
        self._post("/admin/login/", token | {"username": "bench", "password": PASSWORD})
        document = BeautifulSoup(self._get(self.edit).text, "lxml")
        form = document.select_one("#page-edit-form")
        assert form is not None, f"{self.edit} shows {document.title}"
        self.fields = {name: values[0] for name, values in fields_of(form).items()}

    def publish(self, title: str) -> float:
        """Publish the page under a title; return how long that took, in seconds."""
        started = time.monotonic()
        self._post(self.edit, self.fields | {"title": title, "action-publish": "1"})
        return time.monotonic() - started

    def _form(self, path: str, selector: str) -> dict[str, str]:
        form = BeautifulSoup(self._get(path).text, "lxml").select_one(selector)
        assert form is not None
        fields = form.select("input[name]")
        return {str(field["name"]): str(field.get("value", "")) for field in fields}

    def _get(self, path: str) -> requests.Response:
        response = requests.get(
            self.server + path,
            headers=HEADERS,
            cookies=self.cookies,
            verify=self.certificate,
            timeout=20,
        )
        assert response.status_code == 200, f"{path} answered {response.status_code}"
        self._keep_cookies(response)
        return response

    def _post(self, path: str, data: dict[str, str]) -> None:
        response = requests.post(
            self.server + path,
            data,
            headers=HEADERS,
            cookies=self.cookies,
            verify=self.certificate,
            timeout=20,
            allow_redirects=False,
        )
        assert response.status_code == 302, f"{path} answered {response.status_code}"
        self._keep_cookies(response)

    def _keep_cookies(self, response: requests.Response) -> None:
        # A jar would not send them: they are for the site's name, not for this machine's.
        self.cookies |= {cookie.name: cookie.value or "" for cookie in response.cookies}


def ages(editor: Editor, title: str, published: list[float], ended: threading.Event) -> list[float]:
    """Look at the page until `ended`, as a visitor; return how old each version was.

    `published` has the time of each version that was published; a version is as old as the next
    one. Versions are counted in the page's title, after `title`.
    """
    seen = []
    while not ended.wait(LOOK_EVERY):
        asked = time.monotonic()
        response = requests.get(
            editor.server + PATH, headers=HEADERS, verify=editor.certificate, timeout=20
        )
        shown = re.search(rf"{title} (\d+)<", response.text)
        newer = published[int(shown[1]) + 1 :] if shown else published
        seen.append(max(0.0, asked - newer[0]) if newer else 0.0)
    return seen


def sign_in(server: str, certificate: str) -> Editor:
    """Make the account, and return an editor who is signed in."""
    from django.contrib.auth.models import Group
    from wagtail.models import Page

    from cms.models import User

    user, _is_new = User.objects.get_or_create(username="bench", email="bench@example.org")
    user.set_password(PASSWORD)
    user.save()
    user.groups.add(Group.objects.get(name="Moderators"))
    page = Page.objects.get(slug="vision", locale__language_code="en")
    return Editor(server, certificate, page.pk)


def main() -> None:
    """Publish for as long as is asked for, print what was seen."""
    server, certificate, seconds = sys.argv[1], sys.argv[2], float(sys.argv[3])
    editor = None
    while editor is None:
        # The database may just be restarted, which is part of what is measured.
        try:
            editor = sign_in(server, certificate)
        except (AssertionError, DatabaseError, requests.RequestException):
            time.sleep(LOOK_EVERY)
    # Nobody is shown what another run has published for one of these.
    title = f"Vision {os.getpid()}"
    published: list[float] = []
    took: list[float] = []
    seen: list[float] = []
    failed = 0
    ended = threading.Event()
    visitor = threading.Thread(target=lambda: seen.extend(ages(editor, title, published, ended)))
    visitor.start()
    started = time.monotonic()
    # Something has to be said of publishing, whatever went wrong meanwhile.
    while not took or time.monotonic() - started < seconds:
        try:
            took.append(editor.publish(f"{title} {len(published)}"))
            published.append(time.monotonic())
        except (AssertionError, requests.RequestException):
            failed += 1
        time.sleep(PAUSE)
    ended.set()
    visitor.join()
    print(json.dumps({"publishing": took, "failed": failed, "ages": seen}))  # noqa: T201


if __name__ == "__main__":
    django.setup()
    main()
