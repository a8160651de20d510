"""Application configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoursesConfig(AppConfig):
    """Courses."""

    name = "courses"
    verbose_name = _("Courses")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Record changes of the stages, which course pages show, and open courses to partners."""
        from wagtail.models import Page
        from wagtail.permissions import register_permission_policy

        from cms.models import Publication
        from cms.publishing.signal_handlers import record_changes_of
        from courses.models import DevelopmentStage
        from courses.partner_editors import permissions

        record_changes_of(DevelopmentStage, Publication.Resource.STAGE)
        register_permission_policy(Page, permissions.POLICY)
        permissions.connect()
