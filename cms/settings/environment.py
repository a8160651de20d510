"""Reads the environment for the settings: what each variable takes, and the rules for it.

Each settings module makes a `reader()`, asks it for values and ends with `finish()`. A missing
or malformed variable is noted and reading goes on, so that one message names all of them.
"""

import os
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvValidationError

from .validators import (
    POSTGRESQL,
    SECRET_KEY_LENGTH,
    engine,
    is_placeholder,
    is_postgresql,
    is_postgresql_or_sqlite,
    needs,
)

TAKES = {
    "ADMIN_PATH": "the admin's path, with a slash at its end: admin/",
    "API_REQUESTS_PER_MINUTE": "a whole number, at least 1",
    "ALLOWED_HOSTS": "the site's host names, separated by commas: a.example.se,b.example.se",
    "CACHE_URL": "a cache address: redis://host:6379/0, file:///directory, db://table or locmem://",
    "CSRF_TRUSTED_ORIGINS": "https origins, separated by commas: https://atmp.example.se",
    "DATA_LICENCE": "CC0-1.0, CC-BY-4.0, CC-BY-SA-4.0 or CC-BY-NC-4.0",
    "TEXT_LICENCE": "CC0-1.0, CC-BY-4.0, CC-BY-SA-4.0 or CC-BY-NC-4.0",
    "DATABASE_URL": "a database address: postgres://user:password@host:5432/name",
    "DEFAULT_FROM_EMAIL": "the sender's e-mail address",
    "EMAIL_FILE_PATH": "a directory for mail in development, instead of the console",
    "EMAIL_HOST": "the mail server's host name",
    "EMAIL_PORT": "a port number, 1 to 65535",
    "EMAIL_USE_TLS": "true or false",
    "EMAIL_HOST_PASSWORD": "the mail server's password",
    "EMAIL_HOST_USER": "the mail server's user name",
    "LOG_LEVEL": "DEBUG, INFO, WARNING, ERROR or CRITICAL",
    "MEDIA_ROOT": "the directory that keeps uploaded files",
    "MEDIA_S3_ACCESS_KEY_ID": "the object store's access key, where the machine has no role",
    "MEDIA_S3_BUCKET": "the bucket that keeps uploaded files, instead of MEDIA_ROOT",
    "MEDIA_S3_DOMAIN": "the host name that visitors fetch images from: media.example.se",
    "MEDIA_S3_ENDPOINT_URL": "the object store's address, where it is not Amazon's",
    "MEDIA_S3_REGION": "the region of the bucket",
    "MEDIA_S3_SECRET_ACCESS_KEY": "the secret of the access key",
    "MFA_REQUIRED": "true or false",
    "OIDC_CLIENT_ID": "the client id that the OpenID provider gave to the site",
    "OIDC_CLIENT_SECRET": "the client secret that the OpenID provider gave to the site",
    "OIDC_ENDPOINT_HOSTS": "more host names of the provider, if its endpoints are elsewhere",
    "OIDC_GROUPS_CLAIM": "the claim that says who somebody is: groups",
    "OIDC_GROUP_MAP": 'values of the claim and our groups, as JSON: {"atmp-staff": "Editors"}',
    "OIDC_MFA_VALUES": "values of acr or amr that count as a second factor, separated by commas",
    "OIDC_NAME": "what the button to sign in says: University account",
    "OIDC_SCOPES": "what is asked of the provider, separated by commas: openid,profile,email",
    "OIDC_SERVER_URL": "the OpenID provider's https address: https://login.example.se",
    "METRICS_TOKEN": "a random text of at least 20 characters, for whoever reads /-/metrics",
    "PORT": "a port number, 1 to 65535",
    "SECRET_KEY": f"a random text of at least {SECRET_KEY_LENGTH} characters, kept secret: "
    "`openssl rand -base64 48` makes one",
    "SECRET_KEY_FALLBACKS": "earlier secret keys, separated by commas",
    "SECURE_HSTS_INCLUDE_SUBDOMAINS": "true or false",
    "SECURE_HSTS_PRELOAD": "true or false",
    "SECURE_HSTS_SECONDS": "a whole number of seconds, at least 1",
    "SECURITY_CONTACT": "mailto: or https: addresses, separated by commas: mailto:it@example.se",
    "SECURITY_CONTACT_EXPIRES": "a date, until when the contact holds: 2027-12-31",
    "SENTRY_DSN": "the address that Sentry gives for a project, https://key@host/number",
    "SENTRY_ENVIRONMENT": "a name for this site in Sentry's lists",
    "SITE_IS_PUBLIC": "true or false",
    "STATIC_ROOT": "the directory that `collectstatic` has filled",
    "TRUSTED_PROXIES": "the number of proxies in front, a whole number, at least 0",
    "TRUST_X_FORWARDED_PROTO": "true or false",
    "WAGTAILADMIN_BASE_URL": "the site's public address without a path: https://atmp.example.se",
    "WEB_WORKERS": "the number of server processes, at least 1",
    "WEB_MAX_REQUESTS": "the number of requests that a process serves, 0 for any number",
    "WEB_THREADS": "the number of threads of each process, at least 1",
}
"""Every variable that is read, with the value it takes; error messages quote it."""


class EnvironmentIncomplete(ImproperlyConfigured):
    """One message that names every missing or malformed variable and what it takes."""


def reader() -> Env:
    """A reader that notes what is wrong instead of stopping at it."""
    return Env(eager=False)


def finish(env: Env, *, placeholders: bool = True) -> None:
    """End the reading; raise `EnvironmentIncomplete` naming every variable that is wrong.

    Without `placeholders`, what `.env.example` has in the place of a value is wrong, too.
    """
    problems: dict[str, list[str]] = {}
    if not placeholders:
        problems = {
            name: ["It is still what .env.example says."]
            for name in TAKES
            if is_placeholder(os.environ.get(name, ""))
        }
    try:
        env.seal()
    except EnvValidationError as error:
        if isinstance(error.error_messages, dict):
            problems |= error.error_messages
    if problems:
        raise EnvironmentIncomplete(
            "The environment is not complete. Set these variables and start again:\n"
            + "\n".join(
                f"  {name}: {' '.join(said)} It takes {TAKES[name]}."
                for name, said in sorted(problems.items())
            )
        )


def database(env: Env, *, required: bool = False, default: str = "") -> dict[str, Any]:
    """The database settings from DATABASE_URL: PostgreSQL, or SQLite where it is not required."""
    rules = [is_postgresql] if required else [is_postgresql_or_sqlite]
    url = (
        env.str("DATABASE_URL", validate=rules)
        if required
        else env.str("DATABASE_URL", default, validate=rules)
    )
    if not url or not engine(url):
        return {}
    config: dict[str, Any] = dict(dj_database_url.parse(url))
    # A change and its row in the publication log are written together or not at all.
    config["ATOMIC_REQUESTS"] = True
    if config["ENGINE"] != POSTGRESQL:
        # WAL lets readers and a writer work side by side. IMMEDIATE takes the write lock when a
        # transaction begins, where waiting helps, instead of failing when it first writes.
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;",
        }
    return config


def media_storage(env: Env) -> dict[str, Any]:
    """The storage of uploaded files from MEDIA_S3_…; nothing where no bucket is named."""
    bucket = env.str("MEDIA_S3_BUCKET", "", validate=needs("boto3", extra="s3"))
    options = {
        "access_key": env.str("MEDIA_S3_ACCESS_KEY_ID", "") or None,
        "custom_domain": env.str("MEDIA_S3_DOMAIN", "") or None,
        "endpoint_url": env.str("MEDIA_S3_ENDPOINT_URL", "") or None,
        "region_name": env.str("MEDIA_S3_REGION", "") or None,
        "secret_key": env.str("MEDIA_S3_SECRET_ACCESS_KEY", "") or None,
    }
    if not bucket:
        return {}
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": options
        | {
            "bucket_name": bucket,
            # Two uploads may have one name; neither may take the other's place.
            "file_overwrite": False,
            # Addresses of images stand in pages that are kept: they must not run out.
            "querystring_auth": False,
            "object_parameters": {"CacheControl": "public, max-age=86400"},
        },
    }


def origin_of_media(storage: dict[str, Any]) -> str:
    """Return the origin that `storage` gives pictures from; nothing where the site itself does."""
    options = storage.get("OPTIONS", {})
    if not options.get("bucket_name"):
        return ""
    if options["custom_domain"]:
        return f"https://{options['custom_domain']}"
    endpoint = urlsplit(options["endpoint_url"] or "https://s3.amazonaws.com")
    # Some stores put the bucket's name before the host, some after it.
    return f"{endpoint.scheme}://{endpoint.netloc} {endpoint.scheme}://*.{endpoint.netloc}"
