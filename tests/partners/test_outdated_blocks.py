"""What is stored may be older than today's blocks, or come from elsewhere: it breaks nothing."""

import json
from typing import Any

from django.db import connection
from django.test import Client

from courses.models import CoursePage
from tests.partners.contract import API, complaints
from tests.school import School

TOO_LONG = 10**30
LINKS = f'<p><a linktype="page" id="²">A</a> <a linktype="page" id="{TOO_LONG}">B</a></p>'
# Unlike what each type of block is stored as today: no value, one of another type, parts missing.
OUTDATED: list[tuple[str, Any]] = [
    ("carousel", {"slides": [1, 2]}),
    ("heading", "Only words"),
    ("heading", {"text": 7}),
    ("paragraph", None),
    ("paragraph", {"html": "<p>No</p>"}),
    ("paragraph", LINKS),
    ("quote", {}),
    ("accordion", {"items": None}),
    ("accordion", {"items": [None, 3, {"question": "Who?"}, {"type": "item", "value": []}]}),
    ("image", 7),
    ("image", {"image": 4711}),
    ("image", {"image": {"image": "x"}}),
    ("video", {"url": 3}),
    ("documents", {"documents": [{"document": "7"}, {}, {"document": TOO_LONG}]}),
    ("facts", {"facts": [{"label": "Length", "value": "Five weeks"}, "No"]}),
    ("table", None),
    (
        "table",
        {
            "columns": [{"type": "gone", "heading": "A"}, {"type": "text"}, None],
            "rows": [{"values": ["left out", "kept"]}, {"values": []}, {}, None],
        },
    ),
    ("people", {"people": {"name": "Alva"}}),
    ("people", {"people": [{"name": None, "university": "Lund", "photo": True}]}),
    ("call_to_action", {"link": 3}),
    ("call_to_action", {"link": {"label": "There", "page": [1], "url": 5}}),
    ("universities", []),
    ("upcoming_courses", {"limit": "many"}),
]


def _store(course: CoursePage) -> None:
    body = [
        {"type": kind, "value": value, "id": str(number)}
        for number, (kind, value) in enumerate(OUTDATED)
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE courses_coursepage SET body = %s WHERE page_ptr_id = %s",
            [json.dumps(body), course.pk],
        )


def test_outdated_blocks_are_left_out_or_read_as_empty(school: School, client: Client) -> None:
    _store(school.course)
    response = client.get(f"{API}courses/{school.course.pk}/")
    assert complaints("/courses/{id}/", response) == []
    data = response.json()
    blocks = {block["id"]: block["value"] for block in data["body"]}
    assert "0" not in blocks
    assert blocks["5"] == "<p>A B</p>"
    assert blocks["14"]["facts"][0] == {"label": "Length", "value": "Five weeks"}
    assert [column["type"] for column in blocks["16"]["columns"]] == ["text"]
    assert blocks["16"]["rows"] == [["kept"], [], [], []]
    assert blocks["20"]["link"] == {"label": "There", "url": None, "page": None}
    assert "<td>kept</td>" in data["body_html"]
    assert "None" not in data["body_html"]


def test_outdated_blocks_do_not_keep_editors_from_their_checks(
    school: School, administrator: Client
) -> None:
    _store(school.course)
    assert administrator.get("/admin/").status_code == 200
    assert CoursePage.objects.get(pk=school.course.pk).publishing_warnings() is not None
