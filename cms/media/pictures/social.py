"""The picture shown where somebody shares a page: its title, the school's name, and a motif."""

from bisect import bisect
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from itertools import pairwise
from unicodedata import normalize

from django.contrib.staticfiles import finders
from PIL import Image, ImageDraw, ImageFont

from cms.media.pictures.painting import BAND, BAND_INK, BAND_SOFT, PATH, paint
from cms.media.pictures.shapes import Picture

CARD_WIDTH, CARD_HEIGHT = 1200, 630
# Raise it when cards look different from before: networks keep what an address has shown.
DESIGN = 1
FONT = "cms/fonts/commissioner.woff2"

_MARGIN, _STRIPE = 64, 12
_PICTURE_LEFT = 340
_TITLE_WIDTH, _TITLE_HEIGHT = 680, 384
_LARGEST, _SMALLEST = 78, 34
_LINE = 1.16
# Colours enough for smooth edges, in a third of the bytes.
_COLOURS = 256
# No font gives this character a shape: what it looks like is what an unknown one does.
_UNKNOWN = "\uffff"


def social_card(title: str, school: str, picture: Picture) -> bytes:
    """Return the PNG file of the card, CARD_WIDTH by CARD_HEIGHT pixels.

    A title in letters that the font lacks gives way to the name of the school.
    """
    card = Image.new("RGB", (CARD_WIDTH, CARD_HEIGHT), BAND)
    motif = paint(picture, CARD_WIDTH - _PICTURE_LEFT, CARD_HEIGHT)
    # It emerges slowly from behind the words.
    fade = Image.linear_gradient("L").rotate(90).resize(motif.size)
    fade = fade.point([max(0, min(255, int(1.9 * (level - 88)))) for level in range(256)])
    card.paste(motif, (_PICTURE_LEFT, 0), fade)
    draw = ImageDraw.Draw(card)
    _stripe(draw)
    size, lines = _fitted(_writable(title) or school)
    height = len(lines) * size * _LINE
    top = _MARGIN + 96 + (_TITLE_HEIGHT - height) / 2
    for number, line in enumerate(lines):
        place = _MARGIN, top + number * size * _LINE
        draw.text(place, line, font=_font(size, 600), fill=BAND_INK)
    draw.text((_MARGIN, _MARGIN), school, font=_font(30, 500), fill=BAND_SOFT)
    file = BytesIO()
    card.quantize(_COLOURS, Image.Quantize.FASTOCTREE).save(file, "PNG")
    return file.getvalue()


def _stripe(draw: ImageDraw.ImageDraw) -> None:
    """Draw the path's colours as the edge that the card ends with."""
    edges = [round(CARD_WIDTH * step / len(PATH)) for step in range(len(PATH) + 1)]
    for colour, (left, right) in zip(PATH, pairwise(edges), strict=True):
        draw.rectangle((left, CARD_HEIGHT - _STRIPE, right, CARD_HEIGHT), fill=colour)


def _fitted(title: str) -> tuple[int, list[str]]:
    """Return the largest size at which `title` has room, and its lines; the rest is left out."""
    for size in range(_LARGEST, _SMALLEST, -2):
        lines = list(_wrapped(title, size))
        if len(lines) * size * _LINE <= _TITLE_HEIGHT:
            return size, lines
    lines = list(_wrapped(title, _SMALLEST))
    most = int(_TITLE_HEIGHT / (_SMALLEST * _LINE))
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1][:-1].rstrip() + "…"]
    return _SMALLEST, lines


def _wrapped(title: str, size: int) -> Iterator[str]:
    """Yield lines no wider than the space for them; a word that is wider is broken."""
    line = ""
    for word in title.split():
        longer = f"{line} {word}".strip()
        if _fits(longer, size):
            line = longer
            continue
        if line:
            yield line
        line = word
        while not _fits(line, size):
            ends = range(2, len(line))
            end = bisect(ends, False, key=lambda end: not _fits(line[:end], size)) + 1
            yield line[:end]
            line = line[end:]
    yield line


def _fits(line: str, size: int) -> bool:
    return _font(size, 600).getlength(line) <= _TITLE_WIDTH


def _writable(title: str) -> str:
    """Return `title` in letters that the font has; an empty text where too little is left."""
    whole = "".join(normalize("NFKC", title).split())
    text = "".join(letter for letter in normalize("NFKC", title) if _is_known(letter))
    return text.strip() if len("".join(text.split())) * 2 > len(whole) else ""


@lru_cache(maxsize=2_000)
def _is_known(letter: str) -> bool:
    if letter.isspace():
        return True
    font = _font(_SMALLEST, 600)
    mask, unknown = font.getmask(letter), font.getmask(_UNKNOWN)
    return bool(mask.size[0]) and bytes(mask) != bytes(unknown)


@lru_cache(maxsize=32)
def _font(size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(str(finders.find(FONT)), size)
    font.set_variation_by_axes([weight])
    return font
