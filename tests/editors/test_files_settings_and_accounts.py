"""Files, the list of universities, the footer and accounts: who works on them, and how."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from wagtail.documents.models import Document

from cms.models import SiteImage, SiteSettings, University, User
from home.models import HomePage
from tests.admin_forms import SETTINGS_FORM, AdminForm, errors_beside
from tests.editors.test_roles import ADMINISTRATION, MODERATION, PAGES, ROLES, is_let_in
from tests.factories import DocumentFactory, ImageFactory, UserFactory
from tests.html import links, read
from tests.school import School


@pytest.mark.parametrize("role", ROLES)
def test_everybody_adds_images_and_documents(
    role: str, home: HomePage, request: pytest.FixtureRequest
) -> None:
    client = request.getfixturevalue(role)
    form = AdminForm(client, "/admin/images/add/", selector=SETTINGS_FORM)
    response = client.post(
        "/admin/images/add/",
        {
            **form.fields,
            "title": "Clean room",
            "description": "Two people at work",
            "credit": "A. Photographer",
            "file": SimpleUploadedFile("room.jpg", ImageFactory.build().file.read()),
        },
    )
    assert response.status_code == 302
    image = SiteImage.objects.get(title="Clean room")
    assert (image.credit, image.default_alt_text) == ("A. Photographer", "Two people at work")

    form = AdminForm(client, "/admin/documents/add/", selector=SETTINGS_FORM)
    response = client.post(
        "/admin/documents/add/",
        {
            **form.fields,
            "title": "Syllabus",
            "file": SimpleUploadedFile("syllabus.pdf", b"%PDF-1.7"),
        },
    )
    assert response.status_code == 302
    assert Document.objects.filter(title="Syllabus").exists()


@pytest.mark.parametrize("name", ["page.html", "run.exe", "drawing.svg", "script.js"])
def test_files_that_could_carry_scripts_are_refused(
    name: str, home: HomePage, administrator: Client
) -> None:
    file = SimpleUploadedFile(name, b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    for address in ("/admin/images/add/", "/admin/documents/add/"):
        form = AdminForm(administrator, address, selector=SETTINGS_FORM)
        file.seek(0)
        response = administrator.post(address, {**form.fields, "title": "A file", "file": file})
        assert errors_beside(response, "file")
    assert not SiteImage.objects.exists()
    assert not Document.objects.exists()


@pytest.mark.parametrize("role", ROLES)
def test_files_of_others_are_deleted_by_who_may(
    role: str, home: HomePage, request: pytest.FixtureRequest
) -> None:
    image, document = ImageFactory(), DocumentFactory()
    client = request.getfixturevalue(role)
    client.post(f"/admin/images/{image.pk}/delete/")
    client.post(f"/admin/documents/delete/{document.pk}/")
    assert not SiteImage.objects.filter(pk=image.pk).exists()
    assert not Document.objects.filter(pk=document.pk).exists()


def test_a_moderator_corrects_a_university_and_visitors_see_it(
    school: School, moderator: Client, client: Client
) -> None:
    address = f"/admin/snippets/cms/university/edit/{school.university.pk}/"
    form = AdminForm(moderator, address, selector=SETTINGS_FORM)
    form["name"] = "Lund University, Faculty of Medicine"
    form.save()
    assert "Lund University, Faculty of Medicine" in read(client, "/about/").get_text()


def test_a_university_that_hosts_a_course_is_not_deleted(
    school: School, administrator: Client
) -> None:
    administrator.post(f"/admin/snippets/cms/university/delete/{school.university.pk}/")
    assert University.objects.filter(pk=school.university.pk).exists()


def test_an_administrator_changes_the_footer(
    school: School, administrator: Client, client: Client
) -> None:
    site = school.home.get_site()
    form = AdminForm(
        administrator, f"/admin/settings/cms/sitesettings/{site.pk}/", selector=SETTINGS_FORM
    )
    form["contact_email"] = "school@example.org"
    form["accessibility_page"] = str(school.contact.pk)
    form.add("social_links", label="LinkedIn", url="https://linkedin.example.org/")
    form.save()
    footer = links(read(client, "/courses/"), "footer a[href]")
    assert (
        footer.items()
        >= {
            "mailto:school@example.org": "school@example.org",
            "/contact/": "Contact",
            "https://linkedin.example.org/": "LinkedIn",
        }.items()
    )


def _new_account(**values: str) -> dict[str, Any]:
    return {
        "username": "newcomer",
        "email": "newcomer@example.org",
        "first_name": "New",
        "last_name": "Comer",
        "password1": "a-long-and-rare-password",
        "password2": "a-long-and-rare-password",
        **values,
    }


def test_an_administrator_makes_an_editor_who_can_work_at_once(
    school: School, administrator: Client
) -> None:
    editors = Group.objects.get(name="Editors")
    form = AdminForm(administrator, "/admin/users/new/", selector=SETTINGS_FORM)
    for name, value in _new_account().items():
        form[name] = value
    form["groups"] = [str(editors.pk)]
    form.save()
    newcomer = Client()
    newcomer.post("/admin/login/", {"username": "newcomer", "password": "a-long-and-rare-password"})
    assert newcomer.get(f"/admin/pages/{school.vision.pk}/edit/").status_code == 200


def test_an_administrator_makes_nobody_a_superuser(home: HomePage, administrator: Client) -> None:
    response = administrator.post("/admin/users/new/", _new_account(is_superuser="on"))
    assert response.status_code == 302
    assert not User.objects.get(username="newcomer").is_superuser
    myself = User.objects.get(username="administrator")
    form = AdminForm(administrator, f"/admin/users/edit/{myself.pk}/", selector=SETTINGS_FORM)
    administrator.post(form.address, {**form.fields, "is_superuser": "on"})
    assert not User.objects.get(username="administrator").is_superuser


def test_an_administrator_cannot_take_over_or_remove_a_superuser(
    home: HomePage, administrator: Client
) -> None:
    root = UserFactory.create(username="root", is_superuser=True)
    before = User.objects.get(username="root")
    assert not is_let_in(administrator.get(f"/admin/users/edit/{root.pk}/"))
    administrator.post(
        f"/admin/users/edit/{root.pk}/", _new_account(username="root", is_superuser="on")
    )
    administrator.post(f"/admin/users/delete/{root.pk}/")
    for action in ("delete", "set_active_state", "assign_role"):
        address = f"/admin/bulk/cms/user/{action}/?id={root.pk}"
        group = Group.objects.get(name="Editors")
        administrator.post(address, {"mark_as_active": "", "role": str(group.pk)})
    after = User.objects.get(username="root")
    assert (after.password, after.is_active, after.is_superuser, after.groups.count()) == (
        before.password, True, True, 0,
    )  # fmt: skip


def test_a_superuser_does_everything(school: School, login: Callable[[User], Client]) -> None:
    root = login(UserFactory.create(username="root", is_superuser=True))
    for address in ("/admin/groups/", "/admin/sites/", "/admin/users/", "/admin/groups/new/"):
        assert root.get(address).status_code == 200


@pytest.mark.parametrize("role", ROLES)
def test_the_menu_leads_only_where_one_may_go(
    role: str, school: School, request: pytest.FixtureRequest
) -> None:
    shown = request.getfixturevalue(role).get("/admin/").text
    for address, allowed in (
        ("/admin/users/", ADMINISTRATION),
        ("/admin/snippets/cms/university/", MODERATION),
        ("/admin/images/", PAGES),
    ):
        assert (f'"{address}"' in shown) is (role in allowed), address


def test_settings_are_made_once_for_the_site(school: School, administrator: Client) -> None:
    administrator.get(f"/admin/settings/cms/sitesettings/{school.home.get_site().pk}/")
    assert SiteSettings.objects.count() == 1
