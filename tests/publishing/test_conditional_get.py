"""What has not changed is not made again, and what has changed is seen at once."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.http import parse_http_date

from cms.models import Publication
from tests.day import NOW
from tests.factories import CoursePageFactory
from tests.publishing.reading import kept_responses, read
from tests.school import ADDRESSES, School

PUBLIC = [*ADDRESSES, "/api/v2/pages/", "/sitemap.xml"]


@pytest.mark.parametrize("address", PUBLIC)
def test_a_second_reader_gets_the_kept_response_with_one_query(
    address: str, school: School, client: Client
) -> None:
    first = read(client, address)
    with CaptureQueriesContext(connection) as queries:
        second = read(client, address)

    assert second.status_code == 200
    assert second.headers["Cache-Status"] == "atmp; hit"
    assert second.content == first.content
    assert len(queries) == 1


@pytest.mark.parametrize("address", PUBLIC)
def test_a_reader_who_has_the_current_answer_gets_304_with_one_query_and_nothing_rendered(
    address: str, school: School, client: Client
) -> None:
    etag = read(client, address).headers["ETag"]
    for cache in caches.all():
        cache.clear()
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address, headers={"If-None-Match": etag})

    assert response.status_code == 304
    assert response.content == b""
    assert response.headers["ETag"] == etag
    assert not response.templates
    assert len(queries) == 1


def test_a_reader_who_has_the_answer_says_so_in_any_way_of_http(
    school: School, client: Client
) -> None:
    response = read(client, "/about/")
    etag, modified = response.headers["ETag"], response.headers["Last-Modified"]
    published = Publication.objects.latest("pk").created_at
    assert parse_http_date(modified) == int(published.timestamp())
    for tags in ("*", etag.removeprefix("W/"), f'"other", {etag}', f'W/"a",{etag}'):
        assert client.get("/about/", headers={"If-None-Match": tags}).status_code == 304, tags
    by_date = client.get("/about/", headers={"If-Modified-Since": modified})
    assert by_date.status_code == 304
    assert by_date.headers["ETag"] == etag
    # A tag that differs outweighs the date; what is not there is known to nobody.
    both = {"If-None-Match": '"other"', "If-Modified-Since": modified}
    assert client.get("/about/", headers=both).status_code == 200
    for headers in ({"If-None-Match": "*"}, {"If-Modified-Since": modified}):
        assert client.get("/nowhere/", headers=headers).status_code == 404


def test_what_is_known_by_its_date_is_made_anew_at_midnight(school: School, client: Client) -> None:
    headers = {"If-Modified-Since": read(client, "/courses/gmp/").headers["Last-Modified"]}
    with time_machine.travel(NOW + timedelta(hours=9)):
        assert client.get("/courses/gmp/", headers=headers).status_code == 304
    with time_machine.travel(NOW + timedelta(hours=11)):
        assert client.get("/courses/gmp/", headers=headers).status_code == 200


def test_after_a_publish_the_next_reader_sees_it(school: School, client: Client) -> None:
    etag = read(client, "/about/vision/").headers["ETag"]
    school.vision.statement = "Every patient in Sweden."
    school.vision.save_revision().publish()

    response = client.get("/about/vision/", headers={"If-None-Match": etag})

    assert response.status_code == 200
    assert "Every patient in Sweden." in response.content.decode()


def test_a_draft_changes_nobodys_answer(school: School, client: Client) -> None:
    etag = read(client, "/about/vision/").headers["ETag"]
    school.vision.statement = "Not yet."
    school.vision.save_revision()

    assert client.get("/about/vision/", headers={"If-None-Match": etag}).status_code == 304


def test_a_new_day_in_sweden_makes_a_new_answer(school: School, client: Client) -> None:
    with time_machine.travel(datetime(2026, 9, 30, 21, 59, tzinfo=UTC)):
        etag = read(client, "/courses/gmp/").headers["ETag"]
    with time_machine.travel(datetime(2026, 9, 30, 22, 1, tzinfo=UTC)):
        assert client.get("/courses/gmp/", headers={"If-None-Match": etag}).status_code == 200


def test_shared_caches_may_answer_for_seconds_only(school: School, client: Client) -> None:
    control = read(client, "/").headers["Cache-Control"]

    assert control == (
        "public, max-age=0, s-maxage=5, stale-while-revalidate=5, stale-if-error=86400"
    )


def test_public_responses_vary_by_encoding_alone_and_set_no_cookie(
    school: School, client: Client
) -> None:
    for address in PUBLIC:
        response = read(client, address)
        assert response.headers["Vary"] == "Accept-Encoding", address
        assert not response.cookies, address


def test_each_encoding_has_a_response_of_its_own(school: School, client: Client) -> None:
    plain = read(client, "/")
    packed = client.get("/", headers={"Accept-Encoding": "gzip, br"})
    plain_again = read(client, "/")

    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.content) < len(plain.content)
    assert "Content-Encoding" not in plain_again.headers
    assert packed.headers["ETag"] != plain.headers["ETag"]


def test_the_order_of_parameters_and_tracking_make_no_further_copies(
    school: School, client: Client
) -> None:
    read(client, "/courses/")
    for query in ("utm_source=mail", "fbclid=1&utm_medium=x", "gclid=2"):
        response = read(client, f"/courses/?{query}")
        assert response.headers["Cache-Status"] == "atmp; hit", query

    first = read(client, "/api/v2/pages/?limit=2&offset=1")
    second = read(client, "/api/v2/pages/?offset=1&limit=2")
    assert second.headers["Cache-Status"] == "atmp; hit"
    assert second.content == first.content


def test_tracking_parameters_do_not_reach_the_response(school: School, client: Client) -> None:
    assert b"utm_" not in read(client, "/courses/?utm_source=poison").content


def test_made_up_parameters_fill_no_cache(school: School, client: Client) -> None:
    read(client, "/")
    before = kept_responses()
    for number in range(20):
        assert read(client, f"/?junk={number}").status_code == 200

    assert kept_responses() == before


def test_head_answers_what_get_would_without_the_body(school: School, client: Client) -> None:
    head = client.head("/about/")
    get = read(client, "/about/")
    head_again = client.head("/about/")

    assert get.status_code == head.status_code == head_again.status_code == 200
    assert get.content
    assert head.content == head_again.content == b""
    assert head.headers["ETag"] == get.headers["ETag"] == head_again.headers["ETag"]


def test_a_range_of_a_page_is_the_whole_page(school: School, client: Client) -> None:
    whole = read(client, "/about/")
    part = client.get("/about/", headers={"Range": "bytes=0-9"})

    assert part.status_code == 200
    assert part.content == whole.content


def test_an_encoded_address_is_the_same_page(school: School, client: Client) -> None:
    plain = read(client, "/about/")
    encoded = read(client, "/%61bout/")

    assert encoded.content == plain.content
    assert encoded.headers["ETag"] == plain.headers["ETag"]


def test_an_etag_of_one_address_is_worth_nothing_at_another(school: School, client: Client) -> None:
    etag = read(client, "/about/").headers["ETag"]

    response = client.get("/about/vision/", headers={"If-None-Match": etag})

    assert response.status_code == 200


def test_many_courses_on_the_list_are_kept_as_one_response(school: School, client: Client) -> None:
    CoursePageFactory.create_batch(5, parent=school.index, host=school.university)
    read(client, "/courses/")
    before = kept_responses()
    read(client, "/courses/")

    assert kept_responses() == before
