"""The editors' guide is readable in the admin, and everything it points at is there."""

from urllib.parse import unquote

import pytest
from bs4 import Tag
from django.conf import settings
from django.test import Client
from wagtail.users.models import UserProfile

from cms.editing.guide import GUIDES, render
from cms.models import User
from home.models import HomePage
from tests.html import fragment, read, words

GUIDE = "/admin/guide/"


def _assert_links_lead_to_sections(guide: Tag) -> None:
    targets = [unquote(str(link["href"])) for link in guide.select("a")]
    assert len(targets) > 20
    assert not [target for target in targets if not guide.select(f'[id="{target[1:]}"]')]


def test_the_guide_s_links_lead_to_its_own_sections(home: HomePage, editor: Client) -> None:
    guide = read(editor, GUIDE).select_one(".guide")
    assert guide is not None
    _assert_links_lead_to_sections(guide)


def test_the_guide_shows_its_screenshots(home: HomePage, editor: Client) -> None:
    pictures = read(editor, GUIDE).select(".guide img")
    assert len(pictures) > 8
    for picture in pictures:
        assert picture["alt"]
        response = editor.get(f"{GUIDE}{picture['src']}")
        assert response.status_code == 200
        assert response.headers["Content-Type"] == "image/webp"
        assert len(b"".join(response)) < 60_000


def test_the_guide_says_how_much_each_task_takes(home: HomePage, editor: Client) -> None:
    cells = read(editor, GUIDE).select(".guide table:has(a) tbody td:first-child")
    assert [words(cell) for cell in cells] == [str(number) for number in range(1, 11)]


def _outline(guide: Tag) -> list[tuple[str, str]]:
    """Return the guide's parts without their words, as both languages must have them."""
    parts = []
    for element in guide.select("h2, h3, p, li, tr, img, a"):
        counts = [words(cell) for cell in element.select("td") if words(cell).isdigit()]
        parts.append((element.name, str(element.get("src", " ".join(counts)))))
    return parts


def test_the_guide_says_the_same_in_both_languages() -> None:
    outlines = {}
    for language, path in GUIDES.items():
        text = (settings.BASE_DIR / path).read_text(encoding="utf-8")
        outlines[language] = _outline(fragment(render(text).html))
    assert len(outlines["en"]) > 150
    assert outlines["sv"] == outlines["en"]


def test_who_reads_the_admin_in_swedish_reads_the_guide_in_swedish(
    home: HomePage, editor: Client
) -> None:
    profile = UserProfile.get_for_user(User.objects.get(username="editor"))
    profile.preferred_language = "sv"
    profile.save()
    guide = read(editor, GUIDE).select_one(".guide")
    assert guide is not None
    assert guide["lang"] == "sv"
    assert "Tre saker att veta först" in words(guide)
    _assert_links_lead_to_sections(guide)


def test_the_first_page_leads_to_the_guide_beside_the_account(
    home: HomePage, editor: Client
) -> None:
    page = read(editor, "/admin/")
    assert page.select(f'main li a[href="{GUIDE}"]')
    assert not page.select('a[href*="guide.wagtail.org"]')


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("# Title\n\nText", "<p>Text</p>\n"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>\n"),
        ("## Two words", '<h2 id="two-words">Two words</h2>\n'),
        ("", ""),
    ],
)
def test_markdown_becomes_safe_html(text: str, html: str) -> None:
    assert render(text).html == html
