"""Mail that nobody waits for, about what has really happened."""

import logging
import threading
from collections.abc import Sequence
from typing import Any

from django.core.mail import EmailMessage, mailers
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from cms.upstream.characters import clean_line

logger = logging.getLogger(__name__)

# The mailer that this one hands everything to.
SERVER = "server"


class AfterCommitBackend(BaseEmailBackend):
    """Keeps messages until the transaction is committed, and sends them in a thread of their own.

    What is rolled back is not announced, no row stays locked while a mail server makes up its
    mind, and one that is down costs a line in the log: the change itself stands, and the
    dashboard shows it to whom the mail would have gone.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._waiting: list[EmailMessage] = []

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Accept the messages; return how many they are."""
        is_first = not self._waiting
        self._waiting.extend(email_messages)
        if is_first:
            transaction.on_commit(self._hand_over, robust=True)
        return len(email_messages)

    def _hand_over(self) -> None:
        messages, self._waiting = self._waiting, []
        # No daemon: a command that ends, or a server that is told to, waits for it.
        threading.Thread(target=deliver, args=(messages,), name="mail").start()


def deliver(messages: Sequence[EmailMessage]) -> None:
    """Send the messages over one connection; log each that fails, and go on with the next."""
    try:
        with mailers[SERVER] as connection:
            for message in messages:
                _deliver(message, connection)
    except Exception:
        # Whatever is wrong with the server is not the affair of whoever clicked a button.
        logger.exception("The mail server cannot be reached; %d messages are lost.", len(messages))


def _deliver(message: EmailMessage, connection: BaseEmailBackend) -> None:
    try:
        # A header takes no line break, and a title may be older than the forms that refuse one.
        message.subject = clean_line(str(message.subject))
        connection.send_messages([message])
    except Exception:
        logger.exception("A message could not be sent: %s", message.subject)
