"""Whether this machine can run the browser tests; where it cannot, they are left out, loudly.

`make test` leaves them out by their mark, as it does with all that needs more than Python. In
continuous integration (CI=true) nothing else is left out: what is missing fails the tests.
"""

import os
import shutil
from pathlib import Path

import pytest

HERE = Path(__file__).parent
AXE = HERE / "node_modules" / "axe-core" / "axe.min.js"
NU_CHECKER = HERE / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


def chromium() -> str | None:
    """Return the path of the Chromium to drive: CHROMIUM, or the one on the PATH."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")


def missing() -> list[str]:
    """Return what the browser tests need and this machine does not have."""
    needs = {
        "Chromium": chromium(),
        "Java": shutil.which("java"),
        "axe-core and the Nu HTML checker (make browser-tools)": AXE.exists()
        and NU_CHECKER.exists(),
    }
    return [name for name, found in needs.items() if not found]


def _are_left_out() -> bool:
    return bool(missing()) and os.environ.get("CI") != "true"


def pytest_configure(config: pytest.Config) -> None:
    """Tell pytest about the marks."""
    config.addinivalue_line("markers", "programs(*names): starts these programs for real")
    config.addinivalue_line("markers", "last: a browser test after which the site is used up")


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark browser tests as what they are: tests of programs, on the site of all of them."""
    if item.path.is_relative_to(HERE):
        item.add_marker(pytest.mark.programs())
        item.add_marker(pytest.mark.django_db)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put the browser tests last, or leave them out.

    Last, because their site stays in the database from the first of them to the last; and at the
    very end those marked as `last`, which leave it as nobody wants to find it.
    """
    of_browser = [item for item in items if item.path.is_relative_to(HERE)]
    others = [item for item in items if not item.path.is_relative_to(HERE)]
    if of_browser and _are_left_out():
        config.hook.pytest_deselected(items=of_browser)
        of_browser = []
    of_browser.sort(key=lambda item: item.get_closest_marker("last") is not None)
    items[:] = others + of_browser


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Say which tests did not run, and why."""
    if _are_left_out() and "not programs" not in config.option.markexpr:
        terminalreporter.write_sep("=", "browser tests left out", yellow=True)
        terminalreporter.write_line(f"They need what is missing here: {', '.join(missing())}.")
