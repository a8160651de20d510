"""ID tokens that are believed once they have been checked (OpenID Connect Core 1.0, 3.1.3.7).

allauth takes a token that came straight from the provider for good, as the standard allows. Here
the provider's key has to have signed it, for this site, and for the sign-in that asked for it:
then whoever stands between the two, or hands over somebody else's code, gets nobody in.
"""

import secrets
from typing import Any

import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare

from cms.upstream.characters import clean_line

# Signed with a key that only the provider has: neither with the client's secret nor not at all.
ALGORITHMS = [*("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"), "ES256", "ES384", "EdDSA"]
_REQUIRED = ["iss", "sub", "aud", "exp", "iat"]
_CLOCK_SKEW_SECONDS = 60
_TEXTS = {"email", "family_name", "given_name", "name", "preferred_username"}


class NonceProvider(OpenIDConnectProvider):
    """Sends a nonce with each request to sign in, and remembers it in the browser's session."""

    def redirect(
        self,
        request: HttpRequest,
        process: str,
        next_url: str | None = None,
        data: Any = None,
        **kwargs: Any,
    ) -> HttpResponse:
        """Return the way to the provider."""
        nonce = secrets.token_urlsafe(32)
        params = {**(kwargs.pop("auth_params", None) or self.get_auth_params()), "nonce": nonce}
        response: HttpResponse = super().redirect(
            request, process, next_url, data, auth_params=params, nonce=nonce, **kwargs
        )
        return response

    def sociallogin_from_response(self, request: HttpRequest, response: Any) -> SocialLogin:
        """Return who signs in: what is said of them as clean as what they would type here."""
        told = {part: _clean(claims) for part, claims in response.items()}
        if any(told[part].get("sub") != claims.get("sub") for part, claims in response.items()):
            # Two people may not become one by it.
            raise OAuth2Error("The provider names somebody by characters that nobody can see.")
        for claims in told.values():
            for name in _TEXTS & claims.keys():
                if not isinstance(claims[name], str):
                    del claims[name]
        return super().sociallogin_from_response(request, told)


class SignedTokenAdapter(OpenIDConnectOAuth2Adapter):
    """Believes a token that one of the provider's keys has signed for this site."""

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        try:
            claims: dict[str, Any] = jwt.decode(
                id_token,
                self._key_of(id_token),
                algorithms=ALGORITHMS,
                audience=app.client_id,
                issuer=self.openid_config["issuer"],
                leeway=_CLOCK_SKEW_SECONDS,
                options={"require": _REQUIRED},
            )
        except (jwt.PyJWTError, KeyError, TypeError, ValueError) as error:
            raise OAuth2Error("The ID token is none, or not for this site.") from error
        if claims.get("azp", app.client_id) != app.client_id:
            raise OAuth2Error("The ID token was made for another site.")
        return claims

    def _key_of(self, id_token: str) -> Any:
        """Return the provider's key that a token names; without a name, its first one."""
        wanted = jwt.get_unverified_header(id_token).get("kid")
        with get_adapter().get_requests_session() as session:
            response = session.get(self.openid_config["jwks_uri"])
            response.raise_for_status()
        for key in jwt.PyJWKSet.from_dict(response.json()).keys:
            if wanted in {None, key.key_id} and key.public_key_use in {None, "sig"}:
                return key.key
        raise OAuth2Error("The provider has no key of this name.")


def _clean(claim: Any) -> Any:
    match claim:
        case str():
            return clean_line(claim)
        case list():
            return [_clean(each) for each in claim]
        case dict():
            return {clean_line(name): _clean(each) for name, each in claim.items()}
    return claim


def is_of_this_sign_in(sociallogin: SocialLogin) -> bool:
    """Return whether the provider's token answers what this browser has asked."""
    token = sociallogin.account.extra_data.get("id_token") or {}
    asked = sociallogin.state.get("nonce") or ""
    return bool(asked) and constant_time_compare(asked, str(token.get("nonce", "")))


@login_not_required
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Let in whom the provider sends back."""
    try:
        view = OAuth2CallbackView.adapter_view(SignedTokenAdapter(request, provider_id))
        response: HttpResponse = view(request)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    return response
