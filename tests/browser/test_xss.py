"""Nothing that is typed into the admin runs in a browser, wherever it comes out again.

The Content-Security-Policy, which would stop most of it, is switched off in this browser.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from urllib.parse import quote

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from playwright.sync_api import Browser, Page, Request
from pytest_django import DjangoDbBlocker

from cms.models import SiteImage, University, User
from courses.models import CourseIndexPage, CoursePage
from home.models import ContentPage, HomePage
from tests.admin_forms import SETTINGS_FORM, AdminForm
from tests.browser.places import ADMINISTRATOR
from tests.factories import CoursePageFactory, CourseSessionFactory, UniversityFactory, UserFactory
from tests.security import infecting
from tests.security.payloads import CANARY, PAYLOADS, packs

HOOK = """
window.xss = () => console.error("EXECUTED on " + document.URL);
for (const name of ["alert", "confirm", "prompt"]) window[name] = window.xss;
"""
FOREIGN = """
<meta charset=utf-8><title>A partner</title><main></main>
<script src="{url}/embed/courses.js" data-limit=50></script><atmp-courses></atmp-courses>
<script>
const walk = (value) => {{
  if (Array.isArray(value)) value.forEach(walk);
  else if (value && typeof value === "object") for (const [key, inner] of Object.entries(value)) {{
    if (key.endsWith("html") && typeof inner === "string") {{
      const part = document.createElement("div");
      part.innerHTML = inner;
      document.querySelector("main").append(part);
    }} else walk(inner);
  }}
}};
Promise.all({addresses}.map((address) => fetch(address).then((answer) => answer.json()).then(walk)))
  .then(() => {{ document.title = "Filled"; }});
</script>
"""


@dataclass
class Infected:
    """What was filled in, by its key, and everything it made a browser do."""

    url: str
    page: int
    course: int
    university: int
    image: int
    user: int
    session: str
    found: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def infected(admin_url: str, django_db_blocker: DjangoDbBlocker) -> Iterator[Infected]:
    """A page, a course, a university, an image and an account, filled in through their forms."""
    # Playwright's loop runs in this thread, and waits meanwhile.
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as environment:
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        client = Client()
        client.force_login(User.objects.get(username=ADMINISTRATOR))
        key = client.cookies[settings.SESSION_COOKIE_NAME].value
        university = UniversityFactory.create()
        infecting.snippet(client, f"/admin/snippets/cms/university/edit/{university.pk}/", 20)
        image = _upload(client)
        user = UserFactory.create(username="payload", groups=["Editors"])
        infecting.infect(AdminForm(client, f"/admin/users/edit/{user.pk}/", "main form"), 40)
        page = _content_page(client)
        course = _course(client, university)
        yield Infected(admin_url, page.pk, course.pk, university.pk, image.pk, user.pk, key)
        ContentPage.objects.get(pk=page.pk).delete()
        CoursePage.objects.get(pk=course.pk).delete()
        image.delete()
        university.delete()
        user.delete()


def _upload(client: Client) -> SiteImage:
    data = BytesIO()
    Image.new("RGB", (40, 20), "teal").save(data, "PNG")
    form = AdminForm(client, "/admin/images/add/", SETTINGS_FORM)
    infecting_texts = {name: [packs(200)[3]] for name in ("title", "credit", "description")}
    upload = SimpleUploadedFile("a.png", data.getvalue())
    known = {name: text for name, text in infecting_texts.items() if name in form.fields}
    answer = client.post(form.address, {**form.fields, **known, "file": upload})
    assert answer.status_code == 302
    return SiteImage.objects.latest("pk")


def _content_page(client: Client) -> ContentPage:
    home = HomePage.objects.get(locale__language_code="en")
    form = AdminForm(client, f"/admin/pages/add/home/contentpage/{home.pk}/")
    form["title"], form["slug"] = "Infected", "infected"
    form.save()
    page = ContentPage.objects.get(slug="infected")
    for start in (0, 100):
        form = AdminForm(client, f"/admin/pages/{page.pk}/edit/")
        form.stream("body", infecting.story())
        infecting.infect(form, start, "action-publish")
    return page


def _course(client: Client, university: University) -> CoursePage:
    sessions = [CourseSessionFactory.build() for _pack in packs(120)]
    course: CoursePage = CoursePageFactory(
        parent=CourseIndexPage.objects.get(locale__language_code="en"),
        slug="infected",
        host=university,
        sessions=sessions,
    )
    form = AdminForm(client, f"/admin/pages/{course.pk}/edit/")
    for name in ("audience", "learning_outcomes", "how_to_apply"):
        form[name] = infecting.rich(" ".join(PAYLOADS))
    for number in range(12):
        form.add("people", name=packs(120)[number])
    infecting.infect(form, 60, "action-publish")
    return course


@pytest.fixture
def browser_page(browser: Browser, infected: Infected) -> Iterator[Page]:
    """A page in which everything that runs, or asks the canary, is noted."""
    context = browser.new_context(base_url=infected.url, bypass_csp=True)
    context.add_init_script(HOOK)
    page = context.new_page()
    infected.found.clear()

    def asked(request: Request) -> None:
        if CANARY in request.url.partition("?")[0].partition("/admin/")[0][:40]:
            infected.found.append(f"{page.url} asked {request.url}")

    def said(text: str) -> None:
        if "EXECUTED" in text:
            infected.found.append(text)

    page.on("request", asked)
    page.on("console", lambda message: said(message.text))
    page.on("dialog", lambda dialog: infected.found.append(f"{page.url} opened a dialogue"))
    yield page
    context.close()


def test_the_watch_would_notice(browser_page: Page, infected: Infected) -> None:
    browser_page.goto("/about/")
    browser_page.evaluate("document.body.innerHTML = '<img src=x onerror=xss()>'")
    browser_page.wait_for_timeout(200)
    assert infected.found


def test_nothing_runs_on_the_site(browser_page: Page, infected: Infected) -> None:
    pages = [
        *("/infected/", "/courses/infected/", "/courses/", "/", "/about/", "/sitemap.xml"),
        *("/courses/feed.atom", "/api/v2/courses/", f"/api/v2/pages/{infected.page}/"),
        *(f"/search/?q={quote(text)}" for text in packs(1200)),
        *(f"/courses/?q={quote(text)}" for text in packs(1200)),
        *(f"/nowhere/{quote(text)}/" for text in packs(1200)),
    ]
    for address in pages:
        browser_page.goto(address)
    browser_page.goto("/infected/")
    assert "xss()" in browser_page.locator("main").inner_text()
    assert not infected.found


def test_nothing_runs_on_a_partners_page(browser_page: Page, infected: Infected) -> None:
    addresses = [
        f"{infected.url}/api/v2/{path}"
        for path in (
            *(f"pages/{infected.page}/?fields=*", f"courses/{infected.course}/?fields=*"),
            *("courses/?fields=*", "universities/?fields=*", "images/?fields=*"),
        )
    ]
    html = FOREIGN.format(url=infected.url, addresses=addresses)
    browser_page.route(
        "https://partner.example/", lambda route: route.fulfill(body=html, content_type="text/html")
    )
    browser_page.goto("https://partner.example/")
    browser_page.wait_for_function("document.title === 'Filled'")
    browser_page.wait_for_timeout(500)
    assert browser_page.locator("main div").count() > 3
    assert not infected.found


def test_nothing_runs_in_the_admin(browser_page: Page, infected: Infected) -> None:
    name, key = settings.SESSION_COOKIE_NAME, infected.session
    browser_page.context.add_cookies([{"name": name, "value": key, "url": infected.url}])
    of_page = f"/admin/pages/{infected.page}"
    for address in (
        *("/admin/", f"{of_page}/edit/", f"{of_page}/history/", f"{of_page}/view_draft/"),
        *(f"{of_page}/revisions/compare/earliest...latest/", f"{of_page}/delete/"),
        *(f"/admin/pages/{infected.course}/edit/", "/admin/courses/", "/admin/sessions/"),
        *("/admin/reports/site-history/", "/admin/images/", f"/admin/images/{infected.image}/"),
        *(f"/admin/snippets/cms/university/edit/{infected.university}/", "/admin/users/"),
        *(f"/admin/users/edit/{infected.user}/", "/admin/snippets/cms/university/"),
        *("/admin/pages/search/?q=infected", "/infected/", "/courses/infected/"),
        f"/admin/pages/search/?q={quote(packs(900)[0])}",
    ):
        answer = browser_page.goto(address, wait_until="load")
        assert answer is not None
        assert answer.status == 200, address
        browser_page.wait_for_timeout(150)
    assert not infected.found
