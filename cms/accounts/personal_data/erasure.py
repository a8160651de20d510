"""Takes from an account what tells whose it was.

The row of an erased account stays, with nothing in it that tells whose it was. So page history,
versions, comments, workflows and the audit log go on pointing at one and the same author.
"""

from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import UploadedFile
from wagtail.users.models import UserProfile

from cms.accounts.personal_data.export import PERSONAL, log_about
from cms.accounts.sessions import end_sessions, stored_sessions
from cms.models import User


class LastAdministratorError(Exception):
    """Without this account nobody could administer the site."""


@transaction.atomic
def erase(user: User) -> None:
    """Take from `user` what tells whose account it was, and every way in.

    Raises LastAdministratorError where no other superuser would be left.
    """
    others = User.objects.filter(is_superuser=True, is_active=True).exclude(pk=user.pk)
    if user.is_superuser and not others.exists():
        raise LastAdministratorError
    _delete_files(user)
    for table in PERSONAL.values():
        if table.model is not User:
            table.model._default_manager.filter(**{table.owner: user.pk}).delete()
    user.username = f"erased-{user.pk}"
    user.first_name = user.last_name = user.email = ""
    user.is_active = user.is_staff = user.is_superuser = False
    user.last_login = None
    user.set_unusable_password()
    user.save()
    end_sessions(user)
    for session in stored_sessions(user):
        session.row.delete()
    # The log names the account it is about in the words of the time, and what was changed.
    log_about(user).update(label=str(user), data={})
    log(user, "cms.account_erase")


def _delete_files(user: User) -> None:
    """Delete what rows only name: without this, the files would outlive them."""
    for profile in UserProfile.objects.filter(user=user):
        profile.avatar.delete(save=False)
    for upload in UploadedFile.objects.filter(uploaded_by_user=user):
        upload.file.delete(save=False)
