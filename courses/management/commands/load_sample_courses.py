"""Sample courses, for everybody who tries the site out. Never for the school's own site."""

from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from wagtail.models import Locale

from cms.i18n.clock import school_today
from cms.models import University
from cms.operations.observability.events import summed_up
from cms.operations.starter_content import bullet_list, deleted_by_staff, paragraphs, publish
from courses.models import (
    CourseIndexPage,
    CoursePage,
    CoursePerson,
    CourseSession,
    DevelopmentStage,
    RelatedCourse,
)
from courses.samples import HOW_TO_APPLY, SAMPLE_COURSES, SampleCourse, SampleSession
from courses.starter_content_sv import translate_samples


class Command(BaseCommand):
    """Publishes the sample courses that are missing; overwrites and deletes nothing."""

    help = "Publish made-up courses with dates around today. Refuses where DEBUG is off."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add --force."""
        parser.add_argument(
            "--force",
            action="store_true",
            help="Load them although DEBUG is off, for a demonstration site.",
        )

    @transaction.atomic
    @summed_up("load_sample_courses")
    def handle(self, *args: Any, **options: Any) -> None:
        """Load the courses whose slug and code are both unused in the course list."""
        if not settings.DEBUG and not options["force"]:
            raise CommandError(
                "These courses are made up, and this site is not one for development (DEBUG is "
                "off). Nothing was loaded. On a demonstration site, add --force."
            )
        lists = CourseIndexPage.objects.filter(locale=Locale.get_default())
        index = lists.order_by("path").first()
        if index is None:
            raise CommandError(
                "There is no course list: run `manage.py load_school_content` first."
            )
        loaded = 0 if deleted_by_staff(CoursePage) else _load(index)
        samples = CoursePage.objects.child_of(index).filter(
            slug__in=[sample.slug for sample in SAMPLE_COURSES], code__startswith="SAMPLE-"
        )
        translate_samples(samples.order_by("path"))
        self.stdout.write(
            f"Sample courses loaded: {loaded}."
            if loaded
            else "Sample courses: nothing was missing."
        )


def _load(index: CourseIndexPage) -> int:
    courses = CoursePage.objects.descendant_of(index)
    slugs = set(courses.values_list("slug", flat=True))
    codes = set(courses.values_list("code", flat=True))
    missing = [c for c in SAMPLE_COURSES if c.slug not in slugs and c.code not in codes]
    for sample in missing:
        publish(_course_page(sample, index), index)
    return len(missing)


def _course_page(sample: SampleCourse, index: CourseIndexPage) -> CoursePage:
    """Return the unsaved page of a sample course."""
    universities = {university.short_name: university for university in University.objects.all()}
    absent = {sample.host, *sample.co_organisers} - set(universities)
    if absent:
        raise CommandError(
            f"{sample.code} needs the universities {', '.join(sorted(absent))}: "
            "run `manage.py load_school_content` first."
        )
    email = f"{sample.teacher.lower().replace(' ', '.').replace('ö', 'o')}@example.org"
    related = CoursePage.objects.child_of(index).filter(slug__in=sample.related)
    today = school_today()
    return CoursePage(
        title=sample.title,
        slug=sample.slug,
        summary=sample.summary,
        code=sample.code,
        credits=sample.credits,
        taught_in_swedish=sample.taught_in_swedish,
        host=universities[sample.host],
        co_organisers=[universities[short_name] for short_name in sample.co_organisers],
        stages=DevelopmentStage.objects.filter(slug__in=sample.stages),
        audience=f"<p>{sample.audience}</p>",
        entry_requirements=f"<p>{sample.entry_requirements}</p>",
        learning_outcomes=bullet_list(sample.learning_outcomes),
        body=paragraphs([sample.content]),
        examination=f"<p>{sample.examination}</p>",
        application_url=f"https://example.org/apply/{sample.slug}",
        how_to_apply=f"<p>{HOW_TO_APPLY}</p>",
        people=[
            CoursePerson(name=sample.teacher, email=email, university=universities[sample.host]),
            CoursePerson(
                name=f"Course office, {universities[sample.host].name}",
                role=CoursePerson.Role.CONTACT,
                email="courses@example.org",
                university=universities[sample.host],
            ),
        ],
        sessions=[_session(session, today) for session in sample.sessions],
        related_courses=[RelatedCourse(course=course) for course in related],
    )


def _session(sample: SampleSession, today: date) -> CourseSession:
    """Return the unsaved session with the dates that its weeks mean today."""
    facts = asdict(sample)
    starts, weeks = facts.pop("starts"), facts.pop("weeks")
    opens, closes = facts.pop("opens"), facts.pop("closes")
    monday = today - timedelta(days=today.weekday())
    friday = monday + timedelta(days=4)

    def in_weeks(day: date, count: int | None) -> date | None:
        return None if count is None else day + timedelta(weeks=count)

    return CourseSession(
        **facts,
        start_date=in_weeks(monday, starts),
        end_date=None if starts is None or weeks == 0 else in_weeks(friday, starts + weeks - 1),
        application_opens=in_weeks(monday, opens),
        application_closes=in_weeks(friday, closes),
    )
