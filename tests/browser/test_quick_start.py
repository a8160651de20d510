"""Whoever follows the steps of /api/ as they stand there has the open courses on their page."""

import json
import subprocess
import sys
from collections.abc import Callable

import pytest
import requests
from bs4 import BeautifulSoup
from playwright.sync_api import BrowserContext, expect

from tests.browser.partner import serving_partner


@pytest.fixture
def steps(site_url: str) -> dict[str, str]:
    """The examples of the page, by the language they are in."""
    page = BeautifulSoup(requests.get(f"{site_url}/api/", timeout=30).text, "lxml")
    found = {
        str(code["id"]).removeprefix("example-"): code.text for code in page.select("pre code")
    }
    assert found.keys() == {"curl", "javascript", "python"}
    return found


@pytest.fixture
def titles(site_url: str) -> list[str]:
    """The titles of the courses that are open for application, by their first day."""
    address = f"{site_url}/api/v2/courses/?open=true&order=starts"
    found = [course["title"] for course in requests.get(address, timeout=30).json()["items"]]
    assert found
    return found


def test_curl_gets_the_courses(steps: dict[str, str], titles: list[str]) -> None:
    done = subprocess.run(  # noqa: S603
        ["bash", "-c", steps["curl"]],  # noqa: S607
        capture_output=True, check=True,
    )  # fmt: skip
    assert [course["title"] for course in json.loads(done.stdout)["items"]] == titles


def test_python_prints_the_courses(steps: dict[str, str], titles: list[str]) -> None:
    program = [sys.executable, "-c", steps["python"]]
    done = subprocess.run(program, capture_output=True, text=True, check=True)  # noqa: S603
    lines = done.stdout.splitlines()
    assert [title for title, line in zip(titles, lines, strict=True) if title in line] == titles


def test_a_script_of_another_site_lists_the_courses(
    steps: dict[str, str], titles: list[str], visit: Callable[..., BrowserContext]
) -> None:
    with serving_partner() as partner:
        partner.page = b"<!doctype html><html lang=en><title>Partner</title><body></body></html>"
        page = visit().new_page()
        page.goto(partner.url)
        page.evaluate(f"async () => {{ {steps['javascript']} }}")
        expect(page.locator("li a")).to_have_count(len(titles))
        shown = page.locator("li a").all_inner_texts()
        assert [title for title, text in zip(titles, shown, strict=True) if title in text] == titles
