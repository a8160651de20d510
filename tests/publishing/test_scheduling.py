"""Pages go live and expire when their time has come, once, and a faulty one holds up no other."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, PageLogEntry

from cms.models import Heartbeat, Publication
from cms.publishing.scheduling import publish_scheduled, scheduler_is_alive
from home.models import ContentPage
from tests.factories import ContentPageFactory
from tests.html import one, read, words
from tests.school import School
from tests.swedish import swedish_draft


def scheduled(home: Page, slug: str) -> ContentPage:
    """Return a page that goes live in a minute."""
    page: ContentPage = ContentPageFactory(parent=home, slug=slug, live=False)
    page.go_live_at = timezone.now() + timedelta(minutes=1)
    page.save_revision().publish()
    return page


@pytest.fixture
def two_minutes_later() -> Iterator[Callable[[], None]]:
    """Let two minutes go by when called."""
    journey = time_machine.travel(timezone.now() + timedelta(minutes=2))

    def depart() -> None:
        journey.start()

    yield depart
    journey.stop()


def test_a_page_goes_live_and_its_readers_see_it(
    school: School, client: Client, two_minutes_later: Callable[[], None]
) -> None:
    scheduled(school.home, "news")
    assert publish_scheduled() == 0
    assert client.get("/news/").status_code == 404
    two_minutes_later()

    assert publish_scheduled() == 1

    assert client.get("/news/").status_code == 200
    assert PageLogEntry.objects.filter(action="wagtail.publish.scheduled").count() == 1


def test_a_page_expires_and_its_readers_no_longer_see_it(
    school: School, client: Client, two_minutes_later: Callable[[], None]
) -> None:
    school.contact.expire_at = timezone.now() + timedelta(minutes=1)
    school.contact.save_revision().publish()
    assert client.get("/contact/").status_code == 200
    two_minutes_later()

    assert publish_scheduled() == 1

    assert client.get("/contact/").status_code == 404
    assert Page.objects.get(pk=school.contact.pk).expired


def test_what_has_expired_before_the_scheduler_came_is_never_public(
    school: School, client: Client, two_minutes_later: Callable[[], None]
) -> None:
    new: Page = ContentPageFactory(parent=school.home, slug="news", live=False)
    for page in (new, school.contact):
        page.go_live_at = timezone.now() + timedelta(seconds=30)
        page.expire_at = timezone.now() + timedelta(minutes=1)
        page.save_revision().publish()
    newest = Publication.objects.latest("pk").pk
    two_minutes_later()

    assert publish_scheduled() == 2

    for page in (new, school.contact):
        assert client.get(page.url).status_code == 404
        assert Page.objects.get(pk=page.pk).expired
    assert not Publication.objects.filter(
        pk__gt=newest, resource_id__in=(new.pk, school.contact.pk), is_public=True
    )
    assert publish_scheduled() == 0


def test_the_time_of_one_language_is_told_where_the_other_is_set(
    school: School, moderator: Client
) -> None:
    swedish = swedish_draft(school.contact)
    swedish.go_live_at = timezone.now() + timedelta(days=1)
    swedish.expire_at = timezone.now() + timedelta(days=3)
    swedish.save()
    said = words(one(read(moderator, f"/admin/pages/{school.contact.pk}/edit/"), "[data-advice]"))
    assert "in Swedish is published on 16 September 2026, 14:00" in said
    assert "in Swedish is public until 18 September 2026, 14:00" in said


def test_a_second_run_changes_nothing(
    school: School, two_minutes_later: Callable[[], None]
) -> None:
    scheduled(school.home, "news")
    two_minutes_later()
    publish_scheduled()
    rows = Publication.objects.count()

    assert publish_scheduled() == 0
    assert Publication.objects.count() == rows


def test_a_page_that_cannot_be_published_holds_up_no_other(
    school: School,
    client: Client,
    caplog: pytest.LogCaptureFixture,
    two_minutes_later: Callable[[], None],
) -> None:
    broken = scheduled(school.home, "broken")
    revision = broken.get_latest_revision()
    revision.content["social_image"] = "not a number"
    revision.save()
    scheduled(school.home, "sound")
    two_minutes_later()

    assert publish_scheduled() == 1

    assert client.get("/sound/").status_code == 200
    assert client.get("/broken/").status_code == 404
    assert "could not be made" in caplog.text


def test_the_heartbeat_tells_whether_the_scheduler_is_alive(school: School) -> None:
    assert not scheduler_is_alive()
    call_command("run_scheduler", once=True, verbosity=0)
    assert scheduler_is_alive()

    Heartbeat.objects.update(beat_at=timezone.now() - timedelta(minutes=10))
    assert not scheduler_is_alive()

    Heartbeat.objects.update(beat_at=timezone.now() + timedelta(hours=1))
    assert not scheduler_is_alive(), "The clock has been put back since."


def test_a_clock_that_is_an_hour_ahead_and_put_back_hides_nothing(
    school: School, client: Client
) -> None:
    page, address = school.vision, "/about/vision/"
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        page.statement = "Said by a clock that is ahead."
        page.save_revision().publish()
        ahead = client.get(address)
    since = Publication.objects.latest("pk").pk
    assert page.statement in ahead.text

    page.statement = "Said when it was right again."
    page.save_revision().publish()
    again = client.get(address, headers={"If-None-Match": ahead.headers["ETag"]})
    assert page.statement in again.text
    changes = client.get(f"/api/v2/changes/?since={since}").json()["items"]
    assert page.pk in {change["id"] for change in changes if change["type"] == "pages"}
    assert "Last-Modified" not in again.headers, "It is yet to come."
    by_date = {"If-Modified-Since": ahead.headers["Last-Modified"]}
    for hours in (0, 2):
        with time_machine.travel(timezone.now() + timedelta(hours=hours)):
            assert page.statement in client.get(address, headers=by_date).text
