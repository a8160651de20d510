"""Sample courses about making and authorising a therapy."""

from decimal import Decimal
from typing import Final

from courses.models import CourseMode
from courses.samples.shapes import GENERAL_REQUIREMENTS, SampleCourse, SampleSession
from courses.status import SessionState

PRODUCTION_COURSES: Final = (
    SampleCourse(
        slug="gmp-for-cell-and-gene-therapies",
        title="Good manufacturing practice for cell and gene therapies",
        summary="Sample course: making a living medicine the same way every time.",
        code="SAMPLE-05",
        credits=Decimal("7.5"),
        host="UU",
        co_organisers=("KI", "LU"),
        stages=("manufacturing-and-gmp", "regulation"),
        audience="Doctoral students, hospital staff and industry professionals.",
        entry_requirements=f"{GENERAL_REQUIREMENTS} Or two years of work in a laboratory.",
        learning_outcomes=(
            "read and apply the EU's GMP guideline for ATMPs",
            "write a batch record and handle a deviation",
            "plan release testing for a product with a short shelf life",
        ),
        content="Web lectures, a week in a training clean room, and the documentation of a batch.",
        examination="A batch record and an oral examination on it.",
        teacher="Elin Exempel",
        sessions=(
            SampleSession(
                CourseMode.HYBRID,
                "Uppsala and online",
                state=SessionState.FULL,
                starts=5,
                weeks=5,
                opens=-8,
                closes=2,
                workload="Half time for five weeks",
                places=12,
                note="There is a waiting list; write to the course's contact.",
            ),
            SampleSession(
                CourseMode.HYBRID,
                "Uppsala and online",
                state=SessionState.PLANNED,
                starts=30,
                weeks=5,
                opens=18,
                closes=25,
                workload="Half time for five weeks",
                places=12,
            ),
        ),
        related=("introduction-to-atmps",),
    ),
    SampleCourse(
        slug="process-development-and-scale-up",
        title="Process development and scale-up",
        summary="Sample course: from a protocol at the bench to a process in a closed bioreactor.",
        code="SAMPLE-06",
        credits=Decimal("4.0"),
        host="LU",
        stages=("manufacturing-and-gmp",),
        audience="Doctoral students in bioprocess engineering and cell therapy.",
        entry_requirements=f"{GENERAL_REQUIREMENTS} Cell culture practice.",
        learning_outcomes=(
            "define critical quality attributes and process parameters",
            "compare scaling up with scaling out",
            "estimate the cost of goods of a process",
        ),
        content="Lectures, a simulation exercise and visits to two companies.",
        examination="A written report on a simulated process.",
        teacher="Fredrik Exempel",
        sessions=(
            SampleSession(
                CourseMode.ON_SITE,
                "Lund",
                state=SessionState.CANCELLED,
                starts=7,
                weeks=2,
                opens=-6,
                closes=2,
                workload="Full time for two weeks",
                places=18,
                note="Cancelled: too few applicants. It will be given again.",
            ),
        ),
        related=("gmp-for-cell-and-gene-therapies",),
    ),
    SampleCourse(
        slug="european-regulation-of-atmps",
        title="European regulation of ATMPs",
        summary="Sample course: from classification to marketing authorisation.",
        code="SAMPLE-07",
        credits=Decimal("3.0"),
        host="UU",
        co_organisers=("GU",),
        stages=("regulation",),
        audience="Doctoral students, and regulatory and legal professionals.",
        entry_requirements=GENERAL_REQUIREMENTS,
        learning_outcomes=(
            "classify a product under Regulation (EC) No 1394/2007",
            "prepare questions for scientific advice",
            "weigh hospital exemption against a clinical trial",
        ),
        content="Six online seminars with assessors, lawyers and developers.",
        examination="A written advice request, reviewed by fellow students.",
        teacher="Greta Exempel",
        sessions=(
            SampleSession(
                CourseMode.ONLINE,
                "",
                starts=2,
                weeks=6,
                opens=-10,
                closes=-1,
                workload="One afternoon a week for six weeks",
                places=60,
            ),
        ),
    ),
)
