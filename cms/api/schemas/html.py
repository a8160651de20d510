"""A story as ready HTML for other sites: plain elements, no classes, no scripts, no requests.

Made from the typed blocks, so that both always say the same. The site's own templates are no
use there: they stand on its stylesheet, its icons and its scripts.
"""

from collections.abc import Callable
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

EMPTY = SafeString("")


def story_html(blocks: list[dict[str, Any]]) -> str:
    """Return the HTML of a story's typed blocks. What keeps itself up to date is left out."""
    return "\n".join(
        html
        for html in (_RENDERERS[b["type"]](b["value"]) for b in blocks if b["type"] in _RENDERERS)
        if html
    )


def image_html(image: dict[str, Any]) -> str:
    """Return a `picture` with every format and size, or nothing where the image has no file."""
    if not image["renditions"]:
        return EMPTY
    by_type: dict[str, list[dict[str, Any]]] = {}
    for rendition in image["renditions"]:
        by_type.setdefault(rendition["content_type"], []).append(rendition)
    # WebP is offered as a choice; the other format stands in the element that all browsers know.
    fallback = next((kind for kind in by_type if kind != "image/webp"), "image/webp")
    sources = format_html_join(
        "",
        '<source type="{}" srcset="{}" sizes="{}">',
        ((kind, _srcset(sizes), _SIZES) for kind, sizes in by_type.items() if kind != fallback),
    )
    largest = by_type[fallback][-1]
    return format_html(
        '<picture>{}<img src="{}" srcset="{}" sizes="{}" width="{}" height="{}" alt="{}"'
        ' loading="lazy"></picture>',
        sources,
        largest["url"],
        _srcset(by_type[fallback]),
        _SIZES,
        largest["width"],
        largest["height"],
        image["alt"],
    )


_SIZES = "(min-width: 60em) 50em, 100vw"


def _srcset(renditions: list[dict[str, Any]]) -> str:
    return ", ".join(f"{rendition['url']} {rendition['width']}w" for rendition in renditions)


def _heading(text: str | None, level: str = "h2") -> str:
    return format_html("<{0}>{1}</{0}>", SafeString(level), text) if text else EMPTY  # nosec


def _heading_block(value: dict[str, Any]) -> str:
    return _heading(value["text"], "h3" if value["level"] == "h3" else "h2")


def _quote(value: dict[str, Any]) -> str:
    source = format_html("<footer>{}</footer>", value["attribution"])
    return format_html(
        "<blockquote><p>{}</p>{}</blockquote>",
        value["text"],
        source if value["attribution"] else EMPTY,
    )


def _accordion(value: dict[str, Any]) -> str:
    return format_html_join(
        "\n",
        "<details><summary>{}</summary>{}</details>",
        ((item["question"], mark_safe(item["answer"])) for item in value["items"]),  # noqa: S308 # nosec
    )


def _image(value: dict[str, Any]) -> str:
    image = value["image"]
    picture = image_html(image) if image else EMPTY
    if not picture:
        return EMPTY
    caption = " ".join(filter(None, [value["caption"], image["credit"]]))
    return format_html(
        "<figure>{}{}</figure>",
        picture,
        format_html("<figcaption>{}</figcaption>", caption) if caption else EMPTY,
    )


def _video(value: dict[str, Any]) -> str:
    description = format_html("<p>{}</p>", value["description"])
    return format_html(
        '<p><a href="{}">{}</a></p>{}',
        value["url"],
        value["title"],
        description if value["description"] else EMPTY,
    )


def _documents(value: dict[str, Any]) -> str:
    items = format_html_join(
        "",
        '<li><a href="{}">{}</a> ({}, {} kB)</li>',
        (
            (
                item["document"]["meta"]["download_url"],
                item["label"] or item["document"]["title"],
                item["document"]["extension"].upper(),
                -(-(item["document"]["size"] or 0) // 1000),
            )
            for item in value["documents"]
            if item["document"]
        ),
    )
    return format_html("{}<ul>{}</ul>", _heading(value["heading"]), items) if items else EMPTY


def _facts(value: dict[str, Any]) -> str:
    facts = format_html_join(
        "", "<dt>{}</dt><dd>{}</dd>", ((fact["label"], fact["value"]) for fact in value["facts"])
    )
    return format_html("{}<dl>{}</dl>", _heading(value["heading"]), facts)


def _table(value: dict[str, Any]) -> str:
    columns = value["columns"]
    head = format_html_join("", '<th scope="col">{}</th>', ((c["heading"],) for c in columns))
    rows = format_html_join(
        "",
        "<tr>{}</tr>",
        (
            (
                format_html_join(
                    "",
                    "<td>{}</td>",
                    (
                        (mark_safe(cell) if column["type"] == "rich_text" else cell or "",)  # noqa: S308 # nosec
                        for column, cell in zip(columns, row, strict=False)
                    ),
                ),
            )
            for row in value["rows"]
        ),
    )
    return format_html(
        "<table><caption>{}</caption><thead><tr>{}</tr></thead><tbody>{}</tbody></table>",
        value["caption"],
        head,
        rows,
    )


def _people(value: dict[str, Any]) -> str:
    def person(data: dict[str, Any]) -> str:
        university = data["university"]["name"] if data["university"] else ""
        email = format_html('<a href="mailto:{0}">{0}</a>', data["email"] or "")
        words = ", ".join(filter(None, [data["role"], university]))
        return format_html(
            "<li>{}<strong>{}</strong>{}{}</li>",
            image_html({**data["photo"], "alt": ""}) if data["photo"] else EMPTY,
            data["name"],
            f", {words}" if words else "",
            format_html(" {}", email) if data["email"] else EMPTY,
        )

    people = format_html_join("", "{}", ((person(data),) for data in value["people"]))
    return format_html("{}<ul>{}</ul>", _heading(value["heading"]), people)


def _call_to_action(value: dict[str, Any]) -> str:
    link, text = value["link"], value["text"]
    return format_html(
        "<aside>{}{}{}</aside>",
        _heading(value["heading"]),
        format_html("<p>{}</p>", text) if text else EMPTY,
        format_html('<p><a href="{}">{}</a></p>', link["url"], link["label"])
        if link["url"]
        else EMPTY,
    )


_RENDERERS: dict[str, Callable[[Any], str]] = {
    "heading": _heading_block,
    # Rich text was cleaned when it was saved, and its links were made absolute.
    "paragraph": str,
    "quote": _quote,
    "accordion": _accordion,
    "image": _image,
    "video": _video,
    "documents": _documents,
    "facts": _facts,
    "table": _table,
    "people": _people,
    "call_to_action": _call_to_action,
}
