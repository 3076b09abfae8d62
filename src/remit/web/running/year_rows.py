"""What stands in the folder of an assessment, as the rows that an instance keeps of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

from remit.annual.checks import check_assessment
from remit.annual.folder import HEAD, AnnualFolder, read_assessment
from remit.annual.letter import AnnualLetter, letter_text, letters_of
from remit.annual.personal import without_people
from remit.annual.standing import title_of
from remit.model.errors import AnnualError
from remit.pages.annual.annual_view import FindingView, finding_views
from remit.register.load import load_register
from remit.web.access.relations import sight
from remit.web.running.year_folder import YearFolder, YearRejected, read_folder

Fields = dict[str, Any]


@dataclass(frozen=True, slots=True)
class YearRead:
    """A folder as it was read: its files, what stands in them, and what of that is not taken."""

    owner: str
    year: str
    year_name: str
    is_fictional: bool
    files: Mapping[str, bytes]
    findings: Mapping[str, Fields]
    replies: Sequence[Fields]
    letters: Mapping[str, Fields]
    rejected: tuple[YearRejected, ...]


def read_year(folder: Path, organisation: str, today: date) -> YearRead:
    """Read the folder of an assessment; names of people are struck from all but its own files.

    Parameters
    ----------
    folder
        As ``remit annual new`` writes it, filled in.
    organisation
        Who writes it; its region where that is blank.
    today
        The day on which whoever writes it must have a part at whom it is about, or had at the end
        of the year.

    Raises
    ------
    AnnualError
        If it cannot be read, names nobody who writes it, or changed meanwhile.
    DeclarationError
        With file, line and remedy of each fault.

    Examples
    --------
    >>> len(read_year(Path("demo/annual/now"), "", date(2026, 4, 1)).findings)  # doctest: +SKIP
    10
    """
    taken = read_folder(folder)
    read = read_assessment(folder)
    _check_own_files(read, taken)
    owner = organisation or read.head.region
    if not owner:
        raise AnnualError(
            f"{folder / HEAD}: it names no region; say who writes the assessment with "
            "--organisation CODE"
        )
    faults = check_assessment(read)
    if read_folder(folder) != taken:
        raise AnnualError(f"{folder}: it was changed while it was read; do it again")
    struck = without_people(read)
    unseen = {code: why for code in read.icbs if (why := _why_not(owner, code, read, today))}
    letters = letters_of(struck.folder, read.icbs, struck.faults(faults))
    findings = {
        name: fields for code in read.icbs for name, fields in _findings(struck.folder, code, owner)
    }
    refused = [
        YearRejected(fields["place"], f"{name}: {unseen[fields['organisation']]}")
        for name, fields in findings.items()
        if fields["organisation"] in unseen
    ]
    kept = {name: one for name, one in findings.items() if one["organisation"] not in unseen}
    replies, lost = _replies(struck.folder, kept)
    return YearRead(
        owner, read.year.id, read.year.name, read.head.fictional, taken.files, kept, replies,
        {one.code: _letter(struck.folder, one, owner) for one in letters if one.code not in unseen},
        (*taken.rejected, *refused, *lost),
    )  # fmt: skip


def _check_own_files(read: AnnualFolder, taken: YearFolder) -> None:
    """A year or ladder of one's own lies in the folder: else it would not come along."""
    for key in ("year", "ladder"):
        name = getattr(read.head, key)
        if not name.endswith((".yaml", ".yml")):
            continue
        if PurePosixPath(name).as_posix() not in taken.files or ".." in PurePosixPath(name).parts:
            raise AnnualError(f"{read.path / HEAD}, {key}: {name} does not lie in the folder, so "
                              "it would not come along; put it there")  # fmt: skip


def _why_not(owner: str, code: str, read: AnnualFolder, today: date) -> str:
    """Why an assessment of an organisation is not taken from its writer; blank if it is."""
    if load_register().find(code) is None:
        return f"the register has no organisation {code}"
    seen = sight(owner, code, today)
    if seen.allowed or sight(owner, code, read.year.ends).allowed:
        return ""
    return f"{owner} has no part at {code}: {seen.because}"


def _findings(folder: AnnualFolder, code: str, owner: str) -> list[tuple[str, Fields]]:
    shown_on = folder.icbs[code].shown_on
    is_shown = bool(shown_on or any(one.record.icb == code for one in folder.replies))
    places = {name: number for number, name in enumerate(folder.findings, 1)}
    found = []
    for view in finding_views(folder, code):
        name = view.finding.id
        told = _told(folder, view)
        found.append((name, {
            "finding_id": f"{owner}-{folder.year.id}-{name}", "organisation": code,
            "owner": owner, "name": name, "year_name": folder.year.name,
            **told, "place": folder.findings[name].where, "number": places[name],
            "is_shown": is_shown, "shown_on": shown_on,
            "digest": hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest(),
        }))  # fmt: skip
    return found


def _told(folder: AnnualFolder, view: FindingView) -> Fields:
    """What a finding says, and what it rests on."""
    one = view.finding
    evidence = [{**asdict(line), "place": folder.evidence[line.id].where} for line in view.evidence]
    return {
        "heading": view.heading,
        "duties": view.duties,
        "statement": one.statement,
        "direction": one.direction,
        "phrase": one.phrase,
        "counter_answer": one.counter_answer,
        "dissent": one.dissent,
        "evidence": json.dumps(evidence, ensure_ascii=False),
    }


def _replies(
    folder: AnnualFolder, findings: Mapping[str, Fields]
) -> tuple[list[Fields], list[YearRejected]]:
    """The replies on findings that are taken, and the others."""
    kept, lost = [], []
    for placed in folder.replies:
        one = placed.record
        about = findings.get(one.finding)
        if about is None or about["organisation"] != one.icb:
            said = f"no finding {one.finding} about {one.icb} was taken, so no reply on it"
            lost.append(YearRejected(placed.where, said))
            continue
        kept.append({
            "finding": one.finding, "said_on": one.on, "says": one.says, "outcome": one.outcome,
            "reason": one.reason, "place": placed.where,
        })  # fmt: skip
    return kept, lost


def _letter(folder: AnnualFolder, letter: AnnualLetter, owner: str) -> Fields:
    faults = [
        {"kind": one.kind, "finding": one.finding, "where": one.where, "message": one.message}
        for one in letter.faults
    ]
    return {
        "letter_id": f"{owner}-{folder.year.id}-{letter.code}",
        "organisation": letter.code,
        "owner": owner,
        "title": title_of(folder, letter.code),
        "text": letter_text(letter),
        "faults": json.dumps(faults, ensure_ascii=False),
        "is_first": letter.is_first,
    }
