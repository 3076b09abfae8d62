"""``remit commentary``: a file to fill in, with the metrics of a report that need a word."""

from __future__ import annotations

from pathlib import Path

from remit.cli.figures import report_options as ask
from remit.cli.figures.report import made_report, own_words_of
from remit.cli.options import StoreOption
from remit.cli.output import say, say_if_sample
from remit.cli.writing import OutOption, write_new


def commentary(
    code: ask.BodyArgument,
    out: OutOption = None,
    period: ask.EndOption = None,
    store: StoreOption = None,
    metrics: ask.MetricsOption = None,
    commentary: ask.CommentaryOption = None,
) -> None:
    """Write a CSV file of comments to fill in: a line for each metric that needs a word.

    Those are the exceptions of the organisation without a comment for this month, and comments of
    earlier months whose signal has changed or whose action is overdue. With --commentary all that
    was written before stands in the new file too.

    \b
    remit commentary QHM --period "Jun 2025" --out june.csv
    remit commentary QHM --commentary june.csv --out july.csv
    """
    from remit.files.delimited import csv_text
    from remit.report.commentary_file import COLUMNS, comment_rows
    from remit.report.to_say import to_say
    from remit.words.sentences import count_words, sentence_case

    own = own_words_of(commentary, None, None)
    made = made_report(code, store, metrics, None, period=period, own_words=own)
    asked = to_say(made.view)
    rows = [*comment_rows(made.view.comments), *(one.row for one in asked)]
    if out is None:
        write_new(csv_text(COLUMNS, rows), None)
        return
    write_new(csv_text(COLUMNS, rows), out)
    say_if_sample(made.view.fictional)
    say(f"{sentence_case(count_words(len(asked), 'metric'))} of {made.view.title} to speak of:")
    for one in asked:
        say(f"  {one.line.metric.name}, {one.line.body.code}: {one.why}")
    say(f"Fill it in and give it to the report: remit report {code} --commentary {Path(out)} …")
