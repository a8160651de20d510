"""Links of published pages that lead to what is not there (any more).

Wagtail's reference index forgets a page when it is deleted, and with it who linked to it. So the
texts themselves are read: once for each publication, since nothing else can break a link.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.core.cache import cache
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.documents import get_document_model
from wagtail.models import Page

from cms.blocks.stored import content_fields, parts_in
from cms.blocks.targets import targets_of
from cms.editing.dashboard.panels import Task, TaskPanel, edit_address, editable_pages
from cms.pages.checks.anchors import field_anchor
from cms.publishing.log import read_stamp
from cms.publishing.visibility import public_collection_items, public_pages

_KEPT_FOR = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Link:
    """A link from a published page to a page or document of the site."""

    page_id: int
    path: str
    model: type[Model]
    target_id: int


class BrokenLinksPanel(TaskPanel):
    """Links to what not everyone may read or have, and to what was deleted."""

    name = "broken-links"
    heading = gettext_lazy("Links that lead nowhere")
    explanation = gettext_lazy("Visitors who follow them are lost. Choose another target.")
    icon = "link"
    order = 240

    def find(self, limit: int) -> list[Task]:
        """Return the broken links of the pages that the person may change."""
        broken = broken_links()
        wanted = {link.page_id for link in broken}
        pages = editable_pages(self.request).in_bulk(wanted) if wanted else {}
        mine = [link for link in broken if link.page_id in pages][:limit]
        targets = Page.objects.in_bulk({link.target_id for link in mine if link.model is Page})
        return [
            Task(
                title=pages[link.page_id].title,
                url=edit_address(link.page_id, field_anchor(link.path)),
                detail=_describe(link, targets),
            )
            for link in mine
        ]


def broken_links() -> list[Link]:
    """Return the broken links of all published pages, the order of the tree."""
    key = f"broken-links-{read_stamp().sequence}"
    found: list[Link] | None = cache.get(key)
    if found is None:
        found = _find_broken_links()
        cache.set(key, found, _KEPT_FOR)
    return found


def _find_broken_links() -> list[Link]:
    links = list(_all_links())
    documents = public_collection_items(get_document_model().objects.all())
    there = {
        Page: set(public_pages().values_list("pk", flat=True)),
        get_document_model(): set(documents.values_list("pk", flat=True)),
    }
    return list(
        dict.fromkeys(
            link for link in links if link.target_id not in there.get(link.model, {link.target_id})
        )
    )


def _all_links() -> Iterator[Link]:
    for model in apps.get_models():
        fields = content_fields(model) if issubclass(model, Page) else []
        if not fields:
            continue
        rows = model._default_manager.filter(live=True, alias_of=None).order_by("path")
        names = [field.name for field in fields]
        for page_id, *values in rows.values_list("pk", *names).iterator():
            for part in parts_in(fields, values):
                for target in targets_of(part):
                    yield Link(page_id, part.path, *target)


def _describe(link: Link, pages: dict[int, Page]) -> str:
    if link.model is not Page:
        return _("links to a document that was deleted, or is in a private collection")
    target = pages.get(link.target_id)
    if target is None:
        return _("links to a page that was deleted")
    text = (
        _("links to “%(title)s”, which not everyone may read")
        if target.live
        else _("links to “%(title)s”, which is not published")
    )
    return text % {"title": target.get_admin_display_title()}
