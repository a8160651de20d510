"""The first page of the admin says what waits for the person who is logged in, and where."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import GroupPagePermission, Locale, Page

from cms.models import SiteImage, User
from courses.models import CoursePage
from tests.admin_forms import AdminForm
from tests.factories import (
    ContentPageFactory,
    CoursePageFactory,
    CourseSessionFactory,
    ImageFactory,
    UserFactory,
)
from tests.html import links, one, read, words
from tests.school import School


def tasks(client: Client, panel: str) -> dict[str, str]:
    """Return the rows of a panel: where each leads, and what it says."""
    document = read(client, "/admin/")
    return {
        str(row.a["href"]): words(row)
        for row in document.select(f"#{panel}-section tbody tr")
        if row.a
    }


def edit(page: Page) -> str:
    """Return where a page is edited."""
    return f"/admin/pages/{page.pk}/edit/"


def add_session(course: CoursePage, **values: object) -> str:
    """Give a course one more session; return where it is edited."""
    session = CourseSessionFactory.build(**values)
    course.sessions.add(session)
    course.save()
    return f"{edit(course)}#session-{session.translation_key}-section"


def test_my_drafts_wait_for_me_and_nobody_else(
    school: School, editor: Client, moderator: Client
) -> None:
    form = AdminForm(editor, edit(school.vision))
    form["statement"] = "Every patient, soon."
    form.save()
    assert "saved on 15 September 2026, 14:00" in tasks(editor, "my-drafts")[edit(school.vision)]
    assert not tasks(moderator, "my-drafts")


@pytest.mark.parametrize("how", ["submitted", "scheduled"])
def test_a_draft_that_waits_for_others_is_not_mine_to_do(
    how: str, school: School, editor: Client
) -> None:
    form = AdminForm(editor, edit(school.vision))
    form["statement"] = "Every patient, soon."
    form.save("action-submit" if how == "submitted" else "")
    if how == "scheduled":
        school.vision.refresh_from_db()
        revision = school.vision.get_latest_revision()
        revision.approved_go_live_at = timezone.now() + timedelta(days=1)
        revision.save()
    assert not tasks(editor, "my-drafts")


def test_what_awaits_approval_stands_first_for_the_moderator(
    school: School, editor: Client, moderator: Client
) -> None:
    form = AdminForm(editor, edit(school.vision))
    form["statement"] = "Every patient, soon."
    form.save("action-submit")
    headings = [words(h) for h in read(moderator, "/admin/").select("[data-panel-heading]")]
    assert headings[:2] == ["Welcome", "Awaiting your review"]
    assert "Awaiting your review" not in words(read(editor, "/admin/"))


@pytest.mark.parametrize(
    ("closes", "state", "is_due"),
    [
        (date(2026, 9, 15), "confirmed", True),
        (date(2026, 10, 15), "planned", True),
        (date(2026, 10, 16), "confirmed", False),
        (date(2026, 9, 14), "confirmed", False),
        (date(2026, 10, 1), "cancelled", False),
    ],
)
def test_deadlines_of_the_next_thirty_days_are_listed(
    closes: date, state: str, is_due: bool, school: School, editor: Client
) -> None:
    address = add_session(school.other_course, application_closes=closes, state=state)
    found = tasks(editor, "deadlines")
    assert (address in found) == is_due
    assert not is_due or f"last day to apply: {closes:%-d %B %Y}" in found[address]


@pytest.mark.parametrize(
    ("values", "is_late"),
    [
        ({"state": "planned", "application_closes": date(2026, 9, 14)}, True),
        ({"state": "planned", "application_closes": date(2026, 9, 15)}, False),
        ({"state": "confirmed", "application_closes": date(2026, 9, 14)}, False),
        (
            {
                "state": "planned",
                "application_closes": date(2025, 9, 1),
                "application_opens": None,
                "start_date": date(2025, 10, 1),
                "end_date": date(2025, 10, 2),
            },
            False,
        ),
    ],
)
def test_a_session_that_nobody_confirmed_in_time_is_listed(
    values: dict[str, object], is_late: bool, school: School, editor: Client
) -> None:
    address = add_session(school.other_course, **values)
    assert (address in tasks(editor, "late-decisions")) == is_late


def test_what_goes_live_or_expires_within_a_month_is_listed_in_that_order(
    school: School, editor: Client
) -> None:
    now = timezone.now()
    for page, days in ((school.mission, 2), (school.funding, 31)):
        page.go_live_at = now + timedelta(days=days)
        page.save_revision().publish()
    for page, days in ((school.contact, 1), (school.vision, 31)):
        page.expire_at = now + timedelta(days=days)
        page.save_revision().publish()
    assert list(tasks(editor, "scheduled").items()) == [
        (edit(school.contact), f"{school.contact.title} expires on 16 September 2026, 14:00"),
        (edit(school.mission), f"{school.mission.title} goes live on 17 September 2026, 14:00"),
    ]


def test_a_course_without_a_coming_session_is_listed(school: School, editor: Client) -> None:
    address = f"{edit(school.other_course)}#id_sessions-FORMS"
    assert list(tasks(editor, "courses-without-session")) == [address]
    add_session(school.other_course, state="cancelled")
    assert list(tasks(editor, "courses-without-session")) == [address]
    add_session(school.other_course)
    assert not tasks(editor, "courses-without-session")


def test_a_course_is_not_listed_once_for_each_language(school: School, editor: Client) -> None:
    swedish, _created = Locale.objects.get_or_create(language_code="sv")
    for page in (school.index, school.other_course):
        translation = page.copy_for_translation(swedish, copy_parents=True)
        translation.get_latest_revision().publish()
    assert CoursePage.objects.live().filter(locale=swedish).count() == 1
    assert len(tasks(editor, "courses-without-session")) == 1


def test_a_page_that_was_last_published_over_a_year_ago_is_listed(
    school: School, editor: Client, moderator: Client
) -> None:
    for page, days in ((school.vision, 366), (school.mission, 364)):
        page.last_published_at = timezone.now() - timedelta(days=days)
        page.save()
    assert list(tasks(editor, "not-reviewed")) == [edit(school.vision)]
    AdminForm(moderator, edit(school.vision)).save("action-publish")
    assert not tasks(editor, "not-reviewed")


@pytest.mark.parametrize("fate", ["deleted", "unpublished"])
def test_links_to_what_is_gone_are_listed_wherever_they_are(
    fate: str, school: School, editor: Client
) -> None:
    target = ContentPageFactory(parent=school.home, title="Old news")
    rich = f'<p>See <a linktype="page" id="{target.pk}">the news</a>.</p>'
    button = {
        "heading": "More",
        "text": "",
        "link": {"label": "To the news", "page": target, "url": ""},
    }
    school.contact.body = [("paragraph", rich), ("call_to_action", button)]
    school.contact.save_revision().publish()
    school.course.audience = rich
    school.course.save_revision().publish()
    assert not tasks(editor, "broken-links")

    if fate == "deleted":
        target.delete()
    else:
        target.unpublish()
    found = tasks(editor, "broken-links")
    blocks = [block["id"] for block in school.contact.body.raw_data]
    assert list(found) == [
        f"{edit(school.contact)}#:w:contentpath=body.{blocks[0]}",
        f"{edit(school.contact)}#:w:contentpath=body.{blocks[1]}.link.page",
        f"{edit(school.course)}#:w:contentpath=audience",
    ]
    for said in found.values():
        assert ("“Old news”, which is not published" in said) == (fate == "unpublished")


def test_a_link_to_a_deleted_document_is_listed(school: School, editor: Client) -> None:
    school.contact.body = [
        ("documents", {"heading": "", "documents": [{"document": school.document, "label": "S"}]})
    ]
    school.contact.save_revision().publish()
    school.document.delete()
    assert "document that was deleted" in " ".join(tasks(editor, "broken-links").values())


def test_an_image_in_use_needs_a_description_or_a_mark(school: School, editor: Client) -> None:
    unused = ImageFactory(title="Unused", description="")
    in_block = ImageFactory(title="In a block", description="")
    in_block.contextual_alt_text, in_block.decorative = "Two people", False
    school.contact.body = [("image", {"image": in_block, "caption": ""})]
    school.contact.social_image = bare = ImageFactory(title="IMG_1", description="")
    school.contact.save_revision().publish()
    assert unused.lacks_description
    assert list(tasks(editor, "images-without-description")) == [f"/admin/images/{bare.pk}/"]

    SiteImage.objects.filter(pk=bare.pk).update(is_decorative=True)
    assert not tasks(editor, "images-without-description")


def test_nobody_is_told_of_pages_that_they_cannot_change(
    school: School, editor: Client, login: Callable[[User], Client]
) -> None:
    school.vision.last_published_at = timezone.now() - timedelta(days=400)
    school.vision.save()
    assert tasks(editor, "not-reviewed")
    assert tasks(editor, "courses-without-session")
    # Editors of the contact page alone.
    GroupPagePermission.objects.filter(group__name="Editors").update(page=school.contact)
    document = read(editor, "/admin/")
    assert not document.select("#not-reviewed-section, #courses-without-session-section")
    assert "/admin/pages/add/courses/coursepage/" not in str(document)


def test_when_nothing_waits_the_dashboard_says_so(
    school: School, editor: Client, moderator: Client
) -> None:
    assert "Nothing is waiting for you." not in words(read(editor, "/admin/"))
    add_session(school.other_course, application_closes=date(2026, 11, 1))
    for session in school.course.sessions.all():
        session.application_closes = None
        session.save()
    assert "Nothing is waiting for you." in words(read(editor, "/admin/"))

    AdminForm(editor, edit(school.vision)).save("action-submit")
    assert "Nothing is waiting for you." not in words(read(moderator, "/admin/"))


def test_what_people_do_most_is_one_click_away(school: School, editor: Client) -> None:
    offered = links(one(read(editor, "/admin/"), "nav[aria-label='Quick actions']"))
    assert list(offered.values()) == [
        "New course",
        "New session of a course",
        "Translate a page",
        "Edit the home page",
    ]
    for address in offered:
        assert editor.get(address).status_code == 200


def test_a_long_list_leads_to_all_of_it(school: School, editor: Client) -> None:
    for _number in range(9):
        CoursePageFactory(parent=school.index)
    document = read(editor, "/admin/")
    panel = one(document, "#courses-without-session-section")
    assert len(panel.select("tbody tr")) == 6
    address = next(a for a in links(panel) if "/tasks/" in a)
    assert len(read(editor, address).select("tbody tr")) == 10
    assert editor.get("/admin/tasks/no-such-list/").status_code == 404


def test_longer_lists_cost_no_more_queries(school: School, editor: Client) -> None:
    user = User.objects.get(username="editor")

    def add(count: int) -> None:
        for _number in range(count):
            page = ContentPageFactory(
                parent=school.home,
                social_image=ImageFactory(description=""),
                body=[("paragraph", '<p><a linktype="page" id="99999">Gone</a></p>')],
                last_published_at=timezone.now() - timedelta(days=400),
                expire_at=timezone.now() + timedelta(days=1),
            )
            page.save_revision(user=user, changed=True)
            SiteImage.objects.update(failed_at=timezone.now())
            scheduled = ContentPageFactory(parent=school.home, live=False)
            scheduled.go_live_at = timezone.now() + timedelta(hours=1)
            scheduled.save_revision().publish()
            CoursePageFactory(parent=school.index)
            CoursePageFactory(
                parent=school.index,
                sessions=[
                    CourseSessionFactory.build(),
                    CourseSessionFactory.build(
                        state="planned", application_closes=date(2026, 9, 2)
                    ),
                ],
            )

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            document = read(editor, "/admin/")
        assert len(document.select("section.w-panel--dashboard tbody")) >= 9
        return len(queries)

    add(2)
    queries()
    few = queries()
    add(6)
    queries()
    assert queries() == few


def test_the_welcome_is_there_until_it_is_closed(
    school: School, editor: Client, login: Callable[[User], Client]
) -> None:
    welcome = one(read(editor, "/admin/"), "[data-w-dismissible-id-value]:has(#welcome-section)")
    assert "/admin/guide/" in links(welcome)
    identifier = str(welcome["data-w-dismissible-id-value"])
    response = editor.patch(
        "/admin/dismissibles/", {identifier: True}, content_type="application/json"
    )
    assert response.status_code == 200
    assert not read(editor, "/admin/").select("#welcome-section")
    somebody = login(UserFactory.create(groups=["Editors"]))
    assert read(somebody, "/admin/").select("#welcome-section")


def test_the_help_menu_leads_to_our_guide(school: School, editor: Client, client: Client) -> None:
    document = str(read(editor, "/admin/"))
    assert "/admin/guide/" in document
    assert "Editor Guide" not in document
    assert editor.get("/admin/guide/").status_code == 200
    for address in ("/admin/guide/", "/admin/guide/screenshots/editors/home.webp"):
        assert client.get(address).headers["Location"].startswith("/admin/login/")


@pytest.mark.parametrize("name", ["none", "..%2Fhome", "../home", "%2e%2e/home"])
def test_the_guide_gives_away_no_other_files(name: str, school: School, editor: Client) -> None:
    response = editor.get(f"/admin/guide/screenshots/editors/{name}.webp", follow=True)
    assert response.status_code == 404
