"""Who is shown the menu items of this desk."""

from django.http import HttpRequest
from wagtail.admin.menu import MenuItem
from wagtail.permissions import policy_registry

from courses.models import CoursePage


class CourseMenuItem(MenuItem):
    """A menu item for people who may do anything to pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether the visitor may write or publish somewhere."""
        policy = policy_registry.get_by_type(CoursePage)
        shown: bool = policy.user_has_any_permission(request.user, ["add", "change", "publish"])
        return shown
