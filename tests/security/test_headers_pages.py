"""The site's own pages are as strict as Mozilla's HTTP Observatory asks, and stricter."""

import base64
import hashlib
import re
from collections.abc import Callable

import pytest
from django.conf import settings
from django.template import loader

from tests.html import Response
from tests.school import ADDRESSES
from tests.security.conftest import directives
from tests.security.observatory import A_PLUS, START, modifiers

# The highest that there is without two that are not the software's to give: 5 for a domain that its
# owner has preloaded, and 5 for hashes of scripts, which all come from the site itself.
OBSERVATORY = {
    "content-security-policy": 10,
    "cookies": 0,
    "cross-origin-resource-policy": 10,
    "cross-origin-resource-sharing": 0,
    "redirection": 0,
    "referrer-policy": 5,
    "strict-transport-security": 0,
    "subresource-integrity": 0,
    "x-content-type-options": 0,
    "x-frame-options": 5,
}


@pytest.mark.parametrize("address", [*ADDRESSES, "/search/?q=x", "/nowhere/", "/broken/", "/api/"])
def test_the_observatory_would_give_an_a_plus(address: str, site: Callable[..., Response]) -> None:
    """Each of the tests of Mozilla's HTTP Observatory gives what it can give."""
    response = site(address)
    assert response.headers["Content-Type"].startswith("text/html")
    assert modifiers(response, site(address, secure=False), "testserver") == OBSERVATORY
    assert START + sum(OBSERVATORY.values()) >= A_PLUS


@pytest.mark.parametrize("address", [*ADDRESSES, "/search/?q=x", "/nowhere/", "/broken/", "/api/"])
def test_pages_are_stricter_than_the_observatory_asks(
    address: str, site: Callable[..., Response]
) -> None:
    response = site(address)
    policy = directives(response)
    assert policy["default-src"] == policy["object-src"] == policy["base-uri"] == ["'none'"]
    assert policy["script-src"] == policy["form-action"] == policy["frame-ancestors"] == ["'self'"]
    assert "nonce" not in response.headers["Content-Security-Policy"]
    assert "Access-Control-Allow-Origin" not in response.headers
    assert not response.cookies
    assert not re.search(r"""(?:src|href)=["']http://(?!testserver)""", response.text)


def test_the_styles_of_error_pages_are_the_ones_that_the_policy_knows() -> None:
    html = loader.get_template("500.html").render()
    styles = re.search(r"<style>(.*?)</style>", html, flags=re.DOTALL)
    assert styles
    digest = base64.b64encode(hashlib.sha256(styles[1].encode()).digest()).decode()
    assert f"'sha256-{digest}'" in str(settings.SECURE_CSP["style-src"])
