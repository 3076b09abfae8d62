"""An assessment goes out of an instance as the folder that it came in as, replies added."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from remit.annual.folder import read_assessment
from remit.annual.rows import key_of
from remit.files.delimited import csv_text, unmarked
from remit.files.outputs import fresh_folder
from remit.files.reading import in_words
from remit.files.records import SEPARATORS
from remit.files.whole import write_whole
from remit.model.errors import AnnualError
from remit.web.desk.year.kept import files_of, laid_out

REPLIES = "replies.csv"
_COLUMNS = ("finding", "icb", "on", "says", "outcome", "reason")


@dataclass(frozen=True, slots=True)
class YearWritten:
    """What was written of an assessment, and what has no place in its folder."""

    owner: str
    year: str
    mark: str
    files: int
    replies: int
    """Said or answered here, and written to the folder."""
    left: dict[str, int]
    """What stays in the instance alone → how many."""


def write_out(year: str, out: Path, organisation: str = "") -> YearWritten:
    """Write the folder of an assessment anew.

    Parameters
    ----------
    year
        Its identifier, such as ``2024-25``.
    out
        A new folder.
    organisation
        Who writes the assessment; may be blank where only one has an assessment of that year.

    Raises
    ------
    AnnualError
        If there is no such assessment, or the folder is there already or cannot be written.

    Examples
    --------
    >>> write_out("2024-25", Path("north")).files  # doctest: +SKIP
    6
    """
    if out.exists() or out.is_symlink():
        raise AnnualError(f"{out}: this is there already; name a new folder")
    found = _assessment(year.strip().replace("/", "-"), organisation)
    files = files_now(found)
    try:
        with fresh_folder(out.absolute()) as fresh:
            for path, content in files.items():
                write_whole(fresh / path, content)
    except OSError as fault:
        raise AnnualError(f"{out}: it cannot be written: {in_words(fault)}") from None
    from remit.records.year.models import YearCheck, YearTie

    left = {
        "check of facts": YearCheck.objects.filter(finding__assessment=found).count(),
        "tied action": YearTie.objects.filter(finding__assessment=found).count(),
        "signature": found.letters.filter(is_signed=True).count(),
    }
    return YearWritten(
        found.organisation, found.year, found.mark, len(files), len(_said_here(found)), left
    )


def _assessment(year: str, organisation: str) -> Any:
    from remit.records.year.models import YearAssessment

    rows = list(YearAssessment.objects.order_by("organisation", "year"))
    wanted = [
        one for one in rows if one.year == year and organisation in {"", one.organisation}
    ]  # fmt: skip
    if len(wanted) == 1:
        return wanted[0]
    there = ", ".join(f"{one.organisation} {one.year}" for one in rows) or "none"
    why = "name one with --organisation" if wanted else "there is none such"
    raise AnnualError(f"{year}: {why}; assessments here: {there}")


def files_now(assessment: Any) -> dict[str, bytes]:
    """The files of an assessment, with the replies that were said or answered here.

    Parameters
    ----------
    assessment
        The record.
    """
    files = files_of(assessment)
    said = _said_here(assessment)
    if said:
        old = files.get(REPLIES, b"").decode("utf-8-sig")
        files[REPLIES] = _with_replies(old, said, _names(assessment, said)).encode()
    return files


def _said_here(assessment: Any) -> list[Any]:
    """The replies that the folder has not, or has otherwise."""
    from remit.records.year.models import YearReply

    rows = YearReply.objects.filter(finding__assessment=assessment).select_related("finding")
    return [
        one
        for one in rows.order_by("pk")
        if not one.place or (one.outcome, one.reason) != (one.file_outcome, one.file_reason)
    ]


def _names(assessment: Any, said: Sequence[Any]) -> dict[str, str]:
    """Where a finding stands → what its file calls it, which is not struck there."""
    if not said:
        return {}
    with laid_out(files_of(assessment)) as place:
        found = read_assessment(place).findings.values()
    return {one.where: one.record.id for one in found}


def _with_replies(old: str, said: Sequence[Any], names: dict[str, str]) -> str:
    """The table of replies: rows that were answered here changed, those said here put behind."""
    head_line = old.partition("\n")[0]
    reader = csv.reader(
        io.StringIO(old, newline=""), delimiter=max(SEPARATORS, key=head_line.count)
    )
    lines, rows, before = list[int](), list[list[str]](), 0
    for row in reader:
        lines.append(before + 1)
        rows.append([unmarked(cell) for cell in row])
        before = reader.line_num
    head = rows[0] if rows else list(_COLUMNS)
    head += [name for name in _COLUMNS if name not in {key_of(one) for one in head}]
    columns, body = [key_of(one) for one in head], rows[1:]
    for row in body:
        row.extend([""] * (len(head) - len(row)))
    for one in said:
        told = {"finding": names.get(one.finding.place, one.finding.name),
                "icb": one.finding.organisation, "on": one.said_on, "says": one.says,
                "outcome": one.outcome, "reason": one.reason}  # fmt: skip
        if not one.place:
            body.append([told.get(name, "") for name in columns])
            continue
        file, _, line = one.place.partition(", line ")
        if file == REPLIES and int(line) in lines:
            row = rows[lines.index(int(line))]
            row[columns.index("outcome")], row[columns.index("reason")] = one.outcome, one.reason
    return csv_text(head, body)
