"""What Wagtail's main menu says that nobody needs to know."""

from django.http import HttpRequest
from wagtail.admin.menu import MenuItem, SubmenuMenuItem


def leave_out_version(request: HttpRequest, items: list[MenuItem]) -> None:
    """Wagtail hook `construct_main_menu`: the settings, without Wagtail's version below them."""
    items[:] = [_without_footer(item) if item.name == "settings" else item for item in items]


def _without_footer(item: SubmenuMenuItem) -> SubmenuMenuItem:
    # The list is built anew for each request; the items in it are shared by all.
    return SubmenuMenuItem(
        item.label,
        item.menu,
        name=item.name,
        classname=item.classname,
        icon_name=item.icon_name,
        order=item.order,
    )
