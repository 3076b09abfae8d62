"""A map of areas: outlines once a page, and for each figure which of them has which shade."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from markupsafe import Markup, escape

from remit.pages.drawing.marks.mark import of_code
from remit.register.outlines import Ring

BANDS = 4
"""So many shades and patterns there are, the palest first."""


def map_shapes(outlines: Mapping[str, Sequence[Ring]]) -> Markup:
    """The outlines and the patterns of a page, as an SVG that is not shown itself.

    Parameters
    ----------
    outlines
        The rings of each area, by a code that is no other's on the page.

    Examples
    --------
    >>> print(map_shapes({"QF7": [((0, 0), (4, 0), (4, 3))]})[-53:])
    <path id="shape-QF7" d="M0 0l4 0 0 3z"/></defs></svg>
    """
    drawn = "".join(
        f'<path id="shape-{escape(code)}" d="{"".join(map(_path, rings))}"/>'
        for code, rings in sorted(outlines.items())
    )
    patterns = "".join(_pattern(band) for band in range(2, BANDS + 1))
    # Places are numbers, and codes are escaped.
    return Markup(  # noqa: S704
        '<svg class="remit-map-shapes" width="0" height="0" aria-hidden="true" focusable="false">'
        f"<defs>{patterns}{drawn}</defs></svg>"
    )


def area_map(
    size: tuple[int, int],
    sentence: str,
    bands: Mapping[str, int | None],
    names: Mapping[str, str] | None = None,
) -> Markup:
    """A map that uses those outlines.

    Parameters
    ----------
    size
        Width and height of the grid.
    sentence
        Its accessible name, which says what it shows.
    bands
        The shade of each area that has an outline, from 1; None where there is no figure.
    names
        What each area says under a pointer, a finger or the arrow keys: its name and figure.

    Examples
    --------
    >>> 'href="#shape-QF7" class="band-2" fill' in area_map((10, 12), "A map.", {"QF7": 2})
    True
    """
    said = names or {}
    used = "".join(
        f'<use href="#shape-{escape(code)}" class="band-{band or 0}"{band_fill(band)}'
        f"{of_code(code)}><title>{escape(said.get(code, code))}</title></use>"
        for code, band in sorted(bands.items())
    )
    # Places are numbers; codes and words are escaped.
    return Markup(  # noqa: S704
        f'<svg class="mark remit-map" role="img" aria-label="{escape(sentence)}" '
        f'viewBox="0 0 {size[0]} {size[1]}" focusable="false">{used}</svg>'
    )


def band_fill(band: int | None) -> Markup:
    """The attribute that fills a shape with the pattern of a shade; the palest has none."""
    # Not in the style: an address there may be taken from its own file.
    return Markup(f' fill="url(#band-{band:d})"') if band and band > 1 else Markup("")  # noqa: S704


def _path(ring: Ring) -> str:
    steps = [f"{x2 - x1} {y2 - y1}" for (x1, y1), (x2, y2) in pairwise(ring)]
    return f"M{ring[0][0]} {ring[0][1]}l{' '.join(steps)}z"


def _pattern(band: int) -> str:
    """Dots, then lines, then lines both ways: darker and denser from one to the next."""
    size = 14 - 2 * band
    shapes = {
        2: f'<circle cx="{size / 2:g}" cy="{size / 2:g}" r="1.6"/>',
        3: f'<path d="M0 {size}L{size} 0"/>',
        4: f'<path d="M0 {size}L{size} 0M0 0L{size} {size}"/>',
    }
    return (
        f'<pattern id="band-{band}" width="{size}" height="{size}" '
        f'patternUnits="userSpaceOnUse"><rect class="ground-{band}" width="{size}" '
        f'height="{size}"/>{shapes[band]}</pattern>'
    )
