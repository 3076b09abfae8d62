"""What a check of a register of practices finds: a closed list of kinds, each with its meaning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

FaultKind = Literal[
    "not_as_declared",
    "practice_twice",
    "unknown_practice",
    "unknown_stage",
    "unknown_metric",
    "unknown_code",
    "not_for_it",
    "not_open",
    "no_day",
    "since_after_until",
    "in_the_future",
    "adoption_twice",
    "stopped_without_end",
    "personal",
    "without_adoption",
    "no_source",
]
FAULT_KINDS: Final[dict[FaultKind, str]] = {
    "not_as_declared": "A record lacks a key, or has one that is not known or wrongly filled in.",
    "practice_twice": "Two practices have the same id; the first is kept.",
    "unknown_practice": "An adoption is of a practice that the register does not hold.",
    "unknown_stage": "A stage is not among the declared ones.",
    "unknown_metric": "A metric is not in the catalogue.",
    "unknown_code": "A code is of no trust, ICB or region that Remit knows.",
    "not_for_it": "An organisation is not among those that could have the practice.",
    "not_open": "An organisation has a practice on a day on which it was not open.",
    "no_day": "What should be a day, a month, a quarter or a year is none.",
    "since_after_until": "An adoption ends before it begins.",
    "in_the_future": "An organisation is said to have a practice from a day that is to come.",
    "adoption_twice": "An organisation has a practice twice at the same time.",
    "stopped_without_end": "A practice was stopped, and not a word says when.",
    "personal": "A text seems to name a person, a number or an address, which was left out.",
    "without_adoption": "A practice is said to be in use, and no organisation has it.",
    "no_source": "Evidence has no source, or neither an adoption nor its practice has one.",
}
"""Kind → what it means."""


@dataclass(frozen=True, slots=True)
class RegisterFault:
    """One fault: its kind, where it stands, what stands there, and what to do.

    ``lost`` says whether the record is left out of all counts until it is mended.
    """

    kind: FaultKind
    practice: str
    code: str
    file: str
    line: int
    key: str
    value: str
    message: str
    lost: bool = False
