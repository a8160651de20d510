"""Requests that nobody who means well would send: the same ones for the same seed."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

from django.db import transaction
from django.test import Client

METHODS = ("GET",) * 9 + ("POST",) * 8 + ("HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "X")
VALUES = (
    *("", " ", "0", "-1", "1", "9" * 30, "1e309", "NaN", "1.5", "0x10", "1_000", "²", "١٢"),
    *("\x00", "a\x00b", "\x1b[2J", "\r\nSet-Cookie: a=b", "\u202e", "😀", "å" * 600, "a" * 9000),
    *("<script>alert(1)</script>", "javascript:alert(1)", "{{ 7*7 }}", "%s%n", "${7*7}", "%", "\\"),
    *("' OR '1'='1", '";--', "../../../etc/passwd", "/etc/passwd\x00.png", "//evil.example/", "*"),
    *(
        "null",
        "true",
        "[]",
        "{}",
        "{",
        "[1,",
        '{"a":' * 60,
        "[" * 2000,
        '"',
        "a,b,,c",
        "-a",
        "__all",
    ),
    *("2026-02-30", "99999-01-01", "0000-00-00", "live", "latest", "en", "xx", "on", "all", "csv"),
    *("courses.CoursePage", "wagtailcore.Page", "title", "-first_published_at", "random", "xlsx"),
)
# As they stand in an address: broken UTF-8, broken escapes, half a surrogate.
RAW = ("%ff%fe", "%", "%zz", "%c0%af", "%ed%a0%80", "%00", "%0d%0aX:y", "+", "%252e", "%u0041")
NAMES = (
    *("q", "p", "page", "id", "ids", "fields", "type", "limit", "offset", "order", "ordering"),
    *("locale", "translation_of", "child_of", "descendant_of", "ancestor_of", "slug", "html_path"),
    *("search", "search_operator", "since", "after", "stage", "mode", "open", "host", "university"),
    *("next", "export", "format", "_w_filter_fragment", "collection_id", "tag", "term", "uid"),
    *("page_type", "result_format", "chosen", "multiple", "link_text", "link_url", "content_type"),
    *("go_live_at", "expire_at", "comment", "action-publish", "object_id", "position", "timestamp"),
    *("user", "action", "label", "mode", "status", "owner", "created_at_after", "live", "selected"),
)
HEADERS: dict[str, tuple[str, ...]] = {
    "HTTP_ACCEPT_LANGUAGE": ("sv", "xx;q=9", "*;q=a", "a" * 900, "sv-\x00", "en;q=0.1,sv;q=1e9"),
    "HTTP_ACCEPT": ("application/json", "text/*;q=x", "*/*", "", "\xff", "a/b;" * 300),
    "HTTP_ACCEPT_ENCODING": ("gzip;q=0", "br", "\xff", "identity;q=0,*;q=0"),
    "HTTP_IF_NONE_MATCH": ("*", '"a"', 'W/"', "\x00", '"' * 300),
    "HTTP_IF_MODIFIED_SINCE": ("yesterday", "Tue, 99 Foo 2026 99:99:99 GMT", "0", "\xff"),
    "HTTP_RANGE": ("bytes=0-", "bytes=-1", "bytes=9-1", "bytes=a-b", "bytes=0-1," * 60),
    "HTTP_HOST": ("evil.example", "", "a b", "testserver:99999", "[::1", "testserver"),
    "HTTP_X_FORWARDED_FOR": ("1.2.3.4", "a, b", "\xff", "::1," * 200),
    "HTTP_X_FORWARDED_PROTO": ("https", "gopher"),
    "HTTP_X_REQUESTED_WITH": ("XMLHttpRequest",),
    "HTTP_X_HTTP_METHOD_OVERRIDE": ("DELETE",),
    "HTTP_X_REQUEST_ID": ("a" * 500, "\r\nX: y", "\xff", "{}"),
    "HTTP_AUTHORIZATION": ("Basic %%%", "Bearer \xff", "Digest", "Basic OjpA"),
    "HTTP_ORIGIN": ("null", "https://evil.example", "\xff"),
    "HTTP_REFERER": ("https://evil.example/", "javascript:1", "\xff", "http://[::1"),
    "HTTP_USER_AGENT": ("", "\xff" * 50, "() { :; }; echo"),
    "HTTP_COOKIE": ("sessionid=x", "csrftoken=" + "a" * 900, "messages=x", "=;=;", "\xff=\xff"),
    "CONTENT_LENGTH": ("-1", "abc", "", "99999999999"),
}
CONTENT_TYPES = (
    "application/x-www-form-urlencoded",
    "application/json",
    "text/plain; charset=none",
    "multipart/form-data",
    "multipart/form-data; boundary=x",
    "application/x-www-form-urlencoded; charset=utf-16",
    "",
    "a" * 300,
)
_FIELD = re.compile(
    r'<(?:input|textarea|select)\b[^>]*?\bname="([^"]+)"(?:[^>]*?\bvalue="([^"]*)")?'
)


@dataclass
class Finding:
    """A kind of failure, with the first request that brought it about."""

    error: str
    request: str
    times: int = 1


@dataclass
class Fuzzer:
    """Sends requests made from addresses that exist, and keeps what failed."""

    clients: dict[str, Client]
    paths: list[str]
    seed: int = 1
    findings: dict[str, Finding] = field(default_factory=dict)
    statuses: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)
        self.fields: dict[str, list[tuple[str, str]]] = {}

    def run(self, count: int) -> None:
        """Send `count` requests."""
        for _number in range(count):
            self._send(self.random.choice(list(self.clients)), self.random.choice(self.paths))

    def _send(self, who: str, path: str) -> None:
        client = self.clients[who]
        method = self.random.choice(METHODS)
        known = self._known_fields(who, path) if self.random.random() < 0.5 else []
        target, query = self._target(path)
        request: dict[str, Any] = {"path": target, "query_string": query, **self._headers()}
        body, content_type = self._body(known) if method in {"POST", "PUT", "PATCH"} else (b"", "")
        client.exc_info = None
        with transaction.atomic():
            cookies = client.cookies.output(header="", sep=";")
            answer = client.generic(
                method,
                request.pop("path"),
                body,
                content_type or "application/octet-stream",
                **request,
            )
            client.cookies.clear()
            client.cookies.load(cookies)
            transaction.set_rollback(True)
        self.statuses[answer.status_code] = self.statuses.get(answer.status_code, 0) + 1
        if answer.status_code >= 500:
            self._note(
                client, f"{who} {method} {target}?{query} {body[:300]!r}", answer.status_code
            )

    def _note(self, client: Client, request: str, status: int) -> None:
        error: Any = client.exc_info[1] if client.exc_info else None
        place = ""
        traceback = error.__traceback__ if error else None
        while traceback is not None:
            code = traceback.tb_frame.f_code
            place, traceback = f"{code.co_filename}:{traceback.tb_lineno}", traceback.tb_next
        kind = f"{status} {type(error).__name__} at {place}"
        if kind in self.findings:
            self.findings[kind].times += 1
        else:
            self.findings[kind] = Finding(f"{kind}: {str(error)[:200]}", request[:800])

    def _known_fields(self, who: str, path: str) -> list[tuple[str, str]]:
        """Return the fields of the form at an address, with what stands in them."""
        key = f"{who} {path}"
        if key not in self.fields:
            answer = self.clients[who].get(path)
            is_page = answer.headers.get("Content-Type", "").startswith("text/html")
            text = answer.text if is_page and not answer.streaming else ""
            self.fields[key] = _FIELD.findall(text)[:400]
        return self.fields[key]

    def _target(self, path: str) -> tuple[str, str]:
        """Return a path near `path`, and a query."""
        chance = self.random.random()
        if chance < 0.1:
            value = quote(self.random.choice(VALUES)[:1000], safe="/")
            path = re.sub(r"\d+", value.replace("\\", "") or "0", path, count=1)
        elif chance < 0.2:
            path += self.random.choice((*RAW, "//", "/..", "/.", ";a=b", "a" * 3000, "%2e%2e/"))
        elif chance < 0.25:
            path = path.replace("/", self.random.choice(("//", "/%2f", "/./", "%5c")), 2)
        path, _mark, query = path.partition("?")
        pairs = [self._pair() for _number in range(self.random.choice((0, 0, 1, 1, 2, 5)))]
        parts = [*filter(None, [query]), *pairs]
        return path, "&".join(parts)

    def _pair(self) -> str:
        name, value = self.random.choice(NAMES), self.random.choice(VALUES)
        if self.random.random() < 0.15:
            return f"{name}={self.random.choice(RAW)}"
        if self.random.random() < 0.1:
            name = self.random.choice((f"{name}[]", f"{name}__in", f"{name}__gt", "", "\x00"))
        return urlencode({name: value})

    def _headers(self) -> dict[str, str]:
        names = self.random.sample(sorted(HEADERS), self.random.choice((0, 0, 0, 1, 2)))
        return {name: self.random.choice(HEADERS[name]) for name in names}

    def _body(self, known: list[tuple[str, str]]) -> tuple[bytes, str]:
        kind = (
            self.random.choice(CONTENT_TYPES) if self.random.random() < 0.25 else CONTENT_TYPES[0]
        )
        if kind == CONTENT_TYPES[0]:
            return self._form(known).encode(), kind
        value = self.random.choice(VALUES)
        part = f'form-data; name="{value[:40]}"; filename="a.png"'
        text = f"--x\r\nContent-Disposition: {part}\r\n\r\n{value}"
        return (text if "multipart" in kind else value).encode(), kind

    def _form(self, known: list[tuple[str, str]]) -> str:
        """Return a form in which some fields are missing, and some hold something else."""
        pairs = [pair for pair in known if self.random.random() < 0.98]
        for _number in range(self.random.choice((1, 1, 2, 6)) if pairs else 0):
            place = self.random.randrange(len(pairs))
            pairs[place] = (pairs[place][0], self.random.choice(VALUES))
        own = [self._pair() for _number in range(self.random.choice((0, 1, 2)))]
        return "&".join([*(urlencode([pair]) for pair in pairs), *own])


def report(fuzzer: Fuzzer) -> Iterator[str]:
    """Yield a line for each kind of failure."""
    for finding in sorted(fuzzer.findings.values(), key=lambda found: -found.times):
        yield f"{finding.times} × {finding.error}\n    {finding.request}"
