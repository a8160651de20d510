"""Which tests run in which process, where there are several."""

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

SERVERS, BROWSER = "tests/operations/", "tests/browser/"


class Scheduling(LoadScopeScheduling):
    """Keeps together what shares servers, and the files of browser tests; hands out the rest.

    In the order of collection, so that browser tests come last in each process: while Playwright
    runs its loop in a thread, Django refuses every query there. pytest-xdist's own `--dist
    loadgroup` does nothing with pytest 9.2, which no longer lets it add the name of a group to that
    of a test.
    """

    def __init__(self, config: pytest.Config, log: Producer) -> None:
        config.option.loadscopereorder = False
        super().__init__(config, log)

    def _split_scope(self, nodeid: str) -> str:
        if nodeid.startswith(SERVERS):
            return SERVERS
        return nodeid.partition("::")[0] if nodeid.startswith(BROWSER) else nodeid
