"""How the dashboard begins: a welcome on the first visits, and what people do most."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.models import Site

from cms.translations.views import may_translate


class WelcomePanel(Component):
    """Three things to know, shown until the person closes it."""

    name = "welcome"
    order = 50
    template_name = "cms/admin/dashboard/welcome.html"
    dismissible_id = "welcome-to-the-school"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """Return what the template shows: nothing to somebody who has closed it."""
        profile = getattr(parent_context["request"].user, "wagtail_userprofile", None)
        return {
            "is_dismissed": bool(profile and profile.dismissibles.get(self.dismissible_id)),
            "dismissible_id": self.dismissible_id,
            "guide_url": reverse("editors_guide"),
            "user": parent_context["request"].user,
        }


@dataclass(frozen=True, slots=True)
class QuickAction:
    """Something that people often come for, one click away."""

    label: StrPromise | str
    url: str
    icon: str
    order: int = 100


class QuickActionsPanel(Component):
    """Buttons for what people do most.

    Apps add theirs with the hook `construct_quick_actions`: a function of the request and the
    list of actions, which only appends what the person may do.
    """

    name = "quick_actions"
    order = 60
    template_name = "cms/admin/dashboard/quick_actions.html"

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def actions(self) -> list[QuickAction]:
        """What the person may do, in order."""
        actions: list[QuickAction] = []
        for construct in hooks.get_hooks("construct_quick_actions"):
            construct(self.request, actions)
        return sorted(actions, key=lambda action: action.order)

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """Return what the template shows."""
        return {"actions": self.actions}


def add_home_page_action(request: HttpRequest, actions: list[QuickAction]) -> None:
    """Hook `construct_quick_actions`: edit the first page of the site."""
    site = Site.find_for_request(request) or Site.objects.select_related("root_page").first()
    if site and site.root_page.permissions_for_user(request.user).can_edit():
        address = reverse("wagtailadmin_pages:edit", args=(site.root_page_id,))
        actions.append(QuickAction(_("Edit the home page"), address, "home", 300))


def add_translate_action(request: HttpRequest, actions: list[QuickAction]) -> None:
    """Hook `construct_quick_actions`: translate what has no page in another language yet."""
    if may_translate(request):
        address = reverse("untranslated_pages")
        actions.append(QuickAction(_("Translate a page"), address, "globe", 250))
