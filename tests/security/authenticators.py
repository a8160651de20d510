"""An authenticator app (RFC 6238), written apart from the code it tests."""

import base64
import hmac
import time


def totp_code(secret: str) -> str:
    """Return the six digits that the app shows now."""
    counter = (int(time.time()) // 30).to_bytes(8, "big")
    digest = hmac.digest(base64.b32decode(secret), counter, "sha1")
    start = digest[-1] & 15
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"
