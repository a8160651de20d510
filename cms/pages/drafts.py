"""Who may know what of pages that not everyone may read: the one definition the admin goes by.

Everybody knows what is public. Whoever works on a page, or is to judge it, reads its drafts too. Of
the pages that lead to theirs in the tree, and of the lists below which they create, people know
the names, published or not; of all others nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from wagtail.models import GroupApprovalTask, Page, PageQuerySet, WorkflowState
from wagtail.permissions import policy_registry

from cms.models import User
from cms.publishing.visibility import is_public, public_pages
from cms.upstream.admin.titles import named_by

type Reader = User | AnonymousUser

# To create is not among them: what stands below a list is others' work.
_WORK = frozenset({"change", "publish", "lock", "unlock", "bulk_delete"})
_CACHE_NAME = "_pages_to_judge"


def readable_drafts(user: Reader) -> PageQuerySet:
    """Return the pages whose drafts `user` may read."""
    worked_on = policy_registry.get_by_type(Page).instances_user_has_any_permission_for(user, _WORK)
    return Page.objects.filter(Q(pk__in=worked_on.values("pk")) | Q(pk__in=_judged_by(user)))


def may_read_draft(user: Reader, page: Page) -> bool:
    """Return whether `user` may read the drafts of `page`: `readable_drafts` for one page."""
    policy = policy_registry.get_by_type(Page)
    return (
        page.pk is None
        or policy.user_has_any_permission_for_instance(user, _WORK, page)
        or page.pk in _judged_by(user)
    )


def known_pages(user: Reader) -> PageQuerySet:
    """Return the pages of which `user` may know that they are there, and what they are called."""
    on_the_way = policy_registry.get_by_type(Page).explorable_instances(user)
    return Page.objects.filter(
        Q(pk__in=public_pages().values("pk"))
        | Q(pk__in=on_the_way.values("pk"))
        | Q(pk__in=_judged_by(user))
    )


def is_known(user: Reader, page: Page) -> bool:
    """Return whether `user` may know of `page`: `known_pages` for one page."""
    return page.is_root() or is_public(page) or known_pages(user).filter(pk=page.pk).exists()


def title_for(user: Reader, page: Page, title: str) -> str | None:
    """Return `title`, perhaps a draft's, or by what `user` may know `page`; None for nothing."""
    # First what costs most people no query.
    if may_read_draft(user, page):
        return title
    return page.title if is_known(user, page) else None


@contextmanager
def titles_for(user: Reader) -> Iterator[None]:
    """Have the admin name pages as `user` may know them; each is asked about once."""
    found: dict[tuple[int | None, str], str | None] = {}

    def naming(page: Page, title: str) -> str | None:
        key = (page.pk, title)
        if key not in found:
            found[key] = title_for(user, page, title)
        return found[key]

    with named_by(naming):
        yield


def _judged_by(user: Reader) -> list[int]:
    """Return the keys of the pages that wait for the decision of `user`, asked for once."""
    if not user.is_authenticated:
        return []
    found: list[int] | None = getattr(user, _CACHE_NAME, None)
    if found is None:
        tasks = GroupApprovalTask.objects.filter(groups__user=user.pk)
        states = WorkflowState.objects.filter(
            status=WorkflowState.STATUS_IN_PROGRESS, current_task_state__task__in=tasks.values("pk")
        )
        of_pages = states.filter(
            base_content_type__app_label="wagtailcore", base_content_type__model="page"
        )
        found = [int(key) for key in of_pages.values_list("object_id", flat=True)]
        setattr(user, _CACHE_NAME, found)
    return found
