"""The servers that are measured, each with nothing but loopback and a directory of its own."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.site.data import Course
from testing.servers import (
    ROOT,
    PostgreSQL,
    ask,
    free_port,
    gunicorn,
    production,
    program,
    responses,
    running,
    wait_until,
)
from testing.varnish import varnish

NGINX = """
worker_processes 2;
pid {directory}/nginx.pid;
error_log {directory}/nginx.log warn;
events {{ worker_connections 256; }}
http {{
  access_log off;
  sendfile on;
  keepalive_requests 1000000;
  client_body_temp_path {directory}/tmp; proxy_temp_path {directory}/tmp;
  fastcgi_temp_path {directory}/tmp; uwsgi_temp_path {directory}/tmp;
  scgi_temp_path {directory}/tmp;
  server {{ listen 127.0.0.1:{port}; root {directory}/files; default_type text/html; }}
}}
"""


@dataclass(frozen=True)
class Bench:
    """Where everything answers, and the processes that do the work."""

    directory: Path
    environment: dict[str, str]
    database: PostgreSQL
    port: int
    uncached_port: int
    varnish_port: int
    nginx_port: int
    pids: list[int]
    uncached_pids: list[int]
    varnish_pid: int
    nginx_pid: int
    site_pid: int
    course: Course
    workers: int

    def fill(self, courses: int) -> Course:
        """Bring the number of courses up to `courses`; return one to measure."""
        return Course.from_json(run(self.environment, "bench.site.data", str(courses)))

    def queries(self, pages: dict[str, str]) -> dict[str, dict[str, int]]:
        """Return by name how many queries each of `pages` takes: cold, cached and 304."""
        paths = pages.values()
        kept = json.loads(run(self.environment, "bench.queries", *paths))
        uncached = self.environment | {"BENCH_UNCACHED": "1"}
        cold = json.loads(run(uncached, "bench.queries", *paths))
        return {
            name: {
                "cold": cold[path]["answer"],
                "cached": kept[path]["answer"],
                "304": kept[path]["304"],
            }
            for name, path in pages.items()
        }

    def put_static(self, name: str, path: str) -> str:
        """Give nginx the bytes that the site answers at `path`; return their path there."""
        body = ask(self.port, path, Accept_Encoding="gzip").body
        (self.directory / "nginx" / "files" / name).write_bytes(body)
        return f"/{name}"


def run(environment: dict[str, str], *module: str) -> str:
    """Run a module with its arguments, in this environment only; return what it printed."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", *module],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout


def prepare(environment: dict[str, str], courses: int, *, admin: bool = False) -> Course:
    """Fill an empty database with the school's content and courses; return one to measure.

    The admin's pages can be asked for with `admin` only.
    """
    quiet = environment | {"LOG_LEVEL": "WARNING"}
    more = ["--admin"] if admin else []
    return Course.from_json(run(quiet, "bench.site.prepare", str(courses), *more))


@contextmanager
def servers(directory: Path, workers: int, courses: int, *, admin: bool = False) -> Iterator[Bench]:
    """Start PostgreSQL, Redis, gunicorn twice (with and without page cache), Varnish and nginx.

    Each gunicorn has `workers` processes; the site has `courses` courses.
    """
    database = PostgreSQL()
    with ExitStack() as stack:
        stack.callback(database.remove)
        database.start()
        redis_port = free_port()
        redis = [program("redis-server"), "--port", str(redis_port), "--bind", "127.0.0.1"]
        redis += ["--save", "", "--maxmemory", "256mb", "--maxmemory-policy", "allkeys-lru"]
        redis_pid = stack.enter_context(running(redis, {}, directory / "redis.log"))
        environment = production(
            database.new_database("bench"),
            directory,
            DJANGO_SETTINGS_MODULE="bench.site.settings",
            CACHE_URL=f"redis://127.0.0.1:{redis_port}/0",
            WEB_WORKERS=str(workers),
            WEB_MAX_REQUESTS="0",
            API_REQUESTS_PER_MINUTE="1000000000",
            PYTHONPATH=str(ROOT),
        )
        course = prepare(environment, courses, admin=admin)
        log = directory / "gunicorn.log"
        port, pid = stack.enter_context(gunicorn(environment, log))
        uncached = environment | {"BENCH_UNCACHED": "1"}
        uncached_port, uncached_pid = stack.enter_context(gunicorn(uncached, log))
        nginx_port, nginx_pid = stack.enter_context(_nginx(directory / "nginx"))
        varnish_port, varnish_pid = stack.enter_context(varnish([port], directory / "varnish"))
        database_pid = int((database.directory / "postmaster.pid").read_text().split()[0])
        shared = [database_pid, redis_pid]
        yield Bench(
            directory=directory,
            environment=environment,
            database=database,
            port=port,
            uncached_port=uncached_port,
            varnish_port=varnish_port,
            nginx_port=nginx_port,
            pids=[pid, *shared],
            uncached_pids=[uncached_pid, *shared],
            varnish_pid=varnish_pid,
            nginx_pid=nginx_pid,
            site_pid=pid,
            course=course,
            workers=workers,
        )


@contextmanager
def _nginx(directory: Path) -> Iterator[tuple[int, int]]:
    port = free_port()
    (directory / "files").mkdir(parents=True)
    # Its workers are another user's.
    for path in (directory.parent, directory, directory / "files"):
        path.chmod(0o755)
    (directory / "files" / "ready").write_text("ready")
    configuration = directory / "nginx.conf"
    configuration.write_text(NGINX.format(directory=directory, port=port))
    command = [program("nginx"), "-c", str(configuration), "-g", "daemon off;"]
    with running(command, {}, directory / "log") as pid:
        wait_until(lambda: responses(port, "/ready"), "nginx answers")
        yield port, pid
