"""How gunicorn serves the site: `gunicorn cms.wsgi`."""

import os
from pathlib import Path

bind = f"0.0.0.0:{os.environ.get('PORT', '8000')}"

# Threads suit pages that wait for a database; two processes keep two cores busy.
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
# Idle kept-alive connections beyond the threads; the rest wait in the socket's queue.
worker_connections = threads * 2
keepalive = 5

# Requests still running get this long to finish when the server is told to stop.
timeout = 30
graceful_timeout = 25

# Workers are renewed now and then, not all at once, so that no leak grows for ever.
max_requests = 2000
max_requests_jitter = 200

# The heartbeat file must not wait for a slow disk, or a healthy worker is taken for hung.
SHARED_MEMORY = "/dev/shm"  # noqa: S108
if Path(SHARED_MEMORY).is_dir():
    worker_tmp_dir = SHARED_MEMORY

# The settings and the application are read once and shared by all workers.
preload_app = True

# Nothing here steers a running server from outside, and a read-only home has no place for it.
control_socket_disable = True

# To standard output and error; whoever runs the container keeps the logs.
accesslog = "-"
errorlog = "-"
access_log_format = '%({x-forwarded-for}i)s %(h)s "%(r)s" %(s)s %(b)s %(M)sms "%(a)s"'
