"""Pages without a type of their own."""

from home.models import ContentPage
from tests.factories.pages import PageFactory


class ContentPageFactory(PageFactory):
    """A page under the home page or the about page."""

    class Meta:
        model = ContentPage
