"""``remit who targets``: how many standards and goals bind an organisation, and who set them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any

from remit.cli.options import parse_day
from remit.cli.output import TextCsvOrJson, say, say_if_sample
from remit.cli.people.who_output import print_records
from remit.words.sentences import count_words, listed, sentence_case

if TYPE_CHECKING:
    from remit.remits import Addressee, Binding

_COLUMNS = (
    "kind", "metric", "metric_name", "asked", "binds", "only_where", "set_by", "valid_from", "by",
    "valid_to", "averaged_over", "verified", "source", "note", "target",
)  # fmt: skip


def print_targets(to: str, on: str | None, output: TextCsvOrJson) -> None:
    """Say what binds an organisation on a day: a count, then a list by who set it."""
    from remit.register import load_register
    from remit.remits import addressee, binding

    day = parse_day(on, "--on") or date.today()
    whom = addressee(load_register(), to, day)
    found = binding(whom, day)
    if output != "text":
        print_records([_row(one) for one in found], output, _COLUMNS)
        return
    say(f"Standards and goals: {whom.label}, {day}")
    say_if_sample(whom.fictional, "this organisation is")
    say(_counted(whom, found))
    sure = sorted((one for one in found if not one.only_where), key=_who_set)
    for who, theirs in groupby(sure, key=_who_set):
        say(f"Set by {who}")
        for one in theirs:
            say(f"  {_line(one)}")
    _print_conditional([one for one in found if one.only_where])
    say(_declared())


def _print_conditional(found: Sequence[Binding]) -> None:
    """What binds only who provides a service, by service."""
    for where, theirs in groupby(sorted(found, key=_where), key=_where):
        say(f"Only where it {where}")
        for one in theirs:
            say(f"  {_line(one)}")


def _where(one: Binding) -> str:
    return one.only_where


def _declared() -> str:
    """What the count leaves out."""
    from remit.catalogue import load_targets

    names = {name for one in load_targets() if one.framework is None for name in one.metrics}
    return (
        f"Counted is what Remit declares: standards and goals of {len(names)} metrics. What is "
        "asked in others is not known to it."
    )


def _who_set(one: Binding) -> str:
    return one.target.set_by


def _counted(whom: Addressee, found: Sequence[Binding]) -> str:
    """``3 standards and 4 goals bind it: 7 in all.``, and what else there is."""
    from remit.model.target import TargetKind
    from remit.remits import counted

    of = counted(found)
    both = listed([count_words(of[kind], kind.value, none="no") for kind in list(TargetKind)[:2]])
    whole = of[TargetKind.STANDARD] + of[TargetKind.GOAL]
    verb = "binds" if whole == 1 else "bind"
    it = "it" if whom.of_one_kind else "trusts of one kind or another"
    said = [f"{sentence_case(both)} {verb} {it}: {whole} in all."]
    if of[TargetKind.MARK]:
        said.append(f"A framework scores it by {count_words(of[TargetKind.MARK], 'mark')} besides.")
    if unsure := sum(bool(one.only_where) for one in found):
        more = "binds" if unsure == 1 else "bind"
        said.append(f"{unsure} more {more} it only where it provides the service.")
    if untold := sum(not one.target.verified for one in found):
        verb = "is" if untold == 1 else "are"
        said.append(f"{untold} of those listed {verb} not verified against a source.")
    return " ".join(said)


def _line(one: Binding) -> str:
    names = "; ".join(metric.name for metric in one.metrics)
    note = f". {one.target.note.rstrip('.')}" if one.target.note else ""
    return f"{sentence_case(one.target.called)}: {names}: {', '.join(_parts(one))}{note}"


def _parts(one: Binding) -> Iterator[str]:
    target = one.target
    mean = " as the mean of a year" if target.averaged_over == "year" else ""
    yield f"{_asked(one)}{mean}"
    if target.by:
        yield f"by {target.by}"
        if target.judged_from > (target.valid_from or target.judged_from):
            yield f"judged from {target.judged_from} on"
    yield f"for {one.bearers}"
    if not target.verified:
        yield "not verified"


def _asked(one: Binding) -> str:
    from remit.words.figures import with_unit

    words = one.target.words
    return words if one.target.improvement else with_unit(words, one.metrics[0].unit)


def _row(one: Binding) -> dict[str, Any]:
    target = one.target
    days = {"valid_from": target.valid_from, "by": target.by, "valid_to": target.last_day}
    return {
        "kind": target.kind.value,
        "metric": "; ".join(metric.id for metric in one.metrics),
        "metric_name": "; ".join(metric.name for metric in one.metrics),
        "asked": _asked(one),
        "binds": one.bearers,
        "only_where": one.only_where,
        "set_by": target.set_by,
        **{name: day.isoformat() if day else None for name, day in days.items()},
        "averaged_over": target.averaged_over,
        "verified": target.verified,
        "source": target.source,
        "note": target.note,
        "target": target.id,
    }
