"""Search engines and course catalogues are told what a page is, in schema.org's terms."""

import json
from typing import Any

from django.test import Client

from cms.models import SiteSettings
from tests.html import parse
from tests.school import School


def things(client: Client, address: str) -> dict[str, dict[str, Any]]:
    """Return the page's JSON-LD by type."""
    (script,) = parse(client.get(address)).select("script[type='application/ld+json']")
    data = json.loads(script.string or "")
    assert data["@context"] == "https://schema.org"
    return {thing["@type"]: thing for thing in data["@graph"]}


def test_a_course_describes_itself_and_its_coming_sessions(school: School, client: Client) -> None:
    found = things(client, "/courses/gmp/")
    course = found["Course"]

    assert course["courseCode"] == "MED901"
    assert course["numberOfCredits"] == {
        "@type": "StructuredValue",
        "value": 7.5,
        "unitText": "ECTS",
    }
    assert course["provider"]["sameAs"] == "https://ror.org/012a77v79"
    (instance,) = course["hasCourseInstance"]
    assert (instance["startDate"], instance["endDate"]) == ("2026-11-02", "2026-11-13")
    assert instance["offers"]["validThrough"] == "2026-10-01"
    # 7.5 of the 60 credits that 1,600 hours of work make, in ISO 8601.
    assert (instance["courseWorkload"], instance["description"]) == ("PT200H", "Full time")
    assert instance["location"]["address"]["@type"] == "PostalAddress"
    (teacher,) = instance["instructor"]
    assert (teacher["name"], teacher["affiliation"]["name"]) == (
        "Alva Lindqvist",
        "Lund University",
    )
    assert "alva@example.org" not in json.dumps(found)
    # What the Bioschemas profile of a course asks for or recommends.
    assert course["teaches"] == ["Describe a clean room."]
    assert course["coursePrerequisites"] == ["Admission to doctoral studies."]
    assert course["audience"]["audienceType"] == ["Doctoral students in medicine."]
    assert course["keywords"] == ["Manufacturing"]
    assert course["isPartOf"]["@type"] == "WebSite"
    assert things(client, "/")["WebSite"]["@id"] == course["isPartOf"]["@id"]
    trail = [step["item"] for step in found["BreadcrumbList"]["itemListElement"]]
    assert trail[-1] == "http://testserver/courses/gmp/"


def test_the_school_and_its_grants_describe_themselves(school: School, client: Client) -> None:
    settings = SiteSettings.for_site(school.home.get_site())
    settings.postal_address = "BMC F14\nBox 117\n\n221 00 Lund"
    settings.save()
    described = things(client, "/")["EducationalOrganization"]
    assert described["url"] == "http://testserver/"
    assert described["address"] == {
        "@type": "PostalAddress",
        "streetAddress": "BMC F14, Box 117, 221 00 Lund",
        "addressCountry": "SE",
    }
    grant = things(client, "/about/funding/")["MonetaryGrant"]
    assert grant["funder"]["sameAs"] == "https://ror.org/03zttf063"
    assert grant["identifier"] == "2023-12345"


def test_the_list_names_its_courses_in_order_and_how_many_there_are(
    school: School, client: Client
) -> None:
    found = things(client, "/courses/")["ItemList"]
    assert found["numberOfItems"] == 2
    assert [(item["position"], item["url"]) for item in found["itemListElement"]] == [
        (1, "http://testserver/courses/gmp/"),
        (2, "http://testserver/courses/cells/"),
    ]


def test_no_text_of_an_editor_can_end_the_script(school: School, client: Client) -> None:
    hostile = "</script><script>alert(1)</script><!-- & \u2028"
    school.course.title = hostile
    school.course.summary = hostile
    school.course.save_revision().publish()

    source = client.get("/courses/gmp/").content.decode()

    assert "<script>alert(1)" not in source
    assert things(client, "/courses/gmp/")["Course"]["name"] == hostile
