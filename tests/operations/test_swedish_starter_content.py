"""The school's texts in Swedish: complete, faithful in form, and drafts until somebody says so."""

import re

import pytest
from django.test import Client
from wagtail.models import Locale, Page

from about.models import AboutPage
from cms.models import User
from cms.operations.starter_content.translations import TO_BE_CONFIRMED
from cms.pages.base import BasePage
from cms.translations.translatable_fields import outdated_translations
from courses.models import CoursePage, CourseSession
from home.models import HomePage
from tests.accessibility import assert_accessible
from tests.html import headings, one, parse, read, read_json, words
from tests.operations.test_setting_up import run

pytestmark = pytest.mark.usefixtures("sample_courses")

ADDRESSES = {
    "/sv/": "Nationella forskarskolan för läkemedel för avancerad terapi (ATMP)",
    "/sv/om-oss/": "Om oss",
    "/sv/om-oss/vision/": "Vår vision",
    "/sv/om-oss/uppdrag/": "Vårt uppdrag",
    "/sv/om-oss/finansiering/": "Vår finansiering",
    "/sv/kurser/": "Kurser",
    "/sv/kurser/kliniska-provningar-med-atmp/": "Kliniska prövningar med ATMP",
    "/sv/tillganglighet/": "Tillgänglighetsredogörelse",
    "/sv/integritet/": "Behandling av personuppgifter",
}
# Names and laws are the same in both languages; a draft's brackets are for the school to fill.
TEXT_PARTS = re.compile(r'<(?:p|li|h2)\b|"type": "|\[[^\]"{]+\](?!,)')


def in_swedish() -> list[BasePage]:
    return list(Page.objects.filter(locale__language_code="sv").order_by("path").specific())


def text_of(page: BasePage, name: str) -> str:
    value: str = page._meta.get_field(name).value_to_string(page)
    return value


def publish_in_order() -> None:
    for page in in_swedish():
        page.get_latest_revision().publish()


def test_every_page_has_a_swedish_draft_that_nobody_sees(content: HomePage, client: Client) -> None:
    english = set(
        Page.objects.filter(locale__language_code="en", depth__gt=1).values_list(
            "translation_key", flat=True
        )
    )
    drafts = in_swedish()
    assert {page.translation_key for page in drafts} == english
    for page in drafts:
        assert not page.live
        assert page.editorial_note.startswith(TO_BE_CONFIRMED)
        assert page.latest_revision_id
    assert outdated_translations() == []
    for address, title in ADDRESSES.items():
        response = client.get(address)
        assert response.status_code == 404, address
        assert title not in map(words, parse(response).select("h1"))
    for page in read_json(client, "/api/v2/pages/?limit=100")["items"]:
        assert "/sv/" not in page["meta"]["html_url"]


def test_loading_again_adds_and_changes_nothing(content: HomePage) -> None:
    before = list(Page.objects.order_by("pk").values_list("pk", "title", "latest_revision_id"))
    assert run("load_school_content") == "School content: nothing was missing.\n"
    run("load_sample_courses", force=True)
    after = list(Page.objects.order_by("pk").values_list("pk", "title", "latest_revision_id"))
    assert after == before


def test_every_text_has_its_counterpart(content: HomePage) -> None:
    for page in in_swedish():
        source = page.get_translation(Locale.get_default())
        for name in page.word_fields:
            english, swedish = text_of(source, name), text_of(page, name)
            if english in ("", "[]"):
                assert swedish == english, (page, name)
                continue
            assert swedish not in ("", "[]", english), (page, name)
            if name == "learning_outcomes":
                # “After the course …” is a paragraph of its own in Swedish.
                swedish = swedish.replace("<p", "<div", 1)
            counted = [len(TEXT_PARTS.findall(text)) for text in (english, swedish)]
            assert counted[0] == counted[1], (page, name)
    for item in content.get_descendants().get(slug="funding").specific.funded_items.all():
        assert item.label_sv
        assert bool(item.amount_per) == bool(item.amount_per_sv)
    for session in CourseSession.objects.filter(locale__language_code="sv"):
        assert bool(session.workload) == bool(session.workload_sv)
        assert bool(session.note) == bool(session.note_sv)
        assert "online" not in (session.location_sv or session.location)


def test_the_drafts_are_pages_as_soon_as_they_are_published(
    content: HomePage, client: Client
) -> None:
    for page in in_swedish():
        page.full_clean()
    publish_in_order()
    for address, title in ADDRESSES.items():
        document = read(client, address)
        assert words(one(document, "h1")) == title
        assert_accessible(document, language="sv")
    assert "forskarskolan" in words(read(client, "/sv/"))
    links = {str(link["href"]) for link in one(read(client, "/sv/"), ".actions").select("a")}
    assert links == {"/sv/kurser/", "/sv/om-oss/"}
    funding = words(one(read(client, "/sv/om-oss/finansiering/"), "main"))
    assert "46 000 000 kr" in funding
    course = read(client, "/sv/kurser/kliniska-provningar-med-atmp/")
    assert {"Lärandemål", "Behörighetskrav", "Examination", "Kurstillfällen"} <= set(
        headings(course)
    )
    assert "6 hp" in words(one(course, "main"))
    assert "Sista ansökningsdag" in words(one(course, "main"))


def test_what_staff_made_of_a_page_is_not_translated_for_them(home: HomePage) -> None:
    staff = User.objects.create_user("eva", password=None)
    about = AboutPage.objects.get(locale__language_code="en")
    AboutPage.objects.exclude(pk=about.pk).get().delete()
    about.title = "We"
    about.save_revision(user=staff, log_action=True)
    run("load_school_content")
    assert not AboutPage.objects.filter(locale__language_code="sv").exists()


def test_a_draft_that_staff_deleted_stays_away(content: HomePage, administrator: Client) -> None:
    draft = CoursePage.objects.filter(locale__language_code="sv").first()
    assert draft is not None
    administrator.post(f"/admin/pages/{draft.pk}/delete/")
    assert not CoursePage.objects.filter(pk=draft.pk).exists()
    run("load_sample_courses", force=True)
    assert (
        not CoursePage.objects.filter(translation_key=draft.translation_key)
        .exclude(locale=content.locale)
        .exists()
    )


def test_cities_have_their_swedish_names(content: HomePage, client: Client) -> None:
    publish_in_order()
    swedish, english = (words(one(read(client, address), "main")) for address in ("/sv/", "/"))
    assert "Göteborg" in swedish.replace("Göteborgs universitet", "")
    assert "Gothenburg" not in swedish
    assert "Gothenburg" in english.replace("University of Gothenburg", "")
    (found,) = read_json(client, "/api/v2/universities/?search=G%C3%B6teborg")["items"]
    assert (found["city"], found["city_sv"]) == ("Gothenburg", "Göteborg")
    (found,) = read_json(client, "/api/v2/universities/?search=Lund")["items"]
    assert (found["city"], found["city_sv"]) == ("Lund", "")
