"""Hints about the page that says who pays for the school."""

from about.models import FundingPage
from cms.pages.checks.figures import Figure, on_figures
from cms.pages.checks.rules import Advice


def advice_on_funding(page: FundingPage) -> list[Advice]:
    """Return the hints for `page`: its words name no amount that is not among its facts."""
    amounts = [*page.grants.all(), *(item for item in page.funded_items.all() if item.amount)]
    facts = [Figure(each.currency, each.amount, each.formatted_amount) for each in amounts]
    return list(on_figures(page, facts))
