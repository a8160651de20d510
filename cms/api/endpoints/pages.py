"""Pages of every type."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from wagtail.models import Page, PageQuerySet, get_page_models

from cms.api.endpoints.base import LOCALE, SEARCH, Endpoint
from cms.api.parameters import (
    Parameter,
    boolean,
    choice,
    integer,
    moment,
    parse_parameters,
    several,
    text,
    uuid,
)
from cms.api.problems import ParameterProblem
from cms.api.schemas.base import Schema
from cms.api.schemas.pages import PAGE, page_schema
from cms.api.site import PublicSite
from cms.pages.base import BasePage
from cms.pages.redirects import own_path, redirects_from
from cms.pages.routing import url_paths_at
from cms.search.query import find

ROOT = "root"


def _page_id(name: str) -> Parameter:
    number = integer(name, "")
    takes = f"the id of a public page, or {ROOT} for the home page"
    return Parameter(name, takes, lambda value: value if value == ROOT else number.parse(value))


# Each is a method of Wagtail's page querysets too.
RELATIVES = tuple(
    _page_id(name) for name in ("child_of", "descendant_of", "ancestor_of", "translation_of")
)
TRANSLATION_OF = RELATIVES[-1]
TRANSLATION_KEY = uuid("translation_key").by("translation_key")
PAGE_LOCALE = LOCALE.by("locale__language_code")
SLUG = text("slug").by("slug")
FIRST_PUBLISHED_AT = moment("first_published_at", "when it was first published").by(
    "first_published_at__range"
)
UPDATED_SINCE = moment("updated_since", "since when something was published")


def ids_found(words: str, pages: PageQuerySet) -> Sequence[int]:
    """Return the ids of those of `pages` that have all the words, the best first.

    As the site's own search finds them. It also guesses; a program is not told of that.
    """
    findings = find(words, pages)
    return () if findings.guess or findings.is_partial else findings.page_ids


class PagesEndpoint(Endpoint):
    """All pages. One type of them has its own fields in lists, every page by itself."""

    name = "pages"
    model = Page
    schema = PAGE
    # The schemas of all page types by their models.
    schemas: ClassVar[dict[type[Page], Schema]] = {}
    takes_type = True
    orders: ClassVar[Mapping[str, str]] = {
        "id": "pk",
        "title": "title",
        "slug": "slug",
        "first_published_at": "first_published_at",
        "last_published_at": "last_published_at",
        "tree": "path",
    }
    filters = (
        SEARCH,
        PAGE_LOCALE,
        *RELATIVES,
        TRANSLATION_KEY,
        SLUG,
        FIRST_PUBLISHED_AT,
        UPDATED_SINCE,
        boolean("show_in_menus").by("show_in_menus"),
    )

    @classmethod
    def register(cls, schemas: Mapping[type[Page], Schema]) -> None:
        """Let pages of these types look like these schemas."""
        cls.schemas = {**cls.schemas, **schemas}

    @classmethod
    def register_all(cls) -> None:
        """Give every page type that no app has given one the schema that its fields say."""
        models = [model for model in get_page_models() if issubclass(model, BasePage)]
        cls.schemas = {model: page_schema(model) for model in models} | cls.schemas

    @classmethod
    def type_parameter(cls) -> Parameter:
        """Return the parameter that takes a page type, such as courses.CoursePage.

        Wagtail's own type is that of all pages, for which its API is mostly asked.
        """
        models = (Page, *cls.schemas)
        return several(choice("type", {model._meta.label: model for model in models}))

    @classmethod
    def list_parameters(cls) -> tuple[Parameter, ...]:
        types = (cls.type_parameter(),) if cls.takes_type else ()
        return (*types, *super().list_parameters())

    def public(self, site: PublicSite) -> PageQuerySet:
        return site.listed(self.model.objects.all())

    def readable(self, site: PublicSite) -> PageQuerySet:
        return site.pages(self.model.objects.all())

    def filtered(
        self, queryset: QuerySet[Any], values: Mapping[str, Any], site: PublicSite
    ) -> QuerySet[Any]:
        """Narrow them by their types, and by pages that they have to do with.

        Other pages that parameters name count only if they are public themselves: what is hidden
        can be told neither by its children nor by its translations.
        """
        types = values.get("type", [])
        if Page in types:
            types = []
        if len(types) == 1:
            # Only this way round can the type's own fields be read in the same query.
            queryset = types[0].objects.filter(pk__in=queryset.values("pk"))
        elif types:
            content_types = ContentType.objects.get_for_models(*types).values()
            queryset = queryset.filter(content_type__in=content_types)
        for parameter in RELATIVES:
            if (key := values.get(parameter.name)) is not None:
                chosen = {"url_path": site.home_url_path} if key == ROOT else {"pk": key}
                relative = site.pages().filter(**chosen).first()
                if relative is None:
                    raise ParameterProblem(parameter.name, str(key), parameter.takes)
                queryset = getattr(queryset, parameter.name)(relative)
        if since := values.get(UPDATED_SINCE.name):
            queryset = queryset.filter(last_published_at__gte=since[0])
        return super().filtered(queryset, values, site)

    def searched(self, queryset: QuerySet[Any], words: str) -> QuerySet[Any]:
        """Return what the search of the site finds for these words, all of them, by rank."""
        self.found = ids_found(words, queryset)
        return queryset.filter(pk__in=self.found)

    def schema_of_list(self, values: Mapping[str, Any]) -> Schema:
        types = values.get("type", [])
        return self.schemas.get(types[0], self.schema) if len(types) == 1 else self.schema

    def one(self, pk: int, site: PublicSite) -> tuple[QuerySet[Any], Schema]:
        page = self.readable(site).filter(pk=pk).first()
        model = page.specific_class if page else None
        if model is None:
            raise Http404
        # This very id is known to be public now.
        return model.objects.filter(pk=pk), self.schemas.get(model, self.schema)

    def find_view(self, request: HttpRequest) -> HttpResponse:
        """Redirect to the page with an id, or that is or was at a path such as /sv/kurser/."""
        known = (integer("id", "a page's id"), text("html_path", "the path of a page's address"))
        values = parse_parameters(request.GET, known)
        if len(values) != 1:
            takes = "html_path, such as /about/vision/, or id; one of them"
            raise ParameterProblem("html_path", request.GET.urlencode(), takes)
        site = PublicSite(request, self.request.wagtailapi_router)
        if "id" in values:
            found = self.readable(site).filter(pk=values["id"])
        else:
            found = self.readable(site).filter(url_path__in=url_paths_at(values["html_path"]))
        page = found.first()
        if page is None and "html_path" in values:
            moved = redirects_from(request, values["html_path"])
            page = moved[-1].redirect_page if moved else None
            paths = url_paths_at(own_path(moved[-1].redirect_link)) if moved else []
            page = page or self.readable(site).filter(url_path__in=paths).first()
        if page is None:
            raise Http404
        return HttpResponseRedirect(site.detail_url(page.specific_class or Page, page.pk) or "")

    @classmethod
    def get_urlpatterns(cls) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("find/", cls.as_view({"get": "find_view"}), name="find"),
        ]
