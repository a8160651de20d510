"""What this app adds to Wagtail."""

from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.roles.partner_editors import PARENTS_HOOK
from courses import gate, permissions, starter_content, starter_content_sv
from courses.models import DevelopmentStage

hooks.register("load_school_content", starter_content.load, order=20)
hooks.register("load_school_content", starter_content_sv.load, order=120)
hooks.register(PARENTS_HOOK, permissions.course_lists)
hooks.register("construct_page_chooser_queryset", permissions.may_be_chosen)
hooks.register("construct_reports_menu", gate.leave_out_report)


class DevelopmentStageViewSet(SnippetViewSet):
    """The stages from research to patient, in the order visitors see them."""

    model = DevelopmentStage
    icon = "order"
    menu_order = 310
    add_to_admin_menu = True
    list_display = ["name", "name_sv", "slug"]
    sort_order_field = "sort_order"


register_snippet(DevelopmentStageViewSet)
