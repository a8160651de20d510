"""The school of the tests in Swedish: every page translated and published."""

from wagtail.models import Locale, Page

from cms.translations.translatable_fields import mark_as_up_to_date
from tests.school import School

TITLES = {
    "home": "Nationella forskarskolan",
    "about": "Om oss",
    "vision": "Vision",
    "mission": "Uppdrag",
    "funding": "Finansiering",
    "contact": "Kontakt",
    "index": "Kurser",
    "course": "God tillverkningssed",
}
SLUGS = {
    "about": "om-oss",
    "vision": "vision",
    "mission": "uppdrag",
    "funding": "finansiering",
    "contact": "kontakt",
    "index": "kurser",
    "course": "gmp",
}
ADDRESSES = {
    "home": "/sv/",
    "about": "/sv/om-oss/",
    "vision": "/sv/om-oss/vision/",
    "mission": "/sv/om-oss/uppdrag/",
    "funding": "/sv/om-oss/finansiering/",
    "contact": "/sv/kontakt/",
    "index": "/sv/kurser/",
    "course": "/sv/kurser/gmp/",
}


def swedish_draft(page: Page) -> Page:
    """Return the Swedish page of `page`, made as the admin does where there is none."""
    locale = Locale.objects.get(language_code="sv")
    found = page.get_translations().filter(locale=locale).first()
    return found.specific if found else page.specific.copy_for_translation(locale).specific


def translate(page: Page, name: str) -> Page:
    """Publish the page of the school called `name` in Swedish."""
    draft = swedish_draft(page)
    draft.title = TITLES[name]
    draft.slug = SLUGS.get(name, draft.slug)
    draft.summary = "En sammanfattning."
    draft.editorial_note = ""
    draft.save_revision().publish()
    mark_as_up_to_date(draft, page)
    return type(draft).objects.get(pk=draft.pk)


def translate_school(school: School) -> dict[str, Page]:
    """Publish every page of the school but the other course in Swedish."""
    return {name: translate(getattr(school, name), name) for name in TITLES}
