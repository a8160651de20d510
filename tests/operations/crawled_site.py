"""The site that is crawled: what the browser tests walk through, and one of everything beside it.

`build` runs inside the site, with production's settings.
"""

import json
from datetime import timedelta

from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, Page, Site, Workflow

from cms.models import SiteImage, University, User
from courses.models import CoursePage, DevelopmentStage
from tests.browser.places import build_site
from tests.factories import DocumentFactory, UserFactory
from tests.operations.passive_rules import ACCOUNTS

PARTNER = "KI"
GROUPS = {
    "editor": "Editors",
    "partner": "Partner editors: {university}",
    "moderator": "Moderators",
    "administrator": "Administrators",
    "superuser": "",
}
# The dashboard shows six, and links to the others.
DRAFTS = 7


def build() -> None:
    """Fill the site, and print the numbers of what addresses are put together of, as JSON."""
    build_site()
    university = University.objects.get(short_name=PARTNER)
    people = {
        role: UserFactory.create(
            username=role,
            groups=[group.format(university=university.name)] if group else [],
            is_superuser=not group,
        )
        for role, group in GROUPS.items()
    }
    for user in User.objects.all():
        user.email = f"{user.username}@{ACCOUNTS}"
        user.save()
    page = Page.objects.get(slug="contact").specific
    Redirect.objects.create(old_path="/old", redirect_page=page)
    collection = Collection.get_first_root_node().add_child(name="Minutes")
    document = DocumentFactory(collection=collection)
    courses = CoursePage.objects.filter(locale__language_code="en").order_by("path")
    for draft in courses.reverse()[:DRAFTS]:
        draft.save_revision(user=people["administrator"])
    course = courses.first()
    assert course
    course.host = university
    course.save_revision(user=people["partner"]).publish()
    state = Workflow.objects.get().start(course, people["partner"])
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision(user=people["editor"]).publish()
    numbers = {
        "course": course,
        "document": document,
        "group": Group.objects.first(),
        "image": SiteImage.objects.first(),
        "page": page,
        "site": Site.objects.get(),
        "stage": DevelopmentStage.objects.first(),
        "target": Page.objects.get(slug="about"),
        "task_state": state.current_task_state,
        "university": university,
        "user": people["editor"],
    }
    print(json.dumps({name: found.pk for name, found in numbers.items()}))  # noqa: T201
