"""An old address leads to where its page is now: to what everyone may read, and to nothing else."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from tests.admin_forms import AdminForm, errors_beside
from tests.factories import ContentPageFactory, make_private
from tests.html import read, words
from tests.partners.contract import API
from tests.school import School
from tests.swedish import swedish_draft


@pytest.fixture
def rename(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> Callable[[Page, str], None]:
    """Give a page another address, and publish it if it is published."""

    def renamed(page: Page, slug: str) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            page.slug = slug
            revision = page.save_revision()
            if page.live:
                revision.publish()
            else:
                page.save()

    return renamed


def leads_to(client: Client, address: str) -> str | int:
    """Return where an address ends, or how it is refused."""
    response = client.get(address, follow=True)
    return response.request["PATH_INFO"] if response.status_code == 200 else response.status_code


def test_an_old_address_leads_on_with_what_stands_below_it(
    school: School, client: Client, rename: Callable[[Page, str], None]
) -> None:
    rename(school.course, "good-practice")
    assert leads_to(client, "/courses/gmp") == "/courses/good-practice/"
    assert leads_to(client, "/courses/gmp/?utm_source=mail") == "/courses/good-practice/"
    response = client.get("/courses/gmp/calendar.ics?deadlines=true")
    assert response.headers["Location"] == "/courses/good-practice/calendar.ics?deadlines=true"
    assert client.get(response.headers["Location"]).status_code == 200
    found = client.get(f"{API}pages/find/?html_path=/courses/gmp/")
    assert found.headers["Location"].endswith(f"{API}courses/{school.course.pk}/")
    rename(school.index, "all-courses")
    assert leads_to(client, "/courses/feed.atom") == "/all-courses/feed.atom"


def test_a_page_that_was_never_published_leaves_no_address_behind(
    school: School, client: Client, rename: Callable[[Page, str], None]
) -> None:
    draft = ContentPageFactory(parent=school.home, slug="secret", live=False)
    rename(draft, "secret-deal")
    rename(swedish_draft(school.about), "om-oss")
    assert not Redirect.objects.exists()
    assert leads_to(client, "/secret/") == leads_to(client, "/sv/about/") == 404


def test_a_redirect_leads_to_nothing_that_is_not_public(
    school: School, client: Client, rename: Callable[[Page, str], None]
) -> None:
    rename(school.contact, "write-to-us")
    restriction = make_private(school.contact)
    assert client.get("/contact/").status_code == 404
    assert client.get(f"{API}pages/find/?html_path=/contact/").status_code == 404
    restriction.delete()
    assert leads_to(client, "/contact/") == "/write-to-us/"
    school.contact.unpublish()
    rename(school.contact, "hidden")
    for old in ("/contact/", "/write-to-us/", "/contact/calendar.ics"):
        assert client.get(old).status_code == 404


def test_a_page_goes_before_a_redirect_and_its_editor_is_told(
    school: School, client: Client, moderator: Client, rename: Callable[[Page, str], None]
) -> None:
    rename(school.contact, "write-to-us")
    new = ContentPageFactory(parent=school.home, title="New", slug="contact", live=False)
    address = f"/admin/pages/{new.pk}/edit/"
    told = "There is a redirect from this address too. Visitors now come to this page."
    assert told in words(read(moderator, address).select("[data-advice]")[0])
    AdminForm(moderator, address).save("action-publish")
    assert told in words(read(moderator, "/admin/"))
    for asked in ("/contact", "/contact?utm_source=mail", "/contact/"):
        assert leads_to(client, asked) == "/contact/"
    assert told not in words(read(moderator, f"/admin/pages/{school.contact.pk}/edit/"))


def test_a_redirect_that_would_lead_nobody_is_refused(
    school: School, administrator: Client, client: Client
) -> None:
    add = "/admin/redirects/add/"

    def form(source: str, link: str) -> AdminForm:
        filled_in = AdminForm(administrator, add, "main form[method=POST]")
        filled_in["old_path"], filled_in["redirect_link"] = source, link
        return filled_in

    host = "atmp.example.org"
    Site.objects.update(hostname=host)
    refused = form("/courses", "https://example.org/").send()
    assert "“Courses” is at this address" in errors_beside(refused, "old_path")
    form("/one", f"http://{host}/two/").save()
    refused = form("/two", f"http://{host}/one").send()
    assert "back to this one" in errors_beside(refused, "redirect_link")
    form("/two", "https://example.org/").save()

    form("/om oss igen", "https://example.org/om").save()
    form("/anso\u0308kan", "https://example.org/apply").save()
    for asked in ("/om%20oss%20igen", "/ans%C3%B6kan", "/anso%CC%88kan/", "/anso%CC%88kan?a=1"):
        response = client.get(asked)
        if response.headers.get("Location", "").startswith("/"):
            response = client.get(response.headers["Location"])
        assert response.headers["Location"].startswith("https://example.org/"), asked
