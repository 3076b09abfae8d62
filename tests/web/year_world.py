"""Findings, letters and practices for tests: one of each organisation, each its own writer's."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from django.utils import timezone

from remit.records.audit import SYSTEM, Event, create
from remit.records.year.models import (
    SharedPractice,
    YearAssessment,
    YearFinding,
    YearLetter,
    YearReply,
    YearTie,
)
from remit.sample import write_assessed
from tests.web.world import ORGANISATIONS


def sample_year(place: Path) -> Path:
    """The folder of the sample's assessment, with last year's beside it."""
    return write_assessed(place / "annual").now


def fill_year(today: date) -> None:
    """Of each organisation a finding with a reply and an action, a letter, and a practice."""
    for code in ORGANISATIONS:
        found = add_finding(f"FIN-{code}", code, code)
        put(YearReply, code, finding=found, said_on=today.isoformat(), says="It was May")
        put(YearTie, code, finding=found, action_id=f"ACT-{code}")
        put(YearLetter, code, letter_id=f"LET-{code}", assessment=found.assessment,
            organisation=code, owner=code, title=f"Letter ACT-{code}", text="Dear all.",
            faults="[]", is_first=False, is_signed=True, signed_on=today,
            signed_as="signatory")  # fmt: skip
    put(SharedPractice, "ZR1", practice_id="ZR1-round", organisation="ZR1", name="round",
        title="Morning round", what="Each ward says who can leave", stage="spread",
        metrics="ae.four-hours", evidence="Fewer days", place="practices.yaml, line 3")  # fmt: skip


def add_finding(key: str, code: str, owner: str, **fields: Any) -> Any:
    """A finding about an organisation, in an assessment of its own."""
    kept = YearAssessment.objects.filter(organisation=owner, year="2024-25").first()
    whole = kept or put(YearAssessment, owner, organisation=owner, year="2024-25",
                        year_name="2024/25", mark="m", brought_at=timezone.now())  # fmt: skip
    said = {"name": key, "year_name": "2024/25", "heading": "Value for money", "duties": "none",
            "statement": f"Costs rose at ACT-{code}", "direction": "concern", "phrase": "rose",
            "evidence": "[]", "place": "findings.yaml, line 3", "number": 1, "is_shown": True,
            "digest": "d"}  # fmt: skip
    return put(YearFinding, owner, finding_id=key, assessment=whole, organisation=code,
               owner=owner, **(said | fields))  # fmt: skip


def put(kind: Any, whose: str, /, **fields: Any) -> Any:
    return create(Event(SYSTEM, whose, "add"), kind, **fields)
