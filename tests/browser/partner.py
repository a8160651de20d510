"""A partner's web server, which shows what it takes from the site."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class PartnerSite(ThreadingHTTPServer):
    """Another origin, with one page and a strict policy. On loopback, as the site itself is."""

    page, policy = b"", ""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _PartnerRequest)

    @property
    def url(self) -> str:
        """The address of its page."""
        return f"http://127.0.0.1:{self.server_port}/"


class _PartnerRequest(BaseHTTPRequestHandler):
    server: PartnerSite

    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/" else 204)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Security-Policy", self.server.policy)
        self.end_headers()
        if self.path == "/":
            self.wfile.write(self.server.page)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 The base class's.
        """Say nothing."""


@contextmanager
def serving_partner() -> Iterator[PartnerSite]:
    """Serve a partner's page from a thread."""
    with PartnerSite() as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()
