"""Where to report a weakness: /.well-known/security.txt (RFC 9116)."""

from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from cms.i18n.clock import school_today
from cms.publishing.http.responses import mark_public

# The RFC asks for less than a year.
VALID_DAYS = 180


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Answer whom to write to; 404 where SECURITY_CONTACT names nobody."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    lines = [
        *(f"Contact: {address}" for address in settings.SECURITY_CONTACT),
        f"Expires: {_expires():%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(code for code, _name in settings.LANGUAGES)}",
        f"Canonical: {settings.WAGTAILADMIN_BASE_URL}/.well-known/security.txt",
    ]
    content = "\n".join([*lines, ""])
    return mark_public(HttpResponse(content, content_type="text/plain; charset=utf-8"))


def _expires() -> datetime:
    """Return the end that the operator has set, or one that moves along while the site runs."""
    day = settings.SECURITY_CONTACT_EXPIRES or school_today() + timedelta(days=VALID_DAYS)
    return datetime.combine(day, time(), tzinfo=UTC)
