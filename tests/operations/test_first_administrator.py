"""A new site has one administrator, made once, with a password that is safe to have."""

import pytest
from django.core.management import CommandError
from django.test import Client

from cms.models import User
from home.models import HomePage
from tests.factories import UserFactory
from tests.operations.test_setting_up import run


def test_the_first_administrator_is_made_once(
    home: HomePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ADMIN_USERNAME", "first")
    monkeypatch.setenv("ADMIN_PASSWORD", "a-long-and-rare-password")
    assert "first" in run("ensure_admin")
    user = User.objects.get()
    assert user.is_superuser
    assert user.check_password("a-long-and-rare-password")
    monkeypatch.setenv("ADMIN_PASSWORD", "another-long-password")
    run("ensure_admin")
    assert User.objects.get().check_password("a-long-and-rare-password")


def test_a_generated_password_is_shown_and_works(
    home: HomePage, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ADMIN_PASSWORD", raising=False)
    monkeypatch.delenv("ADMIN_USERNAME", raising=False)
    password = run("ensure_admin").splitlines()[0].split()[-1]
    response = client.post("/admin/login/", {"username": "admin", "password": password})
    assert response.status_code == 302


def test_a_weak_password_is_refused(home: HomePage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADMIN_PASSWORD", "password")
    with pytest.raises(CommandError, match="ADMIN_PASSWORD"):
        run("ensure_admin")
    assert not User.objects.exists()


def test_nobody_is_made_an_administrator_by_their_name(
    home: HomePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    UserFactory.create(username="admin", groups=["Editors"])
    monkeypatch.setenv("ADMIN_USERNAME", "admin")
    with pytest.raises(CommandError, match="choose another name"):
        run("ensure_admin")
    assert not User.objects.filter(is_superuser=True).exists()
