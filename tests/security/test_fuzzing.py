"""No request whatever makes the site fail. `make fuzz` sends 10,000; here it is a part of them."""

import logging
import os

import pytest
from django.test import Client
from pytest_django import Settings

from tests.factories import UserFactory
from tests.school import ADDRESSES, School
from tests.security.addresses import addresses
from tests.security.fuzzing import Fuzzer, report
from tests.security.samples import Samples

logger = logging.getLogger(__name__)

REQUESTS = int(os.environ.get("FUZZ_REQUESTS", "1000"))
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
    admin = [address.path for address in addresses(samples)]
    if surface == "admin":
        del clients["visitor"]
    paths = {"admin": admin, "api": API, "site": SITE}[surface]
    share = {"admin": 0.6, "api": 0.2, "site": 0.2}[surface]
    fuzzer = Fuzzer(clients, paths, SEED)
    fuzzer.run(round(REQUESTS * share))
    logger.info("%s: %s", surface, sorted(fuzzer.statuses.items()))
    assert not fuzzer.findings, "\n" + "\n".join(report(fuzzer))
