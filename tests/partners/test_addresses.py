"""Every address that the API gives leads somewhere."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from pytest_django import Settings
from wagtail.models import Page

from cms.models import SiteImage
from tests.factories import ContentPageFactory
from tests.html import read_json
from tests.partners.contract import API, LISTS
from tests.school import School
from tests.story import story

HOST = "http://testserver"
ADDRESS_FIELDS = {"html_url", "detail_url", "download_url", "url"}
_IN_HTML = re.compile(rf"""(?:href|src)="({HOST}[^"]*)\"|({HOST}\S+) \d+w""")


def addresses_in(value: Any, name: str = "") -> Iterator[str]:
    """Yield the addresses on this site in a response, those in its HTML included."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from addresses_in(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from addresses_in(inner, name)
    elif isinstance(value, str):
        if name in ADDRESS_FIELDS and value.startswith(HOST):
            yield value
        for match in _IN_HTML.finditer(value):
            yield match[1] or match[2]


def write_files(directory: Path, folder: str = "") -> None:
    """Put what the storage in memory holds where the site serves it from."""
    folders, files = default_storage.listdir(folder)
    (directory / folder).mkdir(exist_ok=True)
    for name in files:
        (directory / folder / name).write_bytes(default_storage.open(f"{folder}/{name}").read())
    for name in folders:
        write_files(directory, f"{folder}/{name}".strip("/"))


@pytest.fixture
def site(school: School, swedish_pages: dict[str, Page]) -> School:
    """The school with every block, every kind of file, and a Swedish page of everything."""
    ContentPageFactory(
        parent=school.home, title="Everything", slug="everything", body=story(school)
    )
    school.university.logo = school.image
    school.university.save()
    return school


def test_every_address_in_every_response_leads_somewhere(
    site: School, client: Client, settings: Settings, tmp_path: Path
) -> None:
    given: set[str] = set()
    for name in LISTS:
        for item in read_json(client, f"{API}{name}/?limit=100&fields=*")["items"]:
            given |= {*addresses_in(item)}
            given |= {*addresses_in(read_json(client, item["meta"]["detail_url"]))}
    given |= {*addresses_in(read_json(client, f"{API}changes/?since=0&limit=100"))}
    kinds = ("/sv/kurser/gmp/", "/documents/", "/media/images/", "/api/v2/images/")
    assert all(any(kind in address for address in given) for kind in kinds), given
    settings.MEDIA_ROOT = tmp_path
    write_files(tmp_path)
    statuses = {address: client.get(address).status_code for address in given}
    assert {address: status for address, status in statuses.items() if status != 200} == {}


def test_an_image_downloads_in_its_widest_size_in_its_own_format(
    site: School, client: Client
) -> None:
    meta = read_json(client, f"{API}images/{site.image.pk}/?fields=_,download_url")["meta"]
    sizes = read_json(client, f"{API}images/{site.image.pk}/")["renditions"]
    own = [size for size in sizes if size["content_type"] != "image/webp"]
    assert meta["download_url"] == max(own, key=lambda size: size["width"])["url"]


def test_an_image_whose_file_is_lost_has_no_address(site: School, client: Client) -> None:
    SiteImage.objects.filter(pk=site.image.pk).update(file="original_images/lost.jpg")
    site.image.renditions.all().delete()
    response = read_json(client, f"{API}images/{site.image.pk}/")
    assert (response["meta"]["download_url"], response["renditions"]) == (None, [])
