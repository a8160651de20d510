"""English and Swedish: the same site in both, with a way from each page to the other."""

import json
from datetime import date
from urllib.parse import urlencode

import pytest
from django.core.cache import caches
from django.test import Client
from wagtail.models import Locale, Page

from courses.models import CoursePage
from tests.admin_forms import AdminForm
from tests.html import links, one, parse, read, words
from tests.school import School
from tests.swedish import ADDRESSES, TITLES, swedish_draft, translate


@pytest.mark.parametrize("name", TITLES)
def test_every_page_is_there_in_swedish(
    name: str, school: School, swedish_pages: dict[str, Page], client: Client
) -> None:
    document = read(client, ADDRESSES[name])
    assert one(document, "html")["lang"] == "sv"
    if name != "home":
        assert words(one(document, "h1")) == TITLES[name]
    assert client.get(ADDRESSES[name]).headers["Content-Language"] == "sv"


@pytest.mark.parametrize("name", TITLES)
def test_the_switch_leads_to_the_same_page_and_back(
    name: str, school: School, swedish_pages: dict[str, Page], client: Client
) -> None:
    english = getattr(school, name).url
    switch = one(read(client, english), "nav.languages")
    assert words(one(switch, "[aria-current]")) == "English"
    link = one(switch, "a")
    assert (link["href"], link["hreflang"], link["lang"]) == (ADDRESSES[name], "sv", "sv")
    back = one(read(client, ADDRESSES[name]), "nav.languages a")
    assert (back["href"], back["hreflang"], words(back)) == (english, "en", "English")


def test_where_a_page_is_not_translated_the_switch_says_so_and_offers_the_nearest(
    school: School, client: Client
) -> None:
    translate(school.home, "home")
    translate(school.index, "index")
    switch = one(read(client, school.course.url), "nav.languages")
    assert one(switch, "a")["href"] == "/sv/kurser/"
    note = one(read(client, school.course.url), ".languages__note")
    assert one(switch, "a")["aria-describedby"] == note["id"]
    assert note["lang"] == "sv"
    assert "Kurser" in words(note)
    assert one(read(client, "/about/vision/"), "nav.languages a")["href"] == "/sv/"


def test_the_switch_never_leads_to_a_page_that_is_not_there(
    school: School, swedish_pages: dict[str, Page], client: Client
) -> None:
    swedish_pages["vision"].unpublish()
    swedish_draft(school.other_course)
    addresses = [page.url for page in school.pages.values()]
    addresses += [school.other_course.url, "/search/", "/search/?q=clean", "/nothing/here/"]
    addresses += [address for name, address in ADDRESSES.items() if name != "vision"]
    addresses += ["/sv/search/", "/sv/inget/"]
    for address in addresses:
        for link in parse(client.get(address)).select("nav.languages a"):
            assert client.get(str(link["href"])).status_code == 200, f"{address} -> {link}"


def test_the_switch_keeps_what_is_asked_for(
    school: School, swedish_pages: dict[str, Page], client: Client
) -> None:
    filtered = one(read(client, "/courses/?open=on&stage=manufacturing"), "nav.languages a")
    assert filtered["href"] == "/sv/kurser/?open=on&stage=manufacturing"
    search = one(read(client, "/search/?q=clean+room"), "nav.languages a")
    assert search["href"] == "/sv/search/?q=clean+room"


def test_while_nothing_is_published_in_swedish_there_is_no_switch(
    school: School, client: Client
) -> None:
    for name in ("about", "vision", "course"):
        swedish_draft(school.about if name == "vision" else school.index)
        swedish_draft(getattr(school, name))
    for address in school.pages:
        document = read(client, address)
        assert not document.select("nav.languages")
        assert not document.select("link[hreflang]")
    assert client.get("/sv/").status_code == 404


@pytest.mark.parametrize("language", ["sv", "sv-SE,sv;q=0.9,en;q=0.5", "de", "en"])
def test_the_browsers_language_changes_nothing(
    language: str, school: School, swedish_pages: dict[str, Page], client: Client
) -> None:
    response = client.get("/about/", headers={"Accept-Language": language})
    assert one(parse(response), "html")["lang"] == "en"
    assert "Accept-Language" not in response.headers.get("Vary", "")


def test_each_page_names_its_languages_to_search_engines(
    school: School, swedish_pages: dict[str, Page], client: Client
) -> None:
    expected = {
        "en": "http://testserver/about/",
        "sv": "http://testserver/sv/om-oss/",
        "x-default": "http://testserver/about/",
    }
    for address in ("/about/", "/sv/om-oss/"):
        found = read(client, address).select("link[rel=alternate][hreflang]")
        assert {str(link["hreflang"]): str(link["href"]) for link in found} == expected
    sitemap = client.get("/sitemap.xml").content.decode()
    assert "<loc>http://testserver/sv/om-oss/</loc>" in sitemap
    assert 'hreflang="sv" href="http://testserver/sv/om-oss/"' in sitemap


def test_navigation_footer_and_search_stay_in_the_language(
    school: School, swedish_pages: dict[str, Page], client: Client
) -> None:
    document = read(client, "/sv/")
    navigation = links(one(document, "nav.main-nav"))
    assert navigation["/sv/om-oss/"] == "Om oss"
    assert all(address.startswith("/sv/") for address in navigation)
    assert one(document, "header form")["action"] == "/sv/search/"
    results = one(read(client, "/sv/search/?q=tillverkningssed"), "main")
    assert "/sv/kurser/gmp/" in links(results)
    assert "/courses/gmp/" not in links(one(read(client, "/search/?q=tillverkningssed"), "main"))


@pytest.mark.parametrize("asked", ["läkemedel", "lakemedel", "läkemedlen", "LÄKEMEDEL"])
def test_swedish_words_are_found_however_they_are_written(
    asked: str, school: School, swedish_pages: dict[str, Page], client: Client
) -> None:
    page = swedish_draft(school.vision)
    page.title = "Läkemedel för avancerad terapi"
    page.save_revision().publish()
    found = links(one(read(client, f"/sv/search/?{urlencode({'q': asked})}"), "main"))
    assert "/sv/om-oss/vision/" in found


def test_an_address_that_does_not_exist_answers_in_its_language(
    school: School, swedish_pages: dict[str, Page], client: Client
) -> None:
    response = client.get("/sv/om-osss/")
    assert response.status_code == 404
    document = parse(response)
    assert one(document, "html")["lang"] == "sv"
    assert "/sv/om-oss/" in links(one(document, "main"))


def test_a_swedish_reader_finds_courses_whose_page_is_in_english(
    school: School, swedish_pages: dict[str, Page], client: Client
) -> None:
    document = one(read(client, "/sv/kurser/"), "main")
    found = {str(link["href"]): link for link in document.select(".rows__title a")}
    assert found.keys() == {"/sv/kurser/gmp/", "/courses/cells/"}
    assert found["/courses/cells/"]["lang"] == found["/courses/cells/"]["hreflang"] == "en"
    assert not found["/sv/kurser/gmp/"].get("lang")
    english = one(read(client, "/courses/"), "main")
    assert {str(link["href"]) for link in english.select(".rows__title a")} == {
        "/courses/gmp/",
        "/courses/cells/",
    }


def test_a_draft_translation_takes_no_course_off_the_swedish_list(
    school: School, client: Client
) -> None:
    translate(school.home, "home")
    translate(school.index, "index")
    swedish_draft(school.course)
    assert "/courses/gmp/" in links(one(read(client, "/sv/kurser/"), "main"))


def test_words_that_are_only_there_in_english_are_marked(
    school: School, swedish_pages: dict[str, Page], client: Client
) -> None:
    course = CoursePage.objects.get(pk=school.course.pk)
    session = course.sessions_by_date[-1]
    session.workload_sv = "Heltid"
    course.sessions.add(session)
    course.save_revision().publish()
    document = read(client, "/sv/kurser/gmp/")
    assert "Heltid" in words(one(document, "main"))
    marked = {words(element) for element in document.select("main [lang=en]")}
    assert "Bring a laptop." in marked
    assert "Heltid" not in marked


def test_feed_and_calendar_speak_the_language_of_their_address(
    school: School, swedish_pages: dict[str, Page], client: Client
) -> None:
    feed = client.get("/sv/kurser/feed.atom").content.decode()
    assert 'xml:lang="sv"' in feed
    assert "God tillverkningssed" in feed
    calendar = client.get("/sv/kurser/gmp/calendar.ics").content.decode()
    assert "SUMMARY:God tillverkningssed" in calendar
    assert 'xml:lang="en"' in client.get("/courses/feed.atom").content.decode()


def test_the_api_gives_each_language_and_links_them(
    school: School, swedish_pages: dict[str, Page], client: Client
) -> None:
    course = client.get("/api/v2/courses/?locale=sv").json()["items"]
    assert [item["title"] for item in course] == ["God tillverkningssed"]
    detail = client.get(f"/api/v2/courses/{school.course.pk}/").json()
    (translation,) = detail["meta"]["translations"]
    assert translation["locale"] == "sv"
    assert translation["id"] == swedish_pages["course"].pk
    assert translation["html_url"] == "http://testserver/sv/kurser/gmp/"
    sessions = client.get("/api/v2/sessions/?locale=sv").json()["items"]
    english = client.get("/api/v2/sessions/?locale=en").json()["items"]
    assert {s["translation_key"] for s in sessions} == {s["translation_key"] for s in english}
    for endpoint in ("universities", "stages", "images", "documents"):
        responses = [
            client.get(f"/api/v2/{endpoint}/", {"locale": code}).json() for code in ("en", "sv")
        ]
        assert responses[0] == responses[1] == client.get(f"/api/v2/{endpoint}/").json()
        assert client.get(f"/api/v2/{endpoint}/?locale=de").status_code == 400


def test_a_preview_speaks_the_language_of_its_page(school: School, editor: Client) -> None:
    swedish_draft(school.about)
    draft = swedish_draft(school.vision)
    form = AdminForm(editor, f"/admin/pages/{draft.pk}/edit/")
    form["title"] = "Vår vision"
    address = f"/admin/pages/{draft.pk}/edit/preview/"
    assert editor.post(address, form.fields).json()["is_valid"]
    document = read(editor, f"{address}?mode=")
    assert one(document, "html")["lang"] == "sv"
    assert words(one(document, "h1")) == "Vår vision"


def test_swedish_pages_are_kept_apart_from_english_ones(
    school: School, swedish_pages: dict[str, Page], client: Client
) -> None:
    caches["pages"].clear()
    for _time in range(2):
        assert one(read(client, "/about/"), "html")["lang"] == "en"
        assert one(read(client, "/sv/om-oss/"), "html")["lang"] == "sv"


def test_every_language_has_one_home_page(school: School) -> None:
    homes = Page.objects.filter(depth=2).values_list("locale__language_code", flat=True)
    assert sorted(homes) == sorted(Locale.objects.values_list("language_code", flat=True))


def test_json_ld_names_the_words_of_the_language(
    school: School, swedish_pages: dict[str, Page], client: Client
) -> None:
    script = one(read(client, "/sv/kurser/gmp/"), "script[type='application/ld+json']")
    things = json.loads(script.string or "")["@graph"]
    (course,) = [thing for thing in things if thing["@type"] == "Course"]
    assert course["name"] == "God tillverkningssed"
    assert course["provider"]["name"] == "Lunds universitet"
    starts = {instance["startDate"] for instance in course["hasCourseInstance"]}
    assert date(2026, 11, 2).isoformat() in starts
