"""Counts the database queries of addresses: `python -m bench.queries /about/ /courses/`.

Prints as JSON, for each address, how many the response takes and how many a 304 takes. Whether
the response is rendered or kept is decided by the settings, as for the servers.
"""

import json
import sys
from collections.abc import Callable
from typing import Any

import django


def count(path: str) -> dict[str, int]:
    """Return the number of queries of each way to answer `path`."""
    from django.db import connection
    from django.test import Client

    from testing.servers import HOST

    client = Client(headers={"host": HOST, "x-forwarded-proto": "https"})
    counted: dict[str, int] = {}

    def ask(name: str, **headers: str) -> str:
        seen: list[str] = []

        def wrapper(
            execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
        ) -> Any:
            seen.append(sql)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(wrapper):
            response = client.get(path, headers=headers)
        assert response.status_code in (200, 304), f"{path}: {response.status_code}"
        counted[name] = len(seen)
        return response.headers.get("ETag", "")

    # What all pages share is there, as in any process that has answered something before.
    for warm_up in ("/", path):
        client.get(warm_up)
    etag = ask("answer")
    ask("304", **{"if-none-match": etag})
    return counted


if __name__ == "__main__":
    django.setup()
    print(json.dumps({path: count(path) for path in sys.argv[1:]}))  # noqa: T201
