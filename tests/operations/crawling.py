"""Walks a running site from link to link, and says what is wrong with its answers."""

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

import requests
from bs4 import BeautifulSoup

from tests.servers import HOST, ROOT

SITE = f"https://{HOST}"
HEADERS = {
    "x-content-type-options": r"nosniff",
    "referrer-policy": r"strict-origin-when-cross-origin|same-origin",
    "x-frame-options": r"SAMEORIGIN|DENY",
    "strict-transport-security": r"max-age=31536000; includeSubDomains",
    "cross-origin-resource-policy": r"same-origin|cross-origin",
    "permissions-policy": r".*geolocation=\(\)",
    "content-security-policy": r"(?=.*default-src)(?=.*base-uri 'none')(?=.*frame-ancestors)",
}
# The machine's paths, errors as they are shown to developers, and the names of versions.
LEAKS = re.compile(
    rf"{re.escape(str(ROOT))}|/site-packages/|Traceback \(most recent|DisallowedHost at"
    r"|\b(?:Django|gunicorn|Python|PostgreSQL|Pillow)[ /]v?\d+\.\d"
)
# The mark of a known browser is for the admin alone, which the prefix does not allow.
COOKIE = re.compile(
    r"__Host-\w+=.*; path=/(?:;|$)|known_device=.*; path=/admin/(?:;|$)", re.IGNORECASE
)
# Wagtail tells those who are signed in which version of it they use.
WAGTAIL = re.compile(r"\bWagtail v?\d+\.\d", re.IGNORECASE)
# Loaded by a browser by itself, or sent to: a link to elsewhere is neither.
LOADED = {"script": "src", "img": "src", "iframe": "src", "link": "href", "form": "action"}
NOT_FOLLOWED = re.compile(r"/logout/|/sign-out/|/export/|/download/")
# Filters and sorting make endless addresses of one view.
QUERIES_OF_A_PATH = 2


@dataclass
class Visitor:
    """A browser: it keeps cookies, and the proxy before the site says that it came by https."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    findings: list[str] = field(default_factory=list)

    def ask(self, path: str, data: dict[str, str] | None = None) -> requests.Response:
        """Ask for an address, note what is wrong with the answer, and return it."""
        headers = {
            "Host": HOST,
            "X-Forwarded-Proto": "https",
            "Referer": f"{SITE}/",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        answer = requests.request(
            "POST" if data else "GET",
            f"http://127.0.0.1:{self.port}{path}",
            data=data,
            headers=headers,
            allow_redirects=False,
            timeout=30,
        )
        self.findings += [f"{path}: {what}" for what in problems(path, answer)]
        for name, value in answer.cookies.items():
            self.cookies[name] = value or ""
        return answer

    def sign_in(self, username: str, password: str) -> None:
        """Fill in the form that people sign in with."""
        page = BeautifulSoup(self.ask("/admin/login/").text, "html.parser")
        token = page.select_one("[name=csrfmiddlewaretoken]")
        assert token is not None
        data = {"csrfmiddlewaretoken": str(token["value"])}
        answer = self.ask("/admin/login/", data | {"username": username, "password": password})
        assert answer.status_code == 302, answer.text

    def crawl(self, start: list[str], limit: int) -> list[str]:
        """Follow links, breadth first, and return the addresses that were asked for."""
        queue = deque(start)
        seen = set(start)
        queries: dict[str, int] = {}
        asked: list[str] = []
        while queue and len(asked) < limit:
            path = queue.popleft()
            answer = self.ask(path)
            asked.append(path)
            for link in _links(path, answer):
                without_query = link.partition("?")[0]
                count = queries[without_query] = queries.get(without_query, 0) + (link not in seen)
                if link not in seen and count <= QUERIES_OF_A_PATH:
                    seen.add(link)
                    queue.append(link)
        return asked


def problems(path: str, answer: requests.Response) -> Iterator[str]:
    """Yield everything that a security reviewer would write down about an answer."""
    if answer.status_code >= 500:
        yield f"answered {answer.status_code}"
    yield from _problems_of_headers(answer)
    if path.startswith("/admin/") and "private" not in answer.headers.get("Cache-Control", ""):
        yield f"a page of the admin may be kept: {answer.headers.get('Cache-Control')}"
    if leak := LEAKS.search(answer.text if _is_text(answer) else ""):
        yield f"leaks {leak[0]!r}"
    if _is_text(answer) and not path.startswith("/admin/") and WAGTAIL.search(answer.text):
        yield "names Wagtail's version"
    if _is_html(answer):
        yield from _mixed_content(BeautifulSoup(answer.text, "html.parser"))


def _problems_of_headers(answer: requests.Response) -> Iterator[str]:
    for name, pattern in HEADERS.items():
        if not re.match(pattern, answer.headers.get(name, "")):
            yield f"{name} is {answer.headers.get(name)!r}"
    if re.search(r"\d", answer.headers.get("Server", "")) or "X-Powered-By" in answer.headers:
        yield "names the version of its server"
    for cookie in answer.raw.headers.getlist("Set-Cookie"):
        yield from _problems_of_cookie(cookie)


def _problems_of_cookie(cookie: str) -> Iterator[str]:
    attributes = {part.strip().lower() for part in cookie.split(";")[1:]}
    if not {"secure", "httponly"} <= attributes or not COOKIE.match(cookie):
        yield f"the cookie is {cookie}"
    if not {"samesite=lax", "samesite=strict"} & attributes:
        yield f"the cookie has no SameSite: {cookie}"


def _mixed_content(page: BeautifulSoup) -> Iterator[str]:
    for tag, attribute in LOADED.items():
        for element in page.select(f"{tag}[{attribute}^='http:']"):
            yield f"loads {element[attribute]} without https"


def _links(path: str, answer: requests.Response) -> Iterator[str]:
    found = [answer.headers["Location"]] if "Location" in answer.headers else []
    if _is_html(answer):
        page = BeautifulSoup(answer.text, "html.parser")
        found += [str(link["href"]) for link in page.select("a[href], link[href]")]
        found += [str(part["src"]) for part in page.select("[src]")]
    for link in found:
        try:
            target = urlsplit(urljoin(SITE + path, link))
        except ValueError:
            continue
        if (target.hostname, target.scheme) == (HOST, "https"):
            address = f"{target.path or '/'}{'?' if target.query else ''}{target.query}"
            if not NOT_FOLLOWED.search(address):
                yield address


def _is_html(answer: requests.Response) -> bool:
    return answer.headers.get("Content-Type", "").startswith("text/html")


def _is_text(answer: requests.Response) -> bool:
    kind = answer.headers.get("Content-Type", "")
    return kind.startswith("text/") or "json" in kind or "xml" in kind
