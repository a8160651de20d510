"""What deleting a page does: to pages that show it, to its translations and to its address."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageQuerySet

from cms.editing.dashboard.panels import edit_address, editable_pages
from cms.publishing.dependents import pages_that_show
from cms.publishing.visibility import public_pages

_NAMED = 10
# The checkboxes of the translations that are to go as well.
_CHOSEN = "translation"


@dataclass(frozen=True, slots=True)
class Shown:
    """A page that shows what is to be deleted, as far as the reader may know it."""

    title: str
    address: str
    """Its editor, or what visitors see of it for those who may not edit it."""
    language: str


@dataclass(frozen=True, slots=True)
class Consequences:
    """What there is to know before a page is deleted, as far as the reader may know it."""

    pages: Sequence[Shown]
    has_more: bool
    translations: Sequence[Page]
    """Those that the reader may delete; all others stay."""
    address: str
    """What visitors will not find any more; empty where nothing is published."""
    redirects: int


def consequences_of_deleting(request: HttpRequest, page: Page) -> Consequences:
    """Return what deleting `page`, with what is below it, would do."""
    shown = list(_known_to(request, _pages_that_lose(page)).order_by("title")[: _NAMED + 1])
    leading_here = Redirect.objects.filter(redirect_page__path__startswith=page.path)
    return Consequences(
        pages=_as_known(request, shown[:_NAMED]),
        has_more=len(shown) > _NAMED,
        translations=_deletable_translations(request, page),
        address=(page.url or "") if page.live else "",
        redirects=leading_here.count(),
    )


def delete_chosen_translations(request: HttpRequest, page: Page) -> None:
    """Wagtail hook `after_delete_page`: delete the translations that were ticked as well."""
    chosen = set(request.POST.getlist(_CHOSEN))
    for translation in _deletable_translations(request, page):
        if str(translation.pk) in chosen:
            title = translation.get_admin_display_title()
            translation.specific.delete(user=request.user)
            messages.success(request, _("Page “%(page)s” deleted.") % {"page": title})


def _pages_that_lose(page: Page) -> PageQuerySet:
    """Return the pages that show any page of the subtree and stay."""
    going = page.get_descendants(inclusive=True)
    showing = Page.objects.filter(pk__in=pages_that_show(going.specific()))
    return showing.exclude(path__startswith=page.path).select_related("locale")


def _known_to(request: HttpRequest, pages: PageQuerySet) -> PageQuerySet:
    """Return those of `pages` that everyone may read or the reader may change."""
    public = public_pages().values("pk")
    return pages.filter(Q(pk__in=public) | Q(pk__in=editable_pages(request).values("pk")))


def _as_known(request: HttpRequest, pages: Sequence[Page]) -> list[Shown]:
    """Say where `pages` are edited, and to everybody else where they are published."""
    keys = [page.pk for page in pages]
    own = set(editable_pages(request).filter(pk__in=keys).values_list("pk", flat=True))
    return [
        Shown(
            title=page.get_admin_display_title(),
            address=edit_address(page.pk) if page.pk in own else page.url or "",
            language=page.locale.language_name_localized,
        )
        for page in pages
    ]


def _deletable_translations(request: HttpRequest, page: Page) -> list[Page]:
    translations = Page.objects.filter(translation_key=page.translation_key).exclude(pk=page.pk)
    return [
        translation
        for translation in translations.select_related("locale").specific()
        if translation.permissions_for_user(request.user).can_delete()
    ]
