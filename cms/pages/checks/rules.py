"""Hints that hold for pages of every type. Apps add those of their own types.

A hint is shown in the editor, after publishing, and counted nowhere: it refuses nothing.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from bs4 import BeautifulSoup
from django.db.models import ForeignKey
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import localize
from django.utils.translation import gettext as _
from wagtail.blocks import CharBlock
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from cms.blocks import LinkBlock
from cms.blocks.stored import Part, parts_of
from cms.blocks.targets import targets_of
from cms.blocks.text import HeadingBlock
from cms.models import University
from cms.pages.checks.anchors import field_anchor
from cms.pages.checks.gone import in_words
from cms.pages.checks.reach import unpublished_above
from cms.pages.checks.wording import LONG_PARAGRAPH, is_in_capitals, is_vague_link
from cms.publishing.visibility import Boundaries, public_collection_items, public_pages
from cms.translations.models import TranslatedPage


@dataclass(frozen=True, slots=True)
class Advice:
    """A hint in words, and where in the editor what it is about is shown.

    `address` is another page's editor, where the hint is about that page.
    """

    text: str
    anchor: str = ""
    address: str = ""


# What apps check of the page types that are theirs.
_of_types: dict[type[TranslatedPage], Callable[[Any], list[Advice]]] = {}


def register_advice(model: type[TranslatedPage], advise: Callable[[Any], list[Advice]]) -> None:
    """Let `advise` add to the hints on pages of the type `model`, before those for every page."""
    _of_types[model] = advise


def advice_on(page: TranslatedPage) -> list[Advice]:
    """Return the hints for a page of any type, saved or not."""
    parts = list(parts_of(page))
    of_its_type = _of_types.get(type(page))
    return list(
        dict.fromkeys(
            chain(
                _on_what_is_gone(page),
                _on_reach(page),
                _on_redirects(page),
                _on_schedules(page),
                of_its_type(page) if of_its_type else (),
                _on_summary(page),
                _on_what_is_hidden(page, parts),
                _on_images(page),
                _on_headings(parts),
                _on_links(parts),
                _on_words(page, parts),
            )
        )
    )


def _on_what_is_gone(page: TranslatedPage) -> Iterator[Advice]:
    yield from (Advice(*place) for place in getattr(page, "gone", ()))


def _on_reach(page: TranslatedPage) -> Iterator[Advice]:
    text = _("“%(page)s” above it is not published: visitors cannot find this page until it is.")
    for above in unpublished_above(page):
        title = above.get_admin_display_title()
        address = reverse("wagtailadmin_pages:edit", args=(above.pk,))
        yield Advice(text % {"page": title}, address=address)


def _on_redirects(page: TranslatedPage) -> Iterator[Advice]:
    path = Redirect.normalise_path(page.url) if page.pk and page.url else ""
    if path and Redirect.objects.filter(old_path=path).exclude(redirect_page=page.pk).exists():
        text = _("There is a redirect from this address too. Visitors now come to this page.")
        yield Advice(text, field_anchor("slug"))


def _on_schedules(page: TranslatedPage) -> Iterator[Advice]:
    starts = _("The page in %(language)s is published on %(time)s. Each language has its own time.")
    ends = _("The page in %(language)s is public until %(time)s. Each language has its own time.")
    now = timezone.now()
    for other in page.other_languages:
        start = None if other.live else other.go_live_at
        for text, time, own in (
            (starts, start, page.go_live_at),
            (ends, other.expire_at, page.expire_at),
        ):
            if time and time > now and time != own:
                said = {
                    "language": other.locale.language_name_localized,
                    "time": localize(timezone.localtime(time)),
                }
                address = reverse("wagtailadmin_pages:edit", args=(other.pk,))
                yield Advice(text % said, address=address)


def _on_summary(page: TranslatedPage) -> Iterator[Advice]:
    if not (page.summary or page.search_description):
        yield Advice(
            _("There is no summary: cards and search results show the title alone."),
            field_anchor("summary"),
        )


def _on_what_is_hidden(page: TranslatedPage, parts: list[Part]) -> Iterator[Advice]:
    images, documents = get_image_model(), get_document_model()
    targets = [(part.path, *target) for part in parts for target in targets_of(part)]
    fields = [
        field
        for field in page._meta.get_fields()
        if isinstance(field, ForeignKey)
        and field.related_model in (images, documents)
        and getattr(page, field.name)
    ]
    if not (targets or fields):
        return
    boundaries = Boundaries.read()
    if boundaries.collections:
        # What the page itself has at hand is there; whether it is private has to be asked.
        targets += [
            (field.name, field.related_model, field.value_from_object(page)) for field in fields
        ]
    for model, choose, text in (
        (
            Page,
            public_pages,
            _("A link leads to a page that visitors cannot read: they see its words alone."),
        ),
        (
            documents,
            public_collection_items,
            _("A document is in a private collection: visitors do not get it."),
        ),
        (
            images,
            public_collection_items,
            _("An image is in a private collection: visitors do not see it."),
        ),
        (University, lambda chosen, _boundaries: chosen, ""),
    ):
        keys = [(path, key) for path, kind, key in targets if key and issubclass(kind, model)]
        wanted = model._default_manager.filter(pk__in=[key for _path, key in keys])
        public = set(choose(wanted, boundaries).values_list("pk", flat=True)) if keys else set()
        hidden = [(path, key) for path, key in keys if key not in public]
        there = set(wanted.values_list("pk", flat=True)) if hidden else set()
        for path, key in hidden:
            field = page._meta.get_field(path.partition(".")[0])
            gone = "" if key in there else in_words(field.verbose_name, model, key)
            yield Advice(gone or text, field_anchor(path))


def _on_images(page: TranslatedPage) -> Iterator[Advice]:
    for field in page._meta.get_fields():
        if isinstance(field, ForeignKey) and field.related_model is get_image_model():
            image = getattr(page, field.name)
            if image is not None and image.lacks_description:
                text = _("“%(image)s” has no description for those who cannot see it.")
                yield Advice(text % {"image": image.title}, field_anchor(field.name))


def _on_headings(parts: list[Part]) -> Iterator[Advice]:
    has_main_heading: set[str] = set()
    for part in parts:
        if not isinstance(part.parent, HeadingBlock) or not part.path.endswith(".level"):
            continue
        field, block = part.path.split(".")[:2]
        if part.value == "h2":
            has_main_heading.add(field)
        elif field not in has_main_heading:
            yield Advice(
                _("A subheading stands before the first main heading."),
                field_anchor(f"{field}.{block}"),
            )


def _on_links(parts: list[Part]) -> Iterator[Advice]:
    text = _("The link “%(link)s” does not say where it leads.")
    for part in parts:
        for label in _link_texts(part):
            if is_vague_link(label):
                yield Advice(text % {"link": label}, field_anchor(part.path))


def _link_texts(part: Part) -> list[str]:
    if part.is_rich_text:
        return [link.get_text(" ", strip=True) for link in _soup(part).find_all("a")]
    is_label = isinstance(part.parent, LinkBlock) and part.path.endswith(".label")
    return [part.value] if is_label else []


def _on_words(page: TranslatedPage, parts: list[Part]) -> Iterator[Advice]:
    capitals = _("“%(start)s…” is in capitals, which are slow to read and sound like shouting.")
    long = _("A paragraph has %(count)d words. Divide it: most readers only look for one thing.")
    fields = [Part("title", page.title), Part("summary", page.summary)]
    for part in fields + parts:
        for text in _paragraphs(part):
            if is_in_capitals(text):
                yield Advice(capitals % {"start": text[:40]}, field_anchor(part.path))
            count = len(text.split())
            if count > LONG_PARAGRAPH:
                yield Advice(long % {"count": count}, field_anchor(part.path))


def _paragraphs(part: Part) -> list[str]:
    if part.is_rich_text:
        return [text.get_text(" ", strip=True) for text in _soup(part).find_all(["p", "li"])] or [
            part.value
        ]
    return [part.value] if isinstance(part.block, CharBlock) else []


def _soup(part: Part) -> BeautifulSoup:
    return BeautifulSoup(part.value, "html.parser")
