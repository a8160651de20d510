"""What other apps' pages show of the school's funding."""

from collections.abc import Sequence

from django import template
from wagtail.models import Locale

from about.models import FundingPage, Grant

register = template.Library()


@register.simple_tag
def funders() -> Sequence[Grant]:
    """Return the grants on the published, public funding page in the reader's language.

    One grant for each funder, in the order the editors gave them; the source language's where
    the reader's has none.
    """
    pages = FundingPage.objects.live().public()
    for locale in (Locale.get_active(), Locale.get_default()):
        grants = Grant.objects.filter(page__in=pages, locale=locale)
        unique = {grant.funder_name: grant for grant in reversed(grants)}
        if unique:
            return list(reversed(unique.values()))
    return []
