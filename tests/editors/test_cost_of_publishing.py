"""What it costs the database to edit and publish a course, however much belongs to it."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Page

from tests.admin_forms import AdminForm
from tests.factories import CourseSessionFactory
from tests.school import School

MOST_TO_OPEN = 44
# One of them for the time of the log's newest row, which the next may not be before.
MOST_TO_PUBLISH = 110


def _costs(editor: Client, page: Page, title: str) -> tuple[int, int]:
    """Return how many queries it takes to open the editor of `page`, and to publish a title."""
    address = f"/admin/pages/{page.pk}/edit/"
    with CaptureQueriesContext(connection) as opening:
        form = AdminForm(editor, address)
    sent = {**form.fields, "title": title, "action-publish": "1"}
    with CaptureQueriesContext(connection) as publishing:
        assert editor.post(address, sent).status_code == 302
    return len(opening), len(publishing)


def test_sessions_and_translations_add_their_own_rows_and_nothing_else(
    school: School, swedish_pages: dict[str, Page], moderator: Client
) -> None:
    course = school.course
    _costs(moderator, course, "What the process learns once")
    to_open, to_publish = _costs(moderator, course, "Two sessions")
    assert to_open <= MOST_TO_OPEN
    assert to_publish <= MOST_TO_PUBLISH

    course.refresh_from_db()
    for _ in range(8):
        course.sessions.add(CourseSessionFactory.build())
    course.save()
    for code in ("de", "fr"):
        course.copy_for_translation(Locale.objects.create(language_code=code), copy_parents=True)
    _costs(moderator, course, "With new pages Wagtail learns anew where languages begin")
    opened, published = _costs(moderator, course, "Ten sessions, three translations")
    assert opened <= to_open
    assert published <= to_publish + 8
