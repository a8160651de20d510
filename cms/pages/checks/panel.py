"""The hints on a page, where its editors see them: above its form, and after publishing."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.panels import HelpPanel
from wagtail.models import Page

from cms.pages.checks.reach import together_address, unpublished_above
from cms.pages.checks.rules import Advice


class AdvicePanel(HelpPanel):
    """The hints on the page as it was last saved, where there are any."""

    class BoundPanel(HelpPanel.BoundPanel):
        def is_shown(self) -> bool:
            return bool(super().is_shown() and self.instance.pk and self.advice)

        @property
        def advice(self) -> list[Advice]:
            """The hints, worked out once for each form."""
            if not hasattr(self, "_advice"):
                self._advice: list[Advice] = self.instance.publishing_warnings()
            return self._advice

        @property
        def together_address(self) -> str:
            """Where the reader can publish all pages above this one at once, if they may."""
            return together_address(self.instance, self.request.user)


def warn_after_publishing(request: HttpRequest, page: Page) -> None:
    """Wagtail hook `after_publish_page`: say what readers of `page` would be better without.

    Each hint leads to the field it is about, or to the page that has to be published first.
    """
    warnings: Any = getattr(page.specific, "publishing_warnings", list)()
    if not warnings:
        return
    editor = reverse("wagtailadmin_pages:edit", args=(page.pk,))
    hints = format_html_join(
        "",
        '<li><a href="{}{}">{}</a></li>',
        ((advice.address or editor, advice.anchor, advice.text) for advice in warnings),
    )
    introduction = (
        _("“%(page)s” is published, but visitors cannot find it yet:")
        if unpublished_above(page)
        else _("“%(page)s” is published. Please check:")
    )
    text = introduction % {"page": page.title}
    address = together_address(page, request.user)
    way = format_html('<p><a href="{}">{}</a></p>', address, _("Publish the pages above it"))
    messages.warning(request, format_html("{}<ul>{}</ul>{}", text, hints, way if address else ""))
