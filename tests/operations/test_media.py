"""Which uploaded files have an address: the sizes made for pages, and nothing else."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    """A directory of uploaded files with one in each folder that Wagtail makes."""
    settings.MEDIA_ROOT = tmp_path / "media"
    for folder in ("images", "original_images", "uploaded_images", "documents", "avatar_images"):
        (tmp_path / "media" / folder).mkdir(parents=True)
        (tmp_path / "media" / folder / "file.png").write_bytes(b"not really a picture")
    return tmp_path


@pytest.mark.django_db
def test_images_of_pages_are_served_and_may_be_kept(client: Client) -> None:
    response = client.get("/media/images/file.png")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/png"
    assert response.headers["Cache-Control"] == "public, max-age=86400, s-maxage=300"
    assert response.getvalue() == b"not really a picture"


@pytest.mark.django_db
def test_a_picture_costs_one_query_where_no_collection_is_private(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        assert client.get("/media/images/file.png").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        "documents/file.png",
        "original_images/file.png",
        "uploaded_images/file.png",
        "images/../documents/file.png",
        "images/%2e%2e/documents/file.png",
        "images/..%2fdocuments/file.png",
        "images//../documents/file.png",
        "images/",
        "file.png",
        "",
    ],
)
def test_documents_and_originals_have_no_address(client: Client, path: str) -> None:
    # 400: Django's word for a path that leads out of its folder.
    assert client.get(f"/media/{path}").status_code in {400, 404}
