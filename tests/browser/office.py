"""Who works in the admin in the browser tests, and what they find there."""

from datetime import timedelta
from typing import Final

import time_machine
from wagtail.models import Page
from wagtail.users.models import UserProfile

from about.models import VisionPage
from cms.models import University
from courses.models import CoursePage
from home.models import ContentPage
from tests.day import NOW
from tests.factories import UserFactory

EDITOR: Final = "eva"
MODERATOR: Final = "mats"
SWEDISH_MODERATOR: Final = "sven"
PARTNER_EDITOR: Final = "petra"
PARTNER: Final = "KI"
TYPO: Final = ("expertise", "experties")
UNTRANSLATED: Final = "viral-vectors-in-the-clinic"
YESTERDAY: Final = "Write to the office of the research school."
TODAY: Final = "Wriet to us."


def fill_office(contact: ContentPage, course: CoursePage) -> None:
    """Give the site its staff, and something to do for everybody.

    A typing error, a page that was better yesterday, and a course in one language, which is a copy
    of `course`.
    """
    university = University.objects.get(short_name=PARTNER)
    UserFactory.create(username=EDITOR, first_name="Eva", last_name="Ek", groups=["Editors"])
    UserFactory.create(
        username=MODERATOR, first_name="Mats", last_name="Moberg", groups=["Moderators"]
    )
    sven = UserFactory.create(
        username=SWEDISH_MODERATOR, first_name="Sven", last_name="Strand", groups=["Moderators"]
    )
    UserProfile.objects.update_or_create(user=sven, defaults={"preferred_language": "sv"})
    UserFactory.create(
        username=PARTNER_EDITOR,
        first_name="Petra",
        last_name="Palm",
        groups=[f"Partner editors: {university.name}"],
    )
    vision = VisionPage.objects.get(locale__language_code="en")
    vision.statement = vision.statement.replace(*TYPO, 1)
    _publish(vision)
    with time_machine.travel(NOW - timedelta(days=1)):
        contact.lead = YESTERDAY
        _publish(contact)
    contact.lead = TODAY
    _publish(contact)
    copy = course.copy(
        update_attrs={"title": "Viral vectors in the clinic", "slug": UNTRANSLATED, "code": "V-1"}
    )
    _publish(copy)


def _publish(page: Page) -> None:
    page.save_revision(log_action=True).publish()
