"""The stages from research to patient, and the page that lists the courses."""

from wagtail.models import Site

from cms.operations.starter_content.files import read
from cms.operations.starter_content.loading import create_missing, publish_once
from cms.operations.starter_content.translations import translate_pages
from courses.models import CourseIndexPage, DevelopmentStage


def load(site: Site) -> list[str]:
    """Create the stages and publish the course list, where missing; return a phrase for each."""
    rows = read("courses", "stages").rows("stages")
    stages = create_missing(DevelopmentStage, rows, keys=("slug", "name"))
    courses = publish_once(CourseIndexPage, read("courses", "en/courses"), site.root_page)
    return [*(f"stage {stage.slug}" for stage in stages), *courses]


def translate(site: Site) -> list[str]:
    """Add the Swedish draft of the course list where it is missing; return a phrase for it."""
    return translate_pages(site, "courses", [(CourseIndexPage, "courses")])
