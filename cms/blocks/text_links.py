"""The links to pages and documents in running text, as visitors and as editors get them."""

from typing import Any

from django.utils.html import format_html
from wagtail.admin.rich_text.converters.html_to_contentstate import PageLinkElementHandler
from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.models import Page
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.rich_text.pages import PageLinkHandler

from cms.blocks.links import address_of
from cms.publishing.visibility import is_open
from cms.upstream.admin.titles import is_hidden


class TextLinkHandler(PageLinkHandler):
    """A link to a page. While not everyone may read it, the words stay, without a link."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        """Return the opening tags of the links."""
        addresses = [address_of(page) if page else "" for page in cls.get_many(attrs_list)]
        return list(map(_opening, addresses))


class TextDocumentHandler(DocumentLinkHandler):
    """A link to a document. While its collection is private, the words stay, without a link."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        """Return the opening tags of the links."""
        documents = cls.get_many(attrs_list)
        return [_opening(document.url if is_open(document) else "") for document in documents]


class EditedPageLinkHandler(PageLinkElementHandler):
    """A link to a page in the admin's editor, which shows where it leads."""

    def get_attribute_data(self, attrs: dict[str, str]) -> dict[str, Any]:
        """Return what the editor keeps; no address where the page is hidden from who writes."""
        page = Page.objects.filter(pk=attrs["id"]).first()
        if page is not None and is_hidden(page):
            return {"id": page.pk, "url": None, "parentId": None}
        data: dict[str, Any] = super().get_attribute_data(attrs)
        return data


def _opening(address: str) -> str:
    return format_html('<a href="{}">', address) if address else "<a>"


def use_text_links(features: FeatureRegistry) -> None:
    """Wagtail hook `register_rich_text_features`: put our links in the place of Wagtail's."""
    features.register_link_type(TextLinkHandler)
    features.register_link_type(TextDocumentHandler)
    rule = features.converter_rules_by_converter["contentstate"]["link"]["from_database_format"]
    rule['a[linktype="page"]'] = EditedPageLinkHandler("LINK")
