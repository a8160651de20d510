"""The page cache works with every cache CACHE_URL can name, and without any of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.test import Client

from cms.publishing import page_cache
from cms.settings.caches import caches as caches_of
from cms.settings.caches import is_cache_url
from tests.publishing.reading import read
from tests.school import School

NOBODY_LISTENS = "redis://127.0.0.1:1/0"


@pytest.fixture
def cache_url(
    request: pytest.FixtureRequest, tmp_path: Path, settings: object, db: None
) -> Iterator[str]:
    url = str(request.param).replace("DIRECTORY", str(tmp_path))
    settings.CACHES = caches_of(url)  # type: ignore[attr-defined]
    if url.startswith("db://"):
        call_command("createcachetable", verbosity=0)
    yield url
    caches[page_cache.PAGE_CACHE_ALIAS].clear()


@pytest.mark.parametrize(
    "cache_url", ["locmem://", "file://DIRECTORY", "db://page_cache"], indirect=True
)
def test_answers_are_kept(cache_url: str, school: School, client: Client) -> None:
    first = read(client, "/about/")
    second = read(client, "/about/")

    assert second.headers["Cache-Status"] == "atmp; hit"
    assert second.content == first.content


@pytest.mark.parametrize("cache_url", [NOBODY_LISTENS], indirect=True)
def test_without_its_cache_the_site_is_as_right(
    cache_url: str, school: School, client: Client
) -> None:
    for _time in range(3):
        response = read(client, "/about/")
        assert response.status_code == 200
        assert "hit" not in response.headers["Cache-Status"]
    etag = response.headers["ETag"]
    assert client.get("/about/", headers={"If-None-Match": etag}).status_code == 304
    assert client.get("/-/ready").json()["checks"]["cache"] != "ok"


@pytest.mark.parametrize("cache_url", [NOBODY_LISTENS], indirect=True)
def test_a_cache_that_is_away_has_nothing(cache_url: str) -> None:
    cache = caches["default"]

    cache.set("a", 1)
    assert cache.get("a") is None
    assert cache.get("a", "fallback") == "fallback"
    assert cache.add("a", 1) is False
    assert cache.get_many(["a", "b"]) == {}
    assert cache.has_key("a") is False
    assert cache.delete("a") is False
    with pytest.raises(ValueError, match="not found"):
        cache.incr("a")


@pytest.mark.parametrize(
    ("url", "is_good"),
    [
        ("redis://cache:6379/0", True),
        ("rediss://user:secret@cache/1", True),
        ("file:///var/cache/site", True),
        ("db://page_cache", True),
        ("locmem://", True),
        ("redis://", False),
        ("file://relative/path", False),
        ("db://", False),
        ("memcached://cache", False),
        ("", False),
    ],
)
def test_cache_addresses_are_checked(url: str, is_good: bool) -> None:
    assert is_cache_url(url) is is_good


def test_a_response_too_large_is_sent_and_not_kept(school: School) -> None:
    entry = page_cache.Entry("etag", 1, 200, (), b"x" * (page_cache.MAX_BODY_BYTES + 1))
    page_cache.put("large", entry)

    assert page_cache.get("large") is None


def test_the_newest_removal_is_remembered(school: School) -> None:
    page_cache.remember_removal(7)
    page_cache.remember_removal(3)

    assert page_cache.last_removal() == 7
