"""Production as it is, with one more address to compare with and a page cache to switch off."""

import os

from cms.settings.production import *

ROOT_URLCONF = "bench.site.urls"
# The editor of the benchmarks is a program, and has no device to show.
MFA_REQUIRED_GROUPS = []
if os.environ.get("BENCH_UNCACHED"):
    # Every request is rendered; the ETag is left alone, the readers of this server send none.
    CACHES["pages"] = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
