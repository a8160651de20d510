"""A course: what it teaches, who gives it, and when."""

from decimal import Decimal
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.api import APIField
from wagtail.fields import RichTextField
from wagtail.models import Locale, PageManager, PageQuerySet
from wagtail.search import index

from cms.blocks import RICH_TEXT_FEATURES, StoryBlock
from cms.fields import StreamField, WebAddressField
from cms.models import University
from cms.pages.base import BasePage
from cms.pages.search_fields import FACT, SESSION, texts_of
from cms.pages.structured_data import JsonLd
from cms.publishing.visibility import public_pages
from courses.models.course_in_brief import CourseInBriefMixin
from courses.models.course_panels import COURSE_EDITOR
from courses.models.course_relations import CoursePerson
from courses.models.course_session import CourseSession
from courses.models.querysets import CoursePageQuerySet
from courses.models.structured_data import course_data
from courses.models.timetable import TimetableMixin


class CourseCycle(models.TextChoices):
    """The cycle of the European Higher Education Area's qualifications framework."""

    FIRST = "first", _("First cycle (bachelor)")
    SECOND = "second", _("Second cycle (master)")
    THIRD = "third", _("Third cycle (doctoral)")


class CoursePage(CourseInBriefMixin, TimetableMixin, BasePage):
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
        # Required to publish; a draft can be saved before it is known.
        null=True,
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
    image = models.ForeignKey(
        "cms.SiteImage",
        verbose_name=_("image"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_(
            "Shown at the top of the course's page. Its description in the library is read aloud. "
            "Without one, a picture is drawn from the title and the stages."
        ),
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
    body = StreamField(StoryBlock, verbose_name=_("content"), blank=True)
    examination = RichTextField(_("examination"), features=RICH_TEXT_FEATURES, blank=True)
    syllabus = models.ForeignKey(
        "wagtaildocs.Document",
        verbose_name=_("syllabus"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    application_url = WebAddressField(
        _("application link"),
        blank=True,
        help_text=_("Each university runs its own application: the address of the form."),
    )
    how_to_apply = RichTextField(_("how to apply"), features=RICH_TEXT_FEATURES, blank=True)

    word_fields = (
        *BasePage.word_fields,
        "audience",
        "entry_requirements",
        "learning_outcomes",
        "body",
        "examination",
        "how_to_apply",
    )
    fact_fields = (
        "code",
        "credits",
        "cycle",
        "taught_in_english",
        "taught_in_swedish",
        "host",
        "co_organisers",
        "stages",
        "image",
        "syllabus",
        "application_url",
        "sessions",
        "people",
        "related_courses",
    )

    edit_handler = COURSE_EDITOR
    main_image_field = "image"
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
        APIField("image"),
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
        APIField("related_courses"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("code", boost=2),
        index.SearchField("audience"),
        index.SearchField("learning_outcomes"),
        index.SearchField("entry_requirements"),
        index.SearchField("body"),
        index.SearchField("examination"),
        index.SearchField("how_to_apply"),
        index.FilterField("host"),
        texts_of("host", *University.NAMES, boost=FACT),
        texts_of("co_organisers", *University.NAMES),
        texts_of("stages", "name", "name_sv", boost=FACT),
        texts_of("people", "name", "email", boost=FACT),
        texts_of("sessions", *CourseSession.TEXTS, boost=SESSION),
        index.SearchField("facts_in_words", boost=FACT),
    ]

    parent_page_types: ClassVar[list[str]] = ["courses.CourseIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "courses/course_page.html"

    objects = PageManager.from_queryset(CoursePageQuerySet)()

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")

    def clean(self) -> None:
        super().clean()
        if not (self.taught_in_english or self.taught_in_swedish):
            raise ValidationError(
                {"taught_in_english": _("Choose at least one language of instruction.")}
            )

    @classmethod
    def listed_in(cls, locale: Locale) -> PageQuerySet:
        """Return the courses for readers of `locale`: also those that are in English alone."""
        return cls.objects.all().public_in(locale)

    @classmethod
    def for_visitors(cls) -> PageQuerySet:
        """Return courses with what their template shows of other tables."""
        courses = super().for_visitors().select_related("host", "syllabus", "image")
        return courses.prefetch_related("sessions", "stages", "co_organisers")

    def structured_data(self, base_url: str) -> list[JsonLd]:
        """Add the course and its coming sessions."""
        return [*super().structured_data(base_url), course_data(self, base_url)]

    @cached_property
    def people_with_universities(self) -> list[CoursePerson]:
        """The teachers and contacts, each with the university they belong to."""
        return list(self.people.select_related("university"))

    @property
    def related_live_courses(self) -> list["CoursePage"]:
        """The related courses that everyone may read, in the editors' order."""
        keys = {
            related.course_id: related.course.translation_key
            for related in self.related_courses.select_related("course")
        }
        if not keys:
            return []
        translated = models.Q(translation_key__in=keys.values(), locale=self.locale_id)
        courses = public_pages(CoursePage.objects.filter(translated | models.Q(pk__in=keys)))
        courses = courses.select_related("image").prefetch_related("stages")
        # A translation in the language of this page comes last, and so takes the place.
        in_order = sorted(courses, key=lambda course: course.locale_id == self.locale_id)
        shown = {course.translation_key: course for course in in_order}
        return [shown[key] for key in keys.values() if key in shown]
