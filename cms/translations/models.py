"""What a page needs to be one of several translations."""

from functools import cached_property
from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page, PageQuerySet

from cms.publishing.visibility import listed_instead_of, listed_pages


class TranslatedPage(Page):
    """A page that says which of its fields are words and which are facts.

    `word_fields` are written anew in every language; `fact_fields` are shared by all. The digests
    tell whether the words of the source page have changed since the page was translated.
    """

    words_digest = models.CharField(
        max_length=32,
        blank=True,
        editable=False,
        help_text=_("What the words of the page were when it was last saved."),
    )
    translated_digest = models.CharField(
        max_length=32,
        blank=True,
        editable=False,
        help_text=_("What the words of the source page were when this page was translated."),
    )
    translated_at = models.DateTimeField(
        null=True,
        blank=True,
        editable=False,
        help_text=_("When somebody last said that the translation follows the source page."),
    )

    word_fields: ClassVar[tuple[str, ...]] = ("title", "seo_title", "search_description", "summary")
    fact_fields: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    @classmethod
    def listed_in(cls, locale: Locale) -> PageQuerySet:
        """Return the pages of this type that readers of `locale` are told of, each once."""
        return listed_pages(cls.objects.filter(locale=locale))

    @cached_property
    def canonical(self) -> Page:
        """The page that search engines are to list: an alias's source, or else the page itself."""
        return listed_instead_of(self)

    @cached_property
    def other_languages(self) -> list[Self]:
        """The page in each of the other languages, read once for all that its editor says.

        With what they refer to, and what this page does.
        """
        references = [field for field in self._meta.concrete_fields if _is_shown(field)]
        names = [field.name for field in references]
        pages = {p.pk: p for p in self.get_translations(inclusive=True).select_related(*names)}
        saved = pages.pop(self.pk, self)
        for field in references:
            is_same = getattr(saved, field.attname) == getattr(self, field.attname)
            if is_same and field.is_cached(saved) and not field.is_cached(self):
                field.set_cached_value(self, field.get_cached_value(saved))
        return list(pages.values())

    @cached_property
    def pages_above(self) -> list[Page]:
        """The pages above it, from the home page down, read once for all that its editor says."""
        above = list(self.get_ancestors().filter(depth__gt=1).order_by("depth"))
        if above:
            # Wagtail asks for the parent again and again.
            self._cached_parent_obj = above[-1]
        return above


def _is_shown(field: models.Field) -> bool:
    """Return whether `field` refers to something that an editor sees of a page."""
    is_own = field.model is not Page and not getattr(field.remote_field, "parent_link", False)
    return isinstance(field, models.ForeignKey) and (is_own or field.name == "locale")
