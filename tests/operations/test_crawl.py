"""Whatever can be reached by links on the site as it runs in production is in order.

`make crawl` follows 400 links as each role; here it is the first of them.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.operations.crawling import Visitor
from tests.servers import gunicorn, manage

pytestmark = pytest.mark.programs("initdb", "pg_ctl", "createdb")

LINKS = int(os.environ.get("CRAWL_LINKS", "60"))
ROLES = {"editor": "Editors", "moderator": "Moderators", "administrator": "Administrators"}
PASSWORD = "correct horse battery staple"
CREATE = f"""
from django.contrib.auth.models import Group
from cms.models import User
for name, group in {ROLES!r}.items():
    user = User.objects.create_user(name, f"{{name}}@example.org", {PASSWORD!r})
    user.groups.add(Group.objects.get(name=group))
"""
PUBLIC = [
    *("/", "/sv/", "/courses/", "/search/?q=therapy", "/api/", "/api/v2/", "/api/v2/courses/"),
    *("/sitemap.xml", "/robots.txt", "/courses/feed.atom", "/courses/calendar.ics"),
    *("/embed/courses.js", "/.well-known/security.txt", "/nowhere/", "/admin/", "/admin/login/"),
    *("/api/v2/nothing/", "/media/images/none.png", "/static/none.css", "/-/live"),
]
STAFF = ["/admin/", "/admin/pages/", "/admin/nowhere/", "/", "/courses/"]


@pytest.fixture(scope="module")
def port(site: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of the site, in production, with somebody of each role who needs no factor."""
    manage(site, "shell", "--no-imports", "--command", CREATE)
    log: Path = tmp_path_factory.mktemp("gunicorn") / "log"
    more = {"MFA_REQUIRED": "false", "SECURITY_CONTACT": "mailto:security@example.org"}
    with gunicorn(site | more, log) as (port, _pid):
        yield port


def test_what_a_visitor_can_reach(port: int) -> None:
    visitor = Visitor(port)
    asked = visitor.crawl(PUBLIC, LINKS)
    assert len(asked) == LINKS
    assert not visitor.findings


@pytest.mark.parametrize("role", ROLES)
def test_what_a_role_can_reach(role: str, port: int) -> None:
    visitor = Visitor(port)
    visitor.sign_in(role, PASSWORD)
    assert {"__Host-sessionid", "__Host-csrftoken"} <= visitor.cookies.keys()
    asked = visitor.crawl(STAFF, LINKS)
    assert len(asked) == LINKS
    assert not visitor.findings
