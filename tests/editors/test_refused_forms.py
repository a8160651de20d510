"""A form that is refused because of who sent it is kept, to be sent again."""

import pytest
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.test import Client

from cms.models import User
from tests.admin_forms import AdminForm
from tests.factories import UserFactory
from tests.factories.cms import PASSWORD
from tests.html import Response, one, parse, words
from tests.school import School

HERE = "http://testserver"
STATEMENT = "\nWritten for an hour,\n\n“quoted” & <more>"


@pytest.fixture
def tab(school: School) -> Client:
    """A browser that says where a form comes from, and has to send its token."""
    return Client(enforce_csrf_checks=True, headers={"Origin": HERE})


@pytest.fixture
def writer(school: School) -> User:
    """Somebody who writes."""
    return UserFactory.create(username="edith", groups=["Editors"])


def sign_in(tab: Client, username: str) -> None:
    """Fill in the form for signing in, which changes the token of all others."""
    form = AdminForm(tab, "/admin/login/", selector=".login-form")
    form["username"], form["password"] = username, PASSWORD
    assert form.send().status_code == 302


def written(tab: Client, school: School) -> AdminForm:
    """Return the editor of a page in which something is written."""
    form = AdminForm(tab, f"/admin/pages/{school.vision.pk}/edit/")
    form["statement"] = STATEMENT
    return form


def offered(tab: Client, response: Response) -> AdminForm:
    """Return the form that a refusal offers to send again."""
    assert response.status_code == 403
    form = one(parse(response), "form")
    return AdminForm.of(tab, str(form["action"]), parse(response), form)


def test_who_was_signed_out_sends_the_same_again_after_signing_in(
    school: School, tab: Client, writer: User
) -> None:
    sign_in(tab, "edith")
    form = written(tab, school)
    Session.objects.all().delete()
    refused = form.send()
    assert "You are signed out" in words(parse(refused))
    again = offered(tab, refused)
    del form.fields["csrfmiddlewaretoken"], again.fields["csrfmiddlewaretoken"]
    assert again.fields == form.fields

    sign_in(tab, "edith")
    again = offered(tab, offered(tab, refused).send())
    assert "Send again as edith" in words(again.form)
    again.save()
    assert AdminForm(tab, form.address)["statement"] == STATEMENT.strip()


def test_who_lost_the_right_is_told_and_keeps_the_text(
    school: School, tab: Client, writer: User
) -> None:
    sign_in(tab, "edith")
    form = written(tab, school)
    for group in ("Partner editors: Lund University", "none"):
        writer.groups.set(Group.objects.filter(name=group))
        refused = form.send()
        assert "You may not do this" in words(parse(refused))
        assert offered(tab, refused)["statement"] == STATEMENT


def test_only_what_our_own_forms_have_sent_is_offered_and_no_password(
    school: School, tab: Client, writer: User
) -> None:
    sign_in(tab, "edith")
    address = f"/admin/pages/{school.vision.pk}/edit/"
    sent = {"statement": "Forged", "csrfmiddlewaretoken": "x" * 32}
    for origin in ("https://evil.example.org", "null", ""):
        refused = tab.post(address, sent, headers={"Origin": origin})
        assert refused.status_code == 403
        assert "Forged" not in refused.text
        assert "reload the page" in words(parse(refused))
    stale = {"oldpassword": PASSWORD, "password1": "x", "csrfmiddlewaretoken": "x" * 32}
    refused = tab.post("/admin/account/password/", stale)
    assert refused.status_code == 403
    assert PASSWORD not in refused.text
    assert not parse(refused).select("form")
