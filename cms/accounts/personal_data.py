"""What is stored about the owner of an account: all of it in one answer, and its erasure.

The row of an erased account stays, with nothing in it that tells whose it was. So page history,
versions, comments, workflows and the audit log go on pointing at one and the same author.
"""

from collections.abc import Iterable
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.db.models import Model, QuerySet
from wagtail.admin.models import EditingSession, FormState
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.log_actions import log
from wagtail.models import (
    APIToken,
    Comment,
    CommentReply,
    ModelLogEntry,
    Page,
    PageLogEntry,
    PageSubscription,
    Revision,
    TaskState,
    WorkflowState,
)
from wagtail.users.models import UserProfile

from cms.accounts.sessions import end_sessions
from cms.models import User


class LastAdministratorError(Exception):
    """Without this account nobody could administer the site."""


def export(user: User) -> dict[str, Any]:
    """Return everything that is stored about `user`, ready for JSON; no secrets among it."""
    return {
        "account": _values(
            User.objects.filter(pk=user.pk),
            *("username", "first_name", "last_name", "email", "is_active", "is_superuser"),
            *("date_joined", "last_login"),
        )[0],
        "groups": list(user.groups.values_list("name", flat=True).order_by("name")),
        "preferences": _values(
            UserProfile.objects.filter(user=user),
            *("preferred_language", "current_time_zone", "avatar", "theme", "contrast", "density"),
            *("submitted_notifications", "approved_notifications", "rejected_notifications"),
        ),
        "second_factors": _values(
            Authenticator.objects.filter(user=user), "type", "created_at", "last_used_at"
        ),
        "single_sign_on": _values(
            SocialAccount.objects.filter(user=user),
            *("provider", "uid", "extra_data", "date_joined", "last_login"),
        ),
        "email_addresses": _values(EmailAddress.objects.filter(user=user), "email", "verified"),
        "subscriptions": _values(
            PageSubscription.objects.filter(user=user), "page_id", "comment_notifications"
        ),
        **_work(user),
    }


def _work(user: User) -> dict[str, Any]:
    """Return what `user` has made and done."""
    own_log = ModelLogEntry.objects.filter(object_id=str(user.pk)).filter(
        content_type__app_label="cms", content_type__model="user"
    )
    entry = ("action", "label", "data", "timestamp")
    return {
        "pages": _values(Page.objects.filter(owner=user), "pk", "title"),
        "images": _values(get_image_model().objects.filter(uploaded_by_user=user), "pk", "title"),
        "documents": _values(
            get_document_model().objects.filter(uploaded_by_user=user), "pk", "title"
        ),
        "versions": _values(
            Revision.objects.filter(user=user), "object_id", "object_str", "created_at"
        ),
        "comments": _values(Comment.objects.filter(user=user), "page_id", "text", "created_at"),
        "replies": _values(
            CommentReply.objects.filter(user=user), "comment__page_id", "text", "created_at"
        ),
        "workflows": _values(
            WorkflowState.objects.filter(requested_by=user), "object_id", "status", "created_at"
        ),
        "approvals": _values(
            TaskState.objects.filter(finished_by=user), "status", "comment", "finished_at"
        ),
        "page_log": _values(PageLogEntry.objects.filter(user=user), "page_id", *entry),
        "log": _values(ModelLogEntry.objects.filter(user=user), *entry),
        "log_about_the_account": _values(own_log, *entry),
    }


def _values(rows: QuerySet[Any], *fields: str) -> list[dict[str, Any]]:
    return list(rows.order_by("pk").values(*fields))


@transaction.atomic
def erase(user: User) -> None:
    """Take from `user` what tells whose account it was, and every way in.

    Raises LastAdministratorError where no other superuser would be left.
    """
    others = User.objects.filter(is_superuser=True, is_active=True).exclude(pk=user.pk)
    if user.is_superuser and not others.exists():
        raise LastAdministratorError
    for rows in _private_rows(user):
        rows.delete()
    # By itself first: the picture goes with the profile, its file does not.
    for profile in UserProfile.objects.filter(user=user):
        profile.avatar.delete(save=False)
        profile.delete()
    user.groups.clear()
    user.user_permissions.clear()
    user.username = f"erased-{user.pk}"
    user.first_name = user.last_name = user.email = ""
    user.is_active = user.is_staff = user.is_superuser = False
    user.last_login = None
    user.set_unusable_password()
    user.save()
    end_sessions(user)
    _rename_in_log(user)
    log(user, "cms.account_erase")


def _private_rows(user: User) -> Iterable[QuerySet[Any]]:
    models: tuple[type[Model], ...] = (
        Authenticator,
        SocialAccount,
        EmailAddress,
        PageSubscription,
        APIToken,
        # What was typed and not saved, and where.
        FormState,
        EditingSession,
    )
    return [model._default_manager.filter(user=user) for model in models]


def _rename_in_log(user: User) -> None:
    """The log names the account it is about, in the words of the time, and what was changed."""
    ModelLogEntry.objects.filter(
        object_id=str(user.pk), content_type__app_label="cms", content_type__model="user"
    ).update(label=str(user), data={})
