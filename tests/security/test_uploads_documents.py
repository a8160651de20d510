"""A document is what its name says, and is kept as it came."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from wagtail.documents.models import Document

from home.models import HomePage
from tests.admin_forms import errors_beside
from tests.security.files import DOCUMENTS, HTML, SVG, archive, upload, word, workbook

BAD_DOCUMENTS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "HTML called PDF": ("a.pdf", lambda: HTML),
    "HTML before PDF": ("a.pdf", lambda: HTML + b"%PDF-1.7"),
    "program called PDF": ("a.pdf", lambda: b"MZ\x90\0" + b"\0" * 500),
    "HTML called text": ("a.txt", lambda: HTML),
    "SVG called CSV": ("a.csv", lambda: SVG),
    "program called text": ("a.txt", lambda: b"\x7fELF\x02\x01\x01\0" + b"\0" * 100),
    "text called calendar": ("a.ics", lambda: b"Monday: nothing"),
    "text called Word": ("a.docx", lambda: b"Dear colleagues"),
    "zip called Word": ("a.docx", lambda: archive(hello=b"hello")),
    "Excel called Word": ("a.docx", workbook),
    "Word called OpenDocument": ("a.odt", word),
    "spreadsheet called text": (
        "a.odt",
        lambda: archive(mimetype="application/vnd.oasis.opendocument.spreadsheet"),
    ),
    "Word with macros": ("a.docx", lambda: word(vbaProject=b"macro")),
    "bomb": ("a.zip", lambda: archive(zeros=b"\0" * 40_000_000)),
    "damaged zip": ("a.zip", lambda: b"PK\x03\x04" + b"\0" * 200),
    "PDF called RTF": ("a.rtf", lambda: b"%PDF-1.7"),
}


@pytest.mark.parametrize("kind", BAD_DOCUMENTS)
def test_what_is_no_such_document_is_refused_beside_its_field(
    kind: str, home: HomePage, editor: Client
) -> None:
    name, make = BAD_DOCUMENTS[kind]
    said = errors_beside(upload(editor, DOCUMENTS, name, make()), "file")
    assert said
    assert "Allowed extensions" not in said
    response = editor.post(
        "/admin/documents/multiple/add/",
        {"title": "A", "collection": 1, "files[]": SimpleUploadedFile(name, make())},
        headers={"X-Requested-With": "XMLHttpRequest"},
    )
    assert not response.json()["success"]
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"%PDF-1.7\n%more"),
        ("a.pdf", b"\xef\xbb\xbf\r\n%PDF-1.7\n%more"),
        ("a.rtf", rb"{\rtf1\ansi Hello}"),
        ("a.txt", "Hej på dig".encode()),
        ("a.txt", "Hej på dig".encode("cp1252")),
        ("a.csv", "namn;plats\nÅsa;Umeå\n".encode("utf-16")),
        ("a.ics", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"),
        ("a.xlsx", workbook()),
        ("a.docx", word()),
        ("a.odt", archive(mimetype="application/vnd.oasis.opendocument.text")),
        ("a.zip", archive(hello="hello")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_real_documents_are_taken(
    name: str, content: bytes, home: HomePage, editor: Client
) -> None:
    response = upload(editor, DOCUMENTS, name, content)
    assert response.status_code == 302, errors_beside(response, "file")
    with Document.objects.get().file.open() as stored:
        assert stored.read() == content
