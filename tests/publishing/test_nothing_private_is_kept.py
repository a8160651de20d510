"""Nothing personal, private or unpublished is kept, or answered from what was kept."""

import pytest
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from cms.publishing.visibility import public_pages
from home.models import ContentPage
from tests.admin_forms import AdminForm
from tests.factories import ContentPageFactory
from tests.publishing.reading import kept_responses, read
from tests.school import School

SECRET = "Known to members only."


def assert_private(response: object) -> None:
    headers = response.headers  # type: ignore[attr-defined]
    assert "no-store" in headers["Cache-Control"]
    assert "public" not in headers["Cache-Control"]
    assert "ETag" not in headers


@pytest.fixture
def members(school: School) -> ContentPage:
    """A published page whose words are for members."""
    page: ContentPage = ContentPageFactory(
        parent=school.home, title="Members", slug="members", lead=SECRET
    )
    return page


def restrict(page: Page, kind: str) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=kind, password="open sesame")


@pytest.mark.parametrize("kind", ["login", "password", "groups"])
def test_a_private_page_is_never_kept(kind: str, members: ContentPage, client: Client) -> None:
    restrict(members, kind)
    before = kept_responses()
    response = read(client, "/members/")

    assert SECRET not in response.content.decode()
    assert_private(response)
    assert kept_responses() == before


@pytest.mark.parametrize("kind", ["login", "password", "groups"])
def test_a_page_made_private_while_hot_is_gone_at_once(
    kind: str, members: ContentPage, client: Client
) -> None:
    etag = read(client, "/members/").headers["ETag"]
    assert SECRET in read(client, "/members/").content.decode()
    restrict(members, kind)

    for headers in ({}, {"If-None-Match": etag}):
        response = client.get("/members/", headers=headers)
        assert response.status_code != 304
        assert SECRET not in response.content.decode()


def test_a_page_below_a_restriction_is_as_private(school: School, client: Client) -> None:
    read(client, "/about/vision/")
    restrict(school.about, "login")

    response = client.get("/about/vision/")

    assert response.status_code == 302
    assert_private(response)


def test_a_page_unpublished_while_hot_is_gone_at_once(members: ContentPage, client: Client) -> None:
    etag = read(client, "/members/").headers["ETag"]
    members.unpublish()

    response = client.get("/members/", headers={"If-None-Match": etag})

    assert response.status_code == 404
    assert_private(response)


def test_whoever_gave_the_password_sees_the_page_and_nobody_else_does(
    members: ContentPage, client: Client
) -> None:
    restrict(members, "password")
    form = client.get("/members/")
    restriction = PageViewRestriction.objects.get()
    client.post(
        f"/_util/authenticate_with_password/{restriction.pk}/{members.pk}/",
        {"password": "open sesame", "return_url": "/members/"},
    )

    seen = client.get("/members/")
    stranger = Client().get("/members/")

    assert form.status_code == 200
    assert SECRET in seen.content.decode()
    assert_private(seen)
    assert SECRET not in stranger.content.decode()


def test_an_editor_and_a_visitor_never_get_each_others_answer(
    school: School, editor: Client, client: Client
) -> None:
    for_editor = editor.get("/about/")
    for_visitor = client.get("/about/")
    for_editor_again = editor.get("/about/")

    assert "wagtail-userbar" in for_editor.content.decode()
    assert_private(for_editor)
    assert "wagtail-userbar" not in for_visitor.content.decode()
    assert "wagtail-userbar" in for_editor_again.content.decode()


def test_a_session_cookie_that_nobody_has_still_gets_no_shared_answer(
    school: School, client: Client
) -> None:
    read(client, "/about/")
    client.cookies["sessionid"] = "made-up"

    assert_private(client.get("/about/"))


def test_a_request_with_credentials_gets_no_shared_answer(school: School, client: Client) -> None:
    etag = read(client, "/about/").headers["ETag"]

    response = client.get(
        "/about/", headers={"Authorization": "Bearer made-up", "If-None-Match": etag}
    )

    assert response.status_code == 200
    assert_private(response)


def test_a_preview_is_never_kept(school: School, editor: Client) -> None:
    before = kept_responses()
    form = AdminForm(editor, f"/admin/pages/{school.vision.pk}/edit/")
    form["statement"] = "Only a preview"
    preview_address = f"/admin/pages/{school.vision.pk}/edit/preview/"
    editor.post(preview_address, form.fields)
    preview = editor.get(f"{preview_address}?mode=")

    assert "Only a preview" in preview.content.decode()
    assert_private(preview)
    assert kept_responses() == before
    assert "Only a preview" not in read(Client(), "/about/vision/").content.decode()


@pytest.mark.parametrize(
    "address", ["/nowhere/", "/admin/", "/admin/login/", "/about", "/api/v2/nowhere/"]
)
def test_errors_redirects_and_the_admin_are_not_kept(
    address: str, school: School, client: Client
) -> None:
    before = kept_responses()
    response = read(client, address)

    assert response.status_code != 200 or address == "/admin/login/"
    assert_private(response)
    assert kept_responses() == before


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Forwarded-Host": "evil.example"},
        {"X-Forwarded-Proto": "https"},
        {"X-Forwarded-For": "127.0.0.1"},
        {"Accept-Language": "sv"},
        {"Accept": "application/xml"},
        {"Cookie": "theme=evil; csrftoken=evil; django_language=sv"},
        {"X-Original-URL": "/admin/"},
        {"X-HTTP-Method-Override": "POST"},
        {"User-Agent": "<script>evil</script>"},
        {"Referer": "https://evil.example/"},
        {"Accept-Encoding": "identity;q=1, evil"},
    ],
    ids=lambda headers: next(iter(headers)),
)
def test_no_header_can_change_what_others_are_answered(
    headers: dict[str, str], school: School, client: Client
) -> None:
    expected = {
        address: Client().get(f"{address}?probe").content for address in ("/", "/courses/gmp/")
    }
    for address, content in expected.items():
        poisoned = client.get(address, headers=headers)
        clean = Client().get(address)
        assert b"evil" not in clean.content
        assert clean.content == content == poisoned.content


def test_a_foreign_host_is_refused_before_anything_is_looked_up(
    school: School, client: Client
) -> None:
    read(client, "/")

    assert client.get("/", headers={"Host": "evil.example"}).status_code == 400


def test_another_of_our_hosts_has_answers_of_its_own(school: School, client: Client) -> None:
    here = read(client, "/")
    there = client.get("/", headers={"Host": "localhost"})

    assert here.headers["ETag"] != there.headers["ETag"]
    assert "hit" not in there.headers["Cache-Status"]


def test_posting_to_a_page_is_refused_and_touches_nothing_kept(
    school: School, client: Client
) -> None:
    read(client, "/about/")
    before = kept_responses()

    assert client.post("/about/", {"x": "y"}).status_code in (403, 405)
    assert kept_responses() == before


def test_an_alias_of_what_is_private_is_as_private(school: School, client: Client) -> None:
    school.vision.create_alias(parent=school.home, update_slug="vision-alias")
    alias = Page.objects.get(slug="vision-alias")
    alias.create_alias(parent=school.home, update_slug="alias-of-alias")
    school.about.create_alias(parent=school.home, update_slug="about-alias", recursive=True)
    addresses = ["/vision-alias/", "/alias-of-alias/", "/about-alias/", "/about-alias/mission/"]
    assert [client.get(address).status_code for address in addresses] == [200] * 4
    restrict(school.about, "login")

    assert [client.get(address).status_code for address in addresses] == [302] * 4
    public = set(public_pages().values_list("slug", flat=True))
    assert not public & {"vision-alias", "alias-of-alias", "about-alias", "vision", "mission"}


@pytest.mark.parametrize("address", ["/admin/", "/admin/account/", "/admin/pages/{page}/edit/"])
def test_no_browser_keeps_a_page_of_the_admin(
    address: str, school: School, administrator: Client
) -> None:
    response = administrator.get(address.format(page=school.vision.pk))

    assert response.status_code == 200
    assert_private(response)
