"""Drafts that a partner editor must not know of, and one's own course, which leads to all of them.

Every text of theirs holds `SECRET`, and `CLUE` besides, which may be searched for: what is searched
for is said again.
"""

from typing import Any

from wagtail.models import Locale, Page, Workflow

from cms.models import User
from courses.models import CoursePage, CoursePerson, RelatedCourse
from tests.factories import ContentPageFactory, CoursePageFactory, CourseSessionFactory
from tests.factories.cms import make_private
from tests.school import School, text
from tests.security.samples import Sample, Samples, page_sample

SECRET = "Quokka"
CLUE = "wombat"
WORDS = f"{SECRET} {CLUE}"
RICH = f"<p>{WORDS}</p>"
_COURSE = {
    "summary": WORDS,
    "seo_title": WORDS,
    "search_description": WORDS,
    "editorial_note": WORDS,
    "code": SECRET,
    "audience": RICH,
    "entry_requirements": RICH,
    "learning_outcomes": RICH,
    "examination": RICH,
    "how_to_apply": RICH,
    "application_url": f"https://{SECRET}.example.org/",
    "body": text(WORDS),
}


class ForeignDrafts(Samples):
    """What the admin's views are asked for: drafts of others, and the pages that show them."""

    def __init__(self, school: School, user: User) -> None:
        super().__init__(school, user)
        self.drafts = _Drafts(school)
        own = self.pages[0]
        self.pages = [own, *self.drafts.samples(), page_sample("list", school.index)]
        self.drafts.lead_to_all(CoursePage.objects.get(pk=own.values["pk"]), user)
        self.pages[0] = page_sample("own course", CoursePage.objects.get(pk=own.values["pk"]))
        self.rules = self._rules()


class _Drafts:
    def __init__(self, school: School) -> None:
        self.school = school
        self.host = school.partner
        self.image, self.document = school.image, school.document
        self.pages: dict[str, Page] = {
            "draft": self._course("draft", live=False),
            "changed": self._changed(school.other_course, **_COURSE, host=self.host),
            "private": self._course("private"),
            "page": ContentPageFactory(
                parent=school.home,
                title=WORDS,
                slug=f"{SECRET}-page".lower(),
                summary=WORDS,
                body=text(WORDS),
                social_image=self.image,
                live=False,
            ),
            "below": None,
        }
        self.pages["below"] = ContentPageFactory(
            parent=self.pages["page"], title=WORDS, slug=SECRET.lower(), live=False
        )
        make_private(self.pages["private"], "groups")
        for page in (school.home, school.index, school.about, school.contact):
            self._changed(page)
        swedish = self.pages["changed"].get_latest_revision_as_object()
        self._changed(
            swedish.copy_for_translation(Locale.objects.get(language_code="sv"), copy_parents=True)
        )

    def samples(self) -> list[Sample]:
        """Return what views are asked for: of the two pages below each other, the upper one."""
        return [page_sample(name, page) for name, page in self.pages.items() if name != "below"]

    def lead_to_all(self, own: CoursePage, user: User) -> None:
        """Have the course refer to all of them, in its published version and in its draft."""
        own.related_courses = [
            RelatedCourse(course=page)
            for page in self.pages.values()
            if isinstance(page, CoursePage)
        ]
        pages = list(self.pages.values())
        links = "".join(f'<a linktype="page" id="{page.pk}">Read</a> ' for page in pages)
        own.audience = f"<p>{links}</p>"
        own.body = [
            *text(links),
            *(
                (
                    "call_to_action",
                    {
                        "heading": "On",
                        "text": "",
                        "link": {"label": "On", "page": page, "url": ""},
                    },
                )
                for page in pages
            ),
        ]
        own.save_revision(user=user).publish()
        own.related_courses = []
        own.title = "Mine"
        own.save_revision(user=user)

    def _course(self, name: str, **fields: Any) -> CoursePage:
        course: CoursePage = CoursePageFactory(
            parent=self.school.index,
            title=WORDS,
            slug=f"{SECRET}-{name}".lower(),
            host=self.host,
            sessions=[CourseSessionFactory.build(location=WORDS, note=WORDS)],
            people=[CoursePerson(name=WORDS)],
            social_image=self.image,
            syllabus=self.document,
            **_COURSE,
            **fields,
        )
        return self._changed(course)

    def _changed(self, page: Any, **fields: Any) -> Any:
        """Save a draft that says it, and have a moderator asked for it."""
        page.title, page.slug = (
            WORDS,
            page.slug if page.depth == 2 else f"{SECRET}-{page.pk}".lower(),
        )
        for name, value in {"summary": WORDS, "search_description": WORDS, **fields}.items():
            setattr(page, name, value)
        page.save_revision()
        if not page.workflow_in_progress:
            Workflow.objects.get().start(page, User.objects.get(username="superior"))
        return type(page).objects.get(pk=page.pk)
