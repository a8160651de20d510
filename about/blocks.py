"""The groups that the school is for."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, StructBlock, TextBlock

from cms.blocks import OptionalLinkBlock, StreamBlock


class AudienceBlock(StructBlock):
    """One group of people or organisations."""

    name = CharBlock(max_length=80, label=_("Who"))
    description = TextBlock(max_length=400, label=_("What the school offers them"))
    link = OptionalLinkBlock(required=False, label=_("Link"))

    class Meta:
        icon = "group"
        label = _("Audience")
        description = _("A group the school is for and what it offers them.")
        template = "about/blocks/audience.html"
        preview_value = {
            "name": "Doctoral students",
            "description": "Courses beyond the standard doctoral offering.",
            "link": {"label": "See the courses", "page": None, "url": "https://example.org/"},
        }


class AudiencesBlock(StreamBlock):
    """All the groups, in the order they are shown."""

    audience = AudienceBlock()

    class Meta:
        required = False
