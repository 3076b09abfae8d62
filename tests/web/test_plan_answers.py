"""What a side said of a plan is answered on its own: taken or not, with a few words why."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from docx import Document

from remit.oversight.course import Actor, ActRefused
from remit.oversight.plan_items import PlanItem, text_of
from remit.oversight.shared_plan import SaidOfPlan, act_on_plan
from remit.records.audit import Event, entries_for, verify
from remit.records.loading import model
from tests.web.planned import AT, BOTH, act, add_plan
from tests.web.queries import queries_of
from tests.web.test_api import program
from tests.web.test_plans import Side, items_sent, page_of, seen_on
from tests.web.world import World, add_ask

ITEMS = "/plans/one/PLAN-1/items/"
WHOLE = {"id": "1", "aim": "Draft words", "measure": "A measure", "lead": "medical director",
         "due": "2099-03-31"}  # fmt: skip


def said_to_settle(world: World) -> Any:
    """A plan to be settled, of which ICB and trust said one thing each."""
    plan = act(add_plan(), ("hand-over", "region"))
    Side(world, "ZB1").act("comment", text="Say 6% in place of 4%", item="1")
    act(plan, ("hand-in", "icb"))
    Side(world, "ZA1").act("correct", text="Published is 9.2%, not 10.3%", item="1")
    return act(plan, ("hand-in", "trust"))


def answered(side: Side, given: dict[str, str], **item: str) -> Any:
    seen = seen_on(page_of(side.client, ITEMS))
    return side.client.post(ITEMS, items_sent(WHOLE | item, seen=seen, kept=1) | given)


def test_each_thing_said_is_answered_on_its_own_and_no_change_answers_another(
    world: World,
) -> None:
    said_to_settle(world)
    region = Side(world, "ZR1")
    form = page_of(region.client, ITEMS)
    icb, trust = re.findall(r'name="(said-\d+)-answer"', form)
    assert 'value="taken" selected' not in form, "it is never guessed"
    bare = answered(region, {f"{icb}-answer": "not-taken"}).content.decode()
    assert "Enter why it is not taken" in bare
    answered(region, {f"{icb}-answer": "taken"}, measure="6% of all")
    page = region.act("put-to-signature", sure=False).content.decode()
    assert "1 thing said has no answer" in page
    assert "Trust, correction of a fact of item 1" in page
    assert "ICB, comment of item 1" not in page
    assert "Taken" in region.page()
    assert "Taken" not in Side(world, "ZA1").page(), "it is not passed on yet"
    answered(region, {f"{trust}-answer": "not-taken", f"{trust}-why": "It is last year's"})
    region.act("put-to-signature")
    shown = Side(world, "ZA1").page()
    assert "Not taken: It is last year" in shown
    assert "no answer" not in shown
    look = unescape(Side(world, "ZA1").act("sign", signed_as="chair", sure=False).content.decode())
    assert "Your word on item 1: <strong>Not taken: It is last year's</strong>" in look
    assert look.count("Your word") == 1, "the other is the ICB's"
    verify()


def test_what_has_no_answer_is_named_to_who_signs_and_in_the_letter(world: World) -> None:
    act(said_to_settle(world), ("put-to-signature", "region"))
    trust = Side(world, "ZA1")
    letter = Document(io.BytesIO(trust.client.get("/plans/one/PLAN-1/letter/").content))
    told = "\n".join(one.text for one in letter.paragraphs)
    words = "2 things said have no answer: ICB, comment of item 1; Trust, correction of a fact"
    assert words in told
    look = trust.act("sign", signed_as="chair", sure=False).content.decode()
    assert words in look


def test_an_answer_is_changed_without_a_new_version_and_asks_no_more_of_the_database(
    world: World,
) -> None:
    said_to_settle(world)
    region = Side(world, "ZR1")
    icb, trust = re.findall(r'name="(said-\d+)-answer"', page_of(region.client, ITEMS))
    few = queries_of(region.client, ITEMS)
    answered(region, {f"{icb}-answer": "taken", f"{trust}-answer": "taken"})
    answered(region, {f"{icb}-answer": "not-taken", f"{icb}-why": "Too low",
                      f"{trust}-answer": "taken"})  # fmt: skip
    assert model("together.PlanVersion").objects.count() == 1
    assert queries_of(region.client, ITEMS) <= few
    assert "Not taken: Too low" in region.page()
    kinds = list(model("together.PlanView").objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["comment", "correct", "taken", "taken", "not-taken"], "once for each change"
    rows = model("together.PlanView").objects.filter(kind="taken")
    assert {one.what for one in entries_for(rows)} == {"settle"}


@pytest.mark.parametrize("said", [SaidOfPlan("taken", "Yes", "said-0"), SaidOfPlan("taken", "Yes"),
                                  SaidOfPlan("not-taken", " ", "said-0")])  # fmt: skip
def test_an_answer_to_nothing_that_was_said_is_refused_by_the_records_too(
    world: World, said: SaidOfPlan
) -> None:
    plan = said_to_settle(world)
    event, actor = Event("region chief", "ZR1", "edit"), Actor("region chief", {"region": BOTH})
    with pytest.raises(ActRefused):
        act_on_plan(event, plan, "write", actor, text="[]", also=[said])
    with pytest.raises(ActRefused):
        act_on_plan(event, plan, "put-to-signature", actor, also=[said])
    assert model("together.PlanView").objects.count() == 2


def test_a_program_answers_along_with_the_items(world: World) -> None:
    said_to_settle(world)
    region = program(world, ("ZR1", "contributor"))
    plan = region("GET", "/api/plans/PLAN-1").json()
    icb, trust = (one["number"] for one in plan["views"])
    given = {"seen": plan["seen"], "items": [WHOLE],
             "answers": [{"number": icb, "answer": "not-taken"}]}  # fmt: skip
    assert region("PUT", "/api/plans/PLAN-1/items", given).status_code == 422
    given["answers"] = [{"number": 0, "answer": "taken"}]
    assert region("PUT", "/api/plans/PLAN-1/items", given).status_code in {409, 422}
    given["answers"] = [{"number": trust, "answer": "not-taken", "why": "It is last year's"}]
    kept = region("PUT", "/api/plans/PLAN-1/items", given).json()
    assert [(one["answer"], one["why"]) for one in kept["views"]] == [
        ("", ""), ("not-taken", "It is last year's")]  # fmt: skip


def test_the_form_says_who_leads_on_each_function_and_by_which_row_of_the_map(world: World) -> None:
    text = text_of([PlanItem("1", "Fewer", "Returns", "finance", "director", date(2099, 3, 31))])
    act(add_plan(text=text), *AT["settle"])
    region = Side(world, "ZR1")
    form = unescape(page_of(region.client, ITEMS))
    assert re.search(r'<option value="finance" selected>Finance: NHSE region leads</option>', form)
    assert ">Workforce: nobody leads by the map</option>" in form
    told = re.search(r"By the map of remits: (.*?)</p>", form, re.S)
    assert told
    assert "the map names it" not in told[1]
    assert "its row on finance says “" in told[1]
    sent = WHOLE | {"function": "workforce", "settled": "icb"}
    answer = region.client.post(ITEMS, items_sent(sent, seen=seen_on(form), kept=1))
    assert "than the map says</a>" not in answer.content.decode()
    assert "Enter why it is settled so: by the map nobody leads" in answer.content.decode()


def test_once_the_items_are_kept_it_is_said_what_each_lacks_and_the_plan_is_next(
    world: World,
) -> None:
    add_plan(text="[]")
    add_ask("LATE1", "ZA1", title="Weekly return", due_on=world.today - timedelta(days=3))
    region = Side(world, "ZR1")
    past = {"aim": "Fewer", "measure": "Returns", "lead": "chair", "due": "2026-11-01"}
    seen = seen_on(page_of(region.client, ITEMS))
    sent = items_sent(past, seen=seen) | {"take": "ask-LATE1"}
    page = region.client.post(ITEMS, sent, follow=True).content.decode()
    whole = region.page()
    lacks = "Item 2: no measure, nobody who does it, no day and no function."
    for text in (page, whole):
        assert lacks in text
        assert "Item 1: no function and its day, 1 November 2026, is past." in text
    assert '<a href="/plans/one/PLAN-1/">Go on to the plan</a>' in page
    assert "Missing yet" not in region.client.get("/plans/new/").content.decode()


def test_a_signature_is_looked_at_once_more_and_then_given_with_all_that_was_typed(
    world: World,
) -> None:
    act(add_plan(), *AT["settle"])
    region, trust = Side(world, "ZR1"), Side(world, "ZA1")
    address = "/plans/one/PLAN-1/act/"
    look = region.act("put-to-signature", sure=False)
    assert (look.status_code, model("together.Plan").objects.get().status) == (200, "settle")
    assert "Put version 1 of “Plan of one year” to signature?" in look.content.decode()
    assert region.client.post(address, sent_again(look)).status_code == 302
    typed = {"act": "sign", "part": "trust", "seen": seen_on(trust.page()),
             "sign-trust-signed_as": "chair", "dissent-trust-text": "We doubt <it>"}  # fmt: skip
    look = trust.client.post(address, typed)
    told = unescape(look.content.decode())
    assert "Sign version 1 of “Plan of one year” as chair?" in told
    assert "<li>1 item</li>" in told
    assert "Kept with it: We doubt <it>" in told
    assert not model("together.PlanSignature").objects.exists()
    old = trust.client.post(address, typed | {"seen": "0"})
    assert (old.status_code, "Nothing was done" in old.content.decode()) == (409, True)
    assert trust.client.post(address, sent_again(look)).status_code == 302
    assert model("together.PlanSignature").objects.get().signed_as == "chair"
    assert model("together.PlanView").objects.get().text == "We doubt <it>"
    verify()


def test_an_answer_that_another_gave_meanwhile_is_not_overwritten_unread(world: World) -> None:
    said_to_settle(world)
    region, colleague = Side(world, "ZR1"), Side(world, "ZR1")
    icb, _ = re.findall(r'name="(said-\d+)-answer"', page_of(region.client, ITEMS))
    answered(region, {f"{icb}-answer": "taken"})
    seen = seen_on(page_of(region.client, ITEMS))
    answered(colleague, {f"{icb}-answer": "not-taken", f"{icb}-why": "Too low"})
    sent = items_sent(WHOLE, seen=seen, kept=1) | {f"{icb}-answer": "taken"}
    assert region.client.post(ITEMS, sent).status_code == 409
    assert "Not taken: Too low" in region.page()


def test_a_second_look_does_not_put_to_signature_on_counts_that_changed_meanwhile(
    world: World,
) -> None:
    plan = said_to_settle(world)
    region, colleague = Side(world, "ZR1"), Side(world, "ZR1")
    icb, _ = re.findall(r'name="(said-\d+)-answer"', page_of(region.client, ITEMS))
    look = region.act("put-to-signature", sure=False)
    assert "2 things said have no answer" in look.content.decode()
    answered(colleague, {f"{icb}-answer": "taken"})
    old = region.client.post("/plans/one/PLAN-1/act/", sent_again(look))
    plan.refresh_from_db()
    assert (old.status_code, plan.status) == (409, "settle")


def test_words_that_are_the_name_of_the_answer_stay(world: World) -> None:
    said_to_settle(world)
    region = Side(world, "ZR1")
    icb, _ = re.findall(r'name="(said-\d+)-answer"', page_of(region.client, ITEMS))
    answered(region, {f"{icb}-answer": "not-taken", f"{icb}-why": "Not taken"})
    form = page_of(region.client, ITEMS)
    assert re.search(rf'name="{icb}-why"[^>]*value="Not taken"', form), "else it is asked for again"


def test_who_sits_on_two_boards_answers_only_what_was_shown(world: World) -> None:
    act(add_plan(), ("hand-over", "region"))
    Side(world, "ZB1").act("comment", text="Say 6% in place of 4%", item="1")
    Side(world, "ZR1").act("call-back")
    both = world.client(("ZR1", "contributor"), ("ZB1", "contributor"))
    form = page_of(both, ITEMS)
    sent = {f"{one}-answer": "taken" for one in re.findall(r'name="(said-\d+)-answer"', form)}
    written = items_sent(WHOLE | {"aim": "Said anew"}, seen=seen_on(form), kept=1)
    assert both.post(ITEMS, written | sent).status_code == 302
    assert sent == {}


def sent_again(look: Any) -> dict[str, str]:
    """What the one button of a second look sends."""
    form = look.content.decode().split("web-act", 1)[1].split("</form>")[0]
    hidden = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form)
    (button,) = re.findall(r'<button[^>]*name="act" value="([^"]+)"', form)
    return {name: unescape(value) for name, value in hidden} | {"act": button}
