"""``remit annual compare``: what was said of each ICB in two years."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from remit.cli.annual.options import struck_and_told
from remit.cli.output import say, say_if_sample


def compare(
    last: Annotated[Path, typer.Argument(help="Last year's folder.")],
    now: Annotated[Path, typer.Argument(help="This year's folder.")],
    out: Annotated[
        Path | None, typer.Option("--out", help="A folder for compare.csv and concerns.csv.")
    ] = None,
) -> None:
    """Hold two years against each other: what is said again, higher, lower, new, or no more.

    Rungs of the ladder are compared and no scores. What was said of an ICB that merged is held
    against what is said of each that has its work; so are its open concerns.
    """
    from remit.annual.answers import answers_between, counts_of, left_open
    from remit.annual.folder import read_assessment
    from remit.annual.outputs import write_comparison
    from remit.annual.personal import without_people
    from remit.annual.rollup import compare_years
    from remit.words.sentences import count_words

    before = without_people(read_assessment(last)).folder
    this = struck_and_told(read_assessment(now)).folder
    rows = compare_years(before, this)
    for said in ("again", "higher", "lower", "in other words", "new", "not again"):
        if count := sum(one.said == said for one in rows):
            say(f"{said}: {count_words(count, 'finding')}")
    for one in rows:
        if one.said in {"again", "higher", "lower"}:
            whose = f" (from {one.from_icb})" if one.from_icb else ""
            say(f"  {one.icb}{whose}, {one.heading}: {one.last_rung} → {one.rung}")
    concerns = answers_between(before, this)
    say(f"Last year's concerns: {counts_of(concerns)}.")
    for said in left_open(concerns):
        say(f"  {said}")
    if out is not None:
        write_comparison(this, rows, concerns, out)
        say(f"Written to {out}: compare.csv, concerns.csv.")
    say_if_sample(this.head.fictional, "the ICBs and findings of this assessment are")
