"""A page in two languages: its facts are edited once, its words in each."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from modelcluster.models import get_all_child_relations
from wagtail.models import Locale, Page, get_page_models

from about.models import FundingPage
from cms.models import Publication, User
from cms.pages.base import BasePage
from courses.models import CoursePage, CourseSession
from tests.admin_forms import AdminForm
from tests.factories import CourseSessionFactory, UniversityFactory, UserFactory
from tests.html import links, one, read, words
from tests.school import School
from tests.swedish import swedish_draft, translate

# What stands on a page and is neither a word nor a fact of it.
OF_THE_PAGE = {
    "page_ptr",
    "social_image",
    "hero_image",
    "editorial_note",
    "words_digest",
    "translated_digest",
    "translated_at",
}


def _edit(client: Client, page: Page) -> AdminForm:
    return AdminForm(client, f"/admin/pages/{page.pk}/edit/")


@pytest.mark.parametrize("model", [m for m in get_page_models() if issubclass(m, BasePage)])
def test_each_field_is_a_word_or_a_fact(model: type[BasePage]) -> None:
    own = {field.name for field in (*model._meta.local_fields, *model._meta.local_many_to_many)}
    own |= {relation.get_accessor_name() for relation in get_all_child_relations(model)} - {
        "aliases",
        "comments",
        "wagtail_admin_comments",
    }
    declared = {*model.word_fields, *model.fact_fields}
    assert own - OF_THE_PAGE - declared == set()
    assert not set(model.word_fields) & set(model.fact_fields)


def test_a_session_date_edited_in_english_shows_in_swedish_at_once(
    school: School, swedish_pages: dict[str, Page], moderator: Client, client: Client
) -> None:
    swedish = swedish_pages["course"]
    assert "2026-12-07" not in client.get("/sv/kurser/gmp/").content.decode()
    before = client.get("/sv/kurser/gmp/").headers["ETag"]
    form = _edit(moderator, school.course)
    position = next(
        number for number in range(9) if form[f"sessions-{number}-start_date"] == "2026-11-02"
    )
    form[f"sessions-{position}-start_date"] = "2026-12-07"
    form[f"sessions-{position}-end_date"] = "2026-12-18"
    form.save("action-publish")

    response = client.get("/sv/kurser/gmp/")
    assert 'datetime="2026-12-07"' in response.content.decode()
    assert response.headers["ETag"] != before
    assert "20261207" in client.get("/sv/kurser/gmp/calendar.ics").content.decode()
    assert "20261207" in client.get("/sv/kurser/calendar.ics").content.decode()
    data = client.get(f"/api/v2/courses/{swedish.pk}/").json()
    assert "2026-12-07" in {session["start_date"] for session in data["sessions"]}
    listed = client.get("/api/v2/sessions/?locale=sv&starts_from=2026-12-01").json()["items"]
    assert [session["start_date"] for session in listed] == ["2026-12-07"]


def test_sessions_keep_their_rows_and_keys_through_edits(
    school: School, swedish_pages: dict[str, Page]
) -> None:
    swedish = swedish_pages["course"]
    rows = dict(swedish.sessions.values_list("translation_key", "pk"))
    course = CoursePage.objects.get(pk=school.course.pk)
    gone, kept = course.sessions_by_date
    course.sessions = [kept, CourseSessionFactory.build(start_date=date(2027, 3, 1), end_date=None)]
    course.save_revision().publish()
    after = dict(CourseSession.objects.filter(page=swedish).values_list("translation_key", "pk"))
    assert after.keys() == set(
        CourseSession.objects.filter(page=course.pk).values_list("translation_key", flat=True)
    )
    assert after[kept.translation_key] == rows[kept.translation_key]
    assert gone.translation_key not in after


def test_a_draft_of_the_source_changes_no_translation(
    school: School, swedish_pages: dict[str, Page], editor: Client, client: Client
) -> None:
    before = client.get("/sv/kurser/gmp/").content
    newest = Publication.objects.order_by("-pk").values_list("pk", flat=True).first()
    form = _edit(editor, school.course)
    form["credits"] = "15"
    form.save()
    assert client.get("/sv/kurser/gmp/").content == before
    assert Publication.objects.order_by("-pk").values_list("pk", flat=True).first() == newest


def test_unpublishing_the_source_does_not_publish_its_draft_in_swedish(
    school: School, swedish_pages: dict[str, Page], client: Client
) -> None:
    course = CoursePage.objects.get(pk=school.course.pk)
    course.credits = Decimal(15)
    course.save_revision()
    CoursePage.objects.get(pk=school.course.pk).unpublish()
    assert client.get("/courses/gmp/").status_code == 404
    data = client.get("/api/v2/courses/?locale=sv&fields=credits").json()["items"]
    assert [item["credits"] for item in data] == ["7.5"]


def test_a_translation_published_later_has_the_facts_of_its_source(
    school: School, moderator: Client, client: Client
) -> None:
    translate(school.home, "home")
    translate(school.index, "index")
    draft = swedish_draft(school.course)
    form = _edit(moderator, draft)
    course = CoursePage.objects.get(pk=school.course.pk)
    course.credits = Decimal(15)
    course.save_revision().publish()
    form["title"] = "God tillverkningssed"
    form.save("action-publish")
    item = client.get("/api/v2/courses/?locale=sv&fields=credits").json()["items"][0]
    assert item["credits"] == "15.0"


def test_old_versions_of_a_translation_bring_back_no_old_facts(
    school: School, swedish_pages: dict[str, Page], moderator: Client, client: Client
) -> None:
    swedish = swedish_pages["course"]
    first = swedish.revisions.order_by("pk").first()
    course = CoursePage.objects.get(pk=school.course.pk)
    course.credits = Decimal(15)
    course.save_revision().publish()
    form = AdminForm(moderator, f"/admin/pages/{swedish.pk}/revisions/{first.pk}/revert/")
    form.save("action-publish")
    item = client.get("/api/v2/courses/?locale=sv&fields=credits").json()["items"][0]
    assert item["credits"] == "15.0"


def test_the_editor_of_a_translation_shows_facts_and_where_they_are_edited(
    school: School, swedish_pages: dict[str, Page], editor: Client
) -> None:
    swedish = swedish_pages["course"]
    form = _edit(editor, swedish)
    assert "title" in form.fields
    assert (
        not {"credits", "host", "sessions-TOTAL_FORMS", "people-TOTAL_FORMS"} & form.fields.keys()
    )
    text = words(form.form)
    assert "MED901" in text
    assert "Lund" in text
    assert f"/admin/pages/{school.course.pk}/edit/" in links(form.form)
    source = _edit(editor, school.course)
    assert {"credits", "host", "sessions-TOTAL_FORMS"} <= source.fields.keys()
    assert f"/admin/pages/{swedish.pk}/edit/" in links(source.form)


def test_facts_sent_to_a_translation_are_not_taken(
    school: School, swedish_pages: dict[str, Page], moderator: Client
) -> None:
    swedish = swedish_pages["course"]
    form = _edit(moderator, swedish)
    form.fields |= {"credits": ["1.5"], "code": ["HACKED"], "host": [str(school.partner.pk)]}
    form.fields |= {"sessions-TOTAL_FORMS": ["0"], "sessions-INITIAL_FORMS": ["0"]}
    form.save("action-publish")
    after = CoursePage.objects.get(pk=swedish.pk)
    assert (after.credits, after.code, after.host) == (
        Decimal("7.5"),
        "MED901",
        school.university,
    )
    assert after.sessions.count() == 2


def test_a_page_without_a_source_holds_its_own_facts(
    school: School, swedish_pages: dict[str, Page], moderator: Client
) -> None:
    swedish = swedish_pages["course"]
    CoursePage.objects.get(pk=school.course.pk).delete()
    form = _edit(moderator, CoursePage.objects.get(pk=swedish.pk))
    form["credits"] = "3"
    form.save("action-publish")
    after = CoursePage.objects.get(pk=swedish.pk)
    assert after.credits == Decimal(3)
    assert after.sessions.count() == 2


def test_grants_and_partners_are_shared_too(
    school: School, swedish_pages: dict[str, Page], client: Client
) -> None:
    funding = FundingPage.objects.get(pk=school.funding.pk)
    grant = funding.grants.get()
    grant.amount = Decimal(50_000_000)
    funding.grants.add(grant)
    funding.save_revision().publish()
    page = client.get("/api/v2/pages/?type=about.FundingPage&locale=sv&fields=*").json()["items"][0]
    assert page["grants"][0]["amount"] == "50000000.00"
    about = type(school.about).objects.get(pk=school.about.pk)
    about.partners.add(UniversityFactory.create(name="Linköping University"))
    about.save_revision().publish()
    page = client.get("/api/v2/pages/?type=about.AboutPage&locale=sv&fields=*").json()["items"][0]
    assert "Linköping University" in {partner["name"] for partner in page["partners"]}


def test_a_change_of_facts_is_a_change_of_the_translation_in_the_log(
    school: School, swedish_pages: dict[str, Page]
) -> None:
    swedish = swedish_pages["course"]
    newest = Publication.objects.order_by("-pk").values_list("pk", flat=True)[0]
    course = CoursePage.objects.get(pk=school.course.pk)
    course.credits = Decimal(15)
    course.save_revision().publish()
    changed = Publication.objects.filter(pk__gt=newest, resource="pages")
    assert {course.pk, swedish.pk} <= set(changed.values_list("resource_id", flat=True))


def test_the_report_lists_what_has_new_words_in_the_source_and_nothing_else(
    school: School, swedish_pages: dict[str, Page], editor: Client
) -> None:
    report = "/admin/translations/"

    def listed() -> set[str]:
        found = links(one(read(editor, report), "main"))
        return {address for address in found if address.endswith("/review/")}

    assert listed() == set()
    course = CoursePage.objects.get(pk=school.course.pk)
    course.credits = Decimal(15)
    course.save_revision().publish()
    assert listed() == set(), "Facts are shared: nobody has to translate them."
    course = CoursePage.objects.get(pk=school.course.pk)
    course.summary = "New words."
    course.save_revision().publish()
    review = f"/admin/translations/{swedish_pages['course'].pk}/review/"
    assert listed() == {review}

    form = _edit(editor, swedish_pages["course"])
    assert review in links(form.form)
    assert "New words." in words(
        read(editor, next(a for a in links(read(editor, review)) if "compare" in a))
    )
    assert editor.post(review).status_code == 302
    assert listed() == set()
    assert review not in links(_edit(editor, swedish_pages["course"]).form)


def test_what_has_no_swedish_page_is_listed_with_a_way_to_translate_it(
    school: School, editor: Client
) -> None:
    translate(school.home, "home")
    translate(school.index, "index")
    report = "/admin/translations/missing/"
    assert report in links(read(editor, "/admin/"), "nav[aria-label='Quick actions'] a")

    def offered() -> set[str]:
        return {a for a in links(one(read(editor, report), "main")) if "/submit/page/" in a}

    def way(page: Page) -> str:
        return f"/admin/translation/submit/page/{page.pk}/"

    assert {way(school.course), way(school.about)} <= offered()
    assert not {way(school.home), way(school.index)} & offered()
    editor.post(way(school.course), {"locales": [Locale.objects.get(language_code="sv").pk]})
    assert way(school.course) not in offered(), "A draft is a beginning."


def test_only_one_s_own_untranslated_pages_are_listed(
    school: School, login: Callable[[User], Client]
) -> None:
    group = school.university.partner_editors
    assert group is not None
    partner = login(UserFactory.create(username="lund", groups=[group.name]))
    shown = words(one(read(partner, "/admin/translations/missing/"), "main"))
    assert school.course.title in shown
    for page in (school.other_course, school.about, school.vision):
        assert page.title not in shown


def test_marking_a_translation_is_for_those_who_may_change_it(
    school: School, swedish_pages: dict[str, Page], client: Client, moderator: Client
) -> None:
    swedish = swedish_pages["course"]
    assert client.post(f"/admin/translations/{swedish.pk}/review/").status_code == 302
    assert moderator.get(f"/admin/translations/{school.course.pk}/review/").status_code == 404
    assert moderator.get("/admin/translations/999999/review/").status_code == 404


def test_an_editor_translates_a_page_in_the_admin(school: School, editor: Client) -> None:
    translate(school.home, "home")
    translate(school.index, "index")
    address = f"/admin/translation/submit/page/{school.course.pk}/"
    swedish = Locale.objects.get(language_code="sv")
    response = editor.post(address, {"locales": [swedish.pk]})
    draft = Page.objects.get(translation_key=school.course.translation_key, locale=swedish)
    assert response.headers["Location"] == f"/admin/pages/{draft.pk}/edit/"
    assert not draft.live
    form = _edit(editor, draft)
    form["title"] = "God tillverkningssed"
    form.save()
    assert Page.objects.get(pk=draft.pk).draft_title == "God tillverkningssed"
