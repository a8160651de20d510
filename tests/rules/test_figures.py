"""Figures in a text are read as people write them, and what is no figure of ours is left alone."""

from decimal import Decimal

import pytest
from django.test import Client
from wagtail.models import Page

from cms.pages.checks.figures import CREDITS, PLACES, figures_in
from home.models import HomePage
from tests.factories import GrantFactory
from tests.html import read, words
from tests.school import School

SOME = "money"
TEXTS: dict[str, list[tuple[str, str]]] = {
    "The grant is 46 million.": [("46000000", SOME)],
    "Bidraget är på 46 miljoner för fem år.": [("46000000", SOME)],
    "46 million SEK in all": [("46000000", "SEK")],
    "SEK 46 million in all": [("46000000", "SEK")],
    "1.5 million SEK for each project": [("1500000", "SEK")],
    "1,5 miljoner kronor till varje projekt": [("1500000", "SEK")],
    "1,5 miljoner svenska kronor": [("1500000", "SEK")],
    "48 000 000 kr": [("48000000", "SEK")],
    "48\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}000 kr": [("48000000", "SEK")],
    "48,000,000 SEK": [("48000000", "SEK")],
    "46 mkr, 900 tkr och 2 MEUR": [("46000000", "SEK"), ("900000", "SEK"), ("2000000", "EUR")],
    "€1.5 million and 300 euros": [("1500000", "EUR"), ("300", "EUR")],
    "en miljard, 2 miljarder kronor": [("2000000000", "SEK")],
    "4.5 credits": [("4.5", CREDITS)],
    "kursen (4,5 hp) ges": [("4.5", CREDITS)],
    "7,5 högskolepoäng": [("7.5", CREDITS)],
    "a 7.5-credit course of 7.5 ECTS credits": [("7.5", CREDITS), ("7.5", CREDITS)],
    "There are 20 places.": [("20", PLACES)],
    "Kursen har 20 platser": [("20", PLACES)],
    # Nothing that a fact could contradict.
    "48 000 000": [],
    "46 million people, 3 miljoner invånare": [],
    "2023 to 2027, room 46, ISO 9001, 8/3 2027": [],
    "1.500 kr": [],
    "about 46 million SEK, mer än 40 miljoner kronor, at least 15 places": [],
    "9.2 million SEK a year, 9 miljoner kronor per år": [],
    "5–10 places": [],
    "20 placements, 7 credible sources, 12 krafter": [],
}


@pytest.mark.parametrize("text", TEXTS)
def test_figures_are_read_in_both_languages(text: str) -> None:
    found = [(figure.amount, figure.unit) for figure in figures_in(" ".join(text.split()))]
    assert found == [(Decimal(amount), unit) for amount, unit in TEXTS[text]]


def test_the_editor_is_told_which_figure_none_of_the_facts_has(
    school: School, moderator: Client
) -> None:
    school.funding.summary = "46 million for the school, of which 1.5 million SEK per application."
    school.funding.grants.set([GrantFactory.build(amount=Decimal(48_000_000))])
    school.funding.save()
    assert _hints(moderator, school.funding) == [
        "The text says “46 million”, but the facts of this page say 48,000,000 SEK, 1,500,000 SEK."
    ]
    school.course.how_to_apply = "<p>Kursen ger 4,5 hp och har 25 platser.</p>"
    school.course.examination = "<p>A report (5 credits) and a seminar (2.5 credits).</p>"
    school.course.entry_requirements = "<p>Studies of 240 credits.</p>"
    school.course.save()
    assert _hints(moderator, school.course) == [
        "The text says “4,5 hp”, but the facts of this page say 7.5 credits.",
        "The text says “25 platser”, but the facts of this page say 20 places.",
    ]


def test_the_texts_the_site_begins_with_agree_with_its_facts(content: HomePage) -> None:
    for page in Page.objects.live().filter(depth__gt=1).specific():
        said = [hint.text for hint in page.publishing_warnings() if "The text says" in hint.text]
        assert not said


def _hints(client: Client, page: Page) -> list[str]:
    document = read(client, f"/admin/pages/{page.pk}/edit/")
    hints = [words(hint) for hint in document.select("[data-advice] li")]
    return [hint for hint in hints if hint.startswith("The text says")]
