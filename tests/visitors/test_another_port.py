"""A site on a port of its own is named with it, wherever it says an address of its own."""

import re
from typing import Any

import pytest
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from tests.school import School

HOST, PORT = "testserver", 8443
OWN = re.compile(rf"\bhttps?://{HOST}(?::\d+)?(?=[/\"<\s]|$)", re.MULTILINE)
PATHS = (
    *("/", "/sv/", "/about/vision/", "/search/?q=cell", "/sitemap.xml", "/robots.txt"),
    *("/courses/", "/courses/feed.atom", "/courses/calendar.ics"),
    *("/api/", "/api/v2/", "/api/v2/pages/", "/api/v2/courses/", "/api/v2/openapi.json"),
)


@pytest.fixture
def visitor(school: School, swedish_pages: dict[str, Page], settings: Any) -> Client:
    """Somebody whose browser asks https://testserver:8443."""
    Site.objects.update(hostname=HOST, port=PORT)
    Site.clear_site_root_paths_cache()
    settings.WAGTAILADMIN_BASE_URL = f"https://{HOST}:{PORT}"
    settings.SECURE_SSL_REDIRECT = True
    settings.SITE_IS_PUBLIC = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    return Client(headers={"Host": f"{HOST}:{PORT}", "X-Forwarded-Proto": "https"})


@pytest.mark.parametrize("path", PATHS)
def test_every_address_that_a_response_says_has_the_port(visitor: Client, path: str) -> None:
    response = visitor.get(path)
    assert response.status_code == 200
    # Long lines of a calendar go on in the next one (RFC 5545, 3.1).
    named = set(OWN.findall(response.text.replace("\r\n ", "")))
    assert named <= {f"https://{HOST}:{PORT}"}
    assert named or path.startswith("/search/")


def test_redirects_keep_the_port(visitor: Client, school: School) -> None:
    Redirect.objects.create(old_path="/old", redirect_page=school.vision, site=None)
    link = visitor.get("/old/").headers["Location"]
    assert link in {"/about/vision/", f"https://{HOST}:{PORT}/about/vision/"}
    insecure = visitor.get("/about/", headers={"X-Forwarded-Proto": "http"})
    assert insecure.headers["Location"] == f"https://{HOST}:{PORT}/about/"
