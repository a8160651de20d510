"""Nothing that is typed into the site runs in a browser, wherever it comes out again.

Every text input of every form is given texts that would be scripts, then everything that shows one
of them is opened. Two walls that would hide a hole are taken down for it: the
Content-Security-Policy, which would stop most of it, and the length of texts, so that each input
takes all payloads at once. The site stays as it is then, so these tests are the last.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from urllib.parse import quote, urlsplit

import pytest
from django.core.validators import MaxLengthValidator
from django.db import connection
from playwright.sync_api import Browser, Page, Request, Route
from pytest_django import DjangoDbBlocker

from courses.models import CoursePerson
from tests.browser.infected import Infection
from tests.browser.network import Wire, is_infected, page_in, searches_at
from tests.browser.partner import serving_partner
from tests.browser.patience import new_context, wait_until, wait_until_tried
from tests.browser.places import ADMINISTRATOR, PLACES, find_school
from tests.security.addresses import addresses
from tests.security.payloads import CANARY, PAYLOADS, packs
from tests.security.samples import Samples

# Too long for every change.
pytestmark = [
    pytest.mark.last,
    pytest.mark.skipif("XSS" not in os.environ, reason="`make xss` runs it."),
]

# `XSS_FORMS=1 make xss` shows that all of this still works, with the first form alone.
FORMS = int(os.environ["XSS_FORMS"]) if "XSS_FORMS" in os.environ else None
TAG_FORMS = ("wagtail.images.forms", "wagtail.documents.forms", "cms.upstream.admin.tags")
WATCH = """
window.xss = () => console.error("EXECUTED on " + document.URL);
for (const name of ["alert", "confirm", "prompt"]) window[name] = window.xss;
"""
# What opens without loading anything: panels of the editor, and what is folded.
OPEN = """
for (const toggle of document.querySelectorAll("[data-side-panel-toggle]")) toggle.click();
for (const part of document.querySelectorAll("details")) part.open = true;
"""
# A partner's page, which takes what the interface calls HTML for that.
FOREIGN = """
<meta charset=utf-8><title>A partner</title><main></main>
<script src="{url}/embed/courses.js" data-limit=50></script><atmp-courses></atmp-courses>
<script>
const show = (html) => document.querySelector("main").append(
  document.createRange().createContextualFragment(html));
const walk = (value) => {{
  if (Array.isArray(value)) value.forEach(walk);
  else if (value && typeof value === "object") for (const [key, inner] of Object.entries(value))
    key.endsWith("html") && typeof inner === "string" ? show(inner) : walk(inner);
}};
Promise.all({addresses}.map((address) => fetch(address).then((answer) => answer.json()).then(walk)))
  .then(() => {{ document.title = "Filled"; }});
</script>
"""
# Inputs that take no free text, by the end of their names.
TAKE_NO_TEXT = (
    *("slug", "_date", "_at", "_opens", "_closes", "date"),
    *("url", "website", "link", "email", "phone", "ror_id", "username"),
    *("amount", "year", "credits", "places", "weeks"),
)
# Forms that need more than texts, by a part of their address. What they would make or change is
# shown by the same templates as what the forms that took the texts have changed.
NEED_MORE = {
    "/add/": "a host, a file or a key of its own: the form that changes the thing has its inputs",
    "/new/": "likewise: a password, a host name",
    "/copy/": "a slug that is free: the title is the page's",
    "/admin/choose-": "an address: what is chosen goes into the rich text, which takes it as text",
    "/chooser/": "likewise, an address or an image",
    "/password_reset/": "somebody's address",
    "confirm_site_name": "the name of the site, and nothing else",
    "/admin/account/": "one's own address: the form for accounts has the names",
}


@dataclass
class Infected:
    """The site in which payloads are, and everything they made the browser do."""

    wire: Wire
    inputs: list[str]
    infection: Infection
    found: list[str]


@pytest.fixture(scope="module")
def _any_length() -> Iterator[None]:
    """Let every input take texts of any length, which SQLite keeps whole."""
    assert connection.vendor == "sqlite", "Other databases cut texts: unset DATABASE_URL."
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(MaxLengthValidator, "compare", lambda *_: False)
        for part in ("wagtail.admin.forms.tags", *TAG_FORMS):
            patch.setattr(f"{part}.validate_tag_length", lambda *_: None)
        yield


@pytest.fixture(scope="module")
def infected(_any_length: None, admin_url: str, django_db_blocker: DjangoDbBlocker) -> Infected:
    """The site with an object for every address of the admin."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        # Django takes every query in a thread with a running loop, which is Playwright's here, for
        # one that blocks it.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        school = find_school()
        CoursePerson.objects.create(page=school.course, name="Alva")
        every = [address.path for address in addresses(Samples(school, None))]
        own = [f"/admin/pages/{page.pk}/edit/" for page in school.pages.values()]
    wire = Wire(admin_url)
    wire.sign_in(ADMINISTRATOR)
    infection = Infection(wire, image=school.image.pk, document=school.document.pk)
    return Infected(wire, list(dict.fromkeys([*own, *every]))[:FORMS], infection, found=[])


@pytest.fixture(scope="module")
def page(browser: Browser, infected: Infected) -> Iterator[Page]:
    """A superuser's browser, in which everything that runs, or asks the canary, is noted."""
    context = new_context(browser, base_url=infected.wire.url, bypass_csp=True)
    context.add_init_script(WATCH)
    context.add_cookies(
        [
            {"name": cookie.name, "value": cookie.value or "", "url": infected.wire.url}
            for cookie in infected.wire.cookies
        ]
    )
    page = context.new_page()

    def asked(request: Request) -> None:
        if urlsplit(request.url).hostname == CANARY:
            infected.found.append(f"{page.url} asked {request.url}")

    def said(text: str) -> None:
        if "EXECUTED" in text:
            infected.found.append(text)

    page.on("request", asked)
    page.on("console", lambda message: said(message.text))
    # An editor asks before it is left.
    page.on("dialog", lambda dialog: dialog.accept())
    yield page
    context.close()


def test_the_watch_would_notice(page: Page, infected: Infected) -> None:
    page.goto("/about/")
    page.evaluate(f"document.body.innerHTML = '<img src=x onerror=xss()><img src=//{CANARY}/a>'")
    wait_until(page, lambda: len(infected.found) > 1)
    assert {text.partition(" ")[0] for text in infected.found} == {"EXECUTED", page.url}
    infected.found.clear()


def test_nothing_runs_that_is_typed_into_the_admin(page: Page, infected: Infected) -> None:
    for address in infected.inputs:
        infected.infection.spread(address)
        infected.infection.name_files(address)
    outputs = [address for address in _outputs(infected) if _is_shown(page, infected, address)]
    _show(page, infected.infection.responses)
    print(f"\n{len(outputs)} outputs")  # noqa: T201
    assert len(outputs) > (50 if FORMS is None else 1)
    assert not infected.found


def test_nothing_runs_on_a_partners_page(page: Page, infected: Infected) -> None:
    listed = ("pages", "courses", "sessions", "universities", "stages", "images", "documents")
    addresses = [
        f"{infected.wire.url}/api/v2/{path}/?fields=*&limit=100"
        for path in listed
        if infected.wire.get(f"/api/v2/{path}/").status_code == 200
    ]
    assert len(addresses) >= 5
    with serving_partner() as partner:
        partner.page = FOREIGN.format(url=infected.wire.url, addresses=addresses).encode()
        page.goto(partner.url)
        page.wait_for_function("document.title === 'Filled'")
        wait_until_tried(page)
        assert page.locator("main > *").count() > 3
    assert not infected.found


def test_nothing_runs_that_is_searched_for(page: Page, infected: Infected) -> None:
    public = ["/search/?q={}", "/courses/?q={}", "/courses/?stage={}", "/nowhere/{}"]
    lists = [each for path in infected.inputs for each in searches_at(infected.wire, path)]
    searches = [
        search.format(quote(text, safe=""))
        for search in dict.fromkeys([*public, *lists])
        for text in packs(2000)
    ]
    shown = [search for search in searches if _is_shown(page, infected, search)]
    print(f"\n{len(shown)} of {len(searches)} searches show what was searched for")  # noqa: T201
    assert len(shown) > (20 if FORMS is None else 1)
    assert not infected.found


def test_every_text_input_has_had_payloads(infected: Infected) -> None:
    record = infected.infection.record
    others = {
        name: why
        for name, why in record.only_refused.items()
        if not name.endswith(TAKE_NO_TEXT) and not any(part in name for part in NEED_MORE)
    }
    assert not others
    assert len(record.taken) > (100 if FORMS is None else 3)
    print(f"\n{len(record.taken)} inputs took {len(PAYLOADS)} payloads")  # noqa: T201


def _outputs(infected: Infected) -> Iterator[str]:
    yield from infected.inputs
    yield from PLACES.values()
    course = "/courses/introduction-to-atmps"
    yield from ("/courses/feed.atom", "/sitemap.xml", "/api/", "/api/v2/reference/", f"{course}/")
    yield from ("/api/v2/courses/", "/api/v2/pages/", "/api/v2/courses/?fields=*")
    yield from (f"{course}/?preview", "/admin/pages/search/?q=xss", "/admin/images/?q=xss")


def _is_shown(page: Page, infected: Infected, address: str) -> bool:
    """Open what an address answers with in the browser, if a payload is in it."""
    response = infected.wire.get(address)
    if not is_infected(response.text):
        return False
    kind = response.headers.get("Content-Type", "")
    if kind.startswith(("text/html", "application/atom", "application/xml")):
        page.goto(address, wait_until="load")
        page.evaluate(OPEN)
        wait_until_tried(page)
    elif (part := page_in(response)) is not None:
        _show(page, [str(part)])
    return True


def _show(page: Page, responses: list[str]) -> None:
    """Open pages that came in response to a form, as if they stood in the admin."""
    for response in responses:
        page.route("**/admin/answer/", partial(_fulfil, body=response))
        page.goto("/admin/answer/", wait_until="load")
        wait_until_tried(page)
        page.unroute("**/admin/answer/")


def _fulfil(route: Route, *, body: str) -> None:
    route.fulfill(body=body, content_type="text/html")
