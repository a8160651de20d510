"""Sample courses about bringing a therapy to patients."""

from decimal import Decimal
from typing import Final

from courses.models import CourseMode
from courses.samples.shapes import GENERAL_REQUIREMENTS, SampleCourse, SampleSession
from courses.status import SessionState

PATIENT_COURSES: Final = (
    SampleCourse(
        slug="clinical-trials-with-atmps",
        title="Clinical trials with ATMPs",
        summary="Sample course: trials with few patients and lasting effects.",
        code="SAMPLE-08",
        credits=Decimal("6.0"),
        host="KI",
        co_organisers=("UU", "GU"),
        stages=("clinical-trials", "regulation"),
        audience="Doctoral students, physicians and research nurses.",
        entry_requirements=f"{GENERAL_REQUIREMENTS} Training in good clinical practice.",
        learning_outcomes=(
            "choose a trial design for a rare disease",
            "write the parts of a trial application that are special to ATMPs",
            "plan fifteen years of follow-up with patients",
        ),
        content="Two weeks on site with a month of project work between them.",
        examination="A synopsis of a clinical trial, defended before a panel.",
        teacher="Henrik Exempel",
        sessions=(
            SampleSession(
                CourseMode.HYBRID,
                "Huddinge and online",
                location_sv="Huddinge och på distans",
                starts=10,
                weeks=6,
                opens=-1,
                closes=5,
                workload="Two full weeks and project work",
                workload_sv="Två hela veckor och projektarbete",
                places=30,
            ),
        ),
        related=("european-regulation-of-atmps",),
    ),
    SampleCourse(
        slug="health-economics-and-patient-access",
        title="Health economics and patient access",
        summary="Sample course: what one treatment for life is worth, and who pays.",
        code="SAMPLE-09",
        credits=Decimal("3.0"),
        host="UmU",
        co_organisers=("LU",),
        stages=("health-economics-and-access",),
        audience="Doctoral students, and professionals in regions, authorities and companies.",
        entry_requirements=GENERAL_REQUIREMENTS,
        learning_outcomes=(
            "read a health economic evaluation critically",
            "compare ways of paying over time and by outcome",
            "describe how new therapies are introduced in Sweden",
        ),
        content="Web lectures and workshops with regions and authorities.",
        examination="An evaluation of a therapy of your choice.",
        teacher="Ingrid Exempel",
        taught_in_swedish=True,
        sessions=(
            SampleSession(
                CourseMode.ONLINE,
                "",
                state=SessionState.PLANNED,
                note="Dates will be announced.",
                note_sv="Datum meddelas senare.",
            ),
        ),
    ),
    SampleCourse(
        slug="ethics-and-law-of-gene-therapy",
        title="Ethics and law of gene therapy",
        summary="Sample course: consent, ownership of cells and fair access, discussed in one day.",
        code="SAMPLE-10",
        credits=Decimal("1.0"),
        host="GU",
        stages=("regulation", "health-economics-and-access"),
        audience="Doctoral students and legal professionals.",
        entry_requirements=GENERAL_REQUIREMENTS,
        learning_outcomes=(
            "identify the ethical questions of a project",
            "explain the rules on consent and biobanks",
        ),
        content="One day of cases, with reading beforehand.",
        examination="Active participation and a short reflection.",
        teacher="Johan Exempel",
        taught_in_swedish=True,
        sessions=(
            SampleSession(
                CourseMode.ONLINE,
                "",
                starts=9,
                weeks=0,
                opens=2,
                closes=7,
                workload="One day",
                workload_sv="En dag",
                places=80,
            ),
            SampleSession(
                CourseMode.ON_SITE,
                "Gothenburg",
                location_sv="Göteborg",
                starts=-40,
                weeks=0,
                opens=-52,
                closes=-44,
                workload="One day",
                workload_sv="En dag",
                places=35,
            ),
        ),
        related=("european-regulation-of-atmps", "health-economics-and-patient-access"),
    ),
)
