"""Everything that anyone outside can see changed is in the publication log, and nothing else."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Comment,
    Locale,
    Page,
    PageViewRestriction,
    Site,
    Workflow,
)

from cms.models import Publication, SiteSettings, SocialLink, University, User
from cms.publishing.scheduling import publish_scheduled
from courses.models import CoursePage
from tests.factories import CoursePageFactory, UserFactory
from tests.factories.courses import CourseSessionFactory
from tests.school import School

type Rows = set[tuple[str, object, bool]]


@dataclass(frozen=True)
class Operation:
    """Something an editor does, and the names of what must be in the log after it.

    A name is a page's or object's in `School`; a minus before it says that everyone can no
    longer see it.
    """

    does: Callable[[School], object]
    appears: str
    prepares: Callable[[School], object] = lambda school: None


def fresh[P: Page](page: P) -> P:
    """Return the page as the database has it."""
    return type(page).objects.get(pk=page.pk)


def publish(page: Page, **changes: object) -> None:
    page = fresh(page)
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision().publish()


def save_draft(page: Page, **changes: object) -> None:
    page = fresh(page)
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision()


def publish_with_another_session(school: School) -> None:
    course = fresh(school.course)
    course.sessions.add(CourseSessionFactory.build(start_date=date(2027, 3, 1), end_date=None))
    course.save_revision().publish()


def schedule(page: Page) -> None:
    save_draft(page, go_live_at=timezone.now() + timedelta(minutes=5), title="Scheduled title")
    page = fresh(page)
    page.get_latest_revision().publish()


def let_the_time_come(school: School) -> None:
    fresh(school.vision).revisions.update(approved_go_live_at=timezone.now() - timedelta(minutes=1))
    publish_scheduled()


def expire(school: School) -> None:
    Page.objects.filter(pk=school.vision.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    publish_scheduled()


def restrict(page: Page) -> None:
    PageViewRestriction.objects.create(page=fresh(page), restriction_type="login")


def restore_first_version(school: School) -> None:
    page = fresh(school.vision)
    page.revisions.order_by("pk").first().as_object().save_revision().publish()


def two_versions(school: School) -> None:
    publish(school.vision, statement="First")
    publish(school.vision, statement="Second")


def two_versions_and_a_schedule(school: School) -> None:
    two_versions(school)
    schedule(school.vision)


def edit_image_file(school: School) -> None:
    school.image.focal_point_x, school.image.focal_point_y = 5, 5
    school.image.focal_point_width = school.image.focal_point_height = 4
    school.image.save()


def replace_document(school: School) -> None:
    school.document.file.save("newer.txt", ContentFile(b"newer"))


def add_social_link(school: School) -> None:
    settings = SiteSettings.for_site(Site.objects.get())
    SocialLink.objects.create(settings=settings, label="LinkedIn", url="https://example.org/li")


def make_settings(school: School) -> None:
    SiteSettings.for_site(Site.objects.get()).save()


def change_settings(school: School) -> None:
    settings = SiteSettings.for_site(Site.objects.get())
    settings.contact_phone = "+46 46 222 00 00"
    settings.save()


def comment(school: School) -> None:
    Comment.objects.create(
        page=school.vision, user=UserFactory(), text="Sure?", contentpath="statement"
    )


def lock(school: School) -> None:
    page = fresh(school.vision)
    page.locked = True
    page.save(update_fields=["locked"])


def submit_for_moderation(school: School) -> None:
    page = fresh(school.vision)
    page.statement = "Submitted"
    page.save_revision()
    Workflow.objects.get(name="Moderation").start(page, UserFactory())


def submit_and_approve(school: School) -> None:
    submit_for_moderation(school)
    page = fresh(school.vision)
    task_state = page.current_workflow_task_state
    task_state.task.specific.on_action(task_state, UserFactory(is_superuser=True), "approve")


def private_collection(school: School) -> Collection:
    collection = Collection.get_first_root_node().add_child(name="For members")
    school.document.collection = collection
    school.document.save()
    return collection


def restrict_collection(school: School) -> None:
    CollectionViewRestriction.objects.create(
        collection=Collection.objects.get(name="For members"), restriction_type="login"
    )


def import_without_revision(school: School) -> None:
    CoursePageFactory(
        parent=school.index, title="Imported", slug="imported", host=school.other_course.host
    )


WITH_ABOUT_TREE = "about vision mission funding"
# The home page links to the list of courses, a course lists another as related.
OPERATIONS: dict[str, Operation] = {
    "publish a new page": Operation(import_without_revision, "courses/imported"),
    "publish an edit": Operation(lambda s: publish(s.vision, statement="New"), "vision"),
    "publish an edit of sessions only": Operation(publish_with_another_session, "course"),
    "publish a page that another shows": Operation(
        lambda s: publish(s.other_course, title="Renamed"), "other_course course"
    ),
    "schedule": Operation(lambda s: schedule(s.vision), "", prepares=two_versions),
    "go live on time": Operation(let_the_time_come, "vision", prepares=two_versions_and_a_schedule),
    "expire": Operation(expire, "-vision"),
    "unpublish": Operation(lambda s: fresh(s.about).unpublish(), "-about vision mission funding"),
    "unpublish with children": Operation(
        lambda s: [fresh(page).unpublish() for page in (s.about, s.vision, s.mission, s.funding)],
        # In this order: while the one above goes, those below are told of without it.
        "-about vision mission funding -vision -mission -funding",
    ),
    "delete a subtree": Operation(
        lambda s: fresh(s.about).delete(), "-about -vision -mission -funding"
    ),
    "move": Operation(
        lambda s: fresh(s.contact).move(fresh(s.about), pos="last-child"), "contact about"
    ),
    "reorder": Operation(lambda s: fresh(s.mission).move(fresh(s.vision), pos="left"), "mission"),
    "change an address": Operation(lambda s: publish(s.about, slug="about-us"), WITH_ABOUT_TREE),
    "copy, live": Operation(
        lambda s: fresh(s.vision).copy(update_attrs={"slug": "copied"}), "about/copied"
    ),
    "make an alias": Operation(
        lambda s: fresh(s.vision).create_alias(update_slug="alias"), "about/alias"
    ),
    "publish what has an alias": Operation(
        lambda s: publish(s.vision, statement="New"),
        "vision about/alias",
        prepares=lambda s: fresh(s.vision).create_alias(update_slug="alias"),
    ),
    "make a subtree private": Operation(
        lambda s: restrict(s.about), "-about -vision -mission -funding"
    ),
    "make private what has an alias": Operation(
        lambda s: restrict(s.about),
        "-about -vision -mission -funding -alias",
        prepares=lambda s: fresh(s.vision).create_alias(parent=fresh(s.home), update_slug="alias"),
    ),
    "make a subtree public again": Operation(
        lambda s: PageViewRestriction.objects.get().delete(),
        WITH_ABOUT_TREE,
        prepares=lambda s: restrict(s.about),
    ),
    "edit a university": Operation(lambda s: s.university.save(), "university about course"),
    "delete a university": Operation(lambda s: s.partner.delete(), "-partner about course"),
    "edit a stage": Operation(lambda s: s.stage.save(), "stage course"),
    "delete a stage": Operation(lambda s: s.stage.delete(), "-stage course"),
    "edit an image": Operation(
        edit_image_file, f"image home contact index course {WITH_ABOUT_TREE}"
    ),
    "delete an image": Operation(
        lambda s: s.image.delete(), f"-image home contact index course {WITH_ABOUT_TREE}"
    ),
    "replace a document": Operation(replace_document, "document course"),
    "delete a document": Operation(lambda s: s.document.delete(), "-document course"),
    "make a collection private": Operation(
        restrict_collection, "-document course", prepares=private_collection
    ),
    "change settings": Operation(change_settings, "site", prepares=make_settings),
    "add a social link": Operation(add_social_link, "site", prepares=make_settings),
    "add a redirect": Operation(
        lambda s: Redirect.objects.create(old_path="/old", redirect_link="/about/"), "site"
    ),
    "change a site": Operation(lambda s: Site.objects.get().save(), "site"),
    "change a language": Operation(lambda s: Locale.objects.get(language_code="sv").save(), "site"),
    "restore an old version": Operation(restore_first_version, "vision", prepares=two_versions),
    "save without a version": Operation(lambda s: fresh(s.vision).save(), "vision"),
    "approve a submission": Operation(submit_and_approve, "vision"),
    "touch": Operation(
        lambda s: call_command("publication_touch", verbosity=0),
        "site university partner stage image document home contact index course other_course "
        f"{WITH_ABOUT_TREE} others",
    ),
    # What nobody outside can see.
    "save a draft": Operation(lambda s: save_draft(s.vision, statement="Draft"), ""),
    "save a draft of what was never public": Operation(
        lambda s: save_draft(CoursePage.objects.get(slug="draft"), title="Draft two"),
        "",
        prepares=lambda s: CoursePageFactory(parent=s.index, slug="draft", live=False),
    ),
    "comment": Operation(comment, ""),
    "lock": Operation(lock, ""),
    "submit for moderation": Operation(submit_for_moderation, ""),
    "change an account": Operation(lambda s: UserFactory.create().save(), ""),
}


def rows_after(sequence: int) -> Rows:
    return set(
        Publication.objects.filter(pk__gt=sequence).values_list(
            "resource", "resource_id", "is_public"
        )
    )


def expected_rows(school: School, names: str) -> Rows:
    rows: Rows = set()
    for name in names.split():
        public, key = not name.startswith("-"), name.lstrip("-")
        if key == "site":
            rows.add(("site", None, public))
        elif key == "others":
            known = {school.university.pk, school.partner.pk}
            others = University.objects.exclude(pk__in=known)
            rows |= {("universities", university.pk, public) for university in others}
        elif "/" in key or key == "alias":
            page = Page.objects.get(url_path=f"{school.home.url_path}{key}/")
            rows.add(("pages", page.pk, public))
        else:
            kind = {"university": "universities", "partner": "universities", "stage": "stages"}
            kind |= {"image": "images", "document": "documents"}
            rows.add((kind.get(key, "pages"), KEYS[key], public))
    return rows


KEYS: dict[str, int] = {}


@pytest.mark.parametrize("name", OPERATIONS)
def test_each_operation_is_recorded_as_what_it_changes(name: str, school: School) -> None:
    operation = OPERATIONS[name]
    operation.prepares(school)
    for attribute in School.__slots__:
        KEYS[attribute] = getattr(school, attribute).pk
    newest = Publication.objects.order_by("-pk").values_list("pk", flat=True).first() or 0

    operation.does(school)

    assert rows_after(newest) == expected_rows(school, operation.appears)


def test_bulk_actions_record_each_page(school: School, moderator: object) -> None:
    newest = Publication.objects.latest("pk").pk
    ids = [school.course.pk, school.other_course.pk]

    response = moderator.post(  # type: ignore[attr-defined]
        f"/admin/bulk/wagtailcore/page/unpublish/?id={ids[0]}&id={ids[1]}&next=/admin/", {}
    )

    assert response.status_code == 302
    assert {("pages", pk, False) for pk in ids} <= rows_after(newest)


def test_a_change_that_is_rolled_back_leaves_no_row(school: School) -> None:
    before = Publication.objects.count()
    with transaction.atomic():
        publish(school.vision, statement="Never")
        assert Publication.objects.count() > before
        transaction.set_rollback(True)

    assert Publication.objects.count() == before


def test_everything_that_setting_up_publishes_is_recorded(home: Page) -> None:
    call_command("load_school_content", verbosity=0)

    live = set(Page.objects.live().filter(depth__gt=1).values_list("pk", flat=True))
    recorded = Publication.objects.filter(resource="pages").values_list("resource_id", flat=True)
    assert live <= set(recorded)


def test_an_account_is_no_publication(home: Page) -> None:
    newest = Publication.objects.order_by("-pk").values_list("pk", flat=True).first() or 0

    User.objects.create_user("somebody")

    assert rows_after(newest) == set()
