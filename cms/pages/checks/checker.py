"""Wagtail's content checker with this site's rules, in the editor's “Checks” and the user bar."""

from typing import Any

from django.forms import Media
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.userbar import BaseItem, ContentCheckerItem
from wagtail.models import Page

from cms.pages.checks.wording import CAPITALS_PATTERN, LONG_PARAGRAPH, VAGUE_LINK_PATTERN

# The frame of the site is nobody's text.
_TEXT = "main"


def _rule(name: str, elements: tuple[str, ...], check: str) -> dict[str, Any]:
    return {
        "id": name,
        "impact": "moderate",
        "selector": ", ".join(f"{_TEXT} {element}" for element in elements),
        "tags": ["best-practice"],
        "any": [check],
        "enabled": True,
    }


class SchoolChecker(ContentCheckerItem):
    """Wagtail's checks, and those for vague links, empty links, capitals and long paragraphs."""

    axe_run_only = [
        *ContentCheckerItem.axe_run_only,
        "image-alt",
        "image-redundant-alt",
        "link-text-vague",
        "link-leads-nowhere",
        "text-in-capitals",
        "paragraph-too-long",
    ]
    axe_custom_rules = [
        *ContentCheckerItem.axe_custom_rules,
        _rule("link-text-vague", ("a[href]",), "check-link-text"),
        _rule("link-leads-nowhere", ("a:not([id]):not([name])",), "check-link-target"),
        _rule("text-in-capitals", ("h1", "h2", "h3", "p", "li", "th", "a"), "check-capitals"),
        _rule("paragraph-too-long", ("p",), "check-paragraph-length"),
    ]
    # All but one are functions in `checks.js`; axe-core itself knows how to match attributes.
    axe_custom_checks = [
        *ContentCheckerItem.axe_custom_checks,
        {"id": "check-link-text", "options": {"pattern": VAGUE_LINK_PATTERN}},
        {"id": "check-capitals", "options": {"pattern": CAPITALS_PATTERN}},
        {"id": "check-paragraph-length", "options": {"limit": LONG_PARAGRAPH}},
        {
            "id": "check-link-target",
            "evaluate": "matches-definition-evaluate",
            "options": {"matcher": {"attributes": {"href": "/[^#]/"}}},
        },
    ]
    axe_messages = {
        **ContentCheckerItem.axe_messages,
        "image-alt": {
            "error_name": _("Image without a description"),
            "help_text": _("Say what it shows, or mark it as decorative"),
        },
        "image-redundant-alt": {
            "error_name": _("The image's description repeats the text beside it"),
            "help_text": _("Describe what only the image shows, or mark it as decorative"),
        },
        "link-text-vague": {
            "error_name": _("The link does not say where it leads"),
            "help_text": _("Write “See the courses”, not “Click here”"),
        },
        "paragraph-too-long": {
            "error_name": _("A very long paragraph"),
            "help_text": _("Divide it: most readers only look for one thing"),
        },
        "text-in-capitals": {
            "error_name": _("Words in capitals"),
            "help_text": _("Capitals are slow to read. Write as you would in a sentence"),
        },
        "link-leads-nowhere": {
            "error_name": _("The link leads nowhere"),
            "help_text": _("Choose a page or give an address, or remove the link"),
        },
    }

    @property
    def media(self) -> Media:
        """The script with the checks, which runs with the user bar: also in every preview."""
        return Media(js=["cms/checks.js"])


def use_school_checker(request: HttpRequest, items: list[BaseItem], page: Page | None) -> None:
    """Wagtail hook `construct_wagtail_userbar`: put our checker in the place of Wagtail's."""
    items[:] = [
        SchoolChecker(in_editor=item.in_editor) if isinstance(item, ContentCheckerItem) else item
        for item in items
    ]
