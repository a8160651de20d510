"""How gunicorn serves the site: `gunicorn cms.wsgi`.

A reload without a lost request is `kill -HUP <pid of the master>`: new workers start, old ones
finish what they are doing. With `preload_app` it takes up no new code; for that, start the new
release beside the old one (docs/operations.md).
"""

import gc
import os
import sys
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any

from cms.settings.environment import EnvironmentIncomplete, finish, reader
from cms.settings.validators import is_at_least, is_port

env = reader()
port = env.int("PORT", 8000, validate=is_port)
bind = f"0.0.0.0:{port}"

# A page is Python most of the time, and one process uses one core of it: one process a core.
# Threads let a process answer others while one request waits for the database or a slow upload;
# beyond four they only wait for each other. Two cores: 2 and 4. Four cores: WEB_WORKERS=4.
worker_class = "gthread"
workers = env.int("WEB_WORKERS", 2, validate=is_at_least(1))
threads = env.int("WEB_THREADS", 4, validate=is_at_least(1))
# Far above the threads: a proxy keeps its connections open, and where they use up this number,
# its probe and new visitors wait for them to end. Only running requests take a thread.
worker_connections = 500
backlog = 512
# Longer than the pause between two requests of a proxy, so that it need not connect again.
keepalive = 5

# A worker that gives no sign of life for this long is replaced: far above the database's own
# statement timeout (15 s), which ends a slow request first and with a response.
timeout = 30
# Requests still running get this long to finish when the server is told to stop or to reload.
# Below the 30 s that container platforms wait before they kill.
graceful_timeout = 25

# Workers are renewed now and then, never all at once, so that no leak of a library grows for
# ever. A worker costs half a second to start, so not often. 0 switches it off, for measurements.
max_requests = env.int("WEB_MAX_REQUESTS", 20_000, validate=is_at_least(0))
max_requests_jitter = (max_requests or 0) // 10

try:
    finish(env)
except EnvironmentIncomplete as error:
    sys.exit(str(error))

# The heartbeat file must not wait for a slow disk, or a healthy worker is taken for hung.
SHARED_MEMORY = "/dev/shm"  # noqa: S108 # nosec B108
if Path(SHARED_MEMORY).is_dir():
    worker_tmp_dir = SHARED_MEMORY

# The settings and the application are read once and shared by all workers. Nothing connects to
# the database while loading, so no worker inherits a connection.
preload_app = True

# Nothing here steers a running server from outside, and a read-only home has no place for it.
control_socket_disable = True

# The limits of what a stranger may send before the application sees it.
limit_request_line = 4094
limit_request_fields = 60
limit_request_field_size = 8190

# To standard output and error, one line of JSON for each event; whoever runs the container keeps
# the logs. What a line about a request holds is in cms/operations/observability/gunicorn.py.
accesslog = "-"
errorlog = "-"
logger_class = "cms.operations.observability.gunicorn.JsonLogger"

# Each process writes its numbers into a file of its own, and whoever asks gets the sum. In memory,
# and new with each start. Before anything imports the library, which looks for it then.
if os.environ.get("METRICS_TOKEN") and "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = mkdtemp(
        prefix="metrics-", dir=SHARED_MEMORY if Path(SHARED_MEMORY).is_dir() else None
    )


def when_ready(server: Any) -> None:
    """Let the collector of garbage leave alone what all workers share, so that it stays shared."""
    gc.collect()
    gc.freeze()


def child_exit(server: Any, worker: Any) -> None:
    """Forget what a process that has ended was doing; what it has counted stays counted."""
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        # It reads the variable above as it is imported.
        from prometheus_client.multiprocess import mark_process_dead  # noqa: PLC0415

        mark_process_dead(worker.pid)


def on_exit(server: Any) -> None:
    """Leave no numbers behind in memory."""
    directory = os.environ.get("PROMETHEUS_MULTIPROC_DIR", "")
    if Path(directory).name.startswith("metrics-"):
        rmtree(directory, ignore_errors=True)
