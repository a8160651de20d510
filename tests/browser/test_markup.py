"""The HTML is valid: the Nu HTML checker, which is the W3C's, finds no error."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import BrowserContext

from tests.browser.availability import NU_CHECKER
from tests.browser.places import PLACES


def test_the_nu_html_checker_finds_no_error(
    visit: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    requests = visit().request
    for place, address in PLACES.items():
        response = requests.get(address)
        (tmp_path / f"{place}.html").write_bytes(response.body())
    java = shutil.which("java")
    assert java, "Java is missing."
    checked = subprocess.run(  # noqa: S603 Arguments of our own.
        [java, "-jar", NU_CHECKER, "--errors-only", "--format", "json", *tmp_path.glob("*.html")],
        check=False,
        capture_output=True,
        text=True,
    )
    errors = [
        f"{Path(message['url']).stem}, line {message.get('lastLine')}: {message['message']}"
        for message in json.loads(checked.stderr)["messages"]
    ]
    assert errors == []
