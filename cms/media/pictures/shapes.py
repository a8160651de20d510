"""What pictures are made of, on a canvas of 640 by 400 units; and the same as SVG."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

WIDTH, HEIGHT = 640, 400
# The steps of the path from research to patient, whose colours pictures take.
COLOURS = 6
# Of the colour of a ring, in it.
TINT = 0.16

type Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Dots:
    """Discs of one radius around points."""

    colour: int
    radius: float
    points: Sequence[Point]
    opacity: float = 1


@dataclass(frozen=True, slots=True)
class Rings:
    """The outlines, `width` thick, of circles of one radius; and, if wanted, a tint in them."""

    colour: int
    radius: float
    points: Sequence[Point]
    width: float
    opacity: float = 1
    is_tinted: bool = False


@dataclass(frozen=True, slots=True)
class Curves:
    """Cubic Bézier curves, `width` thick: two ends with two handles between them."""

    colour: int
    width: float
    curves: Sequence[tuple[Point, Point, Point, Point]]
    opacity: float = 1


type Shape = Dots | Rings | Curves


@dataclass(frozen=True)
class Picture:
    """Shapes, the lowest first. It says nothing: whoever shows it gives it no alternative text."""

    shapes: tuple[Shape, ...]

    @cached_property
    def svg(self) -> SafeString:
        """The picture as an element of a page, whose stylesheet gives the colours c0 to c5."""
        return format_html(
            '<svg class="picture" viewBox="0 0 {} {}" preserveAspectRatio="xMidYMid slice" '
            'aria-hidden="true" focusable="false">{}</svg>',
            WIDTH,
            HEIGHT,
            # Numbers alone.
            mark_safe("".join(map(_path, self.shapes))),  # noqa: S308 # nosec B308 B703
        )


def _path(shape: Shape) -> str:
    """Return `shape` as one path. A line of no length with round ends is a disc."""
    kind = f"c{shape.colour}"
    match shape:
        case Dots():
            width, parts = 2 * shape.radius, (f"M{_pair(point)}h0" for point in shape.points)
        case Rings():
            kind += " is-tinted" if shape.is_tinted else ""
            width, parts = shape.width, (_circle(point, shape.radius) for point in shape.points)
        case Curves():
            width = shape.width
            parts = (f"M{_pair(start)}C{_pairs(rest)}" for start, *rest in shape.curves)
    opacity = f' opacity="{_number(shape.opacity)}"' if shape.opacity < 1 else ""
    return f'<path class="{kind}" stroke-width="{_number(width)}"{opacity} d="{"".join(parts)}"/>'


def _circle(centre: Point, radius: float) -> str:
    r, across = _number(radius), _number(2 * radius)
    left = (centre[0] - radius, centre[1])
    return f"M{_pair(left)}a{r} {r} 0 1 0 {across} 0a{r} {r} 0 1 0-{across} 0"


def _pair(point: Point) -> str:
    return f"{round(point[0])} {round(point[1])}"


def _pairs(points: Iterable[Point]) -> str:
    return " ".join(map(_pair, points))


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
