"""Refuses passwords that are guessed first, however long they are (NIST SP 800-63B-4, 3.1.1.2)."""

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# What must remain of a password without the words that anybody would try here.
_LEAST_REST = 8
_LEAST_CHARACTERS = 5
_CONTEXT = (
    *("atmp", "advanced", "therapy", "medicinal", "products", "research", "school", "national"),
    *("forskarskola", "nationell", "forskning", "sweden", "sverige", "wagtail", "admin"),
    *("password", "passphrase", "lösenord", "losenord", "qwerty", "welcome", "välkommen"),
)


class GuessablePasswordValidator:
    """Refuses a password that is little more than the school's words or one's own name."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError where the password is a repetition, a sequence, or context."""
        text = password.casefold()
        if len(set(text)) < _LEAST_CHARACTERS or _repeats(text) or _counts(text):
            raise ValidationError(
                _("This password is a repetition or a sequence."), code="password_repetitive"
            )
        for word in sorted(_words(user), key=len, reverse=True):
            text = text.replace(word, "")
        if len(re.sub(r"[\W\d_]", "", text)) < _LEAST_REST and text != password.casefold():
            raise ValidationError(
                _(
                    "Without the names of the school and of yourself, "
                    "too little of this password is left."
                ),
                code="password_context",
            )

    def get_help_text(self) -> str:
        """Return what the form says about it."""
        return _(
            "A sentence that only you would think of is best; spaces and all characters may be "
            "used. Do not use the names of the school or your own."
        )


def _repeats(text: str) -> bool:
    """Return whether a piece shorter than `_LEAST_REST` is all there is, again and again."""
    piece = (text + text).find(text, 1)
    return piece < len(text) and piece < _LEAST_REST


def _counts(text: str) -> bool:
    """Return whether each character follows the one before, as in 1234 or dcba."""
    steps = {ord(after) - ord(before) for before, after in pairwise(text)}
    return len(steps) == 1


def _words(user: Any) -> Iterable[str]:
    site = re.split(r"\W+", settings.WAGTAIL_SITE_NAME.casefold())
    own = [getattr(user, name, "") for name in ("username", "first_name", "last_name", "email")]
    parts = [part for value in own for part in re.split(r"\W+", (value or "").casefold())]
    return {word for word in (*_CONTEXT, *site, *parts) if len(word) >= 3}
