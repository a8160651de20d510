"""How many answers an address may have made for it in a minute."""

import time
from ipaddress import IPv6Address, ip_address
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from rest_framework.throttling import BaseThrottle

from cms.operations import clients

WINDOW_SECONDS = 60
# Whoever has IPv6 has at least a /64 of it.
_IPV6_NETWORK_BITS = 64


class AddressThrottle(BaseThrottle):
    """Counts the answers made for an address, in the cache that all processes share.

    What PublicationMiddleware answers by itself, a 304 or a kept answer, never gets here and is
    not counted. A cache that is away counts nothing.
    """

    def __init__(self) -> None:
        self.retry_after = WINDOW_SECONDS

    def allow_request(self, request: Any, view: Any) -> bool:
        """Return whether the address may have one more answer in this minute."""
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


def client_address(request: HttpRequest) -> str:
    """Return the address that the outermost of the TRUSTED_PROXIES saw the request come from."""
    return clients.client_address(request.META, settings.TRUSTED_PROXIES)


def client_network(request: HttpRequest) -> str:
    """Return whom a request counts for: an IPv4 address, or an IPv6 network."""
    address = client_address(request)
    try:
        parsed = ip_address(address.strip("[]"))
    except ValueError:
        # A socket file has no address, and a proxy may add a port.
        return address.partition(":")[0][:45]
    if isinstance(parsed, IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return f"{int(parsed) >> (128 - _IPV6_NETWORK_BITS):x}"
    return str(parsed)
