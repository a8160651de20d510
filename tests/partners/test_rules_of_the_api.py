"""Filters, errors, CORS, throttling and how many queries a response takes."""

from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from cms.publishing.http.client_address import client_network
from courses.models import CoursePerson, RelatedCourse
from tests.factories import CoursePageFactory, CourseSessionFactory
from tests.partners.contract import API
from tests.school import School
from tests.story import story

MAX_QUERIES = 12


def _ids(client: Client, address: str) -> list[int]:
    response = client.get(f"{API}{address}")
    assert response.status_code == 200, response.content
    return [item["id"] for item in response.json()["items"]]


def test_conditions_hold_for_the_same_session(school: School, client: Client) -> None:
    course = CoursePageFactory(
        parent=school.index,
        sessions=[
            CourseSessionFactory.build(mode="online", state="full"),
            CourseSessionFactory.build(mode="hybrid"),
        ],
    )
    assert _ids(client, "courses/?mode=online&open=true") == []
    assert _ids(client, "courses/?mode=hybrid&open=true") == [course.pk]
    assert set(_ids(client, "courses/?mode=online")) == {course.pk, school.course.pk}
    assert _ids(client, "courses/?mode=online&upcoming=false") == [school.course.pk]


@pytest.mark.parametrize("host", ["LU", "lu", "012a77v79", "https://ror.org/012a77v79", None])
def test_hosts_have_three_names(host: str | None, school: School, client: Client) -> None:
    value = host or str(school.university.pk)
    assert _ids(client, f"courses/?host={value}") == [school.course.pk]
    assert len(_ids(client, f"sessions/?host={value}")) == 2


def test_filters_find_what_they_say(school: School, client: Client) -> None:
    course = school.course.pk
    for question in (
        "stage=manufacturing", "language=sv", "open=true", "upcoming=true", "mode=on_site",
        "starts_from=2026-11-02&starts_to=2026-11-02", "deadline_from=2026-10-01",
        "deadline_to=2026-10-01&deadline_from=2026-09-01", "search=manufacturing", "slug=gmp",
    ):  # fmt: skip
        assert _ids(client, f"courses/?{question}") == [course], question
    for question in ("slug=nothing", "starts_from=2026-11-03", "search=nothing"):
        assert _ids(client, f"courses/?{question}") == [], question
    assert _ids(client, "courses/?order=starts")[0] == course
    first, second = client.get(f"{API}sessions/").json()["items"]
    assert first["start_date"] < second["start_date"]
    assert second["course"]["host"]["short_name"] == "LU"


def test_a_plain_list_is_enough_for_a_card(school: School, client: Client) -> None:
    (card,) = client.get(f"{API}courses/?open=true").json()["items"]
    assert card["meta"]["html_url"] == "http://testserver/courses/gmp/"
    assert {"title", "summary", "code", "credits", "host", "stages", "social_image"} <= card.keys()
    assert card["host"].items() >= {"name": "Lund University", "short_name": "LU"}.items()
    assert card["next_session"]["application_status"] == "open"
    assert card["next_session"]["status_date"] == "2026-09-15"


def test_texts_are_blocks_and_html_with_absolute_addresses(school: School, client: Client) -> None:
    school.course.body = story(school)
    school.course.audience = f'<p><a linktype="page" id="{school.contact.pk}">Ask</a></p>'
    school.course.save()
    data = client.get(f"{API}courses/{school.course.pk}/").json()
    assert data["audience"] == '<p><a href="http://testserver/contact/">Ask</a></p>'
    assert len(data["body"]) == 14
    assert 'href="/' not in data["body_html"]
    assert 'src="http://testserver/' in data["body_html"]
    assert "<script" not in data["body_html"]


@pytest.mark.parametrize(
    ("question", "parameter"),
    [
        ("courses/?nonsense=1", "nonsense"),
        ("courses/?limit=101", "limit"),
        ("courses/?limit=-1", "limit"),
        ("courses/?limit=1&limit=2", "limit"),
        ("courses/?offset=99999999999999999999999", "offset"),
        ("courses/?starts_from=2026-13-45", "starts_from"),
        ("courses/?open=maybe", "open"),
        ("courses/?mode=beamed", "mode"),
        ("courses/?locale=xx", "locale"),
        ("courses/?search=%00", "search"),
        ("courses/?search=", "search"),
        ("courses/?translation_key=nonsense", "translation_key"),
        ("courses/?translation_of=99999999999999999999", "translation_of"),
        ("courses/?order=editorial_note", "order"),
        ("courses/?fields=editorial_note", "fields"),
        ("courses/?fields=host(secret)", "fields"),
        ("courses/?fields=((", "fields"),
        ("pages/?type=cms.User", "type"),
        ("pages/?child_of=4711", "child_of"),
        ("changes/?since=-1", "since"),
        ("courses/?format=api", "format"),
        ("courses/?host=NOPE", "host"),
        ("sessions/?host=99999", "host"),
        ("sessions/?stage=zzz", "stage"),
        ("sessions/?course=99999", "course"),
        ("courses/?order=random&offset=1", "offset"),
    ],
)
def test_mistakes_are_named(question: str, parameter: str, school: School, client: Client) -> None:
    response = client.get(f"{API}{question}")
    assert response.status_code == 400
    assert response.headers["Content-Type"] == "application/problem+json"
    problem = response.json()
    assert problem["parameter"] == parameter
    assert problem["accepted"]
    assert "sent" in problem


def test_what_programs_send_by_habit_changes_nothing(school: School, client: Client) -> None:
    plain = client.get(f"{API}pages/").json()
    for question in (
        "_=1796032800",
        "format=json",
        "search_operator=and",
        "type=wagtailcore.Page",
        "_=1&format=json&type=wagtailcore.Page",
    ):
        assert client.get(f"{API}pages/?{question}").json() == plain, question
    # Nor does it fill the cache, or count as another answer.
    again = client.get(
        f"{API}pages/?_=2", headers={"if-none-match": client.get(f"{API}pages/")["ETag"]}
    )
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("accept", "status"),
    [
        ("application/json", 200),
        ("APPLICATION/JSON;q=0.1, text/html", 200),
        ("text/html, */*;q=0.8", 200),
        ("application/*", 200),
        ("", 200),
        ("text/html", 406),
        ("application/json;q=0", 406),
        ("application/json;q=0, */*", 406),
    ],
)
def test_json_is_sent_to_those_who_take_it(
    accept: str, status: int, school: School, client: Client
) -> None:
    response = client.get(f"{API}courses/", headers={"accept": accept})
    assert response.status_code == status


@pytest.mark.parametrize(("accepted", "is_packed"), [("br, gzip", True), ("gzip;q=0", False)])
def test_answers_are_packed_for_those_who_take_that(
    accepted: str, is_packed: bool, school: School, client: Client
) -> None:
    for address in (f"{API}pages/", "/"):
        response = client.get(address, headers={"accept-encoding": accepted})
        assert ("Content-Encoding" in response.headers) == is_packed


def test_the_language_named_is_that_of_what_was_sent(
    school: School, swedish_pages: dict[str, Page], client: Client
) -> None:
    swedish = swedish_pages["course"]
    for address, languages in (
        (f"courses/?translation_key={swedish.translation_key}", "en, sv"),
        ("courses/?locale=sv", "sv"),
        (f"courses/{swedish.pk}/", "sv"),
        (f"courses/{school.course.pk}/", "en"),
        ("universities/", None),
    ):
        assert client.get(API + address).headers.get("Content-Language") == languages, address


def test_whoever_posts_to_a_page_is_told_what_it_takes(school: School) -> None:
    client = Client(enforce_csrf_checks=True)
    for address in ("/", "/courses/", "/search/", "/courses/feed.atom", "/api/", "/robots.txt"):
        response = client.post(address)
        assert response.status_code == 405, address
        assert {"GET", "HEAD"} <= set(response.headers["Allow"].split(", ")), address


def test_a_random_order_is_another_one_each_time(many_courses: School, client: Client) -> None:
    address = f"{API}courses/?order=random&limit=10"
    assert len({tuple(_ids(client, address[len(API) :])) for _ in range(5)}) > 1


def test_every_dead_end_is_a_problem(school: School, client: Client) -> None:
    for address in (
        "/api/nowhere/",
        f"{API}nowhere",
        f"{API}courses/999999999999/",
        f"{API}pages/x/",
    ):
        response = client.get(address)
        assert response.status_code == 404
        assert response.headers["Content-Type"] == "application/problem+json"
        assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert client.get(f"{API}courses?open=true").headers["Location"] == f"{API}courses/?open=true"


def test_any_site_may_read(school: School, client: Client) -> None:
    address = f"{API}courses/"
    first = client.get(address, headers={"origin": "https://lu.example"})
    again = client.get(address, headers={"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    preflight = client.options(address, headers={"access-control-request-method": "GET"})
    assert preflight.status_code == 204
    assert "If-None-Match" in preflight.headers["Access-Control-Allow-Headers"]
    for response in (first, again, client.get(address), preflight, client.post(address)):
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert "ETag" in response.headers["Access-Control-Expose-Headers"]
        assert "Access-Control-Allow-Credentials" not in response.headers
    # Whatever is asked for, and whatever is answered.
    for way in (
        "/courses/calendar.ics",
        "/courses/feed.atom",
        "/courses/gmp/calendar.ics",
        "/sv/embed/courses.js",
        "/courses/feed.atom?host=NOPE",
        "/nowhere/feed.atom",
        f"{API}pages/find/?html_path=/about/",
        f"{API}pages/find/?html_path=/nowhere/",
        f"{API}courses",
    ):
        first = client.get(way)
        again = client.get(way, headers={"if-none-match": first.headers.get("ETag", "x")})
        for response in (first, again, client.post(way)):
            assert response.headers["Access-Control-Allow-Origin"] == "*", way
    assert again.status_code == 301
    for page in ("/", "/api/", "/api/v2/reference/", "/sv/embed/courses/"):
        assert "Access-Control-Allow-Origin" not in client.get(page).headers, page
    head = client.head(address)
    assert (head.status_code, head.content) == (200, b"")


def test_only_new_answers_are_counted(school: School, client: Client, settings: Any) -> None:
    settings.API_REQUESTS_PER_MINUTE = 2
    etag = client.get(f"{API}courses/").headers["ETag"]
    for _attempt in range(5):
        assert client.get(f"{API}courses/", headers={"if-none-match": etag}).status_code == 304
        assert client.get(f"{API}courses/").status_code == 200
    assert client.get(f"{API}sessions/").status_code == 200
    refused = client.get(f"{API}stages/")
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert refused.headers["Access-Control-Allow-Origin"] == "*"
    assert refused.json()["status"] == 429
    assert client.get(f"{API}stages/", REMOTE_ADDR="192.0.2.7").status_code == 200


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "1.1.1.1", "192.0.2.1"),
        (1, "1.1.1.1, 203.0.113.9", "203.0.113.9"),
        (1, "", "192.0.2.1"),
        (2, "1.1.1.1, 203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (2, "203.0.113.9", "203.0.113.9"),
        (1, "203.0.113.9:4711", "203.0.113.9"),
    ],
)
def test_addresses_cannot_be_made_up(
    proxies: int, forwarded: str, expected: str, settings: Any
) -> None:
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1")
    if forwarded:
        request.META["HTTP_X_FORWARDED_FOR"] = forwarded
    assert client_network(request) == expected


@pytest.fixture
def many_courses(school: School) -> School:
    """Enough courses, each with everything, to tell lists of different lengths apart."""
    school.course.body = story(school)
    school.course.save()
    for _number in range(24):
        CoursePageFactory(
            parent=school.index,
            host=school.university,
            co_organisers=[school.university],
            stages=[school.stage],
            social_image=school.image,
            syllabus=school.document,
            body=story(school),
            sessions=[CourseSessionFactory.build(), CourseSessionFactory.build()],
            people=[CoursePerson(name="Alva", university=school.university)],
            related_courses=[RelatedCourse(course=school.course)],
        )
    return school


def _queries(client: Client, address: str) -> int:
    # As after a publish: what was rendered is gone, what the process knows of the site is not.
    caches["pages"].clear()
    with CaptureQueriesContext(connection) as captured:
        assert client.get(f"{API}{address}").status_code == 200
    return len(captured)


def test_queries_do_not_grow_with_the_list(many_courses: School, client: Client) -> None:
    for address in ("courses/", "courses/?fields=*"):
        client.get(f"{API}{address}")
    for fields in ("", "&fields=*"):
        few = _queries(client, f"courses/?limit=10{fields}")
        many = _queries(client, f"courses/?limit=100{fields}")
        assert few == many <= MAX_QUERIES


FEW_QUERIES = [
    "courses/{course}/", "courses/{course}/?fields=*", "pages/{home}/?fields=*",
    "sessions/?fields=*,course(*)", "pages/?fields=*", "pages/?type=courses.CoursePage&fields=*",
    "universities/?fields=*", "stages/?fields=*", "images/?fields=*", "documents/?fields=*",
    "changes/", "courses/?host=LU&stage=manufacturing&open=true&mode=on_site&order=starts",
]  # fmt: skip


def test_every_response_takes_few_queries(many_courses: School, client: Client) -> None:
    client.get(f"{API}courses/?fields=*")
    numbers = {"course": many_courses.course.pk, "home": many_courses.home.pk}
    taken = {address: _queries(client, address.format(**numbers)) for address in FEW_QUERIES}
    assert {address: count for address, count in taken.items() if count > MAX_QUERIES} == {}


def test_nothing_new_takes_one_query(school: School, client: Client) -> None:
    etag = client.get(f"{API}changes/?since=0").headers["ETag"]
    with CaptureQueriesContext(connection) as captured:
        response = client.get(f"{API}changes/?since=0", headers={"if-none-match": etag})
    assert (response.status_code, len(captured)) == (304, 1)


def test_partners_can_read_about_it(school: School, client: Client) -> None:
    page = client.get("/api/").content.decode()
    assert page.count("http://testserver/api/v2/courses/") >= 3
    reference = client.get("/api/v2/reference/").content.decode()
    assert 'id="list_courses"' in reference
    assert 'id="schema-Story"' in reference
    assert "call_to_action" in reference
    for text in (page, reference):
        assert "<script" not in text
        assert "https://fonts" not in text
