"""Figures are the stored ones and lie in the year, in the evidence and in what is said of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import combinations

from remit.annual.amounts import (
    HeldNumber,
    SaidAmount,
    amount_of,
    amounts_in,
    is_the_same,
    known,
    may_be_meant,
)
from remit.annual.bank import Bank
from remit.annual.checks.faults import AnnualFault
from remit.annual.letters import by_icb
from remit.annual.periods import is_inside
from remit.annual.rows import PlacedRecord
from remit.catalogue.library import load_computed_metrics
from remit.catalogue.targets import targets_of
from remit.model.annual_records import AnnualFinding, Evidence, FrozenFigure
from remit.words.days import span_words
from remit.words.figures import plain_number, with_unit

Differing = tuple[PlacedRecord[FrozenFigure], FrozenFigure]
"""A frozen figure and what the store holds in its place."""


def figures_in_order(bank: Bank) -> Iterator[AnnualFault]:
    """What is wrong with the figures of evidence, of statements and of letters."""
    for placed in bank.folder.evidence.values():
        if placed.record.kind == "figure":
            yield from _outside(bank, placed)
            yield from _of_item(bank, placed)
    for one in bank.folder.findings.values():
        yield from _of_text(bank, [one.record], one.record.statement, one.where, one.record.icb)
    for code, letter, statement in by_icb(bank.folder.letters):
        found = [bank.folder.findings.get(name) for name in statement.findings]
        linked = [one.record for one in found if one]
        where = f"{letter.file}, line {statement.line}"
        for fault in _of_text(bank, linked, statement.text, where, code) if linked else ():
            yield replace(fault, said=statement.text)


def thawed(bank: Bank, differing: Sequence[Differing]) -> Iterator[AnnualFault]:
    """Frozen figures that are not what the store holds."""
    resting: dict[int, list[Evidence]] = {}
    for item in bank.folder.evidence.values() if differing else ():
        if (stored := bank.stored(item.record)) is not None:
            resting.setdefault(id(stored), []).append(item.record)
    for placed, held in differing:
        one = placed.record
        cited = [_cited(bank, item) for item in resting.get(id(placed), ())]
        yield AnnualFault(
            "figure_differs", one.icb, "; ".join(filter(None, cited)), placed.where,
            f"{one.metric}, {span_words(one.period_start, one.period_end)}, is frozen as "
            f"{_stored_words(one.value, one.unit)}; the store holds "
            f"{_stored_words(held.value, one.unit)} ({held.source_file}, line {held.source_line}).",
        )  # fmt: skip


def _cited(bank: Bank, item: Evidence) -> str:
    """The findings that cite an item."""
    return "; ".join(bank.citing.get(item.id, ()))


def _outside(bank: Bank, placed: PlacedRecord[Evidence]) -> Iterator[AnnualFault]:
    item, year = placed.record, bank.folder.year
    period = bank.period(item)
    if period and not is_inside(period, year) and not item.outside_year_because.strip():
        yield AnnualFault(
            "figure_outside_year", item.icb[0], _cited(bank, item), placed.where,
            f"{item.id}: {item.period} ({span_words(period.start, period.end)}) does not lie in "
            f"{year.name} ({span_words(year.starts, year.ends)}). Take a figure of the year, or "
            "say in `outside_year_because` what it is for.",
        )  # fmt: skip


def _of_item(bank: Bank, placed: PlacedRecord[Evidence]) -> Iterator[AnnualFault]:
    """An item whose value is not that of its frozen figure."""
    item = placed.record
    stored = bank.stored(item)
    if stored is None or not item.value:
        return
    unit = stored.record.unit or item.unit
    said = amount_of(item.value, item.unit or stored.record.unit)
    bare = amount_of(item.value, "")
    held = known(stored.record.value, unit)
    if not any(one and is_the_same(one, held) for one in (said, bare)):
        yield AnnualFault(
            "figure_differs", item.icb[0], _cited(bank, item), placed.where,
            f"{item.id}: {item.metric}, {item.period}, is given as {item.value} "
            f"{'' if said and said.kind else item.unit}".rstrip()
            + f"; the stored figure is {_stored_words(stored.record.value, unit)} "
            f"({stored.where}).",
        )  # fmt: skip


def _stored_words(value: float, unit: str) -> str:
    return with_unit(plain_number(value), unit)


def _of_text(
    bank: Bank, findings: Sequence[AnnualFinding], text: str, where: str, icb: str
) -> Iterator[AnnualFault]:
    """Amounts in a text that are none of the numbers of its evidence."""
    said = list(amounts_in(text))
    if not said:
        return
    items = [weighed.evidence for one in findings for weighed in bank.weighed(one)]
    figures = [held for item in items for held in _figures(bank, item)]
    others = [held for item in items for held in _others(item)]
    borne = [*figures, *differences(figures)]
    free = {(one.value, one.kind) for one in _in_names(bank, items)}
    told = any(_is_among(one, figures) for one in said)
    names = "; ".join(one.id for one in findings)
    for one in said:
        # “Over 73%” is no standard of 76%: about those a text is exact.
        if (one.value, one.kind) in free or _is_among(replace(one, roughly=""), others):
            continue
        if _is_among(one, borne):
            continue
        meant = [held for held in figures if may_be_meant(one, held)]
        if meant and not (one.plain and told):
            held_words = ", ".join(dict.fromkeys(map(_known_words, meant)))
            yield AnnualFault(
                "figure_differs", icb, names, where,
                f"“{one.text}” is not the stored figure: the evidence of {names} holds "
                f"{held_words}.",
            )  # fmt: skip
        elif items and one.kind in {"percent", "money"}:
            yield AnnualFault(
                "no_source", icb, names, where,
                f"“{one.text}” stands in none of the evidence of {names}. Add the figure or the "
                "passage that it is taken from.",
            )  # fmt: skip


def _known_words(held: HeldNumber) -> str:
    unit = {"percent": "percent", "money": "£"}.get(held.kind, "")
    number = plain_number(held.value)
    return f"£{number}" if unit == "£" and held.factor == 1 else with_unit(number, unit)


def _is_among(one: SaidAmount, held: Iterable[HeldNumber]) -> bool:
    return any(is_the_same(one, number) for number in held)


def _figures(bank: Bank, item: Evidence) -> Iterator[HeldNumber]:
    """The number of a figure: the stored one, or what was written where none is."""
    if item.kind != "figure":
        return
    stored = bank.stored(item)
    if stored is not None:
        yield known(stored.record.value, stored.record.unit or item.unit)
        return
    said = amount_of(item.value, item.unit) if item.value else None
    if said is not None:
        yield HeldNumber(said.value, said.kind, said.factor, said.per)


def _others(item: Evidence) -> Iterator[HeldNumber]:
    """Numbers beside the figure: in passages and views, standards, differences of two figures."""
    for words in (item.quotation, item.says):
        for one in amounts_in(words):
            yield HeldNumber(one.value, one.kind, one.factor, one.per)
    if item.kind == "figure":
        yield from _standards(item.metric.strip())


@cache
def _standards(name: str) -> tuple[HeldNumber, ...]:
    """What a metric of the catalogue is held against, on any day."""
    metric = load_computed_metrics().get(name)
    if metric is None:
        return ()
    numbers = (target.number(metric.better) for target in targets_of(metric))
    return tuple(known(one, metric.unit) for one in numbers if one is not None)


def _in_names(bank: Bank, items: Iterable[Evidence]) -> list[SaidAmount]:
    """Amounts in the names of metrics: “within 4 hours” is no figure."""
    names = [item.metric for item in items]
    names += [figure.name for item in items for figure in bank.periods_of(item)]
    return [one for name in names for one in amounts_in(name.replace("-", " "))]


def differences(figures: Sequence[HeldNumber]) -> Iterator[HeldNumber]:
    """By how much two figures of one kind differ: what a text may say of a change."""
    for first, second in combinations(figures, 2):
        if first.kind == second.kind and first.factor == second.factor:
            yield HeldNumber(abs(first.value - second.value), first.kind, first.factor, first.per)
