"""The stylesheet's colours can be told apart: WCAG 2.2, 1.4.3, 1.4.6 and 1.4.11.

Text that is read at length keeps the stricter ratio of level AAA.
"""

import re
from functools import cache
from math import cos, radians, sin
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from cms.media.pictures.painting import BAND, BAND_INK, BAND_SOFT, PATH

AAA, AA, SHAPES = 7.0, 4.5, 3.0

# What stands on what: foreground, background, and the least contrast between them.
PAIRS = [
    ("ink", "paper", AAA),
    ("ink", "surface", AAA),
    ("ink", "mark", AAA),
    ("ink-soft", "paper", AAA),
    ("ink-soft", "surface", AAA),
    ("link", "paper", AAA),
    ("link", "surface", AAA),
    ("link-hover", "paper", AAA),
    ("on-action", "action", AAA),
    ("on-action", "action-hover", AAA),
    ("on-gold", "gold", AAA),
    ("on-gold", "gold-hover", AAA),
    ("band-ink", "band", AAA),
    ("band-soft", "band", AAA),
    ("gold", "band", AAA),
    ("good", "good-tint", AA),
    ("wait", "wait-tint", AA),
    ("stop", "stop-tint", AA),
    ("stop", "paper", AA),
    ("stop", "surface", AA),
    ("quiet", "quiet-tint", AA),
    ("line-strong", "paper", SHAPES),
    ("line-strong", "surface", SHAPES),
    ("focus", "paper", SHAPES),
    ("focus", "surface", SHAPES),
    ("gold", "band", SHAPES),
]


@cache
def tokens(scheme: str) -> dict[str, str]:
    """Return the colours by name; those of the dark scheme replace those of the light."""
    path = finders.find("cms/site.css")
    assert isinstance(path, str)
    text = Path(path).read_text().partition("@layer elements {")[0]
    light, _sep, dark = text.partition("@media (prefers-color-scheme: dark)")
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light))
    if scheme == "dark":
        found |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", dark))
    return found


def channels_of(lightness: float, chroma: float, hue: float) -> list[int]:
    """Return red, green and blue of a colour in OKLCH, as CSS Color 4 converts it."""
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    return [round(255 * _encoded(min(1, max(0, channel)))) for channel in linear]


def _encoded(channel: float) -> float:
    return 12.92 * channel if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055


def luminance(colour: str) -> float:
    """Return the relative luminance of `#rrggbb` as WCAG defines it."""
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_measured_as_wcag_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("foreground", "background", "least"), PAIRS)
def test_colours_can_be_told_apart(
    foreground: str, background: str, least: float, scheme: str
) -> None:
    colours = tokens(scheme)
    assert contrast(colours[foreground], colours[background]) >= least


def test_pictures_of_pixels_have_the_colours_of_the_stylesheet() -> None:
    path = finders.find("cms/site.css")
    assert isinstance(path, str)
    text = Path(path).read_text()
    light, _sep, dark = text.partition("@media (prefers-color-scheme: dark)")
    values = {
        name: float(value)
        for part in (light, dark.partition("@layer elements {")[0])
        for name, value in re.findall(r"--path-([a-z-]+): (-?[\d.]+);", part)
    }
    for step, colour in enumerate(PATH):
        share = step / (len(PATH) - 1)
        expected = channels_of(
            values["l"] + values["l-span"] * share,
            values["c"] + 0.045 * share,
            values["h"] + values["h-span"] * share,
        )
        assert list(bytes.fromhex(colour[1:])) == pytest.approx(expected, abs=1)
    colours = tokens("light")
    assert tuple(colours[name] for name in ("band", "band-ink", "band-soft")) == (
        BAND,
        BAND_INK,
        BAND_SOFT,
    )
