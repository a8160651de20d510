"""The pages about the school."""

from decimal import Decimal

from factory.declarations import Sequence
from factory.django import DjangoModelFactory

from about.models import (
    AboutPage,
    FundedItem,
    FundingPage,
    Grant,
    MissionPage,
    VisionPage,
)
from tests.factories.pages import PageFactory


class AboutPageFactory(PageFactory):
    """The about page: one under the home page."""

    title = "About us"
    slug = "about"
    show_in_menus = True

    class Meta:
        model = AboutPage


class VisionPageFactory(PageFactory):
    """The vision: one under the about page."""

    title = "Our vision"
    slug = "vision"
    statement = "Patients in Sweden have access to advanced therapies."

    class Meta:
        model = VisionPage


class MissionPageFactory(PageFactory):
    """The mission: one under the about page."""

    title = "Our mission"
    slug = "mission"
    statement = "We educate those who develop advanced therapies."

    class Meta:
        model = MissionPage


class FundingPageFactory(PageFactory):
    """The funding: one under the about page."""

    title = "Our funding"
    slug = "funding"

    class Meta:
        model = FundingPage


class GrantFactory(DjangoModelFactory[Grant]):
    """A grant, to be built and handed to a funding page as one of its `grants`."""

    funder_name = Sequence("Research Council {}".format)
    funder_name_sv = Sequence("Forskningsrådet {}".format)
    amount = Decimal("46000000.00")
    first_year = 2023
    last_year = 2027

    class Meta:
        model = Grant


class FundedItemFactory(DjangoModelFactory[FundedItem]):
    """A funded item, to be built and handed to a funding page as one of its `funded_items`."""

    label = Sequence("Item {}".format)

    class Meta:
        model = FundedItem
