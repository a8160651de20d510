"""What other apps' pages show of the school's funding."""

from collections.abc import Sequence

from django import template
from wagtail.models import Locale

from about.models import FundingPage, Grant
from cms.publishing.locales import active_locale
from cms.publishing.memoize import once_per_publication
from cms.publishing.visibility import public_pages

register = template.Library()


@register.simple_tag
@once_per_publication
def funders() -> Sequence[Grant]:
    """Return the grants on the published, public funding page in the reader's language.

    One grant for each funder, in the order the editors gave them; the source language's where
    the reader's has none.
    """
    pages = public_pages(FundingPage.objects.all())
    for locale in (active_locale(), Locale.get_default()):
        unique: dict[str, Grant] = {}
        grants = Grant.objects.filter(page__in=pages, locale=locale)
        for grant in grants.select_related("funder_logo"):
            unique.setdefault(grant.funder_name, grant)
        if unique:
            return list(unique.values())
    return []
