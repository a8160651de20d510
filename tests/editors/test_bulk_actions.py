"""Below a list there are buttons for what its reader may do to something in it, and no others."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from django.db.models import Model
from django.http import HttpRequest
from django.test import Client, RequestFactory
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.models import Page

from cms.models import User
from tests.factories import (
    ContentPageFactory,
    CoursePageFactory,
    DocumentFactory,
    ImageFactory,
    UserFactory,
)
from tests.html import one, parse
from tests.school import School

GROUPS = {
    "partner": "Partner editors: Lund University",
    "editor": "Editors",
    "moderator": "Moderators",
    "administrator": "Administrators",
}
LISTS = {
    "/admin/pages/{index}/": Page,
    "/admin/pages/search/": Page,
    "/admin/images/": ImageFactory._meta.model,
    "/admin/documents/": DocumentFactory._meta.model,
    "/admin/users/": User,
    "/admin/snippets/cms/university/": School.__annotations__["university"],
    "/admin/snippets/courses/developmentstage/": School.__annotations__["stage"],
}


@pytest.mark.parametrize("role", GROUPS)
def test_lists_offer_what_their_reader_may_do(
    role: str, school: School, login: Callable[[User], Client], rf: RequestFactory
) -> None:
    user = UserFactory.create(username=role, groups=[GROUPS[role]])
    UserFactory.create(groups=["Editors"])
    for make in (ImageFactory, DocumentFactory):
        make(uploaded_by_user=user)
    CoursePageFactory(
        parent=school.index, slug="mine", host=school.university, owner=user, live=False
    )
    ContentPageFactory(parent=school.home, slug="draft", live=False)
    request = rf.get("/")
    client, request.user = login(user), user
    seen = 0
    for address, model in LISTS.items():
        response = client.get(address.format(index=school.index.pk))
        if response.status_code == 200:
            seen += 1
            footer = one(parse(response), "[data-bulk-action-footer]")
            links = [urlsplit(str(link["href"])).path for link in footer.select("a[href]")]
            offered = {path.strip("/").rpartition("/")[2] for path in links}
            assert offered == _possible(request, model), address
    assert seen >= 4


def _possible(request: HttpRequest, model: type[Model]) -> set[str]:
    """Return the actions that may be done to any object there is, asked of each."""
    meta = model._meta
    actions = bulk_action_registry.get_bulk_actions_for_model(meta.app_label, meta.model_name)
    return {
        action.action_type
        for action in actions
        if any(
            action(request, model).check_perm(item)
            for item in action.get_queryset(model, model._default_manager.values("pk"))
        )
    }


def test_all_of_a_list_are_those_that_it_shows(
    school: School, login: Callable[[User], Client]
) -> None:
    client = login(UserFactory.create(groups=[GROUPS["partner"]]))
    every = f"/admin/bulk/wagtailcore/page/delete/?id=all&childOf={school.index.pk}"
    response = client.get(every)
    assert school.course.title in response.text
    assert school.other_course.title not in response.text
