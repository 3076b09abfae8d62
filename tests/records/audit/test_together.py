"""What organisations hold together: tables and models agree, and each model says what it is."""

from __future__ import annotations

import pytest

from remit.records.audit import change, create, of_organisations, remove, verify
from tests.records.audit.test_writing import ADD, EDIT, REMOVE


@pytest.mark.usefixtures("apps")
@pytest.mark.parametrize("label", ["together", "talk", "year", "audit"])
def test_the_models_have_no_change_without_a_migration(label: str) -> None:
    from django.core.management import call_command

    call_command("makemigrations", label, "--check", "--dry-run", "-v0")


def test_a_plan_with_its_sides_and_versions_is_written_seen_and_taken_away(using: str) -> None:
    from remit.records.together.models import (
        Plan,
        PlanParty,
        PlanSignature,
        PlanVersion,
        PlanView,
    )

    plan = create(ADD, Plan, using=using, plan_id="PLAN-1", organisation="ZA1", title="One plan",
                  period="2026/27", begun_by="ZR1", is_shared=True)  # fmt: skip
    for part, code in (("region", "ZR1"), ("icb", "QF1"), ("trust", "ZA1")):
        create(ADD, PlanParty, using=using, plan=plan, organisation=code, part=part)
    version = create(ADD, PlanVersion, using=using, plan=plan, number=1, text="[]",
                     made_at=ADD.when, organisation="ZR1", is_fixed=True)  # fmt: skip
    create(ADD, PlanView, using=using, version=version, organisation="QF1", kind="comment",
           text="agreed")  # fmt: skip
    create(ADD, PlanSignature, using=using, version=version, organisation="ZR1",
           signed_as="director", signed_at=ADD.when)  # fmt: skip
    assert change(EDIT, plan, status="in force")
    for kind in (Plan, PlanVersion, PlanSignature):
        assert len(of_organisations(kind.objects.using(using).all(), ["QF1"])) == 1
    views = PlanView.objects.using(using)
    assert not of_organisations(views.all(), ["ZA1", "QF1"]), "a view is its side's own"
    assert len(of_organisations(views.all(), ["QF1"], ["QF1"])) == 1
    assert len(remove(REMOVE, plan)) == 7
    assert verify(using).entries == 15


def test_a_thing_is_tied_to_a_commitment_once(using: str) -> None:
    from django.db import IntegrityError

    from remit.records.together.models import Commitment, CommitmentTie

    commitment = create(ADD, Commitment, using=using, commitment_id="C-1", organisation="QF1",
                        strategy="Five-year strategy", aim="Fewer falls")  # fmt: skip
    create(ADD, CommitmentTie, using=using, commitment=commitment, kind="ask", target="ASK-1")
    with pytest.raises(IntegrityError):
        create(ADD, CommitmentTie, using=using, commitment=commitment, kind="ask", target="ASK-1")
    assert verify(using).entries == 2
