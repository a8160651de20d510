"""How courses, sessions and stages look."""

from collections.abc import Callable

from wagtail.models import Page

from cms.api.batching import Batch
from cms.api.schemas.base import Field, Schema
from cms.api.schemas.models import OBJECT, model_fields, register_schema
from cms.api.schemas.pages import LINKED_PAGE, page_schema
from courses.models import CoursePage, CourseSession, DevelopmentStage

STAGE = register_schema(
    DevelopmentStage,
    Schema(
        [*OBJECT, *model_fields(DevelopmentStage)],
        listed="id type detail_url name name_sv slug description description_sv",
        nested="id type detail_url name name_sv slug",
    ),
)

SESSION = register_schema(
    CourseSession,
    Schema(
        [
            *OBJECT,
            *model_fields(CourseSession),
            Field("apply_url"),
            Field("status_date", lambda _session, batch: batch.site.today),
        ],
        listed="id type detail_url translation_key start_date end_date application_opens "
        "application_closes location location_sv mode workload workload_sv places application_url "
        "apply_url state note note_sv "
        "status time_status application_status status_date",
    ),
)


def _languages(course: CoursePage, batch: Batch) -> list[str]:
    return [code for code, _name in course.languages_of_instruction]


def _related(course: CoursePage, batch: Batch) -> Callable[[], list[Page]]:
    chosen = [related.course_id for related in course.related_courses.all()]
    for pk in chosen:
        batch.want_pages(pk=pk)
    return lambda: [page for pk in chosen if (page := batch.page(pk))]


COURSE = page_schema(CoursePage).extended(
    [
        Field("languages_of_instruction", _languages),
        Field("next_session", schema=lambda: SESSION, prefetches=("sessions",)),
        Field("related_courses", _related, lambda: LINKED_PAGE, prefetches=("related_courses",)),
    ],
    listed="summary social_image image code credits cycle host stages languages_of_instruction "
    "application_url next_session last_published_at",
    nested="id translation_key type detail_url html_url locale title summary code credits host",
)

# Sessions by themselves say which course they are of.
DATED_SESSION = SESSION.extended(
    [
        Field("locale", "locale.language_code", in_meta=True, joins=("locale",)),
        Field("apply_url", joins=("page",)),
        Field("course", "page", lambda: COURSE, relation="page"),
    ],
    listed="locale course",
)
