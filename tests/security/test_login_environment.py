"""What production takes from the environment about signing in, and what it refuses."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
COMPLETE = {
    "SECRET_KEY": "0123456789-for-this-test-only-0123456789-for-this-test-only",
    "ALLOWED_HOSTS": "www.example.org",
    "CSRF_TRUSTED_ORIGINS": "https://www.example.org",
    "DATABASE_URL": "postgres://nobody:secret@localhost:5432/none",
    "WAGTAILADMIN_BASE_URL": "https://www.example.org",
}
PROVIDER = {
    "OIDC_SERVER_URL": "https://login.example.org/realms/atmp/",
    "OIDC_CLIENT_ID": "atmp",
    "OIDC_CLIENT_SECRET": "hush",
    "OIDC_GROUP_MAP": '{"urn:x:atmp,staff=1": "Editors"}',
    "OIDC_MFA_VALUES": "https://refeds.org/profile/mfa,otp",
    "OIDC_ENDPOINT_HOSTS": "api.example.org",
}
SHOW = (
    "import json, cms.settings.production as s;"
    "print(json.dumps([s.MFA_REQUIRED_GROUPS, s.SOCIALACCOUNT_PROVIDERS, s.SINGLE_SIGN_ON,"
    " s.ADMIN_CSP['form-action']]))"
)


def production(program: str = SHOW, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run a program with production's `environment`: it prints what concerns signing in."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "HOME") if name in os.environ}
    return subprocess.run(  # noqa: S603 The arguments are this module's own.
        [sys.executable, "-c", program],
        env=kept | COMPLETE | environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_hashes_passwords_slowly_and_with_a_salt_each() -> None:
    hashing = (
        "import json, os; os.environ['DJANGO_SETTINGS_MODULE'] = 'cms.settings.production';"
        "from django.contrib.auth.hashers import make_password;"
        "print(json.dumps([make_password('hunter2') for _twice in range(2)]))"
    )
    first, second = (hashed.split("$") for hashed in json.loads(production(hashing).stdout))
    algorithm, iterations, salt, _digest = first
    assert algorithm == "pbkdf2_sha256"
    assert int(iterations) >= 600_000, "OWASP's Password Storage Cheat Sheet."
    assert salt != second[2]
    assert len(salt) >= 22, "128 bits."


def test_a_second_factor_is_required_unless_the_environment_says_no() -> None:
    required, providers, rules, forms_to = json.loads(production().stdout)
    assert required == ["Moderators", "Administrators"]
    assert "APPS" not in providers["openid_connect"]
    assert rules == {}
    assert forms_to == ["'self'"]
    assert json.loads(production(MFA_REQUIRED="false").stdout)[0] == []


def test_a_provider_from_the_environment() -> None:
    _required, providers, rules, forms_to = json.loads(production(**PROVIDER).stdout)
    (app,) = providers["openid_connect"]["APPS"]
    assert app["client_id"] == "atmp"
    assert app["settings"]["server_url"] == "https://login.example.org/realms/atmp"
    assert app["settings"]["oauth_pkce_enabled"]
    assert rules == {
        "groups_claim": "groups",
        "group_map": {"urn:x:atmp,staff=1": "Editors"},
        "mfa_values": ["https://refeds.org/profile/mfa", "otp"],
        "hosts": ["login.example.org", "api.example.org"],
        "origins": ["https://login.example.org", "https://api.example.org"],
        "loopback": False,
    }
    assert forms_to == ["'self'", *rules["origins"]]


def test_a_provider_needs_https_a_client_and_a_map_and_every_mistake_is_named() -> None:
    for server in ("http://login.example.org", "http://localhost:8080", "login.example.org"):
        result = production(OIDC_SERVER_URL=server, OIDC_GROUP_MAP="[]", OIDC_CLIENT_SECRET="hush")
        assert result.returncode != 0
        assert "OIDC_SERVER_URL" in result.stderr, server
        assert "hush" not in result.stderr
    result = production(OIDC_SERVER_URL="https://login.example.org", OIDC_GROUP_MAP='{"a": 1}')
    for name in ("OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "OIDC_GROUP_MAP"):
        assert f"  {name}: " in result.stderr
