"""Pictures as pixels, for those who take no SVG: social networks."""

from collections.abc import Sequence

from PIL import Image, ImageDraw

from cms.media.pictures.shapes import (
    HEIGHT,
    TINT,
    WIDTH,
    Curves,
    Dots,
    Picture,
    Point,
    Rings,
    Shape,
)

# The stylesheet's colours of the path and of a band, where it is dark.
PATH = ("#5274b2", "#1a94bb", "#00b1ac", "#5dc589", "#b4ce5e", "#ffcc4f")
BAND, BAND_INK, BAND_SOFT = "#0b2344", "#f4f8fc", "#c3d3e6"
# Painted larger and brought down, so that edges are smooth.
_SMOOTHING = 2
_STEPS_OF_A_CURVE = 40


def paint(picture: Picture, width: int, height: int) -> Image.Image:
    """Return `picture`, filling `width` by `height` pixels, on a band."""
    scale = _SMOOTHING * max(width / WIDTH, height / HEIGHT)
    offset = (width * _SMOOTHING - scale * WIDTH) / 2, (height * _SMOOTHING - scale * HEIGHT) / 2
    canvas = Image.new("RGB", (width * _SMOOTHING, height * _SMOOTHING), BAND)
    draw = ImageDraw.Draw(canvas)
    for shape in picture.shapes:
        _draw(draw, shape, scale, offset)
    return canvas.reduce(_SMOOTHING)


def _draw(draw: ImageDraw.ImageDraw, shape: Shape, scale: float, offset: Point) -> None:
    def at(point: Point) -> Point:
        return point[0] * scale + offset[0], point[1] * scale + offset[1]

    ink = _on_band(shape.colour, shape.opacity)
    match shape:
        case Dots():
            for point in shape.points:
                draw.circle(at(point), shape.radius * scale, fill=ink)
        case Rings():
            width = max(1, round(shape.width * scale))
            fill = _on_band(shape.colour, TINT) if shape.is_tinted else None
            for point in shape.points:
                outer = shape.radius * scale + width / 2
                draw.circle(at(point), outer, fill=fill, outline=ink, width=width)
        case Curves():
            for curve in shape.curves:
                points = [at(point) for point in _along(curve)]
                draw.line(points, fill=ink, width=max(1, round(shape.width * scale)), joint="curve")


def _on_band(colour: int, opacity: float) -> tuple[int, ...]:
    """Return what a colour of the path looks like on the band; what else is there is left out."""
    above, below = bytes.fromhex(PATH[colour][1:]), bytes.fromhex(BAND[1:])
    return tuple(round(b + (a - b) * opacity) for a, b in zip(above, below, strict=True))


def _along(curve: Sequence[Point]) -> list[Point]:
    """Return points along a cubic Bézier curve."""
    found = []
    for step in range(_STEPS_OF_A_CURVE + 1):
        t = step / _STEPS_OF_A_CURVE
        weights = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
        x, y = (
            sum(weight * point[axis] for weight, point in zip(weights, curve, strict=True))
            for axis in (0, 1)
        )
        found.append((x, y))
    return found
