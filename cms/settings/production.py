"""A server: everything comes from the environment, all of it is checked, nothing is assumed."""

from environs import validate

from cms.operations import policies
from cms.operations.observability.logs import logging_settings

from .base import *
from .caches import caches
from .environment import database, finish, media_storage, origin_of_media, reader
from .single_sign_on import single_sign_on
from .validators import (
    is_at_least,
    is_cache_address,
    is_contact_list,
    is_dsn,
    is_host_list,
    is_https_origin,
    is_log_level,
    is_origin_list,
    is_path,
    is_port,
    is_strong_key,
    is_token,
    needs,
)

env = reader()

SECRET_KEY = env.str("SECRET_KEY", validate=is_strong_key)
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", validate=is_host_list)
WAGTAILADMIN_BASE_URL = env.str("WAGTAILADMIN_BASE_URL", validate=is_https_origin)
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", validate=is_origin_list)

SITE_IS_PUBLIC = env.bool("SITE_IS_PUBLIC", SITE_IS_PUBLIC)

DATABASE = database(env, required=True)
# A thread keeps its connection, and tries it before a request uses it: one that a restart of the
# database has broken is replaced, and fails nobody.
DATABASE["CONN_MAX_AGE"] = 600
DATABASE["CONN_HEALTH_CHECKS"] = True
DATABASE["OPTIONS"] = DATABASE.get("OPTIONS", {}) | {
    # Nothing waits for ever: for a connection, for a lock, for a response, for a dead peer.
    "connect_timeout": 2,
    "options": "-c statement_timeout=15000 -c lock_timeout=5000 "
    "-c idle_in_transaction_session_timeout=60000",
    "keepalives_idle": 10,
    "keepalives_interval": 3,
    "keepalives_count": 3,
    "tcp_user_timeout": 5000,
}
DATABASES = {"default": DATABASE}

# Without a shared cache, files on the machine: what one process has rendered, all may send.
CACHES = caches(
    env.str("CACHE_URL", f"file://{VAR_DIR / 'cache'}", validate=is_cache_address) or "locmem://"
)

STATIC_ROOT = env.path("STATIC_ROOT", STATIC_ROOT)
MEDIA_ROOT = env.path("MEDIA_ROOT", MEDIA_ROOT)
STORAGES = STORAGES | {
    "default": media_storage(env) or STORAGES["default"],
    # File names carry a hash of their contents, so browsers may keep them for ever.
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Pictures may come from where the object store gives them to visitors.
if media_origin := origin_of_media(STORAGES["default"]):
    SECURE_CSP = policies.with_images_from(SECURE_CSP, media_origin)
    ADMIN_CSP = policies.with_images_from(ADMIN_CSP, media_origin)

# Transport

SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", 31_536_000, validate=is_at_least(1))
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", True)
SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_PRELOAD", False)
SILENCED_SYSTEM_CHECKS = [
    # The admin previews pages in frames of its own, so X_FRAME_OPTIONS cannot be DENY.
    "security.W019",
    # Preloading binds the whole domain for years: its owner decides, not a default.
    "security.W021",
]
# Only where a proxy in front sets this header itself and drops what visitors send in it.
if env.bool("TRUST_X_FORWARDED_PROTO", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# Whoever sends requests past these proxies can only pretend to be one other address.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", TRUSTED_PROXIES, validate=is_at_least(0))
API_REQUESTS_PER_MINUTE = env.int(
    "API_REQUESTS_PER_MINUTE", API_REQUESTS_PER_MINUTE, validate=is_at_least(1)
)
DATA_LICENCE = env.str("DATA_LICENCE", DATA_LICENCE, validate=validate.OneOf(LICENCES))
TEXT_LICENCE = env.str("TEXT_LICENCE", TEXT_LICENCE, validate=validate.OneOf(LICENCES))
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
# Browsers take a cookie with this prefix from this host alone, over https, for the whole host: no
# other host of the domain can set or overwrite it (RFC 6265bis).
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken"
KNOWN_DEVICE_COOKIE_NAME = "__Host-known_device"
MESSAGES_COOKIE_NAME = "__Host-messages"

# What gets out

ADMIN_PATH = env.str("ADMIN_PATH", ADMIN_PATH, validate=is_path)
STAFF_PATHS = [ADMIN_PATH, *STAFF_PATHS[1:]]
SECURITY_CONTACT = env.list("SECURITY_CONTACT", [], validate=is_contact_list)
SECURITY_CONTACT_EXPIRES = env.date("SECURITY_CONTACT_EXPIRES", None)

# Signing in

# What an earlier key has signed or encrypted is still good.
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])
if env.bool("MFA_REQUIRED", True):
    MFA_REQUIRED_GROUPS = ["Moderators", "Administrators"]
SOCIALACCOUNT_PROVIDERS, SINGLE_SIGN_ON = single_sign_on(env)
if SINGLE_SIGN_ON:
    ADMIN_CSP = policies.with_forms_to(ADMIN_CSP, SINGLE_SIGN_ON["origins"])

# E-mail

DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("DEFAULT_FROM_EMAIL", "noreply@localhost")
MAILERS = {
    "default": MAIL_AFTER_COMMIT,
    "server": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": env.str("EMAIL_HOST", "localhost"),
            "port": env.int("EMAIL_PORT", 25, validate=is_port),
            "username": env.str("EMAIL_HOST_USER", ""),
            "password": env.str("EMAIL_HOST_PASSWORD", ""),
            "use_tls": env.bool("EMAIL_USE_TLS", False),
            "timeout": 10,
        },
    },
}

# Watch

LOGGING = logging_settings(
    env.str("LOG_LEVEL", "INFO", validate=is_log_level) or "INFO", as_json=True
)
METRICS_TOKEN = env.str("METRICS_TOKEN", METRICS_TOKEN, validate=is_token)
SENTRY_DSN = env.str(
    "SENTRY_DSN", SENTRY_DSN, validate=[is_dsn, needs("sentry_sdk", extra="sentry")]
)
SENTRY_ENVIRONMENT = env.str("SENTRY_ENVIRONMENT", "production")

finish(env, placeholders=False)

# Nothing is reported from settings that are refused.
if SENTRY_DSN:
    from cms.operations.observability.errors import start_reporting

    start_reporting(SENTRY_DSN, environment=SENTRY_ENVIRONMENT)
