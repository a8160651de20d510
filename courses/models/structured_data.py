"""Courses and their sessions in schema.org's terms, by the Bioschemas profiles for training.

https://bioschemas.org/profiles/Course and https://bioschemas.org/profiles/CourseInstance.
"""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from bs4 import BeautifulSoup

from cms.i18n.languages import localised
from cms.models import University
from cms.pages.structured_data import (
    JsonLd,
    absolute_url,
    organisation,
    postal_address,
    school,
    website,
    without_gaps,
)
from courses.status import ApplicationStatus, SessionState

if TYPE_CHECKING:
    from courses.models import CoursePage, CoursePerson, CourseSession

# Sixty credits are a year's work of 1,600 hours, in Sweden as in all of the ECTS.
_HOURS_A_CREDIT = Decimal(1600) / 60
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
    stages = [stage.localised_name for stage in course.stages.all()]
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
            "about": stages,
            "keywords": stages,
            "teaches": _points(course.learning_outcomes),
            "coursePrerequisites": _points(course.entry_requirements),
            "audience": _audience(course),
            "sourceOrganization": school(base_url),
            "isPartOf": website(base_url),
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
            "courseWorkload": _hours(course) or localised(session, "workload"),
            "description": localised(session, "workload"),
            "instructor": [
                _person(person)
                for person in course.people_with_universities
                if person.role != person.Role.CONTACT
            ],
            "maximumAttendeeCapacity": session.places,
            "location": _place(session),
            "organizer": _university(course.host) if course.host else None,
            "offers": _offer(session),
        }
    )


def _place(session: "CourseSession") -> JsonLd | None:
    name = localised(session, "location")
    if not name:
        return None
    return {"@type": "Place", "name": name, "address": postal_address(streetAddress=name)}


def _points(html: str) -> list[str]:
    """Return the points of a rich text, one by one; where it has none, its paragraphs."""
    text = BeautifulSoup(html, "html.parser")
    parts = text.find_all("li") or text.find_all("p")
    return [line for part in parts if (line := " ".join(part.get_text(" ").split()))]


def _audience(course: "CoursePage") -> JsonLd | None:
    kinds = _points(course.audience)
    return {"@type": "EducationalAudience", "audienceType": kinds} if kinds else None


def _hours(course: "CoursePage") -> str:
    """Return the hours of work as an ISO 8601 duration, as far as they are known."""
    return f"PT{round(course.credits * _HOURS_A_CREDIT)}H" if course.credits else ""


def _person(person: "CoursePerson") -> JsonLd:
    """Return a Person; who writes to them finds the address on the page."""
    return without_gaps(
        {
            "@type": "Person",
            "name": person.name,
            "url": person.website,
            "affiliation": _university(person.university) if person.university else None,
        }
    )


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
