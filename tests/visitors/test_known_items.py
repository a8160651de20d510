"""Visitors find the page they have in mind, by the words that they have for it."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import yaml
from django.test import Client
from django.utils.translation import override
from wagtail.models import Page, Site

from cms.models import SearchEntry, University
from cms.publishing.log import Stamp
from cms.publishing.memoize import as_of
from cms.search.entries import entries_among
from cms.search.query import find
from cms.search.text import words_of
from courses.models import CourseIndexPage, CoursePage, CoursePerson
from home.models import HomePage
from tests.factories import CoursePageFactory, CourseSessionFactory
from tests.html import links, one, read, read_json, words

KNOWN_ITEMS = Path(__file__).with_name("known_items.yaml")
FIRST, FIRST_THREE = 0.95, 0.99
ALONE = "/courses/exosomes/"


@pytest.fixture
def site(content: HomePage, sample_courses: list[CoursePage]) -> Site:
    """The site in both languages, with the sample courses and one that is in English alone."""
    CoursePageFactory(
        parent=CourseIndexPage.objects.get(locale=content.locale),
        title="Exosomes and extracellular vesicles",
        slug="exosomes",
        code="ATMP-07",
        host=University.objects.get(short_name="GU"),
        people=[CoursePerson(name="Åsa Öström")],
        sessions=[CourseSessionFactory.build(location="Malmö", mode="on_site")],
    )
    for page in Page.objects.filter(live=False, depth__gt=1).order_by("path").specific():
        page.get_latest_revision().publish()
    return Site.objects.get()


def _known_items() -> Iterator[tuple[str, str, list[str]]]:
    for language, pages in yaml.safe_load(KNOWN_ITEMS.read_text()).items():
        for addresses, queries in pages.items():
            for query in queries:
                yield language, query, addresses.split()


def _found(client: Client, language: str, query: str) -> list[str]:
    prefix = "" if language == "en" else f"/{language}"
    document = read(client, f"{prefix}/search/?q={quote(query)}")
    return list(links(document, "ol.results__list h3 a"))


def test_the_page_that_somebody_has_in_mind_is_found(site: Site, client: Client) -> None:
    items = list(_known_items())
    addresses = {page.pk: page.get_url() for page in Page.objects.filter(depth__gt=1)}
    first, first_three, misses = 0, 0, []
    for language, query, wanted in items:
        with override(language), as_of(Stamp()):
            found = [addresses[pk] for pk in find(query, site).page_ids[:3]]
        first += found[:1] != [] and found[0] in wanted
        first_three += not set(wanted).isdisjoint(found)
        if not found or found[0] not in wanted:
            misses.append(f"{language} {query!r}: {found or 'nothing'}, not {wanted}")
    said = "\n".join([f"{first} first, {first_three} in three, of {len(items)}:", *misses])
    assert len(items) >= 120
    assert first / len(items) >= FIRST, said
    assert first_three / len(items) >= FIRST_THREE, said


def test_pages_lists_and_partners_find_the_same_in_the_same_order(
    site: Site, client: Client
) -> None:
    addresses = {page.pk: page.get_url() for page in Page.objects.filter(depth__gt=1)}
    for language, query, _wanted in islice(_known_items(), 0, None, 20):
        with override(language), as_of(Stamp()):
            findings = find(query, site)
            found = [addresses[pk] for pk in findings.page_ids]
            # However the database hands the rows over, they end up in one order.
            backwards = findings.query.ranked(
                entries_among(site)[::-1], any_word=findings.is_partial
            )
        assert list(findings.page_ids) == backwards, query
        assert _found(client, language, query) == found[:10], query
        if findings.guess or findings.is_partial:
            continue
        own = [address for address in found if (address[:4] == "/sv/") == (language == "sv")]
        items = read_json(
            client, f"/api/v2/pages/?locale={language}&search={quote(query)}&limit=100"
        )["items"]
        assert [item["meta"]["html_url"].removeprefix("http://testserver") for item in items] == own


def test_a_course_in_english_alone_is_found_wherever_the_swedish_list_shows_it(
    site: Site, client: Client
) -> None:
    assert _found(client, "sv", "ATMP-07").count(ALONE) == 1
    result = one(read(client, "/sv/search/?q=exosomes"), f"a[href='{ALONE}']")
    assert (result["lang"], result["hreflang"]) == ("en", "en")
    assert ALONE in links(read(client, "/sv/kurser/?q=exosomes"))
    # What somebody may have meant is spelt as its page spells it.
    assert "på ”hälsoekonomi”" in words(read(client, "/sv/search/?q=halsoekonmi"))
    # One that is in Swedish too is found as the Swedish list shows it, and once.
    assert _found(client, "sv", "SAMPLE-03") == ["/sv/kurser/immunologi-vid-cellterapi/"]
    for query, wanted in (("exosomes", ["ATMP-07"]), ("SAMPLE-03", ["SAMPLE-03"])):
        address = f"/api/v2/courses/?locale=sv&fallback=en&search={query}&fields=code"
        assert [item["code"] for item in read_json(client, address)["items"]] == wanted


def test_what_readers_see_of_a_course_finds_it(site: Site) -> None:
    for course in CoursePage.objects.live().filter(code="SAMPLE-01"):
        with override(course.locale.language_code), as_of(Stamp()):
            seen: list[Any] = [
                *(university.localised_name for university in course.co_organisers.all()),
                *(stage.localised_name for stage in course.stages.all()),
                *(person.name for person in course.people.all()),
                *(person.email for person in course.people.all()),
                *(person.get_role_display() for person in course.people.all()),
                *(session.get_mode_display() for session in course.sessions.all()),
                *(name for _code, name in course.languages_of_instruction),
                *(course.host.localised_name, course.host.short_name, course.host.city),
                *(course.credits_in_words, course.code, course.title, course.summary),
            ]
            for text in seen:
                findings = find(text, site)
                assert course.pk in findings.page_ids, text
                assert not findings.guess, text
                assert not findings.is_partial, text


def test_nothing_is_indexed_that_no_visitor_can_read(site: Site, client: Client) -> None:
    readable = {name for row in University.objects.values_list(*University.NAMES) for name in row}
    for page in Page.objects.filter(depth__gt=1):
        document = read(client, page.get_url())
        readable.add(words(document))
        # What cards and search results say of the page, and search engines.
        readable.update(str(m["content"]) for m in document.select("meta[name=description]"))
        with override(page.locale.language_code):
            readable.update(page.specific.facts_in_brief)
    known = {word for text in readable for word in words_of(text)}
    indexed = {
        word
        for entry in SearchEntry.objects.all()
        for _weight, text in entry.fields
        for word in text.split()
    }
    assert indexed - known == set()
