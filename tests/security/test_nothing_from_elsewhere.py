"""The admin brings nothing along from other hosts: no scripts, portraits, banners or updates."""

from collections.abc import Callable

import pytest
from bs4 import Tag
from django.test import Client

from cms.models import User
from tests.factories import UserFactory
from tests.html import parse
from tests.school import School

ELSEWHERE = ("http:", "https:", "//")
# Where a browser goes by itself; a link is followed by somebody.
FETCHED = ("src", "srcset", "poster", "data", "action", "formaction")


def fetched(element: Tag) -> list[str]:
    """Return the addresses of other hosts that a browser, or a script, takes from an element."""
    names = [name for name in element.attrs if name in FETCHED or name.startswith("data-")]
    if element.name == "link":
        names.append("href")
    values = [str(element.get(name, "")) for name in names]
    return [value for value in values if value.startswith(ELSEWHERE)]


@pytest.mark.parametrize(
    "address",
    [
        *("/admin/login/", "/admin/", "/admin/account/", "/admin/users/", "/admin/pages/"),
        *("/admin/images/", "/admin/reports/site-history/", "/admin/pages/{page}/edit/"),
        "/admin/pages/{page}/history/",
    ],
)
def test_a_page_of_the_admin_takes_nothing_from_other_hosts(
    address: str, school: School, login: Callable[[User], Client]
) -> None:
    # Wagtail shows the most to superusers.
    root = UserFactory.create(is_superuser=True)
    client = Client() if "login" in address else login(root)
    page = parse(client.get(address.format(page=school.course.pk)))
    found = [text for element in page.select("*") for text in fetched(element)]
    assert len(page.select("*")) > 30
    assert [text for text in found if not text.startswith("http://testserver/")] == []
    assert not page.select("[data-controller~=w-upgrade]"), "It asks whether there is an update."
