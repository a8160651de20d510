"""Where nothing is found: which one choice to drop, and how much there would be then."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import QueryDict

from courses.listing.search import ActiveFilter, Catalogue


@dataclass(frozen=True, slots=True)
class WayOut:
    """A filter, and how many courses there are without it."""

    filter: ActiveFilter
    count: int


def ways_out(catalogue: Catalogue, find: Callable[[Catalogue], Sequence[int]]) -> list[WayOut]:
    """Return the filters of `catalogue` each of which alone keeps courses from being found.

    `find` returns the ids of the courses that a catalogue asks for.
    """
    without = [
        WayOut(each, len(find(Catalogue(QueryDict(each.query_without)))))
        for each in catalogue.active_filters
    ]
    return [way for way in without if way.count]
