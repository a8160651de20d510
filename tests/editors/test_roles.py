"""Who may do what: tried by logging in as each and asking the admin for it."""

from collections.abc import Callable

import pytest
from django.test import Client
from wagtail.models import Page

from cms.models import User
from home.models import HomePage
from tests.admin_forms import AdminForm
from tests.factories import UserFactory
from tests.factories.cms import PASSWORD
from tests.html import Response, read
from tests.school import School

ROLES = ("editor", "moderator", "administrator")
PAGES = ("editor", "moderator", "administrator")
MODERATION = ("moderator", "administrator")
ADMINISTRATION = ("administrator",)
NOBODY: tuple[str, ...] = ()

MAY_OPEN = {
    "/admin/": PAGES,
    "/admin/pages/{home}/": PAGES,
    "/admin/pages/{vision}/edit/": PAGES,
    "/admin/pages/add/home/contentpage/{home}/": PAGES,
    "/admin/pages/{vision}/history/": PAGES,
    "/admin/images/": PAGES,
    "/admin/images/add/": PAGES,
    "/admin/documents/": PAGES,
    "/admin/documents/add/": PAGES,
    "/admin/pages/{contact}/delete/": MODERATION,
    "/admin/pages/{vision}/unpublish/": MODERATION,
    "/admin/images/{image}/": PAGES,
    "/admin/snippets/cms/university/": MODERATION,
    "/admin/snippets/cms/university/edit/{university}/": MODERATION,
    "/admin/snippets/courses/developmentstage/edit/{stage}/": MODERATION,
    "/admin/redirects/": MODERATION,
    "/admin/redirects/add/": MODERATION,
    "/admin/snippets/cms/university/add/": ADMINISTRATION,
    "/admin/snippets/cms/university/delete/{university}/": ADMINISTRATION,
    "/admin/snippets/courses/developmentstage/add/": ADMINISTRATION,
    "/admin/settings/cms/sitesettings/{site}/": ADMINISTRATION,
    "/admin/users/": ADMINISTRATION,
    "/admin/users/new/": ADMINISTRATION,
    "/admin/workflows/list/": ADMINISTRATION,
    "/admin/workflows/add/": ADMINISTRATION,
    "/admin/collections/add/": ADMINISTRATION,
    "/admin/groups/": NOBODY,
    "/admin/groups/new/": NOBODY,
    "/admin/sites/new/": NOBODY,
}


def is_let_in(response: Response) -> bool:
    """Tell a response from the admin's polite refusal: a redirect to its first page, or a 403."""
    assert response.status_code in {200, 302, 403}, response.status_code
    if response.status_code == 302:
        assert response.headers["Location"] in {"/admin/", "/admin/reports/"}
    return response.status_code == 200


@pytest.mark.parametrize("address", MAY_OPEN)
def test_each_role_opens_what_is_its_own(
    address: str, school: School, request: pytest.FixtureRequest
) -> None:
    place = address.format(
        **{name: page.pk for name, page in (
            ("home", school.home), ("vision", school.vision), ("contact", school.contact),
            ("image", school.image), ("university", school.university), ("stage", school.stage),
        )},
        site=school.home.get_site().pk,
    )  # fmt: skip
    let_in = {role for role in ROLES if is_let_in(request.getfixturevalue(role).get(place))}
    assert let_in == set(MAY_OPEN[address])


@pytest.mark.parametrize("address", MAY_OPEN)
def test_nobody_opens_anything_without_logging_in(
    address: str, school: School, client: Client
) -> None:
    place = address.format_map(_Ones())
    response = client.get(place)
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/admin/login/")


class _Ones(dict[str, int]):
    def __missing__(self, key: str) -> int:
        return 1


def test_somebody_without_a_role_does_not_come_in(
    home: HomePage, login: Callable[[User], Client]
) -> None:
    stranger = Client()
    UserFactory.create(username="stranger")
    stranger.post("/admin/login/", {"username": "stranger", "password": PASSWORD})
    response = stranger.get("/admin/", follow=True)
    assert response.redirect_chain
    assert response.redirect_chain[-1][0].startswith("/admin/login/")


def test_a_wrong_password_does_not_let_in(home: HomePage, client: Client) -> None:
    UserFactory.create(username="editor", groups=["Editors"])
    response = client.post("/admin/login/", {"username": "editor", "password": "guess"})
    assert response.status_code == 200
    assert client.get("/admin/").status_code == 302


@pytest.mark.parametrize("role", ROLES)
def test_only_who_may_publish_is_offered_to(
    role: str, school: School, request: pytest.FixtureRequest
) -> None:
    client = request.getfixturevalue(role)
    form = AdminForm(client, f"/admin/pages/{school.vision.pk}/edit/")
    assert ("action-publish" in form.buttons) is (role in MODERATION)
    assert "action-submit" in form.buttons


def test_an_editor_cannot_publish_even_by_sending_what_the_button_would(
    school: School, editor: Client, client: Client
) -> None:
    form = AdminForm(editor, f"/admin/pages/{school.vision.pk}/edit/")
    form["statement"] = "Published without asking."
    form.send("action-publish")
    assert "Published without asking." not in read(client, "/about/vision/").get_text()
    form = AdminForm(editor, f"/admin/pages/add/home/contentpage/{school.home.pk}/")
    form["title"] = "Published without asking"
    form["slug"] = "unasked"
    form.send("action-publish")
    assert client.get("/unasked/").status_code == 404
    assert not Page.objects.get(slug="unasked").live


POST_ON_PAGE = {
    "/admin/pages/{vision}/unpublish/": lambda page: not page.live,
    "/admin/pages/{vision}/lock/": lambda page: page.locked,
}


@pytest.mark.parametrize("address", POST_ON_PAGE)
@pytest.mark.parametrize("role", ROLES)
def test_only_moderators_and_administrators_unpublish_and_lock(
    role: str, address: str, school: School, request: pytest.FixtureRequest
) -> None:
    request.getfixturevalue(role).post(address.format(vision=school.vision.pk))
    page = Page.objects.get(pk=school.vision.pk)
    assert POST_ON_PAGE[address](page) is (role in MODERATION)


@pytest.mark.parametrize("role", ROLES)
def test_only_moderators_and_administrators_delete_published_pages(
    role: str, school: School, request: pytest.FixtureRequest
) -> None:
    request.getfixturevalue(role).post(f"/admin/pages/{school.contact.pk}/delete/")
    assert Page.objects.filter(pk=school.contact.pk).exists() is (role not in MODERATION)


def test_an_editor_deletes_drafts_and_nothing_that_is_published(
    school: School, editor: Client, moderator: Client
) -> None:
    for client, slug in ((editor, "mine"), (moderator, "theirs")):
        form = AdminForm(client, f"/admin/pages/add/home/contentpage/{school.home.pk}/")
        form["title"] = form["slug"] = slug
        form.save()
        editor.post(f"/admin/pages/{Page.objects.get(slug=slug).pk}/delete/")
    assert not Page.objects.filter(slug__in=["mine", "theirs"]).exists()
    editor.post(f"/admin/pages/{school.vision.pk}/delete/")
    assert Page.objects.filter(pk=school.vision.pk).exists()


def test_a_locked_page_is_edited_by_who_locked_it_only(
    school: School, editor: Client, moderator: Client, administrator: Client
) -> None:
    moderator.post(f"/admin/pages/{school.vision.pk}/lock/")
    form = AdminForm(administrator, f"/admin/pages/{school.vision.pk}/edit/")
    form.send()
    form = AdminForm(editor, f"/admin/pages/{school.vision.pk}/edit/")
    assert "action-submit" not in form.buttons
    revisions = school.vision.revisions.count()
    form["statement"] = "Changed although locked."
    form.send()
    assert school.vision.revisions.count() == revisions
    moderator.post(f"/admin/pages/{school.vision.pk}/unlock/")
    assert "action-submit" in AdminForm(editor, f"/admin/pages/{school.vision.pk}/edit/").buttons
