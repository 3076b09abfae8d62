"""What every mark is: an SVG at its own size, and the sentence that says the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from markupsafe import Markup, escape

Kind = Literal["usual", "worse", "better"]
"""What a value is: within what chance explains, worse than that, or better."""

Better = Literal["lower", "higher", "neutral"]
"""Which way is better."""

_KIND_WORDS: dict[Kind, str] = {"usual": ", as usual", "worse": ", worse", "better": ", better"}


def kind_words(kind: Kind, usual: tuple[float, float] | None) -> str:
    """What a value is, after a comma; nothing where no usual range is known to be within.

    >>> kind_words("usual", (1.0, 2.0)), kind_words("usual", None)
    (', as usual', '')
    """
    return "" if kind == "usual" and usual is None else _KIND_WORDS[kind]


CHARACTER = 8.2
"""No character of a chart's text is wider on average, in pixels, with the widest fallback font."""


_NOTHING = Markup("")


@dataclass(frozen=True, slots=True)
class DrawnMark:
    """A mark: its drawing and its sentence, which is the drawing's accessible name.

    ``narrow`` is the same drawn for a narrow screen, where the drawing has text.
    """

    svg: Markup
    sentence: str
    narrow: Markup = _NOTHING

    def __html__(self) -> str:
        """The drawing as a page shows it: wide, and narrow beside it where there are two."""
        if not self.narrow:
            return self.svg
        return Markup(
            '<span class="mark-wide">{}</span><span class="mark-narrow">{}</span>'
        ).format(self.svg, self.narrow)


def svg(name: str, size: tuple[float, float], sentence: str, shapes: Sequence[str]) -> Markup:
    """An inline SVG at its own size.

    Parameters
    ----------
    name
        The class of the mark, for its style.
    size
        Width and height in pixels.
    sentence
        Its accessible name.
    shapes
        What is drawn, from back to front, as the functions below give it.

    Examples
    --------
    >>> 'aria-label="A &amp; B"' in svg("change", (10, 5), "A & B", [])
    True
    """
    width, height = number(size[0]), number(size[1])
    drawn = (
        f'<svg class="mark mark--{name}" role="img" aria-label="{escape(sentence)}" '
        f'width="{width}" height="{height}" viewBox="0 0 {width} {height}" focusable="false">'
        f"{''.join(shapes)}</svg>"
    )
    # Places are numbers, and words are escaped where they are put in.
    return Markup(drawn)  # noqa: S704


# The same places are written on many pages.
@lru_cache(maxsize=1 << 16)
def number(value: float) -> str:
    """A place as short as it can be written: ``12.5``, ``8``."""
    return f"{round(value, 1):g}"


def line(css: str, x1: float, y1: float, x2: float, y2: float) -> str:
    """A line."""
    start = f'x1="{number(x1)}" y1="{number(y1)}"'
    return f'<line class="{css}" {start} x2="{number(x2)}" y2="{number(y2)}"/>'


def box(css: str, x: float, y: float, width: float, height: float) -> str:
    """A rectangle."""
    size = f'width="{number(width)}" height="{number(height)}"'
    return f'<rect class="{css}" x="{number(x)}" y="{number(y)}" {size}/>'


def path(points: Sequence[tuple[float, float]]) -> str:
    """A line through places."""
    places = " ".join(f"{number(x)},{number(y)}" for x, y in points)
    return f'<polyline class="path" points="{places}"/>'


def text(words: str, x: float, y: float, anchor: str = "start", css: str = "") -> str:
    """Words at a place; ``anchor`` says which end stands there."""
    found = f' text-anchor="{anchor}"' if anchor != "start" else ""
    style = f' class="{css}"' if css else ""
    return f'<text x="{number(x)}" y="{number(y)}"{found}{style}>{escape(words)}</text>'


def dot(x: float, y: float, title: str, code: str = "") -> str:
    """The dot of another organisation, with its name, and its code where the page may mark it."""
    place = f'transform="translate({number(x)} {number(y)})"{of_code(code)}'
    return f'<g class="other" {place}><title>{escape(title)}</title><circle r="3.6"/></g>'


def of_code(code: str) -> str:
    """The attribute by which a page finds what is the reader's own organisation's.

    >>> of_code("ZA1"), of_code("")
    (' data-code="ZA1"', '')
    """
    return f' data-code="{escape(code)}"' if code else ""


def point(shape: str, x: float, y: float, title: str = "") -> str:
    """A point by its shape: ``usual``, ``worse``, ``better``, ``before`` or ``mine``."""
    inside = f"<title>{escape(title)}</title>" if title else ""
    at = f'transform="translate({number(x)} {number(y)})"'
    return f'<g class="point point--{shape}" {at}>{_SHAPES[shape]}{inside}</g>'


def text_width(words: str) -> float:
    """How wide words are at most."""
    return CHARACTER * len(words)


_SHAPES = {
    "usual": '<circle r="4"/>',
    "before": '<circle r="4"/>',
    "worse": '<path d="M0-5.6 5.4 4.2H-5.4z"/>',
    "better": '<path d="M-4-4h8v8h-8z"/>',
    "mine": '<path d="M0-6.4 6.4 0 0 6.4-6.4 0z"/>',
}
