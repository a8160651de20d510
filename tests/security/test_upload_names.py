"""What a file is called decides nothing: neither where it is kept, nor as what it is sent."""

from pathlib import Path

import pytest
from django.test import Client
from wagtail.documents.models import Document

from home.models import HomePage
from tests.admin_forms import SETTINGS_FORM, AdminForm

DOCUMENTS = "/admin/documents/add/"


def upload(client: Client, name: str) -> int:
    """Send a text under a name as no browser would write it; return the status."""
    form = AdminForm(client, DOCUMENTS, SETTINGS_FORM)
    fields = form.fields | {"title": ["A text"]}
    parts = [
        *(f'name="{field}"\r\n\r\n{values[0]}' for field, values in fields.items()),
        f'name="file"; filename="{name}"\r\nContent-Type: text/html\r\n\r\nwords',
    ]
    body = "".join(f"--x\r\nContent-Disposition: form-data; {part}\r\n" for part in parts)
    response = client.generic(
        "POST", DOCUMENTS, f"{body}--x--\r\n".encode(), "multipart/form-data; boundary=x"
    )
    return int(response.status_code)


@pytest.mark.parametrize(
    "name",
    [
        *("../../../escaped.txt", "/escaped.txt", "..\\\\..\\\\escaped.txt"),
        *("a/../../escaped.txt", "a" * 400 + ".txt", "å 😀.txt", "-rf.txt", ".txt"),
    ],
)
def test_a_file_stays_in_the_folder_of_its_kind(
    name: str, home: HomePage, editor: Client, disk: Path
) -> None:
    status = upload(editor, name)
    written = [path for path in disk.parent.rglob("*") if path.is_file()]
    assert all(path.parent == disk / "documents" for path in written)
    assert len(written) == (1 if status == 302 else 0)
    for document in Document.objects.all():
        response = Client().get(document.url)
        assert response.headers["Content-Type"].startswith("text/plain")
        assert response.headers["Content-Disposition"].startswith("attachment")
        assert b"".join(response.streaming_content) == b"words"  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["a.html", "a.php", "a.txt.exe", "a.svg", "a", "a.txt\x00.html"])
def test_a_kind_that_nobody_needs_is_not_taken(
    name: str, home: HomePage, editor: Client, disk: Path
) -> None:
    upload(editor, name)
    assert not [path for path in disk.rglob("*") if path.suffix not in {"", ".txt"}]
    assert not Document.objects.exclude(file__endswith=".txt").exists()
