"""Nothing that is not public is in any response of the API, whatever is asked for."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, Locale, Page

from cms.api.router import endpoint_names
from courses.models import CoursePage
from tests.factories import (
    ContentPageFactory,
    CourseIndexPageFactory,
    CoursePageFactory,
    CourseSessionFactory,
    DocumentFactory,
    ImageFactory,
    make_private,
)
from tests.partners.contract import API, LISTS
from tests.school import School

SECRET = "Zebrafish"


@dataclass(frozen=True, slots=True)
class Hidden:
    """Pages that nobody outside may know of, and one that everybody may."""

    school: School
    pages: list[Page]
    files: list[tuple[str, int]]
    orphan: Page
    visible: CoursePage


@pytest.fixture
def hidden(school: School) -> Hidden:
    """A tree with one of each kind of thing that is not public."""
    kinds = ("login", "password", "groups")
    private = [
        ContentPageFactory(parent=school.home, title=f"{SECRET} {kind}", slug=f"secret-{kind}")
        for kind in kinds
    ]
    for page, kind in zip(private, kinds, strict=True):
        make_private(page, kind)
    draft = ContentPageFactory(parent=school.home, title=f"{SECRET} draft", slug="d", live=False)
    expired = ContentPageFactory(parent=school.home, title=f"{SECRET} expired", slug="e")
    expired.expire_at = timezone.now() - timedelta(days=1)
    expired.save()
    expired.unpublish(set_expired=True)
    scheduled = ContentPageFactory(
        parent=school.home, title=f"{SECRET} later", slug="l", live=False
    )
    scheduled.go_live_at = timezone.now() + timedelta(days=1)
    scheduled.save_revision().publish()
    alias = private[0].create_alias(parent=school.about, update_slug="alias")
    swedish = school.home.get_translation(Locale.objects.get(language_code="sv"))
    swedish.title = f"{SECRET} hem"
    swedish.save_revision()
    parent = ContentPageFactory(parent=school.home, title=f"{SECRET} parent", slug="x", live=False)
    index = CourseIndexPageFactory(parent=parent, title="Orphans", slug="orphans")
    orphan = CoursePageFactory(parent=index, title="An orphan", slug="orphan")
    course = CoursePageFactory(
        parent=school.index,
        title=f"{SECRET} course",
        slug="secret-course",
        code=SECRET,
        sessions=[CourseSessionFactory.build(location=SECRET)],
    )
    make_private(course)
    collection = Collection.get_first_root_node().add_child(name="Private")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    image = ImageFactory(title=f"{SECRET} image", collection=collection)
    document = DocumentFactory(title=f"{SECRET} document", collection=collection)
    links = "".join(
        f'<a linktype="page" id="{page.pk}">words</a> ' for page in (*private, draft, course)
    )
    links += f'<a linktype="document" id="{document.pk}">file</a>'
    image.contextual_alt_text, image.decorative = "words", False
    visible = CoursePageFactory(
        parent=school.index,
        title="In sight",
        slug="visible",
        audience=f"<p>{links}</p>",
        social_image=image,
        syllabus=document,
        editorial_note=f"{SECRET} note",
        body=[
            ("image", {"image": image, "caption": ""}),
            ("documents", {"heading": "", "documents": [{"document": document, "label": "f"}]}),
            (
                "call_to_action",
                {"heading": "h", "text": "", "link": {"label": "l", "page": course, "url": ""}},
            ),
        ],
    )
    school.about.title = school.about.draft_title = f"{SECRET} about"
    school.about.save()
    school.about.unpublish()
    visible.related_courses.create(course=course)
    return Hidden(
        school=school,
        pages=[*private, draft, expired, scheduled, alias, swedish, course, school.about],
        files=[("images", image.pk), ("documents", document.pk)],
        orphan=orphan,
        visible=visible,
    )


def _addresses(hidden: Hidden) -> Iterator[str]:
    yield from _lists()
    yield from _about_the_course(
        next(page for page in hidden.pages if isinstance(page, CoursePage))
    )
    for page in (*hidden.pages, hidden.orphan, hidden.visible, hidden.school.vision):
        yield from _about_a_page(page)
    for name, key in hidden.files:
        yield f"{name}/{key}/"
        yield f"{name}/{key}/?fields=*"


def _lists() -> Iterator[str]:
    for name in endpoint_names():
        yield f"{name}/"
        yield f"{name}/?limit=100"
    for name in LISTS:
        yield f"{name}/?fields=*"
        yield f"{name}/?search={SECRET}&fields=*"
    for name in ("courses", "sessions"):
        for question in (
            "mode=on_site", "open=true", "open=false", "upcoming=true", "upcoming=false",
            "language=en", "locale=en", "locale=sv", "starts_from=2020-01-01",
            "starts_to=2099-01-01", "deadline_from=2020-01-01", "deadline_to=2099-01-01",
        ):  # fmt: skip
            yield f"{name}/?{question}&fields=*"
    for question in (
        "order=title", "order=-title", "order=slug", "order=tree", "order=-last_published_at",
        "type=home.ContentPage", "type=courses.CoursePage", "type=about.AboutPage",
        "type=home.HomePage", "type=home.HomePage,about.AboutPage", "show_in_menus=false",
        "locale=en", "locale=sv", "child_of=root", "descendant_of=root",
    ):  # fmt: skip
        yield f"pages/?{question}&fields=*"
    for question in ("order=starts", "order=code", "order=-credits"):
        yield f"courses/?{question}"
    yield "changes/?locale=en"
    yield "changes/?locale=sv"
    yield "courses/?fields=parent(*),related_courses(*),sessions,translations,body_html,audience"
    yield "sessions/?fields=course(*)"
    yield "changes/?since=0&limit=100"
    yield "changes/?type=images,documents"


def _about_the_course(course: CoursePage) -> Iterator[str]:
    session = course.sessions.first()
    assert course.host
    yield f"courses/?host={course.host.short_name}&fields=*"
    yield f"courses/?host={course.host.ror_id}"
    yield f"sessions/?host={course.host_id}"
    yield f"sessions/?course={course.pk}"
    yield f"sessions/{session.pk}/"
    yield f"sessions/?translation_key={session.translation_key}"


def _about_a_page(page: Page) -> Iterator[str]:
    yield f"pages/{page.pk}/"
    yield f"courses/{page.pk}/?fields=*"
    yield f"pages/{page.pk}/?fields=*"
    yield f"pages/{page.pk}/?fields=parent(*)"
    yield f"pages/?translation_key={page.translation_key}&fields=*"
    yield f"courses/?translation_key={page.translation_key}&fields=*"
    yield f"pages/?slug={page.slug}&fields=*"
    yield f"pages/find/?id={page.pk}"
    yield f"pages/find/?html_path={page.url_path.removeprefix('/home')}"
    for relation in ("child_of", "descendant_of", "ancestor_of", "translation_of"):
        yield f"pages/?{relation}={page.pk}&fields=*"
    yield f"courses/?translation_of={page.pk}"


def test_no_address_shows_what_is_hidden(hidden: Hidden, client: Client, settings: object) -> None:
    settings.API_REQUESTS_PER_MINUTE = 10_000  # type: ignore[attr-defined]
    secret_ids = {page.pk for page in hidden.pages}
    for address in _addresses(hidden):
        response = client.get(f"{API}{address}", follow=True)
        assert response.status_code in {200, 400, 404}, address
        data = response.json()
        if response.status_code == 400:
            data.pop("sent", None)
        assert SECRET not in str(data), address
        if address.startswith(("pages/?", "courses/?")) and "items" in data:
            assert not secret_ids & {item["id"] for item in data["items"]}, address


def test_hidden_things_are_not_there(hidden: Hidden, client: Client) -> None:
    for page in hidden.pages:
        assert client.get(f"{API}pages/{page.pk}/").status_code == 404
        assert client.get(f"{API}courses/{page.pk}/").status_code == 404
    for name, key in hidden.files:
        assert client.get(f"{API}{name}/{key}/").status_code == 404


def test_what_a_visible_course_points_at_is_left_out(hidden: Hidden, client: Client) -> None:
    data = client.get(f"{API}courses/{hidden.visible.pk}/").json()
    assert "<a" not in data["audience"]
    assert data["social_image"] is None
    assert data["syllabus"] is None
    assert data["related_courses"] == []
    assert data["body"][0]["value"]["image"] is None
    assert data["body"][1]["value"]["documents"][0]["document"] is None
    assert data["body"][2]["value"]["link"] == {"label": "l", "url": None, "page": None}
    assert "editorial_note" not in data


def test_a_live_page_below_a_hidden_one_does_not_name_it(hidden: Hidden, client: Client) -> None:
    data = client.get(f"{API}pages/{hidden.school.vision.pk}/?fields=parent").json()
    assert data["meta"]["parent"] is None


def test_changes_tell_only_of_what_was_public_once(hidden: Hidden, client: Client) -> None:
    rows = client.get(f"{API}changes/?limit=100").json()["items"]
    by_page = {row["id"]: row for row in rows if row["type"] == "pages"}
    assert by_page[hidden.school.about.pk]["action"] == "removed"
    assert by_page[hidden.school.about.pk]["page_type"] is None
    assert by_page[hidden.visible.pk]["action"] == "published"
    assert by_page[hidden.visible.pk]["page_type"] == "courses.CoursePage"
    draft = next(page for page in hidden.pages if page.title.endswith("draft"))
    assert draft.pk not in by_page
    files = {(row["type"], row["id"]) for row in rows}
    assert not files & set(hidden.files)
