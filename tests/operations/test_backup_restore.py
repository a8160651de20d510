"""A backup brings everything back, on both databases, and nobody outside is left in the past."""

import json
from pathlib import Path
from typing import Any

import pytest

from testing.servers import manage, production

EDIT = """
from wagtail.models import Page
for title in {titles}:
    page = Page.objects.get(slug="vision", locale__language_code="en").specific
    page.title = title
    page.save_revision().publish()
"""
STATE = """
import json
from wagtail.models import Page
from cms.models import Publication
newest = Publication.objects.latest("pk")
print(json.dumps({
    "title": Page.objects.get(slug="vision", locale__language_code="en").title,
    "newest": newest.pk,
    "stamped": str(newest.created_at),
    "touched": Publication.objects.filter(pk__gt=SINCE).count(),
    "public": Page.objects.live().filter(depth__gt=1).count(),
}))
"""


@pytest.fixture(
    scope="module",
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.programs("initdb", "pg_dump"))],
)
def environment(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, str]:
    """The environment of a site with the school's content and an uploaded file."""
    if request.param == "postgresql":
        environment: dict[str, str] = request.getfixturevalue("site")
    else:
        directory = tmp_path_factory.mktemp("backups")
        environment = production(f"sqlite:///{directory / 'site.sqlite3'}", directory)
        environment["DJANGO_SETTINGS_MODULE"] = "cms.settings.development"
        for command in (("migrate", "-v0"), ("setup_site",), ("load_school_content",)):
            manage(environment, *command)
    upload(environment, "before.txt").write_text("uploaded before the backup")
    return environment


def upload(environment: dict[str, str], name: str) -> Path:
    """Return where an uploaded file lies."""
    documents = Path(environment["MEDIA_ROOT"]) / "documents"
    documents.mkdir(parents=True, exist_ok=True)
    return documents / name


def shell(environment: dict[str, str], code: str) -> str:
    """Run Python in the site; return what it printed."""
    return manage(environment, "shell", "--no-imports", "--command", code)


def state(environment: dict[str, str], *titles: str, since: int = 0) -> dict[str, Any]:
    """Give a page these titles one after another; return what tells one state from another."""
    code = EDIT.format(titles=list(titles)) + STATE.replace("SINCE", str(since))
    result: dict[str, Any] = json.loads(shell(environment, code))
    return result


def test_a_restored_backup_is_the_site_as_it_was(
    environment: dict[str, str], tmp_path: Path
) -> None:
    before = state(environment)
    backup = manage(environment, "backup", "--to", str(tmp_path / "backups")).strip()

    upload(environment, "before.txt").write_text("overwritten since")
    upload(environment, "since.txt").write_text("uploaded since")
    lost = state(environment, *(f"Lost title {number}" for number in range(3)))
    assert lost["title"] == "Lost title 2"

    manage(environment, "restore", backup, "--yes")
    after = state(environment, since=lost["newest"])

    assert after["title"] == before["title"]
    assert upload(environment, "before.txt").read_text() == "uploaded before the backup"
    assert not upload(environment, "since.txt").exists()
    # A partner who had read the lost timeline to its end is told of everything.
    assert after["newest"] > lost["newest"]
    assert after["touched"] > after["public"]
    # No ETag of the lost timeline can come back: numbers go on where none has been.
    assert after["stamped"] not in {before["stamped"], lost["stamped"]}
    assert state(environment, "Life goes on")["newest"] > after["newest"]


def test_a_restore_is_meant_and_a_damaged_backup_changes_nothing(
    environment: dict[str, str], tmp_path: Path
) -> None:
    before = state(environment)
    backup = Path(manage(environment, "backup", "--to", str(tmp_path / "backups")).strip())
    with pytest.raises(AssertionError, match="--yes"):
        manage(environment, "restore", str(backup))
    media = backup / "media.tar.gz"
    media.write_bytes(media.read_bytes()[:-1])
    with pytest.raises(AssertionError, match="damaged"):
        manage(environment, "restore", str(backup), "--yes")
    assert state(environment) == before
