"""A course's or the whole list's calendar and feed, at addresses below the pages' own."""

from pathlib import Path

from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe
from wagtail.models import Locale, Page, PageQuerySet

from cms.api.parameters import boolean, parse_parameters
from cms.api.problems import Problem, problem_response
from cms.i18n.clock import school_today
from cms.publishing.http.responses import mark_public
from cms.publishing.locales import active_locale
from cms.publishing.visibility import public_pages
from courses.api.criteria import CRITERIA, criteria_from
from courses.feeds import atom, icalendar
from courses.listing.filters import filter_courses, filter_sessions
from courses.models import CourseIndexPage, CoursePage, CourseSession

DEADLINES = boolean("deadlines")


@require_safe
def calendar(request: HttpRequest, path: str) -> HttpResponse:
    """Answer with the sessions of the course or the list of courses at `path` as iCalendar.

    Takes the API's filters, and `deadlines=true` for the last days to apply as events of their
    own. 400 (problem+json) for anything else; 404 where nothing public is at `path`.
    """
    page, courses = _page_and_courses(request, path)
    try:
        values = parse_parameters(request.GET, (*CRITERIA, DEADLINES))
        criteria = criteria_from(values)
    except Problem as problem:
        return problem_response(problem.status_code, str(problem.detail), **problem.members)
    sessions = filter_sessions(
        CourseSession.objects.filter(page__in=courses), criteria, school_today()
    )
    content = icalendar.build_calendar(
        sessions.by_date().select_related("page__host").prefetch_related("page__stages"),
        name=page.title,
        base_url=_base_url(request),
        with_deadlines=values.get("deadlines", False),
    )
    response = HttpResponse(content, content_type=icalendar.CONTENT_TYPE)
    response.headers["Content-Disposition"] = f'inline; filename="{page.slug}.ics"'
    return mark_public(response, None)


@require_safe
def feed(request: HttpRequest, path: str) -> HttpResponse:
    """Answer with the news of the list of courses at `path` as Atom. Takes the API's filters."""
    page, courses = _page_and_courses(request, path)
    try:
        criteria = criteria_from(parse_parameters(request.GET, CRITERIA))
    except Problem as problem:
        return problem_response(problem.status_code, str(problem.detail), **problem.members)
    today = school_today()
    chosen = filter_courses(courses, criteria, today)
    base_url = _base_url(request)
    content = atom.build_feed(
        chosen.select_related("host").prefetch_related(
            Prefetch("sessions", queryset=CourseSession.objects.by_date())
        ),
        today,
        base_url=base_url,
        page_url=f"{base_url}{page.url}",
        feed_url=request.build_absolute_uri(),
    )
    return mark_public(HttpResponse(content, content_type=atom.CONTENT_TYPE), None)


def _page_and_courses(request: HttpRequest, path: str) -> tuple[Page, PageQuerySet]:
    """Return the public page at `path` and the public courses that it is or lists."""
    route = Page.route_for_request(request, path)
    page = route.page.specific if route else None
    if not isinstance(page, CourseIndexPage | CoursePage):
        raise Http404
    if not public_pages(Page.objects.filter(pk=page.pk)).exists():
        raise Http404
    if isinstance(page, CourseIndexPage):
        return page, page.public_courses()
    return page, public_pages(CoursePage.objects.filter(pk=page.pk))


def _base_url(request: HttpRequest) -> str:
    return request.build_absolute_uri("/")[:-1]


@require_safe
def embed_script(request: HttpRequest) -> HttpResponse:
    """Answer with the custom element for partner sites, at an address that never changes."""
    return mark_public(HttpResponse(_embed_source(), content_type="text/javascript; charset=utf-8"))


@require_safe
def embed_list(request: HttpRequest) -> HttpResponse:
    """Lead from partner sites to the list of courses, in the address's language or else English.

    Editors may give the list another address; the script on partner sites cannot know it.
    """
    lists = public_pages(CourseIndexPage.objects.all())
    found = (
        lists.filter(locale=active_locale()).first()
        or lists.filter(locale=Locale.get_default()).first()
    )
    if found is None:
        raise Http404
    return redirect(found.url)


def _embed_source() -> bytes:
    # From the package, not from where static files are collected under names with a hash.
    return (Path(__file__).parents[1] / "static/courses/embed.js").read_bytes()
