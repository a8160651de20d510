"""What is answered where something is refused: why, what to do, and what was sent with it.

What was written is in the page, to be sent again. Only what a form of ours has sent, though: other
sites could otherwise have a forged form sent with one click. The header `Origin` tells, which no
page can set.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from wagtail.admin.localization import get_localized_response

from cms.pages.reserved_addresses import is_staff_path

_TOKEN = "csrfmiddlewaretoken"  # noqa: S105  # The name of a field.


def not_let_in(request: HttpRequest) -> HttpResponse:
    """Answer a form of the admin whose writer is no longer signed in, or has no access left."""
    if request.user.is_authenticated:
        return permission_denied(request)
    return _refuse(
        request,
        _("You are signed out"),
        _("What you sent has not been saved. Sign in in a new tab, then come back to this page."),
        sign_in=True,
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is not that of the browser (Django's `CSRF_FAILURE_VIEW`)."""
    return _refuse(
        request,
        _("The form was too old"),
        _(
            "It was opened before you last signed in, or your browser keeps no cookies. "
            "Nothing has been changed."
        ),
        otherwise=_("Go back, reload the page and try again."),
    )


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer whoever may not do what they asked for (Django's `handler403`)."""
    return _refuse(
        request,
        _("You may not do this"),
        _(
            "Nothing has been changed. If it is part of your work, ask whoever looks after this "
            "website to give you the right to do it."
        ),
    )


def sent(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what a form of the admin has sent, without files; nothing of what holds a password."""
    is_ours = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    if not is_ours or not is_staff_path(request.path_info):
        return []
    if any("password" in name for name in request.POST):
        return []
    return [
        (name, str(value))
        for name, values in request.POST.lists()
        if name != _TOKEN
        for value in values
    ]


def _refuse(request: HttpRequest, title: object, why: object, **context: object) -> HttpResponse:
    context |= {
        "title": title,
        "why": why,
        "sent": sent(request),
        "lacks_files": bool(request.FILES),
    }
    response: HttpResponse = get_localized_response(
        render, request, "403.html", context, status=403
    )
    return response
