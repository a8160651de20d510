"""What a sample course and its sessions say."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from courses.models import CourseMode
from courses.status import SessionState


@dataclass(frozen=True, slots=True)
class SampleSession:
    """A session in weeks from now: negative lies behind, None is not known yet.

    It starts on a Monday and ends on the Friday `weeks` weeks on (0: the same day); application
    opens on a Monday and closes on a Friday.
    """

    mode: CourseMode
    location: str
    state: SessionState = SessionState.CONFIRMED
    starts: int | None = None
    weeks: int = 1
    opens: int | None = None
    closes: int | None = None
    workload: str = ""
    workload_sv: str = ""
    places: int | None = None
    location_sv: str = ""
    note: str = ""
    note_sv: str = ""


@dataclass(frozen=True, slots=True)
class SampleCourse:
    """A course. Universities by short name, stages and related courses by slug."""

    slug: str
    title: str
    summary: str
    code: str
    credits: Decimal
    host: str
    stages: tuple[str, ...]
    audience: str
    entry_requirements: str
    learning_outcomes: tuple[str, ...]
    content: str
    examination: str
    teacher: str
    sessions: tuple[SampleSession, ...]
    co_organisers: tuple[str, ...] = ()
    taught_in_swedish: bool = False
    related: tuple[str, ...] = ()


GENERAL_REQUIREMENTS: Final = "Admission to doctoral studies in medicine, science or engineering."
