"""The tests: SQLite in memory, or the server DATABASE_URL names; nothing leaves the process."""

from .base import *
from .environment import database, finish, reader
from .validators import INSECURE_KEY_PREFIX

env = reader()

SECRET_KEY = INSECURE_KEY_PREFIX + "test-key-that-production-refuses"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]

DATABASES = {"default": database(env, default="sqlite://:memory:")}

WAGTAILADMIN_BASE_URL = "http://testserver"
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
STORAGES = STORAGES | {"default": {"BACKEND": "django.core.files.storage.InMemoryStorage"}}
# Nothing is collected here, and every test client would scan for it.
WHITENOISE_AUTOREFRESH = True
# Hashing slowly on purpose is for production; here it is most of the suite's time.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Browsers take localhost for safe without https.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True

finish(env)
