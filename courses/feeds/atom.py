"""New and changed courses, and applications that have opened, as an Atom feed (RFC 4287)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import uuid5

from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms.api.licences import licences, rights
from cms.i18n.clock import SCHOOL_TIME_ZONE
from cms.upstream.characters import clean, clean_line
from courses.models import CoursePage
from courses.status import ApplicationStatus, application_status
from courses.status_text import status_in_words

CONTENT_TYPE = "application/atom+xml; charset=utf-8"
MAX_ENTRIES = 50


class Feed(Atom1Feed):
    """A feed whose summaries are plain text; Django's are taken for HTML (RFC 4287, 3.1.1).

    It links to its licences (RFC 4946).
    """

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        for licence in licences().values():
            handler.addQuickElement("link", None, {"rel": "license", "href": licence["url"]})

    def add_item_elements(self, handler: Any, item: Any) -> None:
        super().add_item_elements(handler, item | {"description": None})
        handler.addQuickElement("summary", item["description"], {"type": "text"})


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that happened, and when."""

    urn: str
    title: str
    course: CoursePage
    published: datetime
    updated: datetime


def build_feed(
    courses: Iterable[CoursePage], today: date, base_url: str, page_url: str, feed_url: str
) -> str:
    """Return the feed of `courses`, which come with their `sessions` and `host`.

    `base_url` (scheme and host) goes before the courses' addresses; `page_url` is the page that
    the feed belongs to and `feed_url` the feed's own address.
    """
    feed = Feed(
        title=_("Courses of the National ATMP Research School"),
        link=page_url,
        description=_("New and changed courses, and applications that have opened."),
        language=get_language(),
        feed_url=feed_url,
        author_name=_("National ATMP Research School"),
        feed_copyright=rights(),
    )
    entries = [entry for course in courses for entry in _entries(course, today)]
    newest = sorted(entries, key=lambda entry: (entry.updated, entry.urn), reverse=True)
    for entry in newest[:MAX_ENTRIES]:
        feed.add_item(
            title=clean_line(entry.title),
            link=f"{base_url}{entry.course.url}",
            description=_summary(entry.course),
            unique_id=entry.urn,
            pubdate=entry.published,
            updateddate=entry.updated,
            author_name=clean_line(entry.course.host.localised_name) if entry.course.host else None,
        )
    text: str = feed.writeString("utf-8")
    return text


def _summary(course: CoursePage) -> str:
    """Return by when to apply, where that is known, and what the course is about."""
    session = course.lead_session
    status = status_in_words(session) if session else ""
    return clean("\n".join(filter(None, [status[:1].upper() + status[1:], course.summary])))


def _entries(course: CoursePage, today: date) -> Iterator[Entry]:
    yield Entry(
        urn=course.translation_key.urn,
        title=course.title,
        course=course,
        published=course.first_published_at or course.changed_at,
        updated=course.changed_at,
    )
    for session in course.sessions.all():
        opened = session.application_opens
        if opened and application_status(session, today) == ApplicationStatus.OPEN:
            moment = datetime.combine(opened, time.min, SCHOOL_TIME_ZONE)
            yield Entry(
                urn=uuid5(session.translation_key, "application-opened").urn,
                title=_("Open for application: %(course)s") % {"course": course.title},
                course=course,
                published=moment,
                updated=moment,
            )
