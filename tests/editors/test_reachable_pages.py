"""What is announced as published is found: or else it is said what has to be published first."""

from bs4 import BeautifulSoup
from django.test import Client
from wagtail.models import Page

from tests.admin_forms import AdminForm
from tests.html import links, parse, read, words
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
    assert "is published, but visitors do not find it yet" in words(warning)
    assert set(above.values()) <= set(links(warning))
    [success] = document.select(".messages .success")
    assert "View live" not in words(success)
    assert above[home.get_admin_display_title()] in links(success)

    for page in (home, index):
        publish(moderator, page)
    document = publish(moderator, course)
    assert "do not find" not in words(document)
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
