"""What surrounds every page of the site: names, menus, the footer. For whoever builds it anew."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from cms.api.batching import Batch
from cms.api.endpoints.base import Endpoint
from cms.api.licences import licences
from cms.api.parameters import Parameter, parse_parameters
from cms.api.responses import json_response
from cms.api.schemas.base import select
from cms.api.schemas.pages import LINKED_PAGE
from cms.api.site import PublicSite
from cms.pages.navigation import DEFAULT_SOCIAL_IMAGE, footer, home_of, main_menu, menu_below
from cms.publishing.visibility import is_public

_LINK = select(LINKED_PAGE, [], LINKED_PAGE.nested)


class SiteEndpoint(Endpoint):
    """The site as a whole, in all its languages. One object."""

    name = "site"
    model = Site

    @classmethod
    def list_parameters(cls) -> tuple[Parameter, ...]:
        return ()

    def listing_view(self, request: HttpRequest) -> HttpResponse:
        """Answer with what surrounds every page."""
        parse_parameters(request.GET, ())
        site = PublicSite(request, self.request.wagtailapi_router)
        bottom = footer(site.site) if site.site else None
        contact = bottom.settings if bottom else None
        return json_response(
            {
                "languages": list(_languages(Batch(site))),
                "contact": {
                    "email": contact.contact_email if contact else "",
                    "phone": contact.contact_phone if contact else "",
                    "postal_address": contact.postal_address if contact else "",
                },
                "social_links": [
                    {"label": link.label, "url": link.url}
                    for link in (bottom.social_links if bottom else ())
                ],
                "social_image": site.absolute(static(DEFAULT_SOCIAL_IMAGE)),
                "licences": licences(),
            }
        )

    @classmethod
    def get_urlpatterns(cls) -> list[URLPattern]:
        return [path("", cls.as_view({"get": "listing_view"}), name="listing")]


def _languages(batch: Batch) -> Iterator[dict[str, Any]]:
    """Yield what differs by language, for those in which there is a public home page."""
    site = batch.site.site
    for code, _name in settings.LANGUAGES if site else ():
        with translation.override(code):
            home = home_of(site)
            if home.locale.language_code != code or not is_public(home):
                continue
            bottom = footer(site)
            yield {
                "locale": code,
                "name": _("National ATMP Research School"),
                "home": _link(home, batch),
                "menu": [
                    _link(page, batch) | {"children": [_link(c, batch) for c in menu_below(page)]}
                    for page in main_menu(site)
                ],
                "footer_text": bottom.settings.localised_footer_text,
                "contact_page": _link(bottom.contact_page, batch),
                "accessibility_page": _link(bottom.accessibility_page, batch),
                "privacy_page": _link(bottom.privacy_page, batch),
            }


def _link(page: Page | None, batch: Batch) -> Any:
    return _LINK.represent(page, batch) if page else None
