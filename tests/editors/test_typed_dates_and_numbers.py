"""What is typed is what is meant: dates, times and numbers, or a word beside the field."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.db import models
from django.test import Client
from wagtail.admin.forms.models import formfield_for_dbfield
from wagtail.models import Page
from wagtail.users.models import UserProfile

from cms.models import User
from tests.admin_forms import AdminForm, errors_beside, errors_in_block, value_shown
from tests.html import parse, words
from tests.school import School
from tests.spreadsheets import CONFIRM, upload, xlsx
from tests.typing_forms import (
    AMBIGUOUS,
    DAYS,
    NO_DAYS,
    NO_NUMBERS,
    NO_TIMES,
    NUMBERS,
    TIMES,
    WRONG_YEARS,
)

if TYPE_CHECKING:
    from about.models import FundedItem
    from courses.models import CourseSession

DATES = ("start_date", "end_date", "application_opens", "application_closes")
WHOLE = {text: int(value) for text, value in NUMBERS.items() if value == int(value) < 10_000}
NOT_WHOLE = [text for text, value in NUMBERS.items() if value != int(value)]
GMP = "Good manufacturing practice"
STOCKHOLM = ZoneInfo("Europe/Stockholm")


def _editor_of(page: Page, client: Client) -> AdminForm:
    return AdminForm(client, f"/admin/pages/{page.pk}/edit/")


def _draft(page: Page) -> Any:
    return page.specific_class.objects.get(pk=page.pk).get_latest_revision_as_object()


def _speaks(username: str, language: str) -> None:
    profile = UserProfile.get_for_user(User.objects.get(username=username))
    profile.preferred_language = language
    profile.save()


# Each form of a date in each date field of a session, all in one page; places beside them.


def test_dates_and_places_are_what_was_typed(school: School, editor: Client) -> None:
    form = _editor_of(school.other_course, editor)
    places = [*WHOLE, *[""] * len(DAYS)]
    for text, number in zip(DAYS, places, strict=False):
        form.add("sessions", **dict.fromkeys(DATES, text), places=number)
    form.save()

    sessions: list[CourseSession] = list(_draft(school.other_course).sessions.all())
    for text, number, session in zip(DAYS, places, sessions, strict=False):
        assert {getattr(session, name) for name in DATES} == {DAYS[text]}, text
        assert session.places == WHOLE.get(number), number
    shown = _editor_of(school.other_course, editor)
    assert shown["sessions-0-start_date"] == "2027-03-08"


def test_what_is_no_date_is_refused_beside_the_field_and_stays_there(
    school: School, editor: Client
) -> None:
    form = _editor_of(school.other_course, editor)
    wrong = NO_DAYS + WRONG_YEARS
    no_places = [*NOT_WHOLE, *AMBIGUOUS, *NO_NUMBERS]
    for text, number in zip(wrong, no_places, strict=False):
        form.add("sessions", **dict.fromkeys(DATES, text), places=number)
    response = form.send()

    for row, (text, places) in enumerate(zip(wrong, no_places, strict=False)):
        for name in DATES:
            field = f"sessions-{row}-{name}"
            said = errors_beside(response, field)
            message = "year of" if text in WRONG_YEARS else "is not a date; write 2026-10-12 or"
            assert f"“{text}”" in said, (text, said)
            assert message in said, (text, said)
            assert value_shown(response, field) == text
        field = f"sessions-{row}-places"
        assert errors_beside(response, field), places
        assert value_shown(response, field) == places


def test_a_spreadsheet_is_read_as_a_form_is(school: School, editor: Client) -> None:
    head = ["Course", "First day", "Places"]
    preview = upload(editor, xlsx([head, *([GMP, text, ""] for text in NO_DAYS)]))
    said = words(parse(preview))
    for number, text in enumerate(NO_DAYS, start=2):
        assert f"Row {number}, First day: “{text}” is not a date" in said
    # One session on each day: an import knows those on the same day for the same.
    rows = {day: text for text, day in DAYS.items()}
    preview = upload(editor, xlsx([head, *([GMP, text, "1 500"] for text in rows.values())]))
    packed = parse(preview).select_one("input[name=rows]")
    assert packed is not None, words(parse(preview))
    editor.post(CONFIRM, {"rows": str(packed["value"])})
    sessions = [s for s in _draft(school.course).sessions.all() if s.start_date in rows]
    assert {session.start_date for session in sessions} == set(rows)
    assert {session.places for session in sessions} == {1500}


def test_times_of_a_schedule_are_what_was_typed(school: School, moderator: Client) -> None:
    form = _editor_of(school.contact, moderator)
    ways = ("2027-03-08 {}", "8 mars 2027 {}", "8/3 2027, {}", "March 9, 2027 {}")
    days = [date(2027, 3, 8)] * 3 + [date(2027, 3, 9)]
    typed = [
        (way.format(text), datetime.combine(day, meant, STOCKHOLM))
        for (text, meant), way, day in zip(TIMES.items(), ways * 6, days * 6, strict=True)
    ]
    typed.append(("2027-03-08T14:30", datetime.combine(days[0], time(14, 30), STOCKHOLM)))
    for text, meant in typed:
        form.fields |= {"go_live_at": [text], "expire_at": ["12 oktober 2027 kl. 14.30"]}
        form.save()
        draft = _draft(school.contact)
        assert draft.go_live_at == meant, text
        assert draft.expire_at == datetime(2027, 10, 12, 12, 30, tzinfo=UTC)


def test_what_is_no_time_is_refused_in_the_schedule_and_stays_there(
    school: School, moderator: Client
) -> None:
    form = _editor_of(school.contact, moderator)
    wrong = [f"2027-03-08 {text}" for text in NO_TIMES] + ["8/3 2027", "14:30", "xyz", "8/3 14:30"]
    for go_live, expire in zip(wrong[::2], wrong[1::2], strict=True):
        form.fields |= {"go_live_at": [go_live], "expire_at": [expire]}
        response = form.send("action-publish")
        for text in (go_live, expire):
            # The dialogue is a template, which is no part of the document.
            assert f"“{text}” is not a date with a time; write 2026-10-12 14:30" in response.text
            assert f'value="{text}"' in response.text
    assert not school.contact.revisions.exists()


def test_after_a_page_has_expired_its_draft_can_be_saved_and_not_published(
    school: School, moderator: Client
) -> None:
    past = datetime(2026, 9, 1, 10, 0, tzinfo=UTC)
    school.contact.expire_at = past
    school.contact.save_revision()
    form = _editor_of(school.contact, moderator)
    # The schedule stands in a template; closed unsaved, it shows what is saved.
    assert 'data-w-action-value-param="2026-09-01 12:00"' in form.document.decode()
    form.fields |= {"go_live_at": [""], "expire_at": ["2026-09-01 12:00"], "summary": ["New."]}
    form.save()
    assert (_draft(school.contact).summary, _draft(school.contact).expire_at) == ("New.", past)
    assert "must be in the future" in form.send("action-publish").text
    form.fields["expire_at"] = ["2026-09-01 13:00"]
    response = form.send()
    assert "must be in the future" in response.text
    assert 'data-w-action-value-param="2026-09-01 12:00"' in response.text


def test_a_time_alone_is_read_too() -> None:
    # No model has such a field yet.
    field = formfield_for_dbfield(models.TimeField())
    for text, meant in TIMES.items():
        assert field.clean(text) == meant
    for text in NO_TIMES:
        with pytest.raises(forms.ValidationError, match="is not a time; write 14:30"):
            field.clean(text)


# Each form of a number


def test_amounts_are_what_was_typed_and_come_back_as_the_editor_writes_them(
    school: School, moderator: Client
) -> None:
    form = _editor_of(school.funding, moderator)
    before = school.funding.funded_items.count()
    for text in NUMBERS:
        form.add("funded_items", label=repr(text), amount=text)
    form["grants-0-amount"] = "48 000 000,50"
    form.save()

    def stored() -> dict[str, Decimal | None]:
        items: list[FundedItem] = list(_draft(school.funding).funded_items.all())[before:]
        return {item.label: item.amount for item in items}

    meant = {repr(text): value for text, value in NUMBERS.items()}
    assert stored() == meant
    assert _draft(school.funding).grants.first().amount == Decimal("48000000.5")
    as_shown = {
        "en": ["4.5", "48.50", "7", "1500", "1,500,000", "1,500,000.50", "1500.25"],
        "sv": ["4,5", "48,50", "7", "1500", "1\xa0500\xa0000", "1\xa0500\xa0000,50", "1500,25"],
    }
    for language, written in as_shown.items():
        _speaks("moderator", language)
        form = _editor_of(school.funding, moderator)
        shown = {form[f"funded_items-{before + number}-amount"] for number in range(len(NUMBERS))}
        assert set(written) < shown
        # What is shown is read back as what it was.
        form.save()
        assert stored() == meant
        control = form.form.select_one("[name=grants-0-amount]")
        assert control is not None
        assert (control["type"], control["inputmode"]) == ("text", "decimal")
        assert form["grants-0-first_year"] == "2023"


def test_what_is_no_number_or_could_be_two_is_refused_beside_the_field_and_stays_there(
    school: School, moderator: Client
) -> None:
    form = _editor_of(school.funding, moderator)
    before = school.funding.funded_items.count()
    wrong = AMBIGUOUS + NO_NUMBERS
    for text in wrong:
        form.add("funded_items", label="A", amount=text)
    for language, ambiguous in [
        ("en", "“1.500” can mean 1500 or 1.5; write the one that you mean."),
        ("sv", "”1.500” kan betyda 1500 eller 1,5; skriv det som du menar."),
    ]:
        _speaks("moderator", language)
        response = form.send()
        for number, text in enumerate(wrong, start=before):
            assert errors_beside(response, f"funded_items-{number}-amount"), text
            assert value_shown(response, f"funded_items-{number}-amount") == text
        assert errors_beside(response, f"funded_items-{before}-amount") == ambiguous


def test_credits_and_a_block_s_number_are_what_was_typed(school: School, editor: Client) -> None:
    form = _editor_of(school.course, editor)
    for typed, meant in [("4,5", "4.5"), ("48.5", "48.5"), ("7,0", "7")]:
        form["credits"] = typed
        form.save()
        assert _draft(school.course).credits == Decimal(meant)
    form["credits"] = "4.500"
    assert "can mean 4500 or 4.5" in errors_beside(form.send(), "credits")

    form = _editor_of(school.contact, editor)
    blocks = [("upcoming_courses", {"heading": "", "limit": limit}) for limit in (" 4 ", "5,0")]
    form.stream("body", blocks)
    form.save()
    assert [block.value["limit"] for block in _draft(school.contact).body] == [4, 5]
    form.stream("body", [("upcoming_courses", {"heading": "", "limit": "4,5"})])
    [message] = errors_in_block(form.send(), "body").values()
    assert "“4,5” is not a whole number" in message


@pytest.mark.parametrize("language", ["en", "sv"])
def test_weeks_begin_on_monday(language: str, school: School, editor: Client) -> None:
    _speaks("editor", language)
    text = editor.get(f"/admin/pages/{school.course.pk}/edit/").text
    assert '"dayOfWeekStart": 1' in text
    assert '"dayOfWeekStart": 0' not in text
