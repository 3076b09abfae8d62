"""``remit system``: an ICB's score, its system's, and each trust's part in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from remit.cli.asked import Asked, asking
from remit.cli.options import parse_day
from remit.cli.output import TextCsvOrJson, answer, say, say_if_sample
from remit.files.delimited import frame_csv
from remit.files.jsons import json_text
from remit.words.figures import number_words, percent_words, signed_words
from remit.words.names import short_trust_name
from remit.words.sentences import count_words

if TYPE_CHECKING:
    from remit.assessment.result.assessment import Assessment
    from remit.assessment.systems.system import Bystander, Contribution, SystemView


@asking(without=("judgements", "capability"))
def system(
    icb: Annotated[str, typer.Argument(help="The ICB's code, such as QHM.")],
    asked: Asked,
    weights: Annotated[
        Path | None,
        typer.Option("--weights", help="CSV with org_code and weight, such as spending."),
    ] = None,
    on: Annotated[
        str | None,
        typer.Option("--on", help="The day whose boundaries count; else the period's last."),
    ] = None,
    output: TextCsvOrJson = "text",
) -> None:
    """Show what each trust has to do with its system's score, both ways.

    What each trust gives to the score (the parts sum to it), and what the score would be without
    it. Partner trusts that another ICB leads on are listed apart.
    """
    from remit.assessment.systems.system import system_view
    from remit.assessment.systems.weights import read_weights

    result = asked.assessed()
    given = read_weights(weights) if weights else None
    view = system_view(result, icb, parse_day(on, "--on"), given)
    answer(
        output,
        text=lambda: _print(result, view),
        csv=lambda: frame_csv(view.table()),
        json=lambda: json_text(asdict(view), indent=2, default=_plain),
    )


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _print(result: Assessment, view: SystemView) -> None:
    title = f"{view.icb_name} ({view.icb_code}), {view.period}, {result.framework.name}"
    say(title)
    say_if_sample(result.fictional)
    for line in _scores(view):
        say(line)
    if view.contributions:
        _print_contributions(view.contributions)
    _print_others("Led by this ICB, without a score", view.not_scored)
    _print_others("Partners that another ICB leads on; not in the sums", view.partners)
    for note in (*view.notes, *result.notes):
        say(note)


def _scores(view: SystemView) -> list[str]:
    own = f"Own score: {number_words(view.own_score)}. {view.own_because}"
    lines = [own if view.segment is None else f"{own} Segment {view.segment}."]
    trusts = count_words(len(view.contributions), "trust", none="0")
    lines.append(
        f"System score: {number_words(view.system_score)}, the mean of {trusts}, weights "
        f"{view.weights}. All trusts at hand: {number_words(view.reference)}."
    )
    if view.adjusted_score is not None:
        lines.append(
            f"Adjusted score: {number_words(view.adjusted_score)}, the system counting "
            f"{view.system_weight:g}."
        )
    return lines


_HEADINGS = ("Code", "Name", "Seg.", "Share", "Score", "Part", "Pull", "Without", "Gap")


def _print_contributions(contributions: Sequence[Contribution]) -> None:
    from remit.cli.tables import Grid

    grid = Grid(title="What each trust has to do with the system's score", title_side="left")
    for heading in _HEADINGS:
        words = heading in {"Code", "Name"}
        grid.column(heading, "left" if words else "right", whole=heading != "Name")
    for one in contributions:
        grid.row(
            one.org_code,
            short_trust_name(one.org_name),
            str(one.segment or "–"),
            percent_words(one.share, 1),
            *(number_words(value) for value in (one.score, one.points)),
            signed_words(one.pull),
            number_words(one.without),
            signed_words(one.difference),
        )
    total = sum(one.points for one in contributions)
    pull = sum(one.pull for one in contributions)
    grid.row("", "Sum", "", "100.0%", "", number_words(total), signed_words(pull))
    grid.show()
    say(
        "Part: share × score. Pull: its part of the distance from all trusts' mean, + is worse. "
        "Without: the system's score if it were not there. Gap: its score less the system's."
    )


def _print_others(title: str, others: Sequence[Bystander]) -> None:
    if not others:
        return
    say(f"{title}: {len(others)}")
    for one in others:
        score = f"score {number_words(one.score)}, " if one.score is not None else ""
        say(f"  {one.org_code} {one.org_name}: {score}{one.why}")
