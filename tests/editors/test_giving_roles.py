"""Administrators put people into the school's groups, and give nobody more than they have."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from wagtail.models import GroupPagePermission

from cms.models import User
from home.models import HomePage
from tests.admin_forms import SETTINGS_FORM, AdminForm
from tests.editors.test_roles import ROLES, is_let_in
from tests.factories import UserFactory
from tests.factories.cms import PASSWORD
from tests.school import School

SCHOOLS_GROUPS = {"Editors", "Moderators", "Administrators"}


@pytest.fixture
def powerful(home: HomePage) -> Group:
    """A group that a superuser has made, whose members rule over all groups."""
    group = Group.objects.create(name="Technicians")
    codenames = ["access_admin", "add_group", "change_group"]
    group.permissions.set(Permission.objects.filter(codename__in=codenames))
    return group


@pytest.fixture
def technician(powerful: Group) -> User:
    """Somebody in it."""
    user: User = UserFactory.create(username="technician", groups=["Technicians"])
    return user


def _offered(client: Client, address: str) -> set[str]:
    form = AdminForm(client, address, selector=SETTINGS_FORM)
    ids = [str(box["value"]) for box in form.form.select("[name=groups]")]
    return set(Group.objects.filter(pk__in=ids).values_list("name", flat=True))


def test_administrators_offer_the_groups_of_the_school_and_of_its_universities(
    school: School, powerful: Group, administrator: Client
) -> None:
    offered = _offered(administrator, "/admin/users/new/")
    assert offered >= {*SCHOOLS_GROUPS, "Partner editors: Lund University"}
    assert "Technicians" not in offered


@pytest.mark.parametrize("name", ["Editors", "Moderators", "Partner editors: Lund University"])
def test_an_administrator_gives_and_takes_a_role(
    name: str, school: School, administrator: Client
) -> None:
    colleague = UserFactory.create(username="colleague")
    address = f"/admin/users/edit/{colleague.pk}/"
    group = Group.objects.get(name=name)
    form = AdminForm(administrator, address, selector=SETTINGS_FORM)
    form["groups"] = [str(group.pk)]
    form.save()
    browser = Client()
    browser.post("/admin/login/", {"username": "colleague", "password": PASSWORD})
    assert browser.get(f"/admin/pages/{school.course.pk}/edit/").status_code == 200
    form = AdminForm(administrator, address, selector=SETTINGS_FORM)
    form.fields.pop("groups")
    form.save()
    assert browser.get(f"/admin/pages/{school.course.pk}/edit/").status_code == 302


def test_no_group_that_gives_more_than_one_has_is_given_by_forging_the_form(
    powerful: Group, administrator: Client
) -> None:
    myself = User.objects.get(username="administrator")
    form = AdminForm(administrator, f"/admin/users/edit/{myself.pk}/", selector=SETTINGS_FORM)
    form.fields["groups"] = [*form.fields["groups"], str(powerful.pk)]
    assert form.send().status_code == 200
    address = f"/admin/bulk/cms/user/assign_role/?id={myself.pk}"
    administrator.post(address, {"role": str(powerful.pk)})
    assert list(myself.groups.values_list("name", flat=True)) == ["Administrators"]


def test_nobody_takes_over_an_account_that_can_do_more(
    technician: User, administrator: Client
) -> None:
    address = f"/admin/users/edit/{technician.pk}/"
    assert not is_let_in(administrator.get(address))
    administrator.post(address, {"email": "me@example.org", "password1": "x", "password2": "x"})
    administrator.post(f"/admin/users/delete/{technician.pk}/")
    for action in ("delete", "set_active_state", "assign_role"):
        editors = Group.objects.get(name="Editors")
        place = f"/admin/bulk/cms/user/{action}/?id={technician.pk}"
        administrator.post(place, {"mark_as_active": "False", "role": str(editors.pk)})
    after = User.objects.get(pk=technician.pk)
    assert (after.email, after.is_active) == ("technician@example.org", True)
    assert list(after.groups.values_list("name", flat=True)) == ["Technicians"]


def test_a_right_on_pages_counts_where_it_holds(
    school: School, login: Callable[[User], Client]
) -> None:
    """Whoever manages accounts for one part of the site gives rights on that part only."""
    group = Group.objects.create(name="Keepers of the about pages")
    group.permissions.set(
        Permission.objects.filter(codename__in=["access_admin", "add_user", "change_user"])
    )
    change = Permission.objects.get(codename="change_page")
    GroupPagePermission.objects.create(group=group, page=school.about, permission=change)
    below = Group.objects.create(name="Keepers of the vision")
    GroupPagePermission.objects.create(group=below, page=school.vision, permission=change)
    client = login(UserFactory.create(groups=[group.name]))
    offered = _offered(client, "/admin/users/new/")
    assert {group.name, below.name} <= offered
    assert "Editors" not in offered


AUDIT_LOG = (
    "/admin/reports/site-history/",
    "/admin/reports/aging-pages/",
    "/admin/reports/locked/",
    "/admin/reports/workflow/",
    "/admin/reports/workflow_tasks/",
)


def test_administrators_read_what_happened_on_the_site(
    school: School, moderator: Client, administrator: Client
) -> None:
    form = AdminForm(moderator, f"/admin/pages/{school.vision.pk}/edit/")
    form["title"] = "Our vision"
    form.save("action-publish")
    moderator.post(f"/admin/pages/{school.vision.pk}/lock/")
    moderator.post(f"/admin/pages/{school.contact.pk}/delete/")
    menu = administrator.get("/admin/").text
    for address in AUDIT_LOG:
        assert administrator.get(address).status_code == 200, address
        assert f'"{address}"' in menu, address
    history = administrator.get("/admin/reports/site-history/").text
    assert "Our vision" in history
    assert "Contact" in history
    assert "Robin Moderator" in history
    assert "Our vision" in administrator.get("/admin/reports/locked/").text


@pytest.mark.parametrize("role", ROLES)
def test_roles_translate_pages(role: str, school: School, request: pytest.FixtureRequest) -> None:
    client = request.getfixturevalue(role)
    response = client.get(f"/admin/translation/submit/page/{school.course.pk}/")
    assert response.status_code == 200
