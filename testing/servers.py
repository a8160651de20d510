"""Real servers on loopback, for what only they can show: each starts, answers and is stopped."""

import http.client
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HOST = "atmp.example.org"
START_SECONDS = 30


def find_program(name: str) -> str | None:
    """Return the path of a program. Debian keeps PostgreSQL's own out of everybody's way."""
    debian = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    elsewhere = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"
    return shutil.which(name, path=elsewhere) or (str(debian[-1]) if debian else None)


def program(name: str) -> str:
    """Return the path of a program that has to be there."""
    path = find_program(name)
    assert path, f"{name} is missing. Debian has it; .ci/run installs it."
    return path


def free_port() -> int:
    """Return a port of loopback that nobody listens on."""
    with socket.socket() as candidate:
        candidate.bind(("127.0.0.1", 0))
        port: int = candidate.getsockname()[1]
        return port


def wait_until(holds: Callable[[], bool], what: str, seconds: float = START_SECONDS) -> float:
    """Wait until `holds()`; return how many seconds that took."""
    started = time.perf_counter()
    while not holds():
        assert time.perf_counter() - started < seconds, f"Not within {seconds} s: {what}"
        time.sleep(0.05)
    return time.perf_counter() - started


@dataclass(frozen=True)
class Response:
    """What a server said, and how long it took."""

    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()


def ask(port: int, path: str, method: str = "GET", body: str = "", **headers: str) -> Response:
    """Ask a server on loopback, as the proxy before it would. `If_None_Match="…"` is a header."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    return exchange(connection, path, method, body, headers)


def exchange(
    connection: http.client.HTTPConnection,
    path: str,
    method: str,
    body: str,
    headers: dict[str, str],
) -> Response:
    """Send one request over a connection, close it, and return the response."""
    sent = {"Host": HOST, "X-Forwarded-Proto": "https"}
    sent |= {name.replace("_", "-"): value for name, value in headers.items()}
    started = time.perf_counter()
    try:
        connection.request(method, path, body or None, headers=sent)
        response = connection.getresponse()
        received = response.read()
    finally:
        connection.close()
    named = {name.lower(): value for name, value in response.getheaders()}
    return Response(response.status, named, received, time.perf_counter() - started)


def responses(port: int, path: str = "/-/live") -> bool:
    """Return whether a server on `port` answers 200 at `path`."""
    try:
        return ask(port, path).status == 200
    except (OSError, http.client.HTTPException):
        return False


@dataclass
class PostgreSQL:
    """A database server of its own, in a directory of its own."""

    port: int = field(default_factory=free_port)
    directory: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="atmp-pg-")))
    _has_role: bool = False

    def __post_init__(self) -> None:
        if os.getuid() == 0:
            shutil.chown(self.directory, "postgres")
        self._run("initdb", "--no-sync", "--username=postgres", "--auth=trust", "--encoding=UTF8")

    def start(self, *settings: str) -> None:
        """Start it, with `settings` such as `work_mem=1MB`; wait until it takes connections."""
        settings = (*settings, "listen_addresses=127.0.0.1", "fsync=off")
        options = f"-p {self.port} -k {self.directory} " + " ".join(f"-c {it}" for it in settings)
        log = str(self.directory / "log")
        self._run("pg_ctl", "start", "--wait", "--silent", "-o", options, "--log", log)
        if not self._has_role:
            self._has_role = True
            server = {"PGHOST": "127.0.0.1", "PGPORT": str(self.port), "SITE_PASSWORD": "hush"}
            make = ["sh", str(ROOT / "deploy" / "database.sh")]
            subprocess.run(make, check=True, env={"PATH": os.environ["PATH"], **server})  # noqa: S603

    def stop(self) -> None:
        """Stop it at once, as a crash does."""
        self._run("pg_ctl", "stop", "--wait", "--silent", "--mode=immediate")

    def restart(self, *settings: str) -> None:
        """Start it anew, with `settings`, whether it runs or not."""
        self._stop_where_it_runs()
        self.start(*settings)

    def remove(self) -> None:
        """Stop it where it runs, and delete its directory."""
        self._stop_where_it_runs()
        shutil.rmtree(self.directory)

    def _stop_where_it_runs(self) -> None:
        if (self.directory / "postmaster.pid").exists():
            self.stop()

    def new_database(self, name: str, template: str = "template0") -> str:
        """Create a database of the site's role, as a copy of one that nobody is connected to.

        Return its address.
        """
        createdb = [program("createdb"), "--host=127.0.0.1", f"--port={self.port}"]
        createdb += ["--username=postgres", "--owner=atmp", f"--template={template}", name]
        subprocess.run(createdb, check=True)  # noqa: S603
        return self.address(name)

    def address(self, name: str) -> str:
        """Return the address of a database for the site's role."""
        return f"postgres://atmp@127.0.0.1:{self.port}/{name}"

    def _run(self, name: str, *arguments: str) -> None:
        # PostgreSQL refuses to run as root.
        user = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        command = [*user, program(name), f"--pgdata={self.directory}", *arguments]
        quiet = {"stdout": subprocess.DEVNULL, "stdin": subprocess.DEVNULL}
        subprocess.run(command, check=True, cwd="/", **quiet)  # type: ignore[call-overload]  # noqa: S603


def production(database_url: str, directory: Path, **more: str) -> dict[str, str]:
    """Return the environment of a production server that writes into `directory` only."""
    return {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "cms.settings.production",
        "SECRET_KEY": "0123456789-tests-only-0123456789-tests-only-0123456789",
        "ALLOWED_HOSTS": HOST,
        "CSRF_TRUSTED_ORIGINS": f"https://{HOST}",
        "WAGTAILADMIN_BASE_URL": f"https://{HOST}",
        "TRUST_X_FORWARDED_PROTO": "true",
        "DATABASE_URL": database_url,
        "CACHE_URL": f"file://{directory / 'cache'}",
        "MEDIA_ROOT": str(directory / "media"),
        "STATIC_ROOT": str(directory / "static"),
        **more,
    }


def manage(environment: dict[str, str], *arguments: str, stdin: str = "") -> str:
    """Run a management command; return what it printed."""
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(  # noqa: S603
        command, cwd=ROOT, env=environment, input=stdin, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{' '.join(arguments)} failed:\n{done.stdout}\n{done.stderr}"
    return done.stdout


@contextmanager
def running(command: list[str], environment: dict[str, str], log: Path) -> Iterator[int]:
    """Run a server as long as the block lasts, with its output in `log`; yield its process id."""
    with log.open("ab") as output:
        process = subprocess.Popen(  # noqa: S603
            command, cwd=ROOT, env=environment, stdout=output, stderr=output
        )
        try:
            yield process.pid
        finally:
            process.terminate()
            try:
                process.wait(timeout=35)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextmanager
def gunicorn(
    environment: dict[str, str], log: Path, application: str = "cms.wsgi"
) -> Iterator[tuple[int, int]]:
    """Serve the site as production does; yield the port and the process id of the server."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", application]
    with running(command, environment, log) as pid:
        wait_until(lambda: responses(port), f"gunicorn answers; see {log}")
        yield port, pid
