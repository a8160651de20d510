"""Requests to the OpenID provider, and to nobody else."""

from typing import Any
from urllib.parse import urlsplit

import requests

_TIMEOUT_SECONDS = 5
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


class ForbiddenAddress(requests.RequestException):
    """An address that is not the provider's."""


class ProviderSession(requests.Session):
    """Asks the hosts it was given, over https; follows no redirect and reads no proxy settings.

    What the provider's discovery document names is checked as well: it is a response like any
    other, and could name an address inside our network.
    """

    def __init__(self, hosts: list[str], *, loopback: bool) -> None:
        super().__init__()
        self.hosts = hosts
        self.loopback = loopback
        self.trust_env = False

    def request(  # type: ignore[override]
        self, method: str, url: str, **kwargs: Any
    ) -> requests.Response:
        """Send a request; raise ForbiddenAddress where `url` is not the provider's."""
        parts = urlsplit(url)
        local = self.loopback and parts.scheme == "http" and parts.hostname in _LOOPBACK
        if parts.netloc not in self.hosts or (parts.scheme != "https" and not local):
            raise ForbiddenAddress(f"{url} is not an address of the OpenID provider.")
        kwargs |= {"timeout": _TIMEOUT_SECONDS, "allow_redirects": False}
        return super().request(method, url, **kwargs)
