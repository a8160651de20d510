"""The school's own texts about itself, and its grant as data.

The constants are the school's words as it wrote them, spelling and punctuation included. Only the
audiences are composed: the school gave their heading and no text.
"""

from dataclasses import dataclass
from decimal import Decimal

from wagtail.models import Page, Site

from about.models import AboutPage, FundedItem, FundingPage, Grant, MissionPage, VisionPage
from cms.models import University
from cms.operations.starter_content import paragraphs, publish_once

WELCOME = (
    "Welcome to the National Advanced Therapy Medicinal Products (ATMP) Research School, where our "
    "mission is to advance the knowledge and expertise needed in the development of cell, gene, "
    "and tissue-based therapies in Sweden."
)
ABOUT_PARAGRAPHS = (
    "Advanced Therapy Medicinal Products (ATMPs) are revolutionary medicines based on cells, "
    "tissues, or genes. These therapies offer new possibilities for treating a wide range of "
    "severe diseases, from cancer to Parkinson's disease and diabetes. However, making these "
    "advanced treatments accessible to all remains a significant challenge.",
    "The National ATMP Research School is a collaborative effort among five leading universities "
    "in Sweden: Lund University, Umeå University, Uppsala University, Karolinska Institutet, and "
    "the University of Gothenburg and is open to all Swedish higher education institutions. "
    "Together, we aim to advance the ATMP research field and create a sustainable educational "
    "platform that enables collaboration among academic, healthcare, and industry sectors, "
    "benefiting both professionals and society.",
    "Our courses are designed to expand on standard doctoral offerings, providing new and relevant "
    "content jointly developed by our partner universities. These courses cover the entire "
    "spectrum of advanced therapy development, from initial research to clinical application.",
    "By fostering connections between internationally recognized research environments and "
    "stakeholders in the Swedish ATMP ecosystem, we are working towards our vision of enabling "
    "patient access to ATMPs in Sweden.",
)
AUDIENCES_HEADING = "Who is the research school for?"
VISION = (
    "Our vision is to enable patient access to ATMPs in Sweden by fostering the highest level of "
    "expertise among healthcare, academic, industry, regulatory, and legal professionals."
)
MISSION = (
    "We are committed to establishing a sustainable ATMP education platform where Swedish "
    "academic, healthcare, and industry sectors collaborate to secure a leading global position "
    "in this field, ultimately benefiting society."
)
FUNDING_PARAGRAPHS = (
    "The National ATMP Research School has been awarded a grant of 46 million SEK from the Swedish "
    "Research Council.",
    "This funding supports node managers' compensation, course development, students’ salary (each "
    "project application will receive 1,5 million SEK) remuneration for teachers, and conference "
    "facilities. The grant period spans from 2023 to 2027.",
)

AUDIENCES_NOTE = (
    "To be confirmed by the school: the texts under “Who is the research school for?”. The school "
    "gave the heading only; the groups and what they are offered were put together from its other "
    "texts. Clear this note when they are right."
)
FUNDING_NOTE = (
    "To be completed by the school: the Swedish Research Council's reference number for the grant "
    "is not known here, so that field is empty. The amounts, years and items below are taken from "
    "the text. Clear this note when they are right."
)


@dataclass(frozen=True, slots=True)
class Audience:
    """A group the school is for, and what it offers them in words drawn from its texts."""

    name: str
    description: str


AUDIENCES = (
    Audience(
        name="Doctoral students",
        description=(
            "Courses that expand on standard doctoral offerings, with new and relevant content "
            "jointly developed by our partner universities."
        ),
    ),
    Audience(
        name="Swedish higher education institutions",
        description=(
            "A collaborative effort that five leading universities began and that is open to all "
            "Swedish higher education institutions."
        ),
    ),
    Audience(
        name="Academic professionals",
        description=(
            "Connections between internationally recognized research environments, and courses "
            "that cover the entire spectrum of advanced therapy development."
        ),
    ),
    Audience(
        name="Healthcare professionals",
        description=(
            "The knowledge and expertise that patient access to cell, gene, and tissue-based "
            "therapies needs, from initial research to clinical application."
        ),
    ),
    Audience(
        name="Industry professionals",
        description=(
            "A sustainable educational platform that enables collaboration with the academic and "
            "healthcare sectors and with stakeholders in the Swedish ATMP ecosystem."
        ),
    ),
    Audience(
        name="Regulatory and legal professionals",
        description=(
            "The highest level of expertise in a field of revolutionary medicines, fostered "
            "together with healthcare, academic, and industry professionals."
        ),
    ),
)


def grant() -> Grant:
    """Return the grant that the funding text tells of."""
    return Grant(
        funder_name="Swedish Research Council",
        funder_name_sv="Vetenskapsrådet",
        funder_ror_id="https://ror.org/03zttf063",
        funder_website="https://www.vr.se",
        amount=Decimal("46000000.00"),
        currency="SEK",
        first_year=2023,
        last_year=2027,
    )


def funded_items() -> list[FundedItem]:
    """Return what the funding text says the money supports, in its order."""
    return [
        FundedItem(label="Node managers' compensation", label_sv="Ersättning till nodansvariga"),
        FundedItem(label="Course development", label_sv="Kursutveckling"),
        FundedItem(
            label="Students’ salary",
            label_sv="Lön till doktorander",
            amount=Decimal("1500000.00"),
            currency="SEK",
            amount_per="project application",
            amount_per_sv="projektansökan",
        ),
        FundedItem(label="Remuneration for teachers", label_sv="Ersättning till lärare"),
        FundedItem(label="Conference facilities", label_sv="Konferenslokaler"),
    ]


def load(site: Site) -> list[str]:
    """Publish the About page and the pages under it that are missing.

    Returns the titles of the pages made. What counts as missing: `cms.operations.starter_content`.
    """
    home = site.root_page
    published = [publish_once(_about_page(), home)]
    about = AboutPage.objects.descendant_of(home).first()
    if about is not None:
        published += [publish_once(page, about) for page in _pages_about_the_school()]
    return [f"page “{page.title}”" for page in published if page is not None]


def _about_page() -> AboutPage:
    return AboutPage(
        title="About Us",
        slug="about",
        show_in_menus=True,
        summary=(
            "A collaborative effort among five leading universities in Sweden, open to all Swedish "
            "higher education institutions."
        ),
        lead=WELCOME,
        body=paragraphs(ABOUT_PARAGRAPHS),
        audiences_heading=AUDIENCES_HEADING,
        audiences=[
            ("audience", {"name": audience.name, "description": audience.description})
            for audience in AUDIENCES
        ],
        partners=University.objects.filter(founding_partner=True),
        editorial_note=AUDIENCES_NOTE,
    )


def _pages_about_the_school() -> list[Page]:
    return [
        VisionPage(
            title="Our Vision",
            slug="vision",
            show_in_menus=True,
            summary="Patient access to ATMPs in Sweden, through the highest level of expertise.",
            statement=VISION,
        ),
        MissionPage(
            title="Our Mission",
            slug="mission",
            show_in_menus=True,
            summary="A sustainable ATMP education platform where Swedish sectors collaborate.",
            statement=MISSION,
        ),
        FundingPage(
            title="Our Funding",
            slug="funding",
            show_in_menus=True,
            summary=FUNDING_PARAGRAPHS[0],
            body=paragraphs(FUNDING_PARAGRAPHS),
            grants=[grant()],
            funded_items=funded_items(),
            editorial_note=FUNDING_NOTE,
        ),
    ]
