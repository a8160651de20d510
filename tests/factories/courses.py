"""Courses, their sessions and the stages they cover."""

from datetime import date

from factory.declarations import Sequence, SubFactory
from factory.django import DjangoModelFactory

from courses.models import CourseIndexPage, CoursePage, CourseSession, DevelopmentStage
from tests.factories.cms import UniversityFactory
from tests.factories.pages import PageFactory


class DevelopmentStageFactory(DjangoModelFactory[DevelopmentStage]):
    """A stage from research to patient."""

    name = Sequence("Stage {}".format)
    name_sv = Sequence("Steg {}".format)
    slug = Sequence("stage-{}".format)
    description = Sequence("What happens in stage {}.".format)
    sort_order = Sequence(lambda number: number)

    class Meta:
        model = DevelopmentStage


class CourseIndexPageFactory(PageFactory):
    """The list of courses: one under the home page."""

    title = "Courses"
    slug = "courses"
    show_in_menus = True

    class Meta:
        model = CourseIndexPage


class CoursePageFactory(PageFactory):
    """A course under the list of courses."""

    title = Sequence("Course number {}".format)
    host = SubFactory(UniversityFactory)

    class Meta:
        model = CoursePage


class CourseSessionFactory(DjangoModelFactory[CourseSession]):
    """A session, to be built and handed to a course as one of its `sessions`.

    It lies after the day on which the tests take place, and applications are open on that day.
    """

    start_date = date(2026, 11, 2)
    end_date = date(2026, 11, 13)
    application_opens = date(2026, 9, 1)
    application_closes = date(2026, 10, 1)
    state = "confirmed"

    class Meta:
        model = CourseSession
