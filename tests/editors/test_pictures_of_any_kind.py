"""Whatever picture an editor has is taken, and shown as it looks; every size of it can be made."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from PIL import Image, ImageCms

from cms.media.renditions import PAGE_SPECS, SPECS, create_renditions
from cms.models import SiteImage
from home.models import HomePage
from tests.admin_forms import all_errors
from tests.html import one, parse
from tests.security.files import IMAGES, upload

SIZE = (40, 24)
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
LAB = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
XYZ = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
KINDS = {
    "PNG": ("png", ("1", "L", "LA", "P", "RGB", "RGBA", "I;16")),
    "JPEG": ("jpg", ("L", "RGB", "CMYK", "YCbCr")),
    "WEBP": ("webp", ("RGB", "RGBA")),
    "AVIF": ("avif", ("RGB", "RGBA")),
    "GIF": ("gif", ("L", "P", "RGB")),
    "HEIF": ("heic", ("RGB", "RGBA", "L")),
    "MPO": ("jpg", ("RGB",)),
}


def _saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    content = io.BytesIO()
    image.save(content, kind, **options)
    return content.getvalue()


def _blank(mode: str, size: tuple[int, int] = SIZE) -> Image.Image:
    shade = 30_000 if mode.startswith("I") else 117
    return (
        Image.new("L", size, shade).convert(mode) if shade == 117 else Image.new(mode, size, shade)
    )


def _pictures() -> Iterator[tuple[str, str, bytes]]:
    """Yield what each picture is, the name of its file, and that."""
    for kind, (extension, modes) in KINDS.items():
        takes_profiles = kind not in {"GIF", "MPO"}
        profiles = {"none": None, "sRGB": SRGB, "Lab": LAB, "XYZ": XYZ, "broken": b"none"}
        for mode in modes:
            for name, profile in profiles.items() if takes_profiles else [("none", None)]:
                options = {"icc_profile": profile} if profile else {}
                yield (
                    f"{kind} {mode} {name}",
                    f"a.{extension}",
                    _saved(_blank(mode), kind, **options),
                )
    frames = [_blank("RGB"), Image.new("RGB", SIZE, "teal")]
    for kind in ("PNG", "GIF", "WEBP"):
        content = _saved(frames[0], kind, save_all=True, append_images=frames[1:])
        yield f"animated {kind}", f"a.{kind.lower()}", content
    yield "JFIF", "a.jfif", _saved(_blank("RGB"), "JPEG")
    yield "a HEIF that a phone calls JPEG", "a.jpg", _saved(_blank("RGB"), "HEIF")
    yield "taller than WebP", "a.png", _saved(_blank("L", (2, 20_000)), "PNG")


def test_every_size_of_every_picture_can_be_made(home: HomePage, editor: Client) -> None:
    pictures = list(_pictures())
    assert len(pictures) > 60
    for what, name, content in pictures:
        response = upload(editor, IMAGES, name, content)
        assert response.status_code == 302, f"{what}: {all_errors(response)}"
        image = SiteImage.objects.latest("pk")
        assert not image.file.name.endswith(("heic", "jfif")), what
        made = create_renditions(image, SPECS + PAGE_SPECS)
        assert made.keys() == {*SPECS, *PAGE_SPECS}, what
        with Image.open(made["width-480|format-jpeg"].file) as shown:
            grey = shown.convert("L").getpixel((0, 0))
        assert isinstance(grey, int | float), what
        is_grey = not what.startswith("PNG 1 ") and "Lab" not in what
        assert not is_grey or 100 < grey < 135, f"{what}: {grey}"
        image.delete()


def test_nothing_is_red_before_anything_is_wrong(home: HomePage, editor: Client) -> None:
    row = one(parse(editor.get("/admin/images/multiple/add/")), "#upload-list-item")
    style = finders.find("cms/admin/admin.css")
    assert isinstance(style, str)
    hidden = re.search(
        r"\.upload-list (\S+ > \.error-message) \{\s+display: none", Path(style).read_text()
    )
    assert hidden
    assert row.select(".error-message") == row.select(hidden[1])


def test_a_picture_larger_than_any_page_shows_is_reduced(
    home: HomePage, editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cms.media.image_conversion.MOST_PIXELS", 5_000)
    on_its_side = Image.Exif()
    on_its_side[0x0112] = 6
    for name, kind in (("a.jpg", "JPEG"), ("a.png", "PNG"), ("a.heic", "HEIF")):
        options = {"exif": on_its_side} if kind != "HEIF" else {}
        size = (200, 400) if kind == "HEIF" else (400, 200)
        content = _saved(_blank("RGB", size), kind, **options)
        assert upload(editor, IMAGES, name, content).status_code == 302
        image = SiteImage.objects.latest("pk")
        assert (image.width, image.height) == (50, 100), kind
        assert image.file_size == image.file.size
