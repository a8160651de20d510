"""Only the images and documents that something public uses are told of, and when that changes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.documents.models import Document
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from cms.models import Publication, SiteImage
from cms.publishing.scheduling import publish_scheduled
from tests.factories import ContentPageFactory, DocumentFactory, ImageFactory, make_private
from tests.html import read_json
from tests.partners.contract import API
from tests.school import School
from tests.story import story
from tests.swedish import translate


@dataclass
class Partner:
    """Somebody who keeps a copy, and asks again after everything that happens."""

    client: Client
    since: int = 0

    def news_of(self, file: Model) -> str | None:
        """Return what was told of `file` since this was asked last; None for nothing."""
        kind = "images" if isinstance(file, SiteImage) else "documents"
        changes = read_json(self.client, f"{API}changes/?since={self.since}&limit=100")
        self.since = changes["meta"]["next"]
        told = {(row["type"], row["id"]): row["action"] for row in changes["items"]}
        listed = {item["id"] for item in read_json(self.client, f"{API}{kind}/?limit=100")["items"]}
        found = self.client.get(f"{API}{kind}/{file.pk}/").status_code == 200
        assert found == (file.pk in listed)
        action: str | None = told.get((kind, file.pk))
        assert action is None or found == (action == "published")
        return action


@pytest.fixture
def partner(school: School, client: Client) -> Partner:
    """A partner who knows all that there is."""
    return Partner(client, Publication.objects.latest("pk").pk)


def _body_with(school: School, file: Model, *kinds: str) -> list[Any]:
    """Return the blocks of these kinds with `file` in the place of the school's."""
    is_image = isinstance(file, SiteImage)
    others = {("image" if is_image else "document"): file}
    borrowed = School(**({n: getattr(school, n) for n in School.__slots__} | others))
    return [block for block in story(borrowed) if block[0] in kinds]


def _link_to(document: Model) -> str:
    return f'<p><a linktype="document" id="{document.pk}">The file</a></p>'


def _in_body(*kinds: str) -> Callable[[School, Any], tuple[str, Any]]:
    return lambda school, file: ("body", _body_with(school, file, *kinds))


def _embedded(_school: School, image: Any) -> tuple[str, Any]:
    return "audience", f'<embed embedtype="image" id="{image.pk}" format="left" alt="words"/>'


# What an editor puts a file into, as the field of a course and its value; other pages have no more.
USES: dict[str, tuple[type[Model], Callable[[School, Any], tuple[str, Any]]]] = {
    "social image": (SiteImage, lambda _school, image: ("social_image", image)),
    "image block": (SiteImage, _in_body("image")),
    "portrait": (SiteImage, _in_body("people")),
    "rich text embed": (SiteImage, _embedded),
    "syllabus": (Document, lambda _school, document: ("syllabus", document)),
    "documents block": (Document, _in_body("documents")),
    "rich text link": (Document, lambda _school, it: ("audience", _link_to(it))),
    "link in a block": (
        Document,
        lambda _school, it: (
            "body",
            [("accordion", {"items": [{"question": "?", "answer": _link_to(it)}]})],
        ),
    ),
}


def _upload(model: type[Model]) -> Any:
    return ImageFactory() if model is SiteImage else DocumentFactory()


def _fresh[P: Page](page: P) -> P:
    return type(page).objects.get(pk=page.pk)


def _publish(page: Page, field: str, value: Any) -> None:
    page = _fresh(page)
    setattr(page, field, value)
    page.save_revision().publish()


@pytest.mark.parametrize("name", USES)
def test_a_file_is_told_of_while_a_published_page_uses_it(
    name: str, school: School, partner: Partner
) -> None:
    model, use = USES[name]
    file = _upload(model)
    assert partner.news_of(file) is None, "only uploaded"

    field, value = use(school, file)
    draft = _fresh(school.course)
    without = getattr(draft, field)
    setattr(draft, field, value)
    draft.save_revision()
    assert partner.news_of(file) is None, "used by a draft of a public page"

    draft.get_latest_revision().publish()
    assert partner.news_of(file) == "published"

    _publish(school.course, "title", "Renamed")
    assert partner.news_of(file) is None, "used as before"

    file.title = "Another title"
    file.save()
    assert partner.news_of(file) == "published", "changed itself"

    _publish(school.course, field, without)
    assert partner.news_of(file) == "removed"

    file.save()
    file.delete()
    assert partner.news_of(file) is None, "nobody is told of what happens to it later"


def _expire(page: Page) -> None:
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    publish_scheduled()


def _move_below_a_private_page(page: Page) -> None:
    _fresh(page).move(Page.objects.get(slug="private"), pos="last-child")


def _close_collection(_page: Page) -> None:
    collection = Collection.objects.get(name="A collection")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")


# Whatever takes a page or its files away from the public, and what brings them back, if anything.
ENDS: dict[str, tuple[Callable[[Page], object], Callable[[Page], object] | None]] = {
    "unpublish": (
        lambda page: _fresh(page).unpublish(),
        lambda page: _fresh(page).get_latest_revision().publish(),
    ),
    "expire": (_expire, None),
    "restrict": (
        lambda page: make_private(_fresh(page)),
        lambda page: PageViewRestriction.objects.get(page=page).delete(),
    ),
    "restrict what is above": (
        lambda page: make_private(_fresh(page).get_parent()),
        lambda page: PageViewRestriction.objects.get(page=page.get_parent()).delete(),
    ),
    "move below a private page": (
        _move_below_a_private_page,
        lambda page: _fresh(page).move(Page.objects.get(slug="about"), pos="last-child"),
    ),
    "close the collection": (
        _close_collection,
        lambda _page: CollectionViewRestriction.objects.get().delete(),
    ),
    "delete": (lambda page: _fresh(page).delete(), None),
    "delete what is above": (lambda page: _fresh(page).get_parent().specific.delete(), None),
    "delete the file": (lambda _page: SiteImage.objects.get(title="Used").delete(), None),
}


@pytest.mark.parametrize("name", ENDS)
def test_a_file_goes_and_comes_with_the_page_that_uses_it(
    name: str, school: School, partner: Partner
) -> None:
    collection = Collection.get_first_root_node().add_child(name="A collection")
    image = ImageFactory(title="Used", collection=collection)
    make_private(ContentPageFactory(parent=school.home, title="Private", slug="private"))
    page = ContentPageFactory(
        parent=school.about, title="Page", slug="page", live=False, social_image=image
    )
    assert partner.news_of(image) is None, "used by what was never public"
    page.save_revision().publish()
    assert partner.news_of(image) == "published"

    ends, begins = ENDS[name]
    ends(page)
    assert partner.news_of(image) == "removed"

    if begins:
        begins(page)
        assert partner.news_of(image) == "published"


def test_a_file_that_only_private_pages_use_leaves_no_trace(
    school: School, partner: Partner
) -> None:
    private = ContentPageFactory(parent=school.home, title="Private", slug="private")
    make_private(private)
    image, below = ImageFactory(), ImageFactory()
    ContentPageFactory(parent=private, title="Below", slug="below", social_image=below)
    _publish(private, "social_image", image)
    _fresh(private).delete()
    assert partner.news_of(image) is None
    assert partner.news_of(below) is None
    assert not Publication.objects.filter(resource="images", resource_id__in=[image.pk, below.pk])


def test_a_file_is_told_of_as_long_as_anything_public_uses_it(
    school: School, partner: Partner
) -> None:
    image = ImageFactory()
    school.partner.logo = image
    school.partner.save()
    assert partner.news_of(image) == "published"

    page = ContentPageFactory(parent=school.home, title="Page", slug="page", social_image=image)
    alias = page.create_alias(parent=_fresh(school.about), update_slug="alias")
    translate(school.home, "home")
    translation = page.copy_for_translation(translate(school.contact, "contact").locale)
    translation.save_revision().publish()
    assert partner.news_of(image) is None

    school.partner.logo = None
    school.partner.save()
    _publish(page, "social_image", None)
    alias = _fresh(alias)
    assert partner.news_of(image) is None, "the translation uses it"

    _publish(translation, "social_image", None)
    assert alias.social_image is None
    assert partner.news_of(image) == "removed"

    school.partner.logo = image
    school.partner.save()
    assert partner.news_of(image) == "published"
    school.partner.delete()
    assert partner.news_of(image) == "removed"


def test_lists_of_files_take_no_more_queries_where_there_are_more(
    school: School, client: Client
) -> None:
    def cost(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    addresses = [f"{API}{name}/?limit=50&locale=en" for name in ("images", "documents", "changes")]

    def costs() -> list[int]:
        # Sizes of images are made once, and kept.
        read_json(client, f"{API}images/")
        return [cost(address) for address in addresses]

    before = costs()
    for number in range(4):
        body = _body_with(school, ImageFactory(), "image", "people")
        body += _body_with(school, DocumentFactory(), "documents")
        ContentPageFactory(parent=school.home, title=f"Page {number}", body=body)
    assert costs() == before
