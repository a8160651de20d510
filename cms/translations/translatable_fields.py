"""The words of a page, which are written anew in each language, and whether they have changed."""

import json
from hashlib import blake2b

from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Locale, Page, PageQuerySet, get_page_models

from cms.blocks.stored import parts_in
from cms.blocks.stored_rich_text import in_one_line
from cms.translations.models import TranslatedPage


def words_digest(page: TranslatedPage) -> str:
    """Return a short digest of the words of `page`: equal digests, equal words.

    The words are what a reader reads. How the editor stores them is not: it gives paragraphs and
    blocks keys when a page is first saved there. Nor are pictures, sizes and addresses.
    """
    words = {name: _words_of(page, name) for name in page.word_fields}
    return blake2b(json.dumps(words).encode(), digest_size=16).hexdigest()


def _words_of(page: TranslatedPage, name: str) -> list[str]:
    field, value = page._meta.get_field(name), getattr(page, name)
    if not isinstance(field, RichTextField | StreamField):
        return [in_one_line(value)]
    return [part.text for part in parts_in([field], [value]) if part.text]


def is_outdated(translation: TranslatedPage, source: TranslatedPage) -> bool:
    """Return whether the words of `source` have changed since `translation` was made of them."""
    return translation.translated_digest != source.words_digest


def mark_as_up_to_date(translation: TranslatedPage, source: TranslatedPage) -> None:
    """Note that the words of `translation` follow those of `source` as they are now."""
    translation.translated_digest = source.words_digest
    translation.translated_at = timezone.now()
    translation.save(update_fields=["translated_digest", "translated_at"])


def outdated_translations() -> list[int]:
    """Return the ids of the pages whose source page has other words than when it was translated.

    One query for each type of page.
    """
    locale = Locale.get_default()
    ids: list[int] = []
    for model in get_page_models():
        if not hasattr(model, "translated_digest"):
            continue
        source = model.objects.filter(
            translation_key=OuterRef("translation_key"), locale=locale
        ).exclude(words_digest="")
        translations = model.objects.exclude(locale=locale).annotate(
            source_digest=Subquery(source.values("words_digest")[:1])
        )
        outdated = translations.filter(source_digest__isnull=False).exclude(
            source_digest=F("translated_digest")
        )
        ids += outdated.values_list("pk", flat=True)
    return ids


def untranslated_pages() -> PageQuerySet:
    """Return the pages in the source language without a page in one of the others."""
    default = Locale.get_default()
    pages = Page.objects.filter(locale=default, depth__gt=1, alias_of=None)
    in_each = Q()
    for locale in Locale.objects.exclude(pk=default.pk):
        in_each &= Q(
            translation_key__in=Page.objects.filter(locale=locale).values("translation_key")
        )
    return pages.exclude(in_each) if in_each else pages.none()
