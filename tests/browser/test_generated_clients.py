"""Clients that usual tools make of the OpenAPI document know what a course is, and read it."""

import shutil
import subprocess
import sys
from pathlib import Path

import requests

from tests.browser.availability import HERE

TOOLS = HERE / "node_modules" / ".bin"
# What a partner's programs do with a course; `SERVER` is where the API is.
IN_TYPESCRIPT = """
import type { components, paths } from "./schema";

type Courses = paths["/courses/"]["get"]["responses"]["200"]["content"]["application/json"];

const answer = await fetch("SERVER/courses/?fields=*&host=KI");
const { items }: Courses = await answer.json();
for (const course of items) {
  const host: components["schemas"]["University"] | null | undefined = course.host;
  const begins: (string | null | undefined)[] = (course.sessions ?? []).map((s) => s.start_date);
  const headings = (course.body ?? []).flatMap((block) => block.type === "heading" ? [block] : []);
  console.log(course.meta?.html_url, host?.short_name, begins.length, headings.length);
}
"""
IN_PYTHON = """
from client import Client
from client.api.courses import list_courses
from client.models import Course, University

answer = list_courses.sync(client=Client("SERVER"), fields="*", host="KI")
for course in answer.items:
    assert isinstance(course, Course)
    assert isinstance(course.host, University)
    headings = [block for block in course.body if block.type_ == "heading"]
    print(course.meta.html_url, course.host.short_name, len(course.sessions), len(headings))
"""


def _run(*command: object, folder: Path) -> list[str]:
    done = subprocess.run(  # noqa: S603
        [str(word) for word in command], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.splitlines()


def _expected(server: str) -> list[str]:
    """Return what the programs have to print, by the API's own words."""
    items = requests.get(f"{server}/courses/?fields=*&host=KI", timeout=30).json()["items"]
    assert items
    return [
        f"{course['meta']['html_url']} {course['host']['short_name']} {len(course['sessions'])} "
        f"{sum(block['type'] == 'heading' for block in course['body'])}"
        for course in items
    ]


def test_typescript_reads_courses_with_their_types(site_url: str, tmp_path: Path) -> None:
    server = f"{site_url}/api/v2"
    document = tmp_path / "openapi.json"
    document.write_bytes(requests.get(f"{server}/openapi.json", timeout=30).content)
    (tmp_path / "package.json").write_text('{"type": "module"}')
    (tmp_path / "courses.ts").write_text(IN_TYPESCRIPT.replace("SERVER", server))
    _run(TOOLS / "openapi-typescript", document, "-o", "schema.d.ts", folder=tmp_path)
    options = "--strict --target es2022 --module esnext --moduleResolution bundler --lib es2022,dom"
    _run(TOOLS / "tsc", *options.split(), "courses.ts", folder=tmp_path)
    node = shutil.which("node")
    assert node
    assert _run(node, "courses.js", folder=tmp_path) == _expected(server)


def test_python_reads_courses_with_their_types(site_url: str, tmp_path: Path) -> None:
    server = f"{site_url}/api/v2"
    generate = (sys.executable, "-m", "openapi_python_client", "generate", "--meta", "none")
    address = ("--url", f"{server}/openapi.json", "--output-path", tmp_path / "client")
    _run(*generate, *address, folder=tmp_path)
    program = IN_PYTHON.replace("SERVER", server)
    assert _run(sys.executable, "-c", program, folder=tmp_path) == _expected(server)
