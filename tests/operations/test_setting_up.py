"""Setting up can be repeated at any time: it adds what is missing and touches nothing else."""

from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.models import GroupPagePermission, Locale, Page, Site, Workflow, WorkflowPage

from cms.models import SiteSettings, University, User
from courses.models import CoursePage, DevelopmentStage
from home.models import HomePage
from tests.html import one, read, words


def run(command: str, **options: object) -> str:
    """Run a management command and return what it said."""
    output = StringIO()
    call_command(command, stdout=output, **options)
    return output.getvalue()


def _rights() -> set[tuple[object, ...]]:
    pages = GroupPagePermission.objects.values_list("group", "page", "permission")
    everywhere = Group.objects.values_list("name", "permissions")
    return {*pages, *everywhere}


def test_the_first_run_makes_a_whole_site(
    home: HomePage, said_by_setup_site: str, client: Client
) -> None:
    assert "everything was already set up" not in said_by_setup_site
    assert words(one(read(client, "/"), "h1"))
    site = Site.objects.get(is_default_site=True)
    assert site.root_page_id == home.pk
    assert site.site_name == "National ATMP Research School"
    assert {locale.language_code for locale in Locale.objects.all()} == {"en", "sv"}
    homes = Page.objects.filter(depth=2).values_list("locale__language_code", "live")
    assert set(homes) == {("en", True), ("sv", False)}
    assert SiteSettings.objects.get().site == site
    assert {"Editors", "Moderators", "Administrators"} == set(
        Group.objects.values_list("name", flat=True)
    )
    assert WorkflowPage.objects.get().page.depth == 1
    assert not User.objects.exists()


def test_repeating_it_changes_nothing(home: HomePage) -> None:
    before = (_rights(), Page.objects.count(), Workflow.objects.count(), Site.objects.count())
    for _repetition in range(2):
        assert run("setup_site") == "Site: everything was already set up.\n"
    after = (_rights(), Page.objects.count(), Workflow.objects.count(), Site.objects.count())
    assert after == before
    now = HomePage.objects.get(locale__language_code="en")
    assert now.latest_revision_id == home.latest_revision_id


def test_it_keeps_what_staff_chose(home: HomePage) -> None:
    home.title = home.headline = "Our school"
    home.save()
    site = Site.objects.get()
    site.hostname, site.site_name, site.port = "atmp.example.org", "ATMP", 443
    site.save()
    settings = SiteSettings.objects.get()
    settings.contact_email = "school@example.org"
    settings.save()
    editors = Group.objects.get(name="Editors")
    editors.permissions.add(*Group.objects.get(name="Moderators").permissions.all())
    rights = _rights()
    Workflow.objects.update(name="Two pairs of eyes")

    run("setup_site", base_url="https://elsewhere.example.org")

    home.refresh_from_db()
    assert (home.title, home.headline) == ("Our school", "Our school")
    site.refresh_from_db()
    assert (site.hostname, site.site_name, site.port) == ("atmp.example.org", "ATMP", 443)
    assert SiteSettings.objects.get().contact_email == "school@example.org"
    assert _rights() == rights
    assert [workflow.name for workflow in Workflow.objects.all()] == ["Two pairs of eyes"]


def test_it_gives_back_what_a_role_needs(home: HomePage) -> None:
    rights = _rights()
    Group.objects.get(name="Administrators").delete()
    Group.objects.get(name="Moderators").permissions.clear()
    GroupPagePermission.objects.all().delete()
    said = run("setup_site")
    assert "Administrators" in said
    assert {right[1:] for right in _rights()} == {right[1:] for right in rights}


def test_the_sites_address_is_set_while_it_is_still_the_default(home: HomePage) -> None:
    Site.objects.update(hostname="localhost", port=80)
    run("setup_site", base_url="https://atmp.example.org")
    assert Site.objects.values_list("hostname", "port").get() == ("atmp.example.org", 443)
    run("setup_site", base_url="https://another.example.org:8443")
    assert Site.objects.values_list("hostname", "port").get() == ("atmp.example.org", 443)


def test_content_needs_a_site_that_is_set_up(home: HomePage) -> None:
    Site.objects.all().delete()
    with pytest.raises(CommandError, match="setup_site"):
        run("load_school_content")


def _everything() -> list[tuple[object, ...]]:
    pages = Page.objects.values_list(
        "pk", "path", "title", "slug", "live", "latest_revision", "show_in_menus"
    )
    universities = University.objects.values_list("pk", "name", "ror_id", "sort_order")
    stages = DevelopmentStage.objects.values_list("pk", "name", "slug", "sort_order")
    return [*pages, *universities, *stages]


def test_loading_the_content_again_changes_nothing(content: HomePage) -> None:
    before = _everything()
    for _repetition in range(2):
        assert run("load_school_content") == "School content: nothing was missing.\n"
    assert _everything() == before


def test_loading_the_content_again_keeps_edits(content: HomePage, client: Client) -> None:
    vision = Page.objects.get(slug="vision", locale__language_code="en").specific
    vision.statement = "A statement of our own."
    vision.slug = "our-vision"
    vision.save_revision().publish()
    about = Page.objects.get(slug="about").specific
    about.body = []
    about.audiences = []
    about.save_revision().publish()
    Page.objects.get(slug="mission").specific.unpublish()
    home = HomePage.objects.get(locale__language_code="en")
    home.lead = "A lead of our own."
    home.save_revision().publish()
    University.objects.filter(short_name="LU").update(name="Lunds universitet", sort_order=9)
    DevelopmentStage.objects.filter(slug="regulation").update(name="Law")
    before = _everything()

    run("setup_site")
    run("load_school_content")

    assert _everything() == before
    assert "A statement of our own." in words(read(client, "/about/our-vision/"))
    assert client.get("/about/mission/").status_code == 404
    assert client.get("/about/vision/").status_code == 404
    assert "A lead of our own." in words(read(client, "/"))
    assert not Page.objects.get(slug="about").specific.audiences


def test_a_draft_of_an_editor_survives(content: HomePage) -> None:
    vision = Page.objects.get(slug="vision", locale__language_code="en").specific
    vision.statement = "A draft."
    revision = vision.save_revision()
    run("load_school_content")
    latest = Page.objects.get(slug="vision", locale__language_code="en").latest_revision
    assert latest.pk == revision.pk
    assert latest.as_object().statement == "A draft."


def test_what_staff_deleted_stays_deleted(content: HomePage, administrator: Client) -> None:
    administrator.post(f"/admin/pages/{Page.objects.get(slug='mission').pk}/delete/")
    gothenburg = University.objects.get(short_name="GU")
    Page.objects.get(slug="about").specific.partners.remove(gothenburg)
    administrator.post(f"/admin/snippets/cms/university/delete/{gothenburg.pk}/")
    before = _everything()
    assert len(before) > 10
    run("load_school_content")
    assert not Page.objects.filter(slug="mission").exists()
    assert _everything() == before


def test_only_what_is_missing_is_loaded(home: HomePage) -> None:
    University.objects.create(
        name="Lund University (LU)", short_name="LU", ror_id="https://ror.org/012a77v79"
    )
    run("load_school_content")
    assert University.objects.count() == 5
    assert University.objects.get(ror_id="https://ror.org/012a77v79").name == "Lund University (LU)"


@pytest.fixture
def developing(settings: object) -> None:
    """Make believe that this is a developer's machine."""
    settings.DEBUG = True  # type: ignore[attr-defined]


def test_sample_courses_are_refused_where_the_site_is_real(content: HomePage) -> None:
    with pytest.raises(CommandError, match="Nothing was loaded"):
        run("load_sample_courses")
    assert not CoursePage.objects.exists()


def test_sample_courses_need_the_content(home: HomePage, developing: None) -> None:
    with pytest.raises(CommandError, match="load_school_content"):
        run("load_sample_courses")


def test_loading_sample_courses_again_keeps_edits(content: HomePage, developing: None) -> None:
    run("load_sample_courses")
    first, second = CoursePage.objects.order_by("path")[:2]
    first.title, first.slug = "A course of our own", "our-own"
    first.save_revision().publish()
    second.unpublish()
    before = _everything()
    assert run("load_sample_courses") == "Sample courses: nothing was missing.\n"
    assert _everything() == before


def test_deleted_sample_courses_stay_deleted(
    content: HomePage, developing: None, administrator: Client
) -> None:
    run("load_sample_courses")
    administrator.post(f"/admin/pages/{CoursePage.objects.order_by('path')[0].pk}/delete/")
    count = CoursePage.objects.count()
    run("load_sample_courses")
    assert CoursePage.objects.count() == count
