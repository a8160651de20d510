"""Fills the database with courses: `python -m bench.site.data 1000`.

Rows are copied with SQL: ten thousand pages made by the editor's own path take half an hour.
Visitors' search finds each by the words of the one it is copied from. Prints which to measure.
"""

import json
import sys
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Self
from uuid import uuid4

import django
from django.db import connection, transaction

if TYPE_CHECKING:
    from courses.models import CourseIndexPage

WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Course:
    """A published course to measure: its id in the API and the path of its address."""

    id: int
    path: str

    def as_json(self) -> str:
        """Return it as text for another process."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Return the course that `as_json` has written."""
        return cls(**json.loads(text))


def course_list() -> "CourseIndexPage":
    """Return the course list that visitors meet at /courses/: every language has one of its own.

    What is measured stands below it: the list in the default language, on the default site.
    """
    from wagtail.models import Locale, Site

    from courses.models import CourseIndexPage

    home = Site.objects.get(is_default_site=True).root_page
    lists = CourseIndexPage.objects.descendant_of(home).filter(locale=Locale.get_default())
    return lists.live().get()


def fill(wanted: int) -> Course:
    """Add courses until there are `wanted` below the course list; return the last of them.

    The last is one of the copies, unless the sample courses were enough.
    """
    from django.utils import timezone
    from wagtail.models import Page

    from cms.models import Publication, SearchEntry
    from cms.publishing.log import Change, append
    from courses.models import CoursePage

    index = course_list()
    template = CoursePage.objects.child_of(index).order_by("path").first()
    assert template is not None, "load_sample_courses has to run first."
    last = index.get_children().order_by("-path").values_list("path", flat=True).first()
    first = Page._str2int(last[-Page.steplen :]) + 1
    missing = wanted - index.numchild
    if missing < 0:
        sys.exit(f"There are {index.numchild} courses already: ask for as many or more.")
    pages = [
        Page(
            title=f"Advanced therapies, course number {number}",
            draft_title=f"Advanced therapies, course number {number}",
            slug=f"bench-{number}",
            path=Page._get_path(index.path, index.depth + 1, number),
            depth=index.depth + 1,
            url_path=f"{index.url_path}bench-{number}/",
            content_type=template.content_type,
            locale=index.locale,
            translation_key=uuid4(),
            first_published_at=timezone.now(),
            last_published_at=timezone.now(),
        )
        for number in range(first, first + missing)
    ]
    with transaction.atomic():
        made = Page.objects.bulk_create(pages, batch_size=1000)
        if made:
            _copy_courses(template, [page.pk for page in made])
            words = SearchEntry.objects.values("title", "fields", "accented").get(page=template)
            SearchEntry.objects.bulk_create(SearchEntry(page=page, **words) for page in made)
            _add_parts(made)
        Page.objects.filter(pk=index.pk).update(numchild=index.numchild + len(made))
        append([Change(Publication.Resource.SITE)])
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    newest = CoursePage.objects.child_of(index).order_by("-path").first()
    assert newest is not None
    return Course(newest.pk, newest.get_url_parts()[2])


def _copy_courses(template: "django.db.models.Model", ids: list[int]) -> None:
    columns = [f.column for f in template._meta.local_concrete_fields if not f.primary_key]
    names = ", ".join(f'"{name}"' for name in columns)
    table = template._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (page_ptr_id, {names}) SELECT chosen, {names} "  # noqa: S608
            f"FROM {table}, unnest(%s) AS chosen WHERE page_ptr_id = %s",
            [ids, template.pk],
        )


def _add_parts(pages: list) -> None:
    from cms.i18n.clock import school_today
    from cms.models import University
    from courses.models import CoursePage, CoursePerson, CourseSession, DevelopmentStage

    today, locale = school_today(), pages[0].locale
    universities = list(University.objects.values_list("pk", flat=True))
    stages = list(DevelopmentStage.objects.values_list("pk", flat=True))
    for turn, university in enumerate(universities):
        ids = [page.pk for page in pages[turn :: len(universities)]]
        CoursePage.objects.filter(pk__in=ids).update(host=university)
    CourseSession.objects.bulk_create(
        (
            CourseSession(
                page_id=page.pk,
                locale=locale,
                start_date=(start := today + WEEK * (offset + number % 50)),
                end_date=start + WEEK,
                application_opens=start - 12 * WEEK,
                application_closes=start - 4 * WEEK,
                location="BMC, Lund",
                state="confirmed",
            )
            for number, page in enumerate(pages)
            for offset in (-60, 1, 30)
        ),
        batch_size=2000,
    )
    CoursePerson.objects.bulk_create(
        (
            CoursePerson(
                page_id=page.pk,
                locale=locale,
                sort_order=turn,
                name=f"Teacher {turn}",
                email="teacher@example.org",
                university_id=universities[turn],
            )
            for page in pages
            for turn in (0, 1)
        ),
        batch_size=2000,
    )
    through = CoursePage.stages.through
    through.objects.bulk_create(
        (
            through(
                coursepage_id=page.pk, developmentstage_id=stages[(number + step) % len(stages)]
            )
            for number, page in enumerate(pages)
            for step in (0, 1)
        ),
        batch_size=2000,
    )


if __name__ == "__main__":
    django.setup()
    print(fill(int(sys.argv[1])).as_json())  # noqa: T201
