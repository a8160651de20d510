"""Signing in with an account of the universities (OpenID Connect Core 1.0).

The provider says who somebody is and which groups they are in; nothing else about our accounts
changes by it. An account that was made here is never entered because an e-mail address matches:
its owner connects the two, signed in here.
"""

from typing import Any

from allauth.account.utils import filter_users_by_email
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from cms.accounts.adapters import refuse
from cms.accounts.sso.id_tokens import is_of_this_sign_in
from cms.accounts.sso.requests import ProviderSession
from cms.models import User


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    """Lets in whom the provider puts into one of the groups that are mapped."""

    def get_requests_session(self) -> ProviderSession:
        """Return what talks to the provider, and to no other host."""
        rules = settings.SINGLE_SIGN_ON
        return ProviderSession(rules["hosts"], loopback=rules["loopback"])

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Refuse, or bring the groups of an account up to date, before anybody is let in."""
        if not (is_of_this_sign_in(sociallogin) and _is_about_one_person(sociallogin)):
            refuse(request, _("Your organisation’s sign-in gave conflicting answers. Try again."))
        groups = mapped_groups(sociallogin)
        sociallogin.account.extra_data = _needed(sociallogin)
        if sociallogin.state.get("process") == "connect":
            return
        if sociallogin.is_existing:
            sociallogin.account.save(update_fields=["extra_data"])
            follow_groups(sociallogin.user, groups)
        elif not groups:
            refuse(
                request,
                _("Your organisation’s account has no role here. Ask an administrator for one."),
            )
        elif filter_users_by_email(sociallogin.user.email or ""):
            refuse(
                request,
                _(
                    "There is an account with your e-mail address already. Sign in to it with "
                    "its password, and connect the two under “Account”."
                ),
            )

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Return whether the provider gives the newcomer a role."""
        return bool(mapped_groups(sociallogin))

    def is_auto_signup_allowed(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Return True: there is nothing to fill in."""
        return True

    @transaction.atomic
    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None) -> User:
        """Make the account of a newcomer, without a password."""
        user: User = super().save_user(request, sociallogin, form)
        log(user, "wagtail.create", user=user)
        follow_groups(user, mapped_groups(sociallogin))
        return user

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:
        """Return where one goes after connecting an account."""
        return reverse("socialaccount_connections")


def mapped_groups(sociallogin: SocialLogin) -> set[str]:
    """Return the names of our groups that the provider's claim stands for."""
    values = _values(_claims(sociallogin).get(settings.SINGLE_SIGN_ON["groups_claim"]))
    mapping = settings.SINGLE_SIGN_ON["group_map"]
    return {mapping[value] for value in values if value in mapping}


def had_second_factor(sociallogin: SocialLogin) -> bool:
    """Return whether the provider says that a second factor was asked for, and we take its word."""
    token = sociallogin.account.extra_data.get("id_token") or {}
    said = _values(token.get("acr")) | _values(token.get("amr"))
    return bool(said & set(settings.SINGLE_SIGN_ON["mfa_values"]))


def follow_groups(user: User, names: set[str]) -> None:
    """Put `user` into the groups called `names`, and out of every other that is mapped."""
    mapped = set(settings.SINGLE_SIGN_ON["group_map"].values())
    present = set(user.groups.values_list("name", flat=True)) & mapped
    if present == names:
        return
    user.groups.add(*Group.objects.filter(name__in=names - present))
    user.groups.remove(*Group.objects.filter(name__in=present - names))
    log(user, "cms.groups_follow", user=user, data={"groups": sorted(names)})


def _claims(sociallogin: SocialLogin) -> dict[str, Any]:
    data = sociallogin.account.extra_data
    return (data.get("id_token") or {}) | (data.get("userinfo") or {})


def _is_about_one_person(sociallogin: SocialLogin) -> bool:
    """Return whether both responses name the same subject (OpenID Connect Core 1.0, 5.3.2)."""
    data = sociallogin.account.extra_data
    subjects = {part.get("sub") for part in (data.get("id_token"), data.get("userinfo")) if part}
    return len(subjects) == 1


def _needed(sociallogin: SocialLogin) -> dict[str, Any]:
    """Return the claims that are used here; what else the provider tells is not kept."""
    group_claim = settings.SINGLE_SIGN_ON["groups_claim"]
    names = ("iss", "sub", "acr", "amr", group_claim)
    data = sociallogin.account.extra_data
    return {
        part: {name: claims[name] for name in names if name in claims}
        for part in ("id_token", "userinfo")
        if (claims := data.get(part) or {})
    }


def _values(claim: Any) -> set[str]:
    found = claim if isinstance(claim, list) else [claim]
    return {value for value in found if isinstance(value, str)}
