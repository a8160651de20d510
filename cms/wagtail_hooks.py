"""What the foundation's tables add to the admin, and its texts to Wagtail."""

from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.blocks.text_links import use_text_links
from cms.models import University


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
# After Wagtail's own.
hooks.register("register_rich_text_features", use_text_links, order=1)
