"""Two people and one course: submitted, sent back, corrected, approved."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, expect

from tests.browser.admin_pages import Desk, Visitor, check_effort
from tests.browser.office import MODERATOR, PARTNER_EDITOR

type SitDown = Callable[[str], Desk]

COURSE = "Stem cells and gene editing"
ADDRESS = "/courses/stem-cells-and-gene-editing/"
COMMENT = "Please say that no animals are used."
CORRECTED = "How stem cells are made and edited, without animals."


def test_7_submit_be_sent_back_correct_and_be_approved(sit_down: SitDown, visitor: Visitor) -> None:
    petra = sit_down(PARTNER_EDITOR)
    petra.click("Courses")
    petra.click(COURSE)
    petra.fill("Summary", "How stem cells are made and edited.")
    petra.choose_action("Submit to Moderation")
    petra.hears("has been submitted for moderation")

    mats = sit_down(MODERATOR)
    mats.click(_waiting(mats).get_by_role("link", name=COURSE))
    mats.choose_action("Request changes")
    dialogue = mats.page.locator(".modal.in, .modal.show").last
    mats.fill(dialogue.get_by_label("Comment"), COMMENT)
    mats.click(dialogue.get_by_role("button", name="Request changes"))
    mats.hears(COURSE)
    visitor.reads_nothing_of(ADDRESS, "How stem cells are made")

    petra.page.goto("/admin/")
    petra.click(petra.page.get_by_role("link", name=COURSE).first)
    expect(petra.page).to_have_url(re.compile(r"/edit/$"))
    editor = petra.page.url
    history = petra.page.get_by_role("link", name="History").get_attribute("href")
    petra.page.goto(str(history))
    expect(petra.page.locator("main")).to_contain_text(COMMENT)
    petra.page.goto(editor)
    petra.fill("Summary", CORRECTED)
    petra.choose_action("Resubmit to Approval by a moderator")
    petra.hears("has been submitted for moderation")
    visitor.reads_nothing_of(ADDRESS, CORRECTED)

    mats.page.goto("/admin/")
    mats.click(_waiting(mats).get_by_role("link", name=COURSE))
    mats.choose_action("Approve and Publish")
    expect(mats.page).not_to_have_url(re.compile("/edit/"))

    visitor.reads(ADDRESS, CORRECTED)
    check_effort(7, petra, mats)


def _waiting(desk: Desk) -> Locator:
    return desk.page.locator("section", has_text="Awaiting your review").first
