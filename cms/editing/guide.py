"""The editors' guide inside the admin, in the reader's language, and its screenshots."""

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, ClassVar, Final

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from markdown_it import MarkdownIt
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

# By language, the one for readers of any other language first.
GUIDES: Final = {"en": "docs/editors.md", "sv": "docs/editors.sv.md"}
SCREENSHOTS: Final = "docs/screenshots/editors"
# The second names the version that is installed.
_WAGTAILS: Final = ("editor-guide", "whats-new-in-wagtail-")


@dataclass(frozen=True, slots=True)
class Guide:
    """The guide as HTML, and its sections as pairs of anchor and heading."""

    html: SafeString
    sections: list[tuple[str, str]]


def render(text: str) -> Guide:
    """Return Markdown (CommonMark and tables, HTML shown as it is written) as HTML.

    Every heading gets the anchor that code forges give it. The title is left out: it stands above.
    """
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse(text)
    if tokens and tokens[0].tag == "h1":
        tokens = tokens[3:]
    sections = []
    for opening, words in pairwise(tokens):
        if opening.type == "heading_open":
            anchor = slugify(words.content, allow_unicode=True)
            opening.attrSet("id", anchor)
            if opening.tag == "h2":
                sections.append((anchor, words.content))
    html = markdown.renderer.render(tokens, markdown.options, {})
    return Guide(mark_safe(html), sections)  # noqa: S308 # nosec


class GuideView(WagtailAdminTemplateMixin, TemplateView):
    """The guide, for people who work in the admin."""

    template_name = "cms/admin/guide.html"
    page_title = _("Editors’ guide")
    header_icon = "help"
    breadcrumbs_items: ClassVar = [
        *WagtailAdminTemplateMixin.breadcrumbs_items,
        {"url": "", "label": page_title},
    ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the `guide` and its language; without a text where this copy has none."""
        language = get_language() if get_language() in GUIDES else next(iter(GUIDES))
        file = Path(settings.BASE_DIR) / GUIDES[language]
        text = file.read_text(encoding="utf-8") if file.is_file() else ""
        guide = {"guide": render(text), "guide_language": language}
        return {**super().get_context_data(**kwargs), **guide}


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
    items[:] = [item for item in items if not item.name.startswith(_WAGTAILS)]
