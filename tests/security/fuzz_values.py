"""What nobody who means well would write into an address, a form, a header or a file."""

VALUES = (
    *("", " ", "0", "-1", "1", "9" * 30, "9" * 5000, "2147483648", "-9223372036854775809"),
    *("1e309", "NaN", "1.5", "0x10", "1_000", "²", "١٢"),
    *("\x00", "a\x00b", "\x1b[2J", "\r\nSet-Cookie: a=b", "\u202e", "😀", "å" * 600, "a" * 9000),
    *("<script>alert(1)</script>", "javascript:alert(1)", "{{ 7*7 }}", "%s%n", "${7*7}", "%", "\\"),
    *("' OR '1'='1", '";--', "../../../etc/passwd", "/etc/passwd\x00.png", "//evil.example/", "*"),
    *("null", "true", "[]", "{}", "{", "[1,", '{"a":' * 60, "[" * 2000, '"', "a,b,,c", "-a"),
    *("__all", "NOT", '"a" OR', "a:b", "(", "a & | !b", "a word " * 300, '"a phrase" ' * 200),
    *("2026-02-30", "99999-01-01", "0000-00-00", "live", "latest", "en", "xx", "on", "all", "csv"),
    *("courses.CoursePage", "wagtailcore.Page", "title", "-first_published_at", "random", "xlsx"),
)
# JSON that is none, that is deeper than a parser goes, or that holds what no text may hold.
JSON = (
    *("", "{", "null", "7", "[]", "{}", "NaN", "[" * 100_000, "[" * 400 + "]" * 400),
    *('{"a":' * 60 + "1" + "}" * 60, '{"a": "\\ud800"}', '{"a": "\\u0000"}', "9" * 5000),
    *('{"blocks": 7, "entityMap": []}', '{"blocks": [7], "entityMap": {}}'),
    '{"blocks": [{"text": "\\ud800", "type": "unstyled"}], "entityMap": {}}',
    '{"blocks": [{"text": "\\u0000", "type": "unstyled", "key": "a"}], "entityMap": {}}',
    '{"blocks": [{"text": "a", "type": "x", "entityRanges": [{"key": 9}]}], "entityMap": {}}',
    '[{"type": "unknown", "value": {"a": []}, "id": 7}]',
)
# As they stand in an address: broken UTF-8, broken escapes, half a surrogate.
RAW = ("%ff%fe", "%", "%zz", "%c0%af", "%ed%a0%80", "%00", "%0d%0aX:y", "+", "%252e", "%u0041")
METHODS = (
    ("GET",) * 10 + ("POST",) * 12 + ("HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "X")
)

NAMES = (
    *("q", "p", "page", "id", "ids", "fields", "type", "limit", "offset", "order", "ordering"),
    *("locale", "translation_of", "child_of", "descendant_of", "ancestor_of", "slug", "html_path"),
    *("search", "search_operator", "since", "after", "stage", "mode", "open", "host", "university"),
    *("next", "export", "format", "_w_filter_fragment", "collection_id", "tag", "term", "uid"),
    *("page_type", "result_format", "chosen", "multiple", "link_text", "link_url", "content_type"),
    *("go_live_at", "expire_at", "comment", "action-publish", "object_id", "position", "timestamp"),
    *("user", "action", "label", "status", "owner", "created_at_after", "live", "selected"),
)
NAMES_OF_THE_API = NAMES[:27]
NAMES_OF_THE_SITE = ("q", "q", "q", "p", "stage", "mode", "open", "host", "university", "page")

HEADERS: dict[str, tuple[str, ...]] = {
    "HTTP_ACCEPT_LANGUAGE": ("sv", "xx;q=9", "*;q=a", "a" * 900, "sv-\x00", "en;q=0.1,sv;q=1e9"),
    "HTTP_ACCEPT": ("application/json", "text/*;q=x", "*/*", "", "\xff", "a/b;" * 300),
    "HTTP_ACCEPT_ENCODING": ("gzip;q=0", "br", "\xff", "identity;q=0,*;q=0"),
    "HTTP_IF_MATCH": ("*", '"a"', '"'),
    "HTTP_IF_NONE_MATCH": ("*", '"a"', 'W/"', "\x00", '"' * 300),
    "HTTP_IF_MODIFIED_SINCE": ("yesterday", "Tue, 99 Foo 2026 99:99:99 GMT", "0", "\xff"),
    "HTTP_IF_UNMODIFIED_SINCE": ("yesterday", "Thu, 01 Jan 1970 00:00:00 GMT", "9" * 40),
    "HTTP_RANGE": ("bytes=0-", "bytes=-1", "bytes=9-1", "bytes=a-b", "bytes=0-1," * 60),
    "HTTP_HOST": ("evil.example", "", "a b", "testserver:99999", "[::1", "testserver"),
    "HTTP_X_FORWARDED_FOR": ("1.2.3.4", "a, b", "\xff", "::1," * 200),
    "HTTP_X_FORWARDED_HOST": ("evil.example", "a b"),
    "HTTP_X_FORWARDED_PROTO": ("https", "gopher"),
    "HTTP_X_REQUESTED_WITH": ("XMLHttpRequest",),
    "HTTP_X_HTTP_METHOD_OVERRIDE": ("DELETE",),
    "HTTP_X_REQUEST_ID": ("a" * 500, "\r\nX: y", "\xff", "{}"),
    "HTTP_AUTHORIZATION": ("Basic %%%", "Bearer \xff", "Digest", "Basic OjpA"),
    "HTTP_ORIGIN": ("null", "https://evil.example", "\xff"),
    "HTTP_REFERER": ("https://evil.example/", "javascript:1", "\xff", "http://[::1"),
    "HTTP_USER_AGENT": ("", "\xff" * 50, "() { :; }; echo"),
    "HTTP_COOKIE": (
        *("sessionid=x", "sessionid=\x00", "sessionid=" + "a" * 900, "csrftoken=" + "a" * 900),
        *("messages=x", "known_device=x:y", "=;=;", "\xff=\xff"),
    ),
    "CONTENT_LENGTH": ("-1", "abc", "", "99999999999"),
}
CONTENT_TYPES = (
    "text/plain; charset=none",
    "multipart/form-data",
    "multipart/form-data; boundary=x",
    "multipart/form-data; boundary=" + "x" * 300,
    "application/x-www-form-urlencoded; charset=utf-16",
    "application/x-www-form-urlencoded; charset=rot13",
    "application/json; charset=idna",
    "",
    "a" * 300,
)
FILE_NAMES = (
    *("a.png", "a.pdf", "a.csv", "a.xlsx", "", ".", "..", "../../x.png", "C:\\x.png", "a\x00.png"),
    *("a" * 900 + ".png", "å😀.png", "\u202egnp.exe", "a.png.php", "con.pdf", " .pdf", "a", "-rf"),
)
FILES = (
    *(b"", b"\x00" * 50, b"<svg onload=alert(1)>", b"%PDF-1.7\n", b"PK\x03\x04" + b"\xff" * 40),
    *(b"a,b\n\xff\xfe,\x00\n", b"title\n" * 50, b"{", b"\x89PNG\r\n\x1a\n" + b"\x00" * 30),
)
