"""What editors do most with pages and images, in a browser, with as little as it takes."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from PIL import Image
from playwright.sync_api import expect

from cms.i18n.clock import school_today
from tests.browser.admin_pages import Desk, Visitor, check_effort
from tests.browser.office import MODERATOR, TODAY, TYPO, YESTERDAY

type SitDown = Callable[[str], Desk]

VISION = "/about/vision/"
MISSION = "/about/mission/"
CONTACT = "/contact/"


def test_1_correct_a_typo_on_the_vision_page_and_publish(
    sit_down: SitDown, visitor: Visitor
) -> None:
    right, wrong = TYPO
    desk = sit_down(MODERATOR)

    desk.edit_from_the_site(VISION)
    expect(desk.field("Statement")).to_have_value(re.compile(re.escape(wrong)))
    text = desk.field("Statement").input_value()
    desk.fill("Statement", text.replace(wrong, right))
    desk.choose_action("Publish")

    desk.hears("has been published")
    visitor.reads(VISION, text.replace(wrong, right))
    check_effort(1, desk)


def test_5_schedule_a_page_for_tomorrow(sit_down: SitDown, visitor: Visitor) -> None:
    desk = sit_down(MODERATOR)
    tomorrow = school_today() + timedelta(days=1)

    desk.edit_from_the_site(MISSION)
    desk.fill("Statement", "Our mission from tomorrow on.")
    desk.click("Toggle status")
    desk.click("Set schedule")
    desk.fill("Go live date/time", f"{tomorrow} 08:00")
    # It covers the button until somebody clicks beside it.
    expect(desk.page.locator(".xdsoft_datetimepicker").locator("visible=true")).to_be_visible()
    desk.click(desk.page.get_by_role("dialog").get_by_role("heading").first)
    desk.click("Save schedule")
    desk.choose_action("Schedule to publish")

    desk.hears("has been scheduled for publishing")
    visitor.reads_nothing_of(MISSION, "from tomorrow on")
    check_effort(5, desk)


def test_6_replace_an_image_and_its_alt_text(
    sit_down: SitDown, visitor: Visitor, tmp_path: Path
) -> None:
    photo = tmp_path / "laboratory.png"
    Image.new("RGB", (1600, 900), "orange").save(photo)
    desk = sit_down(MODERATOR)
    picture = visitor.page.locator("main img[alt='Two people at a bench']")
    visitor.page.goto("/")
    before = visitor.page.locator("main img[alt='A clean room']").first.get_attribute("src")

    desk.click("Images")
    desk.click("Clean room")
    desk.attach(desk.page.locator("#id_file"), photo)
    desk.fill("Description", "Two people at a bench")
    desk.click("Save")

    desk.hears("updated")
    visitor.page.goto("/")
    expect(picture.first).to_be_visible()
    expect(picture.first).not_to_have_attribute("src", str(before))
    check_effort(6, desk)


def test_8_restore_yesterday_s_version(sit_down: SitDown, visitor: Visitor) -> None:
    visitor.reads(CONTACT, TODAY)
    desk = sit_down(MODERATOR)

    desk.edit_from_the_site(CONTACT)
    desk.click("History")
    row = desk.page.get_by_role("row").filter(has_text="Draft saved").filter(has_text="1 day ago")
    desk.click(row.get_by_role("button", name="Actions"))
    desk.click("Review this version")
    desk.choose_action("Publish this version")

    desk.hears("published")
    visitor.reads(CONTACT, YESTERDAY)
    check_effort(8, desk)
