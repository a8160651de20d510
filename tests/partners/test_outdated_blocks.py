"""What is stored may be older than today's blocks, or come from elsewhere: it breaks nothing."""

import json
import re
from typing import Any

from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from cms.blocks import StoryBlock
from courses.models import CoursePage
from tests.caching import empty_caches
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


KINDS = [*StoryBlock().child_blocks, "gone"]
NAMES = [
    *(
        "type",
        "value",
        "id",
        "item",
        "text",
        "level",
        "html",
        "items",
        "question",
        "answer",
        "facts",
    ),
    *("image", "alt_text", "decorative", "url", "documents", "document", "label", "link", "page"),
    *("columns", "heading", "rows", "values", "caption", "people", "name", "photo", "limit"),
]
# PostgreSQL's JSON holds neither half a character nor none.
ODD = ["\x0b"] if connection.vendor == "postgresql" else ["\ud800", "\x0b\0"]
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.sampled_from([0, 1, 7, -1, 2**31, TOO_LONG, 0.5, *ODD, LINKS, *NAMES]),
)
JSON = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(NAMES), inner, min_size=1, max_size=4),
        st.lists(
            st.fixed_dictionaries({"type": st.sampled_from(["item", "text"]), "value": inner})
        ),
    ),
    max_leaves=12,
)
ITEMS = st.fixed_dictionaries(
    {"type": st.sampled_from(KINDS)}, optional={"value": JSON, "id": LEAVES}
)


def _store(course: CoursePage, body: Any = None) -> None:
    body = body or [
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


def _everything_answers(course: CoursePage, client: Client, administrator: Client) -> None:
    empty_caches()
    for address in (
        "/courses/gmp/",
        f"{API}courses/{course.pk}/",
        "/search/?q=therapy",
        f"{API}courses/?search=manufacturing&fields=*",
    ):
        assert client.get(address).status_code == 200, address
    for address in ("/admin/", f"/admin/pages/{course.pk}/edit/"):
        assert administrator.get(address).status_code == 200, address
    stored = CoursePage.objects.get(pk=course.pk)
    stored.save()
    # The search index, and a draft of what is stored, which comes back out of a revision.
    assert stored.body.stream_block.get_searchable_content(stored.body) is not None
    draft: Any = stored.save_revision().as_object()
    assert draft.body.get_prep_value() == stored.body.get_prep_value()


def test_outdated_blocks_are_shown_edited_and_found(
    school: School, client: Client, administrator: Client
) -> None:
    _store(school.course)
    _everything_answers(school.course, client, administrator)
    page = client.get("/courses/gmp/").content.decode()
    assert "Five weeks" in page
    assert re.search(r"<th[^>]*>\s*kept\s*</th>", page)
    assert "None" not in page
    facts = CoursePage.objects.get(pk=school.course.pk).body[13]
    assert facts.value["facts"][0]["value"] == "Five weeks"


@settings(
    max_examples=3,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(st.lists(ITEMS, min_size=20, max_size=40))
def test_nothing_that_is_stored_breaks_an_answer(
    school: School, client: Client, administrator: Client, body: list[Any]
) -> None:
    _store(school.course, body)
    _everything_answers(school.course, client, administrator)


@settings(max_examples=50, deadline=None, derandomize=True, database=None)
@given(st.one_of(JSON, st.lists(ITEMS)))
def test_any_json_is_a_stream_as_it_would_be_stored_today(stored: Any) -> None:
    block = StoryBlock()
    stream = block.to_python(json.dumps(stored))
    today = stream.get_prep_value()
    json.dumps(today, ensure_ascii=False).encode()
    assert block.to_python(today).get_prep_value() == today


def test_what_is_stored_as_today_stays_as_it_is(school: School) -> None:
    items = [{"type": "item", "value": {"label": "A", "value": "B"}, "id": "c"}]
    table = {
        "columns": [{"type": "text", "heading": "A"}, {"type": "rich_text", "heading": "B"}],
        "rows": [{"values": ["1", "<p>2</p>"]}],
        "caption": "C",
    }
    image = {"image": school.image.pk, "decorative": False, "alt_text": "D"}
    today = [
        {"type": "facts", "value": {"heading": "E", "facts": items}, "id": "f"},
        {"type": "table", "value": table, "id": "g"},
        {"type": "image", "value": {"image": image, "caption": ""}, "id": "h"},
    ]
    stream = StoryBlock().to_python(today)
    assert stream.get_prep_value() == today
    # As the blocks write what they have read.
    assert [child.get_prep_value() for child in stream] == today
