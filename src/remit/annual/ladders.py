"""The ladder of phrases: which rung a phrase stands on, and what its evidence shows.

Evidence has no score. A characteristic is there or it is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from remit.annual.bank import Bank, Weighed
from remit.model.annual import Characteristic, PhraseLadder, Rung
from remit.model.annual_records import AnnualFinding

_BEFORE = 4
"""Words before a phrase in which a negation turns it round."""


def rung_of(ladder: PhraseLadder, phrase: str) -> Rung | None:
    """The rung on which a phrase or one of its synonyms stands.

    Examples
    --------
    >>> from remit.annual.years import load_ladder
    >>> rung_of(load_ladder("phrases-1"), "Well led").id
    'strong'
    """
    wanted = _plain(phrase)
    for rung in ladder.rungs:
        if wanted in {_plain(one) for one in (*rung.phrases, *rung.also)}:
            return rung
    return None


def _plain(text: str) -> str:
    return " ".join(text.replace("’", "'").split()).casefold().strip(" .")


@dataclass(frozen=True, slots=True)
class Used:
    """A phrase of the ladder as it stands in a text."""

    phrase: str
    rung: Rung


def phrases_in(ladder: PhraseLadder, text: str) -> Iterator[Used]:
    """The phrases of the ladder that a text uses, without those that a negation turns round."""
    pattern, rungs = _patterns(ladder.model_dump_json())
    known = {rung.id: rung for rung in ladder.rungs}
    plain = text.replace("’", "'")
    for found in pattern.finditer(plain):
        before = plain[: found.start()].casefold().split()[-_BEFORE:]
        tail = " ".join(before)
        if any(re.search(rf"(?:^|\s){re.escape(one)}(?:\s|$)", tail) for one in _turned(ladder)):
            continue
        yield Used(found.group(), known[rungs[_plain(found.group())]])


def _turned(ladder: PhraseLadder) -> Sequence[str]:
    return [one.casefold() for one in ladder.negations]


@lru_cache(maxsize=8)
def _patterns(dumped: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """One pattern for all phrases, the longest first, made once for a ladder."""
    ladder = PhraseLadder.model_validate_json(dumped)
    rungs = {_plain(phrase): rung.id for rung in ladder.rungs for phrase in rung.phrases}
    longest = sorted(rungs, key=lambda phrase: -len(phrase))
    words = "|".join(re.escape(one).replace(r"\ ", r"\s+") for one in longest)
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE), rungs


def lacking(
    ladder: PhraseLadder, rung: Rung, finding: AnnualFinding, bank: Bank
) -> list[Characteristic]:
    """The characteristics that a rung needs and the evidence of a finding does not show.

    Parameters
    ----------
    ladder, rung
        The ladder and one of its rungs.
    finding
        The finding that uses a phrase of the rung.
    bank
        The evidence of the folder.

    Examples
    --------
    ``[one.says for one in lacking(ladder, rung, finding, bank)]``
    """
    known = {one.id: one for one in ladder.characteristics}
    weighed = bank.weighed(finding)
    return [known[name] for name in rung.needs if not _shown(known[name], rung, finding, weighed)]


def _shown(
    one: Characteristic, rung: Rung, finding: AnnualFinding, weighed: Sequence[Weighed]
) -> bool:
    needs = one.needs
    against = [item for item in weighed if item.is_against(rung.direction)]
    if needs.none_against and against:
        return False
    if needs.counter_answered and against and not finding.counter_answer.strip():
        return False
    if needs.at_least is None:
        return True
    chosen = {
        "with": [item for item in weighed if item.is_with(rung.direction)],
        "against": against,
        "any": list(weighed),
    }[needs.speaks]
    kept = [item for item in chosen if not needs.kinds or item.evidence.kind in needs.kinds]
    return len({item.told_apart(needs.different) for item in kept}) >= needs.at_least
