"""Keeping a copy as partners do, and what editors do meanwhile."""

import json
import random
import re
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

from wagtail.documents.models import Document
from wagtail.models import Locale, Page, PageViewRestriction

from cms.models import SiteImage
from courses.models import CoursePage
from testing.servers import ROOT
from tests.factories import (
    CourseSessionFactory,
    DocumentFactory,
    ImageFactory,
    UniversityFactory,
    make_private,
)
from tests.school import School

RESOURCES = ("pages", "universities", "stages", "images", "documents")


def reference_program() -> ModuleType:
    """Return the reference consumer, taken out of the text that partners read."""
    text = (ROOT / "docs" / "partners.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    assert len(code.splitlines()) < 40
    module = ModuleType("mirror")
    exec(compile(code, "docs/partners.md", "exec"), module.__dict__)  # noqa: S102
    return module


def copy_in(folder: Path) -> dict[str, Any]:
    """Return the copy that the program keeps in a folder."""
    files = [file for file in folder.glob("*.json") if file.name != "state.json"]
    return {file.stem: json.loads(file.read_text()) for file in files}


def everything_public(read: Callable[[str], Any]) -> dict[str, Any]:
    """Return everything that the API has, read through its lists; `read` fetches JSON at a path."""
    found = {}
    for resource in RESOURCES:
        listed = read(f"/api/v2/{resource}/?limit=100")
        assert listed["meta"]["total_count"] <= 100
        for item in listed["items"]:
            address = urlsplit(item["meta"]["detail_url"])
            found[f"{resource}-{item['id']}"] = read(address.path)
    return found


def edit(school: School, chance: random.Random) -> None:
    page = _some_page(chance)
    page.title = f"Title {chance.random()}"
    page.save_revision().publish()


def draft(school: School, chance: random.Random) -> None:
    page = _some_page(chance)
    page.title = "Not to be seen"
    page.save_revision()


def unpublish(school: School, chance: random.Random) -> None:
    _some_page(chance).unpublish()


def publish(school: School, chance: random.Random) -> None:
    page = chance.choice(list(Page.objects.filter(depth__gt=2))).specific
    page.save_revision().publish()


def delete(school: School, chance: random.Random) -> None:
    course = CoursePage.objects.exclude(pk=school.course.pk).order_by("?").first()
    if course:
        course.delete()


def restrict(school: School, chance: random.Random) -> None:
    make_private(_some_page(chance), "login")


def lift(school: School, chance: random.Random) -> None:
    restriction = PageViewRestriction.objects.first()
    if restriction:
        restriction.delete()


def move(school: School, chance: random.Random) -> None:
    contact = Page.objects.get(pk=school.contact.pk)
    goal = Page.objects.get(pk=chance.choice([school.home.pk, school.about.pk]))
    if contact.get_parent().pk != goal.pk:
        contact.move(goal, pos="last-child")


def rename(school: School, chance: random.Random) -> None:
    page = _some_page(chance)
    page.slug = f"slug-{chance.randrange(10**6)}"
    page.save_revision().publish()


def translate(school: School, chance: random.Random) -> None:
    swedish = Locale.objects.get(language_code="sv")
    page = Page.objects.get(pk=school.home.pk).specific
    if not page.has_translation(swedish):
        copy = page.copy_for_translation(swedish)
        copy.title = "Hem"
        copy.save_revision().publish()
        return
    courses = Page.objects.get(pk=school.index.pk).specific
    if not courses.has_translation(swedish):
        courses.copy_for_translation(swedish).save_revision().publish()


def university(school: School, chance: random.Random) -> None:
    school.university.refresh_from_db()
    school.university.city = f"City {chance.random()}"
    school.university.name_sv = f"Universitet {chance.random()}"
    school.university.save()
    UniversityFactory(name=f"University {chance.random()}", short_name=f"{chance.random()}"[:12])


def image(school: School, chance: random.Random) -> None:
    school.image.refresh_from_db()
    school.image.description = f"What it shows {chance.random()}"
    school.image.save()


def upload(school: School, chance: random.Random) -> None:
    """Upload an image and a document, and have some page use one of those that there are."""
    ImageFactory(title=f"Image {chance.random()}")
    DocumentFactory(title=f"Document {chance.random()}")
    page = _some_page(chance)
    page.social_image = chance.choice([None, *SiteImage.objects.order_by("pk")])
    page.save_revision().publish()


def syllabus(school: School, chance: random.Random) -> None:
    course = CoursePage.objects.get(pk=school.course.pk)
    course.syllabus = chance.choice([None, *Document.objects.order_by("pk")])
    course.save_revision().publish()


def session(school: School, chance: random.Random) -> None:
    course = CoursePage.objects.get(pk=school.course.pk)
    course.sessions = [CourseSessionFactory.build(location=f"Room {chance.random()}")]
    course.save_revision().publish()


type Operation = Callable[[School, random.Random], None]
# On any pages, whichever there are: these need no school.
ANYWHERE: tuple[Operation, ...] = (
    edit,
    draft,
    unpublish,
    publish,
    restrict,
    lift,
    rename,
    upload,
)
OPERATIONS: tuple[Operation, ...] = (
    *ANYWHERE,
    delete,
    move,
    translate,
    university,
    image,
    syllabus,
    session,
)


def _some_page(chance: random.Random) -> Page:
    return chance.choice(list(Page.objects.filter(depth__gt=2).order_by("pk"))).specific
