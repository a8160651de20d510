"""Pictures of private collections are for those who may see the collection, at every address."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.db import OperationalError, connection
from django.test import Client
from wagtail.models import Collection, CollectionViewRestriction

from cms.models import SiteImage
from tests.factories import DocumentFactory, ImageFactory, UserFactory
from tests.html import read_json
from tests.school import School

if TYPE_CHECKING:
    from wagtail.documents.models import Document

SIZE = "width-20"


@pytest.fixture
def collection(disk: Path, school: School) -> Collection:
    """A collection in a collection, both open to everyone."""
    outer = Collection.get_first_root_node().add_child(name="Outer")
    inner: Collection = outer.add_child(name="Inner")
    return inner


@pytest.fixture
def image(collection: Collection) -> SiteImage:
    """An image in the inner collection."""
    made: SiteImage = ImageFactory(collection=collection, title="A patient")
    return made


def restrict(collection: Collection, kind: str) -> CollectionViewRestriction:
    restriction: CollectionViewRestriction = CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=kind, password="open sesame"
    )
    return restriction


def addresses(image: SiteImage) -> list[str]:
    return [image.get_rendition(SIZE).url, image.get_rendition(f"{SIZE}|format-webp").url]


@pytest.mark.parametrize("kind", ["login", "groups", "password"])
def test_a_stranger_sees_no_size_and_no_entry_of_it(
    kind: str, image: SiteImage, client: Client
) -> None:
    urls = addresses(image)
    assert [client.get(url).status_code for url in urls] == [200, 200]
    # Of what is above the image's own collection, too.
    restrict(image.collection.get_parent(), kind)
    for url in [*urls, image.file.url, f"/media/{image.file.name}"]:
        response = client.get(url)
        assert response.status_code == 404
        assert "no-store" in response.headers["Cache-Control"]
    assert client.get(f"/api/v2/images/{image.pk}/").status_code == 404
    listed = read_json(client, "/api/v2/images/?limit=100")["items"]
    assert image.pk not in [item["id"] for item in listed]


def test_what_is_made_private_while_hot_is_gone_at_once(image: SiteImage, client: Client) -> None:
    url = addresses(image)[0]
    modified = client.get(url).headers["Last-Modified"]
    restrict(image.collection, "login")
    assert client.get(url, headers={"If-Modified-Since": modified}).status_code == 404


def test_those_who_may_see_it_do_and_keep_no_shared_copy(
    image: SiteImage, editor: Client, client: Client
) -> None:
    url = addresses(image)[0]
    restriction = restrict(image.collection, "password")
    seen = editor.get(url)
    assert seen.status_code == 200
    assert seen.headers["Cache-Control"] == "private, no-store"
    client.post(
        f"/documents/authenticate_with_password/{restriction.pk}/",
        {"password": "open sesame", "return_url": "/"},
    )
    assert client.get(url).status_code == 200


def test_being_signed_in_is_enough_where_only_that_is_asked(image: SiteImage) -> None:
    url = addresses(image)[0]
    restrict(image.collection, "login")
    somebody = Client()
    somebody.force_login(UserFactory.create(username="somebody"))
    assert somebody.get(url).status_code == 200
    CollectionViewRestriction.objects.all().delete()
    restrict(image.collection, "groups")
    assert somebody.get(url).status_code == 404


def test_pictures_elsewhere_stay_public(image: SiteImage, client: Client) -> None:
    other = ImageFactory(title="The campus")
    restrict(image.collection, "login")
    response = client.get(other.get_rendition(SIZE).url)
    assert response.status_code == 200
    assert response.headers["Cache-Control"].startswith("public")


def test_a_document_of_a_private_collection_asks_first(
    collection: Collection, client: Client
) -> None:
    document: Document = DocumentFactory(collection=collection)
    restrict(collection, "login")
    assert client.get(document.url).status_code == 302
    assert client.get(f"/media/{document.file.name}").status_code == 404
    assert client.get(f"/api/v2/documents/{document.pk}/").status_code == 404


def test_portraits_are_for_those_who_are_signed_in(
    disk: Path, school: School, client: Client, editor: Client
) -> None:
    (disk / "avatar_images").mkdir()
    (disk / "avatar_images" / "me.png").write_bytes(b"a face")
    assert client.get("/media/avatar_images/me.png").status_code == 404
    assert editor.get("/media/avatar_images/me.png").status_code == 200


def test_while_the_database_is_away_nothing_private_is_shown(
    image: SiteImage, client: Client
) -> None:
    url = addresses(image)[0]
    public = ImageFactory().get_rendition(SIZE).url

    def away(*_arguments: object) -> None:
        raise OperationalError

    assert client.get(url).status_code == 200
    with connection.execute_wrapper(away):
        assert client.get(url).status_code == 200
    restrict(image.collection, "login")
    assert client.get(url).status_code == 404
    with connection.execute_wrapper(away):
        assert [client.get(address).status_code for address in (url, public)] == [503, 503]
