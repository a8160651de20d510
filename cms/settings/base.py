"""What holds in every environment. Secrets, hosts and addresses belong to the others."""

from datetime import date
from pathlib import Path
from typing import Any

from cms.operations import policies

from .caches import caches
from .signing_in import *
from .uploads import *

BASE_DIR = Path(__file__).resolve().parents[2]
# All that a running site writes; git ignores it.
VAR_DIR = BASE_DIR / "var"

DEBUG = False

INSTALLED_APPS = [
    "home",
    "about",
    "courses",
    "cms.apps.CmsConfig",
    "cms.i18n.apps.I18nConfig",
    "cms.operations.apps.OperationsConfig",
    "cms.publishing.apps.PublishingConfig",
    "cms.media.apps.MediaConfig",
    "cms.translations.apps.TranslationsConfig",
    "cms.editing.apps.EditingConfig",
    "cms.upstream.apps.UpstreamConfig",
    "cms.api.apps.ApiConfig",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.simple_translation",
    "wagtail.contrib.sitemaps",
    "wagtail.contrib.typed_table_block",
    "wagtail.api.v2",
    "wagtail.embeds",
    "wagtail.sites",
    "cms.accounts.users.apps.UsersConfig",
    "cms.accounts.apps.AccountsConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "rest_framework",
    "django_filters",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_structlog",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "cms.operations.observability.requests.RequestIdMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "cms.operations.headers.HeadersMiddleware",
    "cms.operations.observability.metrics.MetricsMiddleware",
    "cms.operations.health.ProbeMiddleware",
    "cms.api.middleware.ApiMiddleware",
    "cms.operations.body_limit.BodyLimitMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cms.publishing.http.middleware.PublicationMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "cms.i18n.languages.PathLocaleMiddleware",
    "cms.pages.redirects.PublicRedirectMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "courses.partner_editors.middleware.PartnerEditorsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "cms.accounts.middleware.AdmissionMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "cms.editing.csv_exports.SafeCsvMiddleware",
    "cms.operations.bad_requests.BadRequestMiddleware",
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]

# Public responses are kept in "pages", everything else in "default".
CACHES = caches("locmem://")

# Language and time

LANGUAGE_CODE = "en"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("en", "English"), ("sv", "Svenska")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Stockholm"
# All times are Swedish, whoever writes them: nobody chooses another zone for their account.
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
USE_I18N = True
FORMAT_MODULE_PATH = ["cms.i18n.formats"]
USE_TZ = True
WAGTAIL_I18N_ENABLED = True

# E-mail

# The mailer "default" of every environment that sends; its "server" does the sending.
MAIL_AFTER_COMMIT = {"BACKEND": "cms.operations.mail.AfterCommitBackend"}
WAGTAILADMIN_NOTIFICATION_USE_HTML = False

# Files

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "cms.media.storage.WholeFileStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# Wagtail

WAGTAIL_SITE_NAME = "National ATMP Research School"
WAGTAILIMAGES_IMAGE_MODEL = "cms.SiteImage"
WAGTAILADMIN_RICH_TEXT_EDITORS = {"default": {"WIDGET": "cms.blocks.rich_text.RichTextArea"}}
WAGTAILSEARCH_BACKENDS = {
    # The admin's, and the API's for what is no page.
    "default": {"BACKEND": "cms.upstream.search"},
    # What visitors and partners find pages by.
    "pages": {"BACKEND": "cms.search.backend"},
}
WAGTAILAPI_LIMIT_MAX = 100
WAGTAILAPI_SEARCH_ENABLED = True
WAGTAIL_WORKFLOW_ENABLED = True
# While a page is being judged, only those who judge it can change it: with one step, what they
# correct, or what the editor keeps for them as they read, needs no approval but theirs.
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False
# The admin calls nobody outside: no avatars from elsewhere, no update check, no banner.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
}

# Answers made for one address in a minute; what has not changed since it was last sent is free.
API_REQUESTS_PER_MINUTE = 600

# What others may do with what the API, feeds and calendars tell: names and addresses by SPDX
# identifier, and which of them hold.
LICENCES = {
    "CC0-1.0": ("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    "CC-BY-4.0": ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "CC-BY-SA-4.0": ("CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
    "CC-BY-NC-4.0": ("CC BY-NC 4.0", "https://creativecommons.org/licenses/by-nc/4.0/"),
}
DATA_LICENCE = "CC0-1.0"
TEXT_LICENCE = "CC-BY-4.0"
# How many proxies in front add the address they see to X-Forwarded-For.
TRUSTED_PROXIES = 0

# Whether search engines may list the site. A copy for trying things out must not be found.
SITE_IS_PUBLIC = False

# What gets out: the headers of every response. `cms.operations.headers` chooses among the policies.

SECURE_CSP = policies.SITE
ADMIN_CSP = policies.ADMIN
DATA_CSP = policies.DATA
UPLOADED_CSP = policies.UPLOADED
PERMISSIONS_POLICY = policies.PERMISSIONS
# The admin shows previews of the site in frames of its own; nobody else may.
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
# Static files are for this site's pages; what partners use has its own headers.
WHITENOISE_ALLOW_ALL_ORIGINS = False
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
# Wagtail's scripts read the token from the page.
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "cms.accounts.interruptions.refusals.csrf_failure"
# The browser keeps these two beside them: see cms.accounts.devices and cms.editing.message_storage.
KNOWN_DEVICE_COOKIE_NAME = "known_device"
MESSAGES_COOKIE_NAME = "messages"
MESSAGE_STORAGE = "cms.editing.message_storage.NoticeStorage"

# Where the admin is, and everything whose responses are for those who work on the site.
ADMIN_PATH = "admin/"
STAFF_PATHS = [ADMIN_PATH, "accounts/"]

# Whom /.well-known/security.txt names (RFC 9116), and until when.
SECURITY_CONTACT: list[str] = []
SECURITY_CONTACT_EXPIRES: date | None = None

# What gets in, beside `cms.settings.uploads`

# Nothing is fetched from addresses that somebody types: videos are links (`cms.media.videos`), and
# Wagtail's own embeds, which would ask a provider from here, find none.
WAGTAILEMBEDS_FINDERS: list[dict[str, Any]] = []

# Watch: each request has an id, which every line of the log about it names.

# The visitor is not written down, and who is signed in only where it matters.
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
DJANGO_STRUCTLOG_USER_ID_FIELD = ""
# RequestIdMiddleware has looked at it.
DJANGO_STRUCTLOG_TRUST_UPSTREAM_REQUEST_ID = True
# Whoever knows it may read /-/metrics; without one there is no such address.
METRICS_TOKEN = ""
# Where errors are reported.
SENTRY_DSN = ""
