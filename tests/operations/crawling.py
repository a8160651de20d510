"""Walks a running site from link to link, as somebody of a role."""

from collections import Counter, deque
from dataclasses import dataclass, field
from http.cookiejar import DefaultCookiePolicy
from urllib.parse import urlsplit

import requests
from django.conf import settings
from django.urls import Resolver404, resolve

from testing.servers import HOST
from tests.operations.links import addresses
from tests.operations.markup import Document
from tests.operations.passive_rules import problems
from tests.operations.response import Response
from tests.security.authenticators import totp_code

LOGIN = "/admin/login/"
CONFIRM = "/admin/account/confirm/"
ACTIVATE = "/admin/account/second-factor/app/activate/"
# The route of all pages of the site. Visitors ask for each of them; staff for so many times more
# than of other routes, because nothing but Wagtail's bar is different for them.
PAGE = "wagtail_serve"
PAGES = 10
ANONYMOUS = "anonymous"


@dataclass
class Visitor:
    """A browser: it keeps cookies, and the proxy before the site says that it came by https."""

    port: int
    role: str = ANONYMOUS
    cookies: dict[str, str] = field(default_factory=dict)
    # The names of all cookies that were ever kept.
    kept: set[str] = field(default_factory=set)
    findings: list[str] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)
    # How often a route was asked for and had a response.
    answered: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._session = requests.Session()
        self._session.trust_env = False
        # Over http to loopback, the library would keep back what is for https alone.
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))

    def ask(self, path: str, data: dict[str, str] | None = None) -> Response:
        """Ask for an address, note what is wrong with the response, and return it."""
        headers = {"Host": HOST, "X-Forwarded-Proto": "https", "Referer": f"https://{HOST}/"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        received = self._session.request(
            "POST" if data else "GET",
            f"http://127.0.0.1:{self.port}{path}",
            data=data,
            headers=headers,
            allow_redirects=False,
            timeout=60,
        )
        response = Response(
            path=path,
            role=self.role,
            status=received.status_code,
            headers=received.headers,
            cookies=received.raw.headers.getlist("Set-Cookie"),
            body=received.content,
        )
        self.findings += [f"{self.role} {path}: {what}" for what in problems(response)]
        self._keep(response.cookies)
        return response

    def sign_in(self, username: str, password: str) -> None:
        """Sign in, and set an authenticator app up where the site asks for one."""
        self._send(LOGIN, self._open(LOGIN), username=username, password=password)
        if self.ask("/admin/").status == 302:
            self._send(CONFIRM, self._open(CONFIRM), password=password)
            page = self._open(ACTIVATE)
            self._send(ACTIVATE, page, code=totp_code(page.by("id", "authenticator_secret")))
        assert self.ask("/admin/").status == 200

    def crawl(self, start: list[str], of_a_route: int, files: set[str]) -> None:
        """Follow links, breadth first, until each route has given so many responses.

        Static files are the same for everybody: what is in `files` is not asked for again.
        """
        queue = deque(start)
        seen = set(start)
        while queue:
            path = queue.popleft()
            route, most = self._most(path, of_a_route)
            if self.answered[route] >= most or path in files:
                continue
            if path.startswith(settings.STATIC_URL):
                files.add(path)
            response = self.ask(path)
            self.asked.add(path)
            # What leads nowhere does not stand for the others of its route.
            self.answered[route] += response.status < 400
            new = [link for link in dict.fromkeys(addresses(response)) if link not in seen]
            seen.update(new)
            queue.extend(new)

    @property
    def shown(self) -> set[str]:
        """The routes at which they were shown something, or sent on."""
        return {route for route, responses in self.answered.items() if responses}

    def _most(self, path: str, of_a_route: int) -> tuple[str, int]:
        """Return what an address is counted as, and up to how much."""
        route = route_of(path)
        if route != PAGE:
            return route, of_a_route
        if self.role == ANONYMOUS:
            return urlsplit(path).path, of_a_route
        return route, of_a_route * PAGES

    def _open(self, path: str) -> Document:
        return self.ask(path).document

    def _send(self, path: str, page: Document, **data: str) -> None:
        token = page.by("name", "csrfmiddlewaretoken")
        response = self.ask(path, {"csrfmiddlewaretoken": token, **data})
        assert response.status == 302, response.text

    def _keep(self, cookies: list[str]) -> None:
        for cookie in cookies:
            name, _equals, value = cookie.partition(";")[0].partition("=")
            if "max-age=0" in cookie.lower():
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = value
                self.kept.add(name)


def route_of(path: str) -> str:
    """Return the route of an address; a static file is a route of its own."""
    path = urlsplit(path).path
    try:
        match = resolve(path)
    except Resolver404:
        return path
    return PAGE if match.url_name == PAGE else joined(match.route)


def joined(route: str) -> str:
    """Return a route as Django joins its parts: a `^` stands at its beginning, or nowhere."""
    return route.replace("/^", "/")
