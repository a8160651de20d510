"""A whole site, built from the API and nothing else, links to nothing that is not there.

`build` is what a partner's program would be: it knows the API's address and no other.
"""

from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from cms.models import SiteSettings
from tests.html import read_json
from tests.partners.contract import API
from tests.partners.test_addresses import write_files
from tests.school import School
from tests.story import story

type Ask = Callable[[str], Any]

HOST = "http://testserver"


def _every(ask: Ask, address: str) -> Iterator[dict[str, Any]]:
    """Yield all objects of a list, a hundred at a time."""
    offset, total = 0, 1
    while offset < total:
        joint = "&" if "?" in address else "?"
        part = ask(f"{address}{joint}limit=100&offset={offset}")
        total = part["meta"]["total_count"]
        offset += 100
        yield from part["items"]


def _link(page: dict[str, Any] | None) -> str:
    if page is None:
        return ""
    return f'<a href="{page["meta"]["html_url"]}">{escape(page["title"])}</a>'


def _html(page: dict[str, Any], around: dict[str, Any], site: dict[str, Any]) -> str:
    """Return a page with the menu, the footer and the languages of the site around it."""
    menu = "".join(
        f"<li>{_link(item)}{''.join(map(_link, item['children']))}</li>" for item in around["menu"]
    )
    above = " / ".join(map(_link, page["meta"]["breadcrumbs"]))
    languages = "".join(
        f'<a hreflang="{other["locale"]}" href="{other["html_url"]}">{other["locale"]}</a>'
        for other in page["meta"]["translations"]
    )
    words = "".join(
        value
        for name, value in page.items()
        if isinstance(value, str) and (name.endswith("_html") or value.startswith("<"))
    )
    cards = "".join(map(_link, page.get("related_courses", [])))
    image = page.get("social_image") or {"renditions": []}
    images = "".join(f'<img src="{size["url"]}" alt="">' for size in image["renditions"])
    social = "".join(
        f'<a href="{link["url"]}">{link["label"]}</a>' for link in site["social_links"]
    )
    legal = _link(around["accessibility_page"]) + _link(around["privacy_page"])
    return (
        f'<html lang="{around["locale"]}"><title>{escape(page["title"])}</title><ul>{menu}</ul>'
        f"<nav>{above}</nav>{languages}<main>{words}{cards}{images}</main>"
        f"<footer>{escape(around['footer_text'])}{legal}{social}</footer></html>"
    )


def build(ask: Ask) -> tuple[dict[str, str], dict[str, str]]:
    """Return all pages by their paths, and the redirects between paths."""
    site = ask("site/")
    around = {language["locale"]: language for language in site["languages"]}
    pages = {}
    for row in _every(ask, "pages/"):
        page = ask(row["meta"]["detail_url"])
        pages[urlsplit(page["meta"]["html_url"]).path] = _html(
            page, around[page["meta"]["locale"]], site
        )
    redirects = {row["old_path"]: row["location"] for row in _every(ask, "redirects/")}
    return pages, redirects


@pytest.fixture
def full_school(
    school: School, swedish_pages: dict[str, Page], django_capture_on_commit_callbacks: Any
) -> School:
    """A school in both languages with every block, a page that has moved, and a draft."""
    school.course.body = story(school)
    school.course.save_revision().publish()
    settings = SiteSettings.for_site(school.home.get_site())
    settings.privacy_page = school.contact
    settings.save()
    school.vision.slug = "where-we-go"
    with django_capture_on_commit_callbacks(execute=True):
        school.vision.save_revision().publish()
    Redirect.add_redirect("/gmp", redirect_to=school.course)
    Redirect.add_redirect("/hidden", redirect_to=school.mission)
    school.mission.unpublish()
    swedish_pages["contact"].unpublish()
    return school


def test_a_site_built_from_the_api_links_to_nothing_that_is_not_there(
    full_school: School, client: Client, settings: Any, tmp_path: Path
) -> None:
    pages, redirects = build(lambda address: read_json(client, urljoin(HOST + API, address)))
    settings.MEDIA_ROOT = tmp_path
    write_files(tmp_path)

    assert pages.keys() >= {"/", "/courses/gmp/", "/about/where-we-go/", "/sv/", "/sv/om-oss/"}
    assert not pages.keys() & {"/about/mission/", "/sv/kontakt/"}
    assert redirects["/gmp"] == f"{HOST}/courses/gmp/"
    assert redirects["/about/vision"] == f"{HOST}/about/where-we-go/"
    assert "/hidden" not in redirects
    links = set(redirects.values())
    for path, html in pages.items():
        for element in BeautifulSoup(html, "lxml").select("a[href], img[src], iframe[src]"):
            links.add(urljoin(HOST + path, str(element.get("href") or element.get("src"))))
    own = {link.partition("#")[0] for link in links if link.startswith(f"{HOST}/")}
    assert len(own) > len(pages)
    for link in sorted(own):
        path = urlsplit(link).path
        assert path in pages or client.get(path).status_code == 200, link
    for path in ("/about/vision/", "/gmp/"):
        found = client.get(f"{API}pages/find/", {"html_path": path})
        page = read_json(client, found.headers["Location"])
        assert page["meta"]["html_url"] == redirects[path.rstrip("/")]
