"""The Swedish texts: every text of the site has one, and it fits."""

import datetime
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management import call_command
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.html import strip_tags
from django.utils.translation import gettext, override
from django.views.i18n import JavaScriptCatalog
from pytest_django import Settings

from cms.i18n.catalogues import compile_outdated, outdated
from cms.i18n.money import format_amount
from cms.i18n.sorting import alphabetical
from courses.credits import credits_in_words
from courses.models import CourseMode
from courses.status import ApplicationStatus

CATALOGUE = Path("locale/sv/LC_MESSAGES/django.po")
SOURCES = ("about", "cms", "courses", "home", "locale", "templates")
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[a-z]|\{\w*\}")
TAG = re.compile(r"</?\w[^>]*>")
ENDINGS = tuple(".:?!…")


def read(path: Path) -> Catalog:
    with path.open("rb") as texts:
        return read_po(texts, locale="sv")


def forms(texts: str | Sequence[str] | None) -> tuple[str, ...]:
    """Return the singular and plural forms of a text, which most often is one form alone."""
    return (texts,) if isinstance(texts, str) else tuple(texts or ())


def messages(catalogue: Catalog) -> dict[tuple[str | None, tuple[str, ...]], Message]:
    return {(message.context, forms(message.id)): message for message in catalogue if message.id}


def pairs(catalogue: Catalog) -> Iterator[tuple[str, str]]:
    """Yield every text with its translation; each plural form with the form it stands for."""
    for message in messages(catalogue).values():
        yield from zip(forms(message.id), forms(message.string), strict=True)


@pytest.fixture(scope="module")
def committed() -> Catalog:
    return read(settings.BASE_DIR / CATALOGUE)


def test_every_text_is_in_the_catalogue_and_translated(tmp_path: Path, committed: Catalog) -> None:
    if shutil.which("xgettext") is None:
        if os.environ.get("CI"):
            pytest.fail("GNU gettext is missing: apt-get install gettext")
        pytest.skip("GNU gettext is not installed")
    for name in SOURCES:
        leave_out = shutil.ignore_patterns("__pycache__", "*.mo")
        shutil.copytree(settings.BASE_DIR / name, tmp_path / name, ignore=leave_out)
    shutil.copy(settings.BASE_DIR / "manage.py", tmp_path)
    subprocess.run(
        [sys.executable, "manage.py", "makemessages", "--verbosity=0"],
        cwd=tmp_path,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "cms.settings.test"},
        check=True,
    )
    collected, kept = messages(read(tmp_path / CATALOGUE)), messages(committed)
    assert len(collected) > 400
    advice = "run `make messages`, and translate what it lists"
    assert not collected.keys() - kept.keys(), advice
    assert not kept.keys() - collected.keys(), f"no longer used: {advice}"
    untranslated = [text for text, translation in pairs(committed) if not translation]
    assert not untranslated, advice
    assert not [message.id for message in kept.values() if message.fuzzy]


def test_translations_have_the_placeholders_and_tags_of_their_texts(committed: Catalog) -> None:
    for text, translation in pairs(committed):
        for pattern in (PLACEHOLDER, TAG):
            wanted, found = pattern.findall(text), pattern.findall(translation)
            assert sorted(wanted) == sorted(found), text


def test_translations_begin_and_end_as_their_texts(committed: Catalog) -> None:
    for text, translation in pairs(committed):
        assert translation == translation.strip() or text != text.strip(), text
        for space in (len(text) - len(text.lstrip()), len(text) - len(text.rstrip())):
            assert space == 0, f"a space at the edge of a text is lost in translation: {text}"
        assert text.endswith(ENDINGS) == translation.endswith(ENDINGS), text
        assert "“" not in translation, f"Swedish quotes like ”this”: {text}"


def test_no_text_hides_where_it_is_not_collected() -> None:
    # xgettext does not look into f-strings.
    hidden = re.compile(r"""\{\s*(?:_|n?p?gettext(?:_lazy)?)\(\s*["']""")
    for name in SOURCES:
        for path in (settings.BASE_DIR / name).rglob("*.py"):
            assert not hidden.search(path.read_text()), path


def test_the_catalogue_is_compiled_without_gettext(
    tmp_path: Path, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(
        settings.BASE_DIR / "locale", tmp_path / "locale", ignore=shutil.ignore_patterns("*.mo")
    )
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    scripts = tmp_path / CATALOGUE.with_name("djangojs.po")
    english = tmp_path / "locale/en/LC_MESSAGES/django.po"
    assert set(outdated()) == {tmp_path / CATALOGUE, scripts, english}
    call_command("compile_catalogues")
    assert "sv" in capsys.readouterr().out
    assert (tmp_path / CATALOGUE).with_suffix(".mo").stat().st_size > 10_000
    assert [
        path.name for path in (tmp_path / CATALOGUE).parent.iterdir() if "mo." in path.name
    ] == []
    assert compile_outdated() == []


def test_our_words_go_before_those_of_packages(rf: RequestFactory) -> None:
    with override("sv"):
        response = JavaScriptCatalog.as_view(packages=["wagtail.admin"])(rf.get("/"))
        assert isinstance(response, HttpResponse)
        assert gettext("Autosave is paused") == "Sparas inte automatiskt just nu"
        assert (gettext("Swedish"), gettext("Security Keys")) == ("svenska", "Nycklar (passkeys)")
    with override("en"):
        assert gettext("Security Keys") == "Passkeys"
    catalogue = json.loads(re.search(r"newcatalog = (\{.*?\});", response.text, re.DOTALL)[1])  # type: ignore[index]
    assert catalogue["Collapse all"] == "Fäll ihop alla"
    assert catalogue["Expand all"] == "Fäll ut alla"


@pytest.mark.parametrize("language", ["en", "sv"])
def test_the_widget_says_what_the_site_says(language: str) -> None:
    # One file, served to other sites, brings its words along.
    script = (settings.BASE_DIR / "courses/static/courses/embed.js").read_text()
    words = re.search(rf"{language}: \{{(.*?)\n    \}}", script, re.DOTALL)
    assert words
    said = dict(re.findall(r'(\w+): "([^"]+)"', words[1]))
    with override(language):
        for choice in (*ApplicationStatus, *CourseMode):
            assert said[choice.value] == str(choice.label)
        assert said["heading"] == gettext("Courses")
        assert said["tba"] == gettext("Dates to be announced")
        assert said["credits"] in credits_in_words(Decimal("7.5"))


def test_names_are_sorted_as_the_language_does() -> None:
    names = ["Örebro", "Zürich", "Umeå", "Ängelholm", "Östersund", "Åmål", "Arboga", "uppsala"]
    with override("sv"):
        assert sorted(names, key=alphabetical) == [
            "Arboga", "Umeå", "uppsala", "Zürich", "Åmål", "Ängelholm", "Örebro", "Östersund",
        ]  # fmt: skip
    with override("en"):
        assert sorted(names, key=alphabetical) == [
            "Åmål", "Ängelholm", "Arboga", "Örebro", "Östersund", "Umeå", "uppsala", "Zürich",
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "amount", "date", "points"),
    [
        ("en", "46,000,000\xa0SEK", "12–24 October 2026", ("1 credit", "7.5 credits")),
        ("sv", "46\xa0000\xa0000\xa0kr", "12–24 oktober 2026", ("1 hp", "7,5 hp")),
    ],
)
def test_numbers_and_dates_are_written_as_the_language_does(
    language: str, amount: str, date: str, points: tuple[str, str]
) -> None:
    days = {"start": datetime.date(2026, 10, 12), "end": datetime.date(2026, 10, 24)}
    with override(language):
        assert format_amount(Decimal("46000000.00"), "SEK") == amount
        assert strip_tags(render_to_string("includes/date_range.html", days)).strip() == date
        assert (credits_in_words(Decimal("1.0")), credits_in_words(Decimal("7.5"))) == points
