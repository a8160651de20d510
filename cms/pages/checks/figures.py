"""Figures in a page's words that its facts contradict: amounts of money, credits, places."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cms.blocks.stored import Part, content_fields, parts_of
from cms.i18n.numbers import number
from cms.pages.checks.anchors import field_anchor
from cms.pages.checks.rules import Advice
from cms.translations.models import TranslatedPage

CREDITS: Final = "credits"
PLACES: Final = "places"
# “46 million”, of a currency that is not named.
_SOME_MONEY: Final = "money"


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount of CREDITS, of PLACES or of a currency (its code), and how it is written."""

    unit: str
    amount: Decimal
    text: str


_SCALES: Final = {
    r"tusen|thousand": 1_000,
    r"miljon(?:er)?|millions?|mn": 1_000_000,
    r"miljard(?:er)?|billions?": 1_000_000_000,
}
_CURRENCIES: Final = {
    r"(?:Swedish |svenska )?kron(?:or|a)|kr|SEK": "SEK",
    r"euros?|EUR|€": "EUR",
    r"pounds?|GBP|£": "GBP",
    r"(?:US )?dollars?|USD|\$": "USD",
    r"(?:Danish |danska )kron(?:er|or)|DKK": "DKK",
    r"(?:Norwegian |norska )kron(?:er|or)|NOK": "NOK",
}
_COUNTED: Final = {
    r"(?:ECTS[ -])?credits?(?:[ -]points?)?|ECTS|hp|högskolepoäng": CREDITS,
    r"(?:study )?places|seats|(?:utbildnings|studie|kurs)?platser": PLACES,
}
# Scale and currency in one word.
_SHORT: Final = {
    r"tkr|ksek": (1_000, "SEK"),
    r"mkr|mnkr|msek": (1_000_000, "SEK"),
    r"meur": (1_000_000, "EUR"),
}
_NUMBER: Final = r"\d{1,3}(?:[ ,.]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d+)?"
_FIGURE: Final = re.compile(
    rf"(?<![\w.,/–-])(?:(?P<before>{'|'.join(_CURRENCIES)})\s?)?"
    rf"(?P<number>{_NUMBER})(?![\d/])"
    rf"(?:(?:[ -]?(?P<short>{'|'.join(_SHORT)}))|"
    rf"(?:[ -](?P<scale>{'|'.join(_SCALES)})(?!\w))?"
    rf"(?:[ -]?(?P<unit>{'|'.join(_CURRENCIES | _COUNTED)}))?)(?!\w)",
    re.IGNORECASE,
)
# What makes a figure another than the fact, though neither is wrong.
_ROUNDED: Final = re.compile(
    r"\b(?:about|almost|approximately|around|at least|more than|nearly|over|roughly|some|ca\.?|"
    r"cirka|drygt|knappt|mer än|minst|närmare|nästan|omkring|runt|ungefär|över)\s$",
    re.IGNORECASE,
)
_YEARLY: Final = re.compile(
    r"\s?(?:(?:a|per|each|every|om|varje)\s(?:year|år)|yearly|annually|årlig)", re.IGNORECASE
)
# What follows upon an amount without a currency; other words say what there are millions of.
_AFTER_MONEY: Final = re.compile(
    r"\s*(?:$|[.,;:!?)”]|(?:a|and|by|during|for|from|in|is|over|per|to|until|was|will|"
    r"fram|från|för|i|och|per|till|under|är)\b)",
    re.IGNORECASE,
)


def figures_in(text: str) -> Iterator[Figure]:
    """Yield the amounts that `text` states, in English or in Swedish; not those about rounded."""
    for found in _FIGURE.finditer(text):
        unit, scale = _unit(found), 1
        if found["scale"]:
            scale = _named(_SCALES, found["scale"])
            if unit is None and _AFTER_MONEY.match(text, found.end()):
                unit = _SOME_MONEY
        elif found["short"]:
            scale, unit = _named(_SHORT, found["short"])
        if (
            unit is None
            or _ROUNDED.search(text[: found.start()])
            or _YEARLY.match(text, found.end())
        ):
            continue
        try:
            amount = number(found["number"]) * scale
        except ValidationError:
            # It can be read in two ways.
            continue
        yield Figure(unit, amount, found[0].strip())


def _unit(found: re.Match[str]) -> str | None:
    text = found["unit"] or found["before"]
    return _named(_CURRENCIES | _COUNTED, text) if text else None


def _named[T](patterns: dict[str, T], text: str) -> T:
    return next(
        value for pattern, value in patterns.items() if re.fullmatch(pattern, text, re.IGNORECASE)
    )


def on_figures(
    page: TranslatedPage, facts: Collection[Figure], leave_out: Collection[str] = ()
) -> Iterator[Advice]:
    """Yield a hint for each figure in the words of `page` that none of its `facts` has.

    Only where there are facts of that unit. Figures of one text that add up to a fact are its
    parts. The fields in `leave_out` speak of something else.
    """
    said = _("The text says “%(figure)s”, but the facts of this page say %(facts)s.")
    for part in _texts(page, leave_out):
        figures = list(dict.fromkeys(figures_in(part.text)))
        for figure in figures:
            known = [fact for fact in facts if _is_same_unit(figure, fact)]
            amounts = {fact.amount for fact in known} | {sum(fact.amount for fact in known)}
            together = sum(each.amount for each in figures if each.unit == figure.unit)
            if known and amounts.isdisjoint({figure.amount, together}):
                texts = ", ".join(dict.fromkeys(fact.text for fact in known))
                yield Advice(
                    said % {"figure": figure.text, "facts": texts}, field_anchor(part.path)
                )


def _is_same_unit(figure: Figure, fact: Figure) -> bool:
    is_money = fact.unit in _CURRENCIES.values()
    return figure.unit == fact.unit or (figure.unit == _SOME_MONEY and is_money)


def _texts(page: TranslatedPage, leave_out: Collection[str]) -> Iterator[Part]:
    of_blocks = {field.name for field in content_fields(type(page))}
    for name in page.word_fields:
        if name not in of_blocks:
            yield Part(name, str(getattr(page, name)))
    yield from (part for part in parts_of(page) if part.path not in leave_out)
