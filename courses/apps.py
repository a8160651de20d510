"""Application configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoursesConfig(AppConfig):
    """Courses."""

    name = "courses"
    verbose_name = _("Courses")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what the foundation must not know, and what models must not name."""
        from wagtail.models import Page
        from wagtail.permissions import register_permission_policy

        from cms.accounts.roles.definitions import ADMINISTRATORS, MODERATORS, give_also
        from cms.models import Publication
        from cms.pages.checks.rules import register_advice
        from cms.publishing.signal_handlers import record_changes_of
        from courses.api import endpoints
        from courses.editing.checks import advice_on_course
        from courses.editing.forms import CoursePageForm
        from courses.models import CourseIndexPage, CoursePage, DevelopmentStage
        from courses.partner_editors import permissions

        endpoints.register()
        record_changes_of(DevelopmentStage, Publication.Resource.STAGE)
        give_also(MODERATORS, "courses.change_developmentstage")
        give_also(
            ADMINISTRATORS,
            "courses.add_developmentstage",
            "courses.change_developmentstage",
            "courses.delete_developmentstage",
        )
        register_advice(CoursePage, advice_on_course)
        CoursePage.base_form_class = CoursePageForm
        register_permission_policy(Page, permissions.POLICY)
        CoursePage.permission_tester_class = permissions.CoursePermissionTester
        CourseIndexPage.permission_tester_class = permissions.CourseListPermissionTester
        permissions.connect()
