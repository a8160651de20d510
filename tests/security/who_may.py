"""The table of who may do what in the admin: tests/security/who_may.csv."""

import csv
import os
from pathlib import Path

from tests.html import Response

TABLE = Path(__file__).with_suffix(".csv")
ROLES = ("anonymous", "nobody", "partner", "editor", "moderator", "administrator", "superuser")
KEYS = ("route", "sample", "method")

type Key = tuple[str, ...]


def expected(role: str) -> dict[Key, str]:
    """Return what the table says of a role."""
    return {tuple(row[key] for key in KEYS): row[role] for row in _rows()}


def is_being_written() -> bool:
    """Return whether `make who-may` runs the test in order to write down what it finds."""
    return "WRITE_WHO_MAY" in os.environ


def write(role: str, found: dict[Key, str]) -> None:
    """Replace what the table says of a role."""
    rows = {tuple(row[key] for key in KEYS): row for row in _rows()}
    with TABLE.open("w", newline="") as file:
        writer = csv.DictWriter(file, (*KEYS, *ROLES), lineterminator="\n", restval="")
        writer.writeheader()
        for key, outcome in found.items():
            row = dict(zip(KEYS, key, strict=True))
            writer.writerow(rows.get(key, {}) | row | {role: outcome})


def outcome(response: Response, *, changed: bool) -> str:
    """Return in a word what a response means.

    `changed` (the audit log has more in it), `shown`, `done` (the admin goes on elsewhere),
    `refused`, `login`, `confirm` (the password is asked for again), or the status.
    """
    if changed:
        return "changed"
    if response.status_code == 302:
        return _outcome_of_redirect(response)
    return {200: "shown", 201: "shown", 403: "refused"}.get(
        response.status_code, str(response.status_code)
    )


def _outcome_of_redirect(response: Response) -> str:
    target = response.headers["Location"].partition("?")[0]
    if target in {"/admin/login/", "/admin/account/confirm/"}:
        return "login" if target == "/admin/login/" else "confirm"
    storage = getattr(response.wsgi_request, "_messages", None)
    said = " ".join(str(message) for message in getattr(storage, "_queued_messages", []))
    return "refused" if "you do not have permission" in said else "done"


def _rows() -> list[dict[str, str]]:
    if not TABLE.exists():
        return []
    with TABLE.open(newline="") as file:
        return list(csv.DictReader(file))
