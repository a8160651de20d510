"""Deleting, unpublishing, moving and copying end well or are refused, whatever page it is."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from wagtail.models import GroupPagePermission, Page

from cms.models import User
from tests.factories import UserFactory, make_private
from tests.school import School

# Roles, and which of two pages is the first to be done to in bulk: administrators, who may do
# everything, do it to each page in both ways; the others to every second page alone, and to those
# between in bulk. Among them the groups of a university, and of one branch of the tree.
CASES = {
    "administrator": ("", 0),
    "administrator, the other way": ("", 1),
    "Editors": ("Editors", 0),
    "Moderators": ("Moderators", 1),
    "Partner editors": ("Partner editors: Lund University", 0),
    "Branch": ("Branch", 1),
}
KINDS = ("login", "password", "groups")


def _each_page(school: School, swedish: dict[str, Page]) -> list[Page]:
    """Return the pages below the home pages, those without others below them first."""
    alias = school.contact.create_alias(parent=school.about, update_slug="an-alias")
    draft = school.contact.copy(
        to=school.about, update_attrs={"slug": "a-draft", "live": False}, keep_live=False
    )
    pages = [alias, draft, *swedish.values(), *school.pages.values(), school.other_course]
    keys = [page.pk for page in pages]
    return list(Page.objects.filter(pk__in=keys).order_by("-depth", "-path"))


def _do(client: Client, page: Page, action: str, elsewhere: Page) -> None:
    """Ask first, as a browser does, and then do it."""
    one, many = f"/admin/pages/{page.pk}", "/admin/bulk/wagtailcore/page"
    asked = {
        "unpublish": (f"{one}/unpublish/", {"include_descendants": "on"}),
        "unpublish many": (f"{many}/unpublish/?id={page.pk}", {"include_descendants": "on"}),
        "publish many": (f"{many}/publish/?id={page.pk}", {"include_descendants": "on"}),
        "copy": (
            f"{one}/copy/",
            {
                "new_title": f"Copy of {page.pk}",
                "new_slug": f"copy-{page.pk}",
                "new_parent_page": elsewhere.pk,
                "copy_subpages": "on",
                "publish_copies": "on",
            },
        ),
        "move": (f"{one}/move/{elsewhere.pk}/confirm/", {}),
        "move many": (f"{many}/move/?id={page.pk}", {"chooser": elsewhere.pk}),
        "delete": (f"{one}/delete/", {}),
        "delete many": (f"{many}/delete/?id={page.pk}", {}),
    }
    address, data = asked[action]
    for response in (client.get(address), client.post(address, data)):
        assert response.status_code in {200, 302, 403, 404}, (action, page)


def _look(client: Client, page: Page) -> None:
    """Read the list in which the page is or was, with what is said of what was done."""
    response = client.get(f"/admin/pages/{page.get_parent().pk}/")
    assert response.status_code in {200, 302, 403, 404}, page


def _user(role: str, school: School) -> User:
    if role == "Branch":
        group = Group.objects.create(name=role)
        group.permissions.add(Permission.objects.get(codename="access_admin"))
        for codename in ("add_page", "change_page", "publish_page", "bulk_delete_page"):
            may = Permission.objects.get(codename=codename)
            GroupPagePermission.objects.create(group=group, page=school.about, permission=may)
    user: User = UserFactory.create(groups=[role] if role else [], is_superuser=not role)
    return user


@pytest.mark.parametrize(("role", "first"), CASES.values(), ids=CASES)
def test_no_operation_on_a_page_fails(
    role: str,
    first: int,
    school: School,
    swedish_pages: dict[str, Page],
    login: Callable[[User], Client],
) -> None:
    client = login(_user(role, school))
    pages = _each_page(school, swedish_pages)
    for number, page in enumerate(pages):
        make_private(page, KINDS[number % len(KINDS)])
    parents = [page.get_parent() for page in pages]
    ways = {page: " many" if number % 2 == first else "" for number, page in enumerate(pages)}
    for page, parent in zip(pages, parents, strict=True):
        many = ways[page]
        for action in (f"unpublish{many}", "copy", f"move{many}"):
            _do(client, page, action, parent)
        if page.depth > 2 and page.content_type_id == school.contact.content_type_id:
            _do(client, page, f"move{many}", school.home)
        _look(client, page)
    # Published or not; half of them with what is below them, the others after it.
    for page in pages[::3]:
        _do(client, page, "publish many", page)
        _look(client, page)
    for page in [*pages[::2], *reversed(pages[1::2])]:
        _do(client, page, f"delete{ways[page]}", page)
        _look(client, page)
        if not role:
            assert not Page.objects.filter(pk=page.pk).exists(), page


def test_a_private_page_can_be_deleted_alone_and_with_its_parent(
    school: School, swedish_pages: dict[str, Page], administrator: Client
) -> None:
    for number, page in enumerate([*school.pages.values(), *swedish_pages.values()]):
        make_private(page, KINDS[number % len(KINDS)])
    for page in (school.contact, school.vision, school.course, school.about, school.index):
        response = administrator.post(f"/admin/pages/{page.pk}/delete/")
        assert response.status_code == 302
        assert not Page.objects.filter(path__startswith=page.path).exists()
