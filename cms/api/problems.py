"""Errors as `application/problem+json` (RFC 9457): one shape for every status."""

import json
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from rest_framework.exceptions import APIException

CONTENT_TYPE = "application/problem+json"
# What was sent is repeated in the response, but not at any length.
SENT_MAX_LENGTH = 200


class Problem(APIException):
    """An error that an API view raises: its status, what is wrong, and further members."""

    def __init__(self, status: int, detail: str, **members: Any) -> None:
        self.status_code = status
        self.members = members
        super().__init__(detail)


class ParameterProblem(Problem):
    """A query parameter that is unknown, or whose value is not one that it takes."""

    def __init__(self, parameter: str, sent: str, accepted: str, detail: str = "") -> None:
        sent = sent if len(sent) <= SENT_MAX_LENGTH else f"{sent[:SENT_MAX_LENGTH]}…"
        super().__init__(
            HTTPStatus.BAD_REQUEST,
            detail or f"The parameter “{parameter}” takes {accepted}.",
            parameter=parameter[:SENT_MAX_LENGTH],
            sent=sent,
            accepted=accepted,
        )


def problem_response(status: int, detail: str, **members: Any) -> HttpResponse:
    """Return the response that says what went wrong, for programs and for people."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": int(status),
        "detail": detail,
        **members,
    }
    text = json.dumps(body, ensure_ascii=False)
    # A lone surrogate in what was sent can be written in JSON, but not in UTF-8.
    content = text.encode("utf-8", "replace")
    response = HttpResponse(content, status=status, content_type=CONTENT_TYPE)
    response.headers["Cache-Control"] = "no-store"
    return response
