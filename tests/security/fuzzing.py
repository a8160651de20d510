"""Requests that nobody who means well would send: the same ones for the same seed."""

import random
import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

from django.db import transaction
from django.test import Client

from testing.form_data import fields_of
from tests.html import Response, fragment
from tests.security import who_may
from tests.security.fuzz_values import (
    CONTENT_TYPES,
    FILE_NAMES,
    FILES,
    HEADERS,
    JSON,
    METHODS,
    NAMES,
    RAW,
    VALUES,
)

FORM = "application/x-www-form-urlencoded"
# What a response says that came from a view, and not from a wall before it.
OF_A_VIEW = frozenset({"shown", "done", "400"})


@dataclass
class Finding:
    """A kind of failure, with the first request that brought it about."""

    error: str
    request: str
    times: int = 1


@dataclass(frozen=True, slots=True)
class Form:
    """A form that was found at an address: where it is sent, what it holds, what files it takes."""

    action: str
    fields: list[tuple[str, str]]
    files: list[str]


@dataclass
class Fuzzer:
    """Sends requests made from addresses that exist, and keeps what failed."""

    clients: dict[str, Client]
    paths: list[str]
    seed: int = 1
    names: tuple[str, ...] = NAMES
    findings: dict[str, Finding] = field(default_factory=dict)
    statuses: Counter[int] = field(default_factory=Counter)
    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)
    seconds: float = 0

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)
        self.forms: dict[str, Form | None] = {}

    def run(self, count: int) -> None:
        """Send `count` requests."""
        started = time.perf_counter()
        for _number in range(count):
            self._send(self.random.choice(list(self.clients)), self.random.choice(METHODS))
        self.seconds += time.perf_counter() - started

    def share_of_views(self, method: str) -> float:
        """Return how many of the requests with `method` were answered by a view, from 0 to 1."""
        counts = {key[1]: number for key, number in self.outcomes.items() if key[0] == method}
        return sum(counts.get(outcome, 0) for outcome in OF_A_VIEW) / sum(counts.values())

    def _send(self, who: str, method: str) -> None:
        client = self.clients[who]
        path = self.random.choice(self.paths)
        form = None
        # Most of what is sent should be nearly what some form expects.
        for _try in range(6 if method == "POST" and self._chance(0.8) else 0):
            form = self._form_at(who, path)
            if form:
                break
            path = self.random.choice(self.paths)
        target, query = self._target(path)
        if form and method == "POST" and self._chance(0.8):
            target, _mark, query = form.action.partition("?")
        body, content_type = self._body(form) if method in {"POST", "PUT", "PATCH"} else (b"", "")
        kind = content_type or "application/octet-stream"
        headers: Any = {"query_string": query, **self._headers()}
        cookies = client.cookies.output(header="", sep=";")
        with transaction.atomic():
            response = client.generic(method, target, body, kind, **headers)
            transaction.set_rollback(True)
        client.cookies.clear()
        client.cookies.load(cookies)
        self.statuses[response.status_code] += 1
        self.outcomes[method, who_may.outcome(response, changed=False)] += 1
        if response.status_code >= 500:
            request = f"{who} {method} {target}?{query} {headers} {kind} {body[:300]!r}"
            self._note(response, request)

    def _note(self, response: Response, request: str) -> None:
        raised: Any = getattr(response, "exc_info", None)
        error = raised[1] if raised else None
        place = ""
        traceback = error.__traceback__ if error else None
        while traceback is not None:
            code = traceback.tb_frame.f_code
            place, traceback = f"{code.co_filename}:{traceback.tb_lineno}", traceback.tb_next
        kind = f"{response.status_code} {type(error).__name__} at {place}"
        if kind in self.findings:
            self.findings[kind].times += 1
        else:
            self.findings[kind] = Finding(f"{kind}: {str(error)[:200]}", request[:1200])

    def _chance(self, share: float) -> bool:
        return self.random.random() < share

    def _form_at(self, who: str, path: str) -> Form | None:
        """Return the largest form at an address, with what stands in it."""
        key = f"{who} {path}"
        if key not in self.forms:
            self.forms[key] = _largest_form(self.clients[who].get(path), path)
        return self.forms[key]

    def _target(self, path: str) -> tuple[str, str]:
        """Return a path near `path`, and a query."""
        chance = self.random.random()
        if chance < 0.07:
            value = quote(self.random.choice(VALUES)[:1000], safe="/")
            path = re.sub(r"\d+", value.replace("\\", "") or "0", path, count=1)
        elif chance < 0.12:
            path += self.random.choice((*RAW, "//", "/..", "/.", ";a=b", "a" * 3000, "%2e%2e/"))
        elif chance < 0.15:
            path = path.replace("/", self.random.choice(("//", "/%2f", "/./", "%5c")), 2)
        path, _mark, query = path.partition("?")
        pairs = [self._pair() for _number in range(self.random.choice((0, 0, 1, 1, 2, 5)))]
        parts = [*filter(None, [query]), *pairs]
        return path, "&".join(parts)

    def _pair(self) -> str:
        name = self.random.choice(self.names if self._chance(0.8) else NAMES)
        if self._chance(0.15):
            return f"{name}={self.random.choice(RAW)}"
        if self._chance(0.1):
            name = self.random.choice((f"{name}[]", f"{name}__in", f"{name}__gt", "", "\x00"))
        return urlencode({name: self.random.choice(VALUES)})

    def _headers(self) -> dict[str, str]:
        names = self.random.sample(sorted(HEADERS), self.random.choice((0, 0, 0, 0, 1, 2)))
        return {name: self.random.choice(HEADERS[name]) for name in names}

    def _body(self, form: Form | None) -> tuple[bytes, str]:
        chance = self.random.random()
        if chance < 0.6:
            own = [self._pair() for _number in range(self.random.choice((0, 0, 1, 2)))]
            pairs = [urlencode([pair]) for pair in self._changed(form)]
            return "&".join([*pairs, *own]).encode(), FORM
        if chance < 0.8:
            return self._parts(form), "multipart/form-data; boundary=x"
        if chance < 0.9:
            return self.random.choice(JSON).encode(), "application/json"
        value = self.random.choice((*VALUES, *JSON))
        return value.encode(), self.random.choice(CONTENT_TYPES)

    def _changed(self, form: Form | None) -> list[tuple[str, str]]:
        """Return a form's fields; often some are missing, and some hold something else."""
        pairs = [pair for pair in form.fields if self._chance(0.99)] if form else []
        for _number in range(self.random.choice((0, 1, 1, 1, 2, 6)) if pairs else 0):
            place = self.random.randrange(len(pairs))
            name, before = pairs[place]
            values = JSON if before[:1] in {"{", "["} and self._chance(0.7) else VALUES
            pairs[place] = (name, self.random.choice(values))
        return pairs

    def _parts(self, form: Form | None) -> bytes:
        """Return a form with files, whose names and contents are rarely what they should be."""
        texts = [(f'name="{name}"', value.encode()) for name, value in self._changed(form)]
        names = form.files if form and form.files else [self.random.choice(("file", "files[]"))]
        uploads = [
            (
                f'name="{name}"; filename="{self.random.choice(FILE_NAMES)}"',
                self.random.choice(FILES),
            )
            for name in names
        ]
        odd = [(self.random.choice(('name="', "filename*=utf-9''%ff", 'name="a"; x')), b"a")]
        parts = [*texts, *uploads, *(odd if self._chance(0.2) else [])]
        lines = [
            b"--x\r\nContent-Disposition: form-data; " + name.encode() + b"\r\n\r\n" + value
            for name, value in parts
        ]
        return b"\r\n".join([*lines, b"" if self._chance(0.1) else b"--x--\r\n"])


def _largest_form(response: Response, path: str) -> Form | None:
    if response.streaming or response.status_code != 200:
        return None
    kind = response.headers.get("Content-Type", "").partition(";")[0]
    # A dialogue of the admin is HTML within JSON.
    html = response.json() if kind == "application/json" else response.text
    html = html.get("html") if isinstance(html, dict) else html
    if kind not in {"text/html", "application/json"} or not isinstance(html, str):
        return None
    forms = fragment(html).select("form[method=post i]")
    if not forms:
        return None
    form = max(forms, key=lambda one: len(one.select("[name]")))
    fields = [(name, value) for name, values in fields_of(form).items() for value in values]
    files = [str(control["name"]) for control in form.select("input[type=file][name]")]
    action = str(form.get("action") or path)
    return Form(action if action.startswith("/") else path, fields, files)


def numbers(fuzzer: Fuzzer) -> Iterator[str]:
    """Yield how many requests were sent and how they were answered, a line each."""
    yield f"{fuzzer.statuses.total()} requests in {fuzzer.seconds:.0f} s"
    yield ", ".join(f"{status}: {times}" for status, times in sorted(fuzzer.statuses.items()))
    for method in ("GET", "POST"):
        yield f"answered by a view of all {method}: {fuzzer.share_of_views(method):.0%}"
    yield f"forms accepted: {fuzzer.outcomes['POST', 'done']}"


def report(fuzzer: Fuzzer) -> Iterator[str]:
    """Yield a line for each kind of failure."""
    for finding in sorted(fuzzer.findings.values(), key=lambda found: -found.times):
        yield f"{finding.times} × {finding.error}\n    {finding.request}"
