"""A practice that spread in an invented country: who took it up when, and a metric beside it.

Forty organisations, three financial years before and three after; in those that took the practice
up days of delay fall by two of some thirty from then on. One more practice was taken up by those
who had had a bad year, and did nothing.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from remit.files.delimited import csv_text
from remit.words.figures import rounded

FIGURES: Final = "sample-figures.csv"
ADOPTION: Final = "sample-adoption.csv"
SPREAD_SEED: Final = 20_260_505
HELPED: Final = -2.0
"""What the practice that works does, in days."""
METRIC: Final = "Days of delay for each 100 stays"
WORKS: Final = "Morning board round"
DOES_NOT: Final = "Discharge poster"
_QUARTERS: Final = tuple(f"{year}/{year % 100 + 1} Q{one}" for year in range(2020, 2026)
                         for one in range(1, 5))  # fmt: skip
_ORGANISATIONS: Final = 40


class SpreadFiles(NamedTuple):
    """The two files: figures of all, and who adopted what when."""

    figures: Path
    adoption: Path


def write_spread(folder: Path) -> SpreadFiles:
    """Write figures and adoptions into a folder, which is made if need be.

    >>> from tempfile import mkdtemp
    >>> write_spread(Path(mkdtemp())).adoption.name
    'sample-adoption.csv'
    """
    draw = random.Random(SPREAD_SEED)  # noqa: S311  (figures, not secrets)
    codes = [f"ZS{number:02}" for number in range(1, _ORGANISATIONS + 1)]
    noise = {code: list(_noise(draw)) for code in codes}
    works = {code: draw.randrange(10, 18) for code in draw.sample(codes, 16)}
    poster = dict(_after_a_bad_year(noise))
    folder.mkdir(parents=True, exist_ok=True)
    files = SpreadFiles(folder / FIGURES, folder / ADOPTION)
    figures = [
        (code, METRIC, quarter, str(rounded(value, 2)), "", "", "lower")
        for code in codes
        for quarter, value in zip(_QUARTERS, _values(draw, noise[code], works.get(code)),
                                  strict=True)
    ]  # fmt: skip
    head = ("code", "metric", "period", "value", "numerator", "denominator", "better")
    adopted = [(WORKS, code, _QUARTERS[at]) for code, at in sorted(works.items())]
    adopted += [(DOES_NOT, code, _QUARTERS[at]) for code, at in sorted(poster.items())]
    files.figures.write_text(csv_text(head, figures), encoding="utf-8", newline="")
    files.adoption.write_text(
        csv_text(("practice", "code", "adopted"), adopted), encoding="utf-8", newline=""
    )
    return files


def _noise(draw: random.Random) -> Iterator[float]:
    """Figures that remember the quarter before by half."""
    last = draw.gauss(0, 1)
    for _ in _QUARTERS:
        last = 0.5 * last + draw.gauss(0, 1)
        yield last


def _values(draw: random.Random, noise: list[float], since: int | None) -> Iterator[float]:
    own = draw.gauss(30, 3)
    for at, one in enumerate(noise):
        helped = HELPED if since is not None and at >= since else 0.0
        yield own + one - 0.1 * at + (0.8 if at % 4 == 3 else 0.0) + helped


def _after_a_bad_year(noise: dict[str, list[float]]) -> Iterator[tuple[str, int]]:
    """In each of six quarters the two whose last year had the most delay by chance."""
    free = list(noise)
    for at in range(11, 17):
        year = {code: sum(noise[code][at - 4 : at]) for code in free}
        worst = sorted(free, key=year.__getitem__, reverse=True)[:2]
        for code in worst:
            yield code, at
            free.remove(code)
