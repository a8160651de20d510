"""Whoever deletes a page knows what that does to others, and decides what happens to them."""

from collections.abc import Callable

import pytest
from bs4 import Tag
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from cms.models import User
from courses.models import CoursePage
from tests.factories import ContentPageFactory, UserFactory
from tests.html import links, one, parse, read, words
from tests.school import School, text


def confirmation(client: Client, page: Page) -> Tag:
    """Return what is said before a page is deleted."""
    return one(read(client, f"/admin/pages/{page.pk}/delete/"), "main")


def test_what_shows_a_page_is_named_before_it_is_deleted(school: School, moderator: Client) -> None:
    school.contact.body = text(f'See <a linktype="page" id="{school.other_course.pk}">cells</a>.')
    school.contact.save()
    said = confirmation(moderator, school.other_course)
    named = {f"/admin/pages/{page.pk}/edit/" for page in (school.course, school.contact)}
    assert named <= set(links(said))
    assert "it cannot be brought back" in words(said)
    assert "/courses/cells/ is told that the page has been removed" in words(said)

    # What is below it counts, what goes with it does not.
    said = confirmation(moderator, school.index)
    assert f"/admin/pages/{school.contact.pk}/edit/" in links(said)
    assert f"/admin/pages/{school.course.pk}/edit/" not in links(said)

    # The same for many at once.
    bulk = f"/admin/bulk/wagtailcore/page/delete/?id={school.other_course.pk}&id={school.vision.pk}"
    said = one(read(moderator, bulk), "main")
    assert named <= set(links(said))
    assert "Translations of these pages stay as they are." in words(said)


def test_a_page_that_nobody_shows_or_reads_has_no_consequences_for_others(
    school: School, moderator: Client
) -> None:
    draft = ContentPageFactory(parent=school.home, live=False)
    said = words(confirmation(moderator, draft))
    for phrase in ("lose that", "has been removed", "redirect", "translation"):
        assert phrase not in said
    Redirect.objects.create(old_path="/old", redirect_page=draft)
    assert "1 redirect that leads here goes with it" in words(confirmation(moderator, draft))


@pytest.mark.parametrize("is_chosen", [False, True])
def test_a_translation_stays_or_goes_as_was_chosen(
    is_chosen: bool,
    school: School,
    swedish_pages: dict[str, Page],
    moderator: Client,
    client: Client,
) -> None:
    swedish = swedish_pages["course"]
    said = confirmation(moderator, school.course)
    box = one(said, "form input[name=translation]")
    assert box["value"] == str(swedish.pk)
    assert not box.has_attr("checked")
    assert "Delete “God tillverkningssed” (Swedish)" in words(said)
    chosen = {"translation": [swedish.pk]} if is_chosen else {}
    response = moderator.post(f"/admin/pages/{school.course.pk}/delete/", chosen, follow=True)
    assert ("Page “God tillverkningssed” deleted." in words(parse(response))) == (is_chosen)
    assert CoursePage.objects.filter(pk=swedish.pk).exists() != is_chosen
    assert (client.get("/sv/kurser/gmp/").status_code == 410) == is_chosen


def test_drafts_of_others_are_not_named_and_their_translations_not_deleted(
    school: School, swedish_pages: dict[str, Page], login: Callable[[User], Client]
) -> None:
    secret = ContentPageFactory(
        parent=school.home,
        title="Secret plans",
        live=False,
        body=text(f'<a linktype="page" id="{school.course.pk}">GMP</a>'),
    )
    group = school.university.partner_editors
    assert group is not None
    petra = UserFactory.create(username="lund", groups=[group.name])
    public = ContentPageFactory(parent=school.home, title="Public", body=secret.body)
    public.draft_title = "Secret name"
    public.save()
    CoursePage.objects.filter(pk=school.course.pk).update(live=False)
    said = confirmation(login(petra), school.course)
    assert "Secret" not in words(said)
    assert links(said)[public.url] == "Public"
    other = swedish_pages["vision"]
    login(petra).post(f"/admin/pages/{school.course.pk}/delete/", {"translation": [other.pk]})
    assert Page.objects.filter(pk=other.pk).exists()
