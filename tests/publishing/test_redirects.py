"""An old address leads to where its page is now: to what everyone may read, and to nothing else."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from tests.admin_forms import AdminForm, errors_beside
from tests.factories import ContentPageFactory, make_private
from tests.html import parse, read, read_json, words
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
    rename(school.contact, 250 * "a")
    rename(school.contact, 250 * "b")
    assert leads_to(client, f"/{250 * 'a'}/") == 404
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


def test_a_typed_address_of_what_is_not_public_is_told_to_nobody(
    school: School, client: Client
) -> None:
    typed = {
        "/by-path": "/contact/",
        "/without-slash": "/contact",
        "/with-query": "/contact/?from=mail#top",
        "/by-host": "http://testserver/contact/",
        "/to-a-file": "/contact/plan.ics",
        "/below": "/contact/team/",
    }
    ContentPageFactory(parent=school.contact, slug="team")
    Redirect.add_redirect("/to-page", redirect_to=school.contact)
    for old_path, link in (typed | {"/elsewhere": "https://example.org/contact/"}).items():
        Redirect.objects.create(old_path=old_path, redirect_link=link)

    def told() -> set[str]:
        items = read_json(client, f"{API}redirects/?limit=100&order=-id")["items"]
        return {item["old_path"] for item in items}

    everything = {*typed, "/to-page", "/elsewhere"}
    assert told() == everything
    restriction = make_private(school.contact)
    assert told() == {"/elsewhere"}
    for old_path in everything - {"/elsewhere"}:
        assert leads_to(client, old_path) == 404, old_path
    restriction.delete()
    assert told() == everything
    school.contact.unpublish()
    assert told() == {"/elsewhere", "/below"}
    assert leads_to(client, "/by-path") == 404


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

    form("//[", "https://example.org/").send()
    refused = form("/" + 100 * "a ", "https://example.org/").send()
    assert "too long" in errors_beside(refused, "old_path")
    refused = form("/sv/search/", "https://example.org/").send()
    assert "The site itself is at this address" in errors_beside(refused, "old_path")

    form("/om oss igen", "https://example.org/om").save()
    form("/anso\u0308kan", "https://example.org/apply").save()
    form('/[brackets] "100%"|', "https://example.org/odd").save()
    for asked in (
        "/%5Bbrackets%5D%20%22100%25%22%7C",
        "/om%20oss%20igen",
        "/ans%C3%B6kan",
        "/anso%CC%88kan/",
        "/anso%CC%88kan?a=1",
    ):
        response = client.get(asked)
        if response.headers.get("Location", "").startswith("/"):
            response = client.get(response.headers["Location"])
        assert response.headers["Location"].startswith("https://example.org/"), asked


def test_redirects_onto_each_other_are_followed_in_one_step(
    school: School, client: Client, rename: Callable[[Page, str], None]
) -> None:
    host = "atmp.example.org"
    Site.objects.update(hostname=host)
    rename(school.contact, "write-to-us")
    Redirect.add_redirect("/one", f"http://{host}/two/?a=1")
    Redirect.add_redirect("/two", "http://testserver/three", is_permanent=False)
    Redirect.add_redirect("/three", f"http://{host}/contact/")
    response = client.get("/one/")
    assert (response.status_code, response.headers["Location"]) == (302, "/write-to-us/")
    assert client.get("/three").status_code == 301
    found = client.get(f"{API}pages/find/?html_path=/one/").headers["Location"]
    assert found.endswith(f"{API}pages/{school.contact.pk}/")

    # Where one on the way is given to a page, the way ends there.
    ContentPageFactory(parent=school.home, slug="two")
    assert client.get("/one").headers["Location"] == f"http://{host}/two/?a=1"
    school.contact.unpublish()
    assert client.get("/three/").status_code == 404

    # Nobody can type or import a circle; a backup may hold one.
    Redirect.add_redirect("/here", f"http://{host}/there")
    Redirect.add_redirect("/there", f"http://{host}/here")
    assert client.get("/here/").status_code == 404


def test_an_import_of_redirects_is_checked_as_what_is_typed(
    school: School, administrator: Client
) -> None:
    Site.objects.update(hostname="atmp.example.org")
    rows = [
        ("/a", "https://atmp.example.org/b"),
        ("/b", "https://atmp.example.org/a"),
        ("/courses/", "https://example.org/"),
        ("/ku\u0308che", "https://example.org/k"),
        ("/d", "no address"),
        ("", ""),
    ]
    lines = [f"{old},{new}" for old, new in rows]
    imported = _import(administrator, "from,to", *lines)
    told = words(parse(imported.send()))
    assert "back to this one" in told
    assert "“Courses” is at this address" in told
    assert set(Redirect.objects.values_list("old_path", flat=True)) == {"/a", "/k\u00fcche"}
    # Sent a second time, and with a row that ends early.
    told = words(parse(imported.client.post(imported.address, imported.fields, follow=True)))
    assert "has been imported already" in told
    gaps = _import(administrator, "from,to", "/e,https://example.org/", "/f")
    told = words(parse(gaps.client.post(gaps.address, gaps.fields, follow=True)))
    assert "Nothing was imported" in told
    assert not Redirect.objects.filter(old_path="/e").exists()


def _import(client: Client, *lines: str) -> AdminForm:
    """Return the form that asks which column is which, filled in."""
    file = SimpleUploadedFile("redirects.csv", "\n".join(lines).encode(), "text/csv")
    document = parse(client.post("/admin/redirects/import/", {"import_file": file}))
    form = document.select("main form")[-1]
    asked = AdminForm.of(client, "/admin/redirects/import/process/", document, form)
    asked["from_index"], asked["to_index"] = "0", "1"
    return asked


def test_what_was_public_and_is_deleted_is_gone_and_nothing_else_is(
    school: School, client: Client
) -> None:
    draft = ContentPageFactory(parent=school.home, slug="secret", live=False)
    private = ContentPageFactory(parent=school.home, slug="private")
    make_private(private)
    for page in (school.course, school.contact, draft, private):
        page.delete()
    gone = client.get("/courses/gmp/")
    assert gone.status_code == 410
    assert "This page has been removed" in words(parse(gone))
    assert client.get("/courses/gmp/calendar.ics").status_code == 410
    assert client.get("/Contact").status_code in {301, 410}
    assert client.get("/secret/").status_code == client.get("/private/").status_code == 404
    # A page or a redirect at the address goes first.
    ContentPageFactory(parent=school.home, title="New", slug="contact")
    assert client.get("/contact/").status_code == 200
    Redirect.objects.create(old_path="/courses/gmp", redirect_page=school.index)
    assert leads_to(client, "/courses/gmp/") == "/courses/"


def test_capital_letters_in_an_address_lead_to_the_page(school: School, client: Client) -> None:
    make_private(school.contact)
    assert leads_to(client, "/Courses/GMP") == "/courses/gmp/"
    # Never to another host, which is what two slashes begin.
    response = client.get("/?stage=x", PATH_INFO="//Courses/")
    assert response.headers["Location"] == "/courses/?stage=x"
    assert leads_to(client, "/COURSES/Calendar.ics?deadlines=true") == "/courses/calendar.ics"
    assert client.get("/Contact/").status_code == client.get("/Nowhere/").status_code == 404
    assert client.get("/favicon.ico").headers["Location"].startswith("/static/cms/favicon")
