"""The rules of Mozilla's HTTP Observatory (MDN, scoring of 2025), and what each gives or takes.

Ten tests start from 100 points; 100 and more are an A+. Where an outcome is worse than anything
that this site may ever answer, the worst number of its test stands for all of them.
"""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from bs4 import BeautifulSoup

from tests.html import Response

START = 100
A_PLUS = 100
_BROAD = {"ftp:", "http:", "https:", "*", "http://*", "http://*.*", "https://*", "https://*.*"}
_INLINE = {"'unsafe-inline'", "data:"}
_PRIVATE = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
_SIX_MONTHS = 15_768_000


def modifiers(response: Response, over_http: Response, host: str) -> Mapping[str, int]:
    """Return what each test says of a page, asked for over https and over http."""
    headers = response.headers
    policy = _policy(headers.get("Content-Security-Policy", ""))
    return {
        "content-security-policy": _content_security_policy(policy),
        "cookies": _cookies(response),
        "cross-origin-resource-policy": {"same-origin": 10, "same-site": 10, "cross-origin": 0}.get(
            headers.get("Cross-Origin-Resource-Policy", "cross-origin"), -5
        ),
        "cross-origin-resource-sharing": -50
        if headers.get("Access-Control-Allow-Credentials") == "true"
        else 0,
        "redirection": _redirection(over_http, host),
        "referrer-policy": 5 if headers.get("Referrer-Policy") in _PRIVATE else -5,
        "strict-transport-security": _transport(headers.get("Strict-Transport-Security", "")),
        "subresource-integrity": _integrity(response, host),
        "x-content-type-options": 0 if headers.get("X-Content-Type-Options") == "nosniff" else -5,
        "x-frame-options": _framing(policy, headers.get("X-Frame-Options", "")),
    }


def _policy(written: str) -> dict[str, set[str]]:
    parts = [part.split() for part in written.split(";") if part.strip()]
    return {name: set(sources) for name, *sources in parts}


def _content_security_policy(policy: dict[str, set[str]]) -> int:
    if not policy:
        return -25
    default = policy.get("default-src", {"*"})
    scripts, styles, objects = (
        policy.get(f"{name}-src", default) for name in ("script", "style", "object")
    )
    if scripts & (_BROAD | _INLINE) or objects & _BROAD:
        return -20
    if any(source.startswith(("http:", "ftp:")) for rest in policy.values() for source in rest):
        return -20
    if "'unsafe-eval'" in scripts | styles:
        return -10
    if styles & (_BROAD | _INLINE):
        return 0
    closed = default == {"'none'"} and policy.get("form-action", {"*"}) <= {"'self'", "'none'"}
    return 10 if closed else 5


def _cookies(response: Response) -> int:
    """Return 5 for cookies in order, 0 without any."""
    sound = [
        cookie["secure"] and cookie["httponly"] and cookie["samesite"] in {"Lax", "Strict"}
        for cookie in response.cookies.values()
    ]
    return (5 if all(sound) else -40) if sound else 0


def _redirection(over_http: Response, host: str) -> int:
    target = urlsplit(over_http.headers.get("Location", ""))
    if target.scheme != "https":
        return -20
    return 0 if target.hostname == host else -5


def _transport(written: str) -> int:
    age = re.search(r"max-age=(\d+)", written)
    if not age:
        return -20
    return 0 if int(age[1]) >= _SIX_MONTHS else -10


def _integrity(response: Response, host: str) -> int:
    """Return 0 where all scripts are the site's own, which need no hash."""
    page = BeautifulSoup(response.content.decode(), "html.parser")
    targets = [urlsplit(str(script["src"])) for script in page.select("script[src]")]
    return 0 if all(target.netloc in {"", host} for target in targets) else -50


def _framing(policy: dict[str, set[str]], header: str) -> int:
    if "frame-ancestors" in policy:
        return 5
    return 0 if header in {"DENY", "SAMEORIGIN"} else -20
