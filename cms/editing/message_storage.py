"""Where a notice waits until the next page shows it: in a cookie whose name a setting says."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class NoticeCookieStorage(CookieStorage):
    """Django's, which has no setting for the name of its cookie."""

    cookie_name = settings.MESSAGES_COOKIE_NAME


class NoticeStorage(FallbackStorage):
    """Django's own choice: the cookie, and the session for what is too long for it."""

    storage_classes = (NoticeCookieStorage, SessionStorage)
