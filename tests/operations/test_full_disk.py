"""A disk without room: whoever uploads is told, whoever reads notices nothing, nothing is lost."""

import errno
import resource
from collections import namedtuple
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks
from wagtail.documents.models import Document

from cms.models import SiteImage
from cms.settings.base import STORAGES
from cms.settings.caches import caches as caches_of
from home.models import HomePage
from tests.admin_forms import errors_beside
from tests.publishing.reading import read
from tests.security.files import DOCUMENTS, IMAGES, picture, upload

PHOTOGRAPH = picture("JPEG", (800, 600))
TEXT = b"What nobody else has written.\n" * 200
FORMS = {IMAGES: ("a.jpg", PHOTOGRAPH), DOCUMENTS: ("a.txt", TEXT)}

Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def media(tmp_path: Path, settings: Any) -> Path:
    """An empty directory that uploads go to, as in production."""
    settings.STORAGES = settings.STORAGES | {"default": STORAGES["default"]}
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


@contextmanager
def no_room_beyond(size: int) -> Iterator[None]:
    """Let every file of this process end after `size` bytes, as on a disk that is full."""
    limit, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, most))


def files(directory: Path) -> list[Path]:
    """Return what lies below a directory."""
    return [path for path in directory.rglob("*") if path.is_file()]


@pytest.mark.parametrize("address", FORMS)
def test_an_upload_that_does_not_fit_is_refused_in_words_and_leaves_nothing(
    address: str, home: HomePage, editor: Client, media: Path
) -> None:
    with no_room_beyond(1000):
        response = upload(editor, address, *FORMS[address])
    assert response.status_code == 503
    assert "no space left" in response.text
    assert not files(media)
    assert not SiteImage.objects.exists()
    assert not Document.objects.exists()

    assert upload(editor, address, *FORMS[address]).status_code == 302


def test_a_large_upload_that_fits_nowhere_while_it_comes_is_refused_in_words(
    home: HomePage, editor: Client, media: Path
) -> None:
    # Django's client raises what the error page has answered already.
    editor.raise_request_exception = False
    with no_room_beyond(1000):
        response = upload(editor, DOCUMENTS, "a.txt", TEXT * 1000)
    assert response.status_code == 503
    assert "no space left" in response.text


@pytest.mark.parametrize("address", FORMS)
def test_who_uploads_is_told_beside_the_field_before_the_disk_is_full(
    address: str,
    home: HomePage,
    editor: Client,
    media: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    name, content = FORMS[address]
    monkeypatch.setattr("cms.media.storage.disk_usage", lambda _path: Usage(10**9, 10**9, 10**6))
    assert "no space" in errors_beside(upload(editor, address, name, content), "file")
    sent = {"title": "A", "collection": 1, "files[]": SimpleUploadedFile(name, content)}
    several = editor.post(
        address.replace("/add/", "/multiple/add/"),
        sent,
        headers={"X-Requested-With": "XMLHttpRequest"},
    )
    assert "no space" in several.json()["error_message"]
    assert not files(media)


@pytest.mark.parametrize("address", FORMS)
def test_a_file_that_cannot_be_replaced_is_still_there(
    address: str,
    home: HomePage,
    editor: Client,
    media: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    name, content = FORMS[address]
    first, second = (content + b"1", content + b"2")
    upload(editor, address, name, first)
    (before,) = files(media)
    kept = before.read_bytes()
    (pk,) = (SiteImage if address == IMAGES else Document).objects.values_list("pk", flat=True)
    edit = address.replace("add/", f"{pk}/" if address == IMAGES else f"edit/{pk}/")
    with no_room_beyond(1000):
        assert upload(editor, edit, name, second).status_code == 503
    assert files(media) == [before]
    assert before.read_bytes() == kept

    with django_capture_on_commit_callbacks() as after:
        assert upload(editor, edit, name, second).status_code == 302
    if address == IMAGES:
        assert before.exists(), "It is not certain yet that there is another."
    for callback in after:
        callback()
    (now,) = [path for path in files(media) if path.parent == before.parent]
    assert (now == before) is (address == DOCUMENTS), "The address of a document stays."
    assert address == IMAGES or now.read_bytes() == second


def test_visitors_see_pages_whose_pictures_cannot_be_made(
    home: HomePage, editor: Client, media: Path
) -> None:
    with no_room_beyond(len(PHOTOGRAPH) + 1000):
        upload(editor, IMAGES, "a.jpg", PHOTOGRAPH)
    originals = files(media / "original_images")
    home.social_image = SiteImage.objects.get()
    home.save_revision().publish()
    for path in set(files(media)) - set(originals):
        path.unlink()
    SiteImage.objects.get().renditions.all().delete()
    with no_room_beyond(100):
        assert read(Client(), "/").status_code == 200
    assert files(media) == originals


def test_a_file_is_there_whole_or_not_at_all(media: Path) -> None:
    with no_room_beyond(1000), pytest.raises(OSError, match="too large") as raised:
        default_storage.save("documents/a.txt", ContentFile(TEXT))
    assert raised.value.errno == errno.EFBIG
    assert not files(media)
    assert default_storage.save("documents/a.txt", ContentFile("words")) == "documents/a.txt"
    assert default_storage.save("documents/a.txt", ContentFile(TEXT)) != "documents/a.txt"
    assert (media / "documents/a.txt").read_text() == "words"
    assert (media / "documents/a.txt").stat().st_mode & 0o777 == 0o644


def test_a_full_disk_of_the_cache_keeps_nobody_from_reading_and_lets_nobody_guess_passwords(
    home: HomePage, tmp_path: Path, settings: Any
) -> None:
    settings.CACHES = caches_of(f"file://{tmp_path}/cache")
    with no_room_beyond(10):
        for _twice in range(2):
            assert read(Client(), "/").headers["Cache-Status"] == "atmp; fwd=miss"
            assert Client().get("/api/v2/pages/").status_code == 200
        tried = Client().post("/admin/login/", {"username": "editor", "password": "guessed"})
    assert tried.status_code == 429
    assert not files(tmp_path / "cache")
    assert caches["default"].add("a", 1)
    assert not caches["default"].add("a", 2)
