"""Addresses that would be scripts are refused, or lead nowhere; text stays text in what is data."""

import json
import re

from django.test import Client

from tests.admin_forms import AdminForm, errors_beside, errors_in_block
from tests.school import School
from tests.security.payloads import PAYLOADS, packed
from tests.security.xss_inputs import rich

ADDRESSES = [
    "javascript:xss()",
    "JaVaScRiPt:xss()",
    "java\tscript:xss()",
    "\x01javascript:xss()",
    " javascript:xss()",
    "javascript://example.org/%0axss()",
    "data:text/html,<script>xss()</script>",
    "vbscript:xss()",
    "blob:https://example.org/1",
]
_SCRIPT_ADDRESS = re.compile(
    r"(?:href|src|action)=[\"']?[\s\x01]*(?:java|data:|vbs|blob:)", re.IGNORECASE
)


def test_there_are_at_least_two_hundred() -> None:
    assert len(set(PAYLOADS)) >= 200


def test_a_link_in_rich_text_leads_to_no_script(
    school: School, moderator: Client, client: Client
) -> None:
    form = AdminForm(moderator, f"/admin/pages/{school.course.pk}/edit/")
    form.stream("body", [("paragraph", rich("A link", url)) for url in ADDRESSES])
    form["audience"] = rich("A link", ADDRESSES[0])
    form.save("action-publish")
    shown = client.get(school.course.url).text
    data = client.get(f"/api/v2/courses/{school.course.pk}/?fields=*").json()
    assert "A link" in shown
    assert not _SCRIPT_ADDRESS.search(shown)
    assert not _SCRIPT_ADDRESS.search(str(data))


def test_a_field_for_an_address_takes_no_script(school: School, moderator: Client) -> None:
    form = AdminForm(moderator, f"/admin/pages/{school.course.pk}/edit/")
    form["application_url"] = form["sessions-0-application_url"] = ADDRESSES[0]
    for number, address in enumerate(ADDRESSES, 1):
        form.add("people", name="Alva")
        form[f"people-{number}-website"] = address
    links = [{"label": "Go", "page": "", "url": address} for address in ADDRESSES]
    form.stream(
        "body", [("call_to_action", {"heading": "Go", "text": "", "link": link}) for link in links]
    )
    response = form.press("action-publish")
    people = [f"people-{number}-website" for number in range(1, len(ADDRESSES) + 1)]
    for name in ("application_url", "sessions-0-application_url", *people):
        assert "Enter a valid URL." in errors_beside(response, name), name
    in_blocks = errors_in_block(response, "body")
    for number in range(len(ADDRESSES)):
        assert "Enter a valid URL." in in_blocks[f"{number}.link.url"], ADDRESSES[number]


def test_raw_html_in_the_place_of_a_rich_text_is_not_taken(
    school: School, moderator: Client, client: Client
) -> None:
    form = AdminForm(moderator, f"/admin/pages/{school.course.pk}/edit/")
    form["audience"] = "<p onclick=xss()>Raw</p><script>xss()</script>"
    response = form.send("action-publish")
    assert response.status_code in {302, 400}
    assert "xss()" not in client.get(school.course.url).text


def test_data_hold_the_text_and_no_markup(
    school: School, moderator: Client, client: Client
) -> None:
    form = AdminForm(moderator, f"/admin/pages/{school.course.pk}/edit/")
    title = packed(255, 0)
    form["title"] = title
    form["summary"] = packed(300, 100)
    form.save("action-publish")
    page = client.get(school.course.url).text
    for block in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL):
        assert "<" not in block
        json.loads(block)
    feed = client.get("/courses/feed.atom").text
    assert "<script" not in feed
    assert "<img" not in feed
    assert client.get(f"/api/v2/courses/{school.course.pk}/").json()["title"] == title
    calendar = client.get("/courses/gmp/calendar.ics").text
    assert all(re.match(r"[A-Z-]+[;:]| ", line) for line in calendar.splitlines())
