"""Mail about moderation: who gets it, what it says, and what happens when it cannot be sent."""

import socket
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.db import transaction
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings
from wagtail.models import Page, TaskState
from wagtail.users.models import UserProfile

from cms.models import User
from cms.settings.base import MAIL_AFTER_COMMIT
from testing.servers import free_port
from tests.admin_forms import AdminForm
from tests.factories import UserFactory
from tests.html import read, words
from tests.school import School

PUBLIC = "https://atmp.example.org"
SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.fixture
def author(school: School, settings: Settings) -> User:
    """A partner editor at Lund, on the site at its public address."""
    settings.WAGTAILADMIN_BASE_URL = PUBLIC
    site = school.home.get_site()
    site.hostname, site.port = "atmp.example.org", 443
    site.save()
    user: User = UserFactory.create(
        username="lund", first_name="Alva", groups=["Partner editors: Lund University"]
    )
    return user


@pytest.fixture
def partner_editor(author: User, login: Callable[[User], Client]) -> Client:
    """The same, logged in."""
    return login(author)


def _submit(client: Client, page: Page) -> None:
    form = AdminForm(client, f"/admin/pages/{page.pk}/edit/")
    form["title"] = f"{page.title}, revised"
    form.save("action-submit")


def _decide(client: Client, page: Page, decision: str, comment: str = "") -> None:
    state = TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)
    address = f"/admin/pages/workflow/action/{page.pk}/{decision}/{state.pk}/"
    assert client.post(address, {"comment": comment}).status_code == 302


def _sent_to(user_name: str) -> EmailMessage:
    found = [message for message in mail.outbox if message.to == [f"{user_name}@example.org"]]
    assert len(found) == 1, [message.to for message in mail.outbox]
    return found[0]


def _is_readable(text: str) -> bool:
    lines = text.splitlines()
    return "\n\n\n\n" not in text and "<" not in text and all(len(line) < 200 for line in lines)


def test_approvers_are_asked_by_mail_and_on_their_dashboard(
    school: School, partner_editor: Client, moderator: Client, administrator: Client
) -> None:
    _submit(partner_editor, school.course)
    assert len(mail.outbox) == 2
    for approver in ("moderator", "administrator"):
        message = _sent_to(approver)
        text = str(message.body)
        assert message.subject == "Please look at “Good manufacturing practice, revised”"
        assert "Alva Lund asks you to approve" in text
        assert f"{PUBLIC}/admin/pages/{school.course.pk}/edit/" in text.splitlines()
        assert f"{PUBLIC}/admin/pages/workflow/preview/{school.course.pk}/" in text
        assert "testserver" not in text
        assert _is_readable(text), text
    for approver_client in (moderator, administrator):
        assert f"{school.course.title}, revised" in words(read(approver_client, "/admin/"))
    assert school.course.title in words(read(partner_editor, "/admin/"))


def test_whoever_submitted_learns_why_it_came_back_and_that_it_was_approved(
    school: School, partner_editor: Client, moderator: Client, client: Client
) -> None:
    _submit(partner_editor, school.course)
    mail.outbox.clear()
    _decide(moderator, school.course, "reject", "Say “5 × 2” weeks & what is <new>.")
    message = _sent_to("lund")
    text = str(message.body)
    assert message.subject == "“Good manufacturing practice, revised” needs changes"
    assert "Robin Moderator has sent" in text
    assert "Say “5 × 2” weeks & what is <new>." in text.splitlines()
    assert f"{PUBLIC}/admin/pages/{school.course.pk}/edit/" in text.splitlines()

    form = AdminForm(partner_editor, f"/admin/pages/{school.course.pk}/edit/")
    form.save("action-resubmit" if "action-resubmit" in form.buttons else "action-submit")
    mail.outbox.clear()
    _decide(moderator, school.course, "approve")
    text = str(_sent_to("lund").body)
    assert "is published:" in text
    assert f"{PUBLIC}/courses/gmp/" in text.splitlines()
    assert _is_readable(text), text
    response = client.get("/courses/gmp/", headers={"host": "testserver"})
    assert "Good manufacturing practice, revised" in response.text


def test_an_approval_for_later_says_so(
    school: School, partner_editor: Client, moderator: Client, client: Client
) -> None:
    form = AdminForm(partner_editor, f"/admin/pages/{school.course.pk}/edit/")
    form["title"] = "Later"
    tomorrow = timezone.localtime() + timedelta(days=1)
    # Wagtail draws this field in a dialog beside the form.
    form.fields["go_live_at"] = [tomorrow.strftime("%Y-%m-%d %H:%M")]
    form.save("action-submit")
    mail.outbox.clear()
    _decide(moderator, school.course, "approve")
    assert "will be published at the time that was chosen" in str(_sent_to("lund").body)
    assert "Later" not in client.get("/courses/gmp/").text


@pytest.mark.parametrize(("language", "greeting"), [("sv", "Hej"), ("en", "Hello")])
def test_mail_is_in_the_language_of_whoever_gets_it(
    language: str, greeting: str, school: School, partner_editor: Client, moderator: Client
) -> None:
    profile = UserProfile.get_for_user(User.objects.get(username="moderator"))
    profile.preferred_language = language
    profile.save()
    _submit(partner_editor, school.course)
    assert str(_sent_to("moderator").body).startswith(greeting)


def test_whoever_switched_mail_off_gets_none(
    school: School, partner_editor: Client, moderator: Client
) -> None:
    profile = UserProfile.get_for_user(User.objects.get(username="moderator"))
    profile.submitted_notifications = False
    profile.save()
    _submit(partner_editor, school.course)
    assert mail.outbox == []


def _wait_for_mail() -> None:
    for thread in threading.enumerate():
        if thread.name == "mail":
            thread.join(timeout=20)
            assert not thread.is_alive()


@pytest.fixture
def smtp_server(settings: Settings) -> Callable[[int], None]:
    """Return a function that makes a port of loopback the mail server."""

    def use(port: int) -> None:
        options = {"host": "127.0.0.1", "port": port, "timeout": 2}
        server = {"BACKEND": SMTP, "OPTIONS": options}
        settings.MAILERS = {"default": MAIL_AFTER_COMMIT, "server": server}

    return use


@pytest.fixture
def committing(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> DjangoCaptureOnCommitCallbacks:
    """What a request does is committed, as far as a test's transaction lets it."""
    return django_capture_on_commit_callbacks


@pytest.fixture
def _server_is_down(smtp_server: Callable[[int], None]) -> None:
    smtp_server(free_port())


@pytest.mark.usefixtures("_server_is_down")
def test_no_change_of_state_is_lost_while_the_mail_server_is_down(
    school: School,
    partner_editor: Client,
    moderator: Client,
    committing: DjangoCaptureOnCommitCallbacks,
    caplog: pytest.LogCaptureFixture,
) -> None:
    with committing(execute=True):
        _submit(partner_editor, school.course)
    assert f"{school.course.title}, revised" in words(read(moderator, "/admin/"))
    with committing(execute=True):
        _decide(moderator, school.course, "approve")
    school.course.refresh_from_db()
    assert school.course.title.endswith("revised")
    _wait_for_mail()
    assert caplog.text.count("The mail server cannot be reached") == 2


def test_nobody_waits_for_a_mail_server_that_does_not_answer(
    school: School,
    partner_editor: Client,
    moderator: Client,
    smtp_server: Callable[[int], None],
    committing: DjangoCaptureOnCommitCallbacks,
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        smtp_server(silent.getsockname()[1])
        form = AdminForm(partner_editor, f"/admin/pages/{school.course.pk}/edit/")
        started = time.perf_counter()
        with committing(execute=True):
            form.save("action-submit")
        waiting = [thread for thread in threading.enumerate() if thread.name == "mail"]
        assert waiting, f"The request took {time.perf_counter() - started} s"
        _wait_for_mail()


def test_mail_is_sent_once_what_it_speaks_of_is_committed(
    db: None,
    settings: Settings,
    tmp_path: Path,
    committing: DjangoCaptureOnCommitCallbacks,
) -> None:
    files = {
        "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "OPTIONS": {"file_path": str(tmp_path)},
    }
    settings.MAILERS = {"default": MAIL_AFTER_COMMIT, "server": files}

    def send(subject: str) -> None:
        EmailMessage(subject, "Text", "school@example.org", ["me@example.org"]).send()

    with committing(execute=True):
        with transaction.atomic():
            send("Rolled back")
            transaction.set_rollback(True)
        with transaction.atomic():
            send("Committed")
            assert not list(tmp_path.iterdir())
    _wait_for_mail()
    kept = "".join(file.read_text() for file in tmp_path.iterdir())
    assert "Subject: Committed" in kept
    assert "Rolled back" not in kept
