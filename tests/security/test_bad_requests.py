"""What a sender did wrong is answered as such; what the site does wrong is not hidden behind it."""

import json
import os
from functools import partial
from io import BytesIO

import pytest
from django.core.exceptions import BadRequest, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path, reverse
from PIL import Image
from pytest_django import Settings
from wagtail.models import Page

import cms.urls
from home.models import HomePage
from tests.admin_forms import SETTINGS_FORM, AdminForm
from tests.factories import UserFactory
from tests.html import parse, words
from tests.school import School


@pytest.mark.parametrize(
    "address",
    [
        "/admin/pages/{page}/edit/",
        "/admin/pages/{page}/copy/",
        "/admin/choose-external-link/",
        "/admin/snippets/choose/cms/university/create/",
        "/admin/redirects/import/process/",
    ],
)
def test_an_incomplete_form_is_said_to_be_one(
    address: str, school: School, administrator: Client
) -> None:
    response = administrator.post(address.format(page=school.contact.pk))
    assert response.status_code in {200, 400}
    if response.status_code == 400:
        assert "Nothing was changed." in words(parse(response))
    assert not school.contact.revisions.exists()


def test_a_key_that_is_none_is_no_fault_of_the_site(school: School, moderator: Client) -> None:
    for key in ("Lund", "9" * 30):
        response = moderator.get(f"/admin/bulk/wagtailcore/page/delete/?id={key}")
        assert response.status_code in {200, 400, 404}
    address = f"/admin/pages/{school.contact.pk}/move/"
    assert "valid choice" in moderator.post(address, {"new_parent_page": "Lund"}).text
    assert moderator.get("/admin/documents/chooser/chosen/Lund/").status_code == 400


def _own_key_error() -> None:
    raise KeyError("no such thing")


def _own_validation_error() -> None:
    raise ValidationError("A rule of ours that nobody asked for.")


def _own_json_error() -> None:
    json.loads("what we have stored is broken")


def _field_is_misspelt() -> None:
    HomePage.objects.filter(summry="x")


def _name_is_misspelt() -> None:
    reverse("no-such-view")


def _key_is_no_number() -> None:
    HomePage.objects.get(pk="Lund")


def _data_is_too_long() -> None:
    raise DataError("value too long for type character varying(5)")


def _raise_it(request: HttpRequest, fault: str, **kwargs: str) -> HttpResponse:
    globals()[f"_{fault}"]()
    return HttpResponse()


urlpatterns = [
    path("admin/key/", partial(_raise_it, fault="key_is_no_number")),
    path("admin/data/", partial(_raise_it, fault="data_is_too_long")),
    path("admin/key/<str:pk>/", partial(_raise_it, fault="key_is_no_number")),
    path("admin/own/<str:fault>/", _raise_it),
    *cms.urls.urlpatterns,
]


@pytest.fixture
def faulty(administrator: Client, settings: Settings) -> Client:
    """An administrator at a site some of whose views fail."""
    settings.ROOT_URLCONF = "tests.security.test_bad_requests"
    administrator.raise_request_exception = False
    return administrator


@pytest.mark.parametrize(
    "fault",
    [
        *("own_key_error", "own_validation_error", "own_json_error"),
        *("field_is_misspelt", "name_is_misspelt", "key_is_no_number"),
    ],
)
def test_a_fault_of_the_site_stays_one_whatever_was_sent(fault: str, faulty: Client) -> None:
    for response in (
        faulty.get(f"/admin/own/{fault}/?q=Lund"),
        faulty.post(f"/admin/own/{fault}/", {"title": "Lund", "next": "/elsewhere/"}),
    ):
        assert response.status_code == 500


def test_whoever_sends_nothing_has_made_no_mistake(faulty: Client) -> None:
    for address in ("/admin/key/", "/admin/data/"):
        assert faulty.get(address).status_code == faulty.head(address).status_code == 500
        assert faulty.get(f"{address}?id=Lund").status_code == 400
    assert faulty.post("/admin/data/").status_code == 400
    assert faulty.get("/admin/key/Lund/").status_code == 400


def test_a_visitor_s_page_has_no_such_excuse(faulty: Client, settings: Settings) -> None:
    settings.STAFF_PATHS = ["elsewhere/"]
    assert faulty.get("/admin/key/?id=Lund").status_code == 500


def test_what_people_who_work_here_meet_is_logged_as_an_error(
    faulty: Client, caplog: pytest.LogCaptureFixture
) -> None:
    for client, level in ((faulty, "ERROR"), (Client(), "WARNING")):
        caplog.clear()
        assert client.get("/admin/key/?id=Lund").status_code == 400
        (record,) = [record for record in caplog.records if "understood" in record.message]
        assert record.levelname == level
        assert record.exc_info
        assert record.exc_info[0] is BadRequest


@pytest.mark.parametrize(
    "target", ["true", "-1", "a\x00b", '{"a":1}', "wagtailadmin_pages:edit", "' OR '1'='1"]
)
def test_a_target_that_is_no_address_is_the_sender_s(
    target: str, school: School, administrator: Client
) -> None:
    address = f"/admin/pages/{school.contact.pk}/unpublish/"
    assert administrator.post(address, {"next": target}).status_code == 400


def test_a_copy_needs_a_parent_that_exists(school: School, moderator: Client) -> None:
    address = f"/admin/pages/{school.contact.pk}/copy/"
    for parent in ("999999", "Lund"):
        form = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": parent}
        assert moderator.post(address, form).status_code == 404


def test_the_root_of_all_pages_cannot_be_moved(school: School) -> None:
    superuser = Client()
    superuser.force_login(UserFactory.create(is_superuser=True))
    root = Page.get_first_root_node()
    response = superuser.post(f"/admin/pages/{root.pk}/move/{school.home.pk}/confirm/")
    assert "you do not have permission" in words(parse(superuser.get(response["Location"])))


@pytest.mark.parametrize("body", ["[7]", "7", "null", '"a"', "[" * 100_000])
def test_json_of_another_shape_is_the_sender_s(body: str, editor: Client) -> None:
    response = editor.patch("/admin/dismissibles/", body, content_type="application/json")
    assert response.status_code == 400


@pytest.mark.parametrize(
    "state",
    [
        *("", "{", "[]", "null", "7", "[" * 100_000, '{"blocks": 7, "entityMap": []}'),
        *('{"blocks": [7], "entityMap": {}}', '{"blocks": {}, "entityMap": {}}'),
        '{"blocks": [{"text": "\\ud800", "type": "unstyled", "key": "a"}], "entityMap": {}}',
    ],
)
def test_rich_text_of_another_shape_is_the_sender_s(
    state: str, school: School, moderator: Client
) -> None:
    form = AdminForm(moderator, f"/admin/pages/{school.index.pk}/edit/")
    (name,) = [name for name, values in form.fields.items() if '"entityMap"' in values[0]][:1]
    form[name] = state
    assert form.send().status_code in {302, 200, 400}


@pytest.mark.parametrize("missing", [1, 6, 12, 200, 4000])
def test_a_truncated_image_is_refused_or_can_be_shown(
    missing: int, school: School, editor: Client
) -> None:
    data = BytesIO()
    Image.frombytes("RGB", (60, 60), os.urandom(60 * 60 * 3)).save(data, "PNG")
    upload = SimpleUploadedFile("a.png", data.getvalue()[:-missing])
    form = AdminForm(editor, "/admin/images/add/", SETTINGS_FORM)
    form["title"] = "Cut off"
    response = editor.post(form.address, {**form.fields, "file": upload})
    assert response.status_code in {200, 302}
    assert editor.get("/admin/images/").status_code == 200
