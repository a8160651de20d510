"""Visitors find pages and courses by their words, and nothing that is not theirs to see."""

import pytest
from bs4 import Tag
from django.conf import LazySettings
from django.core.management import call_command
from django.test import Client
from wagtail.models import CollectionViewRestriction, Site

from cms.models import SearchEntry
from cms.publishing import memoize
from cms.search.text import words_of
from home.models import HomePage
from tests.factories import ContentPageFactory, CoursePageFactory
from tests.factories.cms import make_private
from tests.html import links, one, read, words
from tests.school import School
from tests.story import story


@pytest.fixture
def pages(school: School) -> School:
    """Pages to look for, beside those of the school."""
    school.index.refresh_from_db()
    CoursePageFactory(
        parent=school.index,
        title="Regulation of viral vectors",
        slug="vectors",
        body=[("paragraph", "<p>How the European Medicines Agency assesses a dossier.</p>")],
    )
    ContentPageFactory(
        parent=school.home,
        title="News from Umeå",
        slug="news",
        summary="A new laboratory for vectors.",
    )
    return school


def _found(client: Client, query: str) -> dict[str, str]:
    return links(read(client, f"/search/?q={query}"), "ol.results__list h3 a")


def _main(client: Client, query: str) -> Tag:
    return one(read(client, f"/search/?q={query}"), "main")


def test_courses_and_pages_are_found_by_title_and_text(pages: School, client: Client) -> None:
    assert _found(client, "regulation") == {"/courses/vectors/": "Regulation of viral vectors"}
    assert "/news/" in _found(client, "laboratory")
    assert "/courses/vectors/" in _found(client, "dossier")


def test_pages_are_found_by_the_new_name_of_what_they_refer_to(
    school: School, client: Client
) -> None:
    school.university.name = "University of Zanzibar"
    school.university.save()
    assert {"/courses/gmp/", "/about/"} <= _found(client, "zanzibar").keys()
    school.partner.name_sv = "Xanadus universitet"
    school.partner.save()
    assert "/courses/gmp/" in _found(client, "xanadus")
    school.partner.delete()
    assert "/courses/gmp/" not in _found(client, "xanadus")


def test_an_index_that_was_lost_is_made_anew(school: School, client: Client) -> None:
    SearchEntry.objects.all().delete()
    assert "/courses/gmp/" not in _found(client, "MED901")
    call_command("update_index", backend_name="pages", verbosity=0)
    memoize.forget()
    assert "/courses/gmp/" in _found(client, "MED901")


def test_a_title_ranks_before_a_text(pages: School, client: Client) -> None:
    assert list(_found(client, "vectors")) == ["/courses/vectors/", "/news/"]


def test_the_beginning_of_a_word_is_enough(pages: School, client: Client) -> None:
    assert "/courses/vectors/" in _found(client, "regul")


@pytest.mark.parametrize("typed", ["regulaton", "reglation", "regulatoin", "REGULATION"])
def test_typing_errors_are_forgiven(typed: str, pages: School, client: Client) -> None:
    assert "/courses/vectors/" in _found(client, typed)


def test_a_guess_is_said_to_be_one(pages: School, client: Client) -> None:
    assert "1 result for “regulation”" in words(_main(client, "regulaton"))
    assert "No results for “regulaton”" in words(_main(client, "regulaton"))
    assert "may have meant" not in words(_main(client, "regulation"))


def test_accents_may_be_left_out(pages: School, client: Client) -> None:
    assert "/news/" in _found(client, "umea")


def test_words_that_never_meet_are_found_apart(pages: School, client: Client) -> None:
    assert {"/courses/vectors/", "/news/"} <= set(_found(client, "dossier laboratory"))
    assert "No page has all of these words" in words(_main(client, "dossier laboratory"))


def test_what_was_looked_for_is_marked(pages: School, client: Client) -> None:
    marked = [words(mark) for mark in _main(client, "dossier").select("mark")]
    assert marked == ["dossier"]
    assert "European Medicines Agency" in words(_main(client, "dossier"))


@pytest.mark.parametrize("field", ["learning_outcomes", "body"])
def test_the_items_of_a_list_do_not_run_together(
    field: str, school: School, client: Client
) -> None:
    html = "<ul><li>tell quokkas apart</li><li>write a batch record</li></ul><p>Then rest</p>"
    text = [("paragraph", html)] if field == "body" else html
    CoursePageFactory(parent=school.index, slug="listed", summary="", **{field: text})
    [shown] = [words(p) for p in _main(client, "batch").select("li > p:not(.rows__meta)")]
    assert shown == "write a batch record"


@pytest.mark.parametrize("how", ["unpublished", "draft", "private", "below a private page"])
def test_what_is_not_public_is_not_found(how: str, pages: School, client: Client) -> None:
    page = ContentPageFactory(parent=pages.home, title="Zirconium", slug="zirconium")
    assert "/zirconium/" in _found(client, "zirconium")
    match how:
        case "unpublished":
            page.unpublish()
        case "draft":
            page.unpublish()
            page.body = [("paragraph", "<p>Zirconium</p>")]
            page.save_revision()
        case "private":
            make_private(page)
        case _:
            make_private(pages.home)
    # Nor is it what somebody may have meant who makes a typing error.
    for typed in ("zirconium", "zirconum"):
        text = words(_main(client, typed))
        assert "0 results" in text
        assert "Zirconium" not in text
        assert "Showing results for" not in text


def test_every_block_is_found_by_what_every_reader_reads_of_it(
    school: School, client: Client
) -> None:
    school.contact.body, school.contact.summary = story(school), ""
    school.contact.save()
    entry = SearchEntry.objects.get(page=school.contact)
    indexed = {word for _weight, text in entry.fields for word in text.split()}
    for text in (
        "subheading running colleagues student doctoral brief introduce glance length weeks",
        "laboratory remarks lund lindqvist coordinator alva there who",
    ):
        assert set(text.split()) <= indexed
    # Neither names of choices and addresses, nor what a private page or file takes away with it.
    assert not indexed & {"h3", "vimeo", "syllabus", "medicines", "comes"}
    CollectionViewRestriction.objects.create(
        collection=school.document.collection, restriction_type="login"
    )
    make_private(school.index)
    shown = set(words_of(words(one(read(client, "/contact/"), "main"))))
    assert indexed - shown == set()


def test_nothing_found_leads_on(school: School, client: Client) -> None:
    main = _main(client, "xylophone")
    assert "0 results for “xylophone”" in words(main)
    assert {"/", "/about/", "/courses/", "/courses/?stage=manufacturing#courses"} <= set(
        links(main)
    )


def test_every_page_has_a_way_to_search(school: School, client: Client) -> None:
    for address in ("/", "/about/", "/courses/gmp/", "/no-such-page/"):
        document = client.get(address).content.decode()
        assert 'action="/search/"' in document, address


def test_many_results_come_in_pages(school: School, client: Client) -> None:
    for number in range(12):
        ContentPageFactory(parent=school.home, title=f"Zirconium {number}", slug=f"z{number}")
    first, second = _found(client, "zirconium"), _found(client, "zirconium&page=2")
    assert (len(first), len(second)) == (10, 2)
    assert not set(first) & set(second)
    assert "?q=zirconium&page=2" in links(_main(client, "zirconium"))
    for made_up in ("0", "99", "-1", "x", ""):
        assert client.get(f"/search/?q=zirconium&page={made_up}").status_code == 200


@pytest.mark.parametrize(
    "query",
    ["'", '"', "%00", "*", "a:b", "AND OR NOT", "-", "(", "%22%2A", "%F0%9F%92%89", "a" * 900],
)
def test_no_query_breaks_the_search(query: str, school: School, client: Client) -> None:
    response = client.get(f"/search/?q={query}")
    assert response.status_code == 200


def test_what_is_typed_is_never_read_as_code(school: School, client: Client) -> None:
    document = read(client, "/search/?q=<script>alert(1)</script>")
    assert not [script for script in document.select("script") if "alert" in script.get_text()]


def test_queries_are_never_kept(school: School, client: Client) -> None:
    for _visit in range(2):
        assert client.get("/search/?q=therapy")["Cache-Status"] == "atmp; fwd=miss"


def test_search_engines_do_not_list_searches(school: School, client: Client) -> None:
    robots = one(read(client, "/search/?q=therapy"), "meta[name=robots]")
    assert str(robots["content"]).startswith("noindex")


def test_swedish_pages_are_searched_from_the_swedish_site(school: School, client: Client) -> None:
    assert client.get("/sv/search/?q=therapy").status_code == 200
    assert not links(read(client, "/sv/search/?q=vectors"), "ol.results__list h3 a")


def test_a_site_finds_its_own_pages_alone(
    pages: School, client: Client, settings: LazySettings
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    root = pages.home.get_parent()
    home = root.add_child(instance=HomePage(title="Another", slug="another", headline="Another"))
    ContentPageFactory(parent=home, title="Zebrafish elsewhere", slug="zebrafish")
    Site.objects.create(hostname="other.example.org", root_page=home)
    for typed in ("zebrafish", "zebrafsh"):
        assert "0 results" in words(_main(client, typed))
        assert "elsewhere" not in client.get(f"/search/?q={typed}").text
    found = client.get("/search/?q=zebrafish", headers={"host": "other.example.org"})
    assert "elsewhere" in found.text
