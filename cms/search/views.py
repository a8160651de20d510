"""The page that searches the site: `/search/?q=…`."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

from cms.pages.base import BasePage
from cms.publishing.http.responses import mark_public
from cms.search.excerpts import Part, excerpt, mark
from cms.search.query import Findings, Query, find
from cms.upstream.characters import clean

LONGEST_QUERY = 200
RESULTS_A_PAGE = 10


@dataclass(frozen=True, slots=True)
class Result:
    """One page that was found."""

    page: BasePage
    title: Sequence[Part]
    excerpt: Sequence[Part]


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Answer with the public pages in the reader's language that have the words of `q`.

    `page` counts from 1; what is no page number shows the nearest there is. Never kept in the
    page cache with a query: there are as many of them as there are visitors.
    """
    asked = " ".join(clean(request.GET.get("q", "")).split())[:LONGEST_QUERY]
    site = Site.find_for_request(request)
    findings = find(asked, site) if site else Findings()
    numbers = Paginator(findings.page_ids, RESULTS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "asked": asked,
        "findings": findings,
        "shown": findings.guess or asked,
        "pages": numbers,
        "results": _results(list(numbers), findings.query),
        "total": len(findings.page_ids),
    }
    return mark_public(render(request, "cms/search.html", context))


def _results(page_ids: Sequence[int], query: Query) -> list[Result]:
    """Return the results with what they show of other tables: a query or two for each type."""
    ids_of_type: dict[type[BasePage], list[int]] = defaultdict(list)
    for page in Page.objects.filter(pk__in=page_ids):
        model = page.specific_class
        if model is not None and issubclass(model, BasePage):
            ids_of_type[model].append(page.pk)
    found: dict[int, BasePage] = {}
    for model, ids in ids_of_type.items():
        found |= model.for_visitors().in_bulk(ids)
    return [
        Result(page, mark(page.title, query), excerpt(page, query))
        for page in (found[pk] for pk in page_ids if pk in found)
    ]
