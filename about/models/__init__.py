"""The pages about the school."""

from about.models.about_page import AboutPage
from about.models.funding_page import FundingPage
from about.models.grants import FundedItem, Grant
from about.models.statement_pages import MissionPage, StatementPage, VisionPage

__all__ = [
    "AboutPage",
    "FundedItem",
    "FundingPage",
    "Grant",
    "MissionPage",
    "StatementPage",
    "VisionPage",
]
