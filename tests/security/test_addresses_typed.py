"""An address that somebody types is neither fetched by the site nor run by a browser."""

from typing import Any

import pytest
from django.test import Client

from home.models import HomePage
from tests.admin_forms import AdminForm, errors_beside


def test_no_embed_is_fetched_from_anywhere(
    home: HomePage, editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []
    monkeypatch.setattr("socket.socket.connect", lambda _socket, address: asked.append(address))
    for url in (
        "http://169.254.169.254/latest/meta-data/",
        "http://127.0.0.1:5432/",
        "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
        "file:///etc/passwd",
    ):
        response = editor.post("/admin/embeds/chooser/upload/", {"embed-chooser-url": url})
        assert response.status_code == 200
        assert "embed_chosen" not in response.text
    assert not asked


@pytest.mark.parametrize("target", ["javascript:alert(1)", "data:text/html,x", "vbscript:x"])
def test_a_redirect_to_a_script_is_refused(target: str, home: HomePage, moderator: Client) -> None:
    form = AdminForm(moderator, "/admin/redirects/add/", selector="form[action*='redirects/add']")
    form["old_path"] = "/old"
    form["redirect_link"] = target
    assert errors_beside(form.send(), "redirect_link")
