"""What returns say, in words: the finding first, then who is in it and what was not taken in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from remit.shift.neighbourhood.checks import ReturnDifference
from remit.shift.neighbourhood.rates import ALL_PLACES, SUM, CohortRate
from remit.shift.neighbourhood.returned import TOTAL, ReturnsRead
from remit.words.figures import number_words
from remit.words.sentences import count_words, listed

CAUTION: Final = (
    "Each place defines its cohort itself, so rates of places are not ranked. A cohort that was "
    "chosen for much recent use uses less afterwards by itself: a fall alone is no effect."
)
_LEADING: Final = (("bed_days", "hospital bed days"), ("community_contacts", "community contacts"))
_SHOWN = 5


def findings(
    read: ReturnsRead, rates: Sequence[CohortRate], differing: Sequence[ReturnDifference]
) -> Iterator[str]:
    """Sentences on returns, the most telling first.

    Parameters
    ----------
    read
        The returns.
    rates
        Their rates.
    differing
        Where a return does not agree with itself.
    """
    yield from _leading(rates)
    yield from _sums(rates)
    yield _taken(read)
    yield from _cells(read)
    for one in read.returns:
        for note in one.notes:
            yield f"{one.file}: {note}."
    yield from _told("does not agree with itself", list(map(str, differing)))
    yield from _told("was not taken in", list(map(str, read.rejections)))
    if read.returns:
        yield CAUTION


def _leading(rates: Sequence[CohortRate]) -> Iterator[str]:
    """Hospital bed days beside community contacts, a place and month a sentence."""
    totals = {
        (rate.place, rate.month, rate.outcome): rate
        for rate in rates
        if rate.of == TOTAL and rate.outcome in dict(_LEADING)
    }
    for place, month in dict.fromkeys(key[:2] for key in totals):
        said = [
            f"{name} {_rate(totals.get((place, month, outcome)))}" for outcome, name in _LEADING
        ]
        yield f"{place}, {month}, per 1,000 people of the cohort: {listed(said)}."


def _rate(rate: CohortRate | None) -> str:
    if rate is None or rate.per_1000 is None:
        status = rate.status if rate else "not_submitted"
        return f"– ({status.replace('_', ' ')})"
    return number_words(rate.per_1000, 1)


def _sums(rates: Sequence[CohortRate]) -> Iterator[str]:
    """Sums of which a part is suppressed, so that no figure is made of them."""
    kept = [
        rate
        for rate in rates
        if rate.status == "suppressed" and (rate.measure == SUM or rate.place == ALL_PLACES)
    ]
    if kept:
        yield (
            f"Of {count_words(len(kept), 'sum')} a part is suppressed: no figure is made of them, "
            "only what their known parts come to (at_least)."
        )


def _taken(read: ReturnsRead) -> str:
    months = listed(list(dict.fromkeys(one.month for one in read.returns)))
    of = f"for {months}, " if months else ""
    return (
        f"{count_words(len(read.returns), 'return', none='0')} read {of}of "
        f"{count_words(len(read.files), 'file')}."
    )


def _cells(read: ReturnsRead) -> Iterator[str]:
    if not read.cells:
        return
    counts = Counter(cell.status for cell in read.cells)
    yield (
        f"{count_words(len(read.cells), 'cell')}: {counts['accepted']:,} accepted, "
        f"{counts['suppressed']:,} suppressed, {counts['not_submitted']:,} blank, "
        f"{counts['rejected']:,} rejected."
    )
    noted = Counter(cell.note for cell in read.cells if cell.note and cell.status != "rejected")
    for note, number in noted.most_common():
        first = next(cell for cell in read.cells if cell.note == note)
        yield (
            f"{count_words(number, 'cell')}, first {first.file}, {first.place} "
            f"({first.written!r}): {note}."
        )


def _told(what: str, which: Sequence[str]) -> Iterator[str]:
    if which:
        shown = "; ".join(which[:_SHOWN])
        more = f"; and {len(which) - _SHOWN:,} more" if len(which) > _SHOWN else ""
        yield f"What {what}, {len(which):,}: {shown}{more}."
