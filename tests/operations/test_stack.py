"""nginx, Varnish and gunicorn, as deploy/ has them: what strangers send stays where it is."""

import json
import re
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from http.client import RemoteDisconnected
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from testing.servers import HOST, ROOT, ask, gunicorn, manage, wait_until
from testing.tls import Front, nginx
from testing.varnish import varnish

PATIENCE = 3.0
SPOOFED = "203.0.113.7"


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the site logs."""
    return tmp_path_factory.mktemp("stack") / "gunicorn.log"


@pytest.fixture(scope="module")
def front(site: dict[str, str], log: Path) -> Iterator[Front]:
    """The site behind everything that compose.yaml and docs/operations.md put before it."""
    environment = site | {"WEB_WORKERS": "1", "TRUSTED_PROXIES": "2"}
    with (
        gunicorn(environment, log) as (site_port, _pid),
        varnish([site_port], log.parent / "varnish") as (varnish_port, _varnish_pid),
        nginx(varnish_port, log.parent / "nginx") as front,
    ):
        yield front


def half_a_post(front: Front) -> socket.socket:
    """Return a connection on which a form was announced, and hardly begun."""
    connection = front.connect()
    head = f"POST /admin/login/ HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 1000\r\n\r\nusername"
    connection.sendall(head.encode())
    return connection


servers = pytest.mark.programs("nginx", "varnishd", "initdb", "createdb")


@servers
def test_forty_visitors_who_send_half_a_form_keep_nobody_waiting(front: Front) -> None:
    with ExitStack() as open_connections:
        for _visitor in range(40):
            open_connections.enter_context(half_a_post(front))
        for number in range(5):
            response = front.ask(f"/search/?q=nobody{number}")
            assert response.status == 200
            assert response.seconds < PATIENCE


@servers
@pytest.mark.parametrize(
    "headers",
    [
        {"X_Forwarded_Proto": "http"},
        {"X_Forwarded_Host": "evil.example"},
        {"X_Forwarded_Port": "1"},
        {"Forwarded": "for=1.2.3.4;host=evil.example;proto=http"},
    ],
    ids=lambda headers: next(iter(headers)),
)
@pytest.mark.parametrize("path", ["/api/v2/", "/about/?spoofed", "/admin/login/"])
def test_what_a_visitor_says_of_the_way_here_is_not_believed(
    front: Front, headers: dict[str, str], path: str
) -> None:
    response = front.ask(path, **headers)
    assert response.status == 200
    assert "evil.example" not in response.text
    assert "http://" + HOST not in response.text


@servers
def test_the_visitor_is_the_one_whom_nginx_sees(front: Front, log: Path) -> None:
    front.ask("/search/?q=address", X_Forwarded_For=SPOOFED, X_Real_IP=SPOOFED)
    wait_until(lambda: "/search/" in log.read_text(), "a line about it")
    lines = [json.loads(line) for line in log.read_text().splitlines() if line.startswith("{")]
    clients = {line["client"] for line in lines if line["event"] == "request"}
    assert clients == {"127.0.0.0/24"}


@servers
def test_no_other_host_is_answered(front: Front) -> None:
    with pytest.raises(RemoteDisconnected):
        front.ask("/", Host="evil.example")
    with pytest.raises(RemoteDisconnected):
        ask(front.http_port, "/", Host="evil.example")


@servers
def test_http_leads_to_https(front: Front) -> None:
    response = ask(front.http_port, "/about/?a=b", X_Forwarded_Proto="https")
    assert response.status == 301
    assert response.headers["location"] == f"https://{HOST}/about/?a=b"


@servers
def test_a_port_of_the_sites_own_stays_in_its_addresses(front: Front) -> None:
    assert f'"https://{HOST}:8443/api/v2/' in front.ask("/api/v2/", Host=f"{HOST}:8443").text
    assert f'"https://{HOST}/api/v2/' in front.ask("/api/v2/", Host=f"{HOST}:443").text


@servers
def test_as_much_may_be_sent_as_the_site_takes(front: Front) -> None:
    (limit,) = re.findall(r"client_max_body_size (\d+)m;", _file("deploy/nginx.conf"))
    assert int(limit) * 1024 * 1024 == settings.MAX_REQUEST_BYTES
    announced = {"Content_Length": str(settings.MAX_REQUEST_BYTES + 1)}
    assert front.ask("/admin/login/", "POST", **announced).status == 413


@servers
@pytest.mark.parametrize("path", ["/", "/static/cms/site.css", "/%%"])
def test_each_header_is_there_once_whoever_answers(front: Front, path: str) -> None:
    response = front.ask(path)
    assert response.headers["strict-transport-security"].startswith("max-age=31536000")
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers.get("server", "nginx") == "nginx"


def test_compose_opens_no_port_to_others_and_gives_nobody_anothers_secrets() -> None:
    services = yaml.safe_load(_file("compose.yaml"))["services"]
    ports = [port for service in services.values() for port in service.get("ports", ())]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)
    secrets = {name: service.get("env_file") for name, service in services.items()}
    assert secrets.pop("database") == ".env.database"
    assert set(secrets.values()) == {".env", None}
    assert "POSTGRES_PASSWORD" not in _file(".env.example")


@servers
def test_the_sites_role_in_the_database_is_no_superuser(site: dict[str, str]) -> None:
    code = "from django.db import connection as c; k = c.cursor(); k.execute('SELECT rolsuper, "
    code += "rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user'); "
    code += "print(k.fetchone())"
    assert manage(site, "shell", "--no-imports", "--command", code).strip() == str((False,) * 3)


def _file(name: str) -> str:
    return (ROOT / name).read_text()
