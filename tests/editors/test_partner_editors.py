"""A partner editor works on the courses of one university, and comes near no other's."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Page, TaskState

from cms.models import University, User
from courses.models import CourseIndexPage, CoursePage
from tests.admin_forms import AdminForm, all_errors, errors_beside
from tests.factories import CoursePageFactory, DocumentFactory, ImageFactory, UserFactory
from tests.factories.cms import UniversityFactory
from tests.html import read, words
from tests.school import School

SECRET = "A course nobody has heard of"
SECRET_PLAN = "Renamed in secret"


def group_of(university: University) -> str:
    """Return the name of the group of a university's partner editors."""
    return f"Partner editors: {university.name}"


@pytest.fixture
def colleague(school: School) -> User:
    """Somebody at Lund University."""
    user: User = UserFactory.create(username="lund", groups=[group_of(school.university)])
    return user


@pytest.fixture
def partner_editor(colleague: User, login: Callable[[User], Client]) -> Client:
    """The same, logged in."""
    return login(colleague)


@pytest.fixture
def draft_of_others(school: School, moderator: Client) -> CoursePage:
    """A course of another university that was never published."""
    page: CoursePage = CoursePageFactory(
        parent=school.index, title=SECRET, slug="secret", host=school.partner, live=False
    )
    page.save_revision()
    return page


@pytest.fixture
def course_of_others(school: School, moderator: Client) -> CoursePage:
    """A published course of another university with a draft that changes its title."""
    form = AdminForm(moderator, f"/admin/pages/{school.other_course.pk}/edit/")
    form["title"] = SECRET_PLAN
    form.save()
    return school.other_course


def test_every_university_has_a_group_that_follows_it(school: School) -> None:
    group = school.university.partner_editors
    assert group is not None
    assert group.name == "Partner editors: Lund University"
    school.university.name = "Lund’s University"
    school.university.save()
    group.refresh_from_db()
    assert group.name == "Partner editors: Lund’s University"
    unused = UniversityFactory.create(name="Passing University")
    unused.delete()
    assert not Group.objects.filter(name="Partner editors: Passing University").exists()


def test_they_see_the_course_list_with_their_courses_only(
    school: School,
    partner_editor: Client,
    draft_of_others: CoursePage,
    course_of_others: CoursePage,
) -> None:
    listed = words(read(partner_editor, f"/admin/pages/{school.index.pk}/"))
    assert school.course.title in listed
    for title in (SECRET, SECRET_PLAN, school.other_course.title):
        assert title not in listed
    for address in ("/admin/", "/admin/pages/search/?q=secret", "/admin/reports/aging-pages/",
                    "/admin/reports/site-history/", "/admin/reports/workflow/",
                    "/admin/api/main/pages/?fields=*&limit=100",
                    "/admin/pages/usage/courses/coursepage/"):  # fmt: skip
        response = partner_editor.get(address)
        assert response.status_code == 200, address
        assert SECRET not in response.text, address
        assert SECRET_PLAN not in response.text, address


def test_their_menu_leads_to_pages_and_files_only(school: School, partner_editor: Client) -> None:
    shown = partner_editor.get("/admin/").text
    for address in ("/admin/images/", "/admin/documents/"):
        assert f'"{address}"' in shown
    for address in ("/admin/users/", "/admin/snippets/cms/university/", "/admin/redirects/",
                    "/admin/reports/page-types-usage/"):  # fmt: skip
        assert f'"{address}"' not in shown, address
    assert partner_editor.get("/admin/reports/page-types-usage/").status_code == 302


def test_they_edit_their_course_and_send_it_to_a_moderator(
    school: School, partner_editor: Client, moderator: Client, client: Client
) -> None:
    form = AdminForm(partner_editor, f"/admin/pages/{school.course.pk}/edit/")
    assert form.buttons >= {"action-submit"}
    assert not form.buttons & {"action-publish", "action-unpublish"}
    form["code"] = "MED902"
    form["sessions-0-location"] = "Medicon Village, Lund"
    form.save("action-submit")
    assert "MED902" not in client.get("/courses/gmp/").text
    state = TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)
    moderator.post(f"/admin/pages/workflow/action/{school.course.pk}/approve/{state.pk}/")
    shown = client.get("/courses/gmp/").text
    assert "MED902" in shown
    assert "Medicon Village, Lund" in shown


def _new_course(client: Client, school: School, **values: str) -> AdminForm:
    form = AdminForm(client, f"/admin/pages/add/courses/coursepage/{school.index.pk}/")
    form["title"], form["slug"] = "Viral vectors", "vectors"
    for name, value in values.items():
        form[name] = value
    return form


def test_they_create_a_course_with_their_university_filled_in(
    school: School, partner_editor: Client
) -> None:
    form = _new_course(partner_editor, school)
    options = [str(option["value"]) for option in form.form.select("[name=host] option")]
    assert options == [str(school.university.pk)]
    form.save()
    course = CoursePage.objects.get(slug="vectors")
    assert (course.live, course.host) == (False, school.university)
    AdminForm(partner_editor, f"/admin/pages/{course.pk}/edit/").save("action-submit")
    assert course.current_workflow_state


@pytest.mark.parametrize("button", ["", "action-submit", "action-publish"])
@pytest.mark.parametrize("host", ["another", "none", "nonsense"])
def test_another_host_is_refused_in_words(
    host: str, button: str, school: School, partner_editor: Client
) -> None:
    value = {"another": str(school.partner.pk), "none": "", "nonsense": "x"}[host]
    for form in (
        _new_course(partner_editor, school, code="KEPT-1"),
        AdminForm(partner_editor, f"/admin/pages/{school.course.pk}/edit/"),
    ):
        form["code"] = "KEPT-1"
        form.fields["host"] = [value]
        response = form.send(button)
        assert errors_beside(response, "host"), all_errors(response)
        assert 'value="KEPT-1"' in response.text
    assert not CoursePage.objects.filter(slug="vectors").exists()
    draft = school.course.get_latest_revision_as_object()
    assert draft.host == school.university


def test_members_of_two_groups_choose_between_their_universities(
    school: School, login: Callable[[User], Client]
) -> None:
    both = UserFactory.create(groups=[group_of(school.university), group_of(school.partner)])
    form = _new_course(login(both), school)
    options = {str(option["value"]) for option in form.form.select("[name=host] option")}
    assert options == {"", str(school.university.pk), str(school.partner.pk)}
    assert errors_beside(form.send(), "host")
    form["host"] = str(school.partner.pk)
    form.save()
    assert CoursePage.objects.get(slug="vectors").host == school.partner


def test_an_editor_who_is_also_in_a_group_keeps_the_rights_of_editors(
    school: School, login: Callable[[User], Client]
) -> None:
    client = login(UserFactory.create(groups=["Editors", group_of(school.university)]))
    for page in (school.other_course, school.vision):
        assert client.get(f"/admin/pages/{page.pk}/edit/").status_code == 200
    _new_course(client, school, host=str(school.partner.pk)).save()
    assert CoursePage.objects.get(slug="vectors").host == school.partner


ATTACKS = (
    "/admin/pages/{other}/edit/",
    "/admin/pages/{other}/edit/preview/",
    "/admin/pages/{other}/view_draft/",
    "/admin/pages/{other}/history/",
    "/admin/pages/{other}/history/results/",
    "/admin/pages/{other}/usage/",
    "/admin/pages/{other}/workflow_history/",
    "/admin/pages/{other}/revisions/{revision}/view/",
    "/admin/pages/{other}/revisions/{revision}/revert/",
    "/admin/pages/{other}/revisions/{revision}/unschedule/",
    "/admin/pages/{other}/revisions/compare/earliest...latest/",
    "/admin/pages/{own}/revisions/{revision}/view/",
    "/admin/pages/{own}/revisions/{revision}/revert/",
    "/admin/pages/{own}/revisions/compare/{revision}...latest/",
    "/admin/pages/{other}/copy/",
    "/admin/pages/{other}/move/",
    "/admin/pages/{other}/move/{index}/confirm/",
    "/admin/pages/{other}/set_position/",
    "/admin/pages/{other}/delete/",
    "/admin/pages/{other}/unpublish/",
    "/admin/pages/{other}/convert_alias/",
    "/admin/pages/{other}/privacy/",
    "/admin/pages/{other}/lock/",
    "/admin/pages/{other}/unlock/",
    "/admin/pages/{other}/add_subpage/",
    "/admin/pages/workflow/action/{other}/approve/{task_state}/",
    "/admin/pages/workflow/collect_action_data/{other}/approve/{task_state}/",
    "/admin/pages/workflow/confirm_cancellation/{other}/",
    "/admin/pages/workflow/preview/{other}/{task}/",
    "/admin/bulk/wagtailcore/page/publish/?id={other}",
    "/admin/bulk/wagtailcore/page/unpublish/?id={other}",
    "/admin/bulk/wagtailcore/page/move/?id={other}",
    "/admin/bulk/wagtailcore/page/delete/?id={own}&id={other}",
    "/admin/pages/{other}/",
    "/admin/pages/{other}/results/",
    "/admin/api/main/pages/{other}/",
    "/admin/editing-sessions/{page_type}/{other}/",
    "/admin/pages/{index}/edit/",
    "/admin/pages/{index}/delete/",
    "/admin/pages/{index}/history/",
    "/admin/pages/{vision}/edit/",
    "/admin/pages/{vision}/view_draft/",
    "/admin/pages/{vision}/history/",
    "/admin/pages/add/home/contentpage/{home}/",
    "/admin/pages/add/courses/coursepage/{other}/",
    "/admin/pages/{own}/privacy/",
    "/admin/pages/{own}/lock/",
    "/admin/pages/{own}/unpublish/",
    "/admin/pages/{own}/delete/",
    "/admin/pages/{own}/move/",
    "/admin/pages/{own}/set_position/",
)


@pytest.mark.parametrize("kind", ["draft", "changed"])
def test_what_is_not_theirs_is_refused_and_stays_as_it_is(
    kind: str, school: School, partner_editor: Client, request: pytest.FixtureRequest
) -> None:
    other = request.getfixturevalue(
        {"draft": "draft_of_others", "changed": "course_of_others"}[kind]
    )
    editor = request.getfixturevalue("editor")
    AdminForm(editor, f"/admin/pages/{other.pk}/edit/").save("action-submit")
    other.refresh_from_db()
    school.course.save_revision()
    state = TaskState.objects.get()
    pages = {"other": other, "own": school.course, "index": school.index, "home": school.home,
             "vision": school.vision}  # fmt: skip
    places = [
        address.format(
            **{name: page.pk for name, page in pages.items()},
            revision=other.latest_revision.pk,
            task_state=state.pk,
            task=state.task_id,
            page_type="courses/coursepage",
        )
        for address in ATTACKS
    ]
    before = _everything()
    posted = {"next": "/admin/", "new_parent_page": str(school.index.pk), "new_title": "Mine",
              "new_slug": "mine", "title": "Mine", "comment": "", "chooser": str(school.index.pk),
              "host": str(school.university.pk)}  # fmt: skip
    script = {"X-Requested-With": "XMLHttpRequest"}
    for place in places:
        for response in (
            partner_editor.get(place),
            partner_editor.get(place, headers=script),
            partner_editor.post(place, posted),
        ):
            assert response.status_code in {302, 403, 404, 405}, (place, response.status_code)
            assert SECRET not in response.text, place
            assert SECRET_PLAN not in response.text, place
        told = partner_editor.get("/admin/").text
        assert SECRET not in told, place
        assert SECRET_PLAN not in told, place
        assert _everything() == before, place


def _everything() -> list[tuple[object, ...]]:
    columns = ("pk", "path", "title", "live", "locked", "latest_revision", "alias_of")
    states = TaskState.objects.values_list("pk", "status")
    return [*Page.objects.order_by("pk").values_list(*columns), *states]


@pytest.mark.parametrize("action", ["publish", "unpublish", "delete", "move"])
def test_nor_do_the_admins_own_requests_for_scripts_help(
    action: str, school: School, partner_editor: Client, draft_of_others: CoursePage
) -> None:
    before = _everything()
    for page in (draft_of_others, school.other_course, school.index, school.course):
        address = f"/admin/api/main/pages/{page.pk}/action/{action}/"
        data = {"destination_page_id": school.home.pk}
        response = partner_editor.post(address, data, content_type="application/json")
        assert response.status_code in {403, 404, 405}
    assert _everything() == before


def test_a_copy_stays_theirs_and_comes_below_a_course_list_only(
    school: School, partner_editor: Client
) -> None:
    address = f"/admin/pages/{school.course.pk}/copy/"
    form = AdminForm(partner_editor, address, selector="form[action$='/copy/']")
    form["new_title"], form["new_slug"] = "A second course", "second"
    form.fields |= {"alias": ["on"], "publish_copies": ["on"]}
    for place in (school.home, school.about, school.other_course):
        form["new_parent_page"] = str(place.pk)
        assert form.send().status_code == 200
    form["new_parent_page"] = str(school.index.pk)
    form.save()
    copy = CoursePage.objects.get(slug="second")
    assert (copy.live, copy.host, copy.alias_of_id) == (False, school.university, None)


def test_they_delete_their_own_drafts(school: School, partner_editor: Client) -> None:
    _new_course(partner_editor, school).save()
    course = CoursePage.objects.get(slug="vectors")
    partner_editor.post(f"/admin/pages/{course.pk}/delete/")
    assert not CoursePage.objects.filter(pk=course.pk).exists()


def test_a_course_handed_over_is_closed_to_its_author_once_that_is_published(
    school: School, partner_editor: Client, moderator: Client
) -> None:
    _new_course(partner_editor, school).save("action-submit")
    course = CoursePage.objects.get(slug="vectors")
    assert course.owner.username == "lund"
    address = f"/admin/pages/{course.pk}/edit/"
    form = AdminForm(moderator, address)
    form.save("action-publish")
    form = AdminForm(moderator, address)
    form["host"] = str(school.partner.pk)
    form.save()
    # As long as it is a draft, nothing has changed hands.
    assert partner_editor.get(address).status_code == 200
    AdminForm(moderator, address).save("action-publish")
    assert partner_editor.get(address).status_code == 302
    assert course.title not in words(read(partner_editor, f"/admin/pages/{school.index.pk}/"))


def test_a_draft_that_offers_a_course_opens_it_to_nobody_before_it_is_published(
    school: School, partner_editor: Client, moderator: Client
) -> None:
    address = f"/admin/pages/{school.other_course.pk}/edit/"
    form = AdminForm(moderator, address)
    form["host"] = str(school.university.pk)
    form["title"] = SECRET_PLAN
    form.save()
    for place in (address, f"/admin/pages/{school.other_course.pk}/view_draft/"):
        assert partner_editor.get(place).status_code == 302
    AdminForm(moderator, address).save("action-publish")
    assert partner_editor.get(address).status_code == 200


def test_whoever_leaves_the_group_is_out_at_once(
    school: School, colleague: User, partner_editor: Client
) -> None:
    address = f"/admin/pages/{school.course.pk}/edit/"
    form = AdminForm(partner_editor, address)
    colleague.groups.clear()
    form["code"] = "LATE"
    assert form.send().status_code == 302
    assert "LATE" not in school.course.get_latest_revision_as_object().code
    assert partner_editor.get(address).headers["Location"].startswith("/admin/login/")


def test_somebody_who_became_a_partner_editor_owns_no_other_page_any_more(
    school: School, colleague: User, partner_editor: Client
) -> None:
    for page in (school.index, school.vision, school.other_course):
        page.owner = colleague
        page.save()
        assert partner_editor.get(f"/admin/pages/{page.pk}/edit/").status_code == 302
        assert partner_editor.get(f"/admin/pages/{page.pk}/delete/").status_code == 302


def test_choosers_offer_what_is_published_and_what_is_theirs(
    school: School, partner_editor: Client, draft_of_others: CoursePage
) -> None:
    CoursePageFactory(
        parent=school.index, title="My draft", slug="mine", host=school.university, live=False
    )
    query = "?page_type=courses.coursepage"
    for address in (
        f"/admin/choose-page/{school.index.pk}/{query}",
        f"/admin/choose-page/search/{query}&q=course",
        f"/admin/choose-page/search/{query}&q=draft",
    ):
        shown = partner_editor.get(address).text
        assert SECRET not in shown
        if "q=" not in address:
            assert school.other_course.title in shown
            assert "My draft" in shown
    chosen = partner_editor.get(f"/admin/choose-page/chosen-multiple/?id={school.other_course.pk}")
    assert school.other_course.title in chosen.text


def test_choosers_name_what_is_published_as_visitors_know_it(
    school: School,
    partner_editor: Client,
    course_of_others: CoursePage,
    draft_of_others: CoursePage,
) -> None:
    for place in (
        f"/admin/choose-page/{school.index.pk}/?page_type=courses.coursepage",
        f"/admin/choose-page/chosen-multiple/?id={course_of_others.pk}",
    ):
        shown = partner_editor.get(place).text
        assert course_of_others.title in shown
        assert SECRET_PLAN not in shown
    # Below a page that is not theirs to know, they begin below the one above it.
    browsed = partner_editor.get(f"/admin/choose-page/{draft_of_others.pk}/").json()
    assert browsed["parent_page_id"] == school.index.pk


def test_they_change_their_own_files_and_choose_from_all(
    school: School, colleague: User, partner_editor: Client
) -> None:
    mine = ImageFactory(title="Mine", uploaded_by_user=colleague)
    my_document = DocumentFactory(title="Mine", uploaded_by_user=colleague)
    for address, status in (
        (f"/admin/images/{mine.pk}/", 200),
        (f"/admin/documents/edit/{my_document.pk}/", 200),
        (f"/admin/images/{school.image.pk}/", 302),
        (f"/admin/documents/edit/{school.document.pk}/", 302),
        (f"/admin/images/{school.image.pk}/delete/", 302),
        (f"/admin/documents/delete/{school.document.pk}/", 302),
    ):
        assert partner_editor.get(address).status_code == status, address
    assert school.image.title in partner_editor.get("/admin/images/chooser/").json()["html"]
    assert school.document.title in partner_editor.get("/admin/documents/chooser/").json()["html"]


@pytest.fixture
def swedish_course(school: School) -> CoursePage:
    """The Swedish page of the GMP course, below a Swedish course list."""
    swedish = Locale.objects.get_or_create(language_code="sv")[0]
    for page in (school.home, school.index, school.course):
        page.get_translation_or_none(swedish) or page.copy_for_translation(swedish)
    found: CoursePage = CoursePage.objects.get(locale=swedish)
    return found


def test_the_same_holds_for_the_page_in_swedish(
    school: School, swedish_course: CoursePage, partner_editor: Client
) -> None:
    form = AdminForm(partner_editor, f"/admin/pages/{swedish_course.pk}/edit/")
    form["title"] = "God tillverkningssed"
    form.save("action-submit")
    swedish_course.refresh_from_db()
    assert swedish_course.get_latest_revision_as_object().title == "God tillverkningssed"
    swedish_list = swedish_course.get_parent()
    assert swedish_list.specific_class is CourseIndexPage
    add = f"/admin/pages/add/courses/coursepage/{swedish_list.pk}/"
    assert partner_editor.get(add).status_code == 200
    other = school.other_course.copy_for_translation(swedish_course.locale)
    assert partner_editor.get(f"/admin/pages/{other.pk}/edit/").status_code == 302


def test_the_list_of_their_courses_grows_no_faster_than_everybodys(
    school: School, partner_editor: Client, editor: Client
) -> None:
    costs = []
    for number in (1, 18):
        for index in range(number):
            CoursePageFactory(
                parent=school.index, slug=f"c-{number}-{index}", host=school.university
            )
        costs.append([_queries(client, school.index) for client in (partner_editor, editor)])
    few, many = costs
    # Wagtail itself asks for each page that is not the editor's to publish.
    assert many[0] - few[0] <= many[1] - few[1]


def _queries(client: Client, course_list: Page) -> int:
    client.get(f"/admin/pages/{course_list.pk}/")
    with CaptureQueriesContext(connection) as queries:
        client.get(f"/admin/pages/{course_list.pk}/")
    return len(queries)
