"""What this app adds to Wagtail."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.menus.pages import PageMenuItem
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.accounts.roles.partner_editors import PARENTS_HOOK
from cms.models import User
from courses import starter_content
from courses.admin.course_listing import CourseListingViewSet
from courses.admin.session_listing import SessionListingViewSet
from courses.admin.shifting import CopyToNextYear
from courses.editing import dashboard
from courses.models import CoursePage, DevelopmentStage
from courses.partner_editors import middleware, permissions

hooks.register("load_school_content", starter_content.load, order=20)
hooks.register("load_school_content", starter_content.translate, order=120)
hooks.register(PARENTS_HOOK, permissions.course_lists)
hooks.register("construct_reports_menu", middleware.leave_out_report)
hooks.register("construct_homepage_panels", dashboard.add_panels)
hooks.register("construct_quick_actions", dashboard.add_quick_actions)


class DevelopmentStageViewSet(SnippetViewSet):
    """The stages from research to patient, in the order visitors see them."""

    model = DevelopmentStage
    icon = "order"
    menu_order = 310
    add_to_admin_menu = True
    list_display = ["name", "name_sv", "slug"]
    sort_order_field = "sort_order"


register_snippet(DevelopmentStageViewSet)
hooks.register("register_admin_viewset", CourseListingViewSet)
hooks.register("register_admin_viewset", SessionListingViewSet)
hooks.register("register_bulk_action", CopyToNextYear)


class RepeatSessionItem(PageMenuItem):
    """The way from a course to a new session made from its last one."""

    label = _("Repeat a session")
    icon_name = "copy"
    url_name = "course_listing:repeat"

    def is_shown(self, user: User) -> bool:
        """Return whether the reader may change the course."""
        may: bool = self.page.permissions_for_user(user).can_edit()
        return may


@hooks.register("register_page_listing_more_buttons")
@hooks.register("register_page_header_buttons")
def repeat_session_buttons(
    page: Page, user: User, next_url: str | None = None, view_name: str = ""
) -> Iterator[RepeatSessionItem]:
    """Offer to repeat a session of a course, in its row of a list and in its editor."""
    if isinstance(page, CoursePage) and page.pk:
        yield RepeatSessionItem(page=page, priority=25)
