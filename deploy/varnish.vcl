vcl 4.1;

# The cache in front of the site (Varnish 7). It does what the site's own headers say and needs
# no purging: a public answer is fresh for the seconds of `s-maxage`, is shown while a newer one
# is fetched for those of `stale-while-revalidate`, and for those of `stale-if-error` where the
# site does not answer. TLS ends before it, at whoever sets X-Forwarded-Proto (deploy/nginx.conf).

import directors;
import std;

backend site {
    .host = "web";
    .port = "8000";
    .connect_timeout = 2s;
    # Above the site's own limits, which end a slow request with an answer.
    .first_byte_timeout = 35s;
    .between_bytes_timeout = 10s;
    .max_connections = 100;
    .probe = {
        .url = "/-/live";
        .interval = 1s;
        .timeout = 2s;
        .window = 3;
        .threshold = 2;
        .initial = 2;
    }
}

# Several web machines: a backend like the one above for each, and a line here.
sub vcl_init {
    new web = directors.round_robin();
    web.add_backend(site);
}

sub vcl_recv {
    set req.backend_hint = web.backend();
    set req.http.Host = std.tolower(req.http.Host);
    set req.http.X-Forwarded-Proto = std.tolower(req.http.X-Forwarded-Proto);
    unset req.http.X-May-Be-Stale;
    unset req.http.Proxy;

    if (req.method != "GET" && req.method != "HEAD") {
        return (pass);
    }
    # Somebody in particular asks: the answer is theirs alone.
    if (req.http.Authorization || req.http.Cookie ~ "(^|;\s*)(__Host-)?sessionid=") {
        return (pass);
    }
    # Forms live here, and their cookies must arrive even before anyone is logged in.
    if (req.url ~ "^/(admin|accounts|_util|documents)(/|\?|$)") {
        return (pass);
    }
    # The admin, where it has another path. (Its answers are never kept in any case.)
    if (std.getenv("ADMIN_PATH") && std.strstr(req.url, "/" + std.getenv("ADMIN_PATH"))) {
        return (pass);
    }
    if (req.url ~ "^/-/") {
        return (pass);
    }

    # No other cookie and no language preference changes a public answer.
    unset req.http.Cookie;
    unset req.http.Accept-Language;

    # One answer has one address: no fragment, no tracking (as cms/publishing/http/requests.py has it;
    # the API refuses parameters that it does not know, and must see them), the rest in order.
    set req.url = regsub(req.url, "#.*$", "");
    if (req.url !~ "^/api/") {
        set req.url = regsuball(req.url, "(?i)([?&])(utm_\w+|fbclid|gclid|gbraid|wbraid|dclid|msclkid|mc_[ce]id|igshid|twclid|li_fat_id|mtm_\w+|matomo_\w+|pk_\w+|_hs\w+|yclid|ref_src)=[^&]*", "\1");
    } else {
        # Numbers against caches, which the API ignores.
        set req.url = regsuball(req.url, "([?&])_=[^&]*", "\1");
    }
    set req.url = regsuball(req.url, "&&+", "&");
    set req.url = regsub(req.url, "\?&", "?");
    set req.url = regsub(req.url, "[?&]$", "");
    set req.url = std.querysort(req.url);

    # Accept-Encoding needs nothing here: Varnish asks the site for gzip, keeps that one copy and
    # unpacks it for the few who cannot read it.

    # While the site answers, old answers are shown for as long as stale-while-revalidate says.
    # A second round (see vcl_deliver) may show whatever there is.
    if (req.restarts == 0 && std.healthy(req.backend_hint)) {
        set req.grace = 5s;
    }
    set req.http.X-May-Be-Stale = "1";
    return (hash);
}

sub vcl_hash {
    # The site redirects http to https: one must never be answered with the other.
    hash_data(req.http.X-Forwarded-Proto);
    # The API answers with JSON or not at all: all who take it share one answer, so that what was
    # removed is not still there for those who ask in other words.
    if (req.url ~ "^/api/") {
        if (!req.http.Accept
            || req.http.Accept ~ "(?i)(^|[\s,])(application/(json|\*)|\*/\*)(?!\s*;[^,]*\bq=0(\.0*)?\s*($|[,;]))") {
            hash_data("json");
        } else {
            hash_data(req.http.Accept);
        }
    }
}

sub vcl_backend_response {
    if (beresp.status >= 500) {
        # Never instead of a good answer that is still there.
        if (bereq.is_bgfetch) {
            return (abandon);
        }
        set beresp.ttl = 0s;
        set beresp.grace = 0s;
        set beresp.keep = 0s;
        set beresp.uncacheable = true;
        return (deliver);
    }
    # Nothing is kept unless the site says that it is everybody's. Remembered for a while, so that
    # requests for it do not wait for each other.
    if (beresp.http.Cache-Control !~ "(?i)\bpublic\b"
        || beresp.http.Cache-Control ~ "(?i)\b(private|no-store|no-cache)\b"
        || beresp.http.Set-Cookie
        || beresp.http.Vary ~ "(?i)cookie|\*") {
        set beresp.ttl = 120s;
        set beresp.grace = 0s;
        set beresp.keep = 0s;
        set beresp.uncacheable = true;
        return (deliver);
    }
    # `s-maxage` has become the ttl by itself.
    if (beresp.http.Cache-Control ~ "stale-if-error=\d+") {
        set beresp.grace = std.duration(
            regsub(beresp.http.Cache-Control, "^.*stale-if-error=(\d+).*$", "\1s"), 0s);
    }
    # An old copy asks with its ETag, and mostly hears 304.
    set beresp.keep = 1h;
    return (deliver);
}

sub vcl_deliver {
    # The site has failed since it was last found healthy: look once more, for an old answer.
    if (resp.status >= 500 && req.restarts == 0 && req.http.X-May-Be-Stale) {
        return (restart);
    }
    if (obj.hits > 0) {
        set resp.http.Cache-Status = "varnish; hit";
    } else {
        set resp.http.Cache-Status = "varnish; fwd=miss, " + resp.http.Cache-Status;
    }
    unset resp.http.Server;
    unset resp.http.Via;
    unset resp.http.X-Varnish;
}

sub vcl_synth {
    # The connection to the site broke off before there was an answer.
    if (resp.status == 503 && req.restarts == 0 && req.http.X-May-Be-Stale) {
        return (restart);
    }
}

sub vcl_backend_error {
    set beresp.http.Retry-After = "5";
    set beresp.http.Cache-Control = "no-store";
    if (bereq.url ~ "^/api/") {
        set beresp.http.Content-Type = "application/problem+json";
        set beresp.http.Access-Control-Allow-Origin = "*";
        set beresp.body = {"{"type": "about:blank", "title": "Service Unavailable", "status": 503}"};
    } else {
        set beresp.http.Content-Type = "text/html; charset=utf-8";
        set beresp.body = {"<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>Out of service for a moment</title></head>
  <body><h1>Out of service for a moment</h1><p>Please try again in a few seconds.</p></body>
</html>
"};
    }
    return (deliver);
}
