"""Make the site's font anew from npm's package, with fonttools and brotli.

    npm pack @fontsource-variable/commissioner && tar xzf fontsource-variable-commissioner-*.tgz
    python -m venv font && font/bin/pip install fonttools==4.68.0 brotli
    font/bin/python deploy/font.py package cms/static/cms/fonts

The package has a file for each script. Visitors need one: European Latin and Greek, in the weights
that the stylesheet uses.
"""

import shutil
import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

WEIGHTS = (400, 400, 700)
CHARACTERS = {
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *(0x218, 0x219, 0x21A, 0x21B, 0x1E9E),
    *range(0x391, 0x3CA),
    # Dashes, quotation marks, daggers, bullet, ellipsis, angle marks, euro, trade mark, minus.
    *range(0x2013, 0x2027),
    *(0x2039, 0x203A, 0x20AC, 0x2122, 0x2212),
}
FEATURES = ["kern", "mark", "ccmp", "locl", "liga"]


def main(package: Path, target: Path) -> None:
    """Write `commissioner.woff2` and its licence to `target`."""
    latin, *others = (
        instantiateVariableFont(
            TTFont(package / f"files/commissioner-{script}-wght-normal.woff2"), {"wght": WEIGHTS}
        )
        for script in ("latin", "latin-ext", "greek")
    )
    # Widths then come from the glyphs' own variations, which can be merged.
    del latin["HVAR"]
    for number, other in enumerate(others):
        add(latin, other, prefix=f"more{number}.")
    options = Options(flavor="woff2", layout_features=FEATURES, name_IDs=[0, 1, 2, 13, 14])
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=CHARACTERS)
    subsetter.subset(latin)
    latin.flavor = "woff2"
    latin.save(target / "commissioner.woff2")
    shutil.copy(package / "LICENSE", target / "OFL.txt")


def add(font: TTFont, other: TTFont, prefix: str) -> None:
    """Add to `font` the glyphs of `other`, a part of the same family, for characters it lacks."""
    order = font.getGlyphOrder()
    names = {name: prefix + name for name in other.getGlyphOrder()}
    glyphs, variations = font["glyf"], font["gvar"].variations
    for name in other.getGlyphOrder():
        glyph = other["glyf"][name]
        if glyph.isComposite():
            for component in glyph.components:
                component.glyphName = names[component.glyphName]
        glyphs.glyphs[names[name]] = glyph
        font["hmtx"][names[name]] = other["hmtx"][name]
        variations[names[name]] = other["gvar"].variations.get(name, [])
    font.setGlyphOrder([*order, *names.values()])
    glyphs.glyphOrder = font.getGlyphOrder()
    for table in font["cmap"].tables:
        if table.isUnicode():
            missing = {
                code: names[name]
                for code, name in other.getBestCmap().items()
                if code not in table.cmap
            }
            table.cmap |= missing


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
