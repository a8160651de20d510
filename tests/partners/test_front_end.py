"""A site can be built on the API alone: what surrounds pages, where they are, and what they are."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client, override_settings
from wagtail.models import Page, Site

from cms.models import SiteSettings
from courses.models import CoursePage
from home.models import HomePage
from testing.servers import ROOT
from tests.factories import ContentPageFactory, CoursePageFactory
from tests.html import read, read_json
from tests.partners.contract import API, complaints
from tests.school import School

HOST = "http://testserver"


def _ids(client: Client, address: str) -> list[int]:
    return [item["id"] for item in read_json(client, API + address)["items"]]


def _addresses(found: Any) -> Iterator[str]:
    """Yield every address of a page that `found` names, however deep."""
    for name, value in found.items() if isinstance(found, dict) else enumerate(found):
        if name == "html_url":
            yield value
        elif isinstance(value, dict | list):
            yield from _addresses(value)


def test_the_site_is_told_as_it_is_shown(
    school: School, swedish_pages: dict[str, Page], client: Client
) -> None:
    settings = SiteSettings.for_site(school.home.get_site())
    settings.privacy_page = settings.contact_page = school.contact
    settings.contact_email = "atmp@example.se"
    settings.footer_text_sv = "En forskarskola."
    settings.save()
    response = client.get(f"{API}site/")
    assert complaints("/site/", response) == []
    site = response.json()
    assert [language["locale"] for language in site["languages"]] == ["en", "sv"]
    for language, address in zip(site["languages"], ("/", "/sv/"), strict=True):
        shown = read(client, address)
        assert language["home"]["meta"]["html_url"] == HOST + address
        menu = [(item["title"], item["meta"]["html_url"]) for item in language["menu"]]
        links = shown.select(".main-nav__list li:not(.main-nav__search) a")
        assert menu == [(link.text.strip(), HOST + str(link["href"])) for link in links]
    english, swedish = site["languages"]
    assert english["privacy_page"]["title"] == school.contact.title
    assert english["contact_page"]["id"] == english["menu"][-1]["id"] == school.contact.pk
    assert swedish["privacy_page"]["meta"]["html_url"].startswith(f"{HOST}/sv/")
    assert (english["footer_text"], swedish["footer_text"]) == ("", "En forskarskola.")
    assert site["contact"]["email"] == "atmp@example.se"
    assert site["social_image"].startswith(f"{HOST}/static/cms/social")
    for address in set(_addresses(site)):
        assert client.get(address.removeprefix(HOST)).status_code == 200, address


def test_what_is_not_public_is_not_in_the_site(
    school: School, swedish_pages: dict[str, Page], client: Client
) -> None:
    settings = SiteSettings.for_site(school.home.get_site())
    settings.privacy_page = school.contact
    settings.save()
    school.contact.unpublish()
    swedish_pages["home"].unpublish()
    site = read_json(client, f"{API}site/")
    assert [language["locale"] for language in site["languages"]] == ["en"]
    assert site["languages"][0]["privacy_page"] is None
    assert "Kontakt" not in str(site)
    assert school.contact.title not in str(site)


def test_a_page_says_what_is_above_it(school: School, client: Client) -> None:
    meta = read_json(client, f"{API}pages/{school.vision.pk}/")["meta"]
    addresses = [page["meta"]["html_url"] for page in meta["breadcrumbs"]]
    shown = read(client, school.vision.url).select("nav.breadcrumbs a, .breadcrumbs a")
    assert addresses == [HOST + str(link["href"]) for link in shown]
    assert meta["parent"] == meta["breadcrumbs"][-1]
    above = school.about
    above.title = "Who we are"
    before = read_json(client, f"{API}changes/?since=0")["meta"]["latest"]
    above.save_revision().publish()
    rows = read_json(client, f"{API}changes/?since={before}")["items"]
    assert {row["id"] for row in rows} >= {above.pk, school.vision.pk}
    assert read_json(client, f"{API}pages/{school.vision.pk}/")["meta"]["parent"]["title"] == (
        "Who we are"
    )


def test_each_course_is_there_once_in_the_readers_language_or_else_in_english(
    school: School, swedish_pages: dict[str, Page], client: Client
) -> None:
    CoursePageFactory(parent=school.index, title="Only in English", slug="english-only")
    listed = read(client, swedish_pages["index"].url).select("main h3 a, main .card a")
    shown = {HOST + str(link["href"]) for link in listed}
    courses = read_json(client, f"{API}courses/?locale=sv&fallback=en")["items"]
    assert {course["meta"]["html_url"] for course in courses} == shown
    assert {course["meta"]["locale"] for course in courses} == {"en", "sv"}
    sessions = read_json(client, f"{API}sessions/?locale=sv&fallback=en")["items"]
    assert {s["course"]["id"] for s in sessions} <= {course["id"] for course in courses}
    plain = _ids(client, "courses/?locale=en")
    assert sorted(_ids(client, "courses/?locale=en&fallback=en")) == sorted(plain)
    for question in ("fallback=en", "locale=sv&fallback=sv"):
        refused = client.get(f"{API}courses/?{question}")
        assert (refused.status_code, refused.json()["parameter"]) == (400, "fallback")


def test_a_search_finds_what_the_sites_own_finds_in_its_order(
    school: School, client: Client
) -> None:
    CoursePageFactory(
        parent=school.index, title="Immunology", summary="With manufacturing.", slug="immunology"
    )
    for words in ("manufacturing", "manuf", "good practice", "nothing at all like it"):
        found = _ids(client, f"pages/?search={words}&limit=100")
        links = read(client, f"/search/?q={words}").select("main h2 a, main h3 a")
        shown = [HOST + str(link["href"]) for link in links]
        items = read_json(client, f"{API}pages/?search={words}&locale=en&limit=100")["items"]
        if "nothing" not in words:
            assert shown
            assert [item["meta"]["html_url"] for item in items][:10] == shown, words
        else:
            assert found == []
    titles = _ids(client, "courses/?search=manufacturing")
    assert titles[0] == school.course.pk
    assert _ids(client, "courses/?search=manufacturing&order=-id") == sorted(titles, reverse=True)


@pytest.mark.parametrize(
    ("question", "is_found"),
    [
        ("id={pk}", True),
        ("id={pk},99999", True),
        ("id=99999", False),
        ("slug=gmp", True),
        ("code=fmat101", True),
        ("first_published_at=2026-03-01", True),
        ("first_published_at=2026-03-01T10:00:00Z", True),
        ("first_published_at=2026-03-01T11:00:00%2B01:00", True),
        ("first_published_at=2026-03-02", False),
        ("updated_since=2026-04-01T10:00:00Z", True),
        ("updated_since=2026-04-01", True),
        ("updated_since=2026-04-02", False),
    ],
)
def test_courses_are_found_by_what_they_are_known_by(
    question: str, is_found: bool, school: School, client: Client
) -> None:
    CoursePage.objects.filter(pk=school.course.pk).update(
        code="FMAT101",
        first_published_at="2026-03-01T10:00:00Z",
        last_published_at="2026-04-01T10:00:00Z",
    )
    CoursePage.objects.exclude(pk=school.course.pk).update(
        first_published_at="2026-01-01T10:00:00Z", last_published_at="2026-01-01T10:00:00Z"
    )
    found = _ids(client, "courses/?" + question.format(pk=school.course.pk))
    assert found == ([school.course.pk] if is_found else [])


ASKED_OF_STOCK_WAGTAIL = (
    "pages/?type=courses.CoursePage&fields=*",
    "pages/?type=wagtailcore.Page&fields=_,title",
    "pages/?limit=5&offset=1&order=-first_published_at",
    "pages/?order=random",
    "pages/?search=course&search_operator=and",
    "pages/?locale=en&format=json&_=1",
    "pages/?child_of=root",
    "pages/?descendant_of={home}",
    "pages/?ancestor_of={course}",
    "pages/?translation_of={course}",
    "pages/?slug=gmp&show_in_menus=false",
    "pages/?id={course}",
    "pages/{course}/?fields=*,-title",
    "pages/find/?html_path=/courses/gmp/",
    "pages/find/?id={course}",
    "images/?fields=*",
    "documents/?search=syllabus",
)


def test_all_that_partners_are_promised_of_stock_wagtail_is_asked() -> None:
    text = (ROOT / "docs" / "partners.md").read_text(encoding="utf-8")
    (promised,) = re.findall(r"## Coming from stock Wagtail\n(.*?)\n## ", text, re.DOTALL)
    named = set(re.findall(r"`(\w+)=", promised))
    assert len(named) > 10
    assert named == set(re.findall(r"[?&](\w+)=", " ".join(ASKED_OF_STOCK_WAGTAIL))) - {"html_path"}


@pytest.mark.parametrize("question", ASKED_OF_STOCK_WAGTAIL)
def test_what_stock_wagtail_is_asked_is_answered(
    question: str, school: School, client: Client
) -> None:
    address = API + question.format(home=school.home.pk, course=school.course.pk)
    assert client.get(address, follow=True).status_code == 200


def test_of_two_sites_each_tells_of_its_own(school: School, client: Client, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    root = school.home.get_parent()
    other = root.add_child(
        instance=HomePage(title="Another school", slug="other", headline="Another")
    )
    Site.objects.create(hostname="other.example", root_page=other)
    below = ContentPageFactory(parent=other, title="Elsewhere", slug="elsewhere")
    outside = root.add_child(instance=HomePage(title="No site", slug="no-site", headline="None"))
    ours = {page.pk for page in (school.home, school.course, school.vision)}
    for host, own in (("testserver", ours), ("other.example", {other.pk, below.pk})):
        elsewhere = ours if own is not ours else {other.pk, below.pk}
        for question in ("pages/?limit=100", "pages/?limit=100&order=-id", "pages/?search=school"):
            items = client.get(API + question, headers={"host": host}).json()["items"]
            found = {item["id"] for item in items}
            assert not found & (elsewhere | {outside.pk}), (host, question)
            assert found >= own or "search" in question
            assert all(item["meta"]["html_url"].startswith(f"http://{host}/") for item in items)
        for pk in (*elsewhere, outside.pk):
            for way in (f"pages/{pk}/", f"pages/find/?id={pk}"):
                assert client.get(API + way, headers={"host": host}).status_code == 404
        (language,) = client.get(f"{API}site/", headers={"host": host}).json()["languages"]
        assert language["home"]["id"] in own

    def told(host: str) -> dict[int, str]:
        rows = client.get(f"{API}changes/?type=pages", headers={"host": host}).json()["items"]
        return {row["id"]: row["action"] for row in rows}

    assert not told("testserver").keys() & {other.pk, below.pk, outside.pk}
    assert not told("other.example").keys() & (ours | {outside.pk})
    # A page that goes is gone for those who knew it, and nothing to others.
    course = CoursePage.objects.get(pk=school.course.pk)
    for page in (Page.objects.get(pk=below.pk), course):
        page.unpublish()
    school.contact.move(Page.objects.get(pk=other.pk), pos="last-child")
    assert told("testserver")[course.pk] == told("testserver")[school.contact.pk] == "removed"
    assert told("other.example")[below.pk] == "removed"
    assert told("other.example")[school.contact.pk] == "published"
    assert below.pk not in told("testserver")
    assert course.pk not in told("other.example")


@override_settings(TEXT_LICENCE="CC-BY-SA-4.0")
def test_the_licences_are_the_same_wherever_they_are_named(school: School, client: Client) -> None:
    discovery = read_json(client, API)["licences"]
    assert discovery["data"]["identifier"] == "CC0-1.0"
    assert discovery["texts"]["identifier"] == "CC-BY-SA-4.0"
    assert read_json(client, f"{API}site/")["licences"] == discovery
    page = read(client, "/api/")
    linked = [str(link["href"]) for link in page.select("[rel=license]")]
    assert linked == [licence["url"] for licence in discovery.values()]
    named = read_json(client, f"{API}openapi.json")["info"]["license"]
    feed = client.get("/courses/feed.atom").text
    calendar = client.get("/courses/calendar.ics").text.replace("\r\n ", "").replace("\\", "")
    for licence in discovery.values():
        assert licence["name"] in named["name"]
        assert f'href="{licence["url"]}" rel="license"' in feed
        assert licence["url"] in calendar
