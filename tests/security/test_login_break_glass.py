"""The operator lets somebody back in who has lost everything."""

import re
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.models import ModelLogEntry

from home.models import HomePage
from tests.factories import UserFactory
from tests.factories.cms import PASSWORD
from tests.security.conftest import add_totp, is_signed_in


def test_reset_login_removes_factors_and_gives_one_link(home: HomePage) -> None:
    user = UserFactory.create(username="max", groups=["Moderators"])
    thief = Client()
    thief.post("/admin/login/", {"username": "max", "password": PASSWORD})
    add_totp(thief)
    output = StringIO()
    call_command("reset_login", "max", stdout=output)
    assert not is_signed_in(thief)
    assert not Authenticator.objects.filter(user=user).exists()
    assert ModelLogEntry.objects.get(action="cms.login_reset").object_id == str(user.pk)
    owner = Client()
    old = owner.post("/admin/login/", {"username": "max", "password": PASSWORD})
    assert old.status_code == 200, "The old password may be what was lost."
    link = re.search(r"http://testserver(\S+)", output.getvalue())
    assert link is not None
    form = owner.get(link[1], follow=True).redirect_chain[-1][0]
    new = "seventeen green umbrellas"
    owner.post(form, {"password1": new, "password2": new})
    assert owner.post("/admin/login/", {"username": "max", "password": new}).status_code == 302
    assert is_signed_in(owner)


def test_a_name_that_nobody_has(home: HomePage) -> None:
    for command in ("reset_login", "export_user_data", "erase_user"):
        with pytest.raises(CommandError, match="no account “nobody”"):
            call_command(command, "nobody")
