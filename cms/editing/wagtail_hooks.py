"""What editing adds to the admin."""

from wagtail import hooks

from cms.editing import bulk_publishing, files, guide, image_files, menu, redirects
from cms.editing.dashboard import start, views
from cms.editing.deletion import consequences, refusals
from cms.editing.moderation import SchoolPageViewSet
from cms.editing.readers import choosers
from cms.pages.checks import publish_above
from cms.pages.checks.checker import use_school_checker
from cms.pages.checks.panel import warn_after_publishing

hooks.register("after_publish_page", warn_after_publishing)
hooks.register("register_admin_viewset", SchoolPageViewSet)
# In the place of Wagtail's own.
hooks.register("register_bulk_action", bulk_publishing.SchoolPublishBulkAction, order=1)
hooks.register("construct_wagtail_userbar", use_school_checker)

hooks.register("insert_global_admin_css", files.styles)
hooks.register("insert_global_admin_js", files.script)
hooks.register("register_rich_text_features", files.paste)

hooks.register("construct_explorer_page_queryset", choosers.refuse_unknown_parent)
hooks.register("construct_page_chooser_queryset", choosers.only_known)

hooks.register("construct_homepage_panels", views.add_panels)
hooks.register("construct_homepage_panels", views.arrange_panels, order=1000)
hooks.register("construct_quick_actions", start.add_home_page_action)
hooks.register("construct_quick_actions", start.add_translate_action)
hooks.register("register_admin_urls", views.addresses)

hooks.register("register_admin_urls", guide.addresses)
hooks.register("register_help_menu_item", guide.menu_item)
hooks.register("construct_help_menu", guide.leave_out_wagtails_guide)
hooks.register("construct_main_menu", menu.leave_out_version)

hooks.register("register_admin_urls", refusals.delete_addresses, order=-1)
hooks.register("before_delete_snippet", refusals.refuse_snippets_in_use)
hooks.register("before_bulk_action", refusals.refuse_files_in_use)
hooks.register("after_delete_page", consequences.delete_chosen_translations)

hooks.register("register_admin_urls", redirects.addresses, order=-1)
hooks.register("register_admin_urls", image_files.addresses, order=-1)
hooks.register("register_admin_urls", publish_above.addresses)
