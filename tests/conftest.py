"""What every test stands on: a fixed day, a site that `setup_site` has set up, and people in it."""

import gc
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import translation
from pytest_django import DjangoDbBlocker
from wagtail.models import Page
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from cms.i18n.catalogues import compile_outdated
from cms.models import User
from courses.models import CoursePage
from home.models import HomePage
from tests import databases
from tests.caching import empty_caches
from tests.day import NOW
from tests.factories import UserFactory
from tests.scheduling import Scheduling
from tests.school import School
from tests.shared_school import BUILDERS, Lender, asked_for
from tests.swedish import TITLES, swedish_draft

pytest_plugins = ["tests.browser.availability"]

LENDER = pytest.StashKey[Lender]()
TEMPLATE = pytest.StashKey[Path]()


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


def pytest_sessionstart(session: pytest.Session) -> None:
    """Begin to make the database, in the process that the others are started from."""
    config = session.config
    if hasattr(config, "workerinput"):
        config.stash[TEMPLATE] = Path(config.workerinput["template"])
    elif not config.option.collectonly:
        config.stash[TEMPLATE] = databases.new_directory()
        builder = databases.start(config.stash[TEMPLATE])
        config.add_cleanup(lambda: databases.stop(builder))


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a process of pytest-xdist where the database is made."""
    node.workerinput["template"] = str(node.config.stash[TEMPLATE])


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling:
    """Hand out the tests (pytest-xdist)."""
    return Scheduling(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the tests that borrow the same thing one after another, so that it is built once."""
    order = [*BUILDERS, None]
    items.sort(key=lambda item: order.index(asked_for(item)))


def pytest_runtestloop() -> None:
    """Let the garbage collector never look again at what stays to the end: the code itself."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Have in the database what the test borrows before it opens its own transaction."""
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
def said_by_setup_site(pytestconfig: pytest.Config) -> str:
    """What `setup_site` said when it met the database as the migrations leave it."""
    return databases.wait_for(pytestconfig.stash[TEMPLATE])


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
    said_by_setup_site: str,
    pytestconfig: pytest.Config,
) -> Iterator[None]:
    """Start from a copy of the database that is migrated and set up (pytest-django's own name)."""
    with databases.copied(pytestconfig.stash[TEMPLATE]):
        yield


@pytest.fixture(scope="session")
def _lender(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, pytestconfig: pytest.Config
) -> Iterator[Lender]:
    lender = pytestconfig.stash[LENDER] = Lender(django_db_blocker)
    yield lender
    lender.close()


@pytest.fixture
def home(db: None, _lender: Lender, request: pytest.FixtureRequest) -> HomePage:
    """The home page of a site that is set up, with what else the test asks for."""
    _lender.have_for(request.node)
    return HomePage.objects.get(locale__language_code="en")


@pytest.fixture
def school(home: HomePage, _lender: Lender) -> School:
    """A site with a page of every type, every field filled."""
    return _lender.school()


@pytest.fixture
def swedish_pages(school: School) -> dict[str, Page]:
    """The school's pages in Swedish, published, by their names in tests.swedish."""
    return {name: swedish_draft(getattr(school, name)) for name in TITLES}


@pytest.fixture
def content(home: HomePage) -> HomePage:
    """The home page of a site with the school's content."""
    return home


@pytest.fixture
def sample_courses(content: HomePage) -> list[CoursePage]:
    """The sample courses in English, on top of the content."""
    return list(CoursePage.objects.filter(locale=content.locale).order_by("path"))


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
