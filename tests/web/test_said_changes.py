"""Who changed what, as a reader sees it: names and words, and no code of the database."""

from __future__ import annotations

import re
from datetime import date

from remit.oversight.course import Actor
from remit.oversight.shared_plan import act_on_plan
from remit.records.audit import Event, change, create
from remit.records.loading import model
from remit.records.together.models import Conversation, ConversationParty
from tests.web.planned import BOTH, TO_SETTLE, WHOLE, act, add_plan
from tests.web.world import SafeClient, World, add_action, add_ask


def page_of(client: SafeClient, address: str) -> str:
    return str(client.get(address).content.decode())


def test_a_change_is_told_by_names_and_days_and_leads_to_its_record(world: World) -> None:
    add_ask("A1", "ZA1")
    action = add_action("ACT-9", "A1", due_on=date(2026, 4, 30))
    account = world.account(("ZA1", "contributor"))
    change(Event(f"account-{account.pk}", "ZA1", "edit"), action, due_on=date(2026, 5, 1))
    page = page_of(world.client(("ZA1", "auditor")), "/changes/")
    assert "due on: 30 April 2026 → 1 May 2026" in page
    assert f"<strong>{account.name}</strong> (ZA1) changed" in page
    assert 'href="/actions/one/ACT-9/">action ACT-9</a>' in page
    assert "account-" not in page


def test_a_part_is_told_as_of_its_whole_and_numbers_of_the_database_are_not_told(
    world: World,
) -> None:
    event = Event("system", "ZA1", "add")
    made = create(event, Conversation, conversation_id="CON-9", organisation="ZA1",
                  title="Review", held_on=date(2026, 4, 1), is_oversight=True)  # fmt: skip
    create(event, ConversationParty, conversation=made, organisation="ZB1")
    page = page_of(world.client(("ZA1", "auditor")), "/changes/conversation/CON-9/")
    assert ">party of conversation CON-9</a>" in page
    assert "held on: 1 April 2026" in page
    assert "is oversight: yes" in page
    assert "What was put in" in page
    assert "<li>id:" not in page


def test_of_a_plan_s_items_what_changed_alone_is_told(world: World) -> None:
    from django.utils import timezone

    from remit.records.audit.reading import AuditedValue, Told
    from remit.records.together.models import Plan, PlanVersion
    from remit.web.desk.said_changes import said_change

    old = [{"id": "1", "aim": "Cost £4.2m", "owner": "chair"}, {"id": "2", "aim": "Other"}]
    new = [{"id": "1", "aim": "Cost £6.1m", "owner": "chair"}, {"id": "3", "aim": "New"}]
    values = {"items": AuditedValue(old, new), "plan": AuditedValue("PLAN-1", "PLAN-1")}
    told = Told(7, timezone.now(), "account-4", "ZA1", "edit", PlanVersion._meta.label, "12",
                f"{Plan._meta.label}:PLAN-1", values, "", ("ZA1",))  # fmt: skip
    said = said_change(told, {"account-4": "Asha Bell"})
    assert (said.who, said.record, said.page) == (
        "Asha Bell",
        "version of plan PLAN-1",
        ("plan", "PLAN-1"),
    )
    told_of = [(one.label, one.before, one.after) for one in said.fields if one.label != "plan"]
    assert told_of == [
        ("items 1, aim", "Cost £4.2m", "Cost £6.1m"),
        ("items 2, aim", "Other", ""),
        ("items 3, aim", "", "New"),
    ]


def test_changes_are_found_by_kind_and_day_and_taken_as_a_file(world: World) -> None:
    add_ask("A1", "ZA1", title="=2+2")
    auditor = world.client(("ZA1", "auditor"))
    page = page_of(auditor, "/changes/?kind=action")
    assert "action ACT-ZA1" in page
    assert "ask A1" not in page
    assert "ASKZA1" not in page_of(auditor, "/changes/?since=2999-01-01")
    assert "ask A1" in page_of(
        auditor, f"/changes/?since={world.today}&until={world.today}&kind=ask"
    )
    assert "ask A1" in page_of(auditor, "/changes/?since=yesterday&kind=nonsense&until=9999-12-31")
    answer = auditor.get("/changes.csv?kind=ask")
    text = answer.content.decode()
    assert answer["Content-Disposition"] == 'attachment; filename="changes.csv"'
    assert ",A1," in text
    assert ",ACT-ZA1," not in text
    assert ",=2+2" not in text
    assert model("Ask").objects.filter(to_org_code="ZA6").exists()
    assert "ASKZA6" not in text
    assert world.client(("ZA1", "administrator")).get("/changes.csv").status_code == 403


def test_parts_that_a_field_keeps_as_json_are_told_in_words(world: World) -> None:
    kept = '{"period": "2026-04-30", "lines": [{"file": "a.csv", "line": 7}], "blank": null}'
    add_ask("A1", "ZA1", facets=kept, title="[not json", text="[" * 3000 + "]" * 3000)
    page = page_of(world.client(("ZA1", "auditor")), "/changes/ask/A1/")
    assert "facets: period: 30 April 2026; lines: file: a.csv; line: 7" in page
    assert "title: [not json" in page
    assert "[[[" in page


def test_an_entry_on_a_finding_leads_to_the_page_of_findings(world: World) -> None:
    from django.utils import timezone

    from remit.records.audit.reading import Told
    from remit.web.desk.said_changes import said_change

    told = Told(1, timezone.now(), "system", "ZR1", "import", "year.YearFinding", "ZR1-1", None,
                {}, "", ("ZR1",))  # fmt: skip
    assert said_change(told, {}).page == ("finding", "ZR1-1")


def test_what_happened_to_a_plan_is_told_in_its_own_words(world: World) -> None:
    """A version by its number, a flag by what it means, and who passed a draft on by name."""
    region = f"account-{world.account(('ZR1', 'contributor')).pk}"
    plan = add_plan()
    add_plan(plan_id="PLAN-2")  # so that no number of a version is that of its row
    act(plan, ("hand-over", "region"), ("comment", "icb", "Too late."), *TO_SETTLE[1:])
    actor = Actor(region, {"region": BOTH})
    event = Event(region, "ZR1", "edit")
    act_on_plan(event, plan, "write", actor, text=WHOLE.replace("Draft words", "New words"))
    act_on_plan(event, plan, "put-to-signature", actor)
    act(plan, ("sign", "trust"))
    page = page_of(world.client(("ZA1", "auditor")), "/changes/?kind=plan")
    assert "signature of version 2 of plan PLAN-1</a>" in page
    assert "comment of ZB1 on version 1 of plan PLAN-1</a>" in page
    assert page.count("<li>shown to the other sides</li>") == 1
    assert "passed on: who changes it begins another version" in page
    assert "is shared" not in page
    assert "is fixed" not in page
    assert "where it stands: With the trust for signature → With the ICB for signature" in page
    told = re.findall("<li>([^<]*) → ([^<]*)</li>", page)
    assert told
    assert not [one for one in told if one[0].rpartition(": ")[2] == one[1]]
    text = page_of(world.client(("ZA1", "auditor")), "/plans/one/PLAN-1/changes/")
    name = world.account(("ZR1", "contributor")).name
    assert f"Passed on by {name} (ZR1)." in text


def test_a_change_that_reads_the_same_before_and_after_is_not_told() -> None:
    from datetime import UTC, datetime

    from remit.records.audit.reading import AuditedValue, Told
    from remit.web.desk.said_changes import said_change

    moved = AuditedValue("2026-04-01T04:59:01+00:00", "2026-04-01T04:59:40+00:00")
    told = Told(1, datetime(2026, 4, 1, 5, tzinfo=UTC), "system", "ZR1", "edit", "together.Plan",
                "PLAN-1", None, {"moved_at": moved}, "", ("ZR1",))  # fmt: skip
    said = said_change(told, {})
    assert (said.fields, said.is_seen) == ((), False)
