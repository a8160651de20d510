"""Single sign-on with a running OpenID provider: who gets in, as what, and who does not."""

from collections.abc import Callable

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import Group
from django.test import Client
from pytest_django import Settings

from cms.accounts.sso.requests import ForbiddenAddress, ProviderSession
from cms.models import User
from tests.factories import UserFactory
from tests.factories.cms import PASSWORD
from tests.html import parse, words
from tests.security.conftest import SSO, Provider, add_totp, confirm, groups_of, is_signed_in

pytestmark = pytest.mark.usefixtures("home")

type Configure = Callable[..., Provider]


def test_there_is_no_button_and_no_address_without_a_provider(client: Client) -> None:
    assert "Sign in with Lärosäte" not in words(parse(client.get("/admin/login/")))
    assert client.post(SSO).status_code == 404


def test_the_login_page_offers_it(client: Client, single_sign_on: Configure) -> None:
    single_sign_on(name="Lärosäte")
    page = parse(client.get("/admin/login/?next=/admin/reports/"))
    form = page.select_one(f"form[action='{SSO}']")
    assert form is not None
    assert form["method"] == "post"
    assert "Sign in with Lärosäte" in words(page)


def test_a_newcomer_gets_the_groups_that_the_claim_stands_for_and_no_more(
    client: Client, single_sign_on: Configure
) -> None:
    provider = single_sign_on()
    provider.has(
        "1",
        preferred_username="astrid",
        email="astrid@kth.example",
        given_name="Astrid",
        groups=["atmp-staff", "Administrators", "superuser"],
        is_superuser=True,
    )
    response = provider.sign_in(client, "1")
    assert response["Location"] == "/admin/"
    assert is_signed_in(client)
    user = User.objects.get(username="astrid")
    assert groups_of("astrid") == ["Editors"]
    assert (user.email, user.first_name) == ("astrid@kth.example", "Astrid")
    assert not user.is_superuser
    assert not user.has_usable_password()


def test_what_the_provider_says_of_somebody_is_cleaned_as_what_is_typed(
    client: Client, single_sign_on: Configure
) -> None:
    provider = single_sign_on()
    provider.has(
        "3",
        preferred_username="go\u0308ran\x00",
        email="go\u200bran@kth.example\x0b",
        given_name="Go\u0308ran\x00 \u202eA",
        family_name=["Lind", 7],
        groups=["atmp-staff", "\x00"],
    )
    provider.sign_in(client, "3")
    assert is_signed_in(client)
    user = User.objects.get()
    assert (user.username, user.first_name, user.last_name) == ("göran", "Göran A", "")
    assert not set(user.email) & set("\x00\x0b")


@pytest.mark.parametrize("claim", [[], ["students"], None, "students", {"atmp-staff": 1}, 7])
def test_somebody_without_a_role_is_told_so_and_gets_no_account(
    client: Client, single_sign_on: Configure, claim: object
) -> None:
    provider = single_sign_on()
    provider.has("2", preferred_username="bo", email="bo@kth.example", groups=claim)
    provider.sign_in(client, "2")
    assert "has no role here" in words(parse(client.get("/admin/login/")))
    assert not User.objects.exists()
    assert not is_signed_in(client)


def test_groups_follow_the_claim_and_others_are_left_alone(
    client: Client, single_sign_on: Configure
) -> None:
    provider = single_sign_on()
    provider.has("1", preferred_username="astrid", groups=["atmp-staff", "atmp-board"])
    provider.sign_in(client, "1")
    user = User.objects.get(username="astrid")
    user.groups.add(Group.objects.get(name="Administrators"))
    assert groups_of("astrid") == ["Administrators", "Editors", "Moderators"]
    provider.has("1", preferred_username="astrid", groups=["atmp-staff"])
    provider.sign_in(Client(), "1")
    assert groups_of("astrid") == ["Administrators", "Editors"]


def test_whoever_loses_the_last_role_stays_out(single_sign_on: Configure) -> None:
    provider = single_sign_on()
    provider.has("1", preferred_username="astrid", groups=["atmp-staff"])
    provider.sign_in(Client(), "1")
    provider.has("1", preferred_username="astrid", groups=[])
    client = Client()
    provider.sign_in(client, "1")
    assert "has no access" in words(parse(client.get("/admin/login/")))
    assert groups_of("astrid") == []


def test_an_account_that_is_switched_off_stays_off(single_sign_on: Configure) -> None:
    provider = single_sign_on()
    provider.has("1", preferred_username="astrid", groups=["atmp-staff"])
    provider.sign_in(Client(), "1")
    User.objects.update(is_active=False)
    client = Client()
    provider.sign_in(client, "1")
    assert not is_signed_in(client)


@pytest.mark.parametrize("email", ["edith@example.org", "EDITH@example.org"])
def test_an_equal_address_takes_over_no_account(
    client: Client, single_sign_on: Configure, email: str
) -> None:
    edith = UserFactory.create(username="edith", email="edith@example.org", groups=["Editors"])
    provider = single_sign_on()
    provider.has(
        "9", preferred_username="edith", email=email, email_verified=True, groups=["atmp-board"]
    )
    provider.sign_in(client, "9")
    assert "an account with your e-mail address already" in words(
        parse(client.get("/admin/login/"))
    )
    assert not is_signed_in(client)
    assert list(User.objects.all()) == [edith]
    assert groups_of("edith") == ["Editors"]
    assert not SocialAccount.objects.exists()


def test_an_equal_user_name_takes_over_no_account(
    client: Client, single_sign_on: Configure
) -> None:
    UserFactory.create(username="edith", groups=["Editors"])
    provider = single_sign_on()
    provider.has("9", preferred_username="edith", email="e@kth.example", groups=["atmp-staff"])
    provider.sign_in(client, "9")
    assert SocialAccount.objects.get().user.username != "edith"


def test_the_owner_connects_an_account_and_may_then_use_it(
    client: Client, single_sign_on: Configure
) -> None:
    edith = UserFactory.create(username="edith", groups=["Editors"])
    provider = single_sign_on()
    provider.has("9", email="edith@example.org", groups=["atmp-staff"])
    client.post("/admin/login/", {"username": "edith", "password": PASSWORD})
    confirm(client)
    provider.sign_in(client, "9", "?process=connect")
    assert SocialAccount.objects.get().user == edith
    assert "Account Connections" in words(parse(client.get("/admin/account/connected/")))
    later = Client()
    provider.sign_in(later, "9")
    assert is_signed_in(later)


def test_the_word_of_the_provider_counts_as_second_factor_only_where_it_is_configured(
    single_sign_on: Configure, second_factor_required: None
) -> None:
    refeds = "https://refeds.org/profile/mfa"
    for said, trusted, shown in (
        ({"acr": refeds}, [refeds], True),
        ({"amr": ["pwd", "otp"]}, ["otp"], True),
        ({"acr": refeds}, [], False),
        ({"amr": ["pwd"]}, [refeds, "otp"], False),
    ):
        provider = single_sign_on(mfa_values=trusted)
        provider.has("1", preferred_username="astrid", groups=["atmp-board"], **said)
        client = Client()
        provider.sign_in(client, "1")
        assert is_signed_in(client) is shown, f"{said} with {trusted}"
        assert client.get("/admin/account/second-factor/").status_code == 200


def test_a_factor_of_our_own_is_asked_for_after_single_sign_on(single_sign_on: Configure) -> None:
    provider = single_sign_on()
    provider.has("1", preferred_username="astrid", groups=["atmp-staff"])
    client = Client()
    provider.sign_in(client, "1")
    user = User.objects.get()
    user.set_password(PASSWORD)
    user.save()
    client.post("/admin/login/", {"username": "astrid", "password": PASSWORD})
    add_totp(client)
    later = Client()
    response = provider.sign_in(later, "1")
    assert response["Location"] == "/admin/login/second-factor/"
    assert not is_signed_in(later)


def test_only_what_is_used_of_the_claims_is_kept(client: Client, single_sign_on: Configure) -> None:
    provider = single_sign_on()
    provider.has("1", preferred_username="astrid", groups=["atmp-staff"], birthdate="1970-01-01")
    for _twice in range(2):
        provider.sign_in(Client(), "1")
        assert "1970" not in str(SocialAccount.objects.get().extra_data)


def test_a_forged_answer_is_refused(client: Client, single_sign_on: Configure) -> None:
    provider = single_sign_on()
    for query in ("code=x&state=y", "code=x", "error=access_denied", ""):
        response = client.get(f"{SSO}callback/?{query}", follow=True)
        assert response.status_code in (200, 401, 403)
        assert not is_signed_in(client)
    provider.has("1", preferred_username="astrid", groups=["atmp-staff"])
    there = client.post(SSO)
    back = requests.post(there["Location"], data={"sub": "1"}, allow_redirects=False, timeout=5)
    victim = Client()
    victim.get(back.headers["Location"].removeprefix("http://testserver"))
    assert not is_signed_in(victim), "Another browser’s answer signs nobody in."


def test_a_provider_that_is_away_is_said_in_words(
    client: Client, single_sign_on: Configure
) -> None:
    single_sign_on(server="http://localhost:9")
    response = client.post(SSO, follow=True)
    assert "Signing in did not work" in words(parse(response))


@pytest.mark.parametrize(
    "url",
    [
        "https://169.254.169.254/latest/meta-data/",
        "https://login.example.se.evil.example/",
        "https://login.example.se:8443/",
        "https://login.example.se@evil.example/",
        "http://login.example.se/",
        "http://localhost/",
        "file:///etc/passwd",
    ],
)
def test_nobody_but_the_provider_is_asked(url: str) -> None:
    with pytest.raises(ForbiddenAddress):
        ProviderSession(["login.example.se", "localhost"], loopback=False).get(url)


def test_what_the_discovery_document_names_is_checked_too(
    client: Client, single_sign_on: Configure, settings: Settings
) -> None:
    provider = single_sign_on()
    provider.has("1", preferred_username="astrid", groups=["atmp-staff"])
    app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
    app["settings"]["openid_configuration_overrides"] = {
        "token_endpoint": "https://169.254.169.254/token"
    }
    response = provider.sign_in(client, "1")
    assert "Signing in did not work" in response.content.decode()
    assert not is_signed_in(client)
