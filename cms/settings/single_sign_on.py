"""Single sign-on by OpenID Connect, from OIDC_…; nothing where no provider is named."""

from typing import Any
from urllib.parse import urlsplit

from environs import Env, ValidationError

PROVIDER_ID = "sso"
# allauth reads the class once, when it starts: it is named where no provider is, too.
NO_PROVIDER: dict[str, Any] = {
    "openid_connect": {"provider_class": "cms.accounts.sso.id_tokens.NonceProvider"}
}
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


def single_sign_on(env: Env, *, loopback: bool = False) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return SOCIALACCOUNT_PROVIDERS and SINGLE_SIGN_ON as the environment has them.

    With `loopback`, a provider on this machine may do without https.
    """
    server = env.str("OIDC_SERVER_URL", "", validate=_is_provider(loopback)) or ""
    if not server:
        return NO_PROVIDER, {}
    return configuration(
        server=server,
        client_id=env.str("OIDC_CLIENT_ID"),
        client_secret=env.str("OIDC_CLIENT_SECRET"),
        group_map=_group_map(env),
        name=env.str("OIDC_NAME", "Single sign-on"),
        groups_claim=env.str("OIDC_GROUPS_CLAIM", "groups"),
        scopes=env.list("OIDC_SCOPES", ["openid", "profile", "email"]),
        mfa_values=env.list("OIDC_MFA_VALUES", []),
        more_hosts=env.list("OIDC_ENDPOINT_HOSTS", []),
        loopback=loopback,
    )


def configuration(
    *,
    server: str,
    client_id: str | None,
    client_secret: str | None,
    group_map: dict[str, str],
    name: str | None = "Single sign-on",
    groups_claim: str | None = "groups",
    scopes: list[str] | None = None,
    mfa_values: list[str] | None = None,
    more_hosts: list[str] | None = None,
    loopback: bool = False,
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return allauth's SOCIALACCOUNT_PROVIDERS, and what cms.accounts.sso.provider goes by."""
    app = {
        "provider_id": PROVIDER_ID,
        "name": name,
        "client_id": client_id,
        "secret": client_secret,
        "settings": {
            "server_url": server.rstrip("/"),
            "oauth_pkce_enabled": True,
            "scope": scopes or ["openid", "profile", "email"],
            # Some providers name the level of a sign-in only if they are asked to reach it.
            "auth_params": {"acr_values": " ".join(mfa_values)} if mfa_values else {},
        },
    }
    parts = urlsplit(server)
    hosts = [parts.netloc, *(more_hosts or [])]
    return {"openid_connect": NO_PROVIDER["openid_connect"] | {"APPS": [app]}}, {
        "groups_claim": groups_claim,
        "group_map": group_map,
        "mfa_values": mfa_values or [],
        "hosts": hosts,
        "origins": [f"{parts.scheme}://{host}" for host in hosts],
        "loopback": loopback,
    }


def _group_map(env: Env) -> dict[str, str]:
    value = env.json("OIDC_GROUP_MAP", validate=_is_group_map)
    return value if isinstance(value, dict) else {}


def _is_provider(loopback: bool) -> Any:
    def rule(value: str) -> None:
        if not value:
            return
        parts = urlsplit(value)
        local = loopback and parts.scheme == "http" and parts.hostname in _LOOPBACK
        sound = bool(parts.hostname) and not (parts.query or parts.fragment or parts.username)
        if not sound or (parts.scheme != "https" and not local):
            raise ValidationError(f"“{value}” is not the https address of a provider.")

    return rule


def _is_group_map(value: Any) -> None:
    if not isinstance(value, dict) or not value:
        raise ValidationError("It is not a JSON object with at least one pair.")
    if not all(isinstance(group, str) and group for group in value.values()):
        raise ValidationError("Every value must be the name of a group.")
