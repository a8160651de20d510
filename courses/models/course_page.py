"""A course: what it teaches, who gives it, and when."""

from datetime import date
from decimal import Decimal
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    MultipleChooserPanel,
    Panel,
)
from wagtail.api import APIField
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, TranslatableMixin
from wagtail.search import index

from cms.blocks import RICH_TEXT_FEATURES, StoryBlock
from cms.pages import BasePage
from courses.models.course_session import CourseSession
from courses.status import SessionState, TimeStatus


class CourseCycle(models.TextChoices):
    """The cycle of the European Higher Education Area's qualifications framework."""

    FIRST = "first", _("First cycle (bachelor)")
    SECOND = "second", _("Second cycle (master)")
    THIRD = "third", _("Third cycle (doctoral)")


class CoursePage(BasePage):
    """A course (schema.org: Course). Its sessions say when it is given."""

    code = models.CharField(
        _("course code"), max_length=32, blank=True, help_text=_("The host university's own code.")
    )
    credits = models.DecimalField(
        _("credits"),
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.5")), MaxValueValidator(Decimal(60))],
        help_text=_("Högskolepoäng (hp), which are ECTS credits. Such as 7.5."),
    )
    cycle = models.CharField(
        _("cycle"), max_length=8, choices=CourseCycle.choices, default=CourseCycle.THIRD
    )
    taught_in_english = models.BooleanField(_("taught in English"), default=True)
    taught_in_swedish = models.BooleanField(_("taught in Swedish"), default=False)
    host = models.ForeignKey(
        "cms.University",
        verbose_name=_("host university"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    co_organisers = ParentalManyToManyField(
        "cms.University", verbose_name=_("co-organising universities"), blank=True, related_name="+"
    )
    stages = ParentalManyToManyField(
        "courses.DevelopmentStage",
        verbose_name=_("development stages"),
        blank=True,
        related_name="courses",
        help_text=_("Which parts of the path from research to patient the course is about."),
    )
    audience = RichTextField(_("who it is for"), features=RICH_TEXT_FEATURES, blank=True)
    entry_requirements = RichTextField(
        _("entry requirements"), features=RICH_TEXT_FEATURES, blank=True
    )
    learning_outcomes = RichTextField(
        _("learning outcomes"),
        features=RICH_TEXT_FEATURES,
        blank=True,
        help_text=_("After the course, the student can …"),
    )
    body = StreamField(StoryBlock(), verbose_name=_("content"), blank=True)
    examination = RichTextField(_("examination"), features=RICH_TEXT_FEATURES, blank=True)
    syllabus = models.ForeignKey(
        "wagtaildocs.Document",
        verbose_name=_("syllabus"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    application_url = models.URLField(
        _("application link"),
        blank=True,
        help_text=_("Each university runs its own application: the address of the form."),
    )
    how_to_apply = RichTextField(_("how to apply"), features=RICH_TEXT_FEATURES, blank=True)

    content_panels: ClassVar[list[Panel]] = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("code"), FieldPanel("credits"), FieldPanel("cycle")]),
                FieldRowPanel([FieldPanel("taught_in_english"), FieldPanel("taught_in_swedish")]),
                FieldPanel("host"),
                FieldPanel("co_organisers", widget=CheckboxSelectMultiple),
                FieldPanel("stages", widget=CheckboxSelectMultiple),
            ],
            heading=_("Facts"),
        ),
        InlinePanel("sessions", heading=_("Sessions"), label=_("Session")),
        MultiFieldPanel(
            [
                FieldPanel("audience"),
                FieldPanel("entry_requirements"),
                FieldPanel("learning_outcomes"),
                FieldPanel("body"),
                FieldPanel("examination"),
                FieldPanel("syllabus"),
            ],
            heading=_("Content"),
        ),
        MultiFieldPanel(
            [FieldPanel("application_url"), FieldPanel("how_to_apply")], heading=_("Application")
        ),
        InlinePanel("people", heading=_("Teachers and contacts"), label=_("Person")),
        MultipleChooserPanel(
            "related_courses",
            chooser_field_name="course",
            heading=_("Related courses"),
            label=_("Course"),
        ),
    ]
    api_fields: ClassVar[list[APIField]] = [
        *BasePage.api_fields,
        APIField("code"),
        APIField("credits"),
        APIField("cycle"),
        APIField("taught_in_english"),
        APIField("taught_in_swedish"),
        APIField("host"),
        APIField("co_organisers"),
        APIField("stages"),
        APIField("audience"),
        APIField("entry_requirements"),
        APIField("learning_outcomes"),
        APIField("body"),
        APIField("examination"),
        APIField("syllabus"),
        APIField("application_url"),
        APIField("how_to_apply"),
        APIField("sessions"),
        APIField("people"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("code", boost=2),
        index.AutocompleteField("code"),
        index.SearchField("audience"),
        index.SearchField("learning_outcomes"),
        index.SearchField("entry_requirements"),
        index.SearchField("body"),
        index.FilterField("host"),
        index.RelatedFields("host", [index.SearchField("name"), index.SearchField("name_sv")]),
    ]

    parent_page_types: ClassVar[list[str]] = ["courses.CourseIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "courses/course_page.html"

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")

    def clean(self) -> None:
        super().clean()
        if not (self.taught_in_english or self.taught_in_swedish):
            raise ValidationError(
                {"taught_in_english": _("Choose at least one language of instruction.")}
            )

    @property
    def languages_of_instruction(self) -> list[tuple[str, str]]:
        """The languages as BCP 47 code and name in the reader's language."""
        languages = [
            (self.taught_in_english, "en", _("English")),
            (self.taught_in_swedish, "sv", _("Swedish")),
        ]
        return [(code, str(name)) for is_taught, code, name in languages if is_taught]

    @property
    def sessions_by_date(self) -> list[CourseSession]:
        """All sessions by first day; those without one come last.

        Sorted here and not by the database, so that unsaved sessions of a preview are there too.
        """
        return sorted(
            self.sessions.all(),
            key=lambda session: (session.start_date or date.max, session.last_date or date.max),
        )

    @property
    def current_sessions(self) -> list[CourseSession]:
        """The sessions that are not over, by date."""
        return [
            session for session in self.sessions_by_date if session.time_status != TimeStatus.PAST
        ]

    @property
    def past_sessions(self) -> list[CourseSession]:
        """The sessions that are over, the latest first."""
        return [
            session
            for session in reversed(self.sessions_by_date)
            if session.time_status == TimeStatus.PAST
        ]

    @property
    def next_session(self) -> CourseSession | None:
        """The session to show on a card: the one that somebody could still take part in first.

        A coming session goes before one that is running, and what takes place before what is
        cancelled.
        """
        preference = [TimeStatus.UPCOMING, TimeStatus.RUNNING, TimeStatus.UNSCHEDULED]
        return min(
            self.current_sessions,
            key=lambda session: (
                session.state == SessionState.CANCELLED,
                preference.index(session.time_status),
            ),
            default=None,
        )

    @property
    def related_live_courses(self) -> list["CoursePage"]:
        """The related courses that everyone may read, in the editors' order."""
        chosen = [related.course_id for related in self.related_courses.all()]
        courses = CoursePage.objects.live().public().in_bulk(chosen)
        return [courses[course_id] for course_id in chosen if course_id in courses]


class CoursePerson(TranslatableMixin, Orderable):
    """A teacher of a course or somebody to ask about it."""

    class Role(models.TextChoices):
        """What the person does for the course."""

        RESPONSIBLE_TEACHER = "responsible_teacher", _("Responsible teacher")
        TEACHER = "teacher", _("Teacher")
        EXAMINER = "examiner", _("Examiner")
        CONTACT = "contact", _("Contact")

    page = ParentalKey(CoursePage, on_delete=models.CASCADE, related_name="people")
    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(
        _("role"), max_length=24, choices=Role.choices, default=Role.RESPONSIBLE_TEACHER
    )
    email = models.EmailField(_("e-mail"), blank=True)
    university = models.ForeignKey(
        "cms.University",
        verbose_name=_("university"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    website = models.URLField(_("profile page"), blank=True)

    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("role")]),
        FieldRowPanel([FieldPanel("email"), FieldPanel("website")]),
        FieldPanel("university"),
    ]
    api_fields: ClassVar[list[APIField]] = [
        APIField("name"),
        APIField("role"),
        APIField("email"),
        APIField("university"),
        APIField("website"),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.name


class RelatedCourse(TranslatableMixin, Orderable):
    """A course worth taking before, after or instead of another."""

    page = ParentalKey(CoursePage, on_delete=models.CASCADE, related_name="related_courses")
    course = models.ForeignKey(
        CoursePage, verbose_name=_("course"), on_delete=models.CASCADE, related_name="+"
    )

    panels = [FieldPanel("course")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("related course")
        verbose_name_plural = _("related courses")

    def __str__(self) -> str:
        return self.course.title

    def clean(self) -> None:
        super().clean()
        if self.course_id and self.course_id == self.page_id:
            raise ValidationError({"course": _("A course cannot be related to itself.")})
