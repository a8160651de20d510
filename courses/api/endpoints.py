"""The lists of courses, sessions and stages."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db.models import OuterRef, QuerySet, Subquery

from cms.api.endpoints.base import LOCALE, SEARCH, Endpoint
from cms.api.endpoints.pages import (
    FIRST_PUBLISHED_AT,
    PAGE_LOCALE,
    SLUG,
    TRANSLATION_KEY,
    TRANSLATION_OF,
    UPDATED_SINCE,
    PagesEndpoint,
    ids_found,
)
from cms.api.parameters import choice, integer, text
from cms.api.problems import ParameterProblem
from cms.api.router import api_router
from cms.api.site import PublicSite
from courses.api.criteria import CRITERIA, FALLBACK, criteria_from, fallback_locale
from courses.api.schemas import COURSE, DATED_SESSION, STAGE
from courses.listing.filters import filter_courses, filter_sessions
from courses.models import CoursePage, CourseSession, DevelopmentStage
from courses.status import TimeStatus, has_time_status


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
        if locale := fallback_locale(values):
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
        if locale := fallback_locale(values):
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
