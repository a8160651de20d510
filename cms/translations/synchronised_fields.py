"""Facts have one home: the page in the source language, whose translations show them too.

A page type names its `fact_fields`: dates, credits, links, people, universities and whatever else
is true in every language. They are edited on the source page. Whenever a translation is saved or
put together from a revision, it takes them over; whenever the source is saved live, every
translation is saved in the same transaction. Children are matched by their `translation_key`.

A source behind a view restriction keeps its facts from translations that are open to everyone:
these stay with the facts they have until the source is open again.
"""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import Field, ForeignObjectRel, ManyToManyField, Model, QuerySet
from django.db.models.signals import post_delete
from django.template.defaultfilters import yesno
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Locale, Page, PageViewRestriction, get_page_models

from cms.models import Publication
from cms.publishing.signal_handlers import is_lifted
from cms.publishing.visibility import restrictions_on
from cms.translations.children import with_children
from cms.translations.models import TranslatedPage


def source_of(page: TranslatedPage) -> TranslatedPage | None:
    """Return the page in the source language that `page` is a translation of.

    None where `page` is that page itself, or where there is none: then it holds its own facts.
    """
    if not page.translation_key or _is_in_source_language(page):
        return None
    sources = type(page)._default_manager.filter(
        translation_key=page.translation_key, locale__language_code=_source_language()
    )
    source: TranslatedPage | None = sources.first()
    return source


def _is_in_source_language(page: TranslatedPage) -> bool:
    # Asked of the page, which mostly has its locale at hand; the default one is read each time.
    return bool(page.locale_id and page.locale.language_code == _source_language())


def _source_language() -> str:
    return str(get_supported_content_language_variant(settings.LANGUAGE_CODE))


def holder_of_facts(page: TranslatedPage) -> TranslatedPage | None:
    """Return the page with the facts that `page` shows, if it is a translation.

    That is its source, with the published facts, also after it was unpublished; a source that was
    never public has nothing but its draft. Where the source keeps its facts to itself, it is the
    page as it was saved last.
    """
    if not page.fact_fields:
        return None
    source = source_of(page)
    if source is not None and page.pk and keeps_its_facts(source, page):
        return _as_saved(page)
    if source is None or source.live or _was_public(source):
        return source
    draft: TranslatedPage = source.get_latest_revision_as_object()
    return draft


def _was_public(page: Page) -> bool:
    rows = Publication.objects.filter(resource=Publication.Resource.PAGE, resource_id=page.pk)
    return rows.filter(is_public=True).exists()


def keeps_its_facts(source: Page, page: Page) -> bool:
    """Return whether `source` is private and `page` is not."""
    return restrictions_on(source.path).exists() and not restrictions_on(page.path).exists()


def _as_saved(page: TranslatedPage) -> TranslatedPage | None:
    saved: TranslatedPage | None = type(page)._default_manager.filter(pk=page.pk).first()
    return saved


def take_over_facts(page: TranslatedPage, source: TranslatedPage) -> None:
    """Give `page`, in memory, the facts of `source`."""
    for name in page.fact_fields:
        field = page._meta.get_field(name)
        if isinstance(field, ForeignObjectRel):
            getattr(page, name).set(_children_for(page, source, field))
        elif isinstance(field, ManyToManyField):
            getattr(page, name).set(getattr(source, name).all())
        else:
            setattr(page, field.attname, getattr(source, field.attname))


def showing_facts_of(page: TranslatedPage) -> QuerySet[TranslatedPage]:
    """Return the translations of `page`, if it is a source whose facts they show."""
    if not page.fact_fields or not _is_in_source_language(page):
        return type(page)._default_manager.none()
    translations = type(page)._default_manager.filter(translation_key=page.translation_key)
    return translations.exclude(pk=page.pk)


def carry_facts(source: TranslatedPage, translations: Iterable[TranslatedPage]) -> None:
    """Save each of `translations` with other facts: it takes over these as it is saved.

    All are as they were saved, with their children. A translation that is live changes for its
    readers at this moment, and says so.
    """
    facts = _facts(source)
    for known in translations:
        if _facts(known) == facts or keeps_its_facts(source, known):
            continue
        # What was read with its children is not to be saved.
        translation = type(known)._default_manager.get(pk=known.pk)
        if translation.live and source.last_published_at:
            translation.last_published_at = max(
                source.last_published_at, translation.last_published_at or source.last_published_at
            )
        # Its words were checked when they were published; its facts have just been.
        translation.save(clean=False)
        translation.update_aliases()


def _facts(page: TranslatedPage) -> list[Any]:
    """Return what `page` and its translations share, to be compared."""
    facts: list[Any] = []
    for name in page.fact_fields:
        field = page._meta.get_field(name)
        if isinstance(field, ForeignObjectRel):
            shared = [shared_field.attname for shared_field in _shared_fields(field)]
            children = getattr(page, name).all()
            facts.append(sorted(str([getattr(c, attname) for attname in shared]) for c in children))
        elif isinstance(field, ManyToManyField):
            facts.append({item.pk for item in getattr(page, name).all()})
        else:
            facts.append(getattr(page, field.attname))
    return facts


def _shared_fields(relation: ForeignObjectRel) -> list[Field]:
    """Return what a child shares with its translations: not what tells them apart."""
    model = relation.related_model
    own = {"locale", relation.field.name, model._meta.pk.name}
    return [field for field in model._meta.concrete_fields if field.name not in own]


def connect() -> None:
    """Carry the facts of pages from the moment at which they are open to everyone again."""
    post_delete.connect(
        _carry_facts_of_opened, sender=PageViewRestriction, dispatch_uid="carry_facts_of_opened"
    )


def _carry_facts_of_opened(instance: PageViewRestriction, origin: Any, **kwargs: Any) -> None:
    """Carry the facts below a page whose restriction is lifted.

    Not where the restriction only goes with its page: that takes its facts with it.
    """
    if not is_lifted(instance, origin):
        return
    for model in get_page_models():
        if getattr(model, "fact_fields", ()):
            below = model.objects.live().filter(path__startswith=instance.page.path)
            for page in below.filter(locale=Locale.get_default()):
                source, *translations = with_children([page, *showing_facts_of(page)])
                carry_facts(source, translations)


def facts_in_words(page: TranslatedPage) -> list[tuple[str, list[str]]]:
    """Return the facts of `page` that there are, as a label and its values in words."""
    facts = []
    for name in page.fact_fields:
        field: Any = page._meta.get_field(name)
        label = (
            field.related_model._meta.verbose_name_plural
            if _is_plural(field)
            else field.verbose_name
        )
        values = [value for value in _values(page, field) if value]
        if values:
            facts.append((str(label), values))
    return facts


def _is_plural(field: Any) -> bool:
    return isinstance(field, ForeignObjectRel)


def _values(page: Page, field: Any) -> list[str]:
    if field.one_to_many or field.many_to_many:
        items = getattr(page, field.name).all()
        # A date alone does not tell one session of a course from another.
        return [str(getattr(item, "summary_line", item)) for item in items]
    if hasattr(page, f"get_{field.name}_display"):
        return [str(getattr(page, f"get_{field.name}_display")())]
    value = getattr(page, field.name)
    if isinstance(value, bool):
        return [str(yesno(value))]
    return [] if value is None else [str(value)]


def _children_for(page: TranslatedPage, source: Page, relation: ForeignObjectRel) -> list[Model]:
    """Return copies of the source's children for `page`, in the rows it already has for them."""
    model = relation.related_model
    parent_field = relation.field
    rows = (
        dict(
            model._default_manager.filter(**{parent_field.name: page.pk}).values_list(
                "translation_key", "pk"
            )
        )
        if page.pk
        else {}
    )
    return [
        model(
            pk=rows.get(child.translation_key),
            locale_id=page.locale_id,
            **{field.attname: getattr(child, field.attname) for field in _shared_fields(relation)},
        )
        for child in getattr(source, relation.name).all()
    ]
