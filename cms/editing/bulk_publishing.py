"""Publishing several pages at once, and saying which of them visitors cannot read, and why."""

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views.pages.bulk_actions import PublishBulkAction
from wagtail.models import Page

from cms.editing.dashboard.panels import edit_address
from cms.pages.checks.reach import unpublished_above, why_not_published


class SchoolPublishBulkAction(PublishBulkAction):
    """Wagtail's own says of all pages that they are published, whatever became of them."""

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str | None:
        """Return how many pages are published, if any is; name those that nobody can read."""
        chosen = [page.pk for page in self.actionable_objects]
        pages = list(Page.objects.filter(pk__in=chosen).order_by("path"))
        below = list(self._drafts_below(pages))
        waiting = {page.pk: reason for page in pages + below if (reason := why_not_published(page))}
        hidden = {page.pk: reason for page in pages if (reason := _is_not_found(page))}
        if reasons := hidden | waiting:
            hints = format_html_join(
                "",
                '<li><a href="{}">{}</a></li>',
                ((edit_address(key), reason) for key, reason in reasons.items()),
            )
            text = _("Visitors cannot read all of these pages now:")
            messages.warning(self.request, format_html("{}<ul>{}</ul>", text, hints))
        num_parent_objects -= sum(page.pk in waiting for page in pages)
        num_child_objects -= sum(page.pk in waiting for page in below)
        if not num_parent_objects + num_child_objects:
            return None
        said: str = super().get_success_message(num_parent_objects, num_child_objects)
        return said

    def _drafts_below(self, pages: Iterable[Page]) -> Iterable[Page]:
        """Yield what was to be published with the pages above it, and still is not."""
        if self.cleaned_form.cleaned_data["include_descendants"]:
            for page in pages:
                for draft in page.get_descendants().not_live().specific():
                    if draft.permissions_for_user(self.request.user).can_publish():
                        yield draft


def _is_not_found(page: Page) -> str:
    """Return why visitors do not find a page that is published."""
    if not page.live or not (above := unpublished_above(page)):
        return ""
    titles = page.get_admin_display_title(), above[0].get_admin_display_title()
    text = _("“%(page)s” is published, but visitors cannot find it until “%(above)s” is.")
    return text % dict(zip(("page", "above"), titles, strict=True))
