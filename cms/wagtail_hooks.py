"""What the foundation adds to the admin."""

from wagtail import hooks
from wagtail.signals import copy_for_translation_done
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms import deletion, guide, menu, moving
from cms.advice.checker import use_school_checker
from cms.advice.panel import warn_after_publishing
from cms.dashboard import start, views
from cms.models import University
from cms.translations import admin as translations

hooks.register("register_admin_urls", translations.admin_urls)
hooks.register("register_reports_menu_item", translations.reports_menu_item)
hooks.register("register_reports_menu_item", translations.untranslated_menu_item)
hooks.register("construct_quick_actions", translations.add_translate_action)
copy_for_translation_done.connect(translations.on_translated, dispatch_uid="translated")

hooks.register("after_publish_page", warn_after_publishing)
hooks.register("construct_wagtail_userbar", use_school_checker)

hooks.register("construct_homepage_panels", views.add_panels)
hooks.register("construct_homepage_panels", views.arrange_panels, order=1000)
hooks.register("construct_quick_actions", start.add_home_page_action)
hooks.register("register_admin_urls", views.addresses)

hooks.register("register_admin_urls", guide.addresses)
hooks.register("register_help_menu_item", guide.menu_item)
hooks.register("construct_help_menu", guide.leave_out_wagtails_guide)
hooks.register("construct_main_menu", menu.leave_out_version)

hooks.register("register_admin_urls", deletion.delete_addresses, order=-1)
hooks.register("before_delete_snippet", deletion.refuse_snippets_in_use)
hooks.register("before_bulk_action", deletion.refuse_files_in_use)
hooks.register("before_move_page", moving.refuse_root)
hooks.register("before_copy_page", moving.refuse_unknown_parent)


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
