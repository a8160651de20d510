"""The foundation's application configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    """The tables that every other app of the site stands on; its rooms are apps of their own."""

    name = "cms"
    verbose_name = _("Site foundation")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have pages found by what others are called, and redirects checked where they are made.

        What is deleted leaves its address behind.
        """
        from django.db.models.signals import pre_delete
        from wagtail.models import Page

        from cms.pages import indexes, redirects
        from cms.upstream.redirects import have_forms_check

        indexes.connect()
        have_forms_check(redirects.check)
        pre_delete.connect(redirects.remember_gone, sender=Page, dispatch_uid="gone_address")
