"""What search engines are asked to leave alone (RFC 9309)."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from cms.publishing.http.responses import mark_public


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Answer with `robots.txt`: nothing at all may be listed unless SITE_IS_PUBLIC says so."""
    lines = ["User-agent: *", "Disallow: /"]
    if settings.SITE_IS_PUBLIC:
        # Not the admin, whose path may be a secret: its responses say `X-Robots-Tag: noindex`.
        lines = [
            "User-agent: *",
            *(f"Disallow: {address}" for address in _searches()),
            "",
            f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
        ]
    return mark_public(
        HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
    )


def _searches() -> list[str]:
    """Return the addresses of the search page: endless, and made of what is listed anyway."""
    addresses = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            addresses.append(reverse("search"))
    return addresses
