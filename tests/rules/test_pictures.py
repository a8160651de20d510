"""Drawn pictures are the same every time, small, and in the colours of the path alone."""

import io
import re
from itertools import combinations_with_replacement

import pytest
from defusedxml import ElementTree
from PIL import Image

from cms.media.pictures.motifs import Motif, draw, draw_cell, steps_of
from cms.media.pictures.painting import BAND, BAND_INK
from cms.media.pictures.social import CARD_HEIGHT, CARD_WIDTH, social_card

MOST_BYTES = 3_000
TEXTS = ("", "Vård på lika villkor", "先进治疗药物 😀 \ud800 <&>")
PICTURES = {
    **{
        f"{text} {first}–{last}": (text, range(first, last + 1), None)
        for text in TEXTS
        for first, last in combinations_with_replacement(range(6), 2)
    },
    **{f"{text} {motif}": (text, (), motif) for text in TEXTS for motif in (None, *Motif)},
}
SCHOOL = "National ATMP Research School"


def test_a_picture_is_small_well_formed_and_says_nothing() -> None:
    for name, asked in PICTURES.items():
        svg = draw(*asked).svg
        assert len(svg) <= MOST_BYTES, name
        root = ElementTree.fromstring(svg)
        assert root.attrib["aria-hidden"] == "true", name
        assert not "".join(root.itertext()), name
        paths = list(root)
        assert paths, name
        for path in paths:
            assert path.tag == "path", name
            assert re.fullmatch(r"c[0-5]( is-tinted)?", path.attrib["class"]), name
            # The content policy lets no style stand in a page.
            assert path.attrib.keys() <= {"class", "stroke-width", "opacity", "d"}, name
            assert re.fullmatch(r"[MCah0-9 .-]+", path.attrib["d"]), name


def test_a_picture_follows_from_its_words_and_steps_alone() -> None:
    assert draw("Cells", [1, 4]) == draw("Cells", [1, 4])
    assert draw("Cells", [1]) != draw("Genes", [1])
    assert draw("Cells", [1]) != draw("Cells", [2])
    assert draw_cell("Alva Lindqvist") == draw_cell("Alva Lindqvist")


@pytest.mark.parametrize("steps", [(0,), (2, 3), (5,), (0, 5), (1, 2, 3, 4)])
def test_a_picture_has_the_colours_of_its_steps(steps: tuple[int, ...]) -> None:
    near = {step for each in steps for step in (each - 1, each, each + 1)}
    colours = {shape.colour for shape in draw("Immunology", steps).shapes}
    assert colours <= near | set(range(min(steps), max(steps)))


@pytest.mark.parametrize(
    ("covered", "expected"),
    [
        ([], []),
        ([True], [0]),
        ([False, True], [5]),
        ([True, False, False, False, False, True], [0, 5]),
        ([False, True, True, False, False, False, False, False, False, True], [1, 5]),
    ],
)
def test_a_path_of_any_length_has_six_steps(covered: list[bool], expected: list[int]) -> None:
    assert steps_of(covered) == expected


@pytest.mark.parametrize(
    "title",
    [
        "Ethics",
        "A title of many words " * 12,
        "W" * 255,
        "Läkemedelsverksamhetsutvecklingskonsekvensbeskrivning " * 4,
        "先进治疗药物",
        "TGF-β, CO₂ och 😀",
        "مرحبا بالعالم",
        "a\u0301" * 125,
        " \n\t\0",
        "",
    ],
)
def test_a_title_of_any_length_has_room_on_its_social_picture(title: str) -> None:
    content = social_card(title, SCHOOL, draw(title, [3]))
    assert len(content) < 100_000
    with Image.open(io.BytesIO(content)) as picture:
        assert (picture.format, picture.size) == ("PNG", (CARD_WIDTH, CARD_HEIGHT))
        card = picture.convert("RGB")
    assert card.getpixel((1, 1)) == tuple(bytes.fromhex(BAND[1:]))
    # Nothing else on it is as bright as the title.
    bright = min(bytes.fromhex(BAND_INK[1:])) - 25
    channels = [channel.point(lambda level: 255 * (level > bright)) for channel in card.split()]
    mask = Image.merge("RGB", channels).convert("L").point(lambda level: 255 * (level == 255))
    left, top, right, bottom = mask.getbbox() or (0, 0, 0, 0)
    assert (left >= 60, top > 110) == (True, True)
    assert (right <= 760, bottom <= 580) == (True, True)
