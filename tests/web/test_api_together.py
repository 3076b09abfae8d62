"""The API of plans, conversations and figures: the acts of the pages, once, and nothing lost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from remit.assessment.run import assess_all
from remit.catalogue import scored_publications
from remit.pages.standings.monthly import monthly_of_assessment
from remit.pages.standings.site import build_site
from remit.records.audit import entries_for
from remit.records.loading import model
from remit.records.talk.models import Remark
from remit.records.together.models import Agreement, AgreementParty, Conversation
from remit.store import Store
from remit.web.addresses import api
from remit.web.figures.place import REPORTS, published
from tests.web.figure_stores import as_published, published_once, store_of
from tests.web.figures_world import METRIC
from tests.web.planned import ALL_SIGN, act, add_plan
from tests.web.test_api import Program, program
from tests.web.together_world import add_agreement, add_conversation, add_friction, add_risk, make
from tests.web.world import World, add_ask

WRITER = ("ZA1", "contributor")
CASES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "conversations": (
        {"title": "Review", "organisation": "ZA1", "parties": ["ZB1"], "held_on": "2026-04-30",
         "kind": "oversight", "summary": "Beds"},
        {"title": "Second review", "parties": []},
    ),
    "frictions": (
        {"what": "Who leads", "organisation": "ZA1", "between": ["ZA1", "ZB1"],
         "raised_on": "2026-01-05", "asks": ["ASKZA1"]},
        {"what": "Who leads now", "between": ["ZA1", "ZB1", "ZR1"]},
    ),
    "risks": (
        {"title": "Staff", "what": "Too few", "organisation": "ZA1", "holder": "chief nurse",
         "others": ["ZA2"], "raised_on": "2026-01-05", "score_before": 16},
        {"score_after": 9, "review_on": "2027-01-05"},
    ),
    "commitments": (
        {"organisation": "ZA1", "strategy": "Five-year strategy", "aim": "Closer to home",
         "metric": "OF0010", "due_on": "2029-03-31", "parties": ["ZB1"]},
        {"aim": "Much closer to home"},
    ),
    "agreements": (
        {"organisation": "ZA1", "title": "Data", "text": "One return", "parties": ["ZB1"]},
        {"text": "One return a month", "ends_on": "2030-01-01"},
    ),
}  # fmt: skip
"""List → what is entered, and what is changed of it."""


def key_of(one: dict[str, Any]) -> str:
    return next(str(value) for name, value in one.items() if name.endswith("_id"))


@pytest.mark.parametrize("kind", sorted(CASES))
def test_a_record_is_entered_read_changed_and_the_second_sees_both(world: World, kind: str) -> None:
    given, change = CASES[kind]
    sends = program(world, WRITER)
    made = sends("POST", f"/api/{kind}", given)
    assert made.status_code == 201, made.content
    one = made.json()
    for name in given.keys() - {"parties", "others", "between"}:
        assert one[name] == given[name], name
    path = f"/api/{kind}/{key_of(one)}"
    assert sends("GET", path).json() == one
    rows = sends("GET", f"/api/{kind}").json()["rows"]
    assert [{**one, **row} for row in rows] == [one]
    changed = sends("PATCH", path, {"seen": one["seen"], **change})
    assert changed.status_code == 200, changed.content
    for name in change.keys() - {"parties"}:
        assert changed.json()[name] == change[name], name
    late = sends("PATCH", path, {"seen": one["seen"], **change})
    assert (late.status_code, late.json()["now"]) == (409, sends("GET", path).json())
    page = f"/{kind if kind != 'frictions' else 'friction'}/one/{key_of(one)}/"
    assert world.client(WRITER).get(page).status_code == 200
    wrong = sends("POST", f"/api/{kind}", {**given, "organisation": "ZA2"})
    assert (wrong.status_code, wrong.json()["faults"][0][:12]) == (422, "organisation")
    assert sends("GET", f"/api/{kind}?organisation=ZA2").json()["total"] == 0
    assert sends("GET", f"/api/{kind}?q=zzz").json()["total"] == 0


@pytest.mark.parametrize("kind", sorted(CASES))
def test_what_is_sent_twice_with_one_key_is_kept_once(world: World, kind: str) -> None:
    given, _ = CASES[kind]
    sends = program(world, WRITER)
    first = sends("POST", f"/api/{kind}", given, HTTP_IDEMPOTENCY_KEY="a-1")
    again = sends("POST", f"/api/{kind}", given, HTTP_IDEMPOTENCY_KEY="a-1")
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert sends("GET", f"/api/{kind}").json()["total"] == 1
    other = sends("POST", f"/api/{kind}", {**given, **{"organisation": "ZA2"}},
                  HTTP_IDEMPOTENCY_KEY="a-1")  # fmt: skip
    assert other.status_code in {409, 422}
    # Another's key is another's, and so is another key.
    assert sends("POST", f"/api/{kind}", given, HTTP_IDEMPOTENCY_KEY="a-").status_code == 201
    second = Program(program(world, WRITER)._token)
    assert second("POST", f"/api/{kind}", given, HTTP_IDEMPOTENCY_KEY="a-1").status_code == 201
    assert sends("GET", f"/api/{kind}").json()["total"] == 3
    odd = sends("POST", f"/api/{kind}", given, HTTP_IDEMPOTENCY_KEY='a"b')
    assert odd.status_code == 422


def test_a_key_that_came_with_another_request_is_refused(world: World) -> None:
    sends = program(world, WRITER)
    head = {"HTTP_IDEMPOTENCY_KEY": "k"}
    given = {"what": "Send it", "owner": "medical director"}
    made = sends("POST", "/api/asks/ASKZA1/actions", given, **head)
    assert sends("POST", "/api/asks/ASKZA1/actions", given, **head).json() == made.json()
    other = sends("POST", "/api/asks/ASKZA1/actions", {**given, "what": "Send that"}, **head)
    assert (other.status_code, "another request" in other.json()["detail"]) == (409, True)
    (entry,) = entries_for(model("Action").objects.get(pk=made.json()["action_id"]))
    assert ", with the key k (" in entry.why
    # What was refused was not done, and may be sent again once it fits.
    bad = {"HTTP_IDEMPOTENCY_KEY": "k2"}
    path = "/api/asks/ASKZA1/reopen"
    assert sends("POST", path, None, **bad).status_code == 409
    assert sends("POST", "/api/asks/ASKZA1/close", {}, HTTP_IDEMPOTENCY_KEY="c").status_code == 200
    assert sends("POST", "/api/asks/ASKZA1/close", {}, HTTP_IDEMPOTENCY_KEY="c").status_code == 200
    assert sends("POST", "/api/asks/ASKZA1/close", {}).status_code == 409
    assert sends("POST", path, None, **bad).status_code == 200


def test_a_token_for_one_organisation_enters_for_that_alone(world: World) -> None:
    sends = program(world, WRITER, ("ZA2", "contributor"), organisation="ZA2")
    for kind, (given, _) in CASES.items():
        assert sends("POST", f"/api/{kind}", given).status_code == 422, kind
        mine = {**given, "organisation": "ZA2"} | ({"asks": []} if kind == "frictions" else {})
        assert sends("POST", f"/api/{kind}", mine).status_code == 201, kind
    assert Conversation.objects.get().organisation == "ZA2"


def test_an_agenda_is_written_and_an_action_comes_of_it(world: World) -> None:
    add_conversation("CON-1", "ZA1", "ZB1", held_on=world.today)
    sends = program(world, WRITER)
    point = {"title": "Winter", "time": "tomorrow", "minutes": 20, "ask": "ASKZA1"}
    one = sends("POST", "/api/conversations/CON-1/agenda", point, HTTP_IDEMPOTENCY_KEY="p").json()
    assert sends("POST", "/api/conversations/CON-1/agenda", point,
                 HTTP_IDEMPOTENCY_KEY="p").json() == one  # fmt: skip
    whole = sends("GET", "/api/conversations/CON-1").json()
    assert whole["agenda"] == [one]
    path = f"/api/conversations/CON-1/agenda/{one['number']}"
    assert sends("PATCH", path, {"seen": one["seen"], "minutes": 5}).json()["minutes"] == 5
    assert sends("PATCH", path, {"seen": one["seen"], "minutes": 6}).status_code == 409
    # Who may not see the ask is told that there is none.
    assert program(world, ("ZB1", "reader"))("GET", "/api/conversations/CON-1").status_code == 200
    action = {"what": "Send it", "owner": "medical director", "organisation": "ZA1"}
    made = sends("POST", "/api/conversations/CON-1/actions", action)
    assert made.status_code == 201
    assert sends("GET", "/api/conversations/CON-1").json()["actions"] == [made.json()["action_id"]]
    assert sends("POST", "/api/conversations/CON-1/actions",
                 {**action, "organisation": "ZA2"}).status_code == 422  # fmt: skip
    assert sends("DELETE", path).status_code == 204
    assert sends("DELETE", path).status_code == 404


def test_a_friction_is_settled_and_a_risk_closed_once(world: World) -> None:
    add_friction("FR-1", "ZA1", "ZB1", "ZA1")
    add_risk("RISK-1", "ZA1", "ZA2")
    sends = program(world, WRITER)
    one = sends("GET", "/api/frictions/FR-1").json()
    away = {"seen": one["seen"], "escalated_to": "ZR1", "escalated_on": str(world.today)}
    one = sends("POST", "/api/frictions/FR-1/escalate", away).json()
    assert one["escalated_to"] == "ZR1"
    given = {"seen": one["seen"], "settled_how": "By the map", "settled_on": "2020-01-01"}
    assert sends("POST", "/api/frictions/FR-1/settle", given).status_code == 409
    given["settled_on"] = str(world.today)
    head = {"HTTP_IDEMPOTENCY_KEY": "s"}
    done = sends("POST", "/api/frictions/FR-1/settle", given, **head)
    assert (done.status_code, done.json()["settled_how"]) == (200, "By the map")
    assert sends("POST", "/api/frictions/FR-1/settle", given, **head).json() == done.json()
    assert "is settled" in sends("POST", "/api/frictions/FR-1/settle", given).json()["detail"]
    risk = sends("GET", "/api/risks/RISK-1").json()
    share = risk["shares"][0]
    path = f"/api/risks/RISK-1/shares/{share['number']}"
    told = sends("PATCH", path, {"seen": share["seen"], "share": "half"}).json()
    assert told["shares"][0]["share"] == "half"
    assert sends("PATCH", path, {"seen": share["seen"], "share": "all"}).status_code == 409
    assert sends("POST", "/api/risks/RISK-1/close", None, **head).status_code == 409  # other's key
    closed = {"HTTP_IDEMPOTENCY_KEY": "r"}
    assert sends("POST", "/api/risks/RISK-1/close", None, **closed).json()["closed_on"]
    assert sends("POST", "/api/risks/RISK-1/close", None, **closed).status_code == 200
    assert sends("POST", "/api/risks/RISK-1/close").status_code == 409


def test_ties_of_a_commitment_come_and_go(world: World) -> None:
    sends = program(world, WRITER)
    key = key_of(sends("POST", "/api/commitments", CASES["commitments"][0]).json())
    tied = sends("POST", f"/api/commitments/{key}/ties", {"kind": "ask", "target": "ASKZA1"})
    (tie,) = tied.json()["ties"]
    assert (tie["target"], tie["words"]) == ("ASKZA1", "Return ASKZA1")
    hidden = sends("POST", f"/api/commitments/{key}/ties", {"kind": "ask", "target": "ASKZA2"})
    assert hidden.status_code == 422
    assert sends("DELETE", f"/api/commitments/{key}/ties/{tie['number']}").status_code == 204
    assert sends("GET", f"/api/commitments/{key}").json()["ties"] == []


def test_what_was_signed_is_changed_by_no_program(world: World) -> None:
    add_agreement("AGR-1", "ZA1", "ZB1")
    sends = program(world, ("ZA1", "signatory"))
    one = sends("GET", "/api/agreements/AGR-1").json()
    AgreementParty.objects.filter(agreement="AGR-1", organisation="ZB1")
    client = world.client(("ZA1", "signatory"))
    client.post("/agreements/one/AGR-1/signed/", {"organisation": "ZA1", "seen": one["seen"]})
    assert Agreement.objects.get().parties.exclude(signed_on=None).count() == 1
    late = sends("PATCH", "/api/agreements/AGR-1", {"seen": one["seen"], "text": "Another"})
    assert (late.status_code, "is signed" in late.json()["detail"]) == (409, True)


# Plans --------------------------------------------------------------------------------------------


def test_a_plan_goes_its_course_by_three_programs_and_people_sign_it(world: World) -> None:
    region, icb, trust = (program(world, (code, "signatory")) for code in ("ZR1", "ZB1", "ZA1"))
    given = {"organisation": "ZA1", "title": "One plan", "period": "2026/27"}
    plan = region("POST", "/api/plans", given, HTTP_IDEMPOTENCY_KEY="p").json()
    assert region("POST", "/api/plans", given, HTTP_IDEMPOTENCY_KEY="p").json() == plan
    path = f"/api/plans/{plan['plan_id']}"
    assert trust("GET", path).status_code == 404
    none = {"act": "hand-over", "part": "region", "seen": plan["seen"]}
    assert "no item yet" in region("POST", f"{path}/acts", none).json()["detail"]
    whole = {"measure": "asks a month", "lead": "company secretary", "due": "2027-03-31"}
    items = [{"aim": "Fewer asks", **whole}, {"aim": "One return", **whole}]
    assert icb("PUT", f"{path}/items", {"seen": plan["seen"], "items": items}).status_code == 404
    written = region("PUT", f"{path}/items", {"seen": plan["seen"], "items": items})
    assert [one["aim"] for one in written.json()["items"]] == ["Fewer asks", "One return"]
    late = region("PUT", f"{path}/items", {"seen": plan["seen"], "items": items[:1]})
    assert (late.status_code, len(late.json()["now"]["items"])) == (409, 2)
    bad = region("PUT", f"{path}/items", {"seen": 99, "items": [{"aim": "x", "lead": "Jo Smith"}]})
    assert (bad.status_code, bad.json()["faults"][0][:4]) == (422, "lead")
    plan = written.json()
    kept = [{name: one[name] for name in ("id", "aim", *whole)} for one in plan["items"]]
    same = region("PUT", f"{path}/items", {"seen": plan["seen"], "items": kept}).json()
    assert [one["id"] for one in same["items"]] == ["1", "2"]

    def does(sends: Program, name: str, part: str, **more: Any) -> Any:
        seen = sends("GET", path).json()["seen"]
        return sends("POST", f"{path}/acts", {"act": name, "part": part, "seen": seen, **more})

    assert does(region, "hand-over", "region").json()["state"] == "comment"
    assert does(trust, "comment", "icb", text="As another").status_code == 403
    said = does(icb, "comment", "icb", text="The day is too early", item="1").json()
    assert [(one["text"], one["shown"]) for one in said["views"]] == [
        ("The day is too early", False)
    ]
    assert trust("GET", path).json()["views"] == []
    assert does(icb, "comment", "icb").status_code == 422
    assert {"act": "comment", "part": "icb", "takes": ["text", "item"]}.items() <= next(
        one for one in said["acts"] if one["act"] == "comment"
    ).items()
    assert does(icb, "hand-in", "icb").json()["state"] == "check"
    assert does(trust, "hand-in", "trust").json()["state"] == "settle"
    assert does(region, "put-to-signature", "region").json()["state"] == "sign-trust"
    unsigned = does(trust, "sign", "trust")
    assert (unsigned.status_code, "sign" in unsigned.json()["detail"]) == (403, True)
    act(model("together.Plan").objects.get(), *ALL_SIGN)
    signed = trust("GET", path).json()
    assert (signed["state"], signed["turn"]) == ("in-force", "")
    assert [one["signed_as"] for one in signed["signatures"]] == ["chair"] * 3
    again = does(region, "change", "region", text="A new year").json()
    assert again["state"] != "in-force"
    told = entries_for(model("together.Plan").objects.get())
    assert sum(one.why.startswith("by the token ") for one in told) >= 5


def test_a_version_of_a_plan_is_read_with_what_changed(world: World) -> None:
    first = '[{"id": "1", "aim": "Fewer asks by April"}]'
    second = '[{"id": "1", "aim": "Fewer asks by May"}]'
    act(add_plan(first), ("hand-over", "region"), ("hand-in", "icb"), ("hand-in", "trust"),
        ("write", "region", second), ("put-to-signature", "region"))  # fmt: skip
    sends = program(world, ("ZA1", "reader"))
    newest, oldest = (sends("GET", f"/api/plans/PLAN-1{one}").json() for one in ("", "?version=1"))
    assert (newest["versions"], newest["version"], oldest["version"]) == ([1, 2], 2, 1)
    (changed,) = newest["changes"]
    (words,) = changed["fields"].values()
    assert words == {"before": "Fewer asks by April", "after": "Fewer asks by May"}
    assert [one["plan_id"] for one in sends("GET", "/api/plans?state=sign-trust").json()["rows"]]
    assert sends("GET", "/api/plans?state=draft").json()["rows"] == []


# Figures ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The static site of the same store, as ``remit site`` builds it."""
    folder = tmp_path_factory.mktemp("static") / "site"
    with Store.open(store_of(as_published, quarter=True), read_only=True) as store:
        found = assess_all(store.figures(publications=scored_publications()))
        build_site(found, folder, monthly=monthly_of_assessment(store, found[-1]))
    return folder


def test_figures_have_the_bytes_of_the_static_site(world: World, site: Path) -> None:
    published_once()
    sends = program(world, ("ZA2", "reader"))
    paths = {"/api/figures/site": "site.json"}
    for folder in sorted(one.parent.name for one in site.glob("*/standings.json")):
        paths[f"/api/figures/{folder}/standings"] = f"{folder}/standings.json"
        for trust in list((site / folder / "trusts").glob("*.json"))[:4]:
            of_it = f"{folder}/trusts/{trust.stem}"
            paths[f"/api/figures/{of_it}"] = f"{of_it}.json"
    assert len(paths) > 8
    for path, file in paths.items():
        answer = sends("GET", path)
        assert answer["Content-Type"].startswith("application/json")
        assert answer.content == (site / file).read_bytes(), path
        assert sends("GET", path, HTTP_IF_NONE_MATCH=answer["ETag"]).status_code == 304


def test_a_report_and_its_metrics_have_the_bytes_of_their_pages(world: World) -> None:
    instance = published_once()
    report = instance / "figures" / published(instance).name / REPORTS / "ZA1"
    sends = program(world, ("ZA2", "reader"))
    assert sends("GET", "/api/reports/ZA1").content == (report / "report.json").read_bytes()
    metrics = sorted((report / "metrics").glob("*.json"))
    assert metrics
    for one in metrics:
        metric = json.loads(one.read_text())["metric"]["id"]
        assert sends("GET", f"/api/reports/ZA1/metrics/{metric}").content == one.read_bytes()
    for path in ("/api/reports/ZA2", "/api/reports/..", "/api/figures/../standings",
                 "/api/figures/2025-26-q1/trusts/..%2f..%2fabout",
                 "/api/reports/ZA1/metrics/..%2freport"):  # fmt: skip
        assert sends("GET", path).status_code in {400, 404}, path


def test_a_figure_is_commented_on_as_it_was_seen(world: World) -> None:
    published_once()
    sends = program(world, WRITER)
    listed = sends("GET", "/api/organisations/ZA1/figures").json()
    assert METRIC in {one["metric"] for one in listed["rows"]}
    path = f"/api/organisations/ZA1/figures/{METRIC}"
    one = sends("GET", path).json()
    assert one["rows"]
    assert one["points"][-1]["value"] == one["value"]
    given = {"seen": "older", "text": "A ward was closed", "action": "Open it",
             "owner": "chief nurse", "roles": ["ZA1:contributor"]}  # fmt: skip
    late = sends("POST", f"{path}/comments", given)
    assert (late.status_code, late.json()["now"]["seen"]) == (409, one["seen"])
    given["seen"] = one["seen"]
    head = {"HTTP_IDEMPOTENCY_KEY": "f"}
    said = sends("POST", f"{path}/comments", given, **head).json()
    assert sends("POST", f"{path}/comments", given, **head).json() == said
    assert (len(said["comments"]), len(said["actions"])) == (1, 1)
    assert Remark.objects.count() == 1
    ask = sends("POST", "/api/asks/ASKZA1/comments", {"text": "On its way"}).json()
    rows = sends("GET", "/api/comments").json()["rows"]
    assert rows == [ask, *said["comments"]]
    assert sends("GET", "/api/comments?mine=1").json()["rows"] == said["comments"]
    assert sends("POST", f"{path}/comments", {"seen": one["seen"]}).status_code == 422
    odd = {"text": "x", "roles": ["ZA2:reader"]}
    assert sends("POST", "/api/asks/ASKZA1/comments", odd).status_code == 422


# All of it ----------------------------------------------------------------------------------------


def test_meetings_of_a_calendar_are_read_by_whoever_sees_them(world: World) -> None:
    from django.utils import timezone

    brought = make("Import", "ZA1", number=1, file_name="calendar.ics", sha256="0", kind="calendar",
                   rows_read=1, accepted=1, repeated=0, rejected=0, meetings=1,
                   imported_at=timezone.now(), organisation="ZA1")  # fmt: skip
    make("Meeting", "ZA1", key="k", brought_by=brought, to_org_code="ZA1", day=world.today,
         starts_at="09:00", series="Performance review", is_oversight=True, minutes=60.0,
         attendees=5, own_attendees=3, minutes_today=40, minutes_tomorrow=20)  # fmt: skip
    sends = program(world, ("ZB1", "reader"))
    (one,) = sends("GET", "/api/meetings?q=performance").json()["rows"]
    assert sends("GET", f"/api/meetings/{one['number']}").json() == one
    assert sends("GET", "/api/meetings?organisation=ZA2").json()["rows"] == []
    other = program(world, ("ZA2", "reader"))
    assert other("GET", "/api/meetings").json()["rows"] == []
    assert other("GET", f"/api/meetings/{one['number']}").status_code == 404


def test_lists_ask_the_database_as_often_for_many_rows(world: World) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    sends = program(world, ("ZR1", "contributor"))
    kinds = (*sorted(CASES), "plans", "comments")
    act(add_plan(), ("hand-over", "region"))

    def fill(start: int) -> None:
        for number in range(start, start + 6):
            for kind, (given, _) in CASES.items():
                mine = {**given, "organisation": "ZA1"}
                assert program(world, WRITER)("POST", f"/api/{kind}", mine).status_code == 201
            add_ask(f"ASK-Q{number}", "ZA1")
            program(world, WRITER)("POST", f"/api/asks/ASK-Q{number}/comments", {"text": "Soon"})

    def counts() -> list[int]:
        found = []
        for kind in kinds:
            sends("GET", f"/api/{kind}")
            with CaptureQueriesContext(connection) as asked:
                assert sends("GET", f"/api/{kind}").status_code == 200
            found.append(len(asked))
        return found

    fill(0)
    before = counts()
    fill(6)
    act(add_plan(plan_id="PLAN-2", trust="ZA1"), ("hand-over", "region"))
    assert counts() == before


def test_each_refusal_has_one_shape(world: World) -> None:
    sends = program(world, ("ZA1", "reader"))
    refused = [
        Program("")("GET", "/api/plans"),
        sends("GET", "/api/plans/NONE"),
        sends("POST", "/api/risks/NONE/close"),
        sends("POST", "/api/conversations", {"title": ""}),
        sends("POST", "/api/conversations", CASES["conversations"][0]),
    ]
    assert [one.status_code for one in refused] == [401, 404, 404, 422, 403]
    for one in refused:
        assert one["Content-Type"] == "application/problem+json"
        told = one.json()
        assert {"type", "title", "status", "detail"} <= set(told)
        assert told["status"] == one.status_code


def test_the_description_has_examples_and_says_what_refusals_are() -> None:
    schema = api.get_openapi_schema()
    shapes = schema["components"]["schemas"]
    for name in ("ConversationIn", "FrictionIn", "RiskIn", "CommitmentIn", "AgreementIn", "PlanIn",
                 "ItemsIn", "ActIn", "CommentIn", "FigureCommentIn", "ActionIn"):  # fmt: skip
        assert shapes[name]["examples"], name
    for path, found in schema["paths"].items():
        for method, operation in found.items():
            assert operation["summary"], (path, method)
            answers = {str(status): answer for status, answer in operation["responses"].items()}
            assert list(answers["404"]["content"]) == ["application/problem+json"]
            keyed = [one["name"] for one in operation.get("parameters", ())]
            if method == "post":
                assert "Idempotency-Key" in keyed, path
