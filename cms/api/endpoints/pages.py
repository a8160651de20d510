"""Pages of every type."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from wagtail.models import Page, PageQuerySet, get_page_models

from cms.api.batching import PageReference
from cms.api.endpoints.base import LOCALE, SEARCH, Endpoint, search_ids
from cms.api.parameters import Parameter, boolean, choice, integer, parse_parameters, text, uuid
from cms.api.problems import ParameterProblem
from cms.api.schemas.base import Field, FieldsConfig, Rendering, Shape, select
from cms.api.schemas.models import model_fields
from cms.api.site import PublicSite
from cms.pages.base import BasePage

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
TRANSLATION_KEY = uuid("translation_key")


def _moment(value: datetime | None) -> str | None:
    return value.isoformat() if value else None


def page_type(page: Page) -> str:
    """Return the name of the page's type, such as courses.CoursePage."""
    model = type(page)
    if model is Page:
        model = ContentType.objects.get_for_id(page.content_type_id).model_class() or Page
    return model._meta.label


def _detail_url(page: Page, rendering: Rendering) -> str | None:
    model = type(page)
    if model is Page:
        model = ContentType.objects.get_for_id(page.content_type_id).model_class() or Page
    return rendering.site.detail_url(model, page.pk)


def _translations(page: Page, rendering: Rendering) -> list[dict[str, Any]]:
    return [
        {
            "locale": other.locale,
            "id": other.id,
            "html_url": other.url,
            "detail_url": rendering.site.detail_url(other.model, other.id),
        }
        for other in rendering.references.translations[page.translation_key]
        if other.id != page.pk
    ]


def _parent(page: Page, rendering: Rendering) -> PageReference | None:
    return rendering.references.pages_by_path.get(page.path[: -Page.steplen])


LINKED_PAGE = Shape.of(
    [
        Field("id", lambda page, r: page.id),
        Field("type", lambda page, r: page.model._meta.label, in_meta=True),
        Field("detail_url", lambda p, r: r.site.detail_url(p.model, p.id), in_meta=True),
        Field("html_url", lambda page, r: page.url, in_meta=True),
        Field("locale", lambda page, r: page.locale, in_meta=True),
        Field("title", lambda page, r: page.title),
    ],
    listed="id type detail_url html_url locale title",
)

PAGE = Shape.of(
    [
        Field("id", lambda page, r: page.pk),
        Field("translation_key", lambda page, r: str(page.translation_key)),
        Field("type", lambda page, r: page_type(page), in_meta=True),
        Field("detail_url", _detail_url, in_meta=True),
        Field("html_url", lambda page, r: r.site.page_url(page.url_path), in_meta=True),
        Field("slug", lambda page, r: page.slug, in_meta=True),
        Field("locale", lambda p, r: p.locale.language_code, in_meta=True, joins=("locale",)),
        Field(
            "translations",
            _translations,
            in_meta=True,
            refer=lambda page, wanted: wanted.translation_keys.add(page.translation_key),
        ),
        Field(
            "parent",
            _parent,
            shape=lambda: LINKED_PAGE,
            in_meta=True,
            is_on_request=True,
            refer=lambda page, wanted: wanted.page_paths.add(page.path[: -Page.steplen]),
        ),
        Field("first_published_at", lambda p, r: _moment(p.first_published_at), in_meta=True),
        Field("show_in_menus", lambda page, r: page.show_in_menus, in_meta=True),
        Field("seo_title", lambda page, r: page.seo_title, in_meta=True),
        Field("search_description", lambda page, r: page.search_description, in_meta=True),
        Field("title", lambda page, r: page.title),
        Field("last_published_at", lambda p, r: _moment(p.last_published_at)),
    ],
    listed="id type detail_url html_url slug locale translation_key translations "
    "first_published_at last_published_at title",
)


def page_shape(model: type[Page]) -> Shape:
    """Return the shape of a page type: what all pages have, and its own `api_fields`."""
    own = [field for field in model_fields(model) if field.name not in PAGE.fields]
    return PAGE.extended(own)


def filter_pages(pages: PageQuerySet, values: Mapping[str, Any], site: PublicSite) -> PageQuerySet:
    """Return `pages` narrowed by the parameters that all kinds of pages take.

    Other pages that parameters name count only if they are public themselves: what is hidden
    can be told neither by its children nor by its translations.
    """
    for parameter in RELATIVES:
        if (key := values.get(parameter.name)) is not None:
            chosen = {"url_path": site.home_url_path} if key == ROOT else {"pk": key}
            relative = site.pages().filter(**chosen).first()
            if relative is None:
                raise ParameterProblem(parameter.name, str(key), parameter.takes)
            pages = getattr(pages, parameter.name)(relative)
    if "locale" in values:
        pages = pages.filter(locale__language_code=values["locale"])
    for name in ("slug", "translation_key", "show_in_menus"):
        if name in values:
            pages = pages.filter(**{name: values[name]})
    if "search" in values:
        pages = pages.filter(pk__in=search_ids(pages.model, values["search"]))
    return pages


class PagesEndpoint(Endpoint):
    """All pages. One type of them has its own fields in lists, every page in its own response."""

    name = "pages"
    model = Page
    shape = PAGE
    # The shapes of all page types by their models.
    shapes: ClassVar[dict[type[Page], Shape]] = {}
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
        LOCALE,
        *RELATIVES,
        TRANSLATION_KEY,
        text("slug"),
        boolean("show_in_menus"),
    )

    @classmethod
    def register(cls, shapes: Mapping[type[Page], Shape]) -> None:
        """Let pages of these types look like these shapes."""
        cls.shapes = {**cls.shapes, **shapes}

    @classmethod
    def register_all(cls) -> None:
        """Give every page type that no app has given one the shape that its fields say."""
        models = [model for model in get_page_models() if issubclass(model, BasePage)]
        cls.shapes = {model: page_shape(model) for model in models} | cls.shapes

    @classmethod
    def type_parameter(cls) -> Parameter:
        """Return the parameter that takes a page type, such as courses.CoursePage."""
        one = choice("type", {model._meta.label: model for model in cls.shapes})
        takes = f"{one.takes}, or several with commas between them"
        return Parameter("type", takes, lambda value: [one.parse(t) for t in value.split(",")])

    @classmethod
    def list_parameters(cls) -> tuple[Parameter, ...]:
        types = (cls.type_parameter(),) if cls.takes_type else ()
        return (*types, *super().list_parameters())

    def public(self, site: PublicSite) -> PageQuerySet:
        return site.pages()

    def filtered(
        self, queryset: QuerySet[Any], values: Mapping[str, Any], site: PublicSite
    ) -> QuerySet[Any]:
        types = values.get("type", [])
        if len(types) == 1:
            # Only this way round can the type's own fields be read in the same query.
            queryset = types[0].objects.filter(pk__in=queryset.values("pk"))
        elif types:
            content_types = ContentType.objects.get_for_models(*types).values()
            queryset = queryset.filter(content_type__in=content_types)
        return filter_pages(queryset, values, site)

    def shape_of_list(self, values: Mapping[str, Any]) -> Shape:
        types = values.get("type", [])
        return self.shapes[types[0]] if len(types) == 1 else self.shape

    def represent_one(self, pk: int, config: FieldsConfig, site: PublicSite) -> dict[str, Any]:
        page = self.public(site).filter(pk=pk).first()
        model = page.specific_class if page else None
        if model is None:
            raise Http404
        shape = self.shapes.get(model, self.shape)
        # Public has just been asked of this very id.
        return self.found(select(shape, config, shape.detailed), model.objects, pk, site)

    def find_view(self, request: HttpRequest) -> HttpResponse:
        """Redirect to the page with an id or at a path on the site, such as /sv/kurser/."""
        known = (integer("id", "a page's id"), text("html_path", "the path of a page's address"))
        values = parse_parameters(request.GET, known)
        if len(values) != 1:
            takes = "html_path, such as /about/vision/, or id; one of them"
            raise ParameterProblem("html_path", request.GET.urlencode(), takes)
        site = PublicSite(request, self.request.wagtailapi_router)
        if "id" in values:
            found = self.public(site).filter(pk=values["id"])
        else:
            paths = site.url_path_candidates(values["html_path"])
            found = self.public(site).filter(url_path__in=paths)
        page = found.first()
        if page is None:
            raise Http404
        return HttpResponseRedirect(site.detail_url(page.specific_class or Page, page.pk) or "")

    @classmethod
    def get_urlpatterns(cls) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("find/", cls.as_view({"get": "find_view"}), name="find"),
        ]
