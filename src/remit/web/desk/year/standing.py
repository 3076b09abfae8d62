"""Where findings stand: drafted, shown, found right, disputed, replied to, in a signed letter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import F, Q

from remit.records.year.models import YearCheck, YearFinding, YearLetter, YearReply
from remit.web.access.person import Person
from remit.web.access.visibility import visible
from remit.words.days import day_words
from remit.words.sentences import count_words

DIRECTIONS = {"strength": "Strength", "mixed": "Mixed", "concern": "Concern"}
OUTCOMES = {"open": "Open", "accepted": "Accepted", "corrected": "Corrected", "refused": "Refused"}


def findings_of(person: Person) -> Any:
    """The findings that a person may see."""
    return visible(YearFinding.objects.all(), person)


def disputed(rows: Any) -> Any:
    """Those of some findings on which a reply is open."""
    return rows.filter(pk__in=YearReply.objects.filter(outcome="open").values("finding"))


def unchecked(rows: Any) -> Any:
    """Those of some findings that were shown, and to which nobody has said anything yet."""
    checked = YearCheck.objects.filter(digest=F("finding__digest"))
    return (
        rows.filter(is_shown=True)
        .exclude(pk__in=YearReply.objects.values("finding"))
        .exclude(pk__in=checked.values("finding"))
        .exclude(_signed())
    )


def _signed() -> Q:
    """Findings of a letter that is signed; an assessment has one letter to each."""
    signed = YearLetter.objects.filter(is_signed=True)
    return Q(pk__in=YearFinding.objects.filter(
        assessment__letters__in=signed, organisation=F("assessment__letters__organisation")
    ).values("pk"))  # fmt: skip


def letter_to(finding: Any) -> Any:
    """The letter in which a finding is; None where there is none."""
    return YearLetter.objects.filter(
        assessment=finding.assessment_id, organisation=finding.organisation
    ).first()


def is_signed(finding: Any) -> bool:
    """Whether the letter of a finding is signed."""
    letter = letter_to(finding)
    return bool(letter and letter.is_signed)


def states_of(findings: Iterable[Any]) -> dict[str, str]:
    """Where each of some findings stands, in words, by its identifier.

    Parameters
    ----------
    findings
        Those of one page.
    """
    rows = list(findings)
    keys = [one.pk for one in rows]
    replies: dict[str, list[str]] = defaultdict(list)
    for key, outcome in YearReply.objects.filter(finding__in=keys).values_list(
        "finding", "outcome"
    ):
        replies[key].append(outcome)
    checks: dict[str, set[str]] = defaultdict(set)
    for key, digest in YearCheck.objects.filter(finding__in=keys).values_list("finding", "digest"):
        checks[key].add(digest)
    signed = {
        (one.assessment_id, one.organisation): one.signed_on
        for one in YearLetter.objects.filter(
            assessment__in={one.assessment_id for one in rows}, is_signed=True
        )
    }
    return {
        one.pk: _state(one, replies[one.pk], checks[one.pk],
                       signed.get((one.assessment_id, one.organisation)))
        for one in rows
    }  # fmt: skip


def _state(finding: Any, replies: list[str], checks: set[str], signed: Any) -> str:
    if signed:
        return f"In the letter of {day_words(signed)}"
    if not finding.is_shown:
        return "Draft, not shown yet"
    if count := replies.count("open"):
        return f"Disputed: {count_words(count, 'reply', 'replies')} open"
    if finding.digest in checks:
        return "Found right"
    if replies:
        return f"Reply {replies[-1]}"
    return "An earlier wording was found right" if checks else "Waits for a check of facts"
