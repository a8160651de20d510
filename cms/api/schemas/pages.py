"""How pages look: what all types have, and what is above and beside a page."""

from collections.abc import Callable
from typing import Any

from wagtail.models import Page

from cms.api.batching import Batch
from cms.api.schemas.base import Field, Schema
from cms.api.schemas.models import OBJECT, model_fields


def _translations(page: Page, batch: Batch) -> Callable[[], list[dict[str, Any]]]:
    batch.want_pages(translation_key=page.translation_key)
    return lambda: [
        {
            "locale": other.locale.language_code,
            "id": other.pk,
            "html_url": batch.site.page_url(other.url_path),
            "detail_url": batch.site.detail_url(other.specific_class, other.pk),
        }
        for other in batch.translations(page.translation_key)
        if other.pk != page.pk
    ]


def _breadcrumbs(page: Page, batch: Batch) -> Callable[[], list[Page]]:
    ends = range(2 * Page.steplen, len(page.path), Page.steplen)
    paths = [page.path[:end] for end in ends]
    for above in paths:
        batch.want_pages(path=above)
    return lambda: [page for above in paths if (page := batch.page_at(above))]


def _parent(page: Page, batch: Batch) -> Callable[[], Page | None]:
    path = page.path[: -Page.steplen]
    batch.want_pages(path=path)
    return lambda: batch.page_at(path)


LINK_FIELDS = (
    *OBJECT,
    Field("html_url", lambda page, batch: batch.site.page_url(page.url_path), in_meta=True),
    Field("locale", "locale.language_code", in_meta=True, joins=("locale",)),
    Field("title"),
)
LINKED_PAGE = Schema(LINK_FIELDS)
PAGE = Schema(
    [
        Field("id", "pk"),
        Field("translation_key"),
        *LINK_FIELDS[1:4],
        Field("slug", in_meta=True),
        LINK_FIELDS[4],
        Field("translations", _translations, in_meta=True),
        Field("parent", _parent, lambda: LINKED_PAGE, in_meta=True),
        Field("breadcrumbs", _breadcrumbs, lambda: LINKED_PAGE, in_meta=True),
        Field("first_published_at", in_meta=True),
        Field("show_in_menus", in_meta=True),
        Field("seo_title", in_meta=True),
        Field("search_description", in_meta=True),
        Field("title"),
        Field("last_published_at"),
    ],
    listed="id type detail_url html_url slug locale translation_key translations "
    "first_published_at last_published_at title",
)


def page_schema(model: type[Page]) -> Schema:
    """Return the schema of a page type: what all pages have, and its own `api_fields`."""
    return PAGE.extended(field for field in model_fields(model) if field.name not in PAGE.fields)
