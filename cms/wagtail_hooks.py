"""What the foundation adds to the admin."""

from wagtail import hooks
from wagtail.signals import copy_for_translation_done
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.models import University
from cms.translations import admin as translations

hooks.register("register_admin_urls", translations.admin_urls)
hooks.register("register_reports_menu_item", translations.reports_menu_item)
copy_for_translation_done.connect(translations.on_translated, dispatch_uid="translated")


class UniversityViewSet(SnippetViewSet):
    """The list of universities, in the order visitors see it."""

    model = University
    icon = "group"
    menu_order = 300
    add_to_admin_menu = True
    list_display = ["name", "short_name", "city", "founding_partner"]
    list_filter = ["founding_partner"]
    sort_order_field = "sort_order"


register_snippet(UniversityViewSet)
