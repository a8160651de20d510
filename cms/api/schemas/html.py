"""A story as ready HTML for other sites: plain elements, no classes, no scripts, no requests.

Made from the typed blocks, so that both always say the same. The site's own templates are no
use there: they stand on its stylesheet, its icons and its scripts.
"""

import re
from functools import cache
from typing import Any

from django.template import Context, Engine

# How wide an image is on a page of text.
_SLOTS = "(min-width: 60em) 50em, 100vw"


@cache
def _templates() -> Any:
    """Return the parts of the template by the type of their block, without its indentation."""
    engine = Engine.get_default()
    source = engine.get_template("api/story.html").source
    return engine.from_string(re.sub(r"\n\s*", "", source)).extra_data["partials"]


def story_html(blocks: list[dict[str, Any]]) -> str:
    """Return the HTML of a story's typed blocks. What keeps itself up to date is left out.

    Values that are functions are called by the template.
    """
    known = [block for block in blocks if block["type"] in _templates()]
    return "\n".join(filter(None, (_block_html(b["type"], b["value"]) for b in known)))


def _block_html(kind: str, value: Any) -> str:
    if kind == "documents":
        value = value | {"documents": list(_with_sizes(value["documents"]))}
    elif kind == "table":
        kinds = [column["type"] for column in value["columns"]]
        rows = [zip(kinds, row, strict=False) for row in value["rows"]]
        cells = [[{"type": kind, "value": cell} for kind, cell in row] for row in rows]
        value = value | {"rows": cells}
    context = {"value": value, "slots": _SLOTS, "line_break": "\n"}
    html: str = _templates()[kind].render(Context(context))
    return html


def _with_sizes(items: list[dict[str, Any]]) -> Any:
    """Yield the documents that are public, with their sizes as people read them."""
    for item in items:
        document = item["document"] and item["document"]()
        if document:
            yield item | {"document": document, "kilobytes": -(-(document["size"] or 0) // 1000)}
