"""The school's texts about itself in Swedish: `about.starter_content`, paragraph by paragraph."""

from typing import Final

from wagtail.models import Locale, Site

from about.models import AboutPage, FundingPage, MissionPage, VisionPage
from about.starter_content import Audience
from cms.operations.starter_content import paragraphs
from cms.operations.starter_translations import PageWords, phrases, translate_once

WELCOME: Final = (
    "Välkommen till Nationella forskarskolan för läkemedel för avancerad terapi (ATMP). Vårt "
    "uppdrag är att stärka den kunskap och kompetens som behövs för att utveckla cell-, gen- och "
    "vävnadsbaserade terapier i Sverige."
)
ABOUT_PARAGRAPHS: Final = (
    "Läkemedel för avancerad terapi (ATMP, av engelskans Advanced Therapy Medicinal Products) är "
    "banbrytande läkemedel som bygger på celler, vävnader eller gener. De öppnar nya möjligheter "
    "att behandla en lång rad svåra sjukdomar, från cancer till Parkinsons sjukdom och diabetes. "
    "Att göra dessa avancerade behandlingar tillgängliga för alla är dock fortfarande en stor "
    "utmaning.",
    "Nationella ATMP-forskarskolan är ett samarbete mellan fem ledande universitet i Sverige: "
    "Lunds universitet, Umeå universitet, Uppsala universitet, Karolinska Institutet och Göteborgs "
    "universitet. Den är öppen för alla svenska lärosäten. Tillsammans vill vi föra forskningen om "
    "ATMP framåt och skapa en hållbar utbildningsplattform där akademi, hälso- och sjukvård och "
    "näringsliv kan samarbeta, till nytta för både yrkesverksamma och samhället.",
    "Våra kurser kompletterar det ordinarie kursutbudet inom forskarutbildningen med nytt och "
    "relevant innehåll som våra partnerlärosäten har tagit fram tillsammans. Kurserna täcker hela "
    "utvecklingen av avancerade terapier, från tidig forskning till klinisk tillämpning.",
    "Genom att knyta samman internationellt erkända forskningsmiljöer och aktörer i det svenska "
    "ekosystemet för ATMP arbetar vi mot vår vision: att patienter i Sverige ska få tillgång till "
    "ATMP.",
)
AUDIENCES_HEADING: Final = "Vem vänder sig forskarskolan till?"
AUDIENCES: Final = (
    Audience(
        name="Doktorander",
        description=(
            "Kurser som kompletterar det ordinarie utbudet inom forskarutbildningen, med nytt och "
            "relevant innehåll som våra partnerlärosäten har tagit fram tillsammans."
        ),
    ),
    Audience(
        name="Svenska lärosäten",
        description=(
            "Ett samarbete som fem ledande universitet har inlett och som är öppet för alla "
            "svenska lärosäten."
        ),
    ),
    Audience(
        name="Yrkesverksamma inom akademin",
        description=(
            "Kontakter mellan internationellt erkända forskningsmiljöer, och kurser som täcker "
            "hela utvecklingen av avancerade terapier."
        ),
    ),
    Audience(
        name="Yrkesverksamma inom hälso- och sjukvården",
        description=(
            "Den kunskap och kompetens som krävs för att patienter ska få tillgång till cell-, "
            "gen- och vävnadsbaserade terapier, från tidig forskning till klinisk tillämpning."
        ),
    ),
    Audience(
        name="Yrkesverksamma inom näringslivet",
        description=(
            "En hållbar utbildningsplattform för samarbete med akademi, hälso- och sjukvård och "
            "aktörer i det svenska ekosystemet för ATMP."
        ),
    ),
    Audience(
        name="Yrkesverksamma inom regulatoriska frågor och juridik",
        description=(
            "Högsta möjliga kompetens inom ett fält av banbrytande läkemedel, uppbyggd tillsammans "
            "med yrkesverksamma inom hälso- och sjukvård, akademi och näringsliv."
        ),
    ),
)
VISION: Final = (
    "Vår vision är att patienter i Sverige ska få tillgång till ATMP, genom att främja högsta "
    "möjliga kompetens hos yrkesverksamma inom hälso- och sjukvård, akademi, näringsliv, "
    "regulatoriska frågor och juridik."
)
MISSION: Final = (
    "Vi har åtagit oss att bygga upp en hållbar utbildningsplattform för ATMP där svensk akademi, "
    "hälso- och sjukvård och näringsliv samarbetar för att nå en världsledande ställning inom "
    "området, i slutändan till nytta för samhället."
)
FUNDING_PARAGRAPHS: Final = (
    "Nationella ATMP-forskarskolan har beviljats ett bidrag på 46 miljoner kronor från "
    "Vetenskapsrådet.",
    "Bidraget går till ersättning till nodansvariga, kursutveckling, doktoranders lön (varje "
    "projektansökan får 1,5 miljoner kronor), ersättning till lärare och konferenslokaler. "
    "Bidragsperioden sträcker sig från 2023 till 2027.",
)

AUDIENCES_NOTE: Final = (
    "Forskarskolan ska också bekräfta texterna under ”Vem vänder sig forskarskolan till?”. Endast "
    "rubriken kommer från forskarskolan; grupperna och vad de erbjuds är sammanställda ur dess "
    "övriga texter."
)
FUNDING_NOTE: Final = (
    "Vetenskapsrådets diarienummer för bidraget är inte känt här. Det fylls i på den engelska "
    "sidan, liksom belopp, år och poster, och visas sedan även här."
)

ABOUT_US: Final = PageWords(
    title="Om oss",
    slug="om-oss",
    summary=(
        "Ett samarbete mellan fem ledande universitet i Sverige, öppet för alla svenska lärosäten."
    ),
    fields={
        "lead": WELCOME,
        "body": paragraphs(ABOUT_PARAGRAPHS),
        "audiences_heading": AUDIENCES_HEADING,
        "audiences": [
            ("audience", {"name": audience.name, "description": audience.description})
            for audience in AUDIENCES
        ],
    },
    note=AUDIENCES_NOTE,
)
OUR_VISION: Final = PageWords(
    title="Vår vision",
    slug="vision",
    summary="Att patienter i Sverige får tillgång till ATMP, genom högsta möjliga kompetens.",
    fields={"statement": VISION},
)
OUR_MISSION: Final = PageWords(
    title="Vårt uppdrag",
    slug="uppdrag",
    summary="En hållbar utbildningsplattform för ATMP där svenska sektorer samarbetar.",
    fields={"statement": MISSION},
)
OUR_FUNDING: Final = PageWords(
    title="Vår finansiering",
    slug="finansiering",
    summary=FUNDING_PARAGRAPHS[0],
    fields={"body": paragraphs(FUNDING_PARAGRAPHS)},
    note=FUNDING_NOTE,
)


def load(site: Site) -> list[str]:
    """Add the Swedish drafts that are missing, parents first; return a phrase for each."""
    drafts = []
    for kind, words in (
        (AboutPage, ABOUT_US),
        (VisionPage, OUR_VISION),
        (MissionPage, OUR_MISSION),
        (FundingPage, OUR_FUNDING),
    ):
        pages = kind.objects.descendant_of(site.root_page).filter(locale=Locale.get_default())
        drafts.append(translate_once(pages.first(), words))
    return phrases(drafts)
