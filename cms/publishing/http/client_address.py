"""Where a request comes from, as far as it can be believed."""

from collections.abc import Mapping
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any

from django.conf import settings
from django.http import HttpRequest

# Whoever has IPv6 has at least a /64 of it.
_IPV6_NETWORK_BITS = 64


def forwarded_address(environ: Mapping[str, Any], trusted_proxies: int) -> str:
    """Return the address that the outermost proxy of ours saw the request come from.

    Each of the `trusted_proxies` in front adds one address at the right end of X-Forwarded-For.
    What stands further left was sent by the client, who can write anything there.
    """
    sender: str = environ.get("REMOTE_ADDR", "")
    if not trusted_proxies:
        return sender
    forwarded = environ.get("HTTP_X_FORWARDED_FOR", "").split(",")
    hops = [*(part.strip() for part in forwarded if part.strip()), sender]
    return hops[max(0, len(hops) - 1 - trusted_proxies)]


def client_address(request: HttpRequest) -> str:
    """Return the address that the outermost of the TRUSTED_PROXIES saw the request come from."""
    return forwarded_address(request.META, settings.TRUSTED_PROXIES)


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


def shortened(address: str) -> str:
    """Return the network of an address, /24 or /48: enough to see an attack, too little for a name.

    An empty text for what is no address.
    """
    try:
        parsed = ip_address(address.strip("[]"))
    except ValueError:
        return ""
    mapped = getattr(parsed, "ipv4_mapped", None)
    parsed = mapped or parsed
    bits = 24 if isinstance(parsed, IPv4Address) else 48
    return str(ip_network((parsed, bits), strict=False))
