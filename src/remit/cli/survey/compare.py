"""``remit survey compare``: what changed from one questionnaire to the next."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from remit.cli.exit_codes import DONE_WITH_FINDINGS
from remit.cli.output import format_option, give_json, say


def compare(
    before: Annotated[str, typer.Argument(help="The earlier questionnaire: a file or a name.")],
    now: Annotated[
        str, typer.Argument(help="The later one; left out, two waves of the first.")
    ] = "",
    waves: Annotated[
        str, typer.Option("--waves", help="The waves whose wording counts, as 2025,2026.")
    ] = "",
    output: Annotated[str, format_option("text", "json")] = "text",
) -> None:
    """Say of each item whether a trend may be drawn, with both wordings where not.

    Ends with 1 where an item changed, is new or is gone.
    """
    from remit.model.errors import SurveyError
    from remit.surveys import load_questionnaire
    from remit.surveys.comparing import compare_questionnaires

    first = load_questionnaire(before)
    second = load_questionnaire(now) if now else first
    named = tuple(one.strip() for one in waves.split(",")) if waves else ("", "")
    if not now and not waves:
        named = tuple(one.id for one in first.waves[-2:])
    if len(named) != 2:
        raise SurveyError(
            f"{before}: two waves are held against each other; say --waves EARLIER,LATER or name "
            "two questionnaires"
        )
    found = compare_questionnaires(first, second, named)
    if output == "json":
        give_json([asdict(one) for one in found])
    else:
        same = sum(one.comparable for one in found)
        say(f"{same} of {len(found)} items can be compared.")
        for one in found:
            if not one.comparable:
                say(f"{one.item}: {one.says}")
                for name, words in (("before", one.before), ("now", one.now)):
                    if words:
                        say(f"  {name}: {words}")
    if not all(one.comparable for one in found):
        raise typer.Exit(DONE_WITH_FINDINGS)
