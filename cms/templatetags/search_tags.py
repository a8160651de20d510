"""What an address that does not exist may have been meant to be."""

from collections.abc import Sequence
from difflib import get_close_matches

from django import template
from django.template import Context
from wagtail.models import Page

from cms.publishing.locales import active_locale
from cms.publishing.memoize import once_per_publication
from cms.publishing.visibility import public_pages

register = template.Library()

MOST_SUGGESTIONS = 3
LIKENESS = 0.7
LONGEST_ADDRESS = 100


@once_per_publication
def _ids_by_slug() -> dict[str, int]:
    pages = public_pages(Page.objects.filter(locale=active_locale(), depth__gt=2))
    return dict(pages.values_list("slug", "pk"))


@register.simple_tag(takes_context=True)
def similar_addresses(context: Context) -> Sequence[Page]:
    """Return the public pages whose last part of the address is most like the one asked for."""
    request = context.get("request")
    path = request.path.strip("/") if request is not None else ""
    if not path or len(path) > LONGEST_ADDRESS:
        return []
    ids = _ids_by_slug()
    slugs = get_close_matches(path.rpartition("/")[2], ids, n=MOST_SUGGESTIONS, cutoff=LIKENESS)
    pages = Page.objects.in_bulk([ids[slug] for slug in slugs])
    return [pages[ids[slug]] for slug in slugs if ids[slug] in pages]
