"""Two years of annual assessments of the sample's ICBs: evidence, findings, concerns, replies.

The stored figures are those of the sample's monthly files; all that is said of them is invented.
"""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import NamedTuple

_YEARS = ("last", "now")


class AssessedYears(NamedTuple):
    """The folders of two years, as ``remit annual`` reads them."""

    last: Path
    now: Path


def write_assessed(folder: Path) -> AssessedYears:
    """Write last year's assessment and this year's, which has no fault.

    Examples
    --------
    ``write_assessed(Path("demo/annual")).now``
    """
    source = resources.files("remit.sample").joinpath("assessed")
    for year in _YEARS:
        (folder / year).mkdir(parents=True, exist_ok=True)
        for file in sorted(source.joinpath(year).iterdir(), key=lambda one: one.name):
            text = file.read_text(encoding="utf-8")
            (folder / year / file.name).write_text(text, encoding="utf-8", newline="\n")
    return AssessedYears(*(folder / year for year in _YEARS))
