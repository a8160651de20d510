"""The program in docs/partners.md keeps a copy that always equals the public API."""

import json
import random
import urllib.error
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.test import Client
from pytest_django.live_server_helper import LiveServer
from wagtail.models import Collection, Locale, Page

from home.models import HomePage
from tests.partners.mirroring import OPERATIONS, copy_in, everything_public, reference_program
from tests.school import School, build_school
from tests.story import story

STEPS = 14


@pytest.fixture
def program() -> ModuleType:
    """The reference consumer, taken out of the text that partners read."""
    return reference_program()


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


def _public(base: str) -> dict[str, Any]:
    """Return everything that the API has, read through its lists."""
    client = Client(headers={"host": base.removeprefix("http://")})
    return everything_public(lambda path: client.get(path).json())


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
        copy, public = copy_in(tmp_path), _public(live_server.url)
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
    assert copy_in(tmp_path) == _public(live_server.url)


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
