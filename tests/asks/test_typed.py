"""What people type in never stands unscreened, and identifiers that look like names stay apart."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from remit.asks import import_file, open_register
from remit.cli.run import run
from remit.records.loading import all_models, loaded
from tests.records.processes import a_register, ids

NAME = "Priya Ramanathan"
ADD = ["asks", "add", "--title", "Falls", "--from-body", "CQC", "--to-org", "ZA1"]
TYPED: dict[tuple[str, str], list[str]] = {
    ("Ask", "ask_id"): [*ADD, "--id", NAME],
    ("Ask", "title"): ["asks", "add", "--title", f"Rota for {NAME}", *ADD[4:]],
    ("Ask", "text"): [*ADD, "--text", f"Rota for {NAME}"],
    ("Ask", "facets"): [*ADD, "--text", f"Report of {NAME} for May 2025"],
    ("Ask", "from_body"): ["asks", "edit", "A1", f"from_body={NAME}"],
    ("Ask", "from_team"): ["asks", "edit", "A1", f"from_team={NAME}"],
    ("Ask", "to_org_code"): ["asks", "edit", "A1", f"to_org_code={NAME}"],
    ("Ask", "to_org_name"): ["asks", "edit", "A1", f"to_org_name={NAME}"],
    ("Ask", "channel"): ["asks", "edit", "A1", f"channel={NAME}"],
    ("Ask", "frequency"): ["asks", "edit", "A1", f"frequency={NAME}"],
    ("Ask", "answer"): ["asks", "close", "A1", "--answer", f"Sent to {NAME}"],
    ("Change", "before"): ["asks", "edit", "A1", f"title=Call {NAME}", "text=x"],
    ("Change", "after"): ["asks", "edit", "A1", f"text=Call {NAME}"],
    ("Decision", "decided_by"): ["asks", "decide", "A1", "A2", "--merge", "--by", NAME],
    ("Decision", "note"): ["asks", "decide", "A1", "A2", "--merge", "--note", f"So says {NAME}"],
    ("Action", "conversation"): [
        "asks",
        "actions",
        "add",
        f"Call with {NAME}",
        "--what",
        "Do",
        "--owner",
        "chair",
    ],
    ("Action", "what"): [
        "asks",
        "actions",
        "add",
        "A1",
        "--what",
        f"Call {NAME}",
        "--owner",
        "chair",
    ],
    ("Action", "owner"): ["asks", "actions", "add", "A1", "--what", "Call", "--owner", NAME],
}
"""For each column that a person can fill in by a command: one with a name in it."""
NOT_TYPED = {
    "Register", "Numbering", "Import", "Rejection", "Mapping", "Meeting", "DecisionAsk",
    "FrictionAsk", "AcceptedWord", "LearntName", "LearntThreshold",
}  # fmt: skip
"""Tables of what Remit makes up, reads from files, or is told to be no name."""
MADE = {"key", "thread", "source", "status", "field", "kind", "relation", "action_id",
        "friction_id", "risk_id", "original",
        "passed_on_by", "due_said", "publication", "coverage",
        "organisation", "from_org_code", "from_conversation", "escalated_to"}  # fmt: skip
"""Columns that Remit makes up; the original, which is only kept when it is asked for; what is read
from messages, and screened there; what must be an entry of the catalogue, or full or part; and what
no command writes but a server alone: codes of organisations and identifiers."""
BY_PROGRAM = {"Friction", "FrictionBody", "Risk", "RiskShare"}


def test_each_column_of_text_is_known() -> None:
    loaded()
    there = {
        (model.__name__, field.column)
        for model in all_models()
        for field in model._meta.concrete_fields
        if field.get_internal_type() == "TextField"
    }
    rest = {one for one in there if one[0] not in NOT_TYPED | BY_PROGRAM and one[1] not in MADE}
    assert rest == set(TYPED)


@pytest.mark.parametrize("column", TYPED, ids=".".join)
def test_what_is_typed_in_never_stands_unscreened(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], column: tuple[str, str]
) -> None:
    file = a_register(tmp_path, "A1", "A2")
    code = run([*TYPED[column], "--register", str(file)])
    said = capsys.readouterr().err
    assert code == 0 or (code == 2 and "reads as a person" in said), said
    holds_no_name(file)


def holds_no_name(file: Path) -> None:
    with closing(sqlite3.connect(file)) as raw:
        whole = "\n".join(raw.iterdump()).lower()
    for word in NAME.lower().split():
        assert word not in whole


@pytest.mark.parametrize(
    "field", ["title", "what", "holder", "organisation", "share", "mitigation"]
)
def test_a_risk_never_stands_unscreened(tmp_path: Path, field: str) -> None:
    from remit.asks.register import add_risk
    from remit.asks.register.records import RiskShare
    from remit.model.errors import AskError

    file = a_register(tmp_path, "A1")
    said = {"title": "Beds", "what": "Too few", "holder": "ICB chair"}
    part = {"organisation": "ZA1", "share": "half", "mitigation": "more beds"}
    (said if field in said else part)[field] = NAME
    with open_register(file) as register:
        shares = [RiskShare(**part), RiskShare("ZA2", "half")]
        if field in {"holder", "organisation"}:
            with pytest.raises(AskError, match="reads as a person"):
                add_risk(register, **said, shares=shares, raised_on=date(2025, 1, 1))
        else:
            add_risk(register, **said, shares=shares, raised_on=date(2025, 1, 1))
    holds_no_name(file)


@pytest.mark.parametrize("field", ["what", "between", "how"])
def test_a_friction_never_stands_unscreened(tmp_path: Path, field: str) -> None:
    from remit.asks.register import add_friction, settle
    from remit.model.errors import AskError

    file = a_register(tmp_path, "A1")
    day = date(2025, 1, 1)
    with open_register(file) as register:
        if field == "between":
            with pytest.raises(AskError, match="reads as a person"):
                add_friction(register, "Dates", ["CQC", NAME], day)
        else:
            one = add_friction(register, f"Dates of {NAME}", ["CQC", "ZA1"], day)
            settle(register, one, f"By {NAME}", day)
    holds_no_name(file)


def test_identifiers_that_look_like_names_stay_apart(tmp_path: Path) -> None:
    source = tmp_path / "list.csv"
    people = ("Priya Ramanathan", "Jo Hill", "Tom Barnes", "A-7")
    rows = "".join(f"{one},CQC,ZA1,Return {n},Falls\n" for n, one in enumerate(people))
    source.write_text("ask_id,from_body,to_org_code,title,text\n" + rows)
    file = tmp_path / "asks.sqlite"
    with open_register(file) as register:
        report = import_file(register, source)
        assert (report.accepted, report.rejections) == (4, ())
        assert [note for note in report.notes if note.startswith("3 identifiers of asks")]
    first = ids(file)
    assert (len(first), "A-7" in first) == (4, True)
    assert not [one for one in first if "[" in one]
    with open_register(file) as register:
        again = import_file(register, source)
        assert (again.accepted, again.repeated, again.rejections) == (0, 4, ())
    assert ids(file) == first
    holds_no_name(file)
