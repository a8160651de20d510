"""Courses and their sessions in schema.org's terms."""

from datetime import date
from typing import TYPE_CHECKING

from cms.i18n.languages import localised
from cms.models import University
from cms.pages.structured_data import JsonLd, absolute_url, organisation, school, without_gaps
from courses.status import ApplicationStatus, SessionState

if TYPE_CHECKING:
    from courses.models import CoursePage, CourseSession

_MODES = {"on_site": "Onsite", "online": "Online", "hybrid": "Blended"}
_EVENT_STATUS = "https://schema.org/EventScheduled"
_EVENT_CANCELLED = "https://schema.org/EventCancelled"
_AVAILABILITY = {
    ApplicationStatus.OPEN: "https://schema.org/InStock",
    ApplicationStatus.FULL: "https://schema.org/SoldOut",
}


def course_data(course: "CoursePage", base_url: str) -> JsonLd:
    """Return a Course with a CourseInstance for each session that is not over.

    `base_url` is scheme and host. Credits are given as ECTS (https://schema.org/numberOfCredits).
    """
    url = absolute_url(course, base_url)
    return without_gaps(
        {
            "@type": "Course",
            "@id": f"{url}#course",
            "name": course.title,
            "description": course.summary,
            "url": url,
            "courseCode": course.code,
            "numberOfCredits": _credits(course),
            "educationalLevel": course.get_cycle_display(),
            "inLanguage": [code for code, _name in course.languages_of_instruction],
            "provider": _university(course.host) if course.host else None,
            "about": [stage.localised_name for stage in course.stages.all()],
            "isPartOf": school(base_url),
            "hasCourseInstance": [
                _instance(session, course) for session in course.current_sessions
            ],
        }
    )


def _credits(course: "CoursePage") -> JsonLd | None:
    if course.credits is None:
        return None
    # JSON has no decimals; half credits are exact in binary.
    return {"@type": "StructuredValue", "value": float(course.credits), "unitText": "ECTS"}


def _instance(session: "CourseSession", course: "CoursePage") -> JsonLd:
    is_cancelled = session.state == SessionState.CANCELLED
    return without_gaps(
        {
            "@type": "CourseInstance",
            "name": course.title,
            "courseMode": _MODES[session.mode],
            "startDate": _iso(session.start_date),
            "endDate": _iso(session.last_date),
            "eventStatus": _EVENT_CANCELLED if is_cancelled else _EVENT_STATUS,
            "courseWorkload": localised(session, "workload"),
            "maximumAttendeeCapacity": session.places,
            "location": _place(session),
            "organizer": _university(course.host) if course.host else None,
            "offers": _offer(session),
        }
    )


def _place(session: "CourseSession") -> JsonLd | None:
    name = localised(session, "location")
    return {"@type": "Place", "name": name} if name else None


def _offer(session: "CourseSession") -> JsonLd | None:
    """Return the application as an Offer: doctoral courses cost nothing, but have a deadline."""
    availability = _AVAILABILITY.get(session.application_status)
    if availability is None or not session.apply_url:
        return None
    return without_gaps(
        {
            "@type": "Offer",
            "category": "Free",
            "url": session.apply_url,
            "availability": availability,
            "validFrom": _iso(session.application_opens),
            "validThrough": _iso(session.application_closes),
        }
    )


def _university(university: University) -> JsonLd:
    return organisation(university.localised_name, university.website, university.ror_id) | {
        "@type": "CollegeOrUniversity"
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
