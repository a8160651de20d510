"""Courses, their sessions and the development stages in the API."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any, ClassVar

from django.conf import settings
from django.db.models import OuterRef, QuerySet, Subquery
from wagtail.models import Locale, Page

from cms.api.batching import Batch
from cms.api.endpoints.base import LOCALE, SEARCH, Endpoint
from cms.api.endpoints.pages import (
    FIRST_PUBLISHED_AT,
    LINKED_PAGE,
    PAGE_LOCALE,
    SLUG,
    TRANSLATION_KEY,
    TRANSLATION_OF,
    UPDATED_SINCE,
    PagesEndpoint,
    ids_found,
    page_schema,
)
from cms.api.parameters import Parameter, boolean, choice, day, integer, text
from cms.api.problems import ParameterProblem
from cms.api.router import api_router
from cms.api.schemas.base import Field, Schema
from cms.api.schemas.models import OBJECT, model_fields, register_schema
from cms.api.site import PublicSite
from courses.listing.filters import (
    LANGUAGE_FIELDS,
    CourseCriteria,
    filter_courses,
    filter_sessions,
    host_ids,
    stage_slugs,
    universities,
)
from courses.models import CourseMode, CoursePage, CourseSession, DevelopmentStage
from courses.status import TimeStatus, has_time_status

HOST = text("host", "a university's id, short name or ROR id")
STAGE_SLUG = text("stage", "a development stage's slug")
# Courses that are not public in the language asked for are there in this one, as on the site.
FALLBACK = choice("fallback", [settings.LANGUAGE_CODE])
CRITERIA: tuple[Parameter, ...] = (
    HOST,
    STAGE_SLUG,
    choice("language", list(LANGUAGE_FIELDS)),
    choice("mode", CourseMode.values),
    boolean("upcoming"),
    boolean("open"),
    day("starts_from"),
    day("starts_to"),
    day("deadline_from"),
    day("deadline_to"),
)


def criteria_from(values: Mapping[str, Any]) -> CourseCriteria:
    """Return what the parsed parameters ask for.

    Raises ParameterProblem for a university or a stage that there is not: a list that is empty
    for ever would look as if nothing was given there.
    """
    host, stage = values.get("host"), values.get("stage")
    if host is not None and not host_ids(host):
        known = ", ".join(university.short_name for university in universities())
        raise ParameterProblem("host", host, f"{HOST.takes}, such as {known}")
    if stage is not None and stage not in stage_slugs():
        raise ParameterProblem("stage", stage, f"{STAGE_SLUG.takes}: {', '.join(stage_slugs())}")
    names = {field.name for field in fields(CourseCriteria)}
    return CourseCriteria(**{name: value for name, value in values.items() if name in names})


def _readers(values: Mapping[str, Any]) -> Locale | None:
    """Return whose language is asked for, where the courses that lack it are wanted too."""
    if FALLBACK.name not in values:
        return None
    if LOCALE.name not in values:
        taken = f"{settings.LANGUAGE_CODE}, beside {LOCALE.name}"
        raise ParameterProblem(FALLBACK.name, values[FALLBACK.name], taken)
    return Locale.objects.get(language_code=values[LOCALE.name])


STAGE = register_schema(
    DevelopmentStage,
    Schema(
        [*OBJECT, *model_fields(DevelopmentStage)],
        listed="id type detail_url name name_sv slug description description_sv",
        nested="id type detail_url name name_sv slug",
    ),
)

SESSION = register_schema(
    CourseSession,
    Schema(
        [
            *OBJECT,
            *model_fields(CourseSession),
            Field("apply_url"),
            Field("status_date", lambda _session, batch: batch.site.today),
        ],
        listed="id type detail_url translation_key start_date end_date application_opens "
        "application_closes location location_sv mode workload workload_sv places application_url "
        "apply_url state note note_sv "
        "status time_status application_status status_date",
    ),
)


def _languages(course: CoursePage, batch: Batch) -> list[str]:
    return [code for code, _name in course.languages_of_instruction]


def _related(course: CoursePage, batch: Batch) -> Callable[[], list[Page]]:
    chosen = [related.course_id for related in course.related_courses.all()]
    for pk in chosen:
        batch.want_pages(pk=pk)
    return lambda: [page for pk in chosen if (page := batch.page(pk))]


COURSE = page_schema(CoursePage).extended(
    [
        Field("languages_of_instruction", _languages),
        Field("next_session", schema=lambda: SESSION, prefetches=("sessions",)),
        Field("related_courses", _related, lambda: LINKED_PAGE, prefetches=("related_courses",)),
    ],
    listed="summary social_image code credits cycle host stages languages_of_instruction "
    "application_url next_session last_published_at",
    nested="id translation_key type detail_url html_url locale title summary code credits host",
)

# Sessions by themselves say which course they are of.
DATED_SESSION = SESSION.extended(
    [
        Field("locale", "locale.language_code", in_meta=True, joins=("locale",)),
        Field("apply_url", joins=("page",)),
        Field("course", "page", lambda: COURSE, relation="page"),
    ],
    listed="locale course",
)


class CoursesEndpoint(PagesEndpoint):
    """Courses, by what they are about, who gives them, and when."""

    name = "courses"
    model = CoursePage
    schema = COURSE
    filters = (
        SEARCH,
        PAGE_LOCALE,
        FALLBACK,
        TRANSLATION_OF,
        TRANSLATION_KEY,
        SLUG,
        text("code").by("code__iexact"),
        FIRST_PUBLISHED_AT,
        UPDATED_SINCE,
        *CRITERIA,
    )
    orders: ClassVar[Mapping[str, str]] = {
        "id": "pk",
        "title": "title",
        "code": "code",
        "credits": "credits",
        "starts": "starts",
        "first_published_at": "first_published_at",
        "last_published_at": "last_published_at",
    }
    default_order = ("title",)
    takes_type = False

    def filtered(
        self, queryset: QuerySet[Any], values: Mapping[str, Any], site: PublicSite
    ) -> QuerySet[Any]:
        if locale := _readers(values):
            queryset = queryset.filter(pk__in=CoursePage.objects.public_in(locale))
            values = {name: value for name, value in values.items() if name != LOCALE.name}
        courses = super().filtered(queryset, values, site)
        return filter_courses(courses, criteria_from(values), site.today)

    def ordered(self, queryset: QuerySet[Any], names: list[str], site: PublicSite) -> QuerySet[Any]:
        """Order, among others, by when the course begins that somebody could still take."""
        coming = CourseSession.objects.with_time_status(
            TimeStatus.UPCOMING, TimeStatus.RUNNING, today=site.today
        ).filter(page=OuterRef("pk"))
        first = coming.order_by("start_date").values("start_date")[:1]
        return super().ordered(queryset.annotate(starts=Subquery(first)), names, site)

    # All of them are of one type, so that nobody has to be asked for it.
    one = Endpoint.one


class SessionsEndpoint(Endpoint):
    """All sessions of all public courses, by date."""

    name = "sessions"
    model = CourseSession
    schema = DATED_SESSION
    filters = (
        SEARCH,
        LOCALE.by("page__locale__language_code"),
        FALLBACK,
        integer("course", "a course's id").by("page"),
        TRANSLATION_KEY,
        choice("time_status", TimeStatus.values),
        *CRITERIA,
    )
    orders: ClassVar[Mapping[str, str]] = {
        "id": "pk",
        "start_date": "start_date",
        "end_date": "end_date",
        "application_closes": "application_closes",
    }
    default_order = ("start_date", "end_date")

    def public(self, site: PublicSite) -> QuerySet[Any]:
        return CourseSession.objects.filter(page__in=site.listed(CoursePage.objects.all()))

    def readable(self, site: PublicSite) -> QuerySet[Any]:
        return CourseSession.objects.filter(page__in=site.pages(CoursePage.objects.all()))

    def filtered(
        self, queryset: QuerySet[Any], values: Mapping[str, Any], site: PublicSite
    ) -> QuerySet[Any]:
        if (course := values.get("course")) is not None and not (
            site.pages(CoursePage.objects.all()).filter(pk=course).exists()
        ):
            raise ParameterProblem("course", str(course), "the id of a public course")
        if locale := _readers(values):
            queryset = queryset.filter(page__in=CoursePage.objects.public_in(locale))
            values = {name: value for name, value in values.items() if name != LOCALE.name}
        sessions = super().filtered(queryset, values, site)
        if "time_status" in values:
            sessions = sessions.filter(has_time_status(values["time_status"], site.today))
        return filter_sessions(sessions, criteria_from(values), site.today)

    def searched(self, queryset: QuerySet[Any], words: str) -> QuerySet[Any]:
        return queryset.filter(page__in=ids_found(words, CoursePage.objects.all()))


class StagesEndpoint(Endpoint):
    """The stages of development, from research to patient."""

    name = "stages"
    model = DevelopmentStage
    schema = STAGE
    filters = (LOCALE, SLUG)
    orders: ClassVar[Mapping[str, str]] = {"id": "pk", "order": "sort_order", "name": "name"}
    default_order = ("order", "name")

    def public(self, site: PublicSite) -> QuerySet[Any]:
        return DevelopmentStage.objects.all()


def register() -> None:
    """Add these endpoints to the API, before that of all pages: see `cms.api.apps`."""
    PagesEndpoint.register({CoursePage: COURSE})
    api_router.register_endpoint("courses", CoursesEndpoint)
    api_router.register_endpoint("sessions", SessionsEndpoint)
    api_router.register_endpoint("stages", StagesEndpoint)
