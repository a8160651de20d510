"""The page editor's form, which leaves facts out where they are edited on another page."""

from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm

from cms.translations.synchronised_fields import source_of


class TranslatedPageForm(WagtailAdminPageForm):
    """The form of every page type: a translation's has its words and not the shared facts."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not source_of(self.instance):
            return
        for name in self.instance.fact_fields:
            self.fields.pop(name, None)
            self.formsets.pop(name, None)
