"""The course list and the sample courses in Swedish, as drafts."""

from collections.abc import Sequence
from typing import Final

from wagtail.models import Locale, Site

from cms.operations.starter_content import bullet_list, paragraphs
from cms.operations.starter_translations import PageWords, phrases, translate_once
from courses.models import CourseIndexPage, CoursePage
from courses.samples.words_sv import (
    COURSE_WORDS,
    GENERAL_REQUIREMENTS,
    HOW_TO_APPLY,
    CourseWords,
)

INTRODUCTION: Final = (
    "Våra kurser kompletterar det ordinarie kursutbudet inom forskarutbildningen med nytt och "
    "relevant innehåll som våra partnerlärosäten har tagit fram tillsammans. Kurserna täcker hela "
    "utvecklingen av avancerade terapier, från tidig forskning till klinisk tillämpning."
)
COURSES: Final = PageWords(
    title="Kurser",
    slug="kurser",
    summary=(
        "Doktorandkurser som täcker hela utvecklingen av avancerade terapier, framtagna "
        "gemensamt av våra partnerlärosäten."
    ),
    fields={"introduction": f"<p>{INTRODUCTION}</p>"},
)
OUTCOMES_BEGIN: Final = "Efter kursen ska doktoranden kunna"


def load(site: Site) -> list[str]:
    """Add the Swedish draft of the course list where it is missing; return a phrase for it."""
    lists = CourseIndexPage.objects.descendant_of(site.root_page)
    return phrases([translate_once(lists.filter(locale=Locale.get_default()).first(), COURSES)])


def translate_samples(courses: Sequence[CoursePage]) -> int:
    """Add the Swedish drafts that are missing of the sample `courses`; return how many."""
    wanted = [(course, COURSE_WORDS[course.slug]) for course in courses]
    drafts = [translate_once(course, page_words(words)) for course, words in wanted]
    return sum(draft is not None for draft in drafts)


def page_words(words: CourseWords) -> PageWords:
    """Return a sample course's words as those of a page."""
    requirements = " ".join(filter(None, [GENERAL_REQUIREMENTS, words.further_requirements]))
    outcomes = bullet_list(words.learning_outcomes)
    return PageWords(
        title=words.title,
        slug=words.slug,
        summary=words.summary,
        fields={
            "audience": f"<p>{words.audience}</p>",
            "entry_requirements": f"<p>{requirements}</p>",
            "learning_outcomes": f"<p>{OUTCOMES_BEGIN}</p>{outcomes}",
            "body": paragraphs([words.content]),
            "examination": f"<p>{words.examination}</p>",
            "how_to_apply": f"<p>{HOW_TO_APPLY}</p>",
        },
    )
