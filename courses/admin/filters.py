"""How editors narrow the lists of courses and sessions down."""

from typing import Final

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.forms import RadioSelect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.models import PageQuerySet

from cms.i18n.clock import school_today
from cms.models import University
from courses.editing.drafts import CHANGED
from courses.models import CourseMode, CoursePage, CourseSession, DevelopmentStage
from courses.status import (
    SessionState,
    SessionStatus,
    TimeStatus,
    has_session_status,
    has_time_status,
)

NO_COMING_SESSION: Final = "none"
PUBLICATION_CHOICES: Final = [
    ("live", _("Published")),
    (CHANGED, _("Published, with changes in the draft")),
    ("draft", _("Not published")),
]
PUBLICATION: Final = {
    "live": Q(live=True),
    CHANGED: Q(live=True, has_unpublished_changes=True),
    "draft": Q(live=False),
}


class CourseFilterSet(WagtailFilterSet):
    """Courses by their facts, their next session and what visitors see of them."""

    host = django_filters.ModelChoiceFilter(
        queryset=University.objects.order_by("sort_order", "name"), label=_("Host university")
    )
    stages = django_filters.ModelChoiceFilter(
        queryset=DevelopmentStage.objects.all(), label=_("Development stage")
    )
    sessions = django_filters.ChoiceFilter(
        label=_("Sessions"),
        choices=[
            (TimeStatus.UPCOMING, _("Upcoming")),
            (TimeStatus.RUNNING, _("Running now")),
            (TimeStatus.UNSCHEDULED, _("Dates to be announced")),
            (NO_COMING_SESSION, _("Without a coming session")),
        ],
        empty_label=_("All"),
        widget=RadioSelect,
        method="filter_sessions",
    )
    status = django_filters.ChoiceFilter(
        label=_("Visitors see"),
        choices=SessionStatus.choices,
        empty_label=_("All"),
        widget=RadioSelect,
        method="filter_status",
    )
    taught_in = django_filters.ChoiceFilter(
        label=_("Language of instruction"),
        choices=[
            ("english", pgettext_lazy("of a course", "English")),
            ("swedish", pgettext_lazy("of a course", "Swedish")),
        ],
        empty_label=_("All"),
        widget=RadioSelect,
        method="filter_taught_in",
    )
    publication = django_filters.ChoiceFilter(
        label=_("Publication"),
        choices=PUBLICATION_CHOICES,
        empty_label=_("All"),
        widget=RadioSelect,
        method="filter_publication",
    )

    class Meta:
        model = CoursePage
        fields: list[str] = []

    def filter_sessions(self, courses: PageQuerySet, name: str, value: str) -> PageQuerySet:
        """Keep courses with a session of that time, cancelled ones aside, or without a coming one.

        What takes place now or has no dates yet is no coming session that anybody could plan for.
        """
        sessions = CourseSession.objects.filter(page=OuterRef("pk")).exclude(
            state=SessionState.CANCELLED
        )
        if value == NO_COMING_SESSION:
            coming = sessions.with_time_status(TimeStatus.UPCOMING)
            return courses.filter(~Exists(coming))
        return courses.filter(Exists(sessions.with_time_status(TimeStatus(value))))

    def filter_status(self, courses: PageQuerySet, name: str, value: str) -> PageQuerySet:
        """Keep courses whose next session has that status, which is what their card says."""
        condition = has_session_status(SessionStatus(value), school_today())
        next_session = CourseSession.objects.filter(condition, pk=OuterRef("next_session_id"))
        return courses.filter(Exists(next_session))

    def filter_taught_in(self, courses: PageQuerySet, name: str, value: str) -> PageQuerySet:
        """Keep courses that are taught in that language, alone or beside another."""
        return courses.filter(**{f"taught_in_{value}": True})

    def filter_publication(self, courses: PageQuerySet, name: str, value: str) -> PageQuerySet:
        """Keep courses that are published or not."""
        return courses.filter(PUBLICATION[value])


class SessionFilterSet(django_filters.FilterSet):
    """Sessions by their dates, their state and their course."""

    when = django_filters.ChoiceFilter(
        label=_("Time"),
        choices=TimeStatus.choices,
        empty_label=_("All"),
        widget=RadioSelect,
        method="filter_when",
    )
    status = django_filters.ChoiceFilter(
        label=_("Visitors see"),
        choices=SessionStatus.choices,
        empty_label=_("All"),
        widget=RadioSelect,
        method="filter_status",
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=SessionState.choices, empty_label=_("All"), widget=RadioSelect
    )
    mode = django_filters.ChoiceFilter(
        label=_("Form"), choices=CourseMode.choices, empty_label=_("All"), widget=RadioSelect
    )
    host = django_filters.ModelChoiceFilter(
        field_name="page__host",
        queryset=University.objects.order_by("sort_order", "name"),
        label=_("Host university"),
    )

    class Meta:
        model = CourseSession
        fields: list[str] = []

    def filter_when(
        self, sessions: QuerySet[CourseSession], name: str, value: str
    ) -> QuerySet[CourseSession]:
        """Keep sessions that lie there in time."""
        return sessions.filter(has_time_status(TimeStatus(value), school_today()))

    def filter_status(
        self, sessions: QuerySet[CourseSession], name: str, value: str
    ) -> QuerySet[CourseSession]:
        """Keep sessions of which the column of that name says so."""
        return sessions.filter(has_session_status(SessionStatus(value), school_today()))
