"""The course's editor, in the order in which visitors read its page."""

from typing import Any

from django.forms import CheckboxSelectMultiple, Select
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    TabbedInterface,
)

from cms.pages.base import BasePage
from cms.translations.panels import FactChooserPanel, FactInlinePanel


class WhatVisitorsSeePanel(Panel):
    """What the dates of the sessions mean today, as the course's page says it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"heading": _("What visitors see today"), **kwargs})

    class BoundPanel(Panel.BoundPanel):
        template_name = "courses/admin/what_visitors_see.html"

        def is_shown(self) -> bool:
            return bool(super().is_shown() and self.instance.pk)


class SessionsPanel(FactInlinePanel):
    """The sessions, each closed to one readable line until somebody opens it."""

    class BoundPanel(FactInlinePanel.BoundPanel):
        template_name = "courses/admin/sessions_panel.html"


FACTS = [
    *BasePage.content_panels,
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("code"), FieldPanel("credits"), FieldPanel("cycle")]),
            FieldRowPanel([FieldPanel("taught_in_english"), FieldPanel("taught_in_swedish")]),
        ],
        heading=_("Facts"),
    ),
    MultiFieldPanel(
        [
            FieldPanel("host", widget=Select),
            FieldPanel("co_organisers", widget=CheckboxSelectMultiple),
        ],
        heading=_("Universities"),
    ),
    FieldPanel("stages", widget=CheckboxSelectMultiple),
    FieldPanel("image"),
]
SESSIONS = [
    WhatVisitorsSeePanel(),
    SessionsPanel("sessions", heading=_("Sessions"), label=_("Session")),
]
CONTENT = [
    FieldPanel("body"),
    FieldPanel("audience"),
    FieldPanel("learning_outcomes"),
    FieldPanel("entry_requirements"),
    FieldPanel("examination"),
    FieldPanel("syllabus"),
    FactInlinePanel("people", heading=_("Teachers and contacts"), label=_("Person")),
    FactChooserPanel(
        "related_courses",
        chooser_field_name="course",
        heading=_("Related courses"),
        label=_("Course"),
    ),
]
APPLY = [FieldPanel("application_url"), FieldPanel("how_to_apply")]

COURSE_EDITOR = TabbedInterface(
    [
        ObjectList(FACTS, heading=_("Facts")),
        ObjectList(SESSIONS, heading=_("Sessions")),
        ObjectList(CONTENT, heading=_("Content")),
        ObjectList(APPLY, heading=_("Apply")),
        ObjectList(BasePage.promote_panels, heading=_("Promote")),
        ObjectList(BasePage.settings_panels, heading=_("Settings")),
    ]
)
