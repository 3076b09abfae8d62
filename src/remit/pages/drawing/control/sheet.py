"""A control chart as an SVG file of its own: title, drawing, key and words in one picture."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib import resources
from textwrap import wrap

from markupsafe import Markup

from remit.pages.drawing.charts import Text
from remit.pages.drawing.control.drawn import SpcChart
from remit.pages.drawing.control.shapes import shapes_of
from remit.pages.drawing.marks.mark import text_width
from remit.pages.frame.filling import filled

_TITLE, _LINE = 23.0, 18.0
_KEY_ROOM = 24.0
_WIDTH = 750.0


def standalone(chart: SpcChart) -> str:
    """A chart as an SVG file of its own, with its styles, title, key, notes and words."""
    wide = chart.wide.look.width if chart.drawings else _WIDTH
    tall = chart.wide.look.height if chart.drawings else 0.0
    heading, about = wrap(chart.title, 72), wrap(chart.about, 90)
    above = 14 + _TITLE * len(heading) + _LINE * len(about)
    words = wrap(f"{chart.finding} {chart.legend}".strip(), 100)
    for note in chart.notes:
        words += wrap(f"{note.sign}  {note.when}: {note.words}", 100, subsequent_indent="    ")
    keys = list(_key(chart, wide, above + tall + 8))
    below = (keys[-1][0].y if keys else above + tall) + 26
    texts = [
        *(Text(0, 28 + _TITLE * n, line, "start", "title") for n, line in enumerate(heading)),
        *(
            Text(0, 24 + _TITLE * len(heading) + _LINE * n, line, "start", "spc-quiet")
            for n, line in enumerate(about)
        ),
        *(Text(0, below + _LINE * n, line, "start") for n, line in enumerate(words)),
    ]
    return filled(
        "spc_chart.svg.jinja",
        chart=chart,
        width=wide,
        height=below + _LINE * len(words),
        above=above,
        shapes=Markup("".join(shapes_of(chart.wide))) if chart.drawings else "",  # noqa: S704
        keys=keys,
        texts=texts,
        styles=Markup(styles()),  # noqa: S704 -- the style sheet of the pages
    )  # fmt: skip


def _key(chart: SpcChart, wide: float, y: float) -> Iterator[tuple[Text, Markup]]:
    """Where the entries of the key stand, in as many rows as they need."""
    x, row = 0.0, y + 11.5
    for one in chart.key:
        room = 30 + text_width(one.words)
        if x and x + room > wide:
            x, row = 0.0, row + _KEY_ROOM
        yield Text(x, row, one.words, "start"), one.drawn
        x += room + 12


@cache
def styles() -> str:
    """The rules of a chart from the pages' style sheet, with values for the tokens' names."""
    static = resources.files("remit.pages") / "static"
    rules = (static / "control.css").read_text(encoding="utf-8").partition("/* Here ends")[0]
    sheet = (static / "remit.css").read_text(encoding="utf-8")
    tokens = dict(re.findall(r"(--[\w-]+): ([^;]+);", sheet))
    plain = re.sub(r"/\*.*?\*/", "", rules, flags=re.S)
    return re.sub(r"var\((--[\w-]+)\)", lambda found: tokens[found[1]], plain).strip()
