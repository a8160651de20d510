"""What the crawler got, as links and rules look at it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from tests.operations.markup import Document


@dataclass(frozen=True)
class Response:
    """What somebody of a role got at an address."""

    path: str
    role: str
    status: int
    headers: Mapping[str, str]
    cookies: list[str]
    body: bytes

    @property
    def kind(self) -> str:
        """The type of its content, without parameters."""
        return self.headers.get("Content-Type", "").partition(";")[0].strip()

    @property
    def is_text(self) -> bool:
        """Whether a person could read it."""
        return self.kind.startswith("text/") or self.kind.endswith(("json", "xml", "javascript"))

    @cached_property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8", "replace")

    @cached_property
    def document(self) -> Document:
        """The body as an HTML document."""
        return Document(self.text if self.kind == "text/html" else "")
