"""The editors' guide inside the admin: `docs/editors.md` and its screenshots."""

from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

GUIDE: Final = "docs/editors.md"
SCREENSHOTS: Final = "docs/screenshots/editors"
_WAGTAILS_GUIDE: Final = "editor-guide"


class GuideView(WagtailAdminTemplateMixin, TemplateView):
    """The guide as it is written, for people who work in the admin."""

    template_name = "cms/admin/guide.html"
    page_title = _("Editors’ guide")
    header_icon = "help"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the guide's text; empty where this copy of the site has none."""
        file = Path(settings.BASE_DIR) / GUIDE
        text = file.read_text(encoding="utf-8") if file.is_file() else ""
        return {**super().get_context_data(**kwargs), "text": text}


def screenshot(request: HttpRequest, name: str) -> FileResponse:
    """Answer with one of the guide's screenshots, or 404. `name` is a file name, no path."""
    file = Path(settings.BASE_DIR) / SCREENSHOTS / f"{name}.webp"
    if not file.is_file():
        raise Http404
    return FileResponse(file.open("rb"), content_type="image/webp")


def addresses() -> list[URLPattern]:
    """Wagtail hook `register_admin_urls`: only people with access to the admin get there."""
    return [
        path("guide/", GuideView.as_view(), name="editors_guide"),
        # A slug has neither dots nor slashes: nothing but these files can be asked for.
        path("guide/screenshots/editors/<slug:name>.webp", screenshot),
    ]


def menu_item() -> MenuItem:
    """Wagtail hook `register_help_menu_item`."""
    return MenuItem(
        _("Editors’ guide"), reverse("editors_guide"), name="guide", icon_name="help", order=10
    )


def leave_out_wagtails_guide(request: HttpRequest, items: list[MenuItem]) -> None:
    """Wagtail hook `construct_help_menu`: one guide, the one about this site."""
    items[:] = [item for item in items if item.name != _WAGTAILS_GUIDE]
