"""Commitments and what serves them, agreements and who signs them, boards and their evidence."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from remit.records.audit import SYSTEM, Event, change, entries_for, verify
from remit.records.together.models import (
    Agreement,
    AgreementParty,
    CapabilityAnswer,
    Commitment,
    CommitmentTie,
)
from remit.web.access.relations import NATIONAL
from tests.web.figures_world import add_figure
from tests.web.test_conversations import ago, seen_mark
from tests.web.test_desk import page_of
from tests.web.together_world import add_agreement, add_commitment, make
from tests.web.world import World, add_action, add_ask

BOARD = "/capability/ZA1/nof-2025-26/"


def tie(commitment: Any, kind: str, target: str) -> Any:
    fields = {"commitment": commitment, "kind": kind, "target": target}
    return make(CommitmentTie, commitment.organisation, **fields)


# Commitments --------------------------------------------------------------------------------------


def test_what_serves_no_commitment_is_seen(world: World) -> None:
    for number in range(4):
        add_ask(f"MORE{number}", "ZA1")
    add_ask("SHUT", "ZA1", status="closed")
    add_action("ACT-M", "MORE1")
    add_action("ACT-D", "MORE1", done_on=world.today)
    served = add_commitment("COM-1", "ZA1")
    add_commitment("COM-2", "ZA1")
    hidden = add_commitment("COM-H", "ZA2")
    for kind, target in (("ask", "MORE1"), ("action", "ACT-M"), ("metric", "OF0010")):
        tie(served, kind, target)
    tie(hidden, "ask", "MORE2")
    client = world.client(("ZA1", "reader"))
    page = page_of(client, "/commitments/")
    assert "<h1>4 open asks serve no commitment</h1>" in page
    assert "1 open action serves none either" in page
    assert "1 of 2 commitments is served by nothing" in page
    assert "1 ask, 1 action, 1 figure" in page.replace("\n", "")
    assert "COM-H" not in page
    idle = page_of(client, "/commitments/", served="no")
    assert ("/one/COM-1/" in idle, "/one/COM-2/" in idle) == (False, True)
    assert "/one/COM-1/" in page_of(client, "/commitments/", q="com-1")
    asks = page_of(client, "/commitments/none/ask/")
    assert "4 open asks serve no commitment" in asks
    assert ("MORE0" in asks, "MORE1" in asks, "MORE2" in asks) == (True, False, True)
    actions = page_of(client, "/commitments/none/action/")
    assert ("ACT-ZA1" in actions, "ACT-M" in actions) == (True, False)
    assert client.get("/commitments/none/metric/").status_code == 404


def test_a_figure_that_was_spoken_of_and_serves_none_is_seen(world: World) -> None:
    for code, metric in (("ZA1", "ae.four-hours"), ("ZA1", "ae.four-hours"), ("ZA1", "OF0010"),
                         ("ZA1", "OF0023"), ("ZA2", "ae.four-hours")):  # fmt: skip
        add_figure(code, metric=metric, metric_name=f"Metric {metric}")
    tie(add_commitment("COM-1", "ZA1"), "metric", "OF0010")
    add_commitment("COM-2", "ZA1", metric="OF0023")
    tie(add_commitment("COM-H", "ZA2"), "metric", "ae.four-hours")
    client, address = world.client(("ZA1", "reader")), "/commitments/none/figure/"
    page = page_of(client, address)
    assert "<h1>1 figure that was spoken of serves no commitment</h1>" in page
    assert ("/figures/of/ZA1/ae.four-hours/" in page, "ZA2" in page) == (True, False)
    assert "nor does 1 figure that was spoken of" in page_of(client, "/commitments/")
    icb = page_of(world.client(("ZB1", "reader")), address)
    assert "<h1>No figures that were spoken of serve no commitment</h1>" in icb


def test_a_commitment_is_entered_changed_tied_and_untied(world: World) -> None:
    client = world.client(("ZB1", "contributor"))
    given = {"organisation": "ZB1", "strategy": "Joint forward plan", "aim": "Fewer waits",
             "metric": "OF0010", "due_on": "2029-03-31", "parties": "ZA1"}  # fmt: skip
    assert client.post("/commitments/new/", given).status_code == 302
    found = Commitment.objects.get(aim="Fewer waits")
    address = f"/commitments/one/{found.pk}/"
    assert "served by nothing" in page_of(client, address)
    for kind, target in (("ask", "ASKZA2"), ("ask", "ASKZA2"), ("metric", "OF0010")):
        sent = {"kind": kind, "target": target}
        assert client.post(f"{address}tie/", sent).status_code == 302
    assert found.ties.count() == 2
    page = page_of(client, address)
    assert "served by 2 things" in page
    assert "Return ASKZA2" in page
    trust = page_of(world.client(("ZA1", "reader")), address)
    assert "An ask that you may not see" in trust
    assert "ASKZA2" not in trust
    edit = f"{address}change/"
    seen = seen_mark(client, edit)
    later = given | {"metric": "", "measure": "Weeks", "seen": seen}
    assert client.post(edit, later).status_code == 302
    assert client.post(edit, later | {"aim": "No waits"}).status_code == 409
    found.refresh_from_db()
    assert (found.metric, found.measure, found.aim) == (None, "Weeks", "Fewer waits")
    one = found.ties.get(kind="ask")
    gone = f"{address}tie/{one.pk}/gone/"
    assert [client.post(gone).status_code for _ in range(2)] == [302, 404]
    assert client.post(f"{address}tie/{2**70}/gone/").status_code == 404
    assert "removed" in page_of(client, f"/changes/commitment/{found.pk}/")
    assert verify().holds


@pytest.mark.parametrize(
    ("address", "given", "said"),
    [
        ("new/", {"metric": "OF9999999"}, "There is no metric “OF9999999”"),
        ("new/", {"aim": ""}, "Enter the aim"),
        ("one/COM-1/tie/", {"kind": "ask", "target": "ASKZA6"}, "that you may see"),
        ("one/COM-1/tie/", {"kind": "action", "target": "ACT-ZA6"}, "that you may see"),
        ("one/COM-1/tie/", {"kind": "metric", "target": "waits"}, "There is no metric “waits”"),
        ("one/COM-1/tie/", {"kind": "risk", "target": "RISK-1"}, "Select a valid choice"),
    ],
)
def test_a_form_that_will_not_do_says_why(
    world: World, address: str, given: dict[str, str], said: str
) -> None:
    add_commitment("COM-1", "ZA1")
    sent = {"organisation": "ZA1", "strategy": "Plan", "aim": "Fewer waits", **given}
    answer = world.client(("ZA1", "contributor")).post(f"/commitments/{address}", sent)
    assert (answer.status_code, said in answer.content.decode()) == (400, True)
    assert Commitment.objects.count() == 1
    assert not CommitmentTie.objects.exists()


# Agreements ---------------------------------------------------------------------------------------


def test_an_agreement_is_entered_changed_and_signed_by_all(world: World) -> None:
    client = world.client(("ZB1", "signatory"))
    given = {"title": "One return", "text": "Weekly\n\nand once", "organisation": "ZB1",
             "parties": "ZA1", "agreed_on": "2026-04-01", "ends_on": "2027-03-31"}  # fmt: skip
    assert client.post("/agreements/new/", given).status_code == 302
    found = Agreement.objects.get(title="One return")
    address = f"/agreements/one/{found.pk}/"
    assert "2 of 2 signatures are missing" in page_of(client, address)
    stale = seen_mark(client, address)
    edit = f"{address}change/"
    later = given | {"text": "Monthly", "seen": seen_mark(client, edit)}
    assert client.post(edit, later).status_code == 302
    signed = f"{address}signed/"
    answer = client.post(signed, {"organisation": "ZB1", "seen": stale})
    assert (answer.status_code, "changed since you read it" in answer.content.decode()) == (
        409, True,
    )  # fmt: skip
    now = {"seen": seen_mark(client, address)}
    assert client.post(signed, now | {"organisation": "ZA1"}).status_code == 403
    assert client.post(signed, now | {"organisation": "ZB1"}).status_code == 302
    again = client.post(signed, now | {"organisation": "ZB1"})
    assert (again.status_code, "signed already" in again.content.decode()) == (409, True)
    trust = world.client(("ZA1", "signatory"))
    for answer in (client.get(edit), trust.post(edit, later)):
        assert answer.status_code == 409
        assert "what was signed is not changed" in answer.content.decode()
    assert trust.post(signed, now | {"organisation": "ZA1"}).status_code == 302
    page = page_of(trust, address)
    assert "One return: signed by all" in page
    assert "as signatory" in page
    party = AgreementParty.objects.get(agreement=found, organisation="ZA1")
    assert next((one.what, one.acting_for) for one in entries_for(party)) == ("sign", "ZA1")
    assert "signed" in page_of(trust, f"/changes/agreement/{found.pk}/")
    assert verify().holds


def test_only_who_signs_for_a_party_signs_and_no_stranger_is_one(world: World) -> None:
    add_agreement("AGR-1", "ZB1", "ZA1")
    signed = "/agreements/one/AGR-1/signed/"
    contributor = world.client(("ZA1", "contributor"))
    assert "Sign for" not in page_of(contributor, "/agreements/one/AGR-1/")
    assert contributor.post(signed, {"organisation": "ZA1"}).status_code == 403
    region = world.client(("ZR1", "signatory"))
    assert region.post(signed, {"organisation": "ZA1"}).status_code == 403
    answer = region.post(signed, {"organisation": "ZR1"})
    assert (answer.status_code, "no party" in answer.content.decode()) == (409, True)


def test_the_list_says_which_agreements_wait(world: World) -> None:
    one = add_agreement("AGR-1", "ZA1", "ZB1")
    add_agreement("AGR-2", "ZA1", ends_on=ago(world, 1))
    add_agreement("AGR-X", "ZA2")
    signed = AgreementParty.objects.get(agreement="AGR-2")
    change(Event(SYSTEM, "ZA1", "sign"), signed, signed_on=world.today, signed_as="signatory")
    client = world.client(("ZA1", "contributor"))
    page = page_of(client, "/agreements/")
    assert "<h1>1 of 2 agreements waits for a signature</h1>" in page
    assert "(over)" in page
    assert "AGR-X" not in page
    for given, keys in (({"state": "waits"}, {"1"}), ({"state": "signed"}, {"2"}),
                        ({"q": "agr-2"}, {"2"})):  # fmt: skip
        found = page_of(client, "/agreements/", **given)
        assert {k for k in "12" if f"/one/AGR-{k}/" in found} == keys, given
    sent = {"title": "A", "text": "B", "parties": "ZB1", "agreed_on": "2026-04-01",
            "ends_on": "2026-03-01"}  # fmt: skip
    answer = client.post("/agreements/one/AGR-1/change/", sent)
    assert (answer.status_code, "ends before it begins" in answer.content.decode()) == (400, True)
    assert one.title in page_of(client, "/agreements/")


# Boards -------------------------------------------------------------------------------------------


def test_a_board_answers_for_itself_with_evidence(world: World) -> None:
    client = world.client(("ZA1", "contributor"))
    assert "0 of 6 domains answered, 0 with evidence" in page_of(client, BOARD).replace(
        "no domains", "0 of 6 domains"
    )
    address = f"{BOARD}strategy/"
    sent = {"answer": "Partly confirmed", "evidence": "Board paper 12", "seen": "none"}
    assert client.post(address, sent).status_code == 302
    found = CapabilityAnswer.objects.get()
    assert (found.answered_on, found.answered_as) == (world.today, "contributor")
    page = page_of(client, BOARD)
    assert "1 of 6 domains answered, 1 with evidence" in page
    assert "Board paper 12" in page
    clash = client.post(address, sent | {"answer": "Confirmed"})
    text = clash.content.decode()
    assert (clash.status_code, "now: Partly confirmed" in text) == (409, True)
    again = sent | {"answer": "Confirmed", "evidence": "", "seen": seen_mark(client, address)}
    assert client.post(address, again).status_code == 302
    assert "1 of 6 domains answered, 0 with evidence" in page_of(client, BOARD)
    icb = world.client(("ZB1", "signatory"))
    assert "Confirmed" in page_of(icb, BOARD)
    answer = icb.get(address)
    assert (answer.status_code, "itself answers here" in answer.content.decode()) == (403, True)
    assert CapabilityAnswer.objects.get().answer == "Confirmed"
    assert verify().holds


def test_boards_with_the_most_open_come_first(world: World) -> None:
    for domain in ("strategy", "quality", "people", "access", "productivity", "finance"):
        make(CapabilityAnswer, "ZA1", organisation="ZA1", framework="nof-2025-26",
             question=domain, answer="Confirmed", evidence="Paper")  # fmt: skip
    client = world.client(("ZB1", "reader"))
    page = page_of(client, "/capability/", framework="nof-2025-26")
    assert "1 of " in page
    assert page.index("/capability/ZA2/") < page.index("/capability/ZA1/")
    assert "/capability/ZA6/" not in page
    assert "/capability/ZB1/" not in page
    assert client.get("/capability/", {"framework": "nof-1999"}).status_code == 404
    assert client.get("/capability/", {"framework": "nof-2022-23"}).status_code == 404
    assert client.get("/capability/").status_code == 200
    assert client.get("/capability/ZA1/nof-2022-23/").status_code == 404
    assert client.get(f"{BOARD}magic/").status_code == 404
    assert client.get("/capability/ZA6/nof-2025-26/").status_code == 404


# All ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["commitments", "commitments/none/ask", "agreements"])
def test_a_list_asks_as_often_for_sixty_as_for_one(world: World, name: str) -> None:
    client = world.client((NATIONAL, "reader"))
    counts = []
    for size in (1, 60):
        for number in range(size):
            key = f"{size}-{number}"
            add_ask(f"ASK-{key}", "ZA1")
            tie(add_commitment(f"COM-{key}", "ZA1", "ZB1"), "ask", "ASKZA1")
            add_agreement(f"AGR-{key}", "ZA1", "ZB1")
        page_of(client, f"/{name}/")
        with CaptureQueriesContext(connection) as asked:
            page_of(client, f"/{name}/")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_boards_are_counted_in_as_many_queries_whatever_they_answered(world: World) -> None:
    client = world.client((NATIONAL, "reader"))
    counts = []
    for code in ("ZA1", "ZA2"):
        for domain in ("strategy", "quality"):
            make(CapabilityAnswer, code, organisation=code, framework="nof-2025-26",
                 question=domain, answer="Yes")  # fmt: skip
        page_of(client, "/capability/", framework="nof-2025-26")
        with CaptureQueriesContext(connection) as asked:
            page_of(client, "/capability/", framework="nof-2025-26")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_no_markup_of_a_record_is_taken_for_the_page_s_own(world: World) -> None:
    bad = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'
    add_ask("ASKB", "ZA1", title=bad)
    add_ask("ASKC", "ZA1", title=bad)
    tie(add_commitment("COM-1", "ZA1", aim=bad, strategy=bad, measure=bad), "ask", "ASKB")
    add_agreement("AGR-1", "ZA1", title=bad, text=bad)
    make(CapabilityAnswer, "ZA1", organisation="ZA1", framework="nof-2025-26", question="quality",
         answer=bad, evidence=bad)  # fmt: skip
    client = world.client(("ZA1", "signatory"))
    for address in ("/commitments/", "/commitments/one/COM-1/", "/commitments/one/COM-1/change/",
                    "/commitments/none/ask/", "/agreements/", "/agreements/one/AGR-1/", BOARD,
                    f"{BOARD}quality/", f"/agreements/?q={bad}"):  # fmt: skip
        page = client.get(address).content.decode()
        assert "<script>alert" not in page, address
        assert "<img src=x" not in page, address


def test_what_two_wrote_at_the_same_moment_is_tried_again_once(world: World) -> None:
    """The second run sees what the first to write made, and answers by it."""
    from django.db import IntegrityError
    from django.http import HttpResponse
    from django.test import RequestFactory

    from remit.web.desk.together.pages import written_whole

    runs: list[str] = []

    @written_whole
    def view(request: Any) -> HttpResponse:
        runs.append(request.method)
        if len(runs) == 1 and request.method == "POST":
            raise IntegrityError
        return HttpResponse(status=409)

    assert view(RequestFactory().post("/")).status_code == 409
    assert view(RequestFactory().get("/")).status_code == 409
    assert runs == ["POST", "POST", "GET"]
