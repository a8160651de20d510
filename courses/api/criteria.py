"""What is asked of courses and sessions, as parameters: by the API, feeds and calendars."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from django.conf import settings
from wagtail.models import Locale

from cms.api.endpoints.base import LOCALE
from cms.api.parameters import Parameter, boolean, choice, day, text
from cms.api.problems import ParameterProblem
from courses.listing.filters import (
    LANGUAGE_FIELDS,
    CourseCriteria,
    host_ids,
    stage_slugs,
    universities,
)
from courses.models import CourseMode

HOST = text("host", "a university's id, short name or ROR id")
STAGE_SLUG = text("stage", "a development stage's slug")
# Courses that are not public in the language asked for are there in this one, as on the site.
FALLBACK = choice("fallback", [settings.LANGUAGE_CODE])
CRITERIA: tuple[Parameter, ...] = (
    HOST,
    STAGE_SLUG,
    choice("language", list(LANGUAGE_FIELDS)),
    choice("mode", CourseMode.values),
    boolean("upcoming"),
    boolean("open"),
    day("starts_from"),
    day("starts_to"),
    day("deadline_from"),
    day("deadline_to"),
)


def criteria_from(values: Mapping[str, Any]) -> CourseCriteria:
    """Return what the parsed parameters ask for.

    Raises ParameterProblem for a university or a stage that there is not: a list that is empty
    for ever would look as if nothing was given there.
    """
    host, stage = values.get("host"), values.get("stage")
    if host is not None and not host_ids(host):
        known = ", ".join(university.short_name for university in universities())
        raise ParameterProblem("host", host, f"{HOST.takes}, such as {known}")
    if stage is not None and stage not in stage_slugs():
        raise ParameterProblem("stage", stage, f"{STAGE_SLUG.takes}: {', '.join(stage_slugs())}")
    names = {field.name for field in fields(CourseCriteria)}
    return CourseCriteria(**{name: value for name, value in values.items() if name in names})


def fallback_locale(values: Mapping[str, Any]) -> Locale | None:
    """Return whose language is asked for, where the courses that lack it are wanted too."""
    if FALLBACK.name not in values:
        return None
    if LOCALE.name not in values:
        taken = f"{settings.LANGUAGE_CODE}, beside {LOCALE.name}"
        raise ParameterProblem(FALLBACK.name, values[FALLBACK.name], taken)
    return Locale.objects.get(language_code=values[LOCALE.name])
