"""Whatever is typed or sent, the response is a clear message, and nothing typed is lost."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from PIL import Image
from wagtail.documents.models import Document
from wagtail.models import Page

from cms.models import SiteImage, User
from tests.admin_forms import (
    SETTINGS_FORM,
    AdminForm,
    errors_beside,
    errors_in_block,
    keeps,
    value_shown,
)
from tests.html import parse, read, words
from tests.school import School

LONG = "Å" * 300
TYPED = "Typed before the mistake."
NUL = "Null characters are not allowed."

# The page, the field, what is typed into it, and what is said beside it.
FIELDS = [
    *(
        (page, "title", LONG, "at most 255 characters (it has 300)")
        for page in ("home", "about", "vision", "mission", "funding", "index", "course", "contact")
    ),
    ("contact", "title", "A\x00B", NUL),
    ("contact", "slug", "x" * 300, "at most 255 characters"),
    ("contact", "slug", "two words", "Enter a valid “slug”"),
    ("contact", "slug", "a/b", "Enter a valid “slug”"),
    ("contact", "slug", "<script>", "Enter a valid “slug”"),
    ("contact", "seo_title", LONG, "at most 255 characters"),
    ("contact", "editorial_note", "x" * 1001, "at most 1000 characters"),
    ("contact", "lead", "x" * 601, "at most 600 characters"),
    ("home", "headline", "x" * 121, "at most 120 characters"),
    ("home", "hero_image", "999999", "Select a valid choice."),
    ("course", "slug", "cells", "already in use"),
    ("course", "code", "x" * 33, "at most 32 characters"),
    ("course", "credits", "seven", "is not a number"),
    ("course", "credits", "1e9", "is not a number"),
    ("course", "credits", "NaN", "is not a number"),
    ("course", "cycle", "fourth", "Select a valid choice."),
    ("course", "host", "999999", "Select a valid choice."),
    ("course", "co_organisers", "999999", "Select a valid choice."),
    ("course", "stages", "x", "is not a valid value."),
    ("course", "syllabus", "999999", "Select a valid choice."),
    ("course", "application_url", "https://" + "a" * 250 + ".se", "at most 200 characters"),
    ("course", "people-0-name", "x" * 121, "at most 120 characters"),
    ("course", "people-0-email", "alva at example", "Enter a valid email address."),
    ("course", "people-0-website", "javascript:alert(1)", "Enter a valid URL."),
    ("course", "people-0-university", "999999", "Select a valid choice."),
    ("course", "related_courses-0-course", "999999", "Select a valid choice."),
    ("funding", "grants-0-amount", "9" * 20, "no more than"),
    ("funding", "grants-0-last_year", "99999", "less than or equal to"),
]

# A field of a new session, what is typed into it, and what is said beside it.
SESSION = [
    ("start_date", "2026-02-30", "is not a date"),
    ("start_date", "2026-13-01", "is not a date"),
    ("start_date", "0000-00-00", "is not a date"),
    ("end_date", "99999-01-01", "is not a date"),
    ("application_opens", "🎉", "is not a date"),
    ("application_closes", "<script>", "is not a date"),
    ("places", "-5", "greater than or equal to 0"),
    ("places", "1.5", "is not a whole number"),
    ("places", "many", "is not a whole number"),
    ("mode", "on the moon", "Select a valid choice."),
    ("state", "open", "Select a valid choice."),
    ("location", "x" * 161, "at most 160 characters"),
    ("note", "x" * 301, "at most 300 characters"),
    ("location", "Lund\x00", NUL),
]

# A block, where in it the mistake is, and what is said there.
LINK = {"label": "Go", "page": "", "url": "https://example.org/"}
BLOCKS: list[tuple[str, Any, str, str]] = [
    ("heading", {"text": "x" * 121, "level": "h2"}, "text", "at most 120 characters"),
    ("heading", {"text": "Why", "level": "h1"}, "level", "Select a valid choice."),
    ("heading", {"text": "", "level": "h2"}, "text", "This field is required."),
    ("quote", {"text": "x" * 601, "attribution": ""}, "text", "at most 600 characters"),
    (
        "call_to_action",
        {"heading": "Go", "text": "", "link": LINK | {"label": "x" * 81}},
        "link.label",
        "at most 80 characters",
    ),
    (
        "call_to_action",
        {"heading": "Go", "text": "", "link": LINK | {"url": "example"}},
        "link.url",
        "Enter a valid URL.",
    ),
    ("upcoming_courses", {"heading": "", "limit": "0"}, "limit", "greater than or equal to 1"),
    ("upcoming_courses", {"heading": "", "limit": "13"}, "limit", "less than or equal to 12"),
    ("upcoming_courses", {"heading": "", "limit": "x"}, "limit", "is not a whole number"),
    ("video", {"url": "<script>", "title": "A", "description": ""}, "url", "Enter a valid URL."),
]


@pytest.mark.parametrize("page", dict.fromkeys(row[0] for row in FIELDS))
def test_a_field_says_what_is_wrong_and_keeps_what_was_typed(
    page: str, school: School, moderator: Client
) -> None:
    where: Page = getattr(school, page)
    form = AdminForm(moderator, f"/admin/pages/{where.pk}/edit/")
    revisions = where.revisions.count()
    form["summary"] = TYPED
    mistakes = [row[1:] for row in FIELDS if row[0] == page]
    for response in form.send_mistakes(mistakes, "action-publish"):
        assert value_shown(response, "summary") == TYPED
    assert where.revisions.count() == revisions


def test_a_session_says_what_is_wrong_and_keeps_what_was_typed(
    school: School, moderator: Client
) -> None:
    form = AdminForm(moderator, f"/admin/pages/{school.course.pk}/edit/")
    form["summary"] = TYPED
    form.add("sessions", workload=TYPED)
    mistakes = [(f"sessions-2-{name}", value, message) for name, value, message in SESSION]
    for response in form.send_mistakes(mistakes, "action-publish"):
        assert value_shown(response, "sessions-2-workload") == TYPED
        assert value_shown(response, "summary") == TYPED
    assert not school.course.revisions.exists()


def test_a_block_says_what_is_wrong_and_keeps_what_was_typed(
    school: School, moderator: Client
) -> None:
    form = AdminForm(moderator, f"/admin/pages/{school.contact.pk}/edit/")
    form["summary"] = TYPED
    blocks = [(block, value) for block, value, _path, _message in BLOCKS]
    form.stream("body", [*blocks, ("quote", {"text": TYPED, "attribution": ""})])
    response = form.press("action-publish")
    errors = errors_in_block(response, "body")
    assert len(errors) == len(BLOCKS)
    for number, (_block, _value, path, message) in enumerate(BLOCKS):
        assert message in errors[f"{number}.{path}"]
    assert TYPED in str(parse(response).select_one("#body[data-block]"))
    assert value_shown(response, "summary") == TYPED
    assert not school.contact.revisions.exists()


@pytest.mark.parametrize(
    ("go_live", "expire", "message"),
    [
        ("2026-12-02 10:00", "2026-12-01 10:00", "must be before expiry"),
        ("", "2020-01-01 10:00", "Expiry date/time must be in the future"),
        ("tomorrow", "", "is not a date with a time"),
        ("2026-02-30 10:00", "", "is not a date with a time"),
    ],
)
def test_a_schedule_that_cannot_be_is_refused_and_the_rest_kept(
    go_live: str, expire: str, message: str, school: School, moderator: Client
) -> None:
    form = AdminForm(moderator, f"/admin/pages/{school.contact.pk}/edit/")
    form["summary"] = TYPED
    # The schedule stands in a dialogue of its own, outside the form in the document.
    form.fields |= {"go_live_at": [go_live], "expire_at": [expire]}
    response = form.press("action-publish")
    assert response.status_code == 200
    # The dialogue is a template, which has no text for a reader of the document.
    assert message in response.text
    assert value_shown(response, "summary") == TYPED


# New pages, universities, stages and accounts


def test_a_new_page_with_a_title_that_is_too_long_keeps_everything(
    school: School, moderator: Client
) -> None:
    form = AdminForm(moderator, f"/admin/pages/add/home/contentpage/{school.home.pk}/")
    form["title"], form["slug"], form["summary"] = LONG, "a", TYPED
    response = form.press("action-publish")
    assert "at most 255 characters" in errors_beside(response, "title")
    assert (value_shown(response, "title"), value_shown(response, "summary")) == (LONG, TYPED)


SNIPPETS = {
    "university": [
        ("name", "x" * 121, "at most 120 characters"),
        ("name", "Umeå University", "already exists"),
        ("short_name", "x" * 13, "at most 12 characters"),
        ("website", "javascript:alert(1)", "Enter a valid URL."),
        ("website", "ftp://ftp.lu.se/", "begins with https:// or http://"),
        ("logo", "999999", "Select a valid choice."),
    ],
    "stage": [
        ("slug", "two words", "Enter a valid “slug”"),
        ("name", "", "This field is required."),
        ("name_sv", "x" * 81, "at most 80 characters"),
    ],
}


@pytest.mark.parametrize(
    ("kind", "address", "other"),
    [
        ("university", "/admin/snippets/cms/university/edit/{pk}/", "city"),
        ("stage", "/admin/snippets/courses/developmentstage/edit/{pk}/", "description_sv"),
    ],
)
def test_a_snippet_says_what_is_wrong_and_keeps_what_was_typed(
    kind: str, address: str, other: str, school: School, moderator: Client
) -> None:
    edited = address.format(pk=getattr(school, kind).pk)
    form = AdminForm(moderator, edited, selector=SETTINGS_FORM)
    form[other] = TYPED
    for response in form.send_mistakes(SNIPPETS[kind]):
        assert value_shown(response, other) == TYPED


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("username", "editor two", "may contain only letters"),
        ("username", "administrator", "already exists"),
        ("username", "x" * 151, "at most 150 characters"),
        ("email", "nobody", "Enter a valid email address."),
        ("password2", "another", "The two password fields didn't match."),
        ("password2", "short", "at least 15 characters"),
    ],
)
def test_an_account_says_what_is_wrong_and_keeps_what_was_typed(
    name: str, value: str, message: str, school: School, administrator: Client
) -> None:
    form = AdminForm(administrator, "/admin/users/new/", selector="main form")
    form["username"], form["email"] = "newcomer", "new@example.org"
    form["first_name"], form["last_name"] = TYPED, "Lindqvist"
    for field in ("password1", "password2"):
        form[field] = "short" if value == "short" else "a sentence that is long"
    form[name] = value
    response = form.send()
    assert message in errors_beside(response, name)
    assert value_shown(response, "first_name") == TYPED
    assert not User.objects.filter(first_name=TYPED).exists()


# Files


def picture(width: int = 40, height: int = 20, kind: str = "PNG") -> bytes:
    """Return an image file's content."""
    data = BytesIO()
    Image.new("RGB", (width, height), "teal").save(data, kind)
    return data.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("photo.png", b"no image at all", "Upload a valid image."),
        ("photo.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "Not a valid .png image."),
        ("photo.jpg", picture(), "Not a valid .jpeg image."),
        ("photo.png", b"", "The submitted file is empty."),
        ("photo.tiff", picture(kind="TIFF"), "Not a supported image format."),
        ("photo", picture(), "Not a supported image format."),
        ("photo.png", picture(400, 300), "too many pixels"),
        ("photo.png", picture() + b"\0" * 5000, "is too big"),
    ],
)
@override_settings(WAGTAILIMAGES_MAX_UPLOAD_SIZE=4000, WAGTAILIMAGES_MAX_IMAGE_PIXELS=10_000)
def test_a_file_that_is_no_good_image_is_refused_in_words(
    name: str,
    content: bytes,
    message: str,
    school: School,
    editor: Client,
) -> None:
    form = AdminForm(editor, "/admin/images/add/", selector=SETTINGS_FORM)
    form["title"], form["credit"] = TYPED, "A. Photographer"
    response = editor.post(form.address, {**form.fields, "file": SimpleUploadedFile(name, content)})
    assert message in errors_beside(response, "file")
    assert value_shown(response, "title") == TYPED
    assert value_shown(response, "credit") == "A. Photographer"
    assert not SiteImage.objects.filter(title=TYPED).exists()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("notes.exe", b"MZ", "not allowed"),
        ("notes", b"words", "not allowed"),
        ("notes.pdf", b"", "The submitted file is empty."),
        ("notes.pdf", b"%PDF-1.7" + b"x" * 5000, "is too big"),
    ],
)
@override_settings(WAGTAILDOCS_MAX_UPLOAD_SIZE=4000)
def test_a_file_that_is_no_good_document_is_refused_in_words(
    name: str,
    content: bytes,
    message: str,
    school: School,
    editor: Client,
) -> None:
    form = AdminForm(editor, "/admin/documents/add/", selector=SETTINGS_FORM)
    form["title"] = TYPED
    response = editor.post(form.address, {**form.fields, "file": SimpleUploadedFile(name, content)})
    assert message in errors_beside(response, "file")
    assert value_shown(response, "title") == TYPED
    assert not Document.objects.filter(title=TYPED).exists()


# What looks bad and is good: it is kept, shown as it was typed, and does nothing

SCRIPT = "<script>alert(1)</script>"


def _text_fields(form: AdminForm) -> list[str]:
    """Return the names of the plain text fields of a form that are not hidden."""
    controls = form.form.select("input[type=text][name], textarea[name]")
    skipped = ("slug", "comments-", "_at", "date", "application_", "-amount", "_year", "id")
    return [
        str(control["name"])
        for control in controls
        if not control.find_parent("template")
        and not control.has_attr("data-draftail-input")
        and not any(part in str(control["name"]) for part in skipped)
        and str(control["name"]) != "credits"
    ]


@pytest.mark.parametrize("page", ["home", "about", "vision", "funding", "index", "course"])
def test_a_script_in_every_text_field_is_text(
    page: str, school: School, moderator: Client, client: Client
) -> None:
    where: Page = getattr(school, page)
    form = AdminForm(moderator, f"/admin/pages/{where.pk}/edit/")
    names = [name for name in _text_fields(form) if name != "grants-0-currency"]
    assert len(names) >= 4
    for name in names:
        form[name] = SCRIPT
    response = form.send("action-publish")
    if response.status_code == 200:
        # Fields with rules of their own, such as an identifier, refuse it.
        for name in [n for n in names if errors_beside(response, n)]:
            assert keeps(response, name, SCRIPT)
            form[name] = AdminForm(moderator, form.address)[name]
        form.save("action-publish")
    public = client.get(where.url).text
    assert SCRIPT not in public
    assert "&lt;script&gt;" in public
    assert AdminForm(moderator, form.address)["title"] == SCRIPT


@pytest.mark.parametrize(
    "title",
    ["Kurs 🎉 👩🏽‍🔬", "العلاج بالخلايا", "טיפול גנטי", "Åsa & Örjan’s “kurs”", "a\u202eb\u202c"],
)
def test_emoji_and_other_scripts_survive_and_are_shown(
    title: str, school: School, moderator: Client, client: Client
) -> None:
    form = AdminForm(moderator, f"/admin/pages/{school.contact.pk}/edit/")
    form["title"], form["summary"] = title, title
    form.stream("body", [("quote", {"text": title, "attribution": title})])
    form.save("action-publish")
    assert AdminForm(moderator, form.address)["title"] == title
    assert title in words(read(client, "/contact/").select("h1")[0])
    assert read(client, "/contact/").select_one("blockquote") is not None
    assert client.get(f"/api/v2/pages/{school.contact.pk}/").json()["title"] == title


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("åldrande-på-öland", "aldrande-pa-oland"),
        ("läkemedel-för-avancerad-terapi", "lakemedel-for-avancerad-terapi"),
    ],
)
def test_swedish_letters_in_an_address_become_plain_ones(
    typed: str, slug: str, school: School, moderator: Client
) -> None:
    form = AdminForm(moderator, f"/admin/pages/add/home/contentpage/{school.home.pk}/")
    form["title"], form["slug"] = "En sida på svenska", typed
    form.save("action-publish")
    assert Page.objects.get(title="En sida på svenska").slug == slug
