"""A plan is called back, numbered without gaps, warned about, and signed late: as pages tell it."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.utils import timezone
from docx import Document

from remit.oversight.course import Actor
from remit.oversight.plan_items import PlanItem, items_of, text_of
from remit.oversight.shared_plan import act_on_plan, plan_seen
from remit.records.audit import ChangedMeanwhile, Event, verify
from remit.records.loading import model
from remit.web.access.relations import NATIONAL
from remit.web.figures.held import figures_of
from tests.web.figure_stores import published_once
from tests.web.instance import set_up
from tests.web.planned import ALL_SIGN, AT, BOTH, SIDES, act, add_plan
from tests.web.queries import queries_of
from tests.web.test_plans import Side, h1, page_of, seen_on
from tests.web.world import World, add_ask

ONE = "/plans/one/PLAN-1/"


def newest() -> tuple[str, ...]:
    text = model("together.PlanVersion").objects.order_by("-number").first().text
    return tuple(one.id for one in items_of(text))


def test_the_region_calls_a_plan_back_until_the_trust_has_signed(world: World) -> None:
    plan = act(add_plan(), *AT["sign-trust"])
    region, trust = Side(world, "ZR1"), Side(world, "ZA1")
    assert 'value="call-back"' in region.page()
    assert 'value="call-back"' not in trust.page()
    assert "It is called back" in region.act("call-back").content.decode()
    plan.refresh_from_db()
    assert plan.status == "settle"
    assert h1(trust.page()).startswith("Plan of one year: waits for")
    act(plan, ("put-to-signature", "region"), ("sign", "trust"))
    assert 'value="call-back"' not in region.page()
    sent = {"act": "call-back", "part": "region", "seen": str(plan_seen(plan))}
    assert region.client.post(f"{ONE}acted/", sent).status_code in {404, 409}
    verify()


def test_what_a_side_typed_stays_its_own_when_the_plan_is_called_back(world: World) -> None:
    plan = act(add_plan(), ("hand-over", "region"))
    icb, region = Side(world, "ZB1"), Side(world, "ZR1")
    icb.act("comment", text="Count the nights", item="1")
    old = icb.page()
    region.act("call-back")
    assert "Count the nights" in icb.page()
    assert "Count the nights" not in region.page()
    sent = {"act": "hand-in", "part": "icb", "seen": seen_on(old), "comment-icb-text": "Too late"}
    assert icb.client.post(f"{ONE}act/", sent).status_code == 409
    plan.refresh_from_db()
    act(plan, ("hand-over", "region"), ("hand-in", "icb"), ("hand-in", "trust"))
    assert "Count the nights" in region.page()
    verify()


def test_of_a_call_back_and_a_signature_at_once_one_is_done(world: World) -> None:
    plan = act(add_plan(), *AT["sign-trust"])
    seen = plan_seen(plan)
    trust = Actor("trust chief", {"trust": BOTH})
    act_on_plan(Event("trust chief", "ZA1", "sign"), plan, "sign", trust, signed_as="chair")
    region = Actor("region chief", {"region": BOTH})
    with pytest.raises(ChangedMeanwhile):
        act_on_plan(Event("region chief", "ZR1", "undo"), plan, "call-back", region, seen=seen)
    plan.refresh_from_db()
    assert plan.status == "sign-icb"


def test_what_nobody_saw_leaves_no_gap_in_the_numbers(world: World) -> None:
    add_plan(text="[]")
    region = Side(world, "ZR1")
    item = {"measure": "Returns", "lead": "chief executive", "due": "2099-03-31"}
    three = [item | {"aim": one} for one in ("First", "Second", "Third")]
    region.write(*three)
    assert newest() == ("1", "2", "3")
    kept = [one | {"id": str(n)} for n, one in enumerate(three, start=1)]
    region.write(kept[0], kept[1] | {"aim": "", "measure": "", "lead": "", "due": ""}, kept[2],
                 kept=3)  # fmt: skip
    assert newest() == ("1", "2")
    act(model("together.Plan").objects.get(), *AT["settle"])
    region.write({"id": "2", **item, "aim": "Third"}, item | {"aim": "New"}, kept=1)
    assert newest() == ("2", "3"), "what others saw keeps its number"


def test_what_nobody_leads_on_and_what_was_not_answered_is_told_before_signature(
    world: World,
) -> None:
    day = date(2099, 3, 31)
    item = PlanItem("1", "Fewer vacancies", "Posts", "workforce", "director", day)
    plan = act(add_plan(text=text_of([item])), ("hand-over", "region"))
    icb = Side(world, "ZB1")
    icb.act("comment", text="Say which posts", item="1")
    act(plan, ("hand-in", "icb"), ("hand-in", "trust"))
    region = Side(world, "ZR1")
    page, look = region.page(), region.act("put-to-signature", sure=False).content.decode()
    assert "Nobody leads on item 1 by the map of remits." in page
    assert "1 thing said has no answer: ICB, comment of item 1<" in look
    assert re.search(r"ICB, comment</strong> of item 1, version 1, [^:]+: Say which posts", page)
    leads = re.search(r"<summary>Why</summary>([^<]*)", page)
    assert leads
    assert leads[1].count("names no lead") <= 1, leads[1]


def test_a_signature_after_its_day_is_marked_on_page_and_in_the_letter(world: World) -> None:
    plan = act(add_plan(), *AT["sign-trust"])
    then = timezone.now()
    for (name, part), days in zip(ALL_SIGN, (9, 22, 31), strict=True):
        event = Event(f"{part} chief", SIDES[part], "sign", when=then + timedelta(days=days))
        act_on_plan(event, plan, name, Actor(event.who, {part: BOTH}), signed_as="chair")
        plan.refresh_from_db()
    side = Side(world, "ZA1")
    assert re.findall(r"(\d+ days?) late</strong>", side.page()) == ["3 days"]
    letter = Document(io.BytesIO(side.client.get(f"{ONE}letter/").content))
    signed = [cell.text for row in letter.tables[-1].rows for cell in row.cells]
    told = "\n".join([*signed, *(c.text for t in letter.tables for r in t.rows for c in r.cells)])
    assert "3 days late" in told
    assert any(one.text.startswith("PLAN-1, version 1, printed on") for one in letter.paragraphs)


def test_a_signer_sees_decided_and_open_pairs_as_the_letter_has_them(world: World) -> None:
    act(add_plan(), *AT["sign-trust"])
    for number in (1, 2):
        add_ask(f"SAME{number}", "ZA1", title="Weekly discharge position", from_body="ICB",
                due_on=world.today)  # fmt: skip
    side = Side(world, "ZA1")
    page = side.act("sign", signed_as="chair", sure=False).content.decode()
    assert "What is asked twice: no pairs decided, 1 pair not decided" in page
    letter = Document(io.BytesIO(side.client.get(f"{ONE}letter/").content))
    told = [one.text for one in letter.paragraphs]
    assert "Of all pairs of asks: no pairs decided, 1 pair not decided." in told
    assert "What is asked twice:" not in side.page(), "it is not told twice"


def test_the_weakest_figures_and_all_late_asks_are_offered(world: World) -> None:
    published_once()
    add_plan()
    for number in range(14):
        add_ask(f"LATE{number}", "ZA1", title=f"Return {number}",
                due_on=world.today - timedelta(days=number + 1))  # fmt: skip
    region = Side(world, "ZR1").client
    page = unescape(page_of(region, f"{ONE}items/"))
    assert page.count("Late ask, due") == 14
    offered = re.findall(r"Weakest figures: score ([\d.]+) in ([^:]+): ", page)
    _, held = figures_of(set_up().folder, "ZA1")
    newest = [points[-1] for points in held.values()]
    scores = [one.value for one in newest if one.metric_name.endswith(": score") and one.value]
    worst = sorted(scores, reverse=True)[:5]
    assert [float(score) for score, _ in offered] == pytest.approx(worst, abs=0.051)
    assert len({period for _, period in offered}) > 1, "each metric has a period of its own"
    figures = {one.metric_name: one for one in newest}
    told = re.findall(r"Weakest figures: score [^:]*: ([^<]*), (\S+)(?: [^<,]*)? in [^<]*<", page)
    assert told
    for name, stood in told:
        exact = f"{figures[name].value:,.2f}".rstrip("0").rstrip(".")
        assert stood.rstrip("%") == exact, "to two decimals, as the page of the trust's segment"
    assert "Better: " not in page


def test_begin_a_plan_chooses_no_trust_by_itself(world: World) -> None:
    region = Side(world, "ZR1").client
    assert '<option value="" selected>Choose a trust</option>' in page_of(region, "/plans/new/")
    answer = region.post("/plans/new/", {"title": "One plan", "period": "2026/27"})
    assert "Choose a trust" in answer.content.decode()
    assert answer.status_code == 400


def test_an_auditor_sees_who_changed_which_words_between_versions(world: World) -> None:
    act(add_plan(), *AT["settle"])
    region = Side(world, "ZR1")
    item = {"id": "1", "aim": "Draft words", "measure": "A measure, by night",
            "lead": "medical director", "due": "2099-03-31"}  # fmt: skip
    region.write(item, kept=1)
    auditor = world.client((NATIONAL, "auditor"))
    text = page_of(auditor, f"{ONE}changes/")
    assert "by night" not in text, "nobody sees what was not passed on"
    region.act("put-to-signature")
    text = page_of(auditor, f"{ONE}changes/")
    assert "Version 2 against version 1: 1 item changed" in text
    assert re.search(r"Measure: .*?<ins>.*?, by night</ins>", text, re.S)
    assert "Written for the Region" in text
    few = queries_of(auditor, f"{ONE}changes/")
    act(model("together.Plan").objects.get(), ("call-back", "region"))
    region.write(item | {"measure": "Another"}, kept=1)
    region.act("put-to-signature")
    assert queries_of(auditor, f"{ONE}changes/") <= few


def test_what_all_signed_stays_in_force_while_a_change_is_written(world: World) -> None:
    plan = act(add_plan(), *AT["in-force"])
    trust, holds = Side(world, "ZA1"), "Version 1 stays in force until all have signed another."
    assert holds not in trust.page()
    act(plan, ("change", "region"))
    assert holds in trust.page()
    letter = Document(io.BytesIO(trust.client.get(f"{ONE}letter/").content))
    told = " ".join(one.text for one in letter.paragraphs)
    assert holds in told
    assert "Not in force" not in told
    text = text_of([PlanItem("1", "Other words", "A measure", "", "director", date(2099, 3, 31))])
    region = Actor("region chief", {"region": BOTH})
    act_on_plan(Event("region chief", "ZR1", "edit"), plan, "write", region, text=text)
    act(plan, ("put-to-signature", "region"), *ALL_SIGN[:2])
    assert holds in trust.page()
    act(plan, ALL_SIGN[2], ("review", "region"), ("change", "region"))
    assert "stays in force" not in trust.page(), "the review ended it"
