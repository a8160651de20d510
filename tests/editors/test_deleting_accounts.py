"""Whoever has worked here stays the author of it: accounts are switched off, not deleted."""

from collections.abc import Callable

import pytest
from django.test import Client
from wagtail.models import Comment

from cms.models import User
from tests.factories import UserFactory
from tests.html import links, parse, words
from tests.school import School


def one(account: User) -> str:
    return f"/admin/users/delete/{account.pk}/"


def many(account: User) -> str:
    return f"/admin/bulk/cms/user/delete/?id={account.pk}"


@pytest.mark.parametrize("address_for", [one, many])
def test_an_account_with_comments_is_not_deleted_and_the_way_out_is_shown(
    address_for: Callable[[User], str], school: School, administrator: Client
) -> None:
    author: User = UserFactory.create(username="author", groups=["Editors"])
    Comment.objects.create(page=school.course, user=author, text="Why?", contentpath="title")
    response = administrator.post(address_for(author))
    assert f"/admin/users/edit/{author.pk}/" in links(parse(response))
    assert "Untick “Active” instead" in words(parse(response))
    assert User.objects.filter(pk=author.pk).exists()
    assert Comment.objects.get().user == author


@pytest.mark.parametrize("address_for", [one, many])
def test_an_account_that_did_nothing_is_deleted(
    address_for: Callable[[User], str], school: School, administrator: Client
) -> None:
    mistake: User = UserFactory.create(username="mistake", groups=["Editors"])
    administrator.post(address_for(mistake))
    assert not User.objects.filter(pk=mistake.pk).exists()
