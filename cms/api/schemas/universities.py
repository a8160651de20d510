"""How universities look in the API."""

from typing import Any

from cms.api.schemas.base import Field, Rendering, Shape, select
from cms.api.schemas.images import IMAGE
from cms.models import University

UNIVERSITY = Shape.of(
    [
        Field("id", lambda university, r: university.pk),
        Field("type", lambda university, r: "cms.University", in_meta=True),
        Field("detail_url", lambda u, r: r.site.detail_url(type(u), u.pk), in_meta=True),
        Field("name", lambda university, r: university.name),
        Field("name_sv", lambda university, r: university.name_sv),
        Field("short_name", lambda university, r: university.short_name),
        Field("ror_id", lambda university, r: university.ror_id),
        Field("city", lambda university, r: university.city),
        Field("city_sv", lambda university, r: university.city_sv),
        Field("website", lambda university, r: university.website),
        Field("founding_partner", lambda university, r: university.founding_partner),
        Field(
            "logo",
            lambda university, r: r.references.images.get(university.logo_id),
            shape=lambda: IMAGE,
            refer=lambda u, wanted: wanted.images.add(u.logo_id) if u.logo_id else None,
        ),
    ],
    listed="id type detail_url name name_sv short_name ror_id city city_sv website "
    "founding_partner logo",
    nested="id type detail_url name name_sv short_name ror_id",
)

_NESTED_UNIVERSITY = select(UNIVERSITY, [], UNIVERSITY.nested)


def represent_university(university: University, rendering: Rendering) -> dict[str, Any]:
    """Return a university as it stands inside a text."""
    return _NESTED_UNIVERSITY.represent(university, rendering)
