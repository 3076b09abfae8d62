"""The forms of a plan: nothing typed is lost, a review says what it found, and what is checked."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from remit.oversight.course import ActRefused
from remit.oversight.plan_items import PlanItem, items_of, text_of
from remit.oversight.shared_plan import SaidOfPlan, act_on_plan, sides_of
from remit.records.audit import Event, change, entries_for, verify
from remit.records.loading import model
from remit.web.access.relations import NATIONAL
from remit.words.days import day_words
from tests.web.planned import AT, BOTH, act, add_plan
from tests.web.reading_words import words_read
from tests.web.test_plans import ITEM, PART, Side, h1, items_sent, page_of, seen_on
from tests.web.world import World, add_ask

TWO = text_of([PlanItem("1", "First aim"), PlanItem("2", "Second aim")])
REVIEW = "/plans/one/PLAN-1/review/"


def views() -> list[tuple[str, str, str | None]]:
    rows = model("together.PlanView").objects.order_by("pk")
    return [(one.kind, one.text, one.item) for one in rows]


@pytest.mark.parametrize(("state", "code", "says"), [("comment", "ZB1", "comment"),
                                                     ("check", "ZA1", "correct")])  # fmt: skip
def test_what_stands_in_the_box_is_kept_when_it_is_handed_in(
    world: World, state: str, code: str, says: str
) -> None:
    act(add_plan(), *AT[state])
    side = Side(world, code)
    typed = {f"{says}-{side.part}-text": "Item 1 has no measure", f"{says}-{side.part}-item": "1"}
    sent = {"act": "hand-in", "part": side.part, "seen": seen_on(side.page()), **typed}
    answer = side.client.post("/plans/one/PLAN-1/act/", sent, follow=True).content.decode()
    assert views() == [(says, "Item 1 has no measure", "1")]
    assert "What you typed is kept with it" in answer
    assert model("together.Plan").objects.get().status != state
    verify()


def test_what_cannot_be_kept_stops_the_act_and_stays_in_its_box(world: World) -> None:
    act(add_plan(), *AT["sign-trust"])
    trust = Side(world, "ZA1")
    sent = {"act": "sign", "part": "trust", "seen": seen_on(trust.page()), "confirmed": "1",
            "sign-trust-signed_as": "chief executive", "give-back-trust-text": "The day is wrong",
            "dissent-trust-text": "We doubt it"}  # fmt: skip
    answer = trust.client.post("/plans/one/PLAN-1/act/", sent)
    text = answer.content.decode()
    assert (answer.status_code, views()) == (400, [])
    for words in ("Nothing was done", "The day is wrong", "We doubt it", "chief executive"):
        assert words in text
    answer = trust.client.post("/plans/one/PLAN-1/act/", sent | {"give-back-trust-text": ""})
    assert (answer.status_code, views()) == (302, [("dissent", "We doubt it", None)])
    assert model("together.PlanSignature").objects.count() == 1
    (said,) = entries_for(model("together.PlanView").objects.all())
    assert said.what == "dissent", "the entry says that it was a dissent, though Sign was pressed"


def test_what_is_typed_beside_a_clash_stands_there_again(world: World) -> None:
    act(add_plan(), *AT["comment"])
    icb = Side(world, "ZB1")
    sent = {"act": "hand-in", "part": "icb", "seen": "0", "comment-icb-text": "Too late"}
    answer = icb.client.post("/plans/one/PLAN-1/act/", sent)
    assert (answer.status_code, views()) == (409, [])
    assert "Too late" in answer.content.decode()


def test_a_review_says_of_each_item_what_was_found_after_a_look_back(world: World) -> None:
    act(add_plan(TWO), *AT["in-force"])
    region = Side(world, "ZR1")
    assert Side(world, "ZA1").client.get(REVIEW).status_code == 403
    assert region.act("review", follow=False)["Location"] == REVIEW
    assert model("together.Plan").objects.get().status == "in-force"
    page = page_of(region.client, REVIEW)
    given = {"seen": seen_on(page), "day": world.today.isoformat(), "item-1-found": "found-kept",
             "item-1-words": "All done", "item-2-found": "found-not"}  # fmt: skip
    bare = region.client.post(REVIEW, given)
    assert (bare.status_code, "in words" in bare.content.decode()) == (400, True)
    given["item-2-words"] = "Nobody began"
    late = region.client.post(REVIEW, given | {"day": "2020-01-01"})
    assert "when the plan came into force" in late.content.decode()
    check = region.client.post(REVIEW, given)
    assert "Keep the review" in check.content.decode()
    back = region.client.post(REVIEW, given | {"back": "1"})
    assert "Nobody began" in back.content.decode()
    assert model("together.Plan").objects.get().status == "in-force"
    region.client.post(REVIEW, given | {"confirmed": "1"})
    shown = Side(world, "ZA1").page()
    assert "reviewed since" in h1(shown)
    for words in ("review: kept", "review: not kept", "Nobody began", "Reviewed on"):
        assert words in shown
    assert region.client.post(REVIEW, given | {"confirmed": "1"}).status_code == 409
    verify()


def test_a_review_without_each_item_is_refused_by_the_records_too(world: World) -> None:
    from remit.oversight.course import Actor

    del world
    plan = act(add_plan(TWO), *AT["in-force"])
    actor = Actor("region chief", {"region": BOTH})
    event = Event("region chief", sides_of(plan)["region"], "review")
    for said in ([], [SaidOfPlan("found-kept", "Yes", "1")], [SaidOfPlan("sign", "x")]):
        with pytest.raises(ActRefused):
            act_on_plan(event, plan, "review", actor, also=said)
    assert views() == []


def test_a_comment_typed_beside_the_close_of_an_ask_is_kept_with_it(world: World) -> None:
    client = world.client(("ZA1", "contributor"))
    close, comment = reverse("ask_closed", args=["ASKZA1"]), reverse("ask_remark", args=["ASKZA1"])
    page = page_of(client, "/asks/one/ASKZA1/")
    assert page.count("<form") == page.count("</form>")
    assert 'formaction="' in page
    said = client.post(close, {"answer": "Sent", "text": "word " * 1000})
    assert said.status_code == 400
    assert "Sent" in said.content.decode()
    client.post(close, {"answer": "Sent", "text": "It was late"})
    page = page_of(client, "/asks/one/ASKZA1/")
    assert "It was late" in page
    assert model("Ask").objects.get(pk="ASKZA1").status == "closed"
    client.post(close, {"again": "1"})
    client.post(comment, {"answer": "Half an answer", "text": "Once more"})
    assert "Half an answer</textarea>" in page_of(client, "/asks/one/ASKZA1/")
    assert "Half an answer</textarea>" not in page_of(client, "/asks/one/ASKZA1/")


def unsure(region: Side) -> str:
    return str(region.act("put-to-signature", sure=False).content.decode())


def test_what_was_said_stands_beside_the_form_and_what_was_not_answered_is_told(
    world: World,
) -> None:
    plan = act(add_plan(), AT["comment"][0])
    icb = Side(world, "ZB1")
    icb.act("comment", text="Noon is early", item="1")
    icb.act("comment", text="A word on all")
    act(plan, ("hand-in", "icb"), ("correct", "trust", "It is May"), ("hand-in", "trust"))
    region = Side(world, "ZR1")
    assert "3 things said have no answer" in unsure(region)
    form = page_of(region.client, "/plans/one/PLAN-1/items/")
    assert (
        form.index("A word on all") < form.index(">Item 1</legend>") < form.index("Noon is early")
    )
    assert "(optional)" not in form
    assert "To be signed, an item needs a measure" in form
    region.write(ITEM | {"id": "1", "aim": "Other words"}, kept=1)
    assert "3 things said have no answer" in unsure(region), "a change of the item answers nothing"


def test_an_item_without_measure_role_or_day_is_not_put_to_signature(world: World) -> None:
    act(add_plan(), *AT["settle"])
    region = Side(world, "ZR1")
    whole = {"id": "1", "aim": "Fewer", "measure": "Returns", "lead": "chief executive",
             "due": "2025-03-31"}  # fmt: skip
    region.write(whole, {"aim": "More", "measure": "Beds"}, kept=1)
    assert "Item 2 has nobody who does it and no day" in region.page()
    assert "31 March 2025, is before the period of the plan" in region.page()
    assert region.act("put-to-signature", follow=False).status_code == 409
    assert model("together.Plan").objects.get().status == "settle"
    region.write(whole, {"id": "2", "aim": ""}, kept=2)
    region.act("put-to-signature")
    assert model("together.Plan").objects.get().status == "sign-trust"


def test_a_second_plan_for_a_trust_and_period_takes_a_tick(world: World) -> None:
    add_plan()
    region = Side(world, "ZR1")
    given = {"organisation": "ZA1", "title": "Another", "period": "2026/27"}
    told = region.client.post("/plans/new/", given)
    assert told.status_code == 409
    assert "/plans/one/PLAN-1/" in told.content.decode()
    assert region.client.post("/plans/new/", given | {"period": "2027/28"}).status_code == 302
    assert region.client.post("/plans/new/", given | {"another": "on"}).status_code == 302
    assert model("together.Plan").objects.count() == 3


def test_a_signature_says_role_day_hour_and_that_the_account_may_sign(world: World) -> None:
    act(add_plan(), *AT["sign-trust"])
    trust = Side(world, "ZA1")
    assert "Nobody checks it" in trust.page()
    page = trust.act("sign", signed_as="chief executive").content.decode()
    (signed,) = model("together.PlanSignature").objects.all()
    assert f"{timezone.localtime(signed.signed_at):%H:%M}, by the account of its signatory" in page


def test_a_plan_that_waits_too_long_is_late_for_all_who_see_it(world: World) -> None:
    act(add_plan(), *AT["sign-trust"])
    act(add_plan(plan_id="PLAN-2"), *AT["in-force"])
    early = timezone.now() - timedelta(days=11)
    for one in model("together.Plan").objects.all():
        change(Event("region chief", "ZR1", "edit"), one, moved_at=early)
    national = world.client((NATIONAL, "reader"))
    text = page_of(national, "/plans/")
    assert h1(text) == "No plan waits for you; 1 plan is late"
    assert text.index("PLAN-1") < text.index("PLAN-2"), "what is in force stands last"
    assert "11 days" in text
    assert page_of(national, "/plans/", late="1").count('href="/plans/one/') == 1
    assert "1 plan of yours is late" in page_of(Side(world, "ZA1").client, "/")
    assert "1 plan is late with others" in page_of(national, "/")
    assert "late with others" not in page_of(Side(world, "ZA1").client, "/")


def test_each_side_decides_of_a_pair_for_itself_and_can_take_it_back(world: World) -> None:
    act(add_plan(), *AT["comment"])
    same = {"title": "Weekly return of 62-day cancer waits", "received_on": world.today,
            "text": "Please send the weekly return of 62-day cancer waits by Friday."}  # fmt: skip
    add_ask("TW1", "ZA1", from_body="NHSE region", **same)
    add_ask("TW2", "ZA1", from_body="ICB", **same)
    address, two = "/plans/one/PLAN-1/twice/", {"id": ["TW1", "TW2"]}
    region, trust = (Side(world, code).client for code in ("ZR1", "ZA1"))
    region.post(address, two | {"kind": "confirm"})
    shown = page_of(trust, address)
    assert re.search(r"Northfold[^<]*\(signatory\), \d+ \w+ \d{4}: they ask the same", shown)
    assert "If you decide otherwise than another side did, both stand" in shown
    assert "Take back" not in shown
    assert trust.post(address, two | {"kind": "take-back"}).status_code == 409
    after = trust.post(address, two | {"kind": "split"}, follow=True).content.decode()
    assert "Others decided otherwise, and both stand" in after
    shown = page_of(region, address)
    assert "The sides differ" in shown
    assert "they do not ask the same" in shown
    trust.post(address, two | {"kind": "take-back"})
    shown = page_of(region, address)
    assert ("The sides differ" in shown, "they ask the same" in shown) == (False, True)
    assert region.post(address, two | {"kind": "take-back"}).status_code == 302
    assert model("Decision").objects.count() == 0
    assert "To be decided" in page_of(trust, address)
    verify()


def letter(side: Side) -> Any:
    from docx import Document

    return Document(io.BytesIO(side.client.get("/plans/one/PLAN-1/letter/").content))


def cells(table: Any) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_the_letter_says_who_dissents_when_things_were_said_and_what_was_decided(
    world: World,
) -> None:
    steps = (*AT["comment"], ("comment", "icb", "Too late"), *AT["sign-icb"][1:])
    act(add_plan(), *steps, ("dissent", "icb", "We would wait"), *AT["in-force"][-2:])
    add_ask("TW1", "ZA1", title="Weekly return", received_on=world.today)
    add_ask("TW2", "ZA1", title="Weekly return", received_on=world.today)
    trust, region = Side(world, "ZA1"), Side(world, "ZR1")
    given = {"id": ["TW1", "TW2"], "kind": "split"}
    trust.client.post("/plans/one/PLAN-1/twice/", given)
    told = letter(trust)
    words = "\n".join(one.text for one in told.paragraphs)
    assert "signed by all, with the dissent of: ICB." in words
    signed = next(one for one in told.tables if one.rows[0].cells[0].text == "Side"
                  and one.rows[0].cells[-1].text == "Dissent")  # fmt: skip
    beside = {row[0].split(":")[0]: row[-1] for row in cells(signed)[1:]}
    assert beside == {"Region": "–", "ICB": "We would wait", "Trust": "–"}
    stay = [cell.paragraphs[0].paragraph_format.keep_with_next for cell in signed.rows[0].cells]
    assert all(stay), "signatures stand on one page"
    said = next(one for one in told.tables if "Words" in cells(one)[0])
    assert day_words(world.today) in cells(said)[1]
    decided = next(one for one in told.tables if cells(one)[0][0] == "Two asks")
    assert "they do not ask the same" in cells(decided)[1][1]
    found = {"seen": seen_on(page_of(region.client, REVIEW)), "day": world.today.isoformat(),
             "item-1-found": "found-partly", "item-1-words": "Half of it",
             "confirmed": "1"}  # fmt: skip
    region.client.post(REVIEW, found)
    words = "\n".join(one.text for one in letter(trust).paragraphs)
    assert "Reviewed since" in words
    assert "Nobody is to act now" in words
    assert "Item 1: partly kept. Half of it" in words
    assert "waits for" not in words


def test_what_is_decided_after_the_signatures_stands_behind_them(world: World) -> None:
    act(add_plan(), *AT["in-force"])
    add_ask("TW1", "ZA1", title="Weekly return", received_on=world.today)
    add_ask("TW2", "ZA1", title="Weekly return", received_on=world.today)
    trust = Side(world, "ZA1")
    before, _ = _parted(letter(trust))
    trust.client.post("/plans/one/PLAN-1/twice/", {"id": ["TW1", "TW2"], "kind": "split"})
    signed, behind = _parted(letter(trust))
    assert signed == before
    assert f"No part of what is signed: decisions as of {day_words(world.today)}" in behind
    assert "they do not ask the same" in behind


def _parted(told: Any) -> tuple[str, str]:
    """The words of a letter up to its signatures, and from them on."""
    words = "\n".join(
        one.text if hasattr(one, "text") else str(cells(one)) for one in told.iter_inner_content()
    )
    signed, _, behind = words.partition("\nSignatures\n")
    assert behind
    return signed, behind


def test_days_of_the_spreadsheet_are_days(world: World) -> None:
    from python_calamine import CalamineWorkbook

    act(add_plan(), *AT["in-force"])
    answer = Side(world, "ZA1").client.get("/plans/one/PLAN-1/sheets/")
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    rows = book.get_sheet_by_name("items").to_python()
    assert date(2099, 3, 31) in rows[-1]
    assert rows[-1][0] == 1, "a number, by which it is sorted"
    assert not isinstance(rows[-1][0], str)


def test_who_leads_is_settled_by_item_with_its_reason(world: World) -> None:
    act(add_plan(), *AT["settle"])
    region = Side(world, "ZR1")
    item = {"id": "1", "aim": "Fewer", "function": "finance", "measure": "Returns",
            "lead": "chief executive", "due": "2099-03-31", "settled": "icb"}  # fmt: skip
    assert "Enter why" in region.write(item, kept=1).content.decode()
    region.write(item | {"because": "the money is the system's."}, kept=1)
    form = page_of(region.client, "/plans/one/PLAN-1/items/")
    assert "By the map of remits: " in form
    assert "because " in form
    region.act("put-to-signature")
    shown = Side(world, "ZA1").page()
    assert "ICB leads, settled: the money is the system" in shown
    assert ".." not in shown, "a reason that ends with a full stop has one"
    assert "(by the map)" in shown, "what it was settled against stands beside it"
    assert "Who leads, as settled" in shown, "it stands among what changed"
    assert re.search(r"<del>.*?leads</del> <ins>.*?ICB leads, settled", shown), "and who led before"


def test_a_draft_takes_over_what_is_open_at_the_trust_when_it_is_ticked(world: World) -> None:
    add_plan()
    add_ask("LATE1", "ZA1", title="Weekly return", due_on=world.today - timedelta(days=3))
    add_ask("LATE2", "ZA2", title="Of another", due_on=world.today - timedelta(days=3))
    region, address = Side(world, "ZR1"), "/plans/one/PLAN-1/items/"
    page = page_of(region.client, address)
    assert re.search(r"Late ask, due [^:]*, asked by NHSE region: Weekly return", page)
    assert "Of another" not in page
    assert "checked" not in page
    (one,) = items_of(model("together.PlanVersion").objects.get().text)
    sent = items_sent({"id": "1", "aim": one.aim}, seen=seen_on(page), kept=1)
    answer = region.client.post(address, sent | {"take": ["ask-LATE1", "ask-LATE2"]})
    assert answer["Location"] == address
    found = [one.aim for one in items_of(model("together.PlanVersion").objects.get().text)]
    assert found == ["Draft words", "Answered: “Weekly return”, asked by NHSE region (LATE1)"]
    assert "Late ask, due" not in page_of(region.client, address), "it is an item already"


def test_a_plan_goes_from_draft_to_signatures_in_fifteen_minutes_of_reading(world: World) -> None:
    """Each page that three people need is read whole, at 200 words a minute, but what is folded."""
    region, icb, trust = (Side(world, code) for code in PART)
    read = list[int]()

    def see(side: Side, answer: Any = None, path: str = "/plans/one/PLAN-1/") -> None:
        read.append(words_read(answer or side.client.get(path)))

    see(region, path="/plans/")
    see(region, path="/plans/new/")
    given = {"organisation": "ZA1", "title": "One plan for the year", "period": "2026/27"}
    see(region, region.client.post("/plans/new/", given, follow=True))
    aims = ("Fewer returns", "Nobody waits longer than 65 weeks", "One return in place of two")
    items = [ITEM | {"aim": one, "due": "2099-03-31"} for one in aims]
    region.write(*items)
    see(region)
    see(region, region.act("hand-over"))
    for side, says in ((icb, "comment"), (trust, "correct")):
        see(side)
        side.act(says, text="It is the figure of the month before, as published.", item="1")
        see(side, side.act("hand-in"))
    see(region)
    see(region, path="/plans/one/PLAN-1/items/")
    numbered = [one | {"id": str(n)} for n, one in enumerate(items, start=1)]
    region.write(numbered[0] | {"measure": "Returns a month, as published"}, *numbered[1:], kept=3)
    see(region)
    see(region, region.act("put-to-signature", sure=False))
    see(region, region.act("put-to-signature"))
    for side in (trust, icb, region):
        see(side)
        see(side, side.act("sign", signed_as="chief executive", sure=False))
        see(side, side.act("sign", signed_as="chief executive"))
    assert model("together.Plan").objects.get().status == "in-force"
    assert sum(read) < 15 * 200, read
