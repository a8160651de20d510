"""Whoever may no longer change a page gets no mail about its comments."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks
from wagtail.models import GroupPagePermission, PageSubscription

from cms.models import User
from tests.admin_forms import SETTINGS_FORM, AdminForm
from tests.factories import UserFactory
from tests.school import School


def subscribe(user: User, school: School) -> None:
    PageSubscription.objects.create(user=user, page=school.course, comment_notifications=True)


@pytest.fixture
def reader(school: School) -> User:
    """A partner editor of Lund University who follows its course."""
    group = school.university.partner_editors
    user: User = UserFactory.create(username="lund", groups=[group.name if group else ""])
    subscribe(user, school)
    return user


def leave_group(user: User, school: School) -> None:
    user.groups.clear()


def be_taken_out(user: User, school: School) -> None:
    Group.objects.get(university=school.university).user_set.remove(user)


def see_the_group_emptied(user: User, school: School) -> None:
    Group.objects.get(university=school.university).user_set.clear()


def be_switched_off(user: User, school: School) -> None:
    user.is_active = False
    user.save()


def hand_the_course_over(user: User, school: School) -> None:
    school.course.host = school.partner
    school.course.save_revision().publish()


@pytest.mark.parametrize(
    "lose",
    [leave_group, be_taken_out, see_the_group_emptied, be_switched_off, hand_the_course_over],
)
def test_a_subscription_ends_with_the_right_to_change_the_page(
    lose: Callable[[User, School], None],
    reader: User,
    school: School,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    other: User = UserFactory.create(username="other", groups=["Moderators"])
    subscribe(other, school)
    with django_capture_on_commit_callbacks(execute=True):
        lose(reader, school)
    assert [row.user for row in PageSubscription.objects.all()] == [other]


@pytest.mark.parametrize("loss", [Group, GroupPagePermission])
def test_it_ends_where_a_group_goes_or_loses_its_pages(
    loss: type[Group | GroupPagePermission],
    school: School,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    group = Group.objects.create(name="Guests")
    guest: User = UserFactory.create(username="guest", groups=["Guests"])
    editors = Group.objects.get(name="Editors")
    for given in GroupPagePermission.objects.filter(group=editors):
        GroupPagePermission.objects.create(
            group=group, page=given.page, permission=given.permission
        )
    subscribe(guest, school)
    with django_capture_on_commit_callbacks(execute=True):
        if loss is Group:
            group.delete()
        else:
            GroupPagePermission.objects.filter(group=group).delete()
    assert not PageSubscription.objects.exists()


def test_another_role_that_may_change_the_page_keeps_it(
    reader: User,
    school: School,
    administrator: Client,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    editors = Group.objects.get(name="Editors")
    form = AdminForm(administrator, f"/admin/users/edit/{reader.pk}/", SETTINGS_FORM)
    form["groups"] = str(editors.pk)
    with django_capture_on_commit_callbacks(execute=True):
        form.save()
    assert list(reader.groups.all()) == [editors]
    assert PageSubscription.objects.filter(user=reader).exists()
