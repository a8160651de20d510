"""Nothing is done that another site has made a browser ask for."""

from django.test import Client

from tests.factories import UserFactory
from tests.factories.cms import PASSWORD
from tests.school import School
from tests.security.addresses import addresses
from tests.security.conftest import is_signed_in
from tests.security.samples import Samples


def test_every_address_of_the_admin_asks_for_the_token(school: School) -> None:
    user = UserFactory.create(is_superuser=True)
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    found = {
        f"{method} {address.path}": getattr(client, method)(address.path).status_code
        for address in addresses(Samples(school, user))
        for method in ("post", "put", "patch", "delete")
    }
    assert len(found) > 1000
    # 404: there is nothing. 401, 405: it does not take the method, or knows nobody.
    assert not {asked: status for asked, status in found.items() if status not in {403, 404}}


def test_signing_in_asks_for_it_too(school: School) -> None:
    UserFactory.create(username="edith", groups=["Editors"])
    client = Client(enforce_csrf_checks=True)
    response = client.post("/admin/login/", {"username": "edith", "password": PASSWORD})
    assert response.status_code == 403
    assert not is_signed_in(client)
