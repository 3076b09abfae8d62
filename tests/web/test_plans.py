"""The pages of plans: from draft to signatures, what two do at once, and what is asked twice."""

from __future__ import annotations

import io
import re
from typing import Any
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from remit.oversight.plan_items import PlanItem, items_of, text_of
from remit.records.audit import verify
from remit.records.loading import model
from tests.web.planned import AT, act, add_plan
from tests.web.world import SafeClient, World, add_ask

ITEM = {"aim": "Fewer returns", "measure": "Returns a month", "function": "finance",
        "lead": "chief operating officer", "due": "2026-12-01"}  # fmt: skip
PART = {"ZR1": "region", "ZB1": "icb", "ZA1": "trust"}


def page_of(client: SafeClient, address: str, **given: str) -> str:
    answer = client.get(address, given)
    assert answer.status_code == 200, address
    return str(answer.content.decode())


def h1(text: str) -> str:
    found = re.search(r"<h1>(.*?)</h1>", text, re.DOTALL)
    assert found
    return found[1]


def seen_on(text: str) -> str:
    found = re.search(r'name="seen" value="(\d+)"', text)
    assert found
    return found[1]


def items_sent(*items: dict[str, str], seen: str, kept: int = 0) -> dict[str, str]:
    sent = {"item-TOTAL_FORMS": str(len(items)), "item-INITIAL_FORMS": str(kept), "seen": seen}
    for number, one in enumerate(items):
        sent |= {f"item-{number}-{name}": value for name, value in one.items()}
    return sent


class Side:
    """A person of one side, who goes through the pages."""

    def __init__(self, world: World, code: str, role: str = "signatory") -> None:
        self.client, self.part = world.client((code, role)), PART[code]

    def page(self, plan_id: str = "PLAN-1", **given: str) -> str:
        return page_of(self.client, f"/plans/one/{plan_id}/", **given)

    def write(self, *items: dict[str, str], kept: int = 0) -> Any:
        address = "/plans/one/PLAN-1/items/"
        seen = seen_on(page_of(self.client, address))
        return self.client.post(address, items_sent(*items, seen=seen, kept=kept))

    def act(
        self, name: str, *, seen: str = "", follow: bool = True, sure: bool = True, **fields: str
    ) -> Any:
        """Press a button; with ``sure`` also the one of the second look, if there is one."""
        key = f"{name}-{self.part}"
        sent = {"act": name, "part": self.part, "seen": seen or seen_on(self.page())}
        sent |= {f"{key}-{field}": value for field, value in fields.items()}
        sent |= {"confirmed": "1"} if sure else {}
        return self.client.post("/plans/one/PLAN-1/act/", sent, follow=follow)


def test_three_people_bring_a_plan_from_draft_into_force(world: World) -> None:
    region, icb, trust = (Side(world, code) for code in PART)
    given = {"organisation": "ZA1", "title": "One plan for the year", "period": "2026/27"}
    begun = region.client.post("/plans/new/", given)
    assert begun["Location"] == "/plans/one/PLAN-1/items/"
    assert "no item yet" in region.act("hand-over").content.decode()
    assert region.write(ITEM).status_code == 302
    draft = region.page()
    assert "it waits for you" in h1(draft)
    assert "a draft that only its writer sees" in draft
    assert "Finance: " in draft
    assert icb.client.get("/plans/one/PLAN-1/").status_code == 404
    region.act("hand-over")
    assert "waits for NHS Larkshire" in h1(trust.page())
    assert "it waits for you" in h1(icb.page())
    icb.act("comment", text="December is late.", item="1")
    assert "December is late." in icb.page()
    assert "December is late." not in trust.page() + region.page()
    icb.act("hand-in")
    trust.act("correct", text="It is one return fewer.")
    trust.act("hand-in")
    assert "December is late." in trust.page()
    assert "It is one return fewer." in icb.page()
    region.write(ITEM | {"id": "1", "due": "2026-11-01"}, ITEM | {"aim": "A new item"}, kept=1)
    assert "A new item" not in trust.page()
    region.act("put-to-signature")
    text = trust.page()
    assert "2 items changed since version 1" in text
    assert re.search(r"<del>.*December.*</del> <ins>.*November.*</ins>", text)
    trust.act("sign", signed_as="chief executive")
    assert "1 of 3 have signed" in icb.page()
    assert "Enter what you want to say" in icb.act("dissent", text="").content.decode()
    icb.act("dissent", text="We would have begun in May.")
    icb.act("sign", signed_as="chief executive")
    region.act("sign", signed_as="oversight lead")
    shown = trust.page()
    assert "in force since" in h1(shown)
    assert "All have signed version 2" in shown
    assert "We would have begun in May." in shown
    assert "This is version 1" in trust.page(version="1")
    assert model("together.PlanVersion").objects.get(number=2).in_force_from == world.today
    verify()


def test_a_plan_is_given_back_with_its_reason(world: World) -> None:
    act(add_plan(), *AT["sign-trust"])
    trust = Side(world, "ZA1")
    bare = trust.act("give-back", follow=False)
    assert (bare.status_code, "Enter what you want to say" in bare.content.decode()) == (400, True)
    trust.act("give-back", text="The day is wrong.")
    shown = Side(world, "ZR1").page()
    assert "given back, because" in shown
    assert "The day is wrong." in shown
    assert "it waits for you" in h1(shown)


def test_a_signature_names_a_role_and_no_person(world: World) -> None:
    act(add_plan(), *AT["sign-trust"])
    trust = Side(world, "ZA1")
    for role in ("", "Mr John Smith"):
        assert trust.act("sign", follow=False, signed_as=role).status_code == 400
    assert not model("together.PlanSignature").objects.exists()
    trust.act("sign", signed_as="chief executive")
    (signed,) = model("together.PlanSignature").objects.all()
    assert (signed.signed_as, signed.organisation) == ("chief executive", "ZA1")
    assert signed.signed_by == f"account-{world.account(('ZA1', 'signatory')).pk}"


def test_of_two_who_write_the_second_sees_both(world: World) -> None:
    add_plan("[]")
    one, other = Side(world, "ZR1"), Side(world, "ZR1", "contributor")
    address = "/plans/one/PLAN-1/items/"
    seen = seen_on(page_of(other.client, address))
    one.write(ITEM)
    late = {"aim": "Another aim"}
    answer = other.client.post(address, items_sent(late, seen=seen))
    text = answer.content.decode()
    assert (answer.status_code, "Fewer returns" in text, "Another aim" in text) == (409, True, True)
    again = other.client.post(address, items_sent(late, seen=seen_on(text)))
    assert again.status_code == 302
    assert "Another aim" in one.page()


def test_who_passes_on_what_another_wrote_meanwhile_is_told(world: World) -> None:
    add_plan(text_of([PlanItem("1", "Fewer returns")]))
    one, other = Side(world, "ZR1"), Side(world, "ZR1", "contributor")
    seen = seen_on(other.page())
    one.write(ITEM | {"id": "1"}, kept=1)
    answer = other.act("hand-over", seen=seen, follow=False)
    assert (answer.status_code, "Nothing was done" in answer.content.decode()) == (409, True)
    assert other.act("hand-over", seen="no number", follow=False).status_code == 409
    other.act("hand-over")
    assert model("together.Plan").objects.get().status == "comment"


@pytest.mark.parametrize(
    ("item", "said"),
    [
        ({"measure": "Returns"}, "Enter what is to be reached"),
        ({"aim": "Fewer", "lead": "Mr John Smith"}, "reads as a person"),
        ({"aim": "Fewer", "due": "soon"}, "Enter a day"),
        ({"aim": "Fewer", "function": "no such"}, "not one of the available choices"),
    ],
)
def test_an_item_with_a_fault_is_told_and_kept_on_the_page(
    world: World, item: dict[str, str], said: str
) -> None:
    add_plan("[]")
    answer = Side(world, "ZR1").write(item)
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert items_of(model("together.PlanVersion").objects.get().text) == ()


def test_an_item_that_others_saw_keeps_its_number_and_one_that_is_cleared_is_gone(
    world: World,
) -> None:
    plan = add_plan(text_of([PlanItem("1", "First"), PlanItem("2", "Second")]))
    act(plan, ("hand-over", "region"), ("call-back", "region"))
    Side(world, "ZR1").write({"id": "1", "aim": ""}, {"id": "2", "aim": "Second"},
                             {"aim": "Third"}, kept=2)  # fmt: skip
    kept = items_of(model("together.PlanVersion").objects.get(number=2).text)
    assert [(one.id, one.aim) for one in kept] == [("2", "Second"), ("3", "Third")]


def test_the_list_says_who_is_to_act_and_since_when(world: World) -> None:
    act(add_plan(), *AT["comment"])
    add_plan(plan_id="PLAN-2")
    icb, trust, region = (Side(world, code) for code in ("ZB1", "ZA1", "ZR1"))
    assert h1(page_of(icb.client, "/plans/")) == "1 plan waits for you"
    assert h1(page_of(trust.client, "/plans/")) == "No plan waits for you"
    assert "/plans/one/PLAN-1/" in page_of(icb.client, "/"), "it stands in the work list"
    assert 'web-noun">Plan</strong> <a href="/plans/one/PLAN-1/">Plan of one year</a>' in page_of(
        icb.client, "/"
    )
    assert 'web-noun">Plan<' not in page_of(trust.client, "/"), "it moved, and waits not"
    text = page_of(region.client, "/plans/")
    assert h1(text) == "1 plan waits for you"
    assert text.count('href="/plans/one/') == 2
    assert "ICB: NHS Larkshire" in text
    assert page_of(region.client, "/plans/", waiting="1").count('href="/plans/one/') == 1
    assert page_of(region.client, "/plans/", state="comment").count('href="/plans/one/') == 1
    assert page_of(trust.client, "/plans/").count('href="/plans/one/') == 1
    signing = world.client(("ZA1", "contributor"))
    act(model("together.Plan").objects.get(pk="PLAN-1"), *AT["sign-trust"][1:])
    assert h1(page_of(signing, "/plans/")) == "No plan waits for you"
    assert h1(page_of(trust.client, "/plans/")) == "1 plan waits for you"


def queries_of(client: SafeClient, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as caught:
        client.get(address)
    return len(caught)


def test_the_number_of_queries_does_not_grow_with_rows(world: World) -> None:
    client = world.client(("ZR1", "signatory"))
    plan = act(add_plan(), *AT["in-force"])
    del plan
    few = {one: queries_of(client, one) for one in ("/plans/", "/plans/one/PLAN-1/")}
    for number in range(2, 12):
        add_plan(plan_id=f"PLAN-{number}")
    for _ in range(6):
        act(model("together.Plan").objects.get(pk="PLAN-1"), ("dissent", "icb", "No."))
    assert {one: queries_of(client, one) for one in few} == few


def test_what_is_asked_twice_is_decided_here_and_holds(world: World) -> None:
    act(add_plan(), *AT["comment"])
    same = {"title": "Weekly return of 62-day cancer waits", "received_on": world.today,
            "text": "Please send the weekly return of 62-day cancer waits by Friday."}  # fmt: skip
    add_ask("TW1", "ZA1", from_body="NHSE region", **same)
    add_ask("TW2", "ZA1", from_body="ICB", **same)
    address = "/plans/one/PLAN-1/twice/"
    trust = world.client(("ZA1", "contributor"))
    text = page_of(trust, address)
    assert "They ask the same" in text
    reader = world.client(("ZA1", "reader"))
    assert "They ask the same" not in page_of(reader, address)
    given = {"id": ["TW1", "TW2"], "kind": "confirm"}
    assert reader.post(address, given).status_code == 403
    assert trust.post(address, {"id": ["TW1", "ASKZA2"], "kind": "confirm"}).status_code == 404
    assert trust.post(address, {"id": ["TW1"], "kind": "confirm"}).status_code == 409
    assert trust.post(address, given).status_code == 302
    (kept,) = model("Decision").objects.all()
    assert (kept.kind, kept.relation, kept.decided_by) == ("confirm", "duplicate", "contributor")
    text = page_of(trust, address)
    assert "(contributor)" in text
    assert trust.post(address, {"id": ["TW1", "TW2"], "kind": "split"}).status_code == 302
    text = page_of(trust, address)
    assert "To be decided" not in text
    assert "they do not ask the same" in text, "what a person parted stays on the page"
    verify()


def test_a_letter_and_a_spreadsheet_hold_what_one_may_see(world: World) -> None:
    plan = act(
        add_plan(text_of([PlanItem("1", '=HYPERLINK("x")', function="finance")])),
        AT["comment"][0], ("comment", "icb", "Too late"),
    )  # fmt: skip
    region, icb = Side(world, "ZR1"), Side(world, "ZB1")
    letter = icb.client.get("/plans/one/PLAN-1/letter/")
    assert 'filename="PLAN-1-version-1.docx"' in letter["Content-Disposition"]
    words = ZipFile(io.BytesIO(letter.content)).read("word/document.xml").decode()
    assert "Too late" in words
    assert "HYPERLINK" in words
    assert "fictional" in words
    other = region.client.get("/plans/one/PLAN-1/letter/").content
    assert "Too late" not in ZipFile(io.BytesIO(other)).read("word/document.xml").decode()
    book = ZipFile(io.BytesIO(icb.client.get("/plans/one/PLAN-1/sheets/").content))
    sheets = [book.read(one).decode() for one in book.namelist() if one.endswith(".xml")]
    assert not any("<f>" in one for one in sheets), "no cell is a formula"
    assert any("Too late" in one for one in sheets)
    assert any("=HYPERLINK" in one for one in sheets)
    act(plan, *AT["in-force"][1:])
    signed = icb.client.get("/plans/one/PLAN-1/letter/").content
    assert "signed by all" in ZipFile(io.BytesIO(signed)).read("word/document.xml").decode()


def test_the_changes_of_a_plan_show_each_side_its_own(world: World) -> None:
    act(add_plan("First words"), ("write", "region", "Second words"), AT["comment"][0])
    region, trust = (Side(world, code) for code in ("ZR1", "ZA1"))
    address = "/plans/one/PLAN-1/changes/"
    assert "First words" in page_of(region.client, address)
    shown = page_of(trust.client, address)
    assert "First words" not in shown
    assert "Second words" not in shown
    assert "comment" in shown
