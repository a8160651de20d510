"""What a password may be: long and not easily guessed, and nothing else (NIST SP 800-63B-4)."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from cms.models import User

EDITH = User(username="edith.lindqvist", first_name="Edith", last_name="Lindqvist")


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery staple",
        "all lower case and nothing else",
        "ingen vet vad åäö gör i ett lösenord",
        "834751902645173",
        "🐻🦊🦝🐨🐯🦁🐮🐷🐸🐵🐔🐧🐦🐤🦆",
        "x7" + "a sentence of a hundred characters, because somebody likes to write " * 2,
    ],
)
def test_any_long_password_will_do(password: str) -> None:
    validate_password(password, EDITH)


@pytest.mark.parametrize(
    "password",
    [
        "fourteen chars",
        "aaaaaaaaaaaaaaaaaaaa",
        "abcabcabcabcabcabc",
        "abcdefghijklmnop",
        "12345678901234567890",
        "ATMP Research School 2026",
        "Edith Lindqvist 1984!",
        "edith.lindqvist",
        "AdminPassword12345",
        "NationalATMPResearchSchool!",
    ],
)
def test_what_anybody_would_try_first_will_not(password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password, EDITH)
