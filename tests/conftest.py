"""What every test stands on: a fixed day, a site that `setup_site` has set up, and people in it."""

import gc
import warnings
from collections.abc import Callable, Iterator
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.utils import translation
from pytest_django import DjangoDbBlocker

from cms.catalogues import compile_outdated
from cms.models import User
from home.models import HomePage
from tests.borrowing import Lender, asks_for_school
from tests.caching import empty_caches
from tests.factories import UserFactory
from tests.school import NOW, School, build_school

pytest_plugins = ["tests.browser.availability"]

LENDER = pytest.StashKey[Lender]()


def pytest_configure(config: pytest.Config) -> None:
    """Compile texts. Let Wagtail leave temporary files of renditions to the garbage collector."""
    # Before anything is translated, and before other processes start.
    compile_outdated()
    # Documents are large and live shortly: looking through all of them again and again takes time.
    gc.set_threshold(200_000, 50, 100)
    left_open = "unclosed file <"
    config.addinivalue_line("filterwarnings", f"ignore:{left_open}:ResourceWarning")
    # The collector may also run after the last test, where the line above does not reach.
    warnings.filterwarnings("ignore", message=left_open, category=ResourceWarning)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the tests that borrow the school first, so that it is built once."""
    items.sort(key=lambda item: not asks_for_school(item))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Have the school in the database, or not, before the test opens its own transaction."""
    if LENDER in item.config.stash:
        item.config.stash[LENDER].prepare_for(item)


@pytest.fixture(autouse=True)
def _fixed_day() -> Iterator[None]:
    with time_machine.travel(NOW):
        yield


@pytest.fixture(autouse=True)
def _no_copies_of_contexts(monkeypatch: pytest.MonkeyPatch) -> None:
    # Nobody looks at them, and an editor's page is made of some thousand templates.
    monkeypatch.setattr("django.test.client.store_rendered_templates", lambda *_, **__: None)


@pytest.fixture(autouse=True)
def _source_language() -> None:
    # A request below /sv/ leaves its language behind in the thread, where no other request
    # follows that would choose its own.
    translation.deactivate()


@pytest.fixture(autouse=True)
def _empty_caches() -> None:
    # Sequence numbers come back with every rolled-back transaction, so old answers would too.
    empty_caches()


@pytest.fixture(scope="session")
def first_setup(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, pytestconfig: pytest.Config
) -> Iterator[str]:
    """What `setup_site` said when it met the database as the migrations leave it."""
    output = StringIO()
    with django_db_blocker.unblock(), time_machine.travel(NOW):
        call_command("setup_site", stdout=output)
    lender = pytestconfig.stash[LENDER] = Lender(django_db_blocker)
    yield output.getvalue()
    lender.close()


@pytest.fixture
def home(db: None, first_setup: str) -> HomePage:
    """The home page of a site that is set up and otherwise empty."""
    return HomePage.objects.get(locale__language_code="en")


@pytest.fixture
def school(home: HomePage, pytestconfig: pytest.Config) -> School:
    """A site with a page of every type, every field filled."""
    return pytestconfig.stash[LENDER].lend() or build_school(home)


def _login(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def login() -> Callable[[User], Client]:
    """Return a browser in which the given user is logged in; tests/security fill in the form."""
    return _login


@pytest.fixture
def editor(home: HomePage) -> Client:
    """A member of Editors, logged in."""
    return _login(UserFactory.create(username="editor", groups=["Editors"]))


@pytest.fixture
def moderator(home: HomePage) -> Client:
    """A member of Moderators, logged in."""
    return _login(UserFactory.create(username="moderator", groups=["Moderators"]))


@pytest.fixture
def administrator(home: HomePage) -> Client:
    """A member of Administrators, logged in; no superuser."""
    return _login(UserFactory.create(username="administrator", groups=["Administrators"]))
