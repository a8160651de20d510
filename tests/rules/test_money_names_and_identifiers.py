"""Amounts, names in two languages, ROR ids, video addresses and reserved words."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import translation
from wagtail.models import Page

from cms.i18n.languages import localised
from cms.i18n.money import format_amount
from cms.media.videos import parse_video_link
from cms.models import University
from cms.models.identifiers import normalise_ror_id
from cms.pages.reserved_addresses import is_reserved_slug
from home.models import HomePage
from tests.factories import ContentPageFactory
from tests.factories.cms import CROCKFORD_BASE_32
from tests.factories.cms import ror_id as make_ror_id

ROR_IDS = {
    "Lund University": "012a77v79",
    "Umeå University": "05kb8h459",
    "Uppsala University": "048a87296",
    "Karolinska Institutet": "056d84691",
    "University of Gothenburg": "01tm6cn81",
    "Swedish Research Council": "03zttf063",
}


@pytest.mark.parametrize(
    ("language", "amount", "expected"),
    [
        ("en", "46000000.00", "46,000,000\N{NO-BREAK SPACE}SEK"),
        ("en", "1500000", "1,500,000\N{NO-BREAK SPACE}SEK"),
        ("en", "999.50", "999.50\N{NO-BREAK SPACE}SEK"),
        ("en", "0.01", "0.01\N{NO-BREAK SPACE}SEK"),
        ("sv", "46000000.00", "46 000 000 kr".replace(" ", "\N{NO-BREAK SPACE}")),
        ("sv", "1234.5", "1 234,50 kr".replace(" ", "\N{NO-BREAK SPACE}")),
    ],
)
def test_amounts_are_written_as_the_reader_writes_them(
    language: str, amount: str, expected: str
) -> None:
    with translation.override(language):
        assert format_amount(Decimal(amount), "SEK") == expected


@pytest.mark.parametrize(
    ("language", "name_sv", "expected"),
    [
        ("en", "Lunds universitet", "Lund University"),
        ("sv", "Lunds universitet", "Lunds universitet"),
        ("sv-fi", "Lunds universitet", "Lunds universitet"),
        ("sv", "", "Lund University"),
        ("de", "Lunds universitet", "Lund University"),
    ],
)
def test_a_name_is_in_the_readers_language_or_else_english(
    language: str, name_sv: str, expected: str
) -> None:
    university = University(name="Lund University", name_sv=name_sv)
    with translation.override(language):
        assert localised(university, "name") == expected
        assert str(university) == expected


def test_without_an_active_language_names_are_english() -> None:
    with translation.override(None):
        assert str(University(name="Lund University", name_sv="Lunds universitet")) == (
            "Lund University"
        )


@pytest.mark.parametrize("identifier", ROR_IDS.values(), ids=ROR_IDS)
@pytest.mark.parametrize(
    "typed",
    ["{}", "ror.org/{}", "http://ror.org/{}", "https://ror.org/{}", " https://ror.org/{}/ "],
)
def test_a_real_ror_id_is_kept_as_its_full_address(identifier: str, typed: str) -> None:
    expected = f"https://ror.org/{identifier}"
    assert normalise_ror_id(typed.format(identifier)) == expected
    assert normalise_ror_id(typed.format(identifier.upper())) == expected


@pytest.mark.parametrize("identifier", ROR_IDS.values(), ids=ROR_IDS)
def test_a_ror_id_with_any_one_character_mistyped_is_refused(identifier: str) -> None:
    for position, right in enumerate(identifier):
        for wrong in set(CROCKFORD_BASE_32) - {right}:
            mistyped = identifier[:position] + wrong + identifier[position + 1 :]
            with pytest.raises(ValidationError):
                normalise_ror_id(mistyped)


@pytest.mark.parametrize("identifier", ROR_IDS.values(), ids=ROR_IDS)
def test_a_ror_id_with_two_neighbours_swapped_is_refused(identifier: str) -> None:
    for position in range(1, len(identifier) - 1):
        first, second = identifier[position], identifier[position + 1]
        if first == second:
            continue
        swapped = identifier[:position] + second + first + identifier[position + 2 :]
        with pytest.raises(ValidationError):
            normalise_ror_id(swapped)


@pytest.mark.parametrize(
    "typed",
    ["", "Lund", "012a77v7", "012a77v799", "https://evil.example/012a77v79", "0iiiiii79"],
)
def test_what_is_no_ror_id_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        normalise_ror_id(typed)


def test_the_ids_that_the_factories_make_up_are_well_formed() -> None:
    made = [make_ror_id(number) for number in (0, 1, 31, 32, 1023, 987654321)]
    assert [normalise_ror_id(identifier) for identifier in made] == made


@pytest.mark.parametrize(
    ("address", "provider", "player"),
    [
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", "YouTube", "dQw4w9WgXcQ"),
        ("https://youtube.com/watch?list=PL1&v=dQw4w9WgXcQ&t=5", "YouTube", "dQw4w9WgXcQ?start=5"),
        ("https://m.youtube.com/watch?v=a-b_c-d_e-f", "YouTube", "a-b_c-d_e-f"),
        ("https://youtu.be/dQw4w9WgXcQ?si=x", "YouTube", "dQw4w9WgXcQ"),
        ("https://www.youtube.com/shorts/dQw4w9WgXcQ", "YouTube", "dQw4w9WgXcQ"),
        ("https://www.youtube.com/live/dQw4w9WgXcQ#t=1", "YouTube", "dQw4w9WgXcQ?start=1"),
        ("http://youtu.be/dQw4w9WgXcQ?t=1h2m3s", "YouTube", "dQw4w9WgXcQ?start=3723"),
        ("http://youtu.be/dQw4w9WgXcQ?t=soon", "YouTube", "dQw4w9WgXcQ"),
        ("https://www.youtube.com/embed/dQw4w9WgXcQ?start=43", "YouTube", "dQw4w9WgXcQ?start=43"),
        ("https://vimeo.com/76979871", "Vimeo", "76979871?dnt=1"),
        ("http://vimeo.com/76979871/abcdef1234#t=43", "Vimeo", "76979871?h=abcdef1234&dnt=1#t=43s"),
        (
            "https://player.vimeo.com/video/76979871?h=abcdef1234",
            "Vimeo",
            "76979871?h=abcdef1234&dnt=1",
        ),
        (
            "https://vimeo.com/76979871?h=abcdef1234&t=1m3s",
            "Vimeo",
            "76979871?h=abcdef1234&dnt=1#t=63s",
        ),
        ("https://www.vimeo.com/76979871?share=copy", "Vimeo", "76979871?dnt=1"),
        ("https://play.sunet.se/media/t/0_abcd1234", "SUNET Play", "0_abcd1234"),
        ("https://play.sunet.se/media/A+title/1_abcd1234", "SUNET Play", "1_abcd1234"),
    ],
)
def test_videos_of_known_providers_are_recognised(address: str, provider: str, player: str) -> None:
    video = parse_video_link(address)
    assert video is not None
    assert video.provider_name == provider
    assert (
        video.embed_url
        == {
            "YouTube": f"https://www.youtube-nocookie.com/embed/{player}",
            "Vimeo": f"https://player.vimeo.com/video/{player}",
            "SUNET Play": f"https://play.sunet.se/embed/secure/iframe/entryId/{player}",
        }[provider]
    )


@pytest.mark.parametrize(
    "rest",
    ["/abcdef1234", "/abcdef1234?share=copy", "?h=abcdef1234", "?share=copy&h=abcdef1234#t=5"],
)
def test_an_unlisted_video_keeps_its_key(rest: str) -> None:
    video = parse_video_link(f"https://vimeo.com/123456789{rest}")
    assert video is not None
    player, _mark, _start = video.embed_url.partition("#")
    assert player == "https://player.vimeo.com/video/123456789?h=abcdef1234&dnt=1"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "dQw4w9WgXcQ",
        "ftp://www.youtube.com/watch?v=dQw4w9WgXcQ",
        "javascript:alert(1)//https://youtu.be/dQw4w9WgXcQ",
        "https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ",
        "https://www.youtube.com@evil.example/watch?v=dQw4w9WgXcQ",
        "https://evil.example/?next=https://www.youtube.com/watch?v=dQw4w9WgXcQ",
        "https://evilyoutube.com/watch?v=dQw4w9WgXcQ",
        "https://www.youtube.com/channel/dQw4w9WgXcQ",
        "https://www.youtube.com/watch?v=short",
        "https://www.youtube.com/watch#&v=dQw4w9WgXcQ",
        "https://youtu.be/dQw4w9WgXcQx",
        'https://youtu.be/a"onload="x',
        "https://youtu.be/åäöåäöåäöåä",
        "https://vimeo.com/channels/staffpicks",
        "https://vimeo.com/٧٦٩٧٩٨٧١",
        "https://vimeo.com/76979871x",
        "https://vimeo.com.evil.example/76979871",
        "https://play.sunet.se/media/t/0_ABCD1234",
        "https://play.sunet.se.evil.example/media/t/0_abcd1234",
        "https://play.sunet.se/media/../../0_abcd1234",
    ],
)
def test_every_other_address_is_no_video(address: str) -> None:
    assert parse_video_link(address) is None


@pytest.mark.parametrize("slug", ["admin", "static", "media", "en", "sv"])
def test_words_that_the_site_uses_itself_are_reserved(slug: str) -> None:
    assert is_reserved_slug(slug)


@pytest.mark.parametrize(
    "slug", ["about", "courses", "vision", "administration", "svar", "english"]
)
def test_ordinary_words_are_not_reserved(slug: str) -> None:
    assert not is_reserved_slug(slug)


@pytest.mark.parametrize("slug", ["api", "documents", "admin", "sv", "about", "v2"])
def test_a_word_is_reserved_exactly_where_a_page_could_not_be_reached(
    slug: str, home: HomePage, client: Client
) -> None:
    page = ContentPageFactory(parent=home, slug="something", title="A page with that address")
    Page.objects.filter(pk=page.pk).update(slug=slug, url_path=f"{home.url_path}{slug}/")
    response = client.get(f"/{slug}/")
    is_reached = response.status_code == 200 and "A page with that address" in response.text
    assert is_reserved_slug(slug) is not is_reached
