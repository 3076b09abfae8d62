"""``remit survey check``: does an export fit its questionnaire?"""

from __future__ import annotations

import typer

from remit.cli.exit_codes import DONE_WITH_FINDINGS
from remit.cli.output import say
from remit.cli.survey.options import (
    ExportArguments,
    QuestionnaireOption,
    WaveOption,
    answers_in,
    say_rejections,
    say_unknown_units,
)


def check(
    exports: ExportArguments,
    questionnaire: QuestionnaireOption,
    wave: WaveOption = "",
) -> None:
    """Say what of an export is counted, what is not, and why; nothing is written."""
    from remit.surveys.reading.reading import partial
    from remit.words.sentences import count_words

    read = answers_in(exports, questionnaire, wave)
    for voices in read.waves:
        units = (
            f" of {count_words(len(voices.units.labels), 'organisation')}" if voices.units else ""
        )
        say(
            f"{voices.wave.id}: {count_words(voices.rows_read, 'row')} read, "
            f"{count_words(voices.count, 'respondent')}{units}; "
            f"{count_words(len(voices.items), 'item')} found."
        )
        if none := partial(voices):
            say(f"  {count_words(none, 'respondent')} answered no item but in words.")
        found = {one.item.id for one in voices.items}
        for item in read.questionnaire.items:
            if item.id not in found:
                say(f"  not asked: {item.wording[-1].text}")
    say_unknown_units(read)
    if not read.rejections:
        say("No row and no cell is left out.")
        return
    say(f"{count_words(len(read.rejections), 'row or cell is', 'rows and cells are')} left out:")
    say_rejections(read)
    raise typer.Exit(DONE_WITH_FINDINGS)
