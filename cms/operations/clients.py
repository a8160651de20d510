"""Where a request comes from, as far as it can be believed."""

from collections.abc import Mapping
from ipaddress import IPv4Address, ip_address, ip_network
from typing import Any


def client_address(environ: Mapping[str, Any], trusted_proxies: int) -> str:
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
