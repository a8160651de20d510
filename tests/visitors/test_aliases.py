"""A page that stands in two places is read at both, and told of at one."""

import pytest
from bs4 import Tag
from django.test import Client
from wagtail.models import Locale, Page

from tests.html import one, read, read_json
from tests.partners.contract import API
from tests.school import School
from tests.swedish import translate


@pytest.mark.parametrize("name", ["course", "contact"])
def test_an_alias_is_read_where_it_stands_and_told_of_where_its_source_is(
    name: str, school: School, swedish_pages: dict[str, Page], client: Client
) -> None:
    source = getattr(school, name)
    source.refresh_from_db()
    parent = school.index if name == "course" else school.about
    parent.refresh_from_db()
    alias = source.create_alias(parent=parent, update_slug="alias")
    second = alias.create_alias(parent=parent, update_slug="alias-of-alias")
    original = read(client, source.url)

    def told(selector: str, attribute: str, document: Tag = original) -> list[str]:
        return [str(tag[attribute]) for tag in document.select(selector)]

    for page in (alias, second):
        document = read(client, page.url)
        assert told("link[rel=canonical]", "href", document) == [f"http://testserver{source.url}"]
        for selector, attribute in (
            ("link[hreflang]", "href"),
            ("meta[property='og:url']", "content"),
            ("nav.languages a", "href"),
        ):
            assert told(selector, attribute, document) == told(selector, attribute)
        data = "script[type='application/ld+json']"
        assert one(document, data).string == one(original, data).string
        # Links may lead to it, with what stands below it.
        assert client.get(f"{API}pages/{page.pk}/").status_code == 200

    lists = ["/sitemap.xml", f"/search/?q={source.title}", f"{API}pages/?limit=100"]
    lists += [f"{API}pages/?limit=100&search={source.title}"]
    if name == "course":
        lists += ["/courses/", "/sv/kurser/", "/courses/feed.atom", "/courses/calendar.ics"]
        lists += [f"{API}courses/?limit=100", f"{API}sessions/?limit=100", "/courses/?q=practice"]
        assert client.get(f"{alias.url}calendar.ics").status_code == 200
    for address in lists:
        response = client.get(address)
        assert response.status_code == 200, address
        assert "/alias" not in response.content.decode(), address
        assert source.slug in response.content.decode(), address
    changes = read_json(client, f"{API}changes/")["items"]
    changed = {change["id"] for change in changes if change["type"] == "pages"}
    assert source.pk in changed
    assert not changed & {alias.pk, second.pk}


def test_an_alias_is_told_of_itself_where_its_source_cannot_be_read(
    school: School, client: Client
) -> None:
    swedish = translate(school.home, "home")
    contact = translate(school.contact, "contact")
    alias = contact.create_alias(
        parent=Page.objects.get(pk=school.about.pk),
        update_slug="kontakt",
        update_locale=Locale.get_default(),
    )
    canonical = "link[rel=canonical]"
    assert one(read(client, alias.url), canonical)["href"] == "http://testserver/sv/kontakt/"
    swedish.unpublish()
    assert one(read(client, alias.url), canonical)["href"] == f"http://testserver{alias.url}"
    assert alias.url in client.get("/sitemap.xml").content.decode()
    listed = read_json(client, f"{API}pages/?limit=100")["items"]
    assert alias.pk in {page["id"] for page in listed}
