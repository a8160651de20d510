"""Every page has a picture: an uploaded one, or one that is drawn of what it is about."""

import io

from django.test import Client
from PIL import Image
from wagtail.models import Locale, Page

from cms.models import University
from tests.factories import ContentPageFactory, ImageFactory, make_private
from tests.html import one, read, read_json
from tests.partners.contract import API
from tests.school import School


def shared(client: Client, address: str) -> dict[str, str]:
    """Return what is told of the picture shown where somebody shares the page at `address`."""
    document = read(client, address)
    return {
        name: str(one(document, f"meta[property='og:image{name}']")["content"])
        for name in ("", ":width", ":height", ":alt")
    }


def withdraw_images(school: School) -> None:
    """Take every uploaded picture away from the pages."""
    for page in school.pages.values():
        page.social_image = None
        page.hero_image = None
        page.save()


def test_every_page_is_shared_with_a_picture_of_its_own(school: School, client: Client) -> None:
    withdraw_images(school)
    school.home.get_translation(Locale.objects.get(language_code="sv")).save_revision().publish()
    swedish = school.contact.copy_for_translation(Locale.objects.get(language_code="sv"))
    swedish.save_revision().publish()
    found = set()
    for address in (*school.pages, "/sv/", "/sv/contact/"):
        told = shared(client, address)
        assert (told[":width"], told[":height"]) == ("1200", "630")
        title = one(read(client, address), "meta[property='og:title']")["content"]
        assert str(title) in told[":alt"], address
        response = client.get(told[""].removeprefix("http://testserver"))
        assert (response.status_code, response["Content-Type"]) == (200, "image/png"), address
        assert response["Cache-Control"].startswith("public"), address
        found.add(response.content)
    # English and Swedish too, where title and all else are the same.
    assert len(found) == len(school.pages) + 2
    with Image.open(io.BytesIO(found.pop())) as picture:
        assert picture.size == (1200, 630)


def test_a_page_that_is_renamed_is_shared_with_another_picture(
    school: School, client: Client
) -> None:
    withdraw_images(school)
    before = shared(client, "/contact/")[""].removeprefix("http://testserver")
    school.contact.title = "Write to us"
    school.contact.save()
    after = shared(client, "/contact/")[""].removeprefix("http://testserver")
    assert after != before
    assert client.get(before).headers["Location"] == after
    # Nor does the draft of a title show.
    school.contact.title = "Nobody may know"
    school.contact.save_revision()
    assert shared(client, "/contact/")[""].endswith(after)


def test_the_picture_of_a_page_is_for_those_who_may_read_it(school: School, client: Client) -> None:
    withdraw_images(school)
    pages: dict[str, Page] = {
        "draft": ContentPageFactory(parent=school.home, slug="draft", live=False),
        "unpublished": school.vision,
        "private": school.contact,
        "below a private page": school.course,
    }
    addresses = {why: f"/social/{page.pk}/{page.social_version}.png" for why, page in pages.items()}
    assert client.get(addresses["private"]).status_code == 200
    alias = school.contact.create_alias(parent=school.about, update_slug="alias")
    addresses["an alias of a private page"] = f"/social/{alias.pk}/x.png"
    school.vision.unpublish()
    make_private(school.contact)
    make_private(school.index)
    addresses |= {
        "the root": f"/social/{Page.get_first_root_node().pk}/x.png",
        "no page": "/social/999999999/x.png",
        "a number no database has": f"/social/{10**30}/x.png",
    }
    for why, address in addresses.items():
        assert client.get(address).status_code == 404, why


def test_an_uploaded_picture_goes_before_a_drawn_one(school: School, client: Client) -> None:
    withdraw_images(school)
    course = school.course
    assert read(client, "/courses/gmp/").select(".page-picture svg[aria-hidden=true]")
    course.image = ImageFactory(title="Clean room", description="Two people in a clean room")
    course.save()
    top = one(read(client, "/courses/gmp/"), ".page-picture")
    assert one(top, "img")["alt"] == "Two people in a clean room"
    assert not top.select("svg")
    told = shared(client, "/courses/gmp/")
    assert "/media/images/" in told[""]
    assert told[":alt"] == "Two people in a clean room"
    item = read_json(client, f"{API}courses/{course.pk}/")
    assert item["image"]["renditions"]

    course.social_image = ImageFactory(title="For networks", description="The school's banner")
    course.save()
    assert shared(client, "/courses/gmp/")[":alt"] == "The school's banner"


def test_a_name_stands_where_no_logo_has_been_uploaded(school: School, client: Client) -> None:
    footer = one(read(client, "/"), "body > footer")
    assert not footer.select("img")
    assert "Lund University" in footer.text
    assert "Swedish Research Council" in footer.text
    University.objects.filter(pk=school.university.pk).update(logo=ImageFactory(title="logo-1"))
    grant = school.funding.grants.get()
    grant.funder_logo = ImageFactory(title="logo-2")
    school.funding.grants = [grant]
    school.funding.save()
    for address, within in (("/", "body > footer"), ("/about/funding/", "main")):
        logos = one(read(client, address), within).select("img.logo")
        assert "Swedish Research Council" in {str(logo["alt"]) for logo in logos}, address
    names = [str(logo["alt"]) for logo in one(read(client, "/"), "body > footer").select("img")]
    assert names == ["Lund University", "Swedish Research Council"]
