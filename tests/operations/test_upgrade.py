"""Two releases side by side: the old one goes on with the new one's database."""

import shutil
from contextlib import ExitStack
from pathlib import Path

import pytest

from testing import servers
from testing.servers import ROOT, ask, gunicorn, manage

pytestmark = pytest.mark.programs("initdb", "pg_ctl", "createdb")

CODE = ("about", "cms", "courses", "home", "locale", "templates")
FILES = ("manage.py", "gunicorn.conf.py", "requirements.txt")
NEW = "A sentence of the new release."
# What docs/operations.md calls to expand: old code does not notice.
EXPAND = """
from django.db import migrations, models

class Migration(migrations.Migration):
    dependencies = [("about", "0001_initial")]
    operations = [
        migrations.AddField("visionpage", "motto", models.CharField(max_length=50, db_default="")),
    ]
"""
FIELD = """    template = "about/vision_page.html"
    motto = models.CharField(max_length=50, blank=True, db_default="")
"""
PUBLISH = """
from about.models import VisionPage
page = VisionPage.objects.get(locale__language_code="en")
page.statement = "{statement}"
page.save_revision().publish()
"""


def new_release(directory: Path) -> Path:
    """Copy the code, with one more column in the database and one more sentence on its page."""
    ignore = shutil.ignore_patterns("__pycache__", "node_modules")
    for name in CODE:
        shutil.copytree(ROOT / name, directory / name, ignore=ignore)
    for name in FILES:
        shutil.copy(ROOT / name, directory)
    (directory / "about/migrations/0002_motto.py").write_text(EXPAND)
    _replace(directory / "about/models/statement_pages.py", FIELD.splitlines()[0] + "\n", FIELD)
    _replace(directory / "templates/about/vision_page.html", "</h1>", f"</h1><p>{NEW}</p>")
    return directory


def _replace(path: Path, before: str, after: str) -> None:
    text = path.read_text()
    assert before in text
    path.write_text(text.replace(before, after, 1))


def test_old_and_new_code_serve_and_save_side_by_side_on_the_new_schema(
    site: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, publish = "/about/vision/", ["shell", "--no-imports", "--command"]
    with gunicorn(site, tmp_path / "old.log") as (old, _old_pid), ExitStack() as later:
        before = ask(old, path)
        monkeypatch.setattr(servers, "ROOT", new_release(tmp_path / "new"))
        new, _new_pid = later.enter_context(gunicorn(site, tmp_path / "new.log"))
        assert ask(new, "/-/ready").status == 503, "Nobody is sent here before its migrations."
        manage(site, "migrate", "--no-input")
        assert (ask(new, "/-/ready").status, ask(old, "/-/ready").status) == (200, 200)

        assert NEW not in ask(old, path).text
        assert NEW in ask(new, path).text
        assert ask(new, path, If_None_Match=before.headers["etag"]).status == 200
        for root, statement in ((ROOT, "Written by the old."), (tmp_path / "new", "By the new.")):
            monkeypatch.setattr(servers, "ROOT", root)
            manage(site, *publish, PUBLISH.format(statement=statement))
            for port in (old, new):
                assert statement in ask(port, path).text
