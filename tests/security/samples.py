"""Objects to ask the admin's views for: of one's own, of others, and of the site's."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from wagtail.admin.models import EditingSession
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    Page,
    Site,
    UploadedFile,
    Workflow,
)

from cms.i18n.clock import school_today
from cms.models import User
from courses.models import CoursePage, CourseSession
from tests.factories import (
    CoursePageFactory,
    CourseSessionFactory,
    DocumentFactory,
    ImageFactory,
    UserFactory,
)
from tests.school import School
from tests.swedish import swedish_draft


@dataclass(frozen=True, slots=True)
class Sample:
    """An object, called by a name, as the values of parameters of addresses."""

    type Values = dict[str, Any]
    name: str
    values: Values


class Samples:
    """What a site needs so that no view's argument leads nowhere.

    `user` owns a draft of a course, an image and a document; the other ones are somebody else's.
    """

    def __init__(self, school: School, user: User | None) -> None:
        self.school = school
        self.stranger: User = UserFactory.create(username="stranger", groups=["Editors"])
        self.superuser: User = UserFactory.create(username="superior", is_superuser=True)
        self.user = user or self.stranger
        self.swedish = swedish_draft(school.contact)
        self.pages = [
            page_sample("own course", self._course("own", school.university)),
            page_sample("other course", self._course("other", school.partner)),
            page_sample("page", self._submitted(school.contact)),
            page_sample("list", school.index),
        ]
        self.sessions = [
            Sample(page.name, {"id": CourseSession.objects.get(page=page.values["pk"]).pk})
            for page in self.pages[:2]
        ]
        self.images = _owned(ImageFactory, self.user, self.stranger)
        self.documents = _owned(DocumentFactory, self.user, self.stranger)
        self.shared = self._shared()
        self.rules = self._rules()

    def of(self, route: str, names: set[str]) -> Iterator[Sample]:
        """Yield what a route can be asked for; raise LookupError where that is not known."""
        found = False
        for pattern, samples in self.rules:
            if re.match(pattern, route):
                for sample in samples:
                    values = self.shared | sample.values
                    if names <= values.keys():
                        found = True
                        yield Sample(sample.name, values)
                break
        if not found:
            raise LookupError(f"No sample for {route}: say in {__name__} what {names} may be.")

    def of_bulk_action(self, app: str, model: str) -> list[Sample]:
        """Return what an action on many may be asked for."""
        samples = {
            "page": self.pages,
            "coursepage": self.pages[:2],
            "coursesession": self.sessions,
            "siteimage": self.images,
            "document": self.documents,
            "user": self._users(),
            "university": [Sample("", {"pk": self.school.university.pk})],
            "developmentstage": [Sample("", {"pk": self.school.stage.pk})],
        }.get(model)
        if samples is None:
            raise LookupError(f"No sample of {app}.{model}: name some in {__name__}.")
        return [Sample(s.name, {"id": next(iter(s.values.values()))}) for s in samples]

    def _rules(self) -> list[tuple[str, list[Sample]]]:
        """Return which objects belong to which routes; the first that matches counts."""
        courses = self.pages[:2]
        course = {"app_label": "courses", "model_name": "coursepage"}
        return [
            (r"pages/add/", self._new_pages()),
            (r"pages/(usage|create)/<slug", [Sample("", course | _content_type(course))]),
            (r"courses/", courses),
            (r"(pages|choose-page|translation/submit/page)/", self.pages),
            (r"translations/", [page_sample("", self.swedish)]),
            (r"api/main/\^pages/", self.pages),
            (r"api/main/\^images/|images/", self.images),
            (r"api/main/\^documents/|documents/", self.documents),
            (r"users/", self._users()),
            (r"groups/", [Sample("", {"pk": Group.objects.get(name="Editors").pk})]),
            (r"sites/", [Sample("", {"pk": Site.objects.get().pk})]),
            (r"snippets/.*university", [Sample("", {"pk": self.school.university.pk})]),
            (r"snippets/.*developmentstage", [Sample("", {"pk": self.school.stage.pk})]),
            (r"settings/", self._settings()),
            (r"tag-autocomplete/", [Sample("", {"app_name": "taggit", "model_name": "tag"})]),
            (r"translation/submit/snippet/", [Sample("", course | {"pk": self.school.course.pk})]),
            (r"editing-sessions/", self._editing_sessions()),
            (r"workflows/tasks/add/", [Sample("", _APPROVAL)]),
            (r"workflows/(tasks|task_chooser)/", [Sample("", {"pk": self.shared["task_id"]})]),
            (r"workflows/", [Sample("", {"pk": self.shared["workflow_pk"]})]),
            (r"collections/", [Sample("", {"pk": self.shared["collection_id"]})]),
            (r"account/", [Sample("", {"pk": 1})]),
            (r"tasks/", [Sample("", {"name": "my-drafts"})]),
            (r"guide/", [Sample("", {"name": "dashboard"})]),
            (r"oidc/", [Sample("", {"provider_id": "sso"})]),
            (r"", [Sample("", {})]),
        ]

    def _shared(self) -> Sample.Values:
        school = self.school
        collection = Collection.get_first_root_node().add_child(name="Minutes")
        task = GroupApprovalTask.objects.get()
        upload = UploadedFile(for_content_type=None, uploaded_by_user=self.stranger)
        upload.file.save("upload.png", ContentFile(b"x"))
        redirect = Redirect.objects.create(old_path="/old", redirect_page=school.contact)
        workflow = Workflow.objects.get()
        return {
            "action_name": "approve",
            "collection_id": collection.pk,
            "destination_id": school.about.pk,
            "filter_spec": "max-165x165",
            "key": "a-key",
            "page_pk": school.contact.pk,
            "redirect_id": redirect.pk,
            "restriction_id": 1,
            "task_id": task.pk,
            "token": "a-token",
            "uidb36": "1",
            "uidb64": "MQ",
            "uploaded_file_id": upload.pk,
            "workflow_pk": workflow.pk,
        }

    def _course(self, slug: str, host: Any) -> CoursePage:
        """Return a course that is published and has a draft that waits for a decision."""
        course: CoursePage = CoursePageFactory(
            parent=self.school.index,
            title=f"A course {slug}",
            slug=slug,
            host=host,
            sessions=[CourseSessionFactory.build()],
        )
        return self._submitted(course)

    def _submitted(self, page: Any) -> Any:
        revision = page.save_revision(user=self.user)
        Workflow.objects.get().start(page, self.user)
        page.refresh_from_db()
        assert revision.pk
        return page

    def _new_pages(self) -> list[Sample]:
        course = {"app_label": "courses", "model_name": "coursepage"}
        content = {"app_label": "home", "model_name": "contentpage"}
        below_list = {"parent_page_id": self.school.index.pk}
        return [
            Sample("course", _content_type(course) | below_list),
            Sample("page", _content_type(content) | {"parent_page_id": self.school.home.pk}),
        ]

    def _users(self) -> list[Sample]:
        return [
            Sample("editor", {"pk": self.stranger.pk}),
            Sample("superuser", {"pk": self.superuser.pk}),
        ]

    def _settings(self) -> list[Sample]:
        names = {"app_name": "cms", "model_name": "sitesettings"}
        return [Sample("", names | {"pk": Site.objects.get().pk})]

    def _editing_sessions(self) -> list[Sample]:
        page = self.school.contact
        session = EditingSession.objects.create(
            user=self.stranger,
            content_object=page,
            last_seen_at=page.latest_revision.created_at,
        )
        names = {"app_label": "home", "model_name": "contentpage", "object_id": page.pk}
        return [Sample("", names | {"session_id": session.pk})]


_APPROVAL = {"app_label": "wagtailcore", "model_name": "groupapprovaltask"}


def _content_type(names: dict[str, str]) -> dict[str, str]:
    return {
        "content_type_app_name": names["app_label"],
        "content_type_model_name": names["model_name"],
    }


def page_sample(name: str, page: Page) -> Sample:
    state = page.current_workflow_state
    waiting = (
        {"task_state_id": state.current_task_state_id, "workflow_state_id": state.pk}
        if state
        else {}
    )
    revision = page.latest_revision_id or 1
    return Sample(
        name,
        {
            "page_id": page.pk,
            "pk": page.pk,
            "parent_page_id": page.pk,
            "page_to_move_id": page.pk,
            "course_id": page.pk,
            "revision_id": revision,
            "revision_id_a": "live",
            "revision_id_b": "latest",
            **waiting,
        },
    )


def _owned(factory: Any, user: User, stranger: User) -> list[Sample]:
    samples = []
    for name, owner in (("own", user), ("other", stranger)):
        key = factory(uploaded_by_user=owner, created_at=school_today()).pk
        values = dict.fromkeys(("pk", "image_id", "document_id", "doc_id"), key)
        samples.append(Sample(name, values))
    return samples
