"""What a sender did wrong is answered as such; what the site does wrong is not hidden behind it."""

import os
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client, RequestFactory
from PIL import Image

from cms.security.bad_requests import BadRequestMiddleware
from tests.admin_forms import SETTINGS_FORM, AdminForm
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
    answer = administrator.post(address.format(page=school.contact.pk))
    assert answer.status_code in {200, 400}
    if answer.status_code == 400:
        assert "Nothing was changed." in words(parse(answer))
    assert not school.contact.revisions.exists()


def test_a_key_that_is_none_is_no_fault_of_the_site(school: School, moderator: Client) -> None:
    for key in ("Lund", "9" * 30):
        answer = moderator.get(f"/admin/bulk/wagtailcore/page/delete/?id={key}")
        assert answer.status_code in {200, 400, 404}


def test_a_fault_of_the_site_stays_one() -> None:
    middleware = BadRequestMiddleware(lambda request: HttpResponse())
    for path in ("/admin/", "/about/"):
        request = RequestFactory().get(path)
        for error in (ValueError("a fault"), KeyError("a fault"), RuntimeError("a fault")):
            with pytest.raises(type(error)) as raised:
                raise error
            assert middleware.process_exception(request, raised.value) is None


@pytest.mark.parametrize("missing", [1, 6, 12, 200, 4000])
def test_a_truncated_image_is_refused_or_can_be_shown(
    missing: int, school: School, editor: Client
) -> None:
    data = BytesIO()
    Image.frombytes("RGB", (60, 60), os.urandom(60 * 60 * 3)).save(data, "PNG")
    upload = SimpleUploadedFile("a.png", data.getvalue()[:-missing])
    form = AdminForm(editor, "/admin/images/add/", SETTINGS_FORM)
    form["title"] = "Cut off"
    answer = editor.post(form.address, {**form.fields, "file": upload})
    assert answer.status_code in {200, 302}
    assert editor.get("/admin/images/").status_code == 200
