"""``remit report``: the integrated performance report of an ICB, a trust or a region."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from remit.cli.figures import report_options as ask
from remit.cli.figures.own_plans import TrajectoriesOption
from remit.cli.figures.plans import plans_of
from remit.cli.options import AsAtOption, PredecessorsOption, StoreOption, default_store, parse_day
from remit.cli.output import say, say_if_sample
from remit.model.errors import AssessmentError

_BETWEEN_BOARDS = timedelta(days=731)

if TYPE_CHECKING:
    from remit.model.metric import Metric
    from remit.report import Report
    from remit.report.gathering import Boards, OwnWords


def report(
    code: ask.BodyArgument,
    out: ask.FolderOption,
    period: ask.EndOption = None,
    store: StoreOption = None,
    formats: ask.FormatsOption = "pages,xlsx,pptx,docx",
    metrics: ask.MetricsOption = None,
    rules: ask.ChartRulesOption = "mdc-nhsr",
    years: ask.ChartYearsOption = 4,
    charts: ask.ChartsOption = 20,
    length: ask.LengthOption = "short",
    template: ask.TemplateOption = None,
    keep_template: ask.KeepOption = False,
    trajectories: TrajectoriesOption = None,
    peers: ask.PeersOption = None,
    commentary: ask.CommentaryOption = None,
    annotations: ask.AnnotationsOption = None,
    rebase: ask.OwnRebaseOption = None,
    board: ask.BoardOption = None,
    next_board: ask.NextBoardOption = None,
    as_at: AsAtOption = None,
    with_predecessors: PredecessorsOption = False,
) -> None:
    """Write the integrated performance report: a table of icons, exceptions, what is missing.

    An ICB brings the trusts that it leads on, a region its ICBs and trusts. Today's and
    tomorrow's metrics get the same room. An earlier report in the folder is replaced as a whole.
    """
    from remit.exports.pack import pack_of
    from remit.exports.report_folder import check_formats, write_report

    chosen = [one.strip() for one in formats.split(",") if one.strip()]
    check_formats(chosen, charts)
    pack = pack_of(length, charts, template or [], keep=keep_template, formats=chosen)
    tell = _teller()
    made = made_report(
        code,
        store,
        metrics,
        as_at,
        period=period,
        rules=rules,
        years=years,
        with_predecessors=with_predecessors,
        plans=plans_of(trajectories),
        peers=_peers(peers),
        own_words=own_words_of(commentary, annotations, rebase),
        boards=_boards(board, next_board, as_at),
        progress=tell,
    )
    written = write_report(made, out, chosen, pack=pack, progress=tell)
    _say(made, written.pages, written.files, written.folder)
    for words in written.told:
        say(words)


def made_report(
    code: str, store: Path | None, metrics: Path | None, as_at: str | None, **asked: Any
) -> Report:
    """The report of a store.

    Parameters
    ----------
    code, store, metrics, as_at
        As the command has them.
    asked
        The rest, as :func:`remit.report.build_report` has it.

    Examples
    --------
    ``made_report("QHM", None, None, None, period="Jun 2025")``
    """
    from remit.report import build_report
    from remit.report.groups import is_shown
    from remit.store import Store

    wanted = _metrics(metrics)
    day = parse_day(as_at, "--as-at")
    measures = sorted({measure for metric in wanted for measure in metric.measures})
    # The store is given back before the report is made: whoever writes waits for a query only.
    with Store.open(store or default_store(), read_only=True) as opened:
        held = opened.snapshot(measures, day, groups=is_shown)
    return build_report(
        held, code.strip().upper(), metrics=wanted if metrics else None, as_at=day, **asked
    )


def _metrics(path: Path | None) -> list[Metric]:
    """The metrics of a list of one's own, else all of the catalogue that are made from counts."""
    from remit.catalogue import load_computed_metrics
    from remit.report import read_metric_list

    known = load_computed_metrics()
    return read_metric_list(path, known) if path else list(known.values())


def _peers(given: str | None) -> tuple[str, ...]:
    """The peers that are named; none without the option."""
    if given is None:
        return ()
    from remit.register import load_register
    from remit.report.peers import read_peers

    return read_peers(given, load_register())


def own_words_of(
    commentary: list[Path] | None, annotations: Path | None, rebase: Path | None
) -> OwnWords | None:
    """What people say in files of their own, checked; None without a file.

    Parameters
    ----------
    commentary
        Comments and actions.
    annotations, rebase
        Notes on charts, and re-basings.

    Examples
    --------
    ``own_words_of([Path("comments.csv")], None, None)``
    """
    if not (commentary or annotations or rebase):
        return None
    from remit.catalogue import load_computed_metrics
    from remit.register import load_register
    from remit.report.annotations import Annotations, read_annotations
    from remit.report.commentary_file import read_commentary
    from remit.report.gathering import OwnWords

    known = (load_computed_metrics(), load_register())
    return OwnWords(
        read_commentary(commentary or [], *known),
        read_annotations(annotations, "note", *known) if annotations else Annotations(),
        read_annotations(rebase, "reason", *known) if rebase else Annotations(),
    )


def _boards(board: str | None, next_board: str | None, as_at: str | None) -> Boards:
    from remit.report.gathering import Boards
    from remit.words.days import day_words

    if board and not next_board:
        raise AssessmentError("--board goes with --next-board: what comes between is listed")
    this, following = parse_day(board, "--board"), parse_day(next_board, "--next-board")
    begins = this or parse_day(as_at, "--as-at") or date.today()
    if following and ((this and following < this) or abs(following - begins) > _BETWEEN_BOARDS):
        raise AssessmentError(
            f"--next-board is a day after --board and within two years of {day_words(begins)}; got "
            f"{day_words(following)}"
        )
    return Boards(this, following)


def _say_comments(made: Report) -> None:
    """What must be known of comments, peers and notes: what has no place, what to mend."""
    view = made.view
    if view.comments:
        _say_how_many(made)
    for note in made.spoken:
        say(note)
    for stray in view.strays:
        one = stray.comment
        where = f"{one.file}, line {one.line} ({one.org_code}, {one.metric_id})"
        say(f"No place for {where}: {stray.why}")


def _say_how_many(made: Report) -> None:
    from remit.words.sentences import count_words, sentence_case

    view = made.view
    asked = sum(bool(line.said_of.to_ask) for line in view.commented)
    again = f" Ask of {asked} of them whether it still holds: remit commentary." if asked else ""
    say(f"{sentence_case(count_words(len(view.comments), 'comment'))} read.{again}")


def _teller() -> Callable[[str], None]:
    """Tells on a terminal what is being done; nothing where the output goes to a file."""
    if not sys.stderr.isatty():
        return lambda _: None
    return lambda words: say(f"… {words}", err=True)


def _say(made: Report, pages: int, files: tuple[str, ...], folder: Path) -> None:
    from remit.words.sentences import count_words, sentence_case

    view = made.view
    say_if_sample(view.fictional)
    say(f"{view.title}.")
    say(
        f"{sentence_case(count_words(len(view.own.lines), 'metric'))}, "
        f"{count_words(len(view.own.exceptions), 'exception')}, "
        f"{count_words(len(view.members), 'member organisation')}, "
        f"{count_words(len(view.missing), 'figure')} missing or late."
    )
    say(view.balance.sentence)
    _say_comments(made)
    beside = [name for name in files if not name.endswith(".html")]
    say(f"Written to {folder}: {count_words(pages, 'page')}; {', '.join(beside)}.")
    if pages:
        say(f"Open {folder / 'index.html'}, or run: remit site serve {folder}")
