"""Where a course's facts are edited, and who may change them."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.models import PageQuerySet
from wagtail.permissions import policy_registry

from cms.models import User
from cms.pages.checks.anchors import panel_anchor
from cms.translations.synchronised_fields import source_of as translated_from
from courses.models import CoursePage, CourseSession


def editor_of(request: HttpRequest) -> User:
    """Return who sent `request`.

    Raises PermissionDenied where nobody is logged in.
    """
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def explorable_courses(user: User) -> PageQuerySet:
    """Return the courses that `user` finds in the admin's page tree."""
    policy = policy_registry.get_by_type(CoursePage)
    return CoursePage.objects.filter(pk__in=policy.explorable_instances(user).values("pk"))


def source_courses() -> PageQuerySet:
    """Return the courses whose sessions are edited on themselves.

    Translations share the sessions of the page in the site's first language, and an alias those of
    the page it shows, so neither is among them.
    """
    in_first_language = CoursePage.objects.filter(locale__language_code=settings.LANGUAGE_CODE)
    return CoursePage.objects.filter(
        Q(locale__language_code=settings.LANGUAGE_CODE)
        | ~Q(translation_key__in=in_first_language.values("translation_key")),
        alias_of__isnull=True,
    )


def source_of(course: CoursePage) -> CoursePage:
    """Return the page on which the sessions of `course` are edited."""
    source: CoursePage | None = translated_from(course)
    return source or course


def session_anchor(session: CourseSession) -> str:
    """Return the fragment of the address with which the editor of its course shows `session`."""
    return panel_anchor(f"session-{session.translation_key}")


def reason_not_to_edit(course: CoursePage, user: User) -> str:
    """Return why `user` cannot change the draft of `course` now, or "" where they can.

    A course that they may not edit is not named: its latest title may be a secret.
    """
    permissions = course.permissions_for_user(user)
    if course.alias_of_id or not permissions.can_edit():
        return _("You may not edit this course.")
    if permissions.page_locked():
        return _("“%(course)s” is locked.") % {"course": course.get_admin_display_title()}
    return ""
