"""The links to pages in running text, as visitors get them."""

from django.utils.html import format_html
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.rich_text.pages import PageLinkHandler

from cms.blocks.links import address_of


class TextLinkHandler(PageLinkHandler):
    """A link to a page. While that page cannot be read, the words stay, without a link."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        """Return the opening tags of the links."""
        addresses = [address_of(page) if page else "" for page in cls.get_many(attrs_list)]
        return [format_html('<a href="{}">', url) if url else "<a>" for url in addresses]


def use_text_links(features: FeatureRegistry) -> None:
    """Wagtail hook `register_rich_text_features`: put our links in the place of Wagtail's."""
    features.register_link_type(TextLinkHandler)
