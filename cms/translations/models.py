"""What a page needs to be one of several translations."""

from functools import cached_property
from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.publishing.visibility import listed_instead_of


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

    @cached_property
    def canonical(self) -> Page:
        """The page that search engines are to list: an alias's source, or else the page itself."""
        return listed_instead_of(self)

    @cached_property
    def other_languages(self) -> list[Self]:
        """The page in each of the other languages, read once for all that its editor says."""
        return list(self.get_translations().select_related("locale"))
