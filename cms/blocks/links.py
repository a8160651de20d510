"""Links to a page of the site or to somewhere else."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    CharBlock,
    StructBlock,
    StructBlockValidationError,
    StructValue,
    TextBlock,
    URLBlock,
)
from wagtail.models import Page

from cms.blocks.stored import StreamBlock
from cms.fields import validate_web_address
from cms.publishing.locales import localised_page
from cms.publishing.visibility import is_public
from cms.upstream.admin.choosers import PageChooserBlock


def address_of(page: Page) -> str:
    """Return where everyone may read `page`, in their language if it is there; empty for nowhere.

    An address can give away what a private page is about.
    """
    targets = (localised_page(page), page)
    return next((target.url or "" for target in targets if is_public(target)), "")


class LinkValue(StructValue):
    """A link's value, which knows where it leads today."""

    @property
    def href(self) -> str:
        """The address, or an empty string where not everyone may read the page (any more)."""
        page = self.get("page")
        return address_of(page) if page is not None else self.get("url") or ""


class LinkBlock(StructBlock):
    """Words that lead to a page of this site or to another site: to exactly one of them.

    The words are always typed, never taken from the page: a page's title is not public before
    the page is.
    """

    label = CharBlock(
        max_length=80,
        label=_("Link text"),
        help_text=_("Say where the link leads: “See the courses”, not “Click here”."),
    )
    page = PageChooserBlock(required=False, label=_("Page of this site"))
    url = URLBlock(
        required=False, label=_("Or an address elsewhere"), validators=[validate_web_address]
    )

    optional = False

    class Meta:
        icon = "link"
        label = _("Link")
        is_dependent = True
        value_class = LinkValue

    def clean(self, value: StructValue) -> StructValue:
        """Refuse a link that leads nowhere, or to two places."""
        result = super().clean(value)
        targets = [target for target in (result.get("page"), result.get("url")) if target]
        if self.is_deferred_validation:
            return result
        if len(targets) == 2:
            raise StructBlockValidationError(
                block_errors={
                    "url": ValidationError(_("Choose a page or give an address, not both."))
                }
            )
        if not targets and not (self.optional and not result.get("label")):
            raise StructBlockValidationError(
                block_errors={
                    "page": ValidationError(
                        _("Say where the link leads: choose a page or give an address.")
                    )
                }
            )
        if targets and not result.get("label"):
            raise StructBlockValidationError(
                block_errors={"label": ValidationError(_("Write the text of the link."))}
            )
        return result


class OptionalLinkBlock(LinkBlock):
    """A link that may be left out altogether."""

    label = CharBlock(required=False, max_length=80, label=_("Link text"))

    optional = True


class CallToActionBlock(StructBlock):
    """A short text with one thing to do next."""

    heading = CharBlock(max_length=80, label=_("Heading"))
    text = TextBlock(required=False, max_length=300, label=_("Text"))
    link = LinkBlock(label=_("Link"))

    class Meta:
        icon = "pick"
        label = _("Call to action")
        description = _("A highlighted box with a heading, a sentence and one link.")
        template = "blocks/call_to_action.html"
        preview_value = {
            "heading": "Find your course",
            "text": "Doctoral courses from basic research to patient access.",
            "link": {"label": "See all courses", "page": None, "url": "https://example.org/"},
        }


class CallsToActionBlock(StreamBlock):
    """The one or two things a visitor can do next on the home page."""

    link = LinkBlock()

    class Meta:
        max_num = 2
        required = False
