"""What the admin's pages load besides Wagtail's own scripts and styles."""

from typing import Final

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature
from wagtail.rich_text.feature_registry import FeatureRegistry

# What an editor hears at once of a text that was pasted.
_SAID: Final = {
    "tables": _(
        "The table has become text, a line for each row. For a table, add the block “Table”."
    ),
    "headings": _("Headings have become paragraphs. For a heading, add the block “Heading”."),
    "pictures": _("Pictures were left out. Upload them under “Images”, and add the block “Image”."),
}


def script() -> SafeString:
    """Wagtail hook `insert_global_admin_js`: what opens by itself, and when."""
    return format_html('<script src="{}"></script>', static("cms/admin/forms.js"))


def styles() -> SafeString:
    """Wagtail hook `insert_global_admin_css`."""
    return format_html('<link rel="stylesheet" href="{}">', static("cms/admin/admin.css"))


def paste(features: FeatureRegistry) -> None:
    """Wagtail hook `register_rich_text_features`: text from other programs keeps its meaning."""
    feature = EntityFeature({"type": "PASTE", "said": _SAID}, js=["cms/admin/paste.js"])
    features.register_editor_plugin("draftail", "paste", feature)
