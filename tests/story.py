"""One block of each kind that a body can hold."""

from typing import Any

from cms.blocks import StoryBlock
from tests.school import School


def story(school: School) -> list[tuple[str, Any]]:
    """Return a body with every block, each field of it filled in."""
    school.image.contextual_alt_text = "Two people in a clean room"
    school.image.decorative = False
    table = StoryBlock().child_blocks["table"]
    return [
        ("heading", {"text": "A main heading", "level": "h2"}),
        ("heading", {"text": "A subheading", "level": "h3"}),
        ("paragraph", "<p>Running <b>text</b>.</p>"),
        ("quote", {"text": "The course gave me colleagues.", "attribution": "A student"}),
        (
            "accordion",
            {"items": [{"question": "Who can apply?", "answer": "<p>Every doctoral student.</p>"}]},
        ),
        ("image", {"image": school.image, "caption": "Where cells become medicines"}),
        (
            "video",
            {
                "url": "https://vimeo.com/76979871",
                "title": "The school in brief",
                "description": "Five universities introduce themselves.",
            },
        ),
        (
            "documents",
            {
                "heading": "Files to take along",
                "documents": [{"document": school.document, "label": "The syllabus"}],
            },
        ),
        (
            "facts",
            {"heading": "At a glance", "facts": [{"label": "Length", "value": "Five weeks"}]},
        ),
        (
            "table",
            table.to_python(
                {
                    "caption": "Credits by part",
                    "columns": [
                        {"type": "text", "heading": "Part"},
                        {"type": "number", "heading": "Credits"},
                        {"type": "rich_text", "heading": "Remarks"},
                    ],
                    "rows": [{"values": ["Laboratory", "3.0", "<p>In <b>Lund</b></p>"]}],
                }
            ),
        ),
        (
            "people",
            {
                "heading": "Whom to ask",
                "people": [
                    {
                        "name": "Alva Lindqvist",
                        "role": "Coordinator",
                        "university": school.university,
                        "email": "alva@example.org",
                        "photo": school.image,
                    }
                ],
            },
        ),
        (
            "call_to_action",
            {
                "heading": "Find your course",
                "text": "There is one for you.",
                "link": {"label": "To the courses", "page": school.index, "url": ""},
            },
        ),
        ("universities", {"heading": "Who we are", "only_founding_partners": True}),
        ("upcoming_courses", {"heading": "What comes next", "limit": 3}),
    ]
