"""Lists narrowed down by what is typed: by days and moments, and by numbers."""

import pytest
from django.test import Client

from tests.admin_forms import errors_beside, value_shown
from tests.html import one, parse, read, words
from tests.school import School


@pytest.mark.parametrize(
    ("address", "field"),
    [
        ("/admin/pages/{home}/", "latest_revision_created_at_from"),
        ("/admin/pages/{home}/", "latest_revision_created_at_to"),
        ("/admin/reports/aging-pages/", "last_published_at"),
        ("/admin/reports/site-history/", "timestamp_from"),
        ("/admin/users/", "last_login_from"),
        ("/admin/pages/{course}/history/", "timestamp_to"),
    ],
)
def test_a_filter_by_date_reads_what_is_typed_or_says_why_not(
    address: str, field: str, school: School, administrator: Client
) -> None:
    where = address.format(home=school.home.pk, course=school.course.pk)
    shown = read(administrator, f"{where}?{field}=8%2F3+2027")
    active = words(one(shown, ".w-active-filters"))
    assert "8 March 2027" in active or "2027-03-08" in active
    response = administrator.get(where, {field: "xyz"})
    assert "“xyz” is not a date; write 2026-10-12" in errors_beside(response, field)
    assert value_shown(response, field) == "xyz"
    # While one types, nothing is loaded but the results: they bring the words along.
    results = administrator.get(f"{where}results/", {field: "xyz"})
    [said] = [template for template in parse(results).select("template") if template.select("p")]
    assert field.removesuffix("_from").removesuffix("_to") in str(
        said["data-w-teleport-target-value"]
    )


@pytest.mark.parametrize("address", ["/admin/images/", "/admin/documents/"])
def test_a_filter_by_number_reads_what_is_typed_or_says_why_not(
    address: str, school: School, administrator: Client
) -> None:
    shown = read(administrator, f"{address}?usage_count_min=1+500")
    assert "1500" in words(one(shown, ".w-active-filters"))
    response = administrator.get(address, {"usage_count_min": "1.500"})
    assert "can mean 1500 or 1.5" in errors_beside(response, "usage_count_min")
    assert value_shown(response, "usage_count_min") == "1.500"
    assert parse(response).select_one("input[type=number]") is None
