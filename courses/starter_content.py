"""The stages from research to patient, and the page that lists the courses."""

from dataclasses import asdict, dataclass
from typing import Final

from wagtail.models import Site

from cms.operations.starter_content import deleted_by_staff, publish_once, save_checked
from courses.models import CourseIndexPage, DevelopmentStage

# The third paragraph of the school's text about itself, in its own words.
INTRODUCTION: Final = (
    "Our courses are designed to expand on standard doctoral offerings, providing new and relevant "
    "content jointly developed by our partner universities. These courses cover the entire "
    "spectrum of advanced therapy development, from initial research to clinical application."
)
SUMMARY: Final = (
    "Doctoral courses that cover the entire spectrum of advanced therapy development, jointly "
    "developed by our partner universities."
)


@dataclass(frozen=True, slots=True)
class Stage:
    """A development stage in both languages."""

    slug: str
    name: str
    name_sv: str
    description: str
    description_sv: str


STAGES: Final = (
    Stage(
        slug="basic-research",
        name="Basic research",
        name_sv="Grundforskning",
        description=(
            "How cells, genes and tissues work, and which of them could become a treatment."
        ),
        description_sv=(
            "Hur celler, gener och vävnader fungerar, och vilka av dem som kan bli en behandling."
        ),
    ),
    Stage(
        slug="pre-clinical-development",
        name="Pre-clinical development",
        name_sv="Preklinisk utveckling",
        description=(
            "Showing in the laboratory and in models that a candidate works and is safe enough to "
            "be tried in people."
        ),
        description_sv=(
            "Att visa i laboratoriet och i modeller att en kandidat har effekt och är säker nog "
            "att prövas på människor."
        ),
    ),
    Stage(
        slug="manufacturing-and-gmp",
        name="Manufacturing and GMP",
        name_sv="Tillverkning och GMP",
        description=(
            "Making living medicines in the same quality every time, under good manufacturing "
            "practice."
        ),
        description_sv=(
            "Att tillverka levande läkemedel med samma kvalitet varje gång, enligt god "
            "tillverkningssed."
        ),
    ),
    Stage(
        slug="regulation",
        name="Regulation",
        name_sv="Regelverk",
        description=(
            "The law and the authorities that a medicine made of cells, genes or tissues has to "
            "satisfy."
        ),
        description_sv=(
            "De lagar och myndigheter vars krav ett läkemedel av celler, gener eller vävnader "
            "måste uppfylla."
        ),
    ),
    Stage(
        slug="clinical-trials",
        name="Clinical trials",
        name_sv="Kliniska prövningar",
        description=(
            "Finding out with patients whether a therapy helps, and following them for years "
            "afterwards."
        ),
        description_sv=(
            "Att tillsammans med patienter ta reda på om en terapi hjälper, och att följa dem i "
            "många år efteråt."
        ),
    ),
    Stage(
        slug="health-economics-and-access",
        name="Health economics and access",
        name_sv="Hälsoekonomi och tillgång",
        description=(
            "What a therapy is worth, who pays for it, and how it reaches every patient who needs "
            "it."
        ),
        description_sv=(
            "Vad en terapi är värd, vem som betalar för den, och hur den når varje patient som "
            "behöver den."
        ),
    ),
)


def load(site: Site) -> list[str]:
    """Create the stages and publish the course list, where missing.

    Returns a phrase for each. See `cms.operations.starter_content` for what counts as missing.
    """
    loaded = _load_stages()
    index = publish_once(
        CourseIndexPage(
            title="Courses",
            slug="courses",
            show_in_menus=True,
            summary=SUMMARY,
            introduction=f"<p>{INTRODUCTION}</p>",
        ),
        site.root_page,
    )
    return [*loaded, f"page “{index.title}”"] if index is not None else loaded


def _load_stages() -> list[str]:
    if deleted_by_staff(DevelopmentStage):
        return []
    slugs = set(DevelopmentStage.objects.values_list("slug", flat=True))
    names = set(DevelopmentStage.objects.values_list("name", flat=True))
    loaded = []
    for order, stage in enumerate(STAGES, start=1):
        if stage.slug not in slugs and stage.name not in names:
            save_checked(DevelopmentStage(**asdict(stage), sort_order=order))
            loaded.append(f"stage {stage.slug}")
    return loaded
