"""What the Swedish home page says at first: `home.starter_content`, sentence by sentence."""

from typing import Final

from wagtail.models import Locale, Page, Site

from cms.operations.starter_content import paragraphs, touched_by_staff
from cms.operations.starter_translations import LANGUAGE, PageWords, phrases, put_words
from cms.translations.translatable_fields import mark_as_up_to_date
from home.models import HomePage
from home.starter_content import CallToAction, calls_to_action

TITLE: Final = "Nationella ATMP-forskarskolan"
HEADLINE: Final = "Nationella forskarskolan för läkemedel för avancerad terapi (ATMP)"
SUMMARY: Final = (
    "Doktorandkurser som täcker hela utvecklingen av avancerade terapier, från tidig forskning "
    "till klinisk tillämpning."
)
LEAD: Final = (
    "Vårt uppdrag är att stärka den kunskap och kompetens som behövs för att utveckla cell-, gen- "
    "och vävnadsbaserade terapier i Sverige."
)
ABOUT_ATMPS: Final = (
    "Läkemedel för avancerad terapi (ATMP) är banbrytande läkemedel som bygger på celler, vävnader "
    "eller gener. De öppnar nya möjligheter att behandla en lång rad svåra sjukdomar, från cancer "
    "till Parkinsons sjukdom och diabetes.",
)
CALLS_TO_ACTION: Final[tuple[CallToAction, ...]] = (
    ("kurser", "Se kurserna"),
    ("om-oss", "Om forskarskolan"),
)


def load(site: Site) -> list[str]:
    """Fill the Swedish home page while it is the draft that `setup_site` made."""
    locale = Locale.objects.filter(language_code=LANGUAGE).first()
    source = HomePage.objects.filter(pk=site.root_page_id).first()
    if locale is None or source is None or touched_by_staff(source):
        return []
    home = source.get_translation_or_none(locale)
    if home is None or home.live or home.title == TITLE or touched_by_staff(home):
        return []
    put_words(home, _words(home))
    mark_as_up_to_date(home, source)
    return phrases([home])


def _words(home: Page) -> PageWords:
    return PageWords(
        title=TITLE,
        slug=home.slug,
        summary=SUMMARY,
        fields={
            "headline": HEADLINE,
            "lead": LEAD,
            "body": paragraphs(ABOUT_ATMPS),
            "calls_to_action": calls_to_action(home.get_children(), CALLS_TO_ACTION),
        },
    )
