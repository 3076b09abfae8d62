"""Asks and actions as spreadsheets, and lists brought in: shown first, kept after a yes."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from remit.records.audit import entries_for
from remit.records.loading import model
from remit.web.mine.models import WaitingRows
from tests.web.queries import queries_of
from tests.web.together_world import add_conversation
from tests.web.world import SafeClient, World, add_action, add_ask

ACTIONS = (
    "What,Owner,Due,Ask,Conversation,Organisation code\n"
    "Send the plan,chief nurse,30/04/2027,ASKZA1,,\n"
    "Ring Priya Sharma,Priya Sharma,,ASKZA1,,\n"
    "Agree one return,chair,the day after,ASKZA1,,\n"
    "Look at the beds,chair,,ASKZA2,,\n"
    "Settle the budget,finance director,2027-05-01,,finance review,ZA1\n"
    "Settle theirs,finance director,,,finance review,ZA2\n"
    "From nowhere,chair,,,,\n"
)
ASKS = (
    "Title,Requested by,Received,Due date,Organisation code\n"
    "Winter plan for beds,NHS England,01/10/2026,30/11/2026,ZA1\n"
    "Agency spend by ward,NHS England,02/10/2026,30/11/2026,ZA2\n"
    "Waiting list by specialty,CQC,03/10/2026,,\n"
)


def send(client: SafeClient, kind: str, text: str | bytes, name: str = "list.csv") -> Any:
    content = text.encode() if isinstance(text, str) else text
    file = SimpleUploadedFile(name, content)
    return client.post(f"/{kind}/bring-in/", {"file": file, "to_org": "ZA1"})


def token_of(answer: Any) -> str:
    found = re.search(r'name="token" value="([^"]+)"', answer.content.decode())
    assert found
    return found[1]


def confirm(client: SafeClient, kind: str, token: str) -> Any:
    return client.post(f"/{kind}/bring-in/", {"token": token})


def sheet(client: SafeClient, address: str) -> list[list[Any]]:
    """The table of a workbook, from its heading on."""
    answer = client.get(address)
    assert answer.status_code == 200
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    rows = book.get_sheet_by_name(book.sheet_names[-1]).to_python()
    start = next(i for i, row in enumerate(rows) if row[0] in {"Reference", "Number"})
    return rows[start:]


# Out ----------------------------------------------------------------------------------------------


def test_lists_are_taken_away_as_spreadsheets_with_their_filters(world: World) -> None:
    add_ask("ASKX", "ZA1", title="Winter plan", due_on=date(2027, 1, 5), hours_estimate=2.5)
    client = world.client(("ZA1", "reader"))
    head, row = sheet(client, "/asks.xlsx?q=winter")
    found = dict(zip(head, row, strict=True))
    assert (found["Reference"], found["Title"], found["Due"]) == (
        "ASKX", "Winter plan", date(2027, 1, 5),
    )  # fmt: skip
    assert found["Days late"] == "[z]"
    assert found["Hours"] == 2.5
    assert found["Organisation"].startswith("Larkshire University")
    assert [one[0] for one in sheet(client, "/actions.xlsx")] == ["Number", "ACT-ZA1"]
    none = client.get("/actions.xlsx?q=nothing+at+all")
    assert (none.status_code, "no row" in none.content.decode()) == (409, True)


def test_a_spreadsheet_says_what_is_asked_twice_as_far_as_is_to_be_seen(world: World) -> None:
    same = {"title": "Weekly return of 62-day cancer waits", "received_on": world.today,
            "text": "Please send the weekly return of 62-day cancer waits by Friday."}  # fmt: skip
    for number in (1, 2, 3):
        add_ask(f"TW{number}", "ZA1", **same)
    writer = world.client(("ZA1", "contributor"))
    given = {"id": ["TW1", "TW2"], "organisation": "ZA1", "kind": "confirm", "note": "One return"}
    assert writer.post("/asks/twice/", given).status_code == 302

    def told(address: str) -> dict[str, str]:
        head, *rows = sheet(world.client(("ZA1", "reader")), address)
        return {row[0]: row[head.index("Asked twice")] for row in rows}

    found = told("/asks.xlsx")
    assert "TW2 (decided: they ask the same)" in found["TW1"]
    assert "TW1 (decided: they ask the same)" in found["TW2"]
    assert "(suggested)" in found["TW3"]
    assert found["ASKZA1"] == "[z]"
    assert told("/asks.xlsx?q=TW1")["TW1"] == found["TW1"], "a filter hides no pair"
    _, *rows = sheet(world.client(("ZA2", "reader")), "/asks.xlsx")
    assert not any("TW" in str(cell) for row in rows for cell in row)


def test_an_action_gives_no_number_of_an_ask_that_is_not_to_be_seen(world: World) -> None:
    add_action("ACT-9", "ASKZA2", what="Ours by theirs", organisation="ZA1",
               due_on=world.today - timedelta(days=4))  # fmt: skip
    client = world.client(("ZA1", "reader"))
    text = client.get("/actions.csv").content.decode()
    assert "ACT-9,,ZA1" in text
    assert "ACT-ZA1,ASKZA1,ZA1" in text
    head, *rows = sheet(client, "/actions.xlsx?q=ours")
    assert [dict(zip(head, one, strict=True))["Ask"] for one in rows] == ["[z]"]
    assert [dict(zip(head, one, strict=True))["Days late"] for one in rows] == [4]
    assert "ASKZA2" not in client.get("/actions/one/ACT-9/").content.decode()


def test_a_spreadsheet_of_actions_names_no_conversation_that_is_not_to_be_seen(
    world: World,
) -> None:
    add_conversation("CON-1", "ZB1")
    talk = {"from_conversation": "CON-1", "conversation": "Who leaves", "organisation": "ZA1"}
    add_action("ACT-9", "ASKZA1", what="Of theirs", **talk)
    add_action("ACT-8", "ASKZA1", what="Of ours", conversation="Finance review")
    head, *rows = sheet(world.client(("ZA1", "reader")), "/actions.xlsx?q=of+")
    told = {dict(zip(head, one, strict=True))["Conversation"] for one in rows}
    assert told == {"[z]", "Finance review"}
    head, *rows = sheet(world.client(("ZB1", "reader")), "/actions.xlsx?q=of+theirs")
    assert [dict(zip(head, one, strict=True))["Conversation"] for one in rows] == ["Who leaves"]


def test_what_has_no_day_stands_last(world: World) -> None:
    add_ask("NODAY", "ZA1", title="Some day")
    add_ask("SOON", "ZA1", title="Soon", due_on=world.today)
    page = world.client(("ZB1", "reader")).get("/organisations/ZA1/").content.decode()
    assert page.index("Soon") < page.index("Some day")


def test_a_spreadsheet_holds_no_formula_and_no_link(world: World) -> None:
    bad = '=HYPERLINK("https://evil.example","x")'
    add_ask("ASKF", "ZA1", title=bad, from_body="@SUM(1+1)")
    add_action("ACT-F", "ASKF", what=bad, owner="[x](https://evil.example)")
    client = world.client(("ZA1", "reader"))
    for address in ("/asks.xlsx", "/actions.xlsx"):
        with ZipFile(io.BytesIO(client.get(address).content)) as parts:
            table = [n for n in parts.namelist() if "worksheets/sheet" in n][-1]
            text = parts.read(table).decode()
            assert not re.search(r"<f[ >]|<hyperlink", text), address
        assert any(bad in row for row in sheet(client, address))


# Actions in ---------------------------------------------------------------------------------------


def test_actions_are_shown_with_line_and_reason_and_kept_after_a_yes(world: World) -> None:
    client = world.client(("ZA1", "contributor"))
    before = model("Action").objects.count()
    answer = send(client, "actions", ACTIONS)
    page = answer.content.decode()
    assert "<h1>2 of 7 rows can be taken</h1>" in page
    refused = dict(re.findall(r"Line </span>(\d+)</td>.*?Why </span>([^<]+)</td>", page))
    assert set(refused) == {"3", "4", "5", "7", "8"}
    assert "reads as a person" in refused["3"]
    assert "no day that can be read" in refused["4"]
    assert "there is no ask ASKZA2 that you may see" in refused["5"]
    assert "(ZA2)" in refused["7"]
    assert "which ask it came from" in refused["8"]
    assert "Priya" not in page.split("Rows that can be taken")[1]
    assert model("Action").objects.count() == before
    done = confirm(client, "actions", token_of(answer))
    assert done["Location"] == "/actions/"
    made = model("Action").objects.get(what="Send the plan")
    assert (made.owner, made.due_on, made.ask_id) == ("chief nurse", date(2027, 4, 30), "ASKZA1")
    talk = model("Action").objects.get(what="Settle the budget")
    assert (talk.conversation, talk.organisation) == ("finance review", "ZA1")
    (entry,) = entries_for(made)
    assert (entry.what, entry.acting_for) == ("import", "ZA1")


def test_what_was_confirmed_once_is_not_kept_twice(world: World) -> None:
    client = world.client(("ZA1", "contributor"))
    token = token_of(send(client, "actions", ACTIONS))
    assert confirm(client, "asks", token).status_code == 409
    assert confirm(world.client(("ZB1", "contributor")), "actions", token).status_code == 409
    assert confirm(client, "actions", token).status_code == 302
    again = confirm(client, "actions", token)
    assert (again.status_code, "wait no longer" in again.content.decode()) == (409, True)
    assert model("Action").objects.filter(what="Send the plan").count() == 1
    assert not WaitingRows.objects.exists()


def test_rows_wait_for_an_hour_and_for_the_right(world: World) -> None:
    client = world.client(("ZA1", "contributor"))
    old = token_of(send(client, "actions", ACTIONS))
    WaitingRows.objects.update(made_at=WaitingRows.objects.get().made_at - timedelta(hours=2))
    assert confirm(client, "actions", old).status_code == 409
    token = token_of(send(client, "actions", ACTIONS))
    rows = WaitingRows.objects.get()
    rows.rows[0]["organisation"] = "ZA2"
    rows.save()
    assert confirm(client, "actions", token).status_code == 403
    assert not model("Action").objects.filter(what__startswith="Settle").exists()


def test_a_list_that_was_taken_away_comes_back_as_there_already(world: World) -> None:
    client = world.client(("ZA1", "contributor"))
    for kind in ("actions", "asks"):
        answer = send(client, kind, client.get(f"/{kind}.xlsx").content, f"{kind}.xlsx")
        page = answer.content.decode()
        assert "<h1>0 of 1 row can be taken</h1>" in page
        assert "1 row is there already" in page


# Asks in ------------------------------------------------------------------------------------------


def test_asks_are_read_as_the_register_of_asks_reads_them(world: World) -> None:
    client = world.client(("ZA1", "contributor"))
    answer = send(client, "asks", ASKS)
    page = answer.content.decode()
    assert "<h1>2 of 3 rows can be taken</h1>" in page
    assert page.count(">Received </span>") == page.count(">Notes </span>") == 2
    assert "(ZA2)" in page
    assert confirm(client, "asks", token_of(answer)).status_code == 302
    made = model("Ask").objects.get(title="Winter plan for beds")
    assert (made.to_org_code, made.received_on, made.due_on, made.status) == (
        "ZA1", date(2026, 10, 1), date(2026, 11, 30), "open",
    )  # fmt: skip
    assert model("Ask").objects.get(title="Waiting list by specialty").to_org_code == "ZA1"
    assert not model("Ask").objects.filter(title="Agency spend by ward").exists()
    assert [one.what for one in entries_for(made)] == ["import"]
    again = send(client, "asks", ASKS).content.decode()
    assert "<h1>0 of 3 rows can be taken</h1>" in again
    assert "2 rows are there already" in again


def test_an_ask_that_came_in_meanwhile_stops_them_all(world: World) -> None:
    client, other = world.client(("ZA1", "contributor")), world.client(("ZB1", "contributor"))
    first, second = (token_of(send(one, "asks", ASKS)) for one in (client, other))
    assert confirm(client, "asks", first).status_code == 302
    count = model("Ask").objects.count()
    assert confirm(other, "asks", second).status_code == 409
    assert model("Ask").objects.count() == count


def test_a_number_that_another_has_is_given_to_none_twice(world: World) -> None:
    client = world.client(("ZA1", "contributor"))
    text = "Reference,Title,Requested by,Received\nASKZA6,Beds by ward,CQC,01/10/2026\n"
    answer = send(client, "asks", text)
    assert "Return ASKZA6" not in answer.content.decode()
    assert confirm(client, "asks", token_of(answer)).status_code == 302
    made = model("Ask").objects.get(title="Beds by ward")
    assert re.fullmatch(r"A-[0-9a-f]{12}", made.pk)
    assert model("Ask").objects.get(pk="ASKZA6").to_org_code == "ZA6"


# Files that are no lists --------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["asks", "actions"])
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("list.csv", b""),
        ("list.csv", b"\x00\x01\x02" * 50),
        ("list.csv", b"one,two\n1,2\n"),
        ("list.xlsx", b"PK\x03\x04 no archive"),
        ("list.exe", b"Title,From\nA,B\n"),
        ("list.csv", b"x" * (1024 * 1024 + 1)),
    ],
)
def test_a_file_that_is_no_list_is_refused_with_its_reason(
    world: World, kind: str, name: str, content: bytes
) -> None:
    answer = send(world.client(("ZA1", "contributor")), kind, content, name)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "There is a problem" in page
    assert "/tmp" not in page
    assert not WaitingRows.objects.exists()


def test_markup_and_formulas_of_a_list_stay_words(world: World) -> None:
    client = world.client(("ZA1", "contributor"))
    text = 'What,Owner,Conversation\n"<script>alert(1)</script>",chair,"=cmd|x"\n'
    answer = send(client, "actions", text, '"><script>.csv')
    assert "<script>" not in answer.content.decode()
    assert confirm(client, "actions", token_of(answer)).status_code == 302
    assert "<script>alert" not in client.get("/actions/").content.decode()


def test_too_many_rows_are_refused(world: World) -> None:
    rows = "".join(f"Do {n} things,chair,a review\n" for n in range(501))
    answer = send(
        world.client(("ZA1", "contributor")), "actions", f"What,Owner,Conversation\n{rows}"
    )
    assert (answer.status_code, "at most 500" in answer.content.decode()) == (400, True)


def test_a_reader_brings_nothing_in(world: World) -> None:
    client = world.client(("ZA1", "reader"))
    assert client.get("/asks/bring-in/").status_code == 403
    assert send(client, "actions", ACTIONS).status_code == 403
    assert "Bring in a list" not in client.get("/actions/").content.decode()


def test_queries_of_a_spreadsheet_do_not_grow(world: World) -> None:
    client = world.client(("ZA1", "reader"))
    few = queries_of(client, "/actions.xlsx")
    for number in range(20):
        add_action(f"ACT-{number}", "ASKZA1")
    assert queries_of(client, "/actions.xlsx") <= few
