"""Made-up courses for trying the site out, from `content/`; what they are is said there."""

from datetime import date, timedelta
from typing import Final

from wagtail.models import Page

from cms.i18n.clock import school_today
from cms.models import University
from cms.operations.starter_content.files import Content, ContentError, read, read_folder
from cms.operations.starter_content.loading import deleted_by_staff, publish
from cms.operations.starter_content.translations import translate_once
from courses.models import (
    CourseIndexPage,
    CoursePage,
    CoursePerson,
    CourseSession,
    DevelopmentStage,
    RelatedCourse,
)

RELATED_KEYS: Final = {"host", "co_organisers", "stages", "related_courses", "people", "sessions"}
WEEKS_KEYS: Final = {"starts", "weeks", "opens", "closes"}


def load(index: CourseIndexPage) -> int:
    """Publish the sample courses that are missing below `index`, and draft them in Swedish.

    Missing is one whose slug and code are both unused. Returns how many were published.
    """
    common = read("courses", "en/every_sample")
    files = read_folder("courses", "en/samples")
    samples = [common | sample for sample in files.values()]
    loaded = 0 if deleted_by_staff(CoursePage) else _publish_missing(samples, index)
    common = read("courses", "sv/every_sample")
    names = {sample["slug"]: name for name, sample in files.items()}
    courses = CoursePage.objects.child_of(index).filter(slug__in=names, code__startswith="SAMPLE-")
    for course in courses.order_by("path"):
        translate_once(course, common | read("courses", f"sv/samples/{names[course.slug]}"))
    return loaded


def _publish_missing(samples: list[Content], index: CourseIndexPage) -> int:
    courses = CoursePage.objects.descendant_of(index)
    slugs = set(courses.values_list("slug", flat=True))
    codes = set(courses.values_list("code", flat=True))
    missing = [c for c in samples if c["slug"] not in slugs and c["code"] not in codes]
    for sample in missing:
        with sample.blamed():
            publish(_course(sample, index), index)
    return len(missing)


def _course(sample: Content, index: Page) -> CoursePage:
    """Return the unsaved page of a sample course."""
    universities = {university.short_name: university for university in University.objects.all()}
    short_names = [sample["host"], *sample.items("co_organisers")]
    absent = set(short_names) - set(universities)
    if absent:
        raise ContentError(
            f"{sample.place} needs the universities {', '.join(sorted(absent))}: "
            "run `manage.py load_school_content` first."
        )
    host, *co_organisers = (universities[short_name] for short_name in short_names)
    related = CoursePage.objects.child_of(index).filter(slug__in=sample.items("related_courses"))
    today = school_today()
    return CoursePage(
        **sample.fields(CoursePage, but=RELATED_KEYS),
        host=host,
        co_organisers=co_organisers,
        stages=DevelopmentStage.objects.filter(slug__in=sample.items("stages")),
        people=[
            CoursePerson(**person.fields(CoursePerson), university=host)
            for person in sample.rows("people")
        ],
        sessions=[_session(session, today) for session in sample.rows("sessions")],
        related_courses=[RelatedCourse(course=course) for course in related],
    )


def _session(session: Content, today: date) -> CourseSession:
    """Return the unsaved session with the dates that its weeks mean today."""
    monday = today - timedelta(days=today.weekday())
    friday = monday + timedelta(days=4)
    starts, weeks, opens, closes = (
        session.number(key) for key in ("starts", "weeks", "opens", "closes")
    )

    def in_weeks(day: date, count: int | None) -> date | None:
        return None if count is None else day + timedelta(weeks=count)

    return CourseSession(
        **session.fields(CourseSession, but=WEEKS_KEYS),
        start_date=in_weeks(monday, starts),
        end_date=in_weeks(friday, starts + weeks - 1) if starts is not None and weeks else None,
        application_opens=in_weeks(monday, opens),
        application_closes=in_weeks(friday, closes),
    )
