"""Panels of the page editor that know which facts live on another page."""

from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import InlinePanel, MultipleChooserPanel, Panel

from cms.translations.models import TranslatedPage
from cms.translations.synchronised_fields import facts_in_words, keeps_its_facts, source_of
from cms.translations.translatable_fields import is_outdated


class TranslationPanel(Panel):
    """What an editor has to know of the same page in other languages.

    On a translation: the facts, to read, where to edit them, and whether the words of the source
    have changed since. On a source page: that its facts show on its translations too.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(heading=kwargs.pop("heading", _("Languages")), **kwargs)

    class BoundPanel(Panel.BoundPanel):
        template_name = "cms/admin/translation_panel.html"
        instance: TranslatedPage

        def is_shown(self) -> bool:
            return bool(super().is_shown() and self.instance.pk and (self.source or self.others))

        @cached_property
        def source(self) -> TranslatedPage | None:
            """The page that this one is a translation of."""
            return source_of(self.instance)

        @cached_property
        def others(self) -> list[TranslatedPage]:
            """The translations of this page, if it holds facts that they show."""
            if self.source or not self.instance.fact_fields:
                return []
            return self.instance.other_languages

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            context["source"] = self.source
            context["translations"] = self.others
            if self.source:
                context["facts"] = facts_in_words(self.instance)
                context["keeps_its_facts"] = keeps_its_facts(self.source, self.instance)
                context["is_outdated"] = is_outdated(self.instance, self.source)
                context["review_url"] = reverse("review_translation", args=[self.instance.pk])
            return context


class _AbsentFormset:
    """Lets an inline panel stay away where the form leaves its relation out."""

    class BoundPanel(InlinePanel.BoundPanel):
        def __init__(self, **kwargs: Any) -> None:
            form = kwargs["form"]
            self.is_left_out = (
                form is not None and kwargs["panel"].relation_name not in form.formsets
            )
            super().__init__(**kwargs | ({"form": None} if self.is_left_out else {}))

        def is_shown(self) -> bool:
            return not self.is_left_out and bool(super().is_shown())


class FactInlinePanel(_AbsentFormset, InlinePanel):
    """An inline panel of facts, which a translation's editor does not show."""


class FactChooserPanel(MultipleChooserPanel):
    """A chooser of several facts, which a translation's editor does not show."""

    class BoundPanel(_AbsentFormset.BoundPanel, MultipleChooserPanel.BoundPanel):
        pass
