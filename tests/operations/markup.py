"""Reads HTML as a browser and a crawler do: elements, forms, comments, and where links lead."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from testing.servers import HOST

SITE = f"https://{HOST}"

# An address of the site as a whole text, or quoted in a script or in data.
_QUOTED = re.compile(rf"""(?:^|["'])((?:{re.escape(SITE)})?/[^"'\s<>\\(){{}}|^]*)(?=$|["'])""")
_LINKS = ("href", "src", "action", "poster", "data")


@dataclass
class Element:
    """A start tag and what it says of itself."""

    tag: str
    attributes: dict[str, str]

    def get(self, name: str) -> str:
        """Return an attribute, or nothing."""
        return self.attributes.get(name, "")


@dataclass
class Form:
    """A form with the names of its fields."""

    method: str
    action: str
    is_sent_by_script: bool = False
    fields: set[str] = field(default_factory=set)


class Document(HTMLParser):
    """An HTML document, read from its beginning to its end once, without building a tree."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.forms: list[Form] = []
        self.comments: list[str] = []
        self.scripts: list[str] = []
        self._in_script = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        self._in_script = tag == "script"
        if tag == "form":
            by_script = "w-session" in element.get("data-controller").split()
            method = element.get("method").lower() or "get"
            self.forms.append(Form(method, element.get("action"), by_script))
        elif self.forms and element.get("name"):
            self.forms[-1].fields.add(element.get("name"))

    def handle_endtag(self, tag: str) -> None:
        """Note the end of a script."""
        self._in_script = self._in_script and tag != "script"

    def handle_data(self, data: str) -> None:
        """Note what is inside a script; visible text is of no interest."""
        if self._in_script:
            self.scripts.append(data)

    def handle_comment(self, data: str) -> None:
        """Note a comment."""
        self.comments.append(data)

    def by(self, name: str, value: str) -> str:
        """Return the value of the field whose attribute `name` is `value`."""
        return next(e.get("value") for e in self.elements if e.get(name) == value)

    def links(self) -> Iterator[str]:
        """Yield everything that leads somewhere, as it is written."""
        for element in self.elements:
            for name, value in element.attributes.items():
                if element.tag != "form" and name in _LINKS:
                    yield value
                elif name == "srcset":
                    yield from (part.split()[0] for part in value.split(",") if part.strip())
                elif name.startswith("data-"):
                    yield from quoted(value)
        yield from (form.action for form in self.forms if form.method == "get" and form.action)
        for script in self.scripts:
            yield from quoted(script)


def quoted(text: str) -> Iterator[str]:
    """Yield the addresses in a script or in data."""
    return (found[1] for found in _QUOTED.finditer(text.replace("\\u0026", "&")))
