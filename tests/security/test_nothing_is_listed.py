"""No directory is listed, and nothing is served but what is meant to be."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from home.models import HomePage


@pytest.mark.parametrize(
    "address",
    [
        *("/media/", "/media/images/", "/media/documents/", "/media/original_images/"),
        *("/media/documents/a.pdf", "/media/original_images/a.png", "/media/images/../secret"),
        *("/media/images/%2e%2e/secret", "/media/images/..%2fsecret", "/static/", "/static/cms/"),
        *("/static/../cms/urls.py", "/.git/config", "/.env", "/manage.py", "/var/db.sqlite3"),
        *("/media/images/.DS_Store", "/media/images/a.png~", "/media/images/a.png.bak"),
    ],
)
def test_what_is_no_picture_of_the_site_is_not_sent(
    address: str, home: HomePage, client: Client, settings: Settings, tmp_path: Path
) -> None:
    for folder in ("images", "documents", "original_images"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.png").write_bytes(b"a picture")
    (tmp_path / "documents" / "a.pdf").write_bytes(b"a document")
    (tmp_path / "secret").write_bytes(b"a secret")
    settings.MEDIA_ROOT = tmp_path
    assert client.get("/media/images/a.png").status_code == 200
    response = client.get(address)
    # 400 is Django's answer to a way out of the directory.
    assert response.status_code == (400 if "secret" in address else 404)
    assert "a.png" not in response.text
    assert "a secret" not in response.text
