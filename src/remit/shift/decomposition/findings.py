"""What changed hospital bed days, in words: the finding first, then who is in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from remit.shift.decomposition.cells import FACTORS, added
from remit.shift.decomposition.decompose import ENGLAND, ChangedUse, Decomposition
from remit.words.figures import number_words, percent_words, signed_words, trimmed_words
from remit.words.sentences import count_words, listed

FACTOR_WORDS: Final = {
    "population": ("fewer people", "more people"),
    "age_mix": ("another mix of ages and deprivation", "another mix of ages and deprivation"),
    "need": ("less need a head", "more need a head"),
    "rate": ("less care for the same need", "more care for the same need"),
    "hospital_share": ("less of the care in hospital", "more of the care in hospital"),
    "length_of_stay": (
        "fewer bed days for each hospital record",
        "more bed days for each hospital record",
    ),
}
"""What each factor is, in plain words, where it brings bed days down and where up."""

CAUTION: Final = (
    "This is arithmetic: it says which figures moved the bed days, not why they moved. Care that "
    "moves because it is recorded elsewhere looks the same."
)
_TOLD = 0.5
"""An effect that is told as 0 is not told."""


def findings(found: Decomposition) -> Iterator[str]:
    """Sentences on a decomposition, the most telling first."""
    yield _headline(found.england, found.quarters)
    yield from _drivers(found.england)
    yield from _commissioners(found)
    yield from gap_sentences(found)
    yield from _season(found.quarters)
    yield _level(found)
    yield from _needs(found)
    yield from _left_out(found)
    yield CAUTION


def _season(quarters: tuple[str, str]) -> Iterator[str]:
    if quarters[0][-2:] != quarters[1][-2:]:
        yield "The two are different quarters of the year: the season is in the change."


def _headline(line: ChangedUse, quarters: tuple[str, str]) -> str:
    before, after = line.before.bed_days, line.after.bed_days
    was = f"from {before:,} in {quarters[0]} to {after:,} in {quarters[1]}"
    if not line.change:
        return f"Hospital bed days stayed at {after:,}, {quarters[0]} and {quarters[1]}."
    share = f" ({percent_words(abs(line.change) / before, 1)})" if before else ""
    way = "rose" if line.change > 0 else "fell"
    return f"Hospital bed days {way} by {abs(line.change):,}{share}, {was}."


def _drivers(line: ChangedUse) -> Iterator[str]:
    """What pushed bed days up, and what pulled them down, the largest first."""
    for which, way in enumerate(("down", "up")):
        some = [pair for pair in _ranked(line) if (pair[1] if which else -pair[1]) >= _TOLD]
        if some:
            said = listed([f"{FACTOR_WORDS[name][which]} ({_effect(one)})" for name, one in some])
            yield f"What brought them {way}: {said}."


def _ranked(line: ChangedUse) -> list[tuple[str, float]]:
    return sorted(zip(FACTORS, line.effects, strict=True), key=lambda pair: -abs(pair[1]))


def _effect(value: float) -> str:
    return signed_words(value, 0)


def _commissioners(found: Decomposition) -> Iterator[str]:
    """How many commissioners' hospital share fell, and whose fell and rose most."""
    lines = found.commissioners
    if len(lines) < 2:
        return
    ranked = sorted(lines, key=lambda line: line.effect("hospital_share"))
    fell = sum(line.effect("hospital_share") <= -_TOLD for line in lines)
    ends = [
        f"{line.commissioner} {_effect(line.effect('hospital_share'))}"
        for line in (ranked[0], ranked[-1])
    ]
    yield (
        f"Less of the care in hospital lowered bed days in {fell:,} of "
        f"{count_words(len(lines), 'commissioner')}; the ends are {listed(ends)}."
    )


def gap_sentences(found: Decomposition) -> Iterator[str]:
    """Whether the shift widened the gap between the most and the least deprived fifth."""
    fifths = {line.fifth: line for line in found.by_fifth if line.commissioner == ENGLAND}
    most, least = fifths.get(1), fifths.get(5)
    if most is None or least is None or not (most.before.people and least.before.people):
        return
    shares = [1000 * line.effect("hospital_share") / line.before.people for line in (most, least)]
    yield (
        "The part of care given in hospital changed bed days of the most deprived fifth by "
        f"{signed_words(shares[0], 1)} per 1,000 people, of the least deprived by "
        f"{signed_words(shares[1], 1)}."
    )
    before, after = (_gap(most, least, side) for side in ("before", "after"))
    if before is None or after is None:
        return
    way = "wider" if abs(after) > abs(before) else "narrower"
    how = f"is {way} than" if number_words(before, 1) != number_words(after, 1) else "is as it was,"
    yield (
        f"The gap between the two fifths, {signed_words(after, 1)} bed days per 1,000 people, "
        f"{how} {signed_words(before, 1)}."
    )


def _gap(most: ChangedUse, least: ChangedUse, side: str) -> float | None:
    rates = []
    for line in (most, least):
        counts = getattr(line, side)
        if not counts.people:
            return None
        rates.append(1000 * counts.bed_days / counts.people)
    return float(rates[0] - rates[1])


def _level(found: Decomposition) -> str:
    return (
        f"England is the sum of {count_words(len(found.commissioners), 'commissioner')}, each "
        "decomposed by age band and deprivation fifth: people who move from one commissioner to "
        "another are in population, not in the mix."
    )


def _needs(found: Decomposition) -> Iterator[str]:
    for scale, quarter in zip(found.needs, found.quarters, strict=True):
        if scale.rebased:
            mean = trimmed_words(float(scale.mean / 1000), 4)
            yield (
                f"Need was rebased: its mean in {quarter} was {mean}, not 1. Where the file holds "
                "a part of England only, --need as-given is right."
            )


def _left_out(found: Decomposition) -> Iterator[str]:
    if found.left_out:
        gaps = "; ".join(map(str, found.left_out))
        yield f"Left out, and not in the sum: {gaps}."
    if found.unplaced:
        counts = added(one.counts for one in found.unplaced)
        cells = count_words(len({one.place for one in found.unplaced}), "cell")
        yield (
            f"Left out of both quarters: {cells} with {count_words(counts.records, 'record')} and "
            f"{count_words(counts.bed_days, 'hospital bed day')} of people whom the populations "
            "do not know, or of whom they say no need."
        )
