"""Which courses a partner editor may work on: those that their university hosts, in any language.

The host of a course is the one the database has, not the one a draft proposes: a draft that hands
a course over takes nothing from anybody before a moderator has published it, and then at once.
Nothing is copied into tables of rights, so nothing can fall out of step.

Partner editors may create below the course lists. Elsewhere in Wagtail the right to add includes
the right to change what one owns; here it does not, so a course that was handed over is closed to
whoever created it.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.db.models.signals import post_save
from wagtail.models import GroupPagePermission, Page, PagePermissionTester, PageQuerySet
from wagtail.permission_policies.pages import PagePermissionPolicy

from cms.accounts.roles import AnyUser, ensure_partner_editors, universities_of
from cms.models import University
from courses.models import CourseIndexPage, CoursePage

_COURSES_CACHE = "_courses_of_partner_editor"


def connect() -> None:
    """Let partner editors create below course lists that are made from now on."""
    post_save.connect(_open_list, sender=CourseIndexPage, dispatch_uid="partner editors")


def course_lists() -> QuerySet[Page]:
    """Hook `parents_for_partner_editors`: the lists of every language."""
    pages: QuerySet[Page] = Page.objects.type(CourseIndexPage)
    return pages


def looks_after(user: AnyUser, page: Page) -> bool:
    """Return whether `page` is a course that a university of this partner editor hosts."""
    if not universities_of(user) or page.pk is None:
        return False
    # The ids serve lists of pages; a course that this very request has made is not among them.
    return page.pk in _own_course_ids(user) or _own_courses(user).filter(pk=page.pk).exists()


def hosts_open_to(user: AnyUser, page: Page) -> list[University] | None:
    """Return the universities that `user` may name as host on or below `page`; None for all."""
    universities = universities_of(user)
    if not universities or ORDINARY.user_has_any_permission_for_instance(
        user, {"add", "change"}, page
    ):
        return None
    return universities


class OrdinaryPolicy(PagePermissionPolicy):
    """Wagtail's policy without what partner editors may do."""

    permission_cache_name = "_ordinary_page_permission_cache"

    def get_all_permissions_for_user(self, user: AnyUser) -> QuerySet[GroupPagePermission]:
        """Leave out the right to add that partner editors have below course lists."""
        given: QuerySet[GroupPagePermission] = super().get_all_permissions_for_user(user)
        return given.exclude(group__university__isnull=False, permission__codename="add_page")


class PolicyWithPartnerEditors(PagePermissionPolicy):
    """Wagtail's policy, and for partner editors their courses and the lists they add to."""

    def user_has_any_permission_for_instance(
        self, user: AnyUser, actions: Iterable[str], instance: Page
    ) -> bool:
        """Return whether `user` may do any of the actions to the page."""
        actions = set(actions)
        if not universities_of(user):
            return bool(super().user_has_any_permission_for_instance(user, actions, instance))
        return bool(
            ORDINARY.user_has_any_permission_for_instance(user, actions, instance)
            or ("change" in actions and looks_after(user, instance))
            or ("add" in actions and may_create_below(user, instance))
        )

    def instances_user_has_any_permission_for(
        self, user: AnyUser, actions: Iterable[str]
    ) -> PageQuerySet:
        """Return the pages to which `user` may do any of the actions."""
        actions = set(actions)
        pages = ORDINARY.instances_user_has_any_permission_for(user, actions)
        if universities_of(user) and "change" in actions:
            pages |= Page.objects.filter(pk__in=_own_courses(user).values("pk"))
        if universities_of(user) and "add" in actions:
            pages |= Page.objects.filter(pk__in=self._lists_of(user))
        return pages

    def explorable_instances(self, user: AnyUser) -> PageQuerySet:
        """Return the pages that `user` sees in the explorer, with the way down to them."""
        pages = ORDINARY.explorable_instances(user)
        lists = self._lists_of(user) if universities_of(user) else []
        if not lists:
            return pages
        root = self.explorable_root_instance(user)
        for page in Page.objects.filter(pk__in=lists):
            way = Page.objects.ancestor_of(page, inclusive=True)
            pages |= way.filter(path__startswith=root.path)
        return pages | Page.objects.filter(pk__in=_own_courses(user).values("pk"))

    def _lists_of(self, user: AnyUser) -> list[int]:
        return [
            given.page_id
            for given in self.get_cached_permissions_for_user(user)
            if given.permission.codename == "add_page" and _is_partner_editors(given, user)
        ]


def may_create_below(user: AnyUser, page: Page) -> bool:
    """Return whether `page` is a course list to which `user` adds as a partner editor."""
    return page.pk in POLICY._lists_of(user) if universities_of(user) else False


class CoursePermissionTester(PagePermissionTester):
    """What somebody may do to a course."""

    def __init__(self, user: AnyUser, page: Page) -> None:
        super().__init__(user, page)
        if user.is_active and not user.is_superuser and universities_of(user):
            self.permissions = _ordinary_permissions(user, page)
            if looks_after(user, page):
                self.permissions.add("change")

    def can_move(self) -> bool:
        """Return whether there is another list to which the course can go."""
        return bool(super().can_move() and (self.user.is_superuser or "add" in self.permissions))


class CourseListPermissionTester(PagePermissionTester):
    """What somebody may do to a list of courses."""

    def __init__(self, user: AnyUser, page: Page) -> None:
        super().__init__(user, page)
        if user.is_active and not user.is_superuser and universities_of(user):
            self.permissions = _ordinary_permissions(user, page)

    def can_add_subpage(self) -> bool:
        """Return whether a course can be created here."""
        return bool(
            super().can_add_subpage()
            or (may_create_below(self.user, self.page) and CoursePage.can_create_at(self.page))
        )


def _ordinary_permissions(user: AnyUser, page: Page) -> set[str]:
    return {
        given.permission.codename.rsplit("_", maxsplit=1)[0]
        for given in ORDINARY.get_cached_permissions_for_user(user)
        if page.path.startswith(given.page.path)
    }


def _is_partner_editors(given: GroupPagePermission, user: AnyUser) -> bool:
    return given.group_id in {university.partner_editors_id for university in universities_of(user)}


def _own_courses(user: AnyUser) -> QuerySet[Any]:
    courses: QuerySet[Any] = CoursePage.objects.filter(host__in=universities_of(user))
    return courses


def _own_course_ids(user: AnyUser) -> set[int]:
    ids: set[int] | None = getattr(user, _COURSES_CACHE, None)
    if ids is None:
        ids = set(_own_courses(user).values_list("pk", flat=True))
        setattr(user, _COURSES_CACHE, ids)
    return ids


def _open_list(created: bool, raw: bool = False, **kwargs: Any) -> None:
    if created and not raw:
        ensure_partner_editors()


ORDINARY = OrdinaryPolicy()
POLICY = PolicyWithPartnerEditors()
