"""The reader's language: which one it is, and facts that are kept once in both."""

from django.db import models
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language


class PathLocaleMiddleware(LocaleMiddleware):
    """Takes the language from the address and from nothing else.

    Django's own says `Vary: Accept-Language` on addresses without a language, although with
    English at the root it never looks at that header; caches would keep a copy for each browser.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Name the language of the response, unless it is data, which may be in several."""
        if not response.headers.get("Content-Type", "").startswith("application/json"):
            response.headers.setdefault("Content-Language", get_language() or "")
        return response


def localised(instance: models.Model, field_name: str) -> str:
    """Return `field_name` in the active language.

    The Swedish text lives beside the English one in `<field_name>_sv`; where it is empty the
    English text is returned, so that a reader never meets a gap.
    """
    english: str = getattr(instance, field_name)
    if is_swedish():
        return getattr(instance, f"{field_name}_sv") or english
    return english


def localised_markup(instance: models.Model, field_name: str) -> SafeString:
    """Return `field_name` in the active language as HTML, or marked as English where it is.

    WCAG 2.2, 3.1.2: a screen reader has to be told of a passage in another language.
    """
    text = localised(instance, field_name)
    is_fallback = is_swedish() and text and not getattr(instance, f"{field_name}_sv")
    return format_html('<span lang="en">{}</span>' if is_fallback else "{}", text)


def is_swedish() -> bool:
    """Return whether the reader's language is Swedish."""
    return (get_language() or "").partition("-")[0] == "sv"
