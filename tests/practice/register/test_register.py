"""``remit practices new``, ``check`` and ``spread``: a register that people keep by hand."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remit.cli.run import run
from remit.practice.register.checks import read_register
from remit.practice.register.curve import spread_of
from remit.practice.register.faults import FAULT_KINDS
from tests.practice.small_files import ADOPTED, AHEAD, PEERS, PRACTICES, write_register

ON = "2026-03-31"
DAY = date(2026, 3, 31)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def check(folder: Path, *more: str) -> tuple[int, list[dict[str, str]]]:
    """The code of ``check``, and its faults."""
    out = folder.parent / "faults"
    code = run(["practices", "check", str(folder), "--on", ON, "--out", str(out), *more])
    return code, rows(out / "faults.csv") if code < 2 else []


def test_a_new_register_is_explained_and_has_no_fault(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "practices"
    assert run(["practices", "new", str(folder), "--dry-run"]) == 0
    assert not folder.exists()
    assert run(["practices", "new", str(folder)]) == 0
    text = (folder / "practices.yaml").read_text(encoding="utf-8")
    for key in ("id", "name", "what", "problem", "aim", "metrics", "stage", "who", "within",
                "evidence", "cost", "contact", "source", "pilot"):  # fmt: skip
        assert f"#   {key} " in text or f"  {key} " in text
    assert "@" not in text
    assert check(folder) == (0, [])
    before = text
    assert run(["practices", "new", str(folder)]) == 2
    assert "this file exists" in capsys.readouterr().err
    assert (folder / "practices.yaml").read_text(encoding="utf-8") == before


def test_the_example_of_a_new_register_is_one(tmp_path: Path) -> None:
    run(["practices", "new", str(tmp_path / "new")])
    lines = (tmp_path / "new" / "practices.yaml").read_text(encoding="utf-8").splitlines()
    begin = lines.index("# practices:")
    example = [line.removeprefix("# ") for line in lines[begin:-2]]
    text = "\n".join(["schema: remit/practices/1", *example, ""])
    folder = write_register(tmp_path / "own", text, ADOPTED)
    assert check(folder) == (0, [])


def test_a_clean_register_is_counted_by_hand(tmp_path: Path) -> None:
    folder, out = write_register(tmp_path / "own"), tmp_path / "spread"
    assert check(folder) == (0, [])
    asked = ["practices", "spread", str(folder), "--on", ON, "--by", "year", "--out", str(out)]
    assert run(asked) == 0
    curve = [(one["period"], one["adopters"], one["piloting"], one["of"], one["share"])
             for one in rows(out / "curve.csv")]  # fmt: skip
    # On 31 March 2025 ZA1, ZA2 and ZA3 have it; a year later ZA3 has ended and ZA5 begun.
    assert curve == [("2024/25", "3", "0", "10", "0.3"), ("2025/26", "3", "1", "10", "0.3")]
    (first, idea) = rows(out / "practices.csv")
    assert (first["adopters"], first["piloting"], first["stopped"]) == ("3", "1", "1")
    assert (first["first"], first["year_before"]) == ("2024-04-01", "3")
    assert (idea["adopters"], idea["of"], idea["first"]) == ("0", "22", "")
    until = {one["code"]: (one["since"], one["until"]) for one in rows(out / "adoptions.csv")}
    assert until["ZA2"] == ("2024-10-01", "")
    assert until["ZA3"] == ("2024-05-01", "2025-04-30")


def test_what_is_said_of_a_practice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write_register(tmp_path / "own")
    run(["practices", "spread", str(folder), "--on", ON, "--out", str(tmp_path / "out")])
    said = " ".join(capsys.readouterr().out.split())
    assert "5 adoptions read = 5 that count + 0 that cannot." in said
    assert "3 of 10 acute trusts (30%) have Morning board round." in said
    assert "It was first taken up on 1 April 2024. As many had it a year before." in said
    assert "1 more is trying it. 1 had it and has stopped." in said
    assert "None of 22 trusts have Hot clinic." in said
    assert "does not name counts as without the practice" in said
    assert "Sample data" in said
    run(["practices", "spread", str(folder), "--on", "2025-03-31", "--out", str(tmp_path / "out")])
    said = " ".join(capsys.readouterr().out.split())
    assert "That is 3 more than a year before. 2 adoptions are still to come." in said


def test_who_among_whose_peers_has_it_and_who_deviates_with_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, out = write_register(tmp_path / "own"), tmp_path / "spread"
    (tmp_path / "peers.csv").write_text(PEERS, encoding="utf-8")
    (tmp_path / "deviants.csv").write_text(AHEAD, encoding="utf-8")
    beside = ["--peers", str(tmp_path / "peers.csv"), "--deviants", str(tmp_path / "deviants.csv")]
    assert run(["practices", "spread", str(folder), "--on", ON, *beside, "--out", str(out)]) == 0
    peers = {one["code"]: one for one in rows(out / "peers.csv") if one["practice"] != "hot-clinic"}
    assert peers.keys() == {"ZA1", "ZA6"}  # ZM1 is no acute trust.
    assert (peers["ZA1"]["has_it"], peers["ZA1"]["who"]) == ("true", "ZA2")
    assert (peers["ZA6"]["has_it"], peers["ZA6"]["peers"], peers["ZA6"]["peers_with_it"]) == (
        "false", "2", "2")  # fmt: skip
    ahead = [(one["code"], one["metric"], one["has_it"]) for one in rows(out / "deviants.csv")]
    assert ahead == [("ZA1", "ae.four-hours", "true"), ("ZA6", "ae.four-hours", "false")]
    said = " ".join(capsys.readouterr().out.split())
    assert "Of 2 organisations that do better for long on what it should move, 1 has it" in said
    assert "no proof of cause" in said


FAULTY = {
    "not_as_declared": ("adoptions.csv", "board-round,,2025-05-01,,adopted,\n", 7, "code"),
    "unknown_practice": ("adoptions.csv", "bord-round,ZA6,2025-05-01,,adopted,\n", 7, "practice"),
    "unknown_stage": ("adoptions.csv", "board-round,ZA6,2025-05-01,,pilots,\n", 7, "stage"),
    "unknown_code": ("adoptions.csv", "board-round,ZA0,2025-05-01,,adopted,\n", 7, "code"),
    "not_for_it": ("adoptions.csv", "board-round,ZM1,2025-05-01,,adopted,\n", 7, "code"),
    "no_day": ("adoptions.csv", "board-round,ZA6,2024-02-31,,adopted,\n", 7, "since"),
    "since_after_until": ("adoptions.csv", "board-round,ZA6,2025-05,2025-04,adopted,\n", 7,
                          "until"),
    "in_the_future": ("adoptions.csv", "board-round,ZA6,2026-05-01,,adopted,\n", 7, "since"),
    "adoption_twice": ("adoptions.csv", "board-round,ZA1,2025-05-01,,pilot,\n", 7, "code"),
    "stopped_without_end": ("adoptions.csv", "board-round,ZA6,2025-05,,stopped,\n", 7, "until"),
    "practice_twice": ("practices.yaml", "  - {id: hot-clinic, name: Clinic, what: A clinic, "
                       "stage: idea}\n", 17, "id"),
    "unknown_metric": ("practices.yaml", "  - {id: c, name: Clinic, what: A clinic, stage: idea, "
                       "metrics: [ae.for-hours]}\n", 17, "metrics"),
    "personal": ("practices.yaml", "  - {id: c, name: Clinic, what: A clinic, stage: idea, "
                 "contact: 'Priya Shah, lead'}\n", 17, "contact"),
    "without_adoption": ("practices.yaml", "  - {id: c, name: Clinic, what: A clinic, "
                         "stage: pilot}\n", 17, "stage"),
    "no_source": ("practices.yaml", "  - {id: c, name: Clinic, what: A clinic, stage: idea, "
                  "evidence: [{what: It helped}]}\n", 17, "evidence"),
}  # fmt: skip


@pytest.mark.parametrize("kind", sorted(FAULTY))
def test_each_kind_of_fault_is_found_with_file_line_and_key(kind: str, tmp_path: Path) -> None:
    name, text, line, key = FAULTY[kind]
    folder = write_register(tmp_path / "own")
    with (folder / name).open("a", encoding="utf-8") as file:
        file.write(text)
    code, faults = check(folder)
    assert code == 1
    assert [(one["kind"], one["file"], one["line"], one["key"]) for one in faults] == [
        (kind, name, str(line), key)
    ]
    assert faults[0]["message"]


def test_every_kind_has_a_test_of_its_own() -> None:
    assert FAULTY.keys() | {"not_open"} == FAULT_KINDS.keys()


def test_a_trust_that_has_closed_is_told_and_counts_until_then(tmp_path: Path) -> None:
    adopted = ADOPTED + "hot-clinic,ZC3,2025-01-01,,adopted,Paper\n"
    folder = write_register(tmp_path / "own", adopted=adopted)
    code, faults = check(folder)
    assert code == 1
    (fault,) = faults
    assert (fault["kind"], fault["lost"]) == ("not_open", "false")
    assert "closed on 30 September 2025" in fault["message"]
    assert "write a row of its own" in fault["message"]
    curve = spread_of(read_register(folder, DAY), "hot-clinic", DAY).curve
    assert [(one.period, one.adopters, one.of) for one in curve] == [
        ("2024/25 Q4", 1, 23), ("2025/26 Q1", 1, 23), ("2025/26 Q2", 1, 23), ("2025/26 Q3", 0, 22),
        ("2025/26 Q4", 0, 22),
    ]  # fmt: skip


def test_an_organisation_that_was_not_open_yet_counts_from_then(tmp_path: Path) -> None:
    text = PRACTICES.replace("stage: idea", "stage: adopted, who: icbs, source: Paper")
    adopted = ADOPTED + "hot-clinic,ZB1,2022-04-01,,adopted,\n"
    code, faults = check(write_register(tmp_path / "own", text, adopted))
    assert code == 1
    assert [(one["kind"], one["key"]) for one in faults] == [("not_open", "since")]
    assert "opened on 1 July 2022" in faults[0]["message"]


def test_no_name_of_a_person_comes_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = PRACTICES.replace("contact: head of improvement",
                             "contact: Priya Shah (priya.shah@nhs.net)")  # fmt: skip
    adopted = ADOPTED.replace("Board paper", "told by Priya Shah")
    folder, out = write_register(tmp_path / "own", text, adopted), tmp_path / "out"
    code, faults = check(folder)
    assert code == 1
    assert [(one["kind"], one["key"]) for one in faults] == [
        ("personal", "contact"), ("personal", "source")
    ]  # fmt: skip
    run(["practices", "spread", str(folder), "--on", ON, "--out", str(out)])
    written = "".join(one.read_text(encoding="utf-8") for one in out.iterdir())
    said = capsys.readouterr()
    for name in ("Priya", "Shah", "priya.shah"):
        assert name not in written + said.out + said.err


def test_a_word_that_is_no_name_is_kept_where_that_is_said(tmp_path: Path) -> None:
    text = PRACTICES.replace("name: Hot clinic", "name: Priya rounds")
    assert check(write_register(tmp_path / "own", text))[0] == 1
    known = text.replace("practices:\n", "known_words: [Priya]\npractices:\n", 1)
    assert check(write_register(tmp_path / "own", known)) == (0, [])


def test_an_address_of_a_page_is_a_source(tmp_path: Path) -> None:
    page = "https://www.england.nhs.uk/urgent-emergency-care/"
    folder = write_register(tmp_path / "own", adopted=ADOPTED.replace("Board paper", page))
    assert check(folder) == (0, [])
    assert read_register(folder, DAY).adoptions["board-round"][0].record.source == page


def test_the_same_in_csv_and_in_one_file(tmp_path: Path) -> None:
    header = "id,name,what,metrics,stage,who,evidence,evidence source,source\n"
    cells = (
        "board-round,Morning board round,A round,ae.four-hours,spread,acute,It fell,Paper,Book\n"
    )
    (tmp_path / "csv").mkdir()
    (tmp_path / "csv" / "practices.csv").write_text(header + cells, encoding="utf-8")
    (tmp_path / "csv" / "adoptions.csv").write_text(ADOPTED, encoding="utf-8")
    assert check(tmp_path / "csv") == (0, [])
    lines = ["adoptions:"]
    for line in ADOPTED.splitlines()[1:]:
        practice, code, since, until, stage, _ = line.split(",")
        given = f", until: {until}" if until else ""
        lines.append(f"  - {{practice: {practice}, code: {code}, since: {since}, stage: {stage}"
                     f"{given}}}")  # fmt: skip
    (tmp_path / "one.yaml").write_text(PRACTICES + "\n".join([*lines, ""]), encoding="utf-8")
    one, folder = (read_register(tmp_path / name, DAY) for name in ("one.yaml", "csv"))
    assert not one.faults
    assert spread_of(one, "board-round", DAY).curve == spread_of(folder, "board-round", DAY).curve


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "there is no practices.yaml"),
        ({"practices.yaml": "practices: [}"}, "practices.yaml, line 1"),
        ({"practices.yaml": "schema: remit/other/1\npractices: []\n"}, "line 1, schema"),
        ({"practices.yaml": "schema: remit/practices/1\npractices: {a: 1}\n"}, "holds a list"),
        ({"practices.yaml": "- 3\n"}, "practices.yaml, line 1"),
        ({"practices.yaml": "schema: remit/practices/1\nknown: []\n"}, "line 2, known"),
    ],
)
def test_what_cannot_be_read_at_all(
    files: dict[str, str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "own").mkdir()
    for name, text in files.items():
        (tmp_path / "own" / name).write_text(text, encoding="utf-8")
    assert check(tmp_path / "own")[0] == 2
    assert said in capsys.readouterr().err


def test_no_such_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(tmp_path / "none")[0] == 2
    assert "begin with: remit practices new" in capsys.readouterr().err


def test_only_those_within_an_icb_are_the_whole(tmp_path: Path) -> None:
    text = PRACTICES.replace("    who: acute\n", "    who: acute\n    within: ZB1\n")
    folder = write_register(
        tmp_path / "own", text, ADOPTED + "board-round,ZA6,2025-05-01,,pilot,\n"
    )
    code, faults = check(folder)
    assert [(one["kind"], one["code"]) for one in faults] == [("not_for_it", "ZA6")]
    assert spread_of(read_register(folder, DAY), "board-round", DAY).of == 5
    wrong = write_register(tmp_path / "wrong", text.replace("within: ZB1", "within: ZA1"))
    code, faults = check(wrong)
    assert code == 1
    assert [(one["kind"], one["key"], one["lost"]) for one in faults] == [
        ("unknown_code", "within", "true")
    ]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["ZA1", "ZA2", "ZA3", "ZM1", "XXX"]),
            st.sampled_from(["2024-04-01", "2024/25 Q2", "2025-02-30", "", "May 2025"]),
            st.sampled_from(["", "2024-12-31", "2025/26", "never"]),
            st.sampled_from(["idea", "pilot", "adopted", "stopped", "gone"]),
        ),
        max_size=8,
    )
)
def test_every_row_counts_or_is_told_and_no_curve_is_above_the_whole(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[tuple[str, str, str, str]]
) -> None:
    lines = [f"board-round,{code},{since},{until},{stage},"
             for code, since, until, stage in drawn]  # fmt: skip
    text = "\n".join([ADOPTED.splitlines()[0], *lines, ""])
    folder = write_register(tmp_path_factory.mktemp("drawn") / "own", adopted=text)
    read = read_register(folder, DAY)
    assert read.rows == len(drawn)
    lost = {one.line for one in read.faults if one.lost and one.file == "adoptions.csv"}
    counted = {one.place.line for each in read.adoptions.values() for one in each}
    assert lost | counted == set(range(2, len(drawn) + 2))
    assert not lost & counted
    for point in spread_of(read, "board-round", DAY).curve:
        assert 0 <= point.adopters + point.piloting <= point.of
