"""Who gets in: django-allauth, at the addresses of Wagtail's own pages (see `cms.accounts`)."""

from typing import Any

from .single_sign_on import NO_PROVIDER

AUTH_USER_MODEL = "cms.User"
LOGIN_URL = "wagtailadmin_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
# Length, and a list of what is guessed first; no rules of composition, no expiry (NIST SP
# 800-63B-4, 3.1.1.2). Fifteen, because an editor may have no second factor.
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "cms.accounts.passwords.validation.GuessablePasswordValidator"},
]
# A link that sets a password is a password while it lasts.
PASSWORD_RESET_TIMEOUT = 60 * 60

# Idle for an hour, or twelve hours old: sign in again (NIST SP 800-63B-4, 2.2.3).
SESSION_COOKIE_AGE = 60 * 60
SESSION_MAX_AGE = 12 * 60 * 60
# Members of these groups, and superusers where any is named, must have a second factor.
MFA_REQUIRED_GROUPS: list[str] = []
ACCOUNT_ADAPTER = "cms.accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "cms.accounts.forms.LoginForm",
    "reset_password": "cms.accounts.forms.ResetPasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
# allauth's own would keep a second list of e-mail addresses.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105  # The name of a class.
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "shared_password": "10/5m/ip",
}
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = True
# Passwords are changed on allauth's pages, which throttle, notify and end other sessions.
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
MFA_FORMS = {
    "add_webauthn": "cms.upstream.passkeys.AddForm",
    "authenticate_webauthn": "cms.upstream.passkeys.AuthenticateForm",
    "login_webauthn": "cms.upstream.passkeys.LoginForm",
    "reauthenticate_webauthn": "cms.upstream.passkeys.ReauthenticateForm",
}
MFA_ADAPTER = "cms.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
# Administrators make the accounts, and so vouch for the address.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "ATMP Research School"
SOCIALACCOUNT_ADAPTER = "cms.accounts.sso.provider.SingleSignOnAdapter"
# From the environment: see cms.settings.single_sign_on.
SOCIALACCOUNT_PROVIDERS = NO_PROVIDER
SINGLE_SIGN_ON: dict[str, Any] = {}
