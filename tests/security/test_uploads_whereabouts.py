"""What an image tells of people and places stays with whoever uploads it."""

import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from wagtail.models import UploadedFile

from cms.models import SiteImage
from home.models import HomePage
from tests.factories import ImageFactory
from tests.security.files import GPS, IMAGES, upload, with_whereabouts


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


def test_the_disk_holds_what_was_uploaded(disk: Path, home: HomePage, editor: Client) -> None:
    assert upload(editor, IMAGES, "a.jpg", with_whereabouts("JPEG")).status_code == 302
    files = [path for path in disk.rglob("*") if path.is_file()]
    assert files
    assert not [path for path in files if b"SECRETCAM" in path.read_bytes()]


def test_what_still_waits_for_its_title_tells_nothing_either(
    disk: Path, home: HomePage, editor: Client
) -> None:
    file = SimpleUploadedFile("a.jpg", with_whereabouts("JPEG"))
    editor.post(
        "/admin/images/multiple/add/",
        {"title": "", "collection": 1, "files[]": file},
        headers={"X-Requested-With": "XMLHttpRequest"},
    )
    stored = Path(UploadedFile.objects.get().file.path).read_bytes()
    assert stored.startswith(b"\xff\xd8")
    assert b"SECRETCAM" not in stored
