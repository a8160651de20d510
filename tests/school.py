"""A small school with a page of every type and something in every field."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from wagtail.documents.models import Document
from wagtail.models import Page

from about.models import AboutPage, FundingPage, MissionPage, VisionPage
from cms.models import SiteImage, University
from courses.models import (
    CourseIndexPage,
    CoursePage,
    CoursePerson,
    DevelopmentStage,
    RelatedCourse,
)
from home.models import ContentPage, HomePage
from tests.factories import (
    AboutPageFactory,
    ContentPageFactory,
    CourseIndexPageFactory,
    CoursePageFactory,
    CourseSessionFactory,
    DevelopmentStageFactory,
    DocumentFactory,
    FundedItemFactory,
    FundingPageFactory,
    GrantFactory,
    ImageFactory,
    MissionPageFactory,
    UniversityFactory,
    VisionPageFactory,
)

NOTE = "For the editors: confirm this with the board."


@dataclass(frozen=True, slots=True)
class School:
    """The pages by what they are, and what they point at."""

    home: HomePage
    about: AboutPage
    vision: VisionPage
    mission: MissionPage
    funding: FundingPage
    index: CourseIndexPage
    course: CoursePage
    other_course: CoursePage
    contact: ContentPage
    university: University
    partner: University
    stage: DevelopmentStage
    image: SiteImage
    document: Document

    @property
    def pages(self) -> dict[str, Page]:
        """One page of each type by its address."""
        return {
            "/": self.home,
            "/about/": self.about,
            "/about/vision/": self.vision,
            "/about/mission/": self.mission,
            "/about/funding/": self.funding,
            "/courses/": self.index,
            "/courses/gmp/": self.course,
            "/contact/": self.contact,
        }


ADDRESSES = (
    "/",
    "/about/",
    "/about/vision/",
    "/about/mission/",
    "/about/funding/",
    "/courses/",
    "/courses/gmp/",
    "/contact/",
)


def text(words: str) -> list[tuple[str, str]]:
    """Return a body of one paragraph."""
    return [("paragraph", f"<p>{words}</p>")]


def build_school(home: HomePage) -> School:
    """Fill the site below `home` with published pages."""
    image = ImageFactory(title="Clean room", description="A clean room", credit="A. Photographer")
    document = DocumentFactory(title="Syllabus of the GMP course")
    university = UniversityFactory.create(
        name="Lund University",
        name_sv="Lunds universitet",
        short_name="LU",
        ror_id="https://ror.org/012a77v79",
        founding_partner=True,
    )
    partner = UniversityFactory.create(
        name="Umeå University", short_name="UmU", founding_partner=True
    )
    stage = DevelopmentStageFactory.create(name="Manufacturing", slug="manufacturing")
    common: dict[str, Any] = {
        "summary": "A summary in a sentence.",
        "social_image": image,
        "editorial_note": NOTE,
    }

    contact = ContentPageFactory(
        parent=home,
        title="Contact",
        slug="contact",
        lead="Write to us.",
        body=text("We answer within a week."),
        show_in_menus=True,
        **common,
    )
    about = AboutPageFactory(
        parent=home,
        lead="Welcome to the school.",
        body=text("Five universities work together."),
        audiences_heading="Who is it for?",
        audiences=[
            (
                "audience",
                {
                    "name": "Doctoral students",
                    "description": "Courses beyond the ordinary.",
                    "link": {"label": "Write to us", "page": contact, "url": ""},
                },
            )
        ],
        partners=[university, partner],
        **common,
    )
    vision = VisionPageFactory(parent=about, body=text("What the vision means."), **common)
    mission = MissionPageFactory(parent=about, body=text("What the mission means."), **common)
    funding = FundingPageFactory(
        parent=about,
        body=text("The grant pays for teaching."),
        grants=[
            GrantFactory.build(
                funder_name="Swedish Research Council",
                funder_name_sv="Vetenskapsrådet",
                funder_ror_id="https://ror.org/03zttf063",
                funder_website="https://www.vr.se",
                reference_number="2023-12345",
            )
        ],
        funded_items=[
            FundedItemFactory.build(
                label="Salaries of students",
                note="In every round.",
                amount=Decimal(1500000),
                amount_per="project application",
            )
        ],
        **common,
    )
    index = CourseIndexPageFactory(
        parent=home,
        introduction="<p>Courses for doctoral students.</p>",
        no_courses_text="The next courses are being planned.",
        **common,
    )
    other_course = CoursePageFactory(parent=index, title="Cell therapy", slug="cells")
    course = CoursePageFactory(
        parent=index,
        title="Good manufacturing practice",
        slug="gmp",
        code="MED901",
        credits=Decimal("7.5"),
        taught_in_swedish=True,
        host=university,
        co_organisers=[partner],
        stages=[stage],
        audience="<p>Doctoral students in medicine.</p>",
        entry_requirements="<p>Admission to doctoral studies.</p>",
        learning_outcomes="<p>Describe a clean room.</p>",
        body=text("Lectures and laboratory work."),
        examination="<p>A written report.</p>",
        syllabus=document,
        application_url="https://apply.example.org/gmp",
        how_to_apply="<p>Send the form with a letter.</p>",
        sessions=[
            CourseSessionFactory.build(
                location="BMC, Lund",
                workload="Full time",
                places=20,
                application_url="https://apply.example.org/gmp-autumn",
                note="Bring a laptop.",
            ),
            CourseSessionFactory.build(
                start_date=date(2025, 11, 3),
                end_date=date(2025, 11, 14),
                application_opens=None,
                application_closes=None,
                location="Uppsala",
                mode="online",
            ),
        ],
        people=[
            CoursePerson(
                name="Alva Lindqvist",
                email="alva@example.org",
                university=university,
                website="https://people.example.org/alva",
            )
        ],
        related_courses=[RelatedCourse(course=other_course)],
        **common,
    )
    home.headline = "Advanced therapies, from research to patient"
    home.lead = "A national school for doctoral students."
    home.hero_image = image
    home.calls_to_action = [
        ("link", {"label": "All courses here", "page": index, "url": ""}),
        ("link", {"label": "The research council", "page": None, "url": "https://www.vr.se"}),
    ]
    home.body = text("Medicines made of cells, genes and tissues.")
    home.summary = "A school for advanced therapies."
    home.social_image = image
    home.editorial_note = NOTE
    home.refresh_from_db(fields=["numchild"])
    home.save()
    return School(
        home=home,
        about=about,
        vision=vision,
        mission=mission,
        funding=funding,
        index=index,
        course=course,
        other_course=other_course,
        contact=contact,
        university=university,
        partner=partner,
        stage=stage,
        image=image,
        document=document,
    )
