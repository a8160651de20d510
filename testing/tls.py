"""nginx with deploy/nginx.conf before a server, and the certificate that it shows."""

import os
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from http.client import HTTPConnection
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from testing.servers import (
    HOST,
    ROOT,
    Response,
    exchange,
    free_port,
    program,
    running,
    wait_until,
)

MAIN = """
{user}
worker_processes 2;
pid {directory}/pid;
events {{ worker_connections 512; }}
http {{
    access_log off;
    client_body_temp_path {directory}/body;
    proxy_temp_path {directory}/proxy;
    fastcgi_temp_path {directory}/other;
    uwsgi_temp_path {directory}/other;
    scgi_temp_path {directory}/other;
    include {directory}/site.conf;
}}
"""


def certificate(path: Path, *hosts: str) -> Path:
    """Write a key and a certificate for `hosts`, which nobody vouches for but itself."""
    key = generate_private_key(SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, hosts[0])])
    names = x509.SubjectAlternativeName([x509.DNSName(host) for host in hosts])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=365 * 10))
        .add_extension(names, critical=False)
        .sign(key, SHA256())
    )
    plain = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(plain + signed.public_bytes(Encoding.PEM))
    return path


@dataclass(frozen=True)
class Front:
    """Where nginx listens, and what a visitor trusts of it: the certificate in `pem`."""

    https_port: int
    http_port: int
    pem: Path

    @cached_property
    def tls(self) -> ssl.SSLContext:
        """What a visitor's browser trusts."""
        return ssl.create_default_context(cafile=str(self.pem))

    def connect(self) -> ssl.SSLSocket:
        """Return a connection to it, as a visitor's browser makes one."""
        plain = socket.create_connection(("127.0.0.1", self.https_port), timeout=20)
        return self.tls.wrap_socket(plain, server_hostname=HOST)

    def ask(self, path: str, method: str = "GET", body: str = "", **headers: str) -> Response:
        """Ask as a visitor does, by https."""
        connection = HTTPConnection("127.0.0.1", self.https_port)
        connection.sock = self.connect()
        return exchange(connection, path, method, body, headers)


@contextmanager
def nginx(port: int, directory: Path, *more_names: str) -> Iterator[Front]:
    """Put nginx with deploy/nginx.conf before the server on `port`.

    It shows its certificate for `more_names`, too: for programs that cannot ask for another name
    than that of the machine they connect to.
    """
    directory.mkdir(exist_ok=True)
    names = (HOST, *more_names)
    pem = certificate(directory / "site.pem", *names)
    front = Front(free_port(), free_port(), pem)
    site = (ROOT / "deploy" / "nginx.conf").read_text()
    for before, after in {
        "server 127.0.0.1:8080": f"server 127.0.0.1:{port}",
        "listen 443": f"listen 127.0.0.1:{front.https_port}",
        "listen 80": f"listen 127.0.0.1:{front.http_port}",
        "/etc/letsencrypt/live/atmp.example.se/fullchain.pem": str(pem),
        "/etc/letsencrypt/live/atmp.example.se/privkey.pem": str(pem),
        "atmp.example.se": " ".join(names),
    }.items():
        assert before in site, before
        site = site.replace(before, after)
    (directory / "site.conf").write_text(site)
    # What nginx's own user could not read: the test's directories are nobody else's.
    user = "user root;" if os.getuid() == 0 else ""
    (directory / "main.conf").write_text(MAIN.format(directory=directory, user=user))
    command = [program("nginx"), "-c", str(directory / "main.conf"), "-e", str(directory / "log")]
    said = subprocess.run([*command, "-t"], check=False, capture_output=True, text=True)  # noqa: S603
    assert said.returncode == 0, said.stderr
    with running([*command, "-g", "daemon off;"], dict(os.environ), directory / "output"):
        wait_until(lambda: _answers(front), f"nginx answers; see {directory / 'log'}")
        yield front


def _answers(front: Front) -> bool:
    try:
        return front.ask("/-/live").status == 200
    except OSError:
        return False
