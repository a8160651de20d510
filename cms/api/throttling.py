"""How many responses an address may have made for it in a minute."""

import time
from typing import Any

from django.conf import settings
from django.core.cache import cache
from rest_framework.throttling import BaseThrottle

from cms.publishing.http.client_address import client_network

WINDOW_SECONDS = 60


class AddressThrottle(BaseThrottle):
    """Counts the responses made for an address, in the cache that all processes share.

    What PublicationMiddleware answers by itself, a 304 or a kept response, never gets here and is
    not counted. A cache that is away counts nothing.
    """

    def __init__(self) -> None:
        self.retry_after = WINDOW_SECONDS

    def allow_request(self, request: Any, view: Any) -> bool:
        """Return whether the address may have one more response in this minute."""
        now = int(time.time())
        window, elapsed = divmod(now, WINDOW_SECONDS)
        self.retry_after = WINDOW_SECONDS - elapsed
        key = f"api-requests:{client_network(request)}:{window}"
        try:
            cache.add(key, 0, timeout=2 * WINDOW_SECONDS)
            count = cache.incr(key)
        except ValueError:
            return True
        return count <= settings.API_REQUESTS_PER_MINUTE

    def wait(self) -> float:
        """Return the seconds until the next minute begins."""
        return self.retry_after
