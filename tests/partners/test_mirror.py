"""The program in docs/partners.md keeps a copy that always equals the public API."""

import json
import random
import re
import urllib.error
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import caches
from django.core.management import call_command
from django.test import Client
from pytest_django.live_server_helper import LiveServer
from wagtail.models import Collection, Locale, Page, PageViewRestriction

from courses.models import CoursePage
from home.models import HomePage
from tests.factories import CourseSessionFactory, UniversityFactory, make_private
from tests.school import School, build_school
from tests.story import story

RESOURCES = ("pages", "universities", "stages", "images", "documents")
STEPS = 14


@pytest.fixture
def program() -> ModuleType:
    """The reference consumer, taken out of the text that partners read."""
    text = (settings.BASE_DIR / "docs" / "partners.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    assert len(code.splitlines()) < 40
    module = ModuleType("mirror")
    exec(compile(code, "docs/partners.md", "exec"), module.__dict__)  # noqa: S102
    return module


@pytest.fixture
def live_school(transactional_db: None, live_server: LiveServer) -> School:
    """A school behind a real server, set up anew because nothing is rolled back here."""
    call_command("migrate", verbosity=0)
    if not Locale.objects.exists():
        Locale.objects.create(language_code="en")
    _make_root()
    call_command("setup_site", verbosity=0)
    school = build_school(HomePage.objects.get(locale__language_code="en"))
    school.course.body = story(school)
    school.course.save_revision().publish()
    school.university.logo = school.image
    school.university.save()
    return school


def _make_root() -> None:
    if not Page.objects.exists():
        Page.add_root(title="Root", slug="root", locale=Locale.objects.get(language_code="en"))
    if not Collection.objects.exists():
        Collection.add_root(name="Root")


def _copy_in(folder: Path) -> dict[str, Any]:
    files = [file for file in folder.glob("*.json") if file.name != "state.json"]
    return {file.stem: json.loads(file.read_text()) for file in files}


def _public(base: str) -> dict[str, Any]:
    """Return everything that the API has, read through its lists."""
    client, found = Client(), {}
    host = base.removeprefix("http://")
    for resource in RESOURCES:
        listed = client.get(f"/api/v2/{resource}/?limit=100", headers={"host": host}).json()
        assert listed["meta"]["total_count"] <= 100
        for item in listed["items"]:
            url = item["meta"]["detail_url"].removeprefix(base)
            response = client.get(url, headers={"host": host})
            found[f"{resource}-{item['id']}"] = response.json()
    return found


def _edit(school: School, chance: random.Random) -> None:
    page = _some_page(chance)
    page.title = f"Title {chance.random()}"
    page.save_revision().publish()


def _draft(school: School, chance: random.Random) -> None:
    page = _some_page(chance)
    page.title = "Not to be seen"
    page.save_revision()


def _unpublish(school: School, chance: random.Random) -> None:
    _some_page(chance).unpublish()


def _publish(school: School, chance: random.Random) -> None:
    page = chance.choice(list(Page.objects.filter(depth__gt=2))).specific
    page.save_revision().publish()


def _delete(school: School, chance: random.Random) -> None:
    course = CoursePage.objects.exclude(pk=school.course.pk).order_by("?").first()
    if course:
        course.delete()


def _restrict(school: School, chance: random.Random) -> None:
    make_private(_some_page(chance), "login")


def _lift(school: School, chance: random.Random) -> None:
    restriction = PageViewRestriction.objects.first()
    if restriction:
        restriction.delete()


def _move(school: School, chance: random.Random) -> None:
    contact = Page.objects.get(pk=school.contact.pk)
    goal = Page.objects.get(pk=chance.choice([school.home.pk, school.about.pk]))
    if contact.get_parent().pk != goal.pk:
        contact.move(goal, pos="last-child")


def _rename(school: School, chance: random.Random) -> None:
    page = _some_page(chance)
    page.slug = f"slug-{chance.randrange(10**6)}"
    page.save_revision().publish()


def _translate(school: School, chance: random.Random) -> None:
    swedish = Locale.objects.get(language_code="sv")
    page = Page.objects.get(pk=school.home.pk).specific
    if not page.has_translation(swedish):
        copy = page.copy_for_translation(swedish)
        copy.title = "Hem"
        copy.save_revision().publish()
        return
    courses = Page.objects.get(pk=school.index.pk).specific
    if not courses.has_translation(swedish):
        courses.copy_for_translation(swedish).save_revision().publish()


def _university(school: School, chance: random.Random) -> None:
    school.university.refresh_from_db()
    school.university.city = f"City {chance.random()}"
    school.university.name_sv = f"Universitet {chance.random()}"
    school.university.save()
    UniversityFactory(name=f"University {chance.random()}", short_name=f"{chance.random()}"[:12])


def _image(school: School, chance: random.Random) -> None:
    school.image.refresh_from_db()
    school.image.description = f"What it shows {chance.random()}"
    school.image.save()


def _session(school: School, chance: random.Random) -> None:
    course = CoursePage.objects.get(pk=school.course.pk)
    course.sessions = [CourseSessionFactory.build(location=f"Room {chance.random()}")]
    course.save_revision().publish()


OPERATIONS: tuple[Callable[[School, random.Random], None], ...] = (
    _edit,
    _draft,
    _unpublish,
    _publish,
    _delete,
    _restrict,
    _lift,
    _move,
    _rename,
    _translate,
    _university,
    _image,
    _session,
)


def _some_page(chance: random.Random) -> Page:
    return chance.choice(list(Page.objects.filter(depth__gt=2).order_by("pk"))).specific


class _InterruptedError(Exception):
    """The connection broke, or somebody stopped the program."""


def _interrupting(fetch: Callable[..., Any], chance: random.Random) -> Callable[..., Any]:
    def unreliable(*args: Any, **kwargs: Any) -> Any:
        if chance.random() < 0.1:
            raise _InterruptedError
        return fetch(*args, **kwargs)

    return unreliable


@pytest.fixture
def _generous(settings: Any) -> None:
    settings.API_REQUESTS_PER_MINUTE = 100_000


@pytest.mark.usefixtures("_generous")
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_copy_equals_the_public_api_whatever_happens(
    seed: int,
    *,
    live_school: School,
    live_server: LiveServer,
    program: ModuleType,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chance, done = random.Random(seed), []
    for _step in range(STEPS):
        for operation in chance.sample(OPERATIONS, chance.randint(1, 3)):
            operation(live_school, chance)
            done.append(operation.__name__)
        try:
            with monkeypatch.context() as patch:
                patch.setattr(program, "fetch", _interrupting(program.fetch, chance))
                program.mirror(live_server.url, tmp_path)
        except _InterruptedError:
            program.mirror(live_server.url, tmp_path)
        caches["pages"].clear()
        copy, public = _copy_in(tmp_path), _public(live_server.url)
        assert copy.keys() == public.keys(), done
        for name, data in public.items():
            assert copy[name] == data, (name, done)


@pytest.mark.usefixtures("_generous")
def test_nothing_new_is_one_empty_answer(
    live_school: School,
    live_server: LiveServer,
    program: ModuleType,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    program.mirror(live_server.url, tmp_path)
    asked: list[str] = []
    fetch = program.fetch

    def counting(url: str, etag: str | None = None) -> Any:
        asked.append(url)
        response = fetch(url, etag)
        assert response[0] == 304
        return response

    monkeypatch.setattr(program, "fetch", counting)
    program.mirror(live_server.url, tmp_path)
    assert len(asked) == 1


@pytest.mark.usefixtures("_generous")
def test_a_number_from_the_future_starts_over(
    live_school: School, live_server: LiveServer, program: ModuleType, tmp_path: Path
) -> None:
    (tmp_path / "pages-999.json").write_text("{}")
    (tmp_path / "state.json").write_text(json.dumps([10**6, None]))
    program.mirror(live_server.url, tmp_path)
    assert _copy_in(tmp_path) == _public(live_server.url)


def test_other_errors_are_not_mistaken_for_changes(
    live_school: School,
    live_server: LiveServer,
    program: ModuleType,
    tmp_path: Path,
    settings: Any,
) -> None:
    settings.API_REQUESTS_PER_MINUTE = 1
    with pytest.raises(urllib.error.HTTPError) as error:
        program.mirror(live_server.url, tmp_path)
    assert error.value.code == 429
    assert int(error.value.headers["Retry-After"]) >= 1
