"""Who took a practice up and when, as a table of a user's own; and figures set beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from remit.model.errors import PracticeError
from remit.model.observation import Rejection
from remit.model.period import parse_period
from remit.practice.deviants.outcomes import Outcomes
from remit.practice.since import since_written
from remit.practice.spread.panel import NEVER, SpreadPanel
from remit.practice.tables import is_not_given, organisation_code, read_table
from remit.words.nearest import did_you_mean
from remit.words.sentences import count_words, listed

_ADOPTED = ("adopted", "since", "date", "from")
_NEVER_SAID = frozenset({"never", "no", "not adopted"})


@dataclass(frozen=True)
class Adoptions:
    """From which day organisations have a practice; None: it is said that they never took it up."""

    since: dict[str, date | None]
    rejections: tuple[Rejection, ...]
    source: str


def read_adoptions(path: Path, practice: str | None = None) -> Adoptions:
    """Read a table with ``code, adopted`` (a day or a period; blank or `never`: not adopted).

    Parameters
    ----------
    path
        CSV or a workbook, columns in any order; `since` will do for `adopted`.
    practice
        Of a table with a column ``practice``: which of them.

    Raises
    ------
    PracticeError
        If a column is missing, no row can be used, or it holds several practices and none is named.

    Examples
    --------
    >>> read_adoptions(Path("adoption.csv")).since  # doctest: +SKIP
    {'ZA1': datetime.date(2024, 4, 1), 'ZA2': None}
    """
    table = read_table(path, ("code", "adopted", "practice"))
    code_at = table.needed(("code", "org_code"), "organisations")
    since_at = table.needed(_ADOPTED, "when each adopted")
    rows = _of_one_practice(path, table.rows, table.place(("practice",)), practice)
    since: dict[str, date | None] = {}
    lines: dict[str, int] = {}
    rejected: list[Rejection] = []
    for line, cells in rows:
        code = "" if isinstance(cells, str) else organisation_code(_cell(cells, code_at))
        text = "" if isinstance(cells, str) else _cell(cells, since_at)
        never = is_not_given(text) or text.casefold() in _NEVER_SAID
        read = None if never else _day(text)
        day = read if isinstance(read, date) else None
        why = (
            cells if isinstance(cells, str)
            else "the cell is blank" if not code
            else str(read) if isinstance(read, ValueError)
            else f"it stands on line {lines[code]} with another day"
            if code in since and since[code] != day
            else None
        )  # fmt: skip
        if why is not None:
            rejected.append(Rejection(table.file, line, "adopted" if code else "code", text, why))
            continue
        since[code] = day
        lines.setdefault(code, line)
    if not any(since.values()):
        raise PracticeError(f"{path}: no row says when an organisation adopted")
    return Adoptions(since, tuple(rejected), path.name)


def _cell(cells: Sequence[str], at: int) -> str:
    return cells[at].strip() if at < len(cells) else ""


def _day(text: str) -> date | ValueError:
    try:
        return since_written(text).start
    except ValueError as error:
        return error


def _of_one_practice(
    path: Path,
    rows: Sequence[tuple[int, tuple[str, ...] | str]],
    at: int | None,
    practice: str | None,
) -> list[tuple[int, tuple[str, ...] | str]]:
    if at is None:
        if practice is not None:
            raise PracticeError(f"{path}: there is no column practice to find {practice!r} in")
        return list(rows)
    names = dict.fromkeys(_cell(cells, at) for _, cells in rows if not isinstance(cells, str))
    if practice is None and len(names) > 1:
        raise PracticeError(
            f"{path}: it holds {count_words(len(names), 'practice')}: name one by --practice, "
            f"such as {listed(list(names)[:3], 'or')}"
        )
    if practice is not None and practice not in names:
        raise PracticeError(f"{path}: no practice {practice!r}.{did_you_mean(practice, names)}")
    wanted = practice if practice is not None else next(iter(names), "")
    return [row for row in rows if isinstance(row[1], str) or _cell(row[1], at) == wanted]


def panel_of(outcomes: Outcomes, metric: str, adoptions: Adoptions) -> SpreadPanel:
    """Figures of one metric beside adoption; whoever the table does not name never adopted.

    The period into which the day of adoption falls is the first with the practice. Adoption after
    the last figure is none yet.

    Parameters
    ----------
    outcomes
        Figures, as :func:`remit.practice.deviants.outcomes.read_outcomes` reads them.
    metric
        Which of its metrics.
    adoptions
        Who adopted when.

    Raises
    ------
    PracticeError
        If there is no such metric, or its periods are not months, quarters or years.
    """
    rows = [one for one in outcomes.figures if one.metric == metric]
    if not rows:
        known = dict.fromkeys(one.metric for one in outcomes.figures)
        raise PracticeError(
            f"{outcomes.source}: no metric {metric!r}; it has {listed(list(known)[:5])}."
            f"{did_you_mean(metric, known)}"
        )
    codes = tuple(sorted({one.code for one in rows}))
    spans = {one.period: parse_period(one.period) for one in rows}
    dated = {label: span for label, span in spans.items() if span is not None}
    months = {_months(span.start, span.end) for span in dated.values()}
    if len(dated) < len(spans) or len(months) != 1:
        odd = next((label for label in spans if label not in dated), "of several lengths")
        raise PracticeError(
            f"{outcomes.source}: {metric}: periods must be months, quarters or financial years, "
            f"all of one length; found {odd!r}"
        )
    (length,) = months
    starts = {label: span.start.year * 12 + span.start.month for label, span in dated.items()}
    first = min(starts.values())
    places = {label: (start - first) // length for label, start in starts.items()}
    values = np.full((len(codes), max(places.values()) + 1), np.nan)
    at = {code: row for row, code in enumerate(codes)}
    for one in rows:
        values[at[one.code], places[one.period]] = one.value
    labels = {place: label for label, place in places.items()}
    adopted = [_column(adoptions.since.get(code), first, length, values.shape[1]) for code in codes]
    periods = tuple(labels.get(place, "no figure") for place in range(values.shape[1]))
    return SpreadPanel(codes, periods, values, np.array(adopted), length)


def _months(start: date, end: date) -> int:
    return (end.year - start.year) * 12 + end.month - start.month + 1


def _column(since: date | None, first: int, length: int, count: int) -> int:
    if since is None:
        return NEVER
    place = (since.year * 12 + since.month - first) // length
    return NEVER if place >= count else max(place, 0)
