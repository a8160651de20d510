"""What a security reviewer would write down about a response without asking for more.

Of ZAP's passive rules (add-on `pscanrules`), all that may report medium or high are covered,
except those that say nothing about this site:

- disclosure: 3 session in an address, 10033 directory listing, 10034 version of the server,
  10062 personal data (here: addresses of accounts), 10097 hashes, 10099 source code, 90022 errors;
- policies: 10020 framing, 10038 and 10055 Content Security Policy, 10098 CORS;
- what is loaded, sent and opened: 10028 redirects, 10040 mixed content, 10041 and 10042 forms to
  and from http, 10105 weak authentication, 10108 reverse tabnabbing, 10115 and 90003 scripts of
  others, 10202 forms without a token;
- not covered: 10003 known faults of scripts, which needs retire.js's list (the scripts are
  Wagtail's, and `make audit` asks for Wagtail); view states (10032, 90001), Java objects (90002).

Of the lower rules, those about headers, cookies, private addresses and comments are covered too.

Let off, and nothing else: `'unsafe-inline'` for styles in the admin (cms/operations/policies.py
says why), and of uploaded files in their sandbox; CORS for data that is public; the form that says
who else edits, which Wagtail's script sends with the token in a header.
"""

import re
from collections.abc import Callable, Iterator
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings

from cms.pages.reserved_addresses import is_staff_path
from testing.servers import HOST, ROOT
from tests.operations.response import Response

# The accounts of the crawled site have addresses that nothing else has.
ACCOUNTS: Final = "accounts.example.net"
LISTS_ACCOUNTS: Final = {"administrator", "superuser"}
HEADERS: Final = {
    "X-Content-Type-Options": {"nosniff"},
    "Referrer-Policy": {"strict-origin-when-cross-origin", "same-origin"},
    "X-Frame-Options": {"SAMEORIGIN", "DENY"},
    "Strict-Transport-Security": {"max-age=31536000; includeSubDomains"},
    "Cross-Origin-Opener-Policy": {"same-origin"},
    "Cross-Origin-Resource-Policy": {"same-origin", "cross-origin"},
    "Permissions-Policy": {
        ", ".join(f"{feature}={who}" for feature, who in settings.PERMISSIONS_POLICY.items())
    },
}
NAMES_A_SERVER = ("X-Powered-By", "X-AspNet-Version", "X-Backend-Server", "X-Debug-Token", "Via")
# Without them, `default-src` says nothing about forms, frames around the page and its base.
NO_FALLBACK = ("form-action", "frame-ancestors", "base-uri")
TOO_BROAD = {"*", "http:", "https:", "data:", "blob:", "'unsafe-eval'", "'unsafe-hashes'"}
# The rest is asked of pages alone: data and files have no frames, windows, devices and links.
OF_EVERYTHING: Final = {
    "X-Content-Type-Options",
    "Strict-Transport-Security",
    "Cross-Origin-Resource-Policy",
}
LEAKS: Final = re.compile(
    "|".join(
        (
            # Where the code and the uploads are, and what goes wrong in them.
            re.escape(str(ROOT)),
            r"/site-packages/|/usr/lib/python|/tmp/pytest|\bFile \"/",
            r"Traceback \(most recent|DisallowedHost|psycopg\.|DoesNotExist at|You have an error",
            r"\bSELECT \"\w+\"\.\"|\bINSERT INTO \"|\bUPDATE \"\w+\" SET",
            # What the site is made of.
            r"\b(?:Wagtail|Django|gunicorn|Python|PostgreSQL|psycopg|nginx|Pillow)"
            r"(?:[ /-]v?|==)\d+(?:\.\d+)+",
            r"guide\.wagtail\.org/en/\?target_version|new-in-wagtail-\d",
            # Where it runs.
            r"\b(?:127\.0\.0\.1|localhost):\d+|\b10(?:\.\d+){3}\b|\b192\.168(?:\.\d+){2}\b",
            # Secrets, whole or hashed.
            r"pbkdf2_sha256\$|\$argon2|\$2[aby]\$\d\d\$|tests-only-0123456789|postgres://",
            # Code that was meant to run, and lists that a server makes by itself.
            r"<\?php|\{% \w+|\{\{ \w+|<title>(?:Index of|Directory listing)",
        )
    )
)
# (The icons of the admin carry the name of the set they were drawn from, as its licence asks.)
IN_COMMENTS = re.compile(r"\b(?:todo|fixme|xxx|hack|password|secret|debug)\b", re.IGNORECASE)
SESSION_IN_ADDRESS = re.compile(r"[?&;](?:sessionid|jsessionid|phpsessid|sid)=", re.IGNORECASE)
# Data and files that partner sites show, without anybody's session.
SHARED = re.compile(r"/api/v2/|/embed/|.*\.(?:ics|atom)$")
LOADED = {"script": "src", "img": "src", "iframe": "src", "source": "src", "object": "data"}
PASSWORD_FIELDS = {"current-password", "new-password", "one-time-code", "off"}


def problems(response: Response) -> Iterator[str]:
    """Yield everything that is wrong with a response."""
    if response.status >= 500 or response.status == 429:
        yield f"answered {response.status}"
    for rule in RULES:
        yield from rule(response)


def _headers(response: Response) -> Iterator[str]:
    headers = response.headers
    is_page = response.kind == "text/html"
    for name, allowed in HEADERS.items():
        if (is_page or name in OF_EVERYTHING) and headers.get(name) not in allowed:
            yield f"{name} is {headers.get(name)!r}"
    told = any(name in headers for name in NAMES_A_SERVER)
    if told or re.search(r"\d", headers.get("Server", "")):
        yield "names what serves it"
    if "WWW-Authenticate" in headers:
        yield "asks for a password outside the site's own form"
    location = urlsplit(headers.get("Location", ""))
    if location.netloc not in {"", HOST} or location.scheme == "http":
        yield f"sends people to {headers['Location']}"


def _sharing(response: Response) -> Iterator[str]:
    origin = "Access-Control-Allow-Origin" in response.headers
    if origin and not SHARED.match(urlsplit(response.path).path):
        yield "may be read by other sites"
    if "Access-Control-Allow-Credentials" in response.headers:
        yield "may be read by other sites with somebody's session"


def _type(response: Response) -> Iterator[str]:
    kind = response.headers.get("Content-Type", "")
    if response.body and not kind:
        yield "has no type"
    if kind.startswith("text/") and "charset=" not in kind:
        yield f"has no charset: {kind}"
    is_document = response.path.startswith("/documents/") and response.status == 200
    disposition = response.headers.get("Content-Disposition", "")
    if is_document and not disposition.startswith("attachment"):
        yield "is a document, and shown"


def _policy(response: Response) -> Iterator[str]:
    written = response.headers.get("Content-Security-Policy", "")
    policy = {name: set(rest) for name, *rest in map(str.split, filter(None, written.split(";")))}
    if policy.get("default-src") not in ({"'none'"}, {"'self'"}):
        yield f"has the policy {written!r}"
    yield from (f"its policy lacks {name}" for name in NO_FALLBACK if name not in policy)
    allowed = _let_off(response, policy)
    for name, sources in policy.items():
        broad = sources & (TOO_BROAD | {"'unsafe-inline'"}) - allowed.get(name, set())
        if broad or any(source.startswith(("http://", "ftp:")) for source in sources):
            yield f"its policy has {name} {' '.join(sorted(sources))}"


def _let_off(response: Response, policy: dict[str, set[str]]) -> dict[str, set[str]]:
    """Return what is allowed by directive, although it is broad."""
    if is_staff_path(response.path) and policy.get("script-src-attr") == {"'none'"}:
        return {"style-src": {"'unsafe-inline'"}, "img-src": {"data:", "blob:"}}
    if "sandbox" in policy and "script-src" not in policy:
        return {"style-src": {"'unsafe-inline'"}}
    return {}


def _keeping(response: Response) -> Iterator[str]:
    control = response.headers.get("Cache-Control", "")
    personal = response.role != "anonymous" and response.kind == "text/html"
    if (personal or is_staff_path(response.path)) and not re.search("private|no-store", control):
        yield f"is somebody's own and may be kept by others: {control!r}"
    if response.cookies and "public" in control:
        yield "sets a cookie and may be kept by others"


def _cookies(response: Response) -> Iterator[str]:
    """Yield the cookies that are not as they should be: scripts need none of them."""
    wanted = {"secure", "httponly", "path=/"}
    same_site = {"samesite=lax", "samesite=strict"}
    for cookie in response.cookies:
        parts = {part.strip().lower() for part in cookie.split(";")[1:]}
        sound = cookie.startswith("__Host-") and wanted <= parts and same_site & parts
        if not sound and "max-age=0" not in parts:
            yield f"sets the cookie {cookie}"


def _disclosure(response: Response) -> Iterator[str]:
    if not response.is_text:
        return
    if leak := LEAKS.search(response.text):
        yield f"tells {response.text[max(0, leak.start() - 40) : leak.end() + 40]!r}"
    # Whoever is signed in may see their own address.
    others = set(re.findall(rf"[\w.-]+@{ACCOUNTS}", response.text)) - {
        f"{response.role}@{ACCOUNTS}"
    }
    if others and response.role not in LISTS_ACCOUNTS:
        yield f"tells the addresses of accounts: {sorted(others)}"
    if response.path.endswith(".map") and response.status == 200:
        yield "gives away the source of a script"
    for comment in response.document.comments:
        if IN_COMMENTS.search(comment):
            yield f"has the comment {comment!r}"


def _loaded(response: Response) -> Iterator[str]:
    """Yield what a browser would load, by itself, that it should not."""
    loaded = [(e.tag, e.get(LOADED[e.tag])) for e in response.document.elements if e.tag in LOADED]
    for element in response.document.elements:
        if element.tag == "link" and "stylesheet" in element.get("rel"):
            loaded.append(("stylesheet", element.get("href")))
        loaded += [(element.tag, part) for part in element.get("srcset").split(",")]
    if response.kind == "text/css":
        loaded += [
            ("style", part) for part in re.findall(r"url\(\s*['\"]?([^'\")]+)", response.text)
        ]
    for tag, address in loaded:
        target = urlsplit(address.strip())
        if target.scheme == "http":
            yield f"loads {address} without https"
        elsewhere = target.netloc not in {"", HOST}
        if elsewhere and tag in {"script", "stylesheet", "object"}:
            yield f"runs {address} of another site"


def _forms(response: Response) -> Iterator[str]:
    for form in response.document.forms:
        target = urlsplit(form.action)
        if target.scheme == "http" or target.netloc not in {"", HOST}:
            yield f"has a form to {form.action}"
        by_hand = form.method == "post" and not form.is_sent_by_script
        if by_hand and "csrfmiddlewaretoken" not in form.fields:
            yield f"has a form without a token: {form.action or response.path}"
    for element in response.document.elements:
        is_password = element.tag == "input" and element.get("type") == "password"
        if is_password and element.get("autocomplete") not in PASSWORD_FIELDS:
            yield f"leaves to the browser what to keep of {element.get('name')}"


def _links(response: Response) -> Iterator[str]:
    for element in response.document.elements:
        address = element.get("href")
        if SESSION_IN_ADDRESS.search(address):
            yield f"has a session in {address}"
        # Without either word, browsers and our Cross-Origin-Opener-Policy take `noopener`.
        relations = set(element.get("rel").lower().split())
        if "opener" in relations and "noopener" not in relations:
            yield f"opens {address} and lets it change this page"


RULES: Final[tuple[Callable[[Response], Iterator[str]], ...]] = (
    *(_headers, _sharing, _type, _policy, _keeping, _cookies, _disclosure),
    *(_loaded, _forms, _links),
)
