"""A second lock on the admin's addresses, for partner editors.

Wagtail checks before it lets anybody work on a page. But some of its responses name pages before or
without that check, by the title of their latest draft: "… is not awaiting moderation", the pages
that a bulk action leaves out, what a chooser was told had been chosen, the page of each type that
was edited last. Here such addresses are refused to partner editors where the page is not theirs.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import ResolverMatch
from wagtail.admin.auth import permission_denied
from wagtail.admin.menu import MenuItem
from wagtail.models import Page

from cms.accounts.roles import universities_of
from cms.pages.drafts import known_pages, readable_drafts, titles_for
from courses.partner_editors.permissions import POLICY

PAGES_NAMESPACE = "wagtailadmin_pages"
# What Wagtail's addresses call the page they are about.
PAGE_ARGUMENTS = ("page_id", "pk", "parent_page_id", "page_to_move_id", "destination_id")
BULK_ACTION = "wagtail_bulk_action"
CHOSEN_PAGES = "wagtailadmin_choose_page_chosen_multiple"
# It names a page of every type, whoever edited it.
REPORT = "page_types_usage"


class PartnerEditorsMiddleware:
    """Answers partner editors as Wagtail answers whoever may not do something."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with titles_for(request.user):
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: list[Any], kwargs: Any
    ) -> HttpResponseBase | None:
        """Return a refusal where the address is about pages out of reach, or None to go on.

        Raises PermissionDenied where a script asked.
        """
        match = request.resolver_match
        if match is None or not _names_pages(match) or not universities_of(request.user):
            return None
        if _is_within_reach(request, match):
            return None
        refusal: HttpResponseBase = permission_denied(request)
        return refusal


def leave_out_report(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Hook `construct_reports_menu`: no way to what is refused."""
    if universities_of(request.user) and not _sees_everything(request):
        menu_items[:] = [item for item in menu_items if item.name != "page-types-usage"]


def _names_pages(match: ResolverMatch) -> bool:
    return (
        PAGES_NAMESPACE in match.namespaces
        or match.url_name in {BULK_ACTION, CHOSEN_PAGES}
        or REPORT in (match.url_name or "")
    )


def _is_within_reach(request: HttpRequest, match: ResolverMatch) -> bool:
    if REPORT in (match.url_name or ""):
        return _sees_everything(request)
    if PAGES_NAMESPACE in match.namespaces:
        names = [name for name in PAGE_ARGUMENTS if name in match.kwargs]
        return _may_see(request, (match.kwargs[name] for name in names))
    if match.url_name == BULK_ACTION and match.kwargs.get("model_name") != "page":
        return True
    ids = [value for value in request.GET.getlist("id") if value.isdecimal()]
    if match.url_name == CHOSEN_PAGES:
        return known_pages(request.user).filter(pk__in=ids).count() == len(set(ids))
    return _may_see(request, ids)


def _may_see(request: HttpRequest, values: Iterable[Any]) -> bool:
    ids = {int(value) for value in values}
    seen = POLICY.explorable_instances(request.user).filter(pk__in=ids).values_list("pk", flat=True)
    # Whoever approves in a step of moderation may edit what is waiting there.
    read = readable_drafts(request.user).filter(pk__in=ids).values_list("pk", flat=True)
    return ids == {*seen, *read}


def _sees_everything(request: HttpRequest) -> bool:
    root = Page.get_first_root_node()
    return bool(POLICY.user_has_any_permission_for_instance(request.user, {"change"}, root))
