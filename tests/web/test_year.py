"""The year's findings and letters on pages: who sees which, and what is said and done there."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from remit.records.audit import SYSTEM, Event, change, entries_for, verify
from remit.records.loading import model
from remit.records.year.models import YearFinding, YearLetter, YearReply
from remit.web.running.practices_in import bring_practices
from remit.web.running.year_in import bring_in
from tests.web.queries import queries_of
from tests.web.test_desk import page_of
from tests.web.test_practices import register
from tests.web.world import SafeClient, World
from tests.web.year_world import add_finding, fill_year, sample_year

ONE = "/findings/one/ZR1-2024-25-ZB1-1/"
LETTER = "/letters/one/ZR1-2024-25-ZB1/"


@pytest.fixture
def year(world: World, tmp_path: Path) -> World:
    bring_in(sample_year(tmp_path))
    return world


def h1(text: str) -> str:
    found = re.search(r"<h1>(.*?)</h1>", text, re.DOTALL)
    assert found
    return found[1]


def finding() -> Any:
    return YearFinding.objects.get(pk="ZR1-2024-25-ZB1-1")


def test_the_list_says_what_is_disputed_and_what_waits(year: World) -> None:
    region = year.client(("ZR1", "contributor"))
    assert h1(page_of(region, "/findings/")) == "8 of 10 findings wait for a check of facts"
    icb = year.client(("ZB1", "contributor"))
    assert h1(page_of(icb, "/findings/")) == "4 of 5 findings wait for a check of facts"
    icb.post(f"{ONE}reply/", {"says": "It was in June"})
    assert h1(page_of(region, "/findings/")) == "1 of 10 findings is disputed"
    assert h1(page_of(icb, "/findings/?direction=concern&state=disputed&q=zz")) == "No finding"
    assert h1(page_of(icb, "/findings/?organisation=ZB2")) == "No finding", "never widened"


def test_a_finding_shows_its_evidence_with_line_and_vintage(year: World) -> None:
    text = page_of(year.client(("ZB1", "reader")), ONE.replace("ZB1-1", "ZB1-2"))
    assert "sample-Monthly-AE-March-2025.csv, line 2, 3, 4, 5, 11, 13" in text
    assert "as known on 2025-06-12" in text
    assert "evidence.yaml, line 4" in text
    assert "against it" in text
    assert "Both are in the plan for urgent care." in text


def test_a_draft_and_an_unsigned_letter_are_their_writers_alone(year: World) -> None:
    add_finding("FIN-draft", "ZB1", "ZR1", is_shown=False, statement="Not yet to be read")
    for code, role in (("ZB1", "signatory"), ("ENGLAND", "auditor"), ("ZB2", "contributor"),
                       ("ZA1", "signatory")):  # fmt: skip
        client = year.client((code, role))
        assert client.get("/findings/one/FIN-draft/").status_code == 404, code
        assert "Not yet to be read" not in page_of(client, "/findings/")
        assert client.get(LETTER).status_code == 404, code
        assert client.get("/changes/finding/FIN-draft/").status_code == 404
    region = year.client(("ZR1", "contributor"))
    assert "Not yet to be read" in page_of(region, "/findings/")
    assert "ready to be signed" in h1(page_of(region, LETTER))
    assert year.client(("ZB2", "reader")).get(ONE).status_code == 404
    assert year.client(("ZA1", "reader")).get(ONE).status_code == 404, "a trust of that ICB"
    assert page_of(year.client(("ENGLAND", "reader")), ONE)


def test_an_icb_finds_a_finding_right_and_a_new_wording_waits_again(year: World) -> None:
    icb, region = year.client(("ZB1", "contributor")), year.client(("ZR1", "contributor"))
    assert region.post(f"{ONE}right/").status_code == 403, "who oversees it does not speak for it"
    assert icb.post(f"{ONE}right/").status_code == 302
    assert icb.post(f"{ONE}right/").status_code == 302
    (kept,) = finding().checks.all()
    assert (kept.checked_as, kept.digest) == ("contributor", finding().digest)
    text = page_of(region, ONE)
    assert "Found right." in text
    assert "Nothing is wrong with it" not in page_of(icb, ONE)
    change(Event(SYSTEM, "ZR1", "edit"), finding(), statement="Otherwise", digest="other")
    assert "An earlier wording was found right." in page_of(region, ONE)
    assert "Nothing is wrong with it" in page_of(icb, ONE)
    verify()


def test_a_reply_is_said_by_the_icb_and_answered_by_the_writer(year: World) -> None:
    icb, region = year.client(("ZB1", "contributor")), year.client(("ZR1", "contributor"))
    assert icb.post(f"{ONE}reply/", {"says": ""}).status_code == 400
    assert icb.post(f"{ONE}reply/", {"says": "The plan came in June"}).status_code == 302
    reply = YearReply.objects.get(says="The plan came in June")
    answer = f"{ONE}reply/{reply.pk}/"
    assert icb.get(answer).status_code == 403
    page = page_of(region, answer)
    seen = re.search(r'name="seen" value="([^"]+)"', page)
    assert seen
    given = {"outcome": "refused", "reason": "", "seen": seen[1]}
    assert region.post(answer, given).status_code == 400
    assert region.post(answer, {**given, "outcome": "accepted", "seen": "0"}).status_code == 409
    assert region.post(answer, {**given, "reason": "The paper says May"}).status_code == 302
    reply.refresh_from_db()
    assert (reply.outcome, reply.reason) == ("refused", "The paper says May")
    assert "Refused: The paper says May" in page_of(icb, ONE)
    told = [one.what for one in entries_for(finding(), parts=("year.YearReply",))]
    assert {"settle", "comment", "import"} <= set(told)
    assert region.get(f"{ONE}reply/{2**70}/").status_code == 404
    by_hand = YearReply.objects.get(finding="ZR1-2024-25-ZB1-4")
    address = f"/findings/one/ZR1-2024-25-ZB1-4/reply/{by_hand.pk}/"
    refused = region.get(address)
    assert refused.status_code == 409
    assert "answer it in the folder, replies.yaml, line 4" in refused.content.decode()
    verify()


def test_an_action_answers_a_finding(year: World) -> None:
    icb = year.client(("ZB1", "contributor"))
    add = f"{ONE}action/"
    new = {"what": "Ask partners twice", "owner": "director of strategy"}
    assert icb.post(add, {**new, "owner": "Mary Smith"}).status_code == 400
    assert icb.post(add, new).status_code == 302
    made = model("Action").objects.get(what="Ask partners twice")
    assert made.organisation == "ZB1"
    assert f"/actions/one/{made.pk}/" in page_of(icb, ONE)
    assert icb.post(add, {"number": "ACT-ZA1"}).status_code == 400, "of another organisation"
    assert icb.post(add, {"number": "ACT-ZB1"}).status_code == 302
    assert icb.post(add, {"number": "ACT-ZB1"}).status_code == 302
    assert finding().ties.count() == 2
    tie = finding().ties.get(action="ACT-ZB1")
    assert icb.post(f"{ONE}action/{tie.pk}/gone/").status_code == 302
    assert icb.post(f"{ONE}action/{tie.pk}/gone/").status_code == 404
    assert year.client(("ZB1", "reader")).get(add).status_code == 403
    verify()


def test_what_waits_for_a_check_or_an_answer_stands_on_the_first_page(year: World) -> None:
    icb, region = year.client(("ZB1", "contributor")), year.client(("ZR1", "contributor"))
    assert 'web-noun">Finding<' in page_of(icb, "/")
    assert "All open findings" not in page_of(region, "/")
    assert ONE not in page_of(region, "/"), "it waits for the ICB, and not for who wrote it"
    icb.post(f"{ONE}reply/", {"says": "It was in June"})
    assert ONE not in page_of(icb, "/")
    assert ONE in page_of(region, "/")
    trust = year.client(("ZA1", "signatory"))
    assert "/findings/one/" not in page_of(trust, "/")


def test_what_others_said_of_a_finding_has_moved_and_a_whole_year_that_came_has_not(
    year: World,
) -> None:
    icb, region = year.client(("ZB1", "contributor")), year.client(("ZR1", "contributor"))
    assert "The board showed strong leadership" not in page_of(region, "/")
    assert icb.post(f"{ONE}right/").status_code == 302
    assert "The board showed strong leadership" in page_of(region, "/")


def test_search_finds_what_one_may_see(year: World, tmp_path: Path) -> None:
    bring_practices(register(tmp_path), "ZR1")
    region, icb = year.client(("ZR1", "reader")), year.client(("ZB1", "reader"))
    assert ONE in page_of(icb, "/search/", q="leadership partners board")
    assert LETTER in page_of(region, "/search/", q="annual assessment larkshire")
    assert LETTER not in page_of(icb, "/search/", q="annual assessment larkshire")
    assert ONE not in page_of(year.client(("ZA1", "reader")), "/search/", q="leadership partners")
    trust = year.client(("ZA1", "reader"))
    assert "/practices/one/ZR1-board-round/" in page_of(trust, "/search/", q="ward leave today")


def test_a_letter_is_signed_once_and_then_seen_by_whom_it_is_to(year: World) -> None:
    icb = year.client(("ZB1", "signatory"))
    region = year.client(("ZR1", "signatory"))
    icb.post(f"{ONE}reply/", {"says": "It was in June"})
    assert region.post(f"{LETTER}signed/").status_code == 409, "a reply is open"
    reply, writer = (
        YearReply.objects.get(says="It was in June"),
        year.client(("ZR1", "contributor")),
    )
    change(Event(SYSTEM, "ZR1", "settle"), reply, outcome="accepted")
    assert writer.post(f"{LETTER}signed/").status_code == 403
    assert icb.post(f"{LETTER}signed/").status_code == 404
    assert region.post(f"{LETTER}signed/").status_code == 302
    assert region.post(f"{LETTER}signed/").status_code == 409
    text = page_of(icb, LETTER)
    assert h1(text).endswith(": signed")
    assert "[name and role]" not in text
    assert text.count("Signed as signatory on ") == 1
    with ZipFile(io.BytesIO(region.get(f"{LETTER}document/").content)) as parts:
        document = parts.read("word/document.xml").decode()
    assert "[name and role]" not in document
    assert "Signed as signatory on " in document
    assert ONE in text
    assert re.search(r"at 77\.2% <a [^>]*>.*?ZB1-4</a>; further action", text)
    assert "In the letter of" in page_of(icb, ONE)
    assert icb.post(f"{ONE}right/").status_code == 409
    verify()


def test_a_letter_as_a_document_is_that_of_the_annual_room(year: World) -> None:
    client = year.client(("ZR1", "reader"))
    answer = client.get(f"{LETTER}document/")
    assert answer["Content-Disposition"] == 'attachment; filename="ZR1-2024-25-ZB1.docx"'
    with ZipFile(io.BytesIO(answer.content)) as parts:
        text = parts.read("word/document.xml").decode()
    assert "strong leadership of its partners" in text
    assert "Findings and their evidence" in text
    assert year.client(("ZR1", "administrator")).get(f"{LETTER}document/").status_code == 403


def test_a_draft_with_faults_is_never_signed(year: World) -> None:
    letter = YearLetter.objects.get(pk="ZR1-2024-25-ZB1")
    fault = '[{"kind": "no_source", "finding": "ZB1-1", "where": "findings.yaml", "message": "x"}]'
    change(Event(SYSTEM, "ZR1", "edit"), letter, faults=fault)
    region = year.client(("ZR1", "signatory"))
    text = page_of(region, LETTER)
    assert "a draft with 1 fault" in h1(text)
    assert "Sign the letter" not in text
    assert region.post(f"{LETTER}signed/").status_code == 409
    assert region.get(f"{LETTER}document/").status_code == 200


def test_a_letter_with_a_place_to_fill_is_not_signed_and_says_which(year: World) -> None:
    letter = YearLetter.objects.get(pk="ZR1-2024-25-ZB1")
    text = letter.text.replace("Dear Chair and Chief Executive", "Dear [whom it is to]")
    assert text != letter.text
    change(Event(SYSTEM, "ZR1", "edit"), letter, text=text)
    region = year.client(("ZR1", "signatory"))
    page = page_of(region, LETTER)
    assert "1 place to fill" in h1(page)
    assert "It cannot be signed with [whom it is to]." in page
    assert "Sign the letter" not in page
    refused = region.post(f"{LETTER}signed/")
    assert refused.status_code == 409
    assert "places to fill: [whom it is to]" in refused.content.decode()
    assert not YearLetter.objects.get(pk=letter.pk).is_signed


def test_the_list_asks_the_database_no_more_often_with_more(world: World) -> None:
    fill_year(world.today)
    client: SafeClient = world.client(("ZR1", "signatory"))
    few = queries_of(client, "/findings/")
    for number in range(9):
        add_finding(f"FIN-{number}", "ZB1", "ZR1")
    assert queries_of(client, "/findings/") == few
