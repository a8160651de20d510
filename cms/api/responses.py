"""What the API sends: JSON, and where the rest of a list is."""

import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from cms.api.site import PublicSite
from cms.publishing.http.responses import mark_public


def json_response(data: Any, items: Sequence[dict[str, Any]] = ()) -> HttpResponse:
    """Return a public response. Its view refuses unknown parameters, so all of it may be kept.

    Its languages are those of the `items` in it that are in one (RFC 9110, 8.5).
    """
    content = json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=_encoded)
    response = HttpResponse(content, content_type="application/json")
    if languages := {
        meta["locale"] for item in items if "locale" in (meta := item.get("meta", {}))
    }:
        response.headers["Content-Language"] = ", ".join(sorted(languages))
    return mark_public(response, None)


def _encoded(value: Any) -> Any:
    """Return what the contract has for a value that JSON has no form for."""
    if callable(value):
        # What a batch has fetched meanwhile: see `cms.api.batching`.
        return value()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    raise TypeError(f"{type(value)} is nothing that the API shows.")


def page_links(request: HttpRequest, site: PublicSite, offset: int, limit: int, total: int) -> str:
    """Return the Link header (RFC 8288) with the addresses of the next and the previous part."""
    links = []
    for relation, start in (("next", offset + limit), ("prev", offset - limit)):
        exists = limit and (start < total if relation == "next" else offset > 0)
        if exists:
            query = request.GET.copy()
            query["offset"] = str(max(start, 0))
            url = f"{site.base_url}{request.path}?{query.urlencode()}"
            links.append(f'<{url}>; rel="{relation}"')
    return ", ".join(links)
