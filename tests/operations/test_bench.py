"""The benchmarks run, in their smallest form: what they print is whole and within its aims."""

import re
import subprocess
import sys

import pytest

from testing.servers import ROOT

SERVERS = ("initdb", "pg_ctl", "createdb")
# Every other response comes from the site itself, and is compared with both.
WITHOUT_QUERIES = ("Varnish", "nginx static")
OF_NGINX = ("cold", "cached", "304", "Varnish")
OF_CONSTANT = ("cold", "cached", "304")
# More than one page of the course list.
COURSES = 21


def tables_of(*command: str) -> list[list[dict[str, str]]]:
    """Run a module of benchmarks; return the rows of each table it prints, by column.

    The module itself ends with an error where a page takes more queries than is aimed at.
    """
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    tables = []
    for block in re.findall(r"(?:^\|.*\|\n)+", done.stdout, re.MULTILINE):
        lines = [line.strip("|").split("|") for line in block.splitlines()]
        heads, _rule, *rows = ([cell.strip() for cell in line] for line in lines)
        tables.append([dict(zip(heads, row, strict=True)) for row in rows])
    return tables


def assert_figures(name: str, text: str) -> None:
    """Assert that `text` has figures, and none of them is zero."""
    figures = [float(figure) for figure in re.findall(r"[\d.]+", text)]
    assert figures, f"{name}: nothing"
    assert all(figures), f"{name}: {text}"


@pytest.mark.programs(*SERVERS, "wrk", "nginx", "varnishd", "redis-server")
def test_the_site_is_measured_at_every_address_and_in_every_way() -> None:
    responses, growth, under_load, (memory,) = tables_of(
        *("bench", "--seconds", "0.2", "--workers", "1", "--courses", f"{COURSES}"),
        *("--load", "3", "--any-speed"),
    )
    constant, *rows = responses
    assert constant[""] == "constant view"
    pages = [row[""] for row in growth]
    assert "course index, page 2" in pages
    ways = [tuple(re.sub(r" \(\d+x cold\)$", "", row[""]).rsplit(": ", 1)) for row in rows]
    assert ways == [(page, way) for page in pages for way in (*OF_CONSTANT, *WITHOUT_QUERIES)]
    for (_page, way), row in zip(ways, rows, strict=True):
        for column, text in list(row.items())[1:]:
            if column == "of nginx":
                # A page that is rendered is rightly sent at 0 % of the rate of a file.
                assert re.fullmatch(r"\d+%", text) if way in OF_NGINX else not text, row
            elif column == "of constant":
                assert re.fullmatch(r"\d+%", text) if way in OF_CONSTANT else not text, row
            elif column == "SQL" and way in WITHOUT_QUERIES:
                assert not text, row
            else:
                assert_figures(f"{row['']}, {column}", text)
    for row in growth:
        for column, text in list(row.items())[1:]:
            assert len(text.split(", ")) == len(column.split(", ")), row
            assert_figures(f"{row['']}, {column}", text)

    assert [row[""] for row in under_load] == [
        *("pages", "with searches", "database restarted", "one machine killed")
    ]
    assert [row["errors"] for row in under_load[:2]] == ["0", "0"]
    del memory["MB, what is shared in equal parts"]
    assert list(memory) == ["worker 1", "scheduler", "together", "their parent"]
    assert_figures("memory", " ".join(memory.values()))


@pytest.mark.programs(*SERVERS)
def test_both_apis_are_pulled() -> None:
    # How many times as fast ours is, a pull of a moment beside other tests does not show.
    (table,) = tables_of(*("bench.api", "--any-speed", "--rounds", "1", "--courses", f"{COURSES}"))
    assert [row[""] for row in table] == ["Wagtail's own v2", "v2 course list"]
    for row in table:
        for column, text in list(row.items())[1:]:
            assert_figures(f"{row['']}, {column}", text)
