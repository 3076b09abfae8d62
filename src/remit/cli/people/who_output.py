"""How the answers of ``remit who`` are written: as text, CSV or JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from remit.cli.output import give, give_json, say, say_if_sample
from remit.files.delimited import records_csv
from remit.words.sentences import listed, sentence_case

if TYPE_CHECKING:
    from datetime import date

    from remit.remits import (
        Answer,
        Change,
        Gap,
        Holding,
        Leader,
        Overlap,
        RemitMap,
        SubjectOf,
        Understood,
    )

Row = Mapping[str, Any]


def print_records(rows: Sequence[Row], output: str, columns: Sequence[str] = ()) -> None:
    """Rows as a table, as CSV, or as JSON; CSV has its header also without rows."""
    if output == "json":
        give_json(list(rows))
    elif output == "csv":
        give(records_csv(rows, list(rows[0]) if rows else list(columns)))
    else:
        from remit.cli.tables import show_records

        show_records(rows, lines=True)


def print_meant(meant: Understood | None, output: str) -> None:
    """What was understood, where that was not asked for by its name; before all that is said."""
    if meant is None or not meant.says:
        return
    if output == "text":
        _print_wrapped(meant.says, 0)
    else:
        say(f"remit: {meant.says}", err=True)


def print_answer(remit_map: RemitMap, answer: Answer, output: str, meant: Understood) -> None:
    """Who holds which remit, with basis, source and what is documented of overlaps and gaps.

    Parameters
    ----------
    remit_map, answer
        The map, and what it says.
    output
        ``text``, ``csv`` or ``json``.
    meant
        The words of the question, and how they were understood.

    Examples
    --------
    ``print_answer(remit_map, answer, "text", remit_map.understood("finance"))``
    """
    print_meant(meant, output)
    if output != "text":
        every = (*answer.holdings, *answer.ended)
        print_records([{"asked": meant.asked} | holding_row(one) for one in every], output)
        print_notes(answer, output)
        return
    from remit.remits import gaps, leader, overlaps, unsure_words

    say(f"{answer.function.name}: {answer.subject.label}, {answer.on}")
    _fictional(answer.subject)
    for relation, held in groupby(answer.holdings, key=lambda one: one.entry.relation):
        say(sentence_case(relation.words))
        for one in held:
            _print_holding(one)
    if not answer.holdings:
        say("The map names nobody.")
    if unsure := unsure_words([one.entry for one in answer.holdings if not one.local]):
        say(unsure)
    found = leader(answer)
    say(f"Lead: {_lead_said(found)} ({found.says}).")
    for overlap in overlaps(remit_map, [answer]):
        for evidence in overlap.evidence:
            said = f"{evidence.says} ({evidence.source})."
            _print_wrapped(f"Overlap, {overlap.names}: {said}", 0)
    for gap in gaps(remit_map, [answer]):
        if gap.kind == "unclear":
            _print_wrapped(f"Unclear: {gap.says} ({gap.evidence[0].source}).", 0)
    for one in answer.ended:
        say(f"Not shown: {one.body.name} {one.entry.relation.words}; {one.note}.")
    for duty in answer.duties:
        _print_wrapped(f"{duty.name}: {duty.says}", 0)
        for exception in duty.exceptions:
            _print_wrapped(f"Leaves out: {exception}", 2)
    print_notes(answer, output)


def _lead_said(found: Leader) -> str:
    """Who leads; “itself” of an organisation that leads on its own work, and nobody else does."""
    if found.holding is not None:
        return found.holding.who
    return "itself" if found.itself else "none"


def print_overview(answers: Sequence[Answer], output: str) -> None:
    """Who leads on each function, who else oversees."""
    from remit.remits import leader

    rows = []
    for answer in answers:
        found = leader(answer)
        lead = found.holding.body.id if found.holding else ""
        others = [one for one in found.candidates if one.body.id != lead]
        rows.append(
            {
                "function": answer.function.name,
                "part_of": answer.function.part_of or "",
                "lead": "" if found.is_nobody else _lead_said(found),
                "because": found.says,
                "verified": bool(found.holding and not found.holding.mark),
                "also_oversee": "; ".join(dict.fromkeys(one.body.short for one in others)),
            }
        )
    if output == "text":
        say(f"Who leads: {answers[0].subject.label}, {answers[0].on}")
        _fictional(answers[0].subject)
        rows = [{k: _plain(v) for k, v in _indented(row).items()} for row in rows]
    print_records(rows, output)
    print_notes(answers[0], output)


def _indented(row: Row) -> Row:
    """A row of the text, with a function of its own indented beneath the wider one."""
    words = f"– {row['function']}" if row["part_of"] else row["function"]
    return {"function": words, **{k: v for k, v in row.items() if k not in ("function", "part_of")}}


def print_changes(before: Answer, after: Answer, changes: Sequence[Change], output: str) -> None:
    """What changed between two days."""
    from remit.remits import neighbours_changed

    rows = [_change_row(one) for one in changes]
    if output == "text":
        say(f"From {before.on} to {after.on}: {after.subject.label}, {len(changes)} changes")
        moved = neighbours_changed(before.subject, after.subject)
        for note in dict.fromkeys((*moved, *before.notes, *after.notes)):
            say(note)
        wanted = ("function", "change", "body", "what", "verified")
        rows = [{key: _plain(row[key]) for key in wanted} for row in rows]
    print_records(rows, output, ("function", "change", "body", "what", "verified"))


def print_overlaps(
    subject: SubjectOf, on: date, found: Sequence[Overlap], left_out: int, output: str
) -> None:
    """Pairs of bodies that oversee the same."""
    columns = ("function", "first", "second", "others", "by_law", "evidence", "source", "verified")
    rows = [_overlap_row(one) for one in found]
    if output != "text":
        print_records(rows, output, columns)
        return
    say(f"Overlaps: {subject.label}, {on}")
    for one, row in zip(found, rows, strict=True):
        law = " [all by law]" if one.by_law else ""
        told = "; ".join(_who_and_how(held) for held in one.holdings)
        _print_wrapped(f"{row['function']}: {told}{law}", 2)
        for evidence in one.evidence:
            _print_wrapped(f"{evidence.says}. Source: {evidence.source}.", 4)
    if not found:
        say("None that somebody documented." if left_out else "None.")
    if left_out:
        say(f"{left_out} more follow from the map alone; --all shows them.")


def print_gaps(answers: Sequence[Answer], found: Sequence[Gap], output: str) -> None:
    """Functions that nobody clearly holds, and on how many nobody leads."""
    kinds = {"nobody": "nobody", "unclear": "unclear owner", "no_lead": "no lead"}
    rows = [
        {
            "function": gap.function.name,
            "kind": kinds[gap.kind],
            "says": gap.says,
            "source": gap.evidence[0].source if gap.evidence else "",
        }
        for gap in found
    ]
    if output != "text":
        print_records(rows, output, ("function", "kind", "says", "source"))
        return
    say(f"Gaps: {answers[0].subject.label}, {answers[0].on}")
    for row in rows:
        source = f" Source: {row['source']}." if row["source"] else ""
        _print_wrapped(f"{row['function']} ({row['kind']}): {row['says']}.{source}", 2)
    if not rows:
        say("None.")
    from remit.remits import without_lead

    led = without_lead(answers)
    named = f": {listed([one.name for one in led])}" if led else ""
    _print_wrapped(f"Nobody leads on {len(led)} of {len(answers)} functions{named}.", 0)


def print_notes(answer: Answer, output: str) -> None:
    """What a reader should know of the map on the day; beside CSV and JSON as an error line."""
    for note in answer.notes:
        if output == "text":
            _print_wrapped(note, 0)
        else:
            say(f"remit: {note}", err=True)


def holding_row(one: Holding) -> dict[str, Any]:
    """One remit with everything that is known of it, for CSV and JSON."""
    entry = one.entry
    return {
        "function": one.function.id,
        "body": one.body.id,
        "body_name": one.body.name,
        "org_code": one.named.code if one.named else None,
        "org_name": one.named.name if one.named else None,
        "relation": entry.relation.value,
        "leads": one.leads,
        "statutory": entry.statutory,
        "status": entry.status.value,
        "says": entry.says,
        "valid_from": entry.valid_from.isoformat(),
        "valid_to": entry.valid_to.isoformat() if entry.valid_to else None,
        "date_note": entry.date_note,
        "legal_basis": entry.legal_basis,
        "legal_basis_verified": entry.legal_basis_verified,
        "source": one.source.title if one.source else "",
        "source_url": one.source.url if one.source else "",
        "verified": entry.verified,
        "verdict": entry.verdict.value,
        "not_seen": entry.not_seen,
        "seen": one.source.seen if one.source else "",
        "checked": _iso(one.source.checked if one.source else entry.searched),
        "licence": one.source.licence.words if one.source else "",
        "local": one.local,
        "note": one.note,
        "entry": entry.id,
    }


def _print_holding(one: Holding) -> None:
    """A body with its marks, what it does, and on what basis, each on a line of its own."""
    entry = one.entry
    here = f": {one.named.code} {one.named.name}" if one.named else ""
    plain = ("leads" if one.leads else "", "by law" if entry.statutory else "")
    marks = ", ".join(filter(None, (*plain, one.mark, one.only)))
    marked = f" [{marks}]" if marks else ""
    _print_wrapped(f"{one.body.name}{here}{marked}", 2)
    until = f" to {entry.valid_to}" if entry.valid_to else ""
    note = f" {sentence_case(one.note)}." if one.note else ""
    dated = f" ({entry.date_note})" if entry.date_note else ""
    _print_wrapped(f"{entry.says}, from {entry.valid_from}{until}{dated}.{note}", 4)
    checked = "" if entry.legal_basis_verified else " (not verified)"
    basis = f"Basis: {entry.legal_basis}{checked}. " if entry.legal_basis else ""
    if told := f"{basis}{_source_words(one)}".strip():
        _print_wrapped(told, 4)
    if entry.not_seen:
        _print_wrapped(f"Not seen there: {entry.not_seen}.", 4)


def _source_words(one: Holding) -> str:
    """Where a remit stands, or that a source was looked for in vain."""
    if one.local or one.source:
        return f"Source: {one.local or (one.source.title if one.source else '')}."
    return f"No source found ({one.entry.searched})." if one.entry.searched else ""


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _print_wrapped(words: str, indent: int) -> None:
    from shutil import get_terminal_size
    from textwrap import fill

    width = min(get_terminal_size().columns, 100)
    blank = " " * indent
    say(fill(words, width, initial_indent=blank, subsequent_indent=blank))


def _change_row(one: Change) -> dict[str, Any]:
    last = one.after or one.before
    return {
        "function": one.function.name,
        "change": one.kind,
        "body": one.body.short if one.body else "",
        "what": one.says,
        "verified": bool(last and last.entry.verified),
        "before": one.before.entry.id if one.before else None,
        "after": one.after.entry.id if one.after else None,
    }


def _overlap_row(one: Overlap) -> dict[str, Any]:
    return {
        "function": one.function.name,
        "first": _who_and_how(one.first),
        "second": _who_and_how(one.second),
        "others": "; ".join(_who_and_how(held) for held in one.others),
        "by_law": one.by_law,
        "evidence": " / ".join(evidence.says for evidence in one.evidence),
        "source": " / ".join(evidence.source for evidence in one.evidence),
        "verified": bool(one.evidence) and all(evidence.verified for evidence in one.evidence),
    }


def _who_and_how(one: Holding) -> str:
    name = f"{one.named.code} {one.named.name}" if one.named else one.body.name
    return f"{name} {one.entry.relation.words}"


def _fictional(subject: SubjectOf) -> None:
    say_if_sample(subject.fictional, "this organisation is")


def _plain(value: Any) -> Any:
    return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value
