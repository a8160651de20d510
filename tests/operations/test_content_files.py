"""The starter texts are files that people edit: what is wrong with one is said in words."""

import shutil
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError

from cms.operations.starter_content.markdown import rich_text
from home.models import HomePage
from tests.operations.test_setting_up import run

# The first files that are read, so that each refusal comes soon.
ABOUT = "about/content/en/about.yaml"
UNIVERSITIES = "cms/content/universities.yaml"
# A file, what is changed in it, and what the command says of it.
MISTAKES = (
    (ABOUT, "summary:", "sumary:", "“sumary” is no field (about page)"),
    (ABOUT, "title: About Us", "", "“title”: This field cannot be blank"),
    (ABOUT, "title: About Us", "title: {About: Us}", "“title”: This has to be text"),
    (ABOUT, "show_in_menus: True", "show_in_menus: yes", "“show_in_menus”: “yes” value must be"),
    (ABOUT, "slug: about", "slug: about\nslug: us", "a key is there twice"),
    (ABOUT, "title: About Us", "title: About: Us", "mapping values are not allowed here"),
    (ABOUT, "name: Doctoral students", "nmae: Us", "“audiences”: There is no block or part “nmae”"),
    (ABOUT, "- audience:", "- audiense:", "“audiences”: There is no block or part “audiense”"),
    (ABOUT, "name: Doctoral students", "name: ''", "“audiences”: “0”: “name”: This field is"),
    (ABOUT, "body: |-", "body: |-\n  # We\n", "“body”: “0”: “level”: Select a valid choice"),
    (
        UNIVERSITIES,
        "    ror_id: https://ror.org/012a77v79",
        "",
        "“universities” 1: “ror_id” is missing",
    ),
    (UNIVERSITIES, "ror.org/05kb8h459", "ror.org/05kb8h450", "“universities” 2: “ror_id”: "),
    (UNIVERSITIES, "universities:", "universities: five\nfive:", "“universities” has to be a list"),
    (UNIVERSITIES, "universities:", "", "keys with values are expected here"),
)
WEEKS = "courses/content/en/samples/01-introduction-to-atmps.yaml"


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the apps read copies of their content files; return the directory of the apps."""
    for label in ("about", "cms", "courses"):
        app = apps.get_app_config(label)
        shutil.copytree(Path(app.path, "content"), tmp_path / label / "content")
        monkeypatch.setattr(app, "path", str(tmp_path / label))
    return tmp_path


def test_a_mistake_in_a_content_file_is_told_with_file_and_key(
    home: HomePage, elsewhere: Path
) -> None:
    for name, right, wrong, said in MISTAKES:
        file = elsewhere / name
        text = file.read_text()
        assert right in text, name
        file.write_text(text.replace(right, wrong, 1))
        with pytest.raises(CommandError) as refusal:
            run("load_school_content")
        assert str(refusal.value).startswith(f"{name}: "), refusal.value
        assert said in str(refusal.value)
        file.write_text(text)
    (elsewhere / ABOUT).unlink()
    with pytest.raises(CommandError, match=rf"^{ABOUT}: .*No such file"):
        run("load_school_content")
    assert not home.get_children().exists()


def test_a_mistake_in_a_sample_course_is_told_too(content: HomePage, elsewhere: Path) -> None:
    file = elsewhere / WEEKS
    text = file.read_text()
    for right, wrong, said in (
        ("starts: 6", "starts: soon", "“sessions” 1: “starts” has to be a whole number"),
        ("mode: hybrid", "mode: by post", "“sessions” 1: “mode”: Value 'by post' is not a valid"),
        ("host: LU", "host: XY", "needs the universities XY"),
    ):
        file.write_text(text.replace(right, wrong, 1))
        with pytest.raises(CommandError) as refusal:
            run("load_sample_courses", force=True)
        assert str(refusal.value).startswith(WEEKS)
        assert said in str(refusal.value)


def test_line_breaks_in_a_content_file_say_nothing() -> None:
    assert rich_text("One\nline\n\n- *a*\n- b\n  c") == (
        "<p>One line</p><ul><li><em>a</em></li><li>b c</li></ul>"
    )
