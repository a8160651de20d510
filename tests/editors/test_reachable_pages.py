"""What is announced as published is found: or else it is said what has to be published first."""

from datetime import timedelta
from itertools import permutations

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from tests.admin_forms import AdminForm
from tests.factories import ContentPageFactory
from tests.html import links, parse, read, read_json, words
from tests.partners.contract import API
from tests.school import School
from tests.swedish import swedish_draft


def publish(client: Client, page: Page) -> BeautifulSoup:
    """Publish a page as it is, and return what is shown then."""
    address = f"/admin/pages/{page.pk}/edit/"
    form = AdminForm(client, address)
    return parse(client.post(address, {**form.fields, "action-publish": "1"}, follow=True))


def test_below_an_unpublished_home_page_what_to_publish_first_is_said_and_linked(
    school: School, moderator: Client, client: Client
) -> None:
    home, index, course = (
        swedish_draft(page) for page in (school.home, school.index, school.course)
    )
    above = {
        page.get_admin_display_title(): f"/admin/pages/{page.pk}/edit/" for page in (home, index)
    }
    document = read(moderator, f"/admin/pages/{course.pk}/edit/")
    assert set(above.values()) <= set(links(document.select("[data-advice]")[0]))

    document = publish(moderator, course)
    [warning] = document.select(".messages .warning")
    assert "is published, but visitors cannot find it yet" in words(warning)
    assert set(above.values()) <= set(links(warning))
    [success] = document.select(".messages .success")
    assert "View live" not in words(success)
    assert above[home.get_admin_display_title()] in links(success)

    for page in (home, index):
        publish(moderator, page)
    document = publish(moderator, course)
    assert "cannot find" not in words(document)
    [success] = document.select(".messages .success")
    assert "View live" in words(success)
    course.refresh_from_db()
    assert client.get(course.url).status_code == 200


def test_a_new_page_below_an_unpublished_one_says_so_too(school: School, moderator: Client) -> None:
    Page.objects.get(pk=school.home.pk).specific.unpublish()
    address = f"/admin/pages/add/home/contentpage/{school.home.pk}/"
    form = AdminForm(moderator, address)
    form["title"] = "For companies"
    form["slug"] = "companies"
    document = parse(moderator.post(address, {**form.fields, "action-publish": "1"}, follow=True))
    above = f"/admin/pages/{school.home.pk}/edit/"
    [success] = document.select(".messages .success")
    assert above in links(success)
    assert "View live" not in words(success)
    [warning] = document.select(".messages .warning")
    assert above in links(warning)


def test_the_pages_above_are_published_together_by_those_who_may(
    school: School, moderator: Client, editor: Client, client: Client
) -> None:
    home, index, course = (
        swedish_draft(page) for page in (school.home, school.index, school.course)
    )
    together = f"/admin/pages/{course.pk}/publish-above/"
    assert together not in links(read(editor, f"/admin/pages/{course.pk}/edit/"))
    assert editor.post(together).status_code == 302
    assert not Page.objects.get(pk=home.pk).live

    assert together in links(publish(moderator, course).select(".messages .warning")[0])
    index.title, index.slug = "Kurser", "search"
    index.save_revision(clean=False)
    refused = parse(moderator.post(together, follow=True))
    assert "cannot be published yet" in words(refused.select(".messages .error")[0])
    assert not Page.objects.get(pk=home.pk).live

    index.slug = "kurser"
    index.save_revision()
    document = read(moderator, together)
    assert "Kurser" in words(document)
    document = parse(moderator.post(together, follow=True))
    assert "View live" in words(document.select(".messages .success")[0])
    assert client.get("/sv/kurser/gmp/").status_code == 200
    assert together not in links(document)


@pytest.mark.parametrize("order", list(permutations(("home", "index", "course"))))
def test_in_whatever_order_a_translation_is_published_nothing_is_announced_that_is_not_there(
    order: tuple[str, ...], school: School, moderator: Client, client: Client
) -> None:
    pages = {name: swedish_draft(getattr(school, name)) for name in ("home", "index", "course")}
    for name in order:
        said = words(publish(moderator, pages[name]).select(".messages .success")[0])
        is_found = client.get(pages[name].url).status_code == 200
        assert is_found or "View live" not in said
        listed = {row["id"] for row in read_json(client, f"{API}pages/?locale=sv")["items"]}
        there = {page.pk for page in pages.values() if client.get(page.url).status_code == 200}
        assert listed == there
    assert listed == {page.pk for page in pages.values()}


@pytest.mark.parametrize("way", ["bulk", "bulk, from above", "the page below"])
def test_what_is_published_with_others_and_is_not_public_is_named_with_the_reason(
    way: str, school: School, moderator: Client
) -> None:
    home = school.home
    over, later, sound = (
        ContentPageFactory(parent=parent, title=title, live=False)
        for parent, title in ((home, "Over"), (home, "Later"), (school.about, "Sound"))
    )
    below = [ContentPageFactory(parent=page, title=f"Below {page}") for page in (over, later)]
    over.expire_at = timezone.now() + timedelta(minutes=5)
    later.go_live_at = timezone.now() + timedelta(days=1)
    for page in (over, later, sound):
        page.save_revision()
    bulk = "/admin/bulk/wagtailcore/page/publish/?next=/admin/"
    chosen = "".join(f"&id={page.pk}" for page in (over, later, sound, below[0]))
    requests: dict[str, list[tuple[str, dict[str, str]]]] = {
        "bulk": [(bulk + chosen, {})],
        "bulk, from above": [(f"{bulk}&id={home.pk}", {"include_descendants": "on"})],
        "the page below": [(f"/admin/pages/{page.pk}/publish-above/", {}) for page in below],
    }
    with time_machine.travel(timezone.now() + timedelta(minutes=10)):
        answers = [
            parse(moderator.post(address, data, follow=True)) for address, data in requests[way]
        ]
    said = " ".join(words(item) for page in answers for item in page.select(".messages li"))
    assert "“Over” was to be public until 15 September 2026, 14:05, which has passed" in said
    assert "“Later” will be published on 16 September 2026, 14:00" in said
    assert not Page.objects.filter(pk__in=(over.pk, later.pk), live=True)
    counted = {
        "bulk": "2 pages have been published",
        "bulk, from above": "1 page and 1 child page have been published",
    }
    if way in counted:
        assert counted[way] in said
        assert "Sound" not in said
    else:
        assert "are published" not in said
    if way == "bulk":
        assert "“Below Over” is published, but visitors cannot find it until “Over” is" in said
