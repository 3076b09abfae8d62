"""``remit practices effect``: did the figures of those who took a practice up change with it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from remit.cli.exit_codes import DONE, DONE_WITH_FINDINGS
from remit.cli.output import say, say_if_sample

if TYPE_CHECKING:
    from remit.practice.deviants.outcomes import Outcomes
    from remit.practice.spread.adoption import Adoptions
    from remit.practice.spread.panel import SpreadPanel


def effect(
    figures: Annotated[
        Path,
        typer.Option(
            "--input",
            help="Figures: code, metric, period, value, numerator, denominator, better.",
        ),
    ],
    adoption: Annotated[
        Path,
        typer.Option("--adoption", help="Who adopted when: code, adopted (and practice)."),
    ],
    out: Annotated[Path, typer.Option("--out", help="The folder for the answer.")],
    metric: Annotated[
        str | None, typer.Option("--metric", help="Which metric; needed if there are several.")
    ] = None,
    practice: Annotated[
        str | None, typer.Option("--practice", help="Which practice; needed if there are several.")
    ] = None,
) -> None:
    """Did the figures of those who took a practice up change beyond those of others.

    Adopters are compared with those who had not adopted by then; one adopter alone with the
    combination of others most like it before. The year before adoption is left out, since
    organisations take up what helps after a bad year. Where something speaks against an effect
    the answer says so; the exit code is then 1.

    \b
    remit practices effect --input waits.csv --adoption adopted.csv --out effect
    """
    from remit.practice.deviants.outcomes import read_outcomes
    from remit.practice.spread.adoption import panel_of, read_adoptions
    from remit.practice.spread.finding import load_spread_rules, spread_effect
    from remit.practice.spread.words import SpreadSubject
    from remit.practice.spread.writing import effect_answer, write_spread

    outcomes, adoptions = read_outcomes(figures), read_adoptions(adoption, practice)
    metric = _one_metric(outcomes, metric)
    panel = panel_of(outcomes, metric, adoptions)
    _say_intake(outcomes, adoptions, panel)
    rules = load_spread_rules()
    found = spread_effect(panel, rules)
    subject = SpreadSubject(practice or "the practice", metric, outcomes.better[metric])
    answer = effect_answer(found, subject, rules)
    written = write_spread(out, found, panel, answer, sources=[outcomes.source, adoptions.source])
    _say_answer(answer, found.left_out)
    say(f"Written: {', '.join(map(str, written))}.")
    say_if_sample(outcomes.fictional)
    raise typer.Exit(DONE_WITH_FINDINGS if found.untold or adoptions.rejections else DONE)


def _one_metric(outcomes: Outcomes, metric: str | None) -> str:
    from remit.model.errors import PracticeError
    from remit.words.sentences import count_words, listed

    if metric is not None:
        return metric
    known = list(dict.fromkeys(one.metric for one in outcomes.figures))
    if len(known) == 1:
        return known[0]
    raise PracticeError(
        f"{outcomes.source}: it holds {count_words(len(known), 'metric')}: name one by --metric, "
        f"such as {listed(known[:3], 'or')}"
    )


def _say_intake(outcomes: Outcomes, adoptions: Adoptions, panel: SpreadPanel) -> None:
    from remit.words.sentences import count_words

    for one in (*outcomes.rejections, *adoptions.rejections):
        say(f"{one.file}, line {one.line}: {one.column}: {one.value!r}: {one.reason}")
    for note in outcomes.notes:
        say(note)
    unnamed = [code for code in panel.codes if code not in adoptions.since]
    strange = [code for code in adoptions.since if code not in panel.codes]
    if unnamed:
        told = count_words(len(unnamed), "organisation")
        say(f"{adoptions.source} does not name {told} with figures: taken as without the practice.")
    if strange:
        told = count_words(len(strange), "organisation")
        say(f"{adoptions.source} names {told} without figures: {', '.join(strange[:5])}.")


def _say_answer(answer: dict[str, object], left_out: dict[str, str]) -> None:
    from remit.words.sentences import count_words

    say(str(answer["finding"]))
    reasons = answer["untold"]
    assert isinstance(reasons, list)
    for one in reasons:
        say(one["reason"])
    say(str(answer["looks_before"]))
    if left_out:
        say(f"{count_words(len(left_out), 'organisation')} left out; organisations.csv says why.")
    say(str(answer["caution"]))
