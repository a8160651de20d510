"""Which release of the code is running, as part of every ETag."""

from hashlib import blake2b
from pathlib import Path

from django.conf import settings

_SOURCES = ("*.py", "*.html", "*.css", "*.js", "*.svg", "*.woff2", "*.mo", "*.txt", "*.yaml")
_FOLDERS = ("cms", "home", "about", "courses", "templates", "locale", "requirements.txt")


def _fingerprint(root: Path) -> str:
    """Return a short digest of the product's own files and of the locked dependencies.

    Read from the files, so that every machine with the same code agrees on it and nobody has to
    remember to count up a number.
    """
    digest = blake2b(digest_size=4)
    for name in _FOLDERS:
        path = root / name
        files = [path] if path.is_file() else [f for s in _SOURCES for f in path.rglob(s)]
        for file in sorted(files):
            digest.update(str(file.relative_to(root)).encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()


_RELEASE = _fingerprint(settings.BASE_DIR)


def release() -> str:
    """Return the fingerprint of the running release.

    A developer's edits to templates show at once, without a restart.
    """
    return _fingerprint(settings.BASE_DIR) if settings.DEBUG else _RELEASE
