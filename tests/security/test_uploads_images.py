"""An image is what its name says, whichever way it comes in."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from cms.models import SiteImage
from home.models import HomePage
from tests.admin_forms import errors_beside
from tests.security.files import HTML, IMAGES, SVG, animation, picture, png_that_claims, upload

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
    response = upload(editor, IMAGES, name, make())
    assert words in errors_beside(response, "file")
    assert errors_beside(response, "file")
    assert not SiteImage.objects.exists()


@pytest.mark.parametrize("kind", ["SVG called PNG", "cut off", "bomb", "endless animation"])
def test_uploading_many_at_once_is_no_way_around(kind: str, home: HomePage, editor: Client) -> None:
    name, make, words = BAD_IMAGES[kind]
    response = editor.post(
        "/admin/images/multiple/add/",
        {"title": "A", "collection": 1, "files[]": SimpleUploadedFile(name, make())},
        headers={"X-Requested-With": "XMLHttpRequest"},
    )
    assert response.status_code == 200
    assert not response.json()["success"]
    assert words in response.json()["error_message"]
    assert not SiteImage.objects.exists()


def test_neither_is_the_chooser(home: HomePage, editor: Client) -> None:
    for name, content in (("a.png", SVG), ("a.jpg", picture("JPEG", (400, 300))[:-400])):
        response = editor.post(
            "/admin/images/chooser/create/",
            {
                "image-chooser-upload-title": "A",
                "image-chooser-upload-collection": 1,
                "image-chooser-upload-file": SimpleUploadedFile(name, content),
            },
        )
        assert response.status_code == 200
        assert response.json()["step"] != "chosen"
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
    response = upload(editor, IMAGES, f"a.{extension}", picture(kind))
    assert response.status_code == 302, errors_beside(response, "file")
    assert SiteImage.objects.get().width == 40


def test_an_animation_stays_one(home: HomePage, editor: Client) -> None:
    assert upload(editor, IMAGES, "a.gif", animation(12)).status_code == 302
    with Image.open(SiteImage.objects.get().file) as image:
        assert image.n_frames == 12  # type: ignore[attr-defined]
