"""An authenticator app (RFC 6238) and a passkey, written apart from the code they test."""

import base64
import hashlib
import hmac
import json
import os
import time
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from fido2 import cbor


def totp_code(secret: str) -> str:
    """Return the six digits that the app shows now."""
    counter = (int(time.time()) // 30).to_bytes(8, "big")
    digest = hmac.digest(base64.b32decode(secret), counter, "sha1")
    start = digest[-1] & 15
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


class Passkey:
    """A passkey as a browser keeps it (WebAuthn level 2): makes itself known, and signs."""

    def __init__(self, origin: str = "https://testserver") -> None:
        self.origin = origin
        self.key = generate_private_key(SECP256R1())
        self.id = os.urandom(16)
        self.owner = ""

    def created(self, options: dict[str, Any]) -> str:
        """Return what the browser sends to the page that adds it."""
        public = options["publicKey"]
        self.owner = public["user"]["id"]
        numbers = self.key.public_key().public_numbers()
        x, y = (number.to_bytes(32, "big") for number in (numbers.x, numbers.y))
        cose = cbor.encode({1: 2, 3: -7, -1: 1, -2: x, -3: y})
        attested = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + cose
        data = self._data(public["rp"]["id"], attested)
        attestation = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
        client = self._client("webauthn.create", public["challenge"])
        return self._sent(clientDataJSON=client, attestationObject=attestation)

    def signed(self, options: dict[str, Any]) -> str:
        """Return what the browser sends to sign in with it."""
        public = options["publicKey"]
        client = self._client("webauthn.get", public["challenge"])
        data = self._data(public["rpId"])
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ECDSA(SHA256()))
        return self._sent(
            clientDataJSON=client,
            authenticatorData=data,
            signature=signature,
            userHandle=base64.urlsafe_b64decode(self.owner + "=="),
        )

    def _client(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _data(self, host: str, attested: bytes = b"") -> bytes:
        # Somebody was there, and it was the owner.
        flags = 0b0000_0101 | (0b0100_0000 if attested else 0)
        return hashlib.sha256(host.encode()).digest() + bytes([flags]) + bytes(4) + attested

    def _sent(self, **response: bytes) -> str:
        name = _base64(self.id)
        return json.dumps(
            {
                "id": name,
                "rawId": name,
                "type": "public-key",
                "clientExtensionResults": {"credProps": {"rk": True}},
                "response": {part: _base64(value) for part, value in response.items()},
            }
        )


def _base64(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).decode().rstrip("=")
