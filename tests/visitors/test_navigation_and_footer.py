"""What stands around every page: the way to the others, and who is behind the site."""

from django.test import Client

from cms.models import SiteSettings, SocialLink
from home.models import HomePage
from tests.factories import (
    AboutPageFactory,
    ContentPageFactory,
    FundingPageFactory,
    GrantFactory,
    make_private,
)
from tests.html import links, one, read, words
from tests.school import ADDRESSES, School

# The way to the search is no page of the tree.
MAIN_NAVIGATION = "body > header nav a[href]:not([href='/search/'])"


def test_the_navigation_shows_the_menu_pages_in_the_order_of_the_tree(
    school: School, client: Client
) -> None:
    ContentPageFactory(parent=school.home, title="Not in the menu", slug="unlisted")
    for address in ("/", "/about/vision/", "/unlisted/", "/courses/gmp/"):
        found = links(read(client, address), MAIN_NAVIGATION)
        assert list(found.items()) == [
            ("/contact/", "Contact"),
            ("/about/", "About us"),
            ("/courses/", "Courses"),
        ]


def test_moving_a_page_moves_it_in_the_navigation(school: School, client: Client) -> None:
    school.contact.refresh_from_db()
    school.contact.move(school.home, pos="last-child")
    found = links(read(client, "/"), MAIN_NAVIGATION)
    assert list(found) == ["/about/", "/courses/", "/contact/"]


def test_the_navigation_says_where_one_is(school: School, client: Client) -> None:
    current = one(read(client, "/about/"), "body > header nav [aria-current=page]")
    assert words(current) == "About us"
    below = read(client, "/about/vision/")
    assert not below.select("body > header nav [aria-current=page]")
    assert words(one(below, "body > header nav .is-ancestor")) == "About us"
    assert not read(client, "/").select(
        "body > header nav [aria-current], body > header nav .is-ancestor"
    )


def test_the_navigation_leaves_out_drafts_and_private_pages(school: School, client: Client) -> None:
    ContentPageFactory(
        parent=school.home, title="Draft", slug="draft", live=False, show_in_menus=True
    )
    make_private(school.contact)
    found = links(read(client, "/"), MAIN_NAVIGATION)
    assert list(found) == ["/about/", "/courses/"]


def test_the_navigation_ends_with_the_way_to_the_school(school: School, client: Client) -> None:
    def last() -> tuple[str, str]:
        return list(links(read(client, "/about/"), MAIN_NAVIGATION).items())[-1]

    school.contact.show_in_menus = False
    school.contact.save()
    assert last() == ("/courses/", "Courses")
    settings = SiteSettings.objects.get()
    settings.contact_phone = "+46 46 123 45 67"
    settings.save()
    assert last() == ("#contact", "Contact")
    assert one(read(client, "/about/"), "#contact a")["href"] == "tel:+46461234567"

    school.contact.show_in_menus = True
    school.contact.title = "Write to us"
    school.contact.save()
    settings.contact_page = school.contact
    settings.save()
    found = links(read(client, "/about/"), MAIN_NAVIGATION)
    assert list(found.items()) == [
        ("/about/", "About us"),
        ("/courses/", "Courses"),
        ("/contact/", "Write to us"),
    ]
    make_private(school.contact)
    assert last() == ("#contact", "Contact")


def test_a_site_without_pages_has_no_empty_navigation(home: HomePage, client: Client) -> None:
    assert not read(client, "/").select("body > header nav")


def test_every_page_links_to_the_home_page_at_its_top(school: School, client: Client) -> None:
    for address in ADDRESSES:
        assert "/" in links(read(client, address), "header a[href]")


def test_pages_about_the_school_link_to_each_other(school: School, client: Client) -> None:
    side = one(read(client, "/about/vision/"), "nav[aria-label='About us']")
    assert list(links(side)) == ["/about/vision/", "/about/mission/", "/about/funding/"]
    assert words(one(side, "[aria-current=page]")) == "Our vision"


def test_the_footer_says_who_pays_and_how_to_write(school: School, client: Client) -> None:
    settings = SiteSettings.objects.get()
    settings.contact_email = "school@example.org"
    settings.contact_phone = "+46 46 123 45 67"
    settings.postal_address = "Box 117\n221 00 Lund"
    settings.footer_text = "A school of five universities."
    settings.accessibility_page = ContentPageFactory(
        parent=school.home, title="Accessibility statement", slug="accessibility"
    )
    settings.privacy_page = ContentPageFactory(
        parent=school.home, title="Personal data", slug="privacy"
    )
    settings.social_links = [SocialLink(label="LinkedIn", url="https://linkedin.example.org/atmp")]
    settings.save()
    for address in (*ADDRESSES, "/accessibility/"):
        footer = one(read(client, address), "footer")
        text = words(footer)
        assert "A school of five universities." in text
        assert "Box 117 221 00 Lund" in text
        assert (
            links(footer).items()
            >= {
                "mailto:school@example.org": "school@example.org",
                "tel:+46461234567": "+46 46 123 45 67",
                "https://www.vr.se": "Swedish Research Council",
                "/accessibility/": "Accessibility statement",
                "/privacy/": "Personal data",
                "https://linkedin.example.org/atmp": "LinkedIn",
            }.items()
        )


def test_the_footer_names_each_funder_once_in_the_editors_order(
    home: HomePage, client: Client
) -> None:
    FundingPageFactory(
        parent=AboutPageFactory(parent=home),
        grants=[
            GrantFactory.build(funder_name="Wellcome", sort_order=1),
            GrantFactory.build(funder_name="European Union", sort_order=2),
            GrantFactory.build(funder_name="Wellcome", sort_order=3),
        ],
    )
    text = words(one(read(client, "/"), "footer"))
    assert text.count("Wellcome") == 1
    assert text.index("Wellcome") < text.index("European Union")


def test_the_footer_leaves_out_what_is_not_public(school: School, client: Client) -> None:
    settings = SiteSettings.objects.get()
    settings.accessibility_page = ContentPageFactory(
        parent=school.home, title="Draft statement", slug="accessibility", live=False
    )
    settings.privacy_page = ContentPageFactory(
        parent=school.home, title="Members' privacy", slug="privacy"
    )
    settings.save()
    make_private(settings.privacy_page)
    school.funding.unpublish()
    footer = one(read(client, "/"), "footer")
    text = words(footer)
    assert "Draft statement" not in text
    assert "Members' privacy" not in text
    assert "Swedish Research Council" not in text
    assert not footer.select("h2:-soup-contains('Funded by')")


def test_without_contact_details_the_footer_has_no_empty_headings(
    home: HomePage, client: Client
) -> None:
    footer = one(read(client, "/"), "footer")
    assert [words(heading) for heading in footer.select("h2")] == ["National ATMP Research School"]
