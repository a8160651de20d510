"""The rules of the crawl find what they are for."""

from typing import Any

import pytest

from tests.operations.passive_rules import ACCOUNTS, HEADERS, OF_EVERYTHING, problems
from tests.operations.response import Response

POLICY = (
    "default-src 'none'; script-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors"
)
SOUND = {name: next(iter(allowed)) for name, allowed in HEADERS.items()} | {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": f"{POLICY} 'self'",
    "Cache-Control": "private, no-store",
}
COOKIE = "__Host-a=b; HttpOnly; Path=/; SameSite=Lax; Secure"


def response(
    body: str = "",
    path: str = "/",
    status: int = 200,
    cookies: tuple[str, ...] = (COOKIE,),
    **headers: str,
) -> Response:
    """Return a response to an editor with everything in order, but for what is given."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(path, "editor", status, SOUND | named, list(cookies), body.encode())


def test_a_response_in_order_is_of_no_concern() -> None:
    body = """<a href="https://www.vr.se" target="_blank">Out</a><img src="/media/images/a.png">
        <form method="post"><input name="csrfmiddlewaretoken"></form>"""
    assert list(problems(response(f"{body} editor@{ACCOUNTS}"))) == []
    assert (
        list(problems(response(path="/documents/1/a.pdf", Content_Disposition="attachment"))) == []
    )


@pytest.mark.parametrize("name", SOUND)
def test_a_missing_header_is_noticed(name: str) -> None:
    without = {key: value for key, value in SOUND.items() if key != name}
    assert list(problems(Response("/", "editor", 200, without, [], b"x")))


@pytest.mark.parametrize("name", HEADERS)
def test_data_need_only_what_is_of_use_to_them(name: str) -> None:
    sound = SOUND | {"Content-Type": "application/json"}
    without = {key: value for key, value in sound.items() if key != name}
    found = list(problems(Response("/api/v2/", "anonymous", 200, without, [], b"{}")))
    assert bool(found) == (name in OF_EVERYTHING)


@pytest.mark.parametrize(
    "headers",
    [
        {"Server": "gunicorn/27.0"},
        {"X_Powered_By": "Django"},
        {"WWW_Authenticate": "Basic"},
        {"Location": "https://evil.example/"},
        {"Location": "http://atmp.example.org/"},
        {"Access_Control_Allow_Origin": "*"},
        {"Access_Control_Allow_Credentials": "true"},
        {"Content_Type": "text/html"},
        {"Cache_Control": "max-age=60"},
        {"Content_Security_Policy": f"{POLICY} *"},
        {"Content_Security_Policy": f"{POLICY} 'self'; style-src 'unsafe-inline'"},
        {"Content_Security_Policy": f"{POLICY} 'self'; img-src http://a.example"},
        {"Content_Security_Policy": "default-src 'none'; form-action 'self'; base-uri 'none'"},
    ],
)
def test_a_wrong_header_is_noticed(headers: dict[str, Any]) -> None:
    assert len(list(problems(response("x", **headers)))) == 1


@pytest.mark.parametrize(
    "flaw", ["__Host-", "; HttpOnly", "; Path=/", "; SameSite=Lax", "; Secure"]
)
def test_a_wrong_cookie_is_noticed(flaw: str) -> None:
    assert len(list(problems(response(cookies=(COOKIE.replace(flaw, ""),))))) == 1


@pytest.mark.parametrize(
    "body",
    [
        "Wagtail v8.0.1",
        "Django 6.1.3",
        "File &quot;x, Traceback (most recent call last)",
        "/srv/lib/site-packages/wagtail",
        'SELECT "cms_user"."id"',
        "see http://127.0.0.1:8000/",
        "https://guide.wagtail.org/en/?target_version=8.0.x",
        "pbkdf2_sha256$1000$salt$hash",
        "<title>Index of /media</title>",
        "{% include menu %}",
        f"other@{ACCOUNTS}",
        "<!-- TODO: remove -->",
        '<script src="https://cdn.example/a.js"></script>',
        '<link rel="stylesheet" href="//cdn.example/a.css">',
        '<img src="http://atmp.example.org/a.png">',
        '<img srcset="/a.png 1x, http://atmp.example.org/b.png 2x">',
        '<form action="https://evil.example/"></form>',
        '<form action="http://atmp.example.org/"></form>',
        '<form method="post"><input name="a"></form>',
        '<input type="password" name="password">',
        '<a href="/?sessionid=abc">In</a>',
        '<a href="https://a.example" target="_blank" rel="opener">Out</a>',
    ],
)
def test_a_wrong_page_is_noticed(body: str) -> None:
    assert len(list(problems(response(body)))) == 1


@pytest.mark.parametrize(
    ("path", "status"),
    [("/", 500), ("/", 429), ("/documents/1/a.pdf", 200), ("/static/a.map", 200)],
)
def test_a_wrong_answer_is_noticed(path: str, status: int) -> None:
    assert len(list(problems(response(path=path, status=status)))) == 1
