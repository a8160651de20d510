"""What production says of the way to it, and of its own way to others."""

import json
import ssl
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
import requests

from cms.accounts.sso.requests import ProviderSession
from testing.tls import certificate
from tests.security.test_login_environment import production

SHOWN = (
    *("SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS"),
    *("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME"),
    *("KNOWN_DEVICE_COOKIE_NAME", "MESSAGES_COOKIE_NAME", "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN"),
)
SHOW = (
    "import json, cms.settings.production as s;"
    f"print(json.dumps([[getattr(s, name, None) for name in {SHOWN}],"
    " s.DATABASE['OPTIONS'].get('sslmode'), s.MAILERS['server']['OPTIONS']['use_tls']]))"
)


def test_production_is_reached_by_https_alone_and_its_cookies_stay_there() -> None:
    shown, _sslmode, _tls = json.loads(production(SHOW).stdout)
    assert dict(zip(SHOWN, shown, strict=True)) == {
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 365 * 24 * 60 * 60,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SESSION_COOKIE_NAME": "__Host-sessionid",
        "CSRF_COOKIE_NAME": "__Host-csrftoken",
        "KNOWN_DEVICE_COOKIE_NAME": "__Host-known_device",
        "MESSAGES_COOKIE_NAME": "__Host-messages",
        # allauth's own is no.
        "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": None,
    }


def test_the_operator_can_have_database_and_mail_server_encrypted() -> None:
    database = "postgres://nobody:secret@db.example.org/none?sslmode=verify-full"
    result = production(SHOW, DATABASE_URL=database, EMAIL_USE_TLS="true")
    _shown, sslmode, tls = json.loads(result.stdout)
    assert sslmode == "verify-full"
    assert tls is True


@pytest.fixture
def impostor(tmp_path: Path) -> Iterator[tuple[int, Path]]:
    """A server by https with a certificate of its own, which answers everything."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    pem = certificate(tmp_path / "impostor.pem", "localhost")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    with ThreadingHTTPServer(("localhost", 0), Handler) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server.server_port, pem
        finally:
            server.shutdown()


def test_a_provider_whose_certificate_nobody_vouches_for_is_not_asked(
    impostor: tuple[int, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    port, pem = impostor
    host = f"localhost:{port}"
    # The environment can neither switch the check off nor vouch for the impostor.
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.setenv(name, str(pem))
    with ProviderSession([host], loopback=True) as session:
        with pytest.raises(requests.exceptions.SSLError):
            session.get(f"https://{host}/")
        assert session.get(f"https://{host}/", verify=str(pem)).status_code == 200
