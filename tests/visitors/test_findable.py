"""Search engines and social networks find what they may, and old addresses lead to new ones."""

import re
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings
from wagtail.models import Locale

from about.models import Grant
from about.periods import YearStatus, years_of
from cms.models import SiteSettings
from home import legal_drafts
from home.models import ContentPage, HomePage
from tests.factories import ContentPageFactory
from tests.html import links, one, parse, read, words
from tests.school import School


def test_a_site_that_is_not_the_schools_own_is_not_listed(school: School, client: Client) -> None:
    assert client.get("/robots.txt").content == b"User-agent: *\nDisallow: /\n"
    assert one(read(client, "/"), "meta[name=robots]")["content"] == "noindex"


def test_the_schools_own_site_is_listed(school: School, client: Client, settings: Settings) -> None:
    settings.SITE_IS_PUBLIC = True
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert "Disallow: /" not in lines
    assert {"Disallow: /search/", "Disallow: /sv/search/"} <= set(lines)
    assert not [line for line in lines if "admin" in line]
    assert "Sitemap: http://testserver/sitemap.xml" in lines
    assert not read(client, "/").select("meta[name=robots]")


def test_the_sitemap_dates_pages_by_their_publication(school: School, client: Client) -> None:
    school.contact.save_revision().publish()
    school.contact.refresh_from_db()
    with time_machine.travel(datetime(2026, 10, 1, tzinfo=UTC)):
        school.contact.save_revision()
    entry = re.search(
        r"<loc>[^<]*/contact/</loc><lastmod>([0-9-]+)", client.get("/sitemap.xml").content.decode()
    )
    assert entry
    assert entry[1] == f"{school.contact.last_published_at:%Y-%m-%d}"


def test_a_page_names_its_public_translations_only(school: School, client: Client) -> None:
    assert not read(client, "/contact/").select("link[hreflang]")
    swedish = Locale.objects.get(language_code="sv")
    school.home.get_translation(swedish).save_revision().publish()
    contact = school.contact.copy_for_translation(swedish)
    assert not read(client, "/contact/").select("link[hreflang]")
    contact.save_revision().publish()
    found = {
        str(link["hreflang"]): str(link["href"])
        for link in read(client, "/contact/").select("link[rel=alternate][hreflang]")
    }
    assert found == {
        "en": "http://testserver/contact/",
        "sv": "http://testserver/sv/contact/",
        "x-default": "http://testserver/contact/",
    }


def test_an_address_that_was_given_up_leads_to_the_new_one(
    school: School,
    client: Client,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    school.contact.save_revision().publish()
    page = ContentPage.objects.get(pk=school.contact.pk)
    page.slug = "write-to-us"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    response = client.get("/contact/")
    assert (response.status_code, response["Location"]) == (301, "/write-to-us/")


def test_a_mistyped_address_suggests_the_right_one(school: School, client: Client) -> None:
    response = client.get("/abuot/")
    assert response.status_code == 404
    assert links(one(parse(response), "main"))["/about/"] == "About us"
    assert one(parse(response), "main form")["action"] == "/search/"


def test_a_mistyped_address_gives_no_draft_away(school: School, client: Client) -> None:
    ContentPageFactory(parent=school.home, title="Zirconium", slug="zirconium", live=False)
    assert "irconium" not in words(one(parse(client.get("/zirconim/")), "main"))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2022, 12, 31), "Begins in 2023"),
        (date(2023, 1, 1), "Year 1 of 5"),
        (date(2026, 9, 15), "Year 4 of 5"),
        (date(2027, 12, 31), "Year 5 of 5"),
        (date(2028, 1, 1), "Ended in 2027"),
    ],
)
def test_a_grant_knows_how_far_it_has_come(day: date, expected: str) -> None:
    with time_machine.travel(datetime(day.year, day.month, day.day, 12, tzinfo=UTC)):
        assert Grant(first_year=2023, last_year=2027).progress == expected


def test_the_years_of_a_grant_are_past_current_or_to_come(school: School, client: Client) -> None:
    statuses = [year.status for year in years_of(2024, 2027, date(2026, 6, 1))]
    assert statuses == [
        YearStatus.PAST, YearStatus.PAST, YearStatus.CURRENT, YearStatus.FUTURE,
    ]  # fmt: skip
    current = one(read(client, "/about/funding/"), "[aria-current=date]")
    assert words(current) == "2026 this year"


def test_the_pages_the_law_asks_for_are_drafts_until_the_school_confirms_them(
    home: HomePage, client: Client
) -> None:
    site = home.get_site()
    assert len(legal_drafts.load(site)) == 2
    assert legal_drafts.load(site) == []
    settings = SiteSettings.for_site(site)
    for page in (settings.accessibility_page.specific, settings.privacy_page.specific):
        assert not page.live
        assert page.editorial_note.startswith("To be confirmed")
        assert client.get(page.url).status_code == 404
        assert page.title not in words(one(read(client, "/"), "footer"))
        page.save_revision().publish()
        assert page.url in links(one(read(client, "/"), "footer"))
        document = read(client, page.url)
        assert page.editorial_note not in words(document)
    statement = words(read(client, settings.accessibility_page.url))
    assert "2018:1937" in statement
    assert "DIGG" in statement


def test_a_page_of_the_schools_own_is_left_alone(home: HomePage) -> None:
    own = ContentPageFactory(parent=home, title="Ours", slug="accessibility")
    loaded = legal_drafts.load(home.get_site())
    assert loaded == ["draft “Privacy”"]
    assert ContentPage.objects.get(slug="accessibility") == own
