"""No request whatever makes the site fail. `make fuzz` sends 10,000; here it is a part of them."""

import os
import sys

import pytest
from django.test import Client
from pytest_django import Settings

from tests.factories import UserFactory
from tests.school import ADDRESSES, School
from tests.security.addresses import addresses
from tests.security.conftest import confirm
from tests.security.fuzz_values import NAMES, NAMES_OF_THE_API, NAMES_OF_THE_SITE
from tests.security.fuzzing import Fuzzer, numbers, report
from tests.security.samples import Samples

REQUESTS = int(os.environ.get("FUZZ_REQUESTS", "500"))
SEED = int(os.environ.get("FUZZ_SEED", "20260915"))
API = [
    *(f"/api/v2/{name}/" for name in ("courses", "sessions", "pages", "universities", "stages")),
    *(f"/api/v2/{name}/" for name in ("images", "documents", "changes", "pages/find")),
    *("/api/", "/api/v2/", "/api/v2/openapi.json", "/api/v2/reference/", "/api/v2/courses/1/"),
]
SITE = [
    *ADDRESSES,
    *("/search/", "/courses/calendar.ics", "/courses/feed.atom", "/embed/courses.js", "/sv/"),
    *("/sitemap.xml", "/robots.txt", "/documents/1/a.pdf", "/media/images/a.png", "/nowhere/"),
    *(
        "/.well-known/security.txt",
        "/-/live",
        "/-/ready",
        "/_util/login/",
        "/courses/gmp/calendar.ics",
    ),
]


@pytest.mark.parametrize("surface", ["admin", "api", "site"])
def test_no_request_makes_it_fail(surface: str, school: School, settings: Settings) -> None:
    settings.API_REQUESTS_PER_MINUTE = 10**9
    settings.ACCOUNT_RATE_LIMITS = False
    people = {
        "superuser": UserFactory.create(is_superuser=True),
        "editor": UserFactory.create(groups=["Editors"]),
        "visitor": None,
    }
    samples = Samples(school, people["editor"])
    clients = {who: Client(raise_request_exception=False) for who in people}
    for who, user in people.items():
        if user:
            clients[who].force_login(user)
            confirm(clients[who])
    admin = [address.path for address in addresses(samples)]
    if surface == "admin":
        del clients["visitor"]
    paths = {"admin": admin, "api": API, "site": SITE}[surface]
    names = {"admin": NAMES, "api": NAMES_OF_THE_API, "site": NAMES_OF_THE_SITE}[surface]
    share = {"admin": 0.6, "api": 0.2, "site": 0.2}[surface]
    fuzzer = Fuzzer(clients, paths, SEED, names)
    fuzzer.run(round(REQUESTS * share))
    sys.stdout.writelines(f"{surface}, seed {SEED}: {line}\n" for line in numbers(fuzzer))
    assert not fuzzer.findings, "\n" + "\n".join(report(fuzzer))
    if surface == "admin":
        # Walls are not what is tried here: most requests have to get behind them.
        assert fuzzer.share_of_views("GET") > 1 / 3
        assert fuzzer.share_of_views("POST") > 1 / 3
        assert fuzzer.outcomes["POST", "done"], "No form was filled in so that it was accepted."
