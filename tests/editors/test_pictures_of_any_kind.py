"""Whatever picture an editor has is taken, and shown as it looks; every size of it can be made."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image, ImageCms
from pytest_django import DjangoCaptureOnCommitCallbacks

from cms.media.renditions import PAGE_SPECS, SPECS, create_renditions
from cms.models import SiteImage
from home.models import HomePage
from tests.admin_forms import SETTINGS_FORM, AdminForm, all_errors
from tests.factories import UserFactory
from tests.html import one, parse, read, words
from tests.school import School
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


def test_what_was_uploaded_is_kept_where_the_image_is_another_kind_of_picture(
    school: School,
    editor: Client,
    client: Client,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    exif = Image.Exif()
    exif[0x010E] = "Whereabouts"
    deep = _saved(_blank("I;16"), "PNG", exif=exif)
    assert upload(editor, IMAGES, "cells.png", deep).status_code == 302
    assert "animated PNG" in words(read(editor, "/admin/images/multiple/add/"))
    image = SiteImage.objects.latest("pk")
    kept = image.as_uploaded.name
    address = f"/admin/images/{image.pk}/uploaded/"
    edit = f"/admin/images/{image.pk}/"
    assert read(editor, edit).select_one(f"main a[href='{address}']")
    response = editor.get(address)
    assert response.headers["Content-Disposition"] == 'attachment; filename="cells.png"'
    content = response.getvalue()
    with Image.open(io.BytesIO(content)) as uploaded, Image.open(image.file) as shown:
        assert (uploaded.mode, shown.mode) == ("I;16", "L")
        assert uploaded.getpixel((0, 0)) == 30_000
    assert b"Whereabouts" not in content

    # Only those who may change the image come near it.
    group = school.university.partner_editors
    assert group
    stranger = Client()
    stranger.force_login(UserFactory.create(groups=[group.name]))
    assert stranger.get(address).status_code in {302, 403}
    assert client.get(address).status_code == 302
    assert client.get(f"/media/{kept}").status_code == 404
    assert kept not in client.get(f"/api/v2/images/{image.pk}/?fields=*").text

    # It goes with the image, and with the file that it was made into.
    form = AdminForm(editor, edit, SETTINGS_FORM)
    photo = SimpleUploadedFile("b.png", _saved(_blank("RGB"), "PNG"), "image/png")
    with django_capture_on_commit_callbacks(execute=True):
        assert editor.post(edit, {**form.fields, "file": photo}).status_code == 302
    assert not default_storage.exists(kept)
    assert editor.get(address).status_code == 404
    assert not read(editor, edit).select(f"main a[href='{address}']")
    assert upload(editor, IMAGES, "a.png", _saved(_blank("I;16"), "PNG")).status_code == 302
    image = SiteImage.objects.latest("pk")
    assert default_storage.exists(image.as_uploaded.name)
    with django_capture_on_commit_callbacks(execute=True):
        image.delete()
    assert not default_storage.exists(image.as_uploaded.name)
