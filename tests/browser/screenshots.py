"""Photographs the admin for the editors' guide, and the site: `make docs-screenshots`.

Serves the site of the browser tests on their day, from a database of its own, drives Chromium as
the tests do, and writes `docs/screenshots`. The same code gives the same pictures.
"""

import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import django
import time_machine
from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")
django.setup()

from django.test.utils import (  # noqa: E402
    override_settings,
    setup_databases,
    setup_test_environment,
    teardown_databases,
)

from cms.i18n.catalogues import compile_outdated  # noqa: E402
from tests.browser.admin_pages import GUIDE, Desk  # noqa: E402
from tests.browser.availability import chromium  # noqa: E402
from tests.browser.office import EDITOR, MODERATOR, PARTNER_EDITOR  # noqa: E402
from tests.browser.patience import new_context  # noqa: E402
from tests.browser.places import build_site  # noqa: E402
from tests.browser.server import admin_files, serving  # noqa: E402
from tests.day import NOW  # noqa: E402
from tests.spreadsheets import xlsx  # noqa: E402

DIRECTORY: Final = GUIDE.parent / "screenshots"
SIZE: Final = {"width": 1280, "height": 800}
VISITED_SIZE: Final = {"width": 1280, "height": 960}
QUALITY: Final = 60
COURSE: Final = "Clinical trials with ATMPs"


def _dashboard(desk: Desk) -> None:
    expect(desk.page.get_by_role("heading", name="Welcome")).to_be_visible()


def _from_the_site(desk: Desk) -> None:
    desk.page.goto("/about/vision/")
    desk.click(desk.page.locator("[data-wagtail-userbar-trigger]"))


def _publish(desk: Desk) -> None:
    desk.edit_from_the_site("/about/vision/")
    desk.page.wait_for_load_state("networkidle")
    desk.click(desk.page.get_by_role("button", name="More actions"))


def _courses(desk: Desk) -> None:
    desk.click("Courses")


def _course(desk: Desk) -> None:
    desk.click("New course")


def _sessions(desk: Desk) -> None:
    desk.click("Sessions")
    desk.click("23 Nov 2026 – 1 Jan 2027")
    expect(desk.field("State")).to_be_visible()


def _repeat(desk: Desk) -> None:
    desk.click("New session of a course")
    desk.click(desk.page.get_by_role("button", name=f"More options for “{COURSE}”"))
    desk.click("Repeat a session")


def _import(desk: Desk) -> None:
    desk.click("Courses")
    desk.click("Import sessions")
    rows: list[list[object]] = [
        ["Course", "First day", "Last day", "Place"],
        [COURSE, "2027-11-08", "2027-12-17", "Solna"],
        [COURSE, "31 juni 2028", "", "Solna"],
        ["Clinical trial", "2028-03-06", "2028-03-17", "Solna"],
    ]
    with TemporaryDirectory() as directory:
        file = Path(directory) / "sessions.xlsx"
        file.write_bytes(xlsx(rows))
        desk.attach(desk.page.locator("#id_file"), file)
        desk.click("Show what would change")
        expect(desk.page.get_by_text("2 rows have to be corrected.")).to_be_visible()


def _schedule(desk: Desk) -> None:
    desk.edit_from_the_site("/about/mission/")
    desk.click("Toggle status")
    desk.click("Set schedule")
    desk.fill("Go live date/time", "2026-09-16 08:00")


def _image(desk: Desk) -> None:
    desk.click("Images")
    desk.click("Clean room")


def _history(desk: Desk) -> None:
    desk.edit_from_the_site("/contact/")
    desk.click("History")
    row = desk.page.get_by_role("row").filter(has_text="Draft saved").last
    desk.click(row.get_by_role("button", name="Actions"))


def _submit(desk: Desk) -> None:
    desk.click("Courses")
    desk.click(COURSE)
    desk.fill("Summary", "How clinical trials of advanced therapies are planned and led.")
    desk.choose_action("Submit to Moderation")
    desk.hears("submitted")


def _moderation(desk: Desk) -> None:
    desk.click(desk.page.get_by_role("link", name=COURSE).first)
    desk.choose_action("Request changes")
    comment = desk.page.locator(".modal").last.get_by_label("Comment")
    desk.fill(comment, "Please name the hospitals.")


def _translation(desk: Desk) -> None:
    desk.click("Courses")
    desk.click("Stamceller och genredigering")


PICTURES: Final[dict[str, tuple[str, Callable[[Desk], None]]]] = {
    "dashboard": (MODERATOR, _dashboard),
    "from-the-site": (MODERATOR, _from_the_site),
    "publish": (MODERATOR, _publish),
    "courses": (EDITOR, _courses),
    "course": (EDITOR, _course),
    "sessions": (MODERATOR, _sessions),
    "repeat": (EDITOR, _repeat),
    "import": (EDITOR, _import),
    "schedule": (MODERATOR, _schedule),
    "image": (MODERATOR, _image),
    "history": (MODERATOR, _history),
    "submitted": (PARTNER_EDITOR, _submit),
    "moderation": (MODERATOR, _moderation),
    "translation": (EDITOR, _translation),
}


# What visitors see: the address, the colour scheme, and what the picture begins with. The home
# page is not among them: its picture is a plain colour here.
VISITED: Final = {
    "courses-dark": ("/courses/?stage=regulation", "dark", "main section"),
    "course": ("/courses/introduction-to-atmps/", "light", "body"),
    "funding": ("/about/funding/", "light", "body"),
}


@contextmanager
def _site() -> Iterator[str]:
    compile_outdated()
    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    with TemporaryDirectory() as directory, override_settings(MEDIA_ROOT=directory), admin_files():
        with time_machine.travel(NOW):
            build_site()
        # “1 hour ago” stays true for as long as this takes.
        with time_machine.travel(NOW + timedelta(hours=1, minutes=5)), serving() as url:
            yield url
    teardown_databases(databases, verbosity=0)


def _photograph(browser: Browser, url: str, name: str) -> None:
    username, arrange = PICTURES[name]
    context = new_context(browser, base_url=url, viewport=SIZE, reduced_motion="reduce")
    desk = Desk(context, username)
    arrange(desk)
    _save(desk.page, DIRECTORY / "editors" / f"{name}.webp")
    context.close()


def _visit(browser: Browser, url: str, name: str) -> None:
    address, scheme, start = VISITED[name]
    page = browser.new_page(base_url=url, viewport=VISITED_SIZE, color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(address)
    page.locator(start).first.evaluate("element => element.scrollIntoView()")
    _save(page, DIRECTORY / f"{name}.webp")
    page.close()


def _save(page: Page, file: Path) -> None:
    page.wait_for_load_state("networkidle")
    png = page.screenshot(animations="disabled")
    Image.open(io.BytesIO(png)).convert("RGB").save(file, quality=QUALITY, method=6)
    sys.stdout.write(f"{file.name}: {file.stat().st_size // 1024} kB\n")


def main() -> None:
    """Write the pictures that the command line names anew, or all of them."""
    wanted = sys.argv[1:]
    if unknown := set(wanted) - {*PICTURES, *VISITED}:
        sys.exit(f"No such pictures: {', '.join(sorted(unknown))}.")
    (DIRECTORY / "editors").mkdir(parents=True, exist_ok=True)
    if not wanted:
        for old in (DIRECTORY / "editors").glob("*.webp"):
            old.unlink()
    with _site() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        # A course has a picture of its editor, and one of its page.
        for name in PICTURES:
            if name in wanted or not wanted:
                _photograph(browser, url, name)
        for name in VISITED:
            if name in wanted or not wanted:
                _visit(browser, url, name)
        browser.close()


if __name__ == "__main__":
    main()
