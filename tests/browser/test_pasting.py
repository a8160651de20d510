"""What is pasted from other programs keeps its meaning, or the editor hears what was lost."""

import re
from collections.abc import Callable
from typing import Final

from playwright.sync_api import Page, expect

from tests.browser.admin_pages import Desk
from tests.browser.office import MODERATOR
from tests.browser.patience import ready

# As the programs put it on the clipboard, without what means nothing.
WORD: Final = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><body lang=SV>
<!--StartFragment--><p class=MsoNormal>Dosen var 2&times;10<sup>6</sup> celler/kg i H<sub>2</sub>O.
<o:p></o:p></p><p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1 lfo1'><span
style='font-family:Symbol'><span style='mso-list:Ignore'>&middot;<span>&nbsp;</span></span></span>En
punkt<o:p></o:p></p><!--EndFragment--></body></html>"""
GOOGLE_DOCS: Final = """<meta charset="utf-8">
<b style="font-weight:normal;" id="docs-internal-guid-x">
<h2 dir="ltr"><span style="font-weight:400">Rubrik</span></h2><p dir="ltr">
<span style="font-weight:400">Vanlig text och </span><span style="font-weight:700">fet</span>
<span style="font-style:italic">kursiv</span><span> 10</span><span
style="font-size:0.6em;vertical-align:super">6</span></p><ol><li dir="ltr"><p dir="ltr">
<span>Ett</span></p></li></ol></b>"""
OUTLOOK: Final = """<html><body><div class="elementToProof"><b>Hej</b>, se
<a href="https://example.org/kurs">kursen</a> eller https://example.org/bilaga.</div><table><tr>
<td><p class=MsoNormal>CO<sub>2</sub></p></td>
<td style="vertical-align:top"><p>5&nbsp;%</p></td></tr>
<tr><td>O<sub>2</sub></td><td>20 %</td></tr></table></body></html>"""
LIBREOFFICE: Final = """<!DOCTYPE html><html><body>
<p align="left">m<sup>2</sup> och <i>in vitro</i></p>
<ul><li><p>ett</p><ul><li><p>två</p></li></ul></li></ul><img src="file:///tmp/a.png"></body></html>"""
PASTE: Final = """(field, html) => {
  const clipboardData = new DataTransfer();
  const { body } = new DOMParser().parseFromString(html, "text/html");
  clipboardData.setData("text/html", html);
  clipboardData.setData("text/plain", body.textContent);
  const options = { clipboardData, bubbles: true, cancelable: true };
  field.dispatchEvent(new ClipboardEvent("paste", options));
}"""


def _paste(page: Page, name: str, html: str, last: str) -> None:
    """Paste into a field, and wait until it has all of it: the editor notes it by and by."""
    field = page.locator(f"[data-contentpath='{name}'] [contenteditable=true]")
    panel = field.locator("xpath=ancestor::*[@role='tabpanel'][1]").get_attribute("id")
    page.locator(f"[role=tab][aria-controls='{panel}'], [role=tab][href='#{panel}']").click()
    ready(field).click()
    field.evaluate(PASTE, html)
    # The cursor stands behind what was pasted.
    page.keyboard.type("!")
    expect(page.locator(f"input[name={name}]")).to_have_value(re.compile(re.escape(f"{last}!")))


def test_what_is_pasted_keeps_its_meaning(sit_down: Callable[[str], Desk]) -> None:
    page = sit_down(MODERATOR).page
    errors: list[str] = []
    # Where a policy is broken, the console says so.
    page.on("console", lambda message: errors.append(message.text))
    find = "/api/v2/pages/find/"
    courses = page.request.get(find, params={"html_path": "/courses/"}).json()["id"]
    page.goto(f"/admin/pages/add/courses/coursepage/{courses}/")
    ready(page.locator("[name=title]")).fill("Pasted")
    page.locator("[name=summary]").fill("From four programs.")
    page.locator("[name=host]").select_option(index=1)
    said = page.locator(".messages")
    _paste(page, "audience", WORD, "punkt")
    expect(said).not_to_contain_text("become")
    _paste(page, "entry_requirements", GOOGLE_DOCS, "Ett")
    expect(said).to_contain_text("Headings have become paragraphs.")
    _paste(page, "examination", OUTLOOK, "20 %")
    expect(said).to_contain_text("The table has become text")
    _paste(page, "learning_outcomes", LIBREOFFICE, "två")
    expect(said).to_contain_text("Pictures were left out.")
    button = page.locator("[name=action-publish]")
    button.evaluate("button => button.form.requestSubmit(button)")
    # Not any navigation: saving by itself gives the new page its address, too.
    expect(said).to_contain_text("published")

    course = page.request.get(find, params={"html_path": "/courses/pasted/"}).json()
    for field, html in [
        ("audience", "2×10<sup>6</sup> celler/kg i H<sub>2</sub>O."),
        ("audience", ">En punkt!</li></ul>"),
        ("entry_requirements", ">Rubrik</p>"),
        (
            "entry_requirements",
            ">Vanlig text och <b>fet</b> <i>kursiv</i> 10<sup>6</sup></p><ol><li",
        ),
        ("examination", '<b>Hej</b>, se <a href="https://example.org/kurs">kursen</a> eller <a'),
        ("examination", ">CO<sub>2</sub> | 5"),
        ("examination", ">O<sub>2</sub> | 20 %!</p>"),
        ("learning_outcomes", ">m<sup>2</sup> och <i>in vitro</i></p>"),
    ]:
        assert html in course[field]
    assert course["learning_outcomes"].count("<ul>") == 2
    assert not [error for error in errors if "Content Security Policy" in error or "Error" in error]
