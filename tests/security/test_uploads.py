"""Uploads are what their names say; what they tell of people and places stays with the uploader."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook
from PIL import Image
from pytest_django import Settings
from wagtail.documents.models import Document

from cms.models import SiteImage
from home.models import HomePage
from tests.admin_forms import SETTINGS_FORM, AdminForm, errors_beside
from tests.factories import ImageFactory, UserFactory
from tests.factories.cms import PASSWORD
from tests.html import Answer

GPS = 34853
SVG = (
    b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
)
HTML = b"<!doctype html><script>alert(1)</script>"


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), **options: Any) -> bytes:
    """Return a small image."""
    content = io.BytesIO()
    Image.new("RGB", size, "teal").save(content, kind, **options)
    return content.getvalue()


def with_whereabouts(kind: str) -> bytes:
    """Return an image that tells where, when and with whose camera it was taken, on its side."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "SECRETCAM"
    exif[0x9003] = "2026:01:01 12:00:00"
    exif.get_ifd(GPS)[1] = "N"
    exif.get_ifd(GPS)[2] = (55.0, 42.0, 30.0)
    return picture(kind, exif=exif)


def animation(frames: int) -> bytes:
    """Return a GIF with that many different frames."""
    content = io.BytesIO()
    images = [Image.new("RGB", (4, 4), (number, 0, 0)) for number in range(frames)]
    images[0].save(content, "GIF", save_all=True, append_images=images[1:])
    return content.getvalue()


def png_that_claims(width: int, height: int) -> bytes:
    """Return a tiny PNG whose header announces a huge picture."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


def archive(**members: bytes | str) -> bytes:
    """Return a zip file; `__` in a name is a slash, `_DOT_` a dot."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name.replace("__", "/").replace("_DOT_", "."), data)
    return content.getvalue()


def workbook() -> bytes:
    """Return a real Excel file."""
    content = io.BytesIO()
    Workbook().save(content)
    return content.getvalue()


def word(**more: bytes) -> bytes:
    """Return what makes a Word file one."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr("word/document.xml", "<document/>")
        for name, data in more.items():
            file.writestr(f"word/{name}.bin", data)
    return content.getvalue()


def upload(client: Client, address: str, name: str, content: bytes) -> Answer:
    """Upload a file through the form at `address`."""
    form = AdminForm(client, address, selector=SETTINGS_FORM)
    file = SimpleUploadedFile(name, content)
    return client.post(address, {**form.fields, "title": "A file", "file": file})


IMAGES = "/admin/images/add/"
DOCUMENTS = "/admin/documents/add/"

BAD_IMAGES: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "SVG": ("a.svg", lambda: SVG, "Not a supported"),
    "SVG called PNG": ("a.png", lambda: SVG, "Not a valid"),
    "HTML called JPEG": ("a.jpg", lambda: HTML, ""),
    "GIF called PNG": ("a.png", lambda: picture("GIF"), "Not a valid"),
    "PNG called WebP": ("a.webp", picture, "Not a valid"),
    "cut off": ("a.jpg", lambda: picture("JPEG", (400, 300))[:-400], "damaged"),
    "cut off in the header": ("a.png", lambda: picture()[:40], ""),
    "only a signature": ("a.png", lambda: b"\x89PNG\r\n\x1a\n", ""),
    "bomb": ("a.png", lambda: png_that_claims(60_000, 60_000), "pixels"),
    "bomb below Pillow's limit": ("a.png", lambda: png_that_claims(9_000, 9_000), "pixels"),
    "lie about its size": ("a.png", lambda: png_that_claims(3_000, 3_000), "damaged"),
    "endless animation": ("a.gif", lambda: animation(201), "201 frames"),
    "PDF and JPEG at once": ("a.jpg", lambda: b"%PDF-1.7\n" + picture("JPEG"), ""),
    "empty": ("a.png", lambda: b"", "empty"),
    "too large": ("a.png", lambda: picture() + b"\0" * 15 * 1024 * 1024, "too big"),
}


@pytest.mark.parametrize("kind", BAD_IMAGES)
def test_what_is_no_such_image_is_refused_beside_its_field(
    kind: str, home: HomePage, editor: Client
) -> None:
    name, make, words = BAD_IMAGES[kind]
    answer = upload(editor, IMAGES, name, make())
    assert words in errors_beside(answer, "file")
    assert errors_beside(answer, "file")
    assert not SiteImage.objects.exists()


@pytest.mark.parametrize("kind", ["SVG called PNG", "cut off", "bomb", "endless animation"])
def test_uploading_many_at_once_is_no_way_around(kind: str, home: HomePage, editor: Client) -> None:
    name, make, words = BAD_IMAGES[kind]
    answer = editor.post(
        "/admin/images/multiple/add/",
        {"title": "A", "collection": 1, "files[]": SimpleUploadedFile(name, make())},
        headers={"X-Requested-With": "XMLHttpRequest"},
    )
    assert answer.status_code == 200
    assert not answer.json()["success"]
    assert words in answer.json()["error_message"]
    assert not SiteImage.objects.exists()


def test_neither_is_the_chooser(home: HomePage, editor: Client) -> None:
    for name, content in (("a.png", SVG), ("a.jpg", picture("JPEG", (400, 300))[:-400])):
        answer = editor.post(
            "/admin/images/chooser/create/",
            {
                "image-chooser-upload-title": "A",
                "image-chooser-upload-collection": 1,
                "image-chooser-upload-file": SimpleUploadedFile(name, content),
            },
        )
        assert answer.status_code == 200
        assert answer.json()["step"] != "chosen"
    assert not SiteImage.objects.exists()


@pytest.mark.parametrize(
    ("kind", "extension"),
    [
        ("PNG", "png"),
        ("JPEG", "jpg"),
        ("JPEG", "JPEG"),
        ("WEBP", "webp"),
        ("GIF", "gif"),
        ("AVIF", "avif"),
    ],
)
def test_real_images_are_taken(kind: str, extension: str, home: HomePage, editor: Client) -> None:
    answer = upload(editor, IMAGES, f"a.{extension}", picture(kind))
    assert answer.status_code == 302, errors_beside(answer, "file")
    assert SiteImage.objects.get().width == 40


def test_an_animation_stays_one(home: HomePage, editor: Client) -> None:
    assert upload(editor, IMAGES, "a.gif", animation(12)).status_code == 302
    with Image.open(SiteImage.objects.get().file) as image:
        assert image.n_frames == 12  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("kind", "name"), [("JPEG", "a.jpg"), ("PNG", "a.png"), ("WEBP", "a.webp"), ("AVIF", "a.avif")]
)
def test_an_original_tells_nothing_of_where_and_when(
    kind: str, name: str, home: HomePage, editor: Client
) -> None:
    content = with_whereabouts(kind)
    assert b"SECRETCAM" in content
    assert upload(editor, IMAGES, name, content).status_code == 302
    image = SiteImage.objects.get()
    stored = image.file.read()
    assert b"SECRETCAM" not in stored
    with Image.open(io.BytesIO(stored)) as opened:
        assert not opened.getexif().get_ifd(GPS)
        # Lying on its side, it was turned upright before that could no longer be known.
        assert opened.size == (30, 40)
    assert (image.width, image.height) == (30, 40)
    assert image.file_size == len(stored)


def test_a_size_of_an_image_that_came_another_way_tells_nothing_either(home: HomePage) -> None:
    image: SiteImage = ImageFactory(file__from_func=lambda: io.BytesIO(with_whereabouts("JPEG")))
    assert b"SECRETCAM" in image.file.read()
    for spec in ("width-20", "width-20|format-webp", "original"):
        with image.get_rendition(spec).file.open() as rendition:
            assert b"SECRETCAM" not in rendition.read(), spec


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
    assert errors_beside(upload(editor, DOCUMENTS, name, make()), "file")
    answer = editor.post(
        "/admin/documents/multiple/add/",
        {"title": "A", "collection": 1, "files[]": SimpleUploadedFile(name, make())},
        headers={"X-Requested-With": "XMLHttpRequest"},
    )
    assert not answer.json()["success"]
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"%PDF-1.7\n%more"),
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
    answer = upload(editor, DOCUMENTS, name, content)
    assert answer.status_code == 302, errors_beside(answer, "file")
    with Document.objects.get().file.open() as stored:
        assert stored.read() == content


def test_a_form_without_files_is_limited_too(
    home: HomePage, editor: Client, settings: Settings
) -> None:
    text = "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
    assert editor.post("/admin/login/", {"username": text}).status_code == 400


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
        answer = editor.post("/admin/embeds/chooser/upload/", {"embed-chooser-url": url})
        assert answer.status_code == 200
        assert "embed_chosen" not in answer.text
    assert not asked


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_logging_in_leads_nowhere_else(target: str, editor: Client) -> None:
    UserFactory.create(username="someone", groups=["Editors"])
    answer = Client().post(
        "/admin/login/", {"username": "someone", "password": PASSWORD, "next": target}
    )
    assert "evil" not in answer.headers.get("Location", "")
    assert "javascript" not in answer.headers.get("Location", "")


@pytest.mark.parametrize("target", ["javascript:alert(1)", "data:text/html,x", "vbscript:x"])
def test_a_redirect_to_a_script_is_refused(target: str, home: HomePage, moderator: Client) -> None:
    form = AdminForm(moderator, "/admin/redirects/add/", selector="form[action*='redirects/add']")
    form["old_path"] = "/old"
    form["redirect_link"] = target
    assert errors_beside(form.send(), "redirect_link")


def test_the_disk_holds_what_was_uploaded(disk: Path, home: HomePage, editor: Client) -> None:
    assert upload(editor, IMAGES, "a.jpg", with_whereabouts("JPEG")).status_code == 302
    files = [path for path in disk.rglob("*") if path.is_file()]
    assert files
    assert not [path for path in files if b"SECRETCAM" in path.read_bytes()]
