"""How visitors narrow the list of courses down: the form, what it asks for and what it found."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Min, Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import PageQuerySet

from cms.i18n.clock import school_today
from cms.i18n.sorting import alphabetical
from cms.models import University
from cms.publishing.memoize import once_per_publication
from cms.search.query import find
from courses.listing.filters import CourseCriteria, filter_courses
from courses.listing.periods import days_of, period_choices
from courses.models.course_session import CourseMode
from courses.models.querysets import by_day
from courses.models.stage import all_stages

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

# The names in the address that the list understands.
PARAMETERS = frozenset({"q", "stage", "open", "host", "when", "mode", "language", "sort", "page"})


@once_per_publication
def _hosts() -> Sequence[tuple[str, str]]:
    """Return the universities by the short name that stands for them in addresses."""
    universities = University.objects.exclude(short_name="")
    return [(university.short_name, university.localised_name) for university in universities]


def _stages() -> list[tuple[str, str]]:
    return [(stage.slug, stage.localised_name) for stage in all_stages()]


class _Choice(forms.ChoiceField):
    """A choice of one or none; `any_label` is what none is called."""

    def __init__(
        self, label: "StrPromise", any_label: "StrPromise", choices: Any, **options: Any
    ) -> None:
        self.with_none = lambda: [("", any_label), *(choices() if callable(choices) else choices)]
        super().__init__(label=label, choices=self.with_none, required=False, **options)
        self.error_messages["invalid_choice"] = _("We ignored a choice that does not exist.")


class CatalogueForm(forms.Form):
    """What somebody looks for in the list of courses. Its names are those of the API's filters."""

    q = forms.CharField(
        label=_("Keyword"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    # Chosen on the path above the form, which keeps it.
    stage = _Choice(_("Stage of development"), _("All stages"), _stages, widget=forms.HiddenInput)
    when = _Choice(
        _("When it starts"),
        _("Any time"),
        lambda: [("upcoming", _("From now on")), *period_choices()],
    )
    host = _Choice(_("University"), _("All universities"), _hosts)
    mode = _Choice(_("Format"), _("All formats"), CourseMode.choices)
    language = _Choice(
        _("Language"),
        _("All languages"),
        [
            ("en", pgettext_lazy("of a course", "English")),
            ("sv", pgettext_lazy("of a course", "Swedish")),
        ],
    )
    sort = _Choice(
        _("Order"),
        _("Open for application first"),
        [
            ("start", _("Next session first")),
            ("deadline", _("Last day to apply first")),
            ("title", _("By title")),
        ],
    )
    open = forms.BooleanField(label=_("Open for application"), required=False)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data, use_required_attribute=False, auto_id="filter-%s", label_suffix="")


@dataclass(frozen=True, slots=True)
class ActiveFilter:
    """A filter that is set, and the query string of the same list without it."""

    label: str
    value: str
    query_without: str


class Catalogue:
    """The list of courses as one address asks for it."""

    def __init__(self, query: QueryDict) -> None:
        self.query = query
        self.form = CatalogueForm(query)
        self.form.is_valid()
        # Of what is wrong only the rest counts; the form says what was left out.
        self.asked: dict[str, Any] = {k: v for k, v in self.form.cleaned_data.items() if v}

    @property
    def is_filtered(self) -> bool:
        """Whether some courses may be left out."""
        return bool(self.asked.keys() - {"sort"})

    @property
    def may_be_kept(self) -> bool:
        """Whether there are few enough addresses like this one to keep their responses."""
        return not self.form.errors and "q" not in self.asked

    @property
    def tidy_query(self) -> str | None:
        """The query string without empty fields, as a form sends them; None if it has none."""
        if all(value for _name, values in self.query.lists() for value in values):
            return None
        query = QueryDict(mutable=True)
        for name, values in self.query.lists():
            query.setlist(name, [value for value in values if value])
        return query.urlencode()

    def courses(self, courses: PageQuerySet, in_order: Sequence[int]) -> Sequence[int]:
        """Return the ids of those of `courses` that are asked for, in the order asked for.

        `in_order` are the ids of all of them in the order that is the default.
        """
        if not self.asked:
            return in_order
        today = school_today()
        chosen = filter_courses(courses, self._criteria(today), today)
        if "q" in self.asked:
            chosen = chosen.filter(pk__in=find(self.asked["q"], courses).page_ids)
        match self.asked.get("sort"):
            case "title":
                titles = chosen.order_by("pk").values_list("pk", "title")
                return [pk for pk, title in sorted(titles, key=lambda row: alphabetical(row[1]))]
            case "start":
                starts = chosen.with_next_session(today).values_list("pk", "next_start", "title")
                in_order = [pk for pk, *key in sorted(starts, key=lambda row: by_day(*row[1:]))]
            case "deadline":
                rows = _with_deadline(chosen, today).values_list("pk", "deadline", "title")
                return [pk for pk, _day, _title in sorted(rows, key=lambda row: by_day(*row[1:]))]
        ids = set(chosen.values_list("pk", flat=True))
        return [pk for pk in in_order if pk in ids]

    @property
    def calendar_query(self) -> str | None:
        """What the calendar of the same courses is asked; None for words, which it cannot be."""
        return None if "q" in self.asked else self._criteria(school_today()).as_query()

    @cached_property
    def active_filters(self) -> list[ActiveFilter]:
        """The filters that are set, in the form's order."""
        return [
            ActiveFilter(
                label=str(self.form.fields[name].label),
                value=self._in_words(name, self.asked[name]),
                query_without=self._without(name),
            )
            for name in self.form.fields
            if name in self.asked and name != "sort"
        ]

    def _in_words(self, name: str, value: Any) -> str:
        field = self.form.fields[name]
        if isinstance(field, _Choice):
            return str(dict(field.with_none())[value])
        return str(field.label) if value is True else f"“{value}”"

    def _without(self, *names: str) -> str:
        query = self.query.copy()
        for name in (*names, "page"):
            query.pop(name, None)
        return query.urlencode()

    def _criteria(self, today: date) -> CourseCriteria:
        when = self.asked.get("when")
        first, last = days_of(when or "", today) or (None, None)
        return CourseCriteria(
            host=self.asked.get("host"),
            stage=self.asked.get("stage"),
            language=self.asked.get("language"),
            mode=self.asked.get("mode"),
            open=self.asked.get("open"),
            upcoming=True if when == "upcoming" else None,
            starts_from=first,
            starts_to=last,
        )


def _with_deadline(courses: PageQuerySet, today: date) -> PageQuerySet:
    """Fetch with courses their next last day to apply as `deadline`."""
    ahead = Q(sessions__application_closes__gte=today) & ~Q(sessions__state="cancelled")
    deadline = Min("sessions__application_closes", filter=ahead)
    return courses.annotate(deadline=deadline).order_by("pk")
