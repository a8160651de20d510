"""Which bulk actions a list offers: those that its reader may do to anything there.

Wagtail offers all of them to everybody, and says on the next page that nothing may be done.
"""

from django.db.models import Model
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.models import Page
from wagtail.permissions import policy_registry

from cms.pages.drafts import Reader

# What each asks about each object; an action that is not among these decides for itself.
_NEEDED = {
    "add_tags": "change",
    "add_to_collection": "change",
    "assign_role": "change",
    "delete": "delete",
    "publish": "publish",
    "set_active_state": "change",
    "unpublish": "publish",
}


def is_offered(user: Reader, model: type[Model], action: type[BulkAction]) -> bool:
    """Return whether `user` may do `action` to any object of `model`."""
    kind = action.action_type
    if issubclass(model, Page) and kind == "move":
        return _may_move_pages(user)
    if issubclass(model, Page) and kind == "delete":
        # Whoever may change pages may delete those that are not published.
        needed = {"change", "bulk_delete"}
    elif kind in _NEEDED:
        needed = {_NEEDED[kind]}
    else:
        return True
    policy = policy_registry.get_by_type(model)
    return bool(policy.user_has_any_permission(user, needed))


def _may_move_pages(user: Reader) -> bool:
    """Return whether there is a place to move to: Wagtail asks for the right to add there."""
    given = policy_registry.get_by_type(Page).get_cached_permissions_for_user(user)
    places = {right.page_id: right.page.specific_deferred for right in given}
    return user.is_superuser or any(
        "add" in place.permissions_for_user(user).permissions for place in places.values()
    )
