"""The family of pictures: one motif for each step of the path from research to patient.

A helix, cells, a lattice, orbits, streams and a seed head. What varies among the pictures of one
motif (place, size, turn) follows from a text, so a page has the same picture every time.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import IntEnum
from hashlib import blake2b
from itertools import count
from math import cos, dist, pi, sin, sqrt

from cms.media.pictures.shapes import (
    COLOURS,
    HEIGHT,
    WIDTH,
    Curves,
    Dots,
    Picture,
    Point,
    Rings,
    Shape,
)

# The angle between two neighbouring seeds of a sunflower.
GOLDEN_ANGLE = pi * (3 - sqrt(5))
# So many steps between the smallest and the largest dot of one picture.
SIZES = 5
# The radii of a tissue's cells.
CELLS = (92, 72, *[52] * 4, *[38] * 6, *[24] * 12)


class Motif(IntEnum):
    """What a picture shows, by the step of the path that it stands for."""

    HELIX = 0
    CELLS = 1
    LATTICE = 2
    ORBITS = 3
    STREAMS = 4
    SEED_HEAD = 5


class Chance:
    """Numbers that look random, and follow from a text alone."""

    def __init__(self, text: str) -> None:
        self._bytes = self._stream(text)

    def between(self, low: float, high: float) -> float:
        """Return the next number from `low` to `high`."""
        return low + (high - low) * (next(self._bytes) * 256 + next(self._bytes)) / 65535

    @staticmethod
    def _stream(text: str) -> Iterator[int]:
        for block in count():
            yield from blake2b(f"{block} {text}".encode("utf-8", "surrogatepass")).digest()


class Scale:
    """The colours of one picture, from the first step of the path that it is about to the last."""

    def __init__(self, first: int, last: int) -> None:
        # One colour alone is flat: a neighbour comes with it.
        self.first = min(first, COLOURS - 2) if first == last else first
        self.last = max(last, self.first + 1)

    def at(self, share: float) -> int:
        """Return the colour at `share`, from 0 to 1, of the way."""
        steps = self.last - self.first + 1
        return self.first + min(steps - 1, max(0, int(share * steps)))


def draw(text: str, steps: Sequence[int] = (), motif: Motif | None = None) -> Picture:
    """Return the picture for `text`, such as a page's title.

    `steps` are those of the path that it is about, from 0 to 5: the first decides the motif, all
    decide the colours. About none, it has all colours, and `motif` or else its text decides.
    """
    chance = Chance(text)
    by_text = Motif(int(chance.between(0, len(Motif) - 0.001)))
    if steps:
        motif, scale = Motif(min(steps)), Scale(min(steps), max(steps))
    else:
        scale = Scale(0, COLOURS - 1)
    return Picture(tuple(_DRAWN[by_text if motif is None else motif](chance, scale)))


def steps_of(covered: Sequence[bool]) -> list[int]:
    """Return which of the six steps a path of any length covers, from what it covers itself."""
    last = max(1, len(covered) - 1)
    return sorted({round((COLOURS - 1) * i / last) for i, is_in in enumerate(covered) if is_in})


def draw_cell(text: str) -> Picture:
    """Return the picture for a person: one cell, coloured by a text such as the name."""
    chance = Chance(text)
    colour = int(chance.between(0, COLOURS - 0.001))
    return Picture(tuple(_tissue(chance, colour, HEIGHT * 0.44, [(WIDTH / 2, HEIGHT / 2)])))


def _helix(chance: Chance, scale: Scale) -> Iterator[Shape]:
    """Two strands around each other, nearer and farther in turn, with rungs between them."""
    turns, tall = chance.between(1.15, 1.7), chance.between(95, 125)
    tilt, start = chance.between(-0.16, 0.16), chance.between(0, 2 * pi)
    dots, rungs = _Sizes(scale), defaultdict(list)
    pairs = 40
    for number in range(pairs):
        share = number / (pairs - 1)
        x, phase = -20 + share * (WIDTH + 40), start + share * turns * 2 * pi
        middle, up = HEIGHT / 2 + tilt * (x - WIDTH / 2), tall * sin(phase)
        ends = ((x, middle - up), (x, middle + up))
        if number % 2:
            rungs[scale.at(share)].append(_straight(*ends))
        for end, depth in zip(ends, (cos(phase), -cos(phase)), strict=True):
            dots.add(end, 6.5 + 4 * depth, share)
    for colour, lines in rungs.items():
        yield Curves(colour, 2, lines, opacity=0.45)
    yield from dots.shapes(2.5, 10.5)


def _cells(chance: Chance, scale: Scale) -> Iterator[Shape]:
    """Cells of a tissue, as many as find room, each with its nucleus."""
    cells: list[tuple[Point, int]] = []
    groups: dict[tuple[int, int], list[Point]] = defaultdict(list)
    for size in CELLS:
        for _attempt in range(14):
            centre = chance.between(-20, WIDTH + 20), chance.between(-20, HEIGHT + 20)
            if all(dist(centre, other) > size + room + 9 for other, room in cells):
                cells.append((centre, size))
                groups[scale.at(centre[0] / WIDTH), size].append(centre)
                break
    for (colour, size), centres in groups.items():
        yield from _tissue(chance, colour, size, centres)


def _tissue(
    chance: Chance, colour: int, size: float, centres: Sequence[Point]
) -> Iterator[Dots | Rings]:
    nuclei = [_around(centre, size * 0.3, chance.between(0, 2 * pi)) for centre in centres]
    yield Rings(colour, size, centres, width=size / 40 + 2, is_tinted=True)
    yield Dots(colour, size * 0.34, nuclei)


def _lattice(chance: Chance, scale: Scale) -> Iterator[Shape]:
    """A close packing of equal discs, large where the work is done and ever smaller around it."""
    step, turn = chance.between(34, 40), chance.between(-0.25, 0.25)
    focus = chance.between(0.3, 0.7) * WIDTH, chance.between(0.35, 0.65) * HEIGHT
    dots, largest = _Sizes(scale), step * 0.44
    for row in range(-9, 10):
        for column in range(-12, 13):
            across, down = (column + row % 2 / 2) * step, row * step * sqrt(3) / 2
            point = (
                focus[0] + across * cos(turn) - down * sin(turn),
                focus[1] + across * sin(turn) + down * cos(turn),
            )
            away = dist(point, focus) / 330
            if away < 1 and _is_near(point):
                dots.add(point, largest * (1 - away) ** 0.8, away)
    yield from dots.shapes(1.5, largest)


def _orbits(chance: Chance, scale: Scale) -> Iterator[Shape]:
    """Rings around one centre, evenly apart, each with what keeps to it."""
    centre = chance.between(0.12, 0.88) * WIDTH, chance.between(0.75, 1.05) * HEIGHT
    gap, rings = chance.between(36, 42), 12
    yield Dots(scale.at(0), gap * 0.42, [centre])
    for number in range(1, rings + 1):
        colour, radius = scale.at(number / (rings + 1)), gap * number
        yield Rings(colour, radius, [centre], width=2.5, opacity=0.7)
        turns = (chance.between(0, 2 * pi) for _each in range(1 + number // 2))
        kept = [_around(centre, radius, turn) for turn in turns]
        if seen := [point for point in kept if _is_near(point)]:
            yield Dots(colour, chance.between(6, 13), seen)


def _streams(chance: Chance, scale: Scale) -> Iterator[Shape]:
    """Streams that set out close together, swing, and open out over the whole height."""
    source, waist = chance.between(0.25, 0.75) * HEIGHT, chance.between(0.2, 0.8) * HEIGHT
    streams, bend = 26, chance.between(180, 300)
    for number in range(streams):
        share = number / (streams - 1)
        end = (WIDTH + 20, HEIGHT * (1.16 * share - 0.08))
        start = (-20, source + 46 * (share - 0.5))
        handles = (bend, waist + 130 * (share - 0.5)), (WIDTH - bend, waist + 90 * (share - 0.5))
        width = 1.5 + 4.5 * abs(sin(pi * (share * 2.5 + source / HEIGHT)))
        yield Curves(scale.at(share), width, [(start, *handles, end)], opacity=0.85)


def _seed_head(chance: Chance, scale: Scale) -> Iterator[Shape]:
    """Seeds that grow outwards, as a sunflower sets them: room for ever more."""
    centre = chance.between(0.32, 0.68) * WIDTH, chance.between(0.4, 0.6) * HEIGHT
    turn, apart, seeds = chance.between(0, 2 * pi), chance.between(18.5, 20.5), 240
    dots = _Sizes(scale)
    for number in range(1, seeds):
        away = sqrt(number / seeds)
        point = _around(centre, apart * sqrt(number), turn + number * GOLDEN_ANGLE)
        if _is_near(point):
            dots.add(point, 2.5 + 8 * away, away)
    yield from dots.shapes(2.5, 10.5)


_DRAWN: Mapping[Motif, Callable[[Chance, Scale], Iterator[Shape]]] = {
    Motif.HELIX: _helix,
    Motif.CELLS: _cells,
    Motif.LATTICE: _lattice,
    Motif.ORBITS: _orbits,
    Motif.STREAMS: _streams,
    Motif.SEED_HEAD: _seed_head,
}


class _Sizes:
    """Dots of many sizes, brought to a few, so that those alike become one shape."""

    def __init__(self, scale: Scale) -> None:
        self._scale = scale
        self._found: dict[int, list[tuple[Point, float]]] = defaultdict(list)

    def add(self, point: Point, radius: float, share: float) -> None:
        """Add a dot, coloured as what is at `share` of the way."""
        self._found[self._scale.at(share)].append((point, radius))

    def shapes(self, smallest: float, largest: float) -> Iterator[Dots]:
        """Return them, with radii from `smallest` to `largest`."""
        step = (largest - smallest) / (SIZES - 1)
        for colour, dots in self._found.items():
            groups: dict[int, list[Point]] = defaultdict(list)
            for point, radius in dots:
                groups[round((max(radius, smallest) - smallest) / step)].append(point)
            for size, points in sorted(groups.items()):
                yield Dots(colour, smallest + size * step, points)


def _around(centre: Point, radius: float, turn: float) -> Point:
    return centre[0] + radius * cos(turn), centre[1] + radius * sin(turn)


def _straight(start: Point, end: Point) -> tuple[Point, Point, Point, Point]:
    return start, start, end, end


def _is_near(point: Point, margin: float = 16) -> bool:
    """Return whether a dot at `point` can be seen."""
    return -margin < point[0] < WIDTH + margin and -margin < point[1] < HEIGHT + margin
