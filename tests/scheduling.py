"""Which tests run in which process, where there are several."""

from xdist.scheduler import LoadScopeScheduling

FOLDERS = ("tests/operations/", "tests/browser/")


class Scheduling(LoadScopeScheduling):
    """Keeps together what shares a server or a site that takes long to make; hands out the rest.

    pytest-xdist's own `--dist loadgroup` does nothing with pytest 9.2, which no longer lets it add
    the name of a group to that of a test.
    """

    def _split_scope(self, nodeid: str) -> str:
        folder = next((f for f in FOLDERS if nodeid.startswith(f)), None)
        return folder or nodeid
