"""Made-up courses for trying the site out: every stage, host, form and status there is.

Nothing here is the school's. Every summary says so, every address leads to example.org, and the
dates are weeks counted from the week in which the courses are loaded.
"""

from typing import Final

from courses.samples.patients import PATIENT_COURSES
from courses.samples.production import PRODUCTION_COURSES
from courses.samples.research import RESEARCH_COURSES
from courses.samples.shapes import SampleCourse, SampleSession

__all__ = ["HOW_TO_APPLY", "SAMPLE_COURSES", "SampleCourse", "SampleSession"]

HOW_TO_APPLY: Final = (
    "The host university handles the applications. Attach your study plan's first page and a few "
    "lines on how the course serves your project."
)
SAMPLE_COURSES: Final = (*RESEARCH_COURSES, *PRODUCTION_COURSES, *PATIENT_COURSES)
