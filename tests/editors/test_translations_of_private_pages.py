"""What is behind a view restriction in one language does not come out in another."""

from decimal import Decimal

import pytest
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from courses.models import CoursePage
from tests.admin_forms import AdminForm
from tests.html import one, read, words
from tests.school import School
from tests.swedish import swedish_draft, translate


def _restrict(page: Page) -> PageViewRestriction:
    page = Page.objects.get(pk=page.pk)
    return PageViewRestriction.objects.create(page=page, restriction_type="login")


def _publish_credits(page: Page, credits_: int) -> None:
    course = CoursePage.objects.get(pk=page.pk)
    course.credits = Decimal(credits_)
    course.save_revision().publish()


def _sessions(client: Client) -> str:
    return words(one(read(client, "/sv/kurser/gmp/"), "section:has(#sessions)"))


def _swedish_credits(client: Client) -> list[str]:
    items = client.get("/api/v2/courses/?locale=sv&fields=credits").json()["items"]
    return [item["credits"] for item in items]


@pytest.mark.parametrize("restricted", ["course", "index"])
def test_facts_of_a_private_page_do_not_show_on_its_public_translation(
    restricted: str, school: School, swedish_pages: dict[str, Page], client: Client
) -> None:
    shown = _sessions(client)
    _restrict(getattr(school, restricted))
    _publish_credits(school.course, 15)
    assert _swedish_credits(client) == ["7.5"]
    assert _sessions(client) == shown


def test_the_translation_keeps_its_facts_when_it_is_published_again(
    school: School, swedish_pages: dict[str, Page], moderator: Client, client: Client
) -> None:
    swedish = swedish_pages["course"]
    first = swedish.revisions.order_by("pk").first()
    _publish_credits(school.course, 10)
    _restrict(school.course)
    _publish_credits(school.course, 15)
    for view in ("edit", f"revisions/{first.pk}/revert"):
        form = AdminForm(moderator, f"/admin/pages/{swedish.pk}/{view}/")
        form["title"] = "God tillverkningssed i praktiken"
        form.save("action-publish")
        assert _swedish_credits(client) == ["10.0"]


def test_its_editor_is_told(
    school: School, swedish_pages: dict[str, Page], moderator: Client
) -> None:
    swedish = swedish_pages["course"]
    address = f"/admin/pages/{swedish.pk}/edit/"
    said = "That page is private, and this one is not"
    assert said not in words(AdminForm(moderator, address).form)
    _restrict(school.course)
    assert said in words(AdminForm(moderator, address).form)


def test_facts_follow_when_the_page_is_open_again(
    school: School, swedish_pages: dict[str, Page], client: Client
) -> None:
    restriction = _restrict(school.index)
    _publish_credits(school.course, 15)
    restriction.delete()
    assert _swedish_credits(client) == ["15.0"]


def test_a_translation_that_is_as_private_has_the_facts_at_once(
    school: School, swedish_pages: dict[str, Page], client: Client
) -> None:
    swedish = swedish_pages["course"]
    _restrict(school.course)
    _restrict(swedish)
    _publish_credits(school.course, 15)
    assert CoursePage.objects.get(pk=swedish.pk).credits == 15
    assert _swedish_credits(client) == []


def test_a_private_page_can_be_translated(school: School, client: Client) -> None:
    translate(school.home, "home")
    translate(school.index, "index")
    _restrict(school.course)
    draft = swedish_draft(school.course)
    assert draft.credits == Decimal("7.5")
    assert client.get("/sv/kurser/gmp/").status_code == 404
