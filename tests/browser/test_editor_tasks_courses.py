"""What editors do most with courses, in a browser, with as little as it takes."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, expect

from tests.browser.admin_pages import Desk, Visitor, check_effort
from tests.browser.office import EDITOR, MODERATOR
from tests.spreadsheets import xlsx

type SitDown = Callable[[str], Desk]

COURSES = "/courses/"
GMP = "Good manufacturing practice for cell and gene therapies"
TRIALS = "Clinical trials with ATMPs"
VECTORS = "Viral vectors in the clinic"


def test_2_add_a_course_from_nothing_with_two_sessions_and_publish(
    sit_down: SitDown, visitor: Visitor
) -> None:
    desk = sit_down(MODERATOR)

    desk.click("New course")
    desk.fill(desk.page.get_by_placeholder("Page title"), "Bioethics of gene editing")
    desk.fill("Summary", "What may be edited, and who decides.")
    desk.fill("Credits", "3")
    desk.select("Host university", "Umeå University")
    desk.click(desk.page.get_by_role("tab", name="Sessions"))
    for number, days in enumerate([("2027-02-01", "2027-02-12"), ("2027-09-06", "2027-09-17")]):
        desk.click("Add a session")
        session = desk.page.locator(f"#inline_child_sessions-{number}")
        for label, day in zip(("First day", "Last day"), days, strict=True):
            desk.fill(session.get_by_label(label, exact=True), day)
    desk.choose_action("Publish")

    desk.hears("published")
    visitor.reads(COURSES, "Bioethics of gene editing")
    visitor.reads(
        "/courses/bioethics-of-gene-editing/", "1–12 February 2027", "6–17 September 2027"
    )
    check_effort(2, desk)


def test_3_repeat_last_year_s_session(sit_down: SitDown, visitor: Visitor) -> None:
    desk = sit_down(MODERATOR)

    desk.click("New session of a course")
    desk.click(_menu_of(desk, "Pre-clinical models and viral vectors"))
    desk.click("Repeat a session")
    desk.click("Add to the draft")
    desk.hears("“30 Aug – 22 Oct 2027” is in the draft")
    visitor.reads_nothing_of("/courses/pre-clinical-models-and-vectors/", "2027")
    desk.choose_action("Publish")

    desk.hears("has been published")
    visitor.reads("/courses/pre-clinical-models-and-vectors/", "22 October 2027")
    check_effort(3, desk)


def test_4_cancel_a_session(sit_down: SitDown, visitor: Visitor) -> None:
    visitor.reads_nothing_of("/courses/clinical-trials-with-atmps/", "Cancelled")
    desk = sit_down(MODERATOR)

    desk.click("Sessions")
    desk.click("23 Nov 2026 – 1 Jan 2027")
    desk.select("State", "Cancelled")
    desk.choose_action("Publish")

    desk.hears("has been published")
    visitor.reads("/courses/clinical-trials-with-atmps/", "Cancelled")
    check_effort(4, desk)


def test_9_import_20_sessions_from_a_spreadsheet_with_two_bad_rows(
    sit_down: SitDown, visitor: Visitor, tmp_path: Path
) -> None:
    head = ["Course", "First day", "Last day", "Place"]
    rows: list[list[object]] = [
        [GMP, f"2028-{1 + n // 2:02}-10", None, f"Room {n}"] for n in range(20)
    ]
    bad = [list(row) for row in rows]
    bad[4][1], bad[11][0] = "31 juni 2028", "Good manufacturing"
    wrong, right = tmp_path / "wrong.xlsx", tmp_path / "right.xlsx"
    wrong.write_bytes(xlsx([head, *bad]))
    right.write_bytes(xlsx([head, *rows]))
    desk = sit_down(EDITOR)

    desk.click("Courses")
    desk.click("Import sessions")
    desk.attach(desk.page.locator("#id_file"), wrong)
    desk.click("Show what would change")
    problems = desk.page.locator(".help-critical li")
    expect(problems).to_contain_text([
        "Row 6, First day: “31 juni 2028” is not a date",
        "Row 13, Course: There is no course called “Good manufacturing”",
    ])  # fmt: skip
    expect(desk.button("Import into the drafts")).not_to_be_visible()
    desk.attach(desk.page.locator("#id_file"), right)
    desk.click("Show what would change")
    desk.click("Import into the drafts")

    desk.hears("20 sessions were imported into the draft of 1 course")
    visitor.reads_nothing_of("/courses/gmp-for-cell-and-gene-therapies/", "2028")
    check_effort(9, desk)


def test_10_add_a_swedish_translation_of_a_course(sit_down: SitDown, visitor: Visitor) -> None:
    desk = sit_down(MODERATOR)

    desk.click("Translate a page")
    desk.click(f"Translate “{VECTORS}”")
    desk.click("Create the Swedish page")
    desk.fill(desk.page.get_by_placeholder("Page title"), "Virala vektorer i kliniken")
    desk.fill("Summary", "Hur virala vektorer används i vården.")
    desk.choose_action("Publish")

    desk.hears("has been published")
    visitor.reads("/sv/kurser/virala-vektorer-i-kliniken/", "Virala vektorer i kliniken", "hp")
    check_effort(10, desk)


def _menu_of(desk: Desk, course: str) -> Locator:
    return desk.page.get_by_role("button", name=f"More options for “{course}”")
