"""What is stored about the owner of an account, all of it in one response.

`TABLES` names every table that points at accounts; tests/security/test_personal_data.py finds
those that it does not name. What takes it all away again is `cms.accounts.personal_data.erasure`.
"""

from typing import Any, NamedTuple

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db.models import Model, QuerySet
from wagtail.admin.models import EditingSession, FormState
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
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
    UploadedFile,
    WorkflowState,
)
from wagtail.users.models import UserProfile

from cms.accounts.sessions import stored_sessions
from cms.models import User


class Table(NamedTuple):
    """Rows of `model` whose field `owner` names the account, and which fields are handed out."""

    model: type[Model]
    owner: str
    fields: tuple[str, ...]


_ENTRY = ("action", "label", "data", "timestamp")

# What says who somebody is, how they sign in, and what they are doing just now.
PERSONAL: dict[str, Table] = {
    "account": Table(
        User,
        "pk",
        (
            *("username", "first_name", "last_name", "email", "is_active", "is_staff"),
            *("is_superuser", "date_joined", "last_login"),
        ),
    ),
    "groups": Table(User.groups.through, "user", ("group__name",)),
    "rights": Table(User.user_permissions.through, "user", ("permission__codename",)),
    "preferences": Table(
        UserProfile,
        "user",
        (
            *("preferred_language", "current_time_zone", "avatar", "theme", "contrast", "density"),
            *("keyboard_shortcuts", "dismissibles", "submitted_notifications"),
            *("approved_notifications", "rejected_notifications"),
            "updated_comments_notifications",
        ),
    ),
    # Of the keys and secrets themselves nothing but the name that their owner gave one.
    "second_factors": Table(
        Authenticator, "user", ("type", "data__name", "created_at", "last_used_at")
    ),
    "single_sign_on": Table(
        SocialAccount, "user", ("provider", "uid", "extra_data", "date_joined", "last_login")
    ),
    "email_addresses": Table(EmailAddress, "user", ("email", "verified", "primary")),
    "subscriptions": Table(PageSubscription, "user", ("page_id", "comment_notifications")),
    "keys_to_the_api": Table(
        APIToken, "user", ("name", "prefix", "created", "revoked_at", "last_used_at")
    ),
    "being_edited": Table(
        EditingSession, "user", ("content_type__model", "object_id", "last_seen_at", "is_editing")
    ),
    "not_saved": Table(
        FormState,
        "user",
        ("content_type__model", "object_id", "parent_object_id", "data", "last_updated_at"),
    ),
    "unfinished_uploads": Table(
        UploadedFile, "uploaded_by_user", ("for_content_type__model", "file")
    ),
}

# What somebody has made and done here.
WORK: dict[str, Table] = {
    "pages": Table(Page, "owner", ("pk", "title")),
    "locked_pages": Table(Page, "locked_by", ("pk", "title", "locked_at")),
    "images": Table(get_image_model(), "uploaded_by_user", ("pk", "title", "created_at")),
    "documents": Table(get_document_model(), "uploaded_by_user", ("pk", "title", "created_at")),
    "versions": Table(Revision, "user", ("object_id", "object_str", "created_at")),
    "comments": Table(Comment, "user", ("page_id", "text", "created_at")),
    "resolved_comments": Table(Comment, "resolved_by", ("page_id", "text", "resolved_at")),
    "replies": Table(CommentReply, "user", ("comment__page_id", "text", "created_at")),
    "workflows": Table(WorkflowState, "requested_by", ("object_id", "status", "created_at")),
    "approvals": Table(TaskState, "finished_by", ("status", "comment", "finished_at")),
    "page_log": Table(PageLogEntry, "user", ("page_id", *_ENTRY)),
    "log": Table(ModelLogEntry, "user", _ENTRY),
}

TABLES = PERSONAL | WORK


def export(user: User) -> dict[str, Any]:
    """Return everything that is stored about `user`, ready for JSON; no secrets among it."""
    return {
        **{section: _rows(table, user) for section, table in TABLES.items()},
        "sessions": [session.summary for session in stored_sessions(user)],
        "log_about_the_account": _values(log_about(user), *_ENTRY),
    }


def log_about(user: User) -> QuerySet[Any]:
    """Return the entries of the audit log that the account is the object of."""
    entries: QuerySet[Any] = ModelLogEntry.objects.filter(
        object_id=str(user.pk), content_type__app_label="cms", content_type__model="user"
    )
    return entries


def _rows(table: Table, user: User) -> list[dict[str, Any]]:
    return _values(table.model._default_manager.filter(**{table.owner: user.pk}), *table.fields)


def _values(rows: QuerySet[Any], *fields: str) -> list[dict[str, Any]]:
    return list(rows.order_by("pk").values(*fields))
