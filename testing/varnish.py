"""Varnish with deploy/varnish.vcl before one web machine or several."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from testing.servers import ROOT, free_port, program, responses, running, wait_until

_BACKEND = re.compile(r"^backend site \{.*?^\}\n", re.DOTALL | re.MULTILINE)


@contextmanager
def varnish(
    site_ports: list[int], directory: Path, **replacements: str
) -> Iterator[tuple[int, int]]:
    """Put Varnish with deploy/varnish.vcl in front of the site; yield port and process id.

    Each of `site_ports` is a web machine. `replacements` of the rules' text make a wait shorter.
    """
    rules = (ROOT / "deploy" / "varnish.vcl").read_text()
    first, *others = site_ports
    for before, after in {'"web"': '"127.0.0.1"', '"8000"': f'"{first}"', **replacements}.items():
        assert before in rules, before
        rules = rules.replace(before, after)
    # As the rules themselves say: for each machine a backend like the first, and a line.
    backend, line = _BACKEND.search(rules), "web.add_backend(site);"
    assert backend
    assert line in rules
    for port in others:
        another = backend[0].replace("site", f"site{port}").replace(f"{first}", f"{port}")
        rules = rules.replace("sub vcl_init", f"{another}sub vcl_init")
        rules = rules.replace(line, f"{line} web.add_backend(site{port});")
    port = free_port()
    directory.mkdir(exist_ok=True)
    (directory / "site.vcl").write_text(rules)
    command = [
        *(program("varnishd"), "-F", "-f", str(directory / "site.vcl"), "-n", str(directory / "n")),
        *("-a", f"127.0.0.1:{port}", "-s", "malloc,64m", "-j", "none"),
    ]
    with running(command, dict(os.environ), directory / "log") as pid:
        wait_until(lambda: responses(port), f"varnishd answers; see {directory / 'log'}")
        yield port, pid
