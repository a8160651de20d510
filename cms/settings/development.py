"""A developer's machine: needs nothing set, keeps everything it writes in `var/`."""

from cms.operations import policies
from cms.operations.observability.logs import logging_settings

from .base import *
from .environment import database, finish, reader
from .single_sign_on import single_sign_on
from .validators import INSECURE_KEY_PREFIX, is_log_level, is_port

env = reader()

DEBUG = True
SECRET_KEY = INSECURE_KEY_PREFIX + "development-key-that-production-refuses"
ALLOWED_HOSTS = ["*"]
INTERNAL_IPS = ["127.0.0.1", "::1"]

VAR_DIR.mkdir(exist_ok=True)
DATABASES = {"default": database(env, default=f"sqlite:///{VAR_DIR / 'db.sqlite3'}")}

MEDIA_ROOT = env.path("MEDIA_ROOT", MEDIA_ROOT)

# `manage.py start` puts the port it found here before it serves.
PORT = env.int("PORT", 8000, validate=is_port)
WAGTAILADMIN_BASE_URL = env.str("WAGTAILADMIN_BASE_URL", f"http://localhost:{PORT}")

mail_directory = env.str("EMAIL_FILE_PATH", "")
MAILERS = {
    "default": MAIL_AFTER_COMMIT,
    "server": {
        "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "OPTIONS": {"file_path": mail_directory},
    }
    if mail_directory
    else {"BACKEND": "django.core.mail.backends.console.EmailBackend"},
}
# The development server serves static files itself, straight from where they are written.
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True

SOCIALACCOUNT_PROVIDERS, SINGLE_SIGN_ON = single_sign_on(env, loopback=True)
if SINGLE_SIGN_ON:
    ADMIN_CSP = policies.with_forms_to(ADMIN_CSP, SINGLE_SIGN_ON["origins"])

# Browsers take localhost for safe without https.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True

LOGGING = logging_settings(
    env.str("LOG_LEVEL", "INFO", validate=is_log_level) or "INFO", as_json=False
)

finish(env)
