"""Whatever characters a text is made of, it enters clean, and what leaves the site can be read."""

import unicodedata
from collections.abc import Iterator
from email import message_from_bytes
from io import BytesIO
from typing import Any
from urllib.parse import quote

import pytest
from defusedxml import ElementTree
from django import forms
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.mail import EmailMessage
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from openpyxl import load_workbook
from pytest_django import Settings
from wagtail.models import Page
from wagtail.search.backends import get_search_backend
from wagtail.search.query import And, Phrase, PlainText

from cms.blocks.tables import TableBlock
from cms.models import University
from cms.operations.mail import deliver
from cms.upstream.characters import clean, clean_line
from courses.feeds import atom, icalendar
from courses.models import CoursePage, CourseSession
from tests.admin_forms import AdminForm
from tests.day import NOW
from tests.school import School

# Where programs differ, and letters in two spellings.
ODD = (
    "\x00\x02\t\n\x0b\x0c\r\x1c\x1f\x7f\x85\x9f\u2028\ufdd0\ufffe\uffff\U0001ffff\u202e\u2066\u2069"
)
TEXTS = st.text(
    st.one_of(st.sampled_from(f"{ODD}\ud800o\u0308å <&;,"), st.characters()), max_size=40
)
FEW = examples(
    max_examples=25,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
# From Word, which ends a line within a paragraph so; in the spelling of a Mac.
PASTED, SAVED = "Kurs\x0bi Go\u0308teborg\x02\u202e", "Kurs i Göteborg"


def _wrong(text: str) -> set[str]:
    return {
        character
        for character in text
        if (unicodedata.category(character) in {"Cc", "Cs"} and character not in "\t\r\n")
        or ord(character) & 0xFFFE == 0xFFFE
    }


@FEW
@given(TEXTS)
def test_a_clean_text_is_composed_and_has_nothing_that_cannot_be_seen(text: str) -> None:
    cleaned = clean(text)
    assert not _wrong(cleaned)
    assert unicodedata.is_normalized("NFC", cleaned)
    assert clean(cleaned) == cleaned
    assert len(clean_line(text).splitlines()) <= 1


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("a\u202eb", "ab"),
        ("a\u202eb\u202cc", "a\u202eb\u202cc"),
        ("a\u2066b\u202ec\u2069d", "a\u2066bc\u2069d"),
        ("a\u202eb\nc\u202c", "ab\nc"),
        ("a\u202c\u2069", "a"),
        ("👩\u200d🔬 \u200cא\u200f", "👩\u200d🔬 \u200cא\u200f"),
    ],
)
def test_a_direction_ends_where_its_line_does(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@FEW
@given(TEXTS)
def test_every_field_cleans_what_it_is_given_but_a_password(text: str) -> None:
    text = text.replace("\0", "")
    assert forms.CharField(required=False).to_python(text) == clean_line(text).strip()
    area = forms.CharField(required=False, widget=forms.Textarea)
    assert area.to_python(text) == clean(text).strip()
    password = forms.CharField(required=False, strip=False, widget=forms.PasswordInput)
    assert password.to_python(text) == text


def test_an_upload_is_called_as_anybody_would_type_it() -> None:
    assert SimpleUploadedFile("Schemaa\u0308ndring.pdf", b"").name == "Schemaändring.pdf"


def test_a_table_s_caption_and_headings_are_clean() -> None:
    block = TableBlock()
    stored = {"caption": PASTED, "columns": [{"type": "text", "heading": PASTED}], "rows": []}
    assert block.get_prep_value(block.clean(block.to_python(stored))) == {
        "caption": SAVED,
        "columns": [{"type": "text", "heading": SAVED}],
        "rows": [],
    }


def test_what_is_pasted_into_a_page_is_saved_clean(school: School, editor: Client) -> None:
    form = AdminForm(editor, f"/admin/pages/{school.course.pk}/edit/")
    form["title"] = form["summary"] = form["sessions-0-note"] = PASTED
    form.write("audience", PASTED)
    form.stream("body", [("heading", {"text": PASTED, "level": "h2"})])
    form.save()
    draft: Any = CoursePage.objects.get(pk=school.course.pk).get_latest_revision_as_object()
    assert draft.title == draft.sessions.all()[0].note == draft.body[0].value["text"] == SAVED
    assert draft.summary == SAVED.replace("Kurs ", "Kurs\n")
    assert SAVED.removeprefix("Kurs ") in draft.audience


def _lines(calendar: bytes) -> Iterator[bytes]:
    """Yield the content lines of a calendar, which hold no control but a tab (RFC 5545, 3.1)."""
    assert calendar.endswith(b"\r\n")
    for line in calendar[:-2].replace(b"\r\n ", b"").split(b"\r\n"):
        assert not set(line) & (set(range(0x20)) - {9} | {0x7F})
        yield line


@FEW
@given(TEXTS)
def test_feeds_and_calendars_can_be_read_whatever_is_stored(school: School, text: str) -> None:
    course: Any = school.course
    session = course.sessions.all()[0]
    course.title = course.summary = course.host.name = session.note = session.location = text
    session.page = course
    address = "https://example.org"
    feed = atom.build_feed([course], NOW.date(), address, address, address)
    titles = ElementTree.fromstring(feed).iter("{http://www.w3.org/2005/Atom}title")
    assert clean_line(text) in [title.text or "" for title in titles]
    calendar = icalendar.build_calendar([session], text, address, with_deadlines=True)
    assert any(line.startswith(b"LAST-MODIFIED") for line in _lines(calendar))


def test_every_answer_can_be_read_with_rows_from_before(
    school: School, client: Client, editor: Client
) -> None:
    stored = {"title": f"A{ODD[1:]}B", "summary": f"A{ODD[1:]}B"}
    CoursePage.objects.filter(pk=school.course.pk).update(**stored)
    University.objects.filter(pk=school.university.pk).update(name=f"A{ODD[1:]}B")
    CourseSession.objects.update(note=f"A{ODD[1:]}B")
    assert ElementTree.fromstring(client.get("/courses/feed.atom").content) is not None
    assert ElementTree.fromstring(client.get("/sitemap.xml").content) is not None
    assert list(_lines(client.get("/courses/calendar.ics").content))
    assert client.get(f"/api/v2/courses/{school.course.pk}/").json()["summary"]
    assert client.get("/courses/gmp/").status_code == 200
    for address in ("/admin/courses/", "/admin/sessions/"):
        for kind in ("xlsx", "csv"):
            content = b"".join(editor.get(f"{address}?export={kind}"))
            if kind == "xlsx":
                rows = load_workbook(BytesIO(content)).worksheets[0].iter_rows(values_only=True)
                assert not _wrong("".join(str(cell) for row in rows for cell in row))


def test_a_message_is_sent_whatever_a_page_is_called(settings: Settings) -> None:
    settings.MAILERS = {"server": settings.MAILERS["default"]}
    deliver([EmailMessage(f"“{PASTED}\nBcc: x@example.org” is published", "A", to=["a@b.se"])])
    message = message_from_bytes(mail.outbox[0].message().as_bytes())
    assert message["Bcc"] is None
    assert mail.outbox[0].subject == f"“{SAVED} Bcc: x@example.org” is published"


# What the query languages of both databases are made of.
QUERIES = st.text(st.one_of(st.sampled_from("\"'*:^(){}+-|&!<>\\%a \0\x0b\ud800"), st.characters()))


@pytest.mark.django_db
@FEW
@given(QUERIES, QUERIES)
def test_no_text_makes_a_search_fail(one: str, other: str) -> None:
    backend = get_search_backend()
    for query in (one, f'"{one}" AND {other}', And([PlainText(one), Phrase(other)])):
        assert list(backend.search(query, Page)) is not None
    assert list(backend.autocomplete(one, Page)) is not None


@pytest.mark.parametrize("text", ['"', '"cell', 'cell"', "\x0bcell"])
def test_a_lone_mark_is_no_outage(text: str, school: School, administrator: Client) -> None:
    addresses = (
        *("/search/?q=", "/api/v2/courses/?search=", "/api/v2/pages/?search="),
        *(f"/admin/pages/{school.home.pk}/?q=", "/admin/pages/search/?q="),
        *("/admin/choose-page/search/?q=", "/admin/images/?q=", "/admin/documents/chooser/?q="),
    )
    for address in addresses:
        response = administrator.get(f"{address}{quote(text)}")
        # The API says which characters it does not take.
        assert response.status_code == (400 if "api" in address and text < " " else 200), address
