"""Refusing a form that was sent by showing the admin's first page instead.

Wagtail 8.0.1; no issue known. `permission_denied` redirects, also where somebody has written for an
hour and lost the right meanwhile: the text is gone.

Changed: where something was sent, PermissionDenied is raised; the site's 403 page keeps it.

Delete when Wagtail answers 403 to a form that is refused.
"""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from wagtail.admin import auth


def guard() -> None:
    """Put the guard in its place."""
    redirect = auth.permission_denied

    @wraps(redirect)
    def permission_denied(request: HttpRequest) -> HttpResponse:
        if request.POST.keys() - {"csrfmiddlewaretoken"}:
            raise PermissionDenied
        response: HttpResponse = redirect(request)
        return response

    auth.permission_denied = permission_denied
