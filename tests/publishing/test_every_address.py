"""No response of the site gives an address that leads nowhere, whatever is not published of it."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings
from wagtail.models import Page

from cms.publishing.scheduling import publish_scheduled
from tests.caching import empty_caches
from tests.factories import ContentPageFactory, make_private
from tests.html import Response, read_json
from tests.partners.contract import API, LISTS
from tests.school import School

_ADDRESS = re.compile(r"""(?:href|action)="(/[^"#]*)|http://testserver(/[^\s"'<>\\;#]*)""")
_FILES = ("/static/", "/media/", "/documents/", "/admin/")
START = (
    "/", "/no-such/", "/sv/no-such/", "/search/?q=clean", "/sv/search/?q=kurser", "/sitemap.xml",
    "/embed/courses/", "/sv/embed/courses/", "/courses/feed.atom", "/courses/calendar.ics",
    f"{API}changes/?since=0&limit=100", f"{API}site/",
    *(f"{API}{name}/?limit=100&fields=*" for name in LISTS),
)  # fmt: skip
# What is asked for here without anybody having said that it is there.
UNTOLD = {"/no-such/", "/sv/no-such/"}


def _addresses(response: Response) -> Iterator[str]:
    # A calendar's long lines go on in the next, after a space (RFC 5545, 3.1).
    is_picture = response.headers["Content-Type"].startswith("image/")
    text = "" if is_picture else response.text.replace("\r\n ", "")
    for relative, absolute in _ADDRESS.findall(text):
        yield unescape(relative or absolute)
    if "Location" in response.headers:
        yield response.headers["Location"].removeprefix("http://testserver")


def _statuses(client: Client) -> dict[str, int]:
    """Return every address that can be come by, and how it answers."""
    found: dict[str, int] = {}
    waiting = [*START]
    while waiting:
        address = waiting.pop()
        if address in found or address.startswith(_FILES):
            continue
        response = client.get(address)
        found[address] = response.status_code
        # Filters change what a page lists, not where it is.
        waiting += {link.partition("?")[0] for link in _addresses(response)}
    return found


def _draft(page: Page) -> None:
    # As it is before it is published for the first time.
    page.unpublish()
    page.revisions.all().delete()
    Page.objects.filter(pk=page.pk).update(first_published_at=None, last_published_at=None)


def _expire(page: Page) -> None:
    page.expire_at = timezone.now() - timedelta(minutes=1)
    page.save()
    assert publish_scheduled() == 1


# What is done, to which page, and whether the other Swedish pages can be read then.
STATES: dict[str, tuple[Callable[[Page], object], str, bool]] = {
    "the Swedish home page a draft": (_draft, "home", False),
    "the Swedish home page unpublished": (lambda page: page.unpublish(), "home", False),
    "the Swedish home page expired": (_expire, "home", False),
    "the Swedish home page private": (make_private, "home", False),
    "a page between unpublished": (lambda page: page.unpublish(), "index", True),
}


@pytest.fixture
def site(school: School, swedish_pages: dict[str, Page], settings: Settings) -> dict[str, Page]:
    """The Swedish pages, which English ones lead to in every way that there is."""
    settings.API_REQUESTS_PER_MINUTE = 10_000
    course = swedish_pages["course"]
    only_swedish = ContentPageFactory(
        parent=swedish_pages["home"], title="Bara på svenska", slug="bara", show_in_menus=True
    )
    target = {"label": "In Swedish", "page": only_swedish, "url": ""}
    school.contact.body = [
        ("paragraph", f'<p><a linktype="page" id="{only_swedish.pk}">In Swedish</a></p>'),
        ("paragraph", f'<p><a linktype="page" id="{course.pk}">Course</a></p>'),
        ("call_to_action", {"heading": "h", "text": "", "link": target}),
    ]
    school.contact.save()
    school.course.related_courses.create(course=course)
    return {name: page.specific for name, page in swedish_pages.items()}


@pytest.mark.parametrize("state", STATES)
def test_no_address_leads_nowhere(state: str, site: dict[str, Page], client: Client) -> None:
    change, name, stays = STATES[state]
    change(site[name])
    empty_caches()
    found = _statuses(client)
    nowhere = {address for address, status in found.items() if status not in {200, 301, 302}}
    assert nowhere - UNTOLD == set()
    assert ("/sv/kurser/gmp/" in found) is stays
    assert ("/sv/bara/" in found) is stays
    assert found["/contact/"] == found["/courses/gmp/calendar.ics"] == 200


def test_partners_and_caches_see_a_language_go_and_come_back(
    school: School, site: dict[str, Page], client: Client
) -> None:
    home, course = site["home"], site["course"]
    page = f"{API}pages/{course.pk}/"

    def news(since: int) -> dict[int, str]:
        rows = read_json(client, f"{API}changes/?since={since}&limit=100")["items"]
        return {row["id"]: row["action"] for row in rows if row["type"] == "pages"}

    def visible() -> tuple[bool, ...]:
        etag = client.get("/courses/gmp/").headers["ETag"]
        seen.append(etag)
        return (
            client.get("/sv/kurser/gmp/").status_code == 200,
            client.get(page).status_code == 200,
            "/sv/kurser/gmp/" in client.get("/courses/gmp/").text,
            "/sv/kurser/gmp/" in client.get(f"{API}pages/{school.course.pk}/").text,
            "/sv/kurser/gmp/" in client.get("/sitemap.xml").text,
        )

    seen: list[str] = []
    for change, is_there in (
        (lambda: None, True),
        (home.unpublish, False),
        (lambda: home.get_latest_revision().publish(), True),
        (lambda: make_private(home), False),
        (lambda: home.view_restrictions.all().delete(), True),
    ):
        latest = read_json(client, f"{API}changes/?limit=1")["meta"]["latest"]
        change()
        assert visible() == (is_there,) * 5
        told = news(latest)
        assert told.get(course.pk) == (None if not told else "published" if is_there else "removed")
        assert not told or told[school.course.pk] == "published"
    assert len(set(seen)) == len(seen)
