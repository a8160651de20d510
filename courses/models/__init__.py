"""Courses, their sessions, the list of them, and the stages of development."""

from courses.models.course_index_page import CourseIndexPage
from courses.models.course_page import CourseCycle, CoursePage
from courses.models.course_relations import CoursePerson, RelatedCourse
from courses.models.course_session import CourseMode, CourseSession
from courses.models.stage import DevelopmentStage

__all__ = [
    "CourseCycle",
    "CourseIndexPage",
    "CourseMode",
    "CoursePage",
    "CoursePerson",
    "CourseSession",
    "DevelopmentStage",
    "RelatedCourse",
]
