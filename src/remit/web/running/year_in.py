"""The folder of an assessment comes into an instance: all of it, or nothing of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from remit.model.errors import AnnualError
from remit.records.audit import SYSTEM, Event, at_once, change, create, remove
from remit.web.desk.year.kept import as_kept, digest_of, digests_of, mark_of_files
from remit.web.people.asking import today
from remit.web.running.year_folder import YearRejected
from remit.web.running.year_out import files_now
from remit.web.running.year_rows import Fields, YearRead, read_year
from remit.web.signing_in.groups import check_organisation


@dataclass(frozen=True, slots=True)
class YearTaken:
    """What came of bringing a folder in."""

    owner: str
    year: str
    mark: str
    """Of the state of the instance then."""
    files: int
    findings: int
    replies: int
    letters: int
    written: int
    """Rows that were added, changed or taken away."""
    rejected: tuple[YearRejected, ...]
    clashes: tuple[str, ...] = ()
    """What was changed here as well, or differs; with one nothing is kept."""


def bring_in(
    folder: Path, *, organisation: str = "", since: str = "", dry_run: bool = False
) -> YearTaken:
    """Bring the folder of an assessment into an instance, or say why it is left as it was.

    The same folder again changes nothing. One that differs from what is kept is taken only if it
    began from what is kept now (``since``): what another brought in meanwhile is never overwritten.

    Parameters
    ----------
    folder
        As ``remit annual`` keeps it.
    organisation
        Who writes it; its region where that is blank.
    since
        The mark of the state from which the folder began, as import and export say it.
    dry_run
        Only say what would come of it.

    Raises
    ------
    AnnualError
        If the folder cannot be read, or the mark is that of no state.
    InstanceError
        If who writes it is not on the register.

    Examples
    --------
    >>> bring_in(Path("demo/annual/now")).findings  # doctest: +SKIP
    10
    """
    from remit.records.year.models import YearAssessment

    read = read_year(folder, organisation, today())
    check_organisation(read.owner, "--organisation" if organisation else f"{folder}, region")
    digests = digests_of(read.files)
    # Others who write wait from here on, so that of two first imports the second finds the first.
    with at_once():
        found = YearAssessment.objects.filter(organisation=read.owner, year=read.year).first()
        clashes = _clashes(found, digests, since) if found else []
        sync = _Sync(read, found, folder.name)
        if not clashes:
            sync.all()
            clashes = sync.clashes
        if clashes or dry_run:
            transaction.set_rollback(True)
    mark = found.mark if found and clashes else mark_of_files(digests)
    return YearTaken(
        read.owner, read.year, mark, len(read.files), len(read.findings), len(read.replies),
        len(read.letters), 0 if clashes else sync.written, read.rejected, tuple(clashes),
    )  # fmt: skip


def _clashes(found: Any, digests: Mapping[str, str], since: str) -> list[str]:
    """The files that differ where the folder did not begin from what is kept now."""
    kept = {one.path: one.digest for one in found.files.all()}
    if digests == kept or digests == digests_of(files_now(found)):
        return []
    if since == found.mark:
        return []
    state = found.states.filter(mark=since).first() if since else None
    if since and state is None:
        raise AnnualError(f"--since {since}: no state of this assessment has that mark; the one "
                          f"that is kept now has {found.mark}")  # fmt: skip
    before = json.loads(state.digests) if state else {}
    return [
        f"{path}: {_how(path, digests, kept, before, known=state is not None)}"
        for path in sorted({*digests, *kept})
        if digests.get(path) != kept.get(path)
    ]


def _how(
    path: str,
    there: Mapping[str, str],
    here: Mapping[str, str],
    before: Mapping[str, str],
    *,
    known: bool,
) -> str:
    if not known:
        if path not in there:
            return "it is kept here and not in the folder"
        return "it differs" if path in here else "it is in the folder and not here"
    is_here, is_there = (one.get(path) != before.get(path) for one in (here, there))
    if is_here and is_there:
        return "it was changed here and in the folder"
    return "it was changed here" if is_here else "it was changed in the folder"


class _Sync:
    """Brings the rows of an assessment to what stands in its folder, each with its entry."""

    def __init__(self, read: YearRead, found: Any, name: str) -> None:
        self._read, self._found = read, found
        self._event = Event(SYSTEM, read.owner, "import", why=f"the folder {name}")
        self.clashes: list[str] = []
        self.written = 0

    def all(self) -> None:
        """Everything; clashes are told."""
        self._assessment()
        self._files()
        signed = {
            one.organisation: one for one in self._found.letters.all() if one.is_signed
        }  # fmt: skip
        self._findings(signed)
        self._letters(signed)
        if not self.clashes:
            self._replies()

    def _assessment(self) -> None:
        from remit.records.year.models import YearAssessment, YearState

        digests = digests_of(self._read.files)
        told = {"year_name": self._read.year_name, "is_fictional": self._read.is_fictional,
                "mark": mark_of_files(digests)}  # fmt: skip
        is_new = self._found is None
        if is_new:
            self._found = self._create(
                YearAssessment, organisation=self._read.owner, year=self._read.year,
                brought_at=timezone.now(), **told,
            )  # fmt: skip
        elif self._found.mark != told["mark"]:
            self._change(self._found, brought_at=timezone.now(), **told)
        if not self._found.states.filter(mark=told["mark"]).exists():
            self._create(YearState, assessment=self._found, mark=told["mark"],
                         digests=json.dumps(digests))  # fmt: skip

    def _files(self) -> None:
        from remit.records.year.models import YearFile

        there = {one.path: one for one in self._found.files.all()}
        for path, content in self._read.files.items():
            text, is_text = as_kept(content)
            told = {"content": text, "is_text": is_text, "digest": digest_of(content)}
            if path not in there:
                self._create(YearFile, assessment=self._found, path=path, **told)
            elif there[path].digest != told["digest"]:
                self._change(there[path], **told)
        for path in sorted(set(there) - set(self._read.files)):
            self._remove(there[path])

    def _findings(self, signed: Mapping[str, Any]) -> None:
        from remit.records.year.models import YearFinding

        there = {one.name: one for one in self._found.findings.all()}
        for name, fields in self._read.findings.items():
            one = there.get(name)
            if one is not None and one.digest == fields["digest"]:
                # Where it stands in its file is no change of what it says.
                self._change(one, **{key: fields[key] for key in _BESIDE})
            elif letter := signed.get(fields["organisation"]):
                self._settled(name, letter)
            elif one is None:
                self._create(YearFinding, assessment=self._found, **fields)
            else:
                self._change(one, **fields)
        for name in sorted(set(there) - set(self._read.findings)):
            self._gone(there[name], signed)

    def _gone(self, one: Any, signed: Mapping[str, Any]) -> None:
        """Take a finding away, unless something hangs on it that the folder does not hold."""
        if letter := signed.get(one.organisation):
            self._settled(one.name, letter)
        elif one.checks.exists() or one.ties.exists() or one.replies.filter(place="").exists():
            self.clashes.append(
                f"finding {one.name}: the folder no longer has it, and here something was said of "
                "it or an action answers it"
            )
        else:
            self._remove(one)

    def _settled(self, what: str, letter: Any) -> None:
        self.clashes.append(
            f"{what}: the letter to {letter.organisation} was signed on {letter.signed_on}, and "
            "what was signed is not changed"
        )

    def _letters(self, signed: Mapping[str, Any]) -> None:
        from remit.records.year.models import YearLetter

        there = {one.organisation: one for one in self._found.letters.all()}
        for code, fields in self._read.letters.items():
            if code not in there:
                self._create(YearLetter, assessment=self._found, **fields)
            elif any(getattr(there[code], key) != value for key, value in fields.items()):
                if code in signed:
                    self._settled(f"letter to {code}", signed[code])
                else:
                    self._change(there[code], **fields)
        for code in sorted(set(there) - set(self._read.letters)):
            if code in signed:
                self._settled(f"letter to {code}", signed[code])
            else:
                self._remove(there[code])

    def _replies(self) -> None:
        from remit.records.year.models import YearReply

        findings = {one.name: one for one in self._found.findings.all()}
        rows = YearReply.objects.filter(finding__assessment=self._found)
        there = {_key(one.finding.name, one.said_on, one.says): one
                 for one in rows.select_related("finding")}  # fmt: skip
        for fields in self._read.replies:
            key = _key(fields["finding"], fields["said_on"], fields["says"])
            one = there.pop(key, None)
            about = findings[fields["finding"]]
            told = {"file_outcome": fields["outcome"], "file_reason": fields["reason"]}
            if one is None:
                self._create(YearReply, **{**fields, **told, "finding": about})
            else:
                self._merged(one, fields, told)
        for one in there.values():
            if not one.place:
                continue  # said here, and not yet in the folder
            if (one.outcome, one.reason) != (one.file_outcome, one.file_reason):
                self.clashes.append(f"reply on {one.finding.name}: it was answered here, and the "
                                    "folder no longer has it")  # fmt: skip
            else:
                self._remove(one)

    def _merged(self, one: Any, fields: Fields, told: Fields) -> None:
        """Of what came of a reply, here and there, whichever changed since it was last read."""
        before = (one.file_outcome or "open", one.file_reason)
        here, there = (one.outcome, one.reason), (fields["outcome"], fields["reason"])
        if len({before, here, there}) == _ALL_DIFFER:
            self.clashes.append(
                f"reply on {one.finding.name}: it is {here[0]} here and {there[0]} in the folder"
            )
            return
        outcome, reason = there if there != before else here
        self._change(one, outcome=outcome, reason=reason, place=fields["place"], **told)

    def _create(self, kind: Any, **fields: Any) -> Any:
        self.written += 1
        return create(self._event, kind, **fields)

    def _change(self, row: Any, **fields: Any) -> None:
        differs = {name: new for name, new in fields.items() if getattr(row, name) != new}
        if differs:
            self.written += 1
            change(self._event, row, **differs)

    def _remove(self, row: Any) -> None:
        self.written += 1
        remove(self._event, row)


_ALL_DIFFER = 3
_BESIDE = ("place", "number", "is_shown", "shown_on")


def _key(finding: str, said_on: str, says: str) -> tuple[str, str, str]:
    return finding, said_on, " ".join(says.split())
