"""``remit who``: the forms in which it is asked, and what it prints."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from remit.cli.run import run
from tests.pages.html_pages import pages_of


def asked(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(["who", *arguments]) == 0
    return capsys.readouterr().out


def test_who_names_the_organisations_of_the_day(capsys: pytest.CaptureFixture[str]) -> None:
    rows = json.loads(
        asked(capsys, "--function", "infection prevention", "--to", "RYJ", "--on", "2024-10-01",
              "--format", "json")
    )  # fmt: skip
    named = {row["body"]: row["org_code"] for row in rows}
    assert (named["icb"], named["nhse-region"], named["trust-board"]) == ("QRV", "Y56", "RYJ")
    verdicts = {(row["body"], row["verdict"]) for row in rows}
    assert {body for body, verdict in verdicts if verdict == "no_source"} == {
        "nhse-national", "nhse-region",
    }  # fmt: skip
    assert {body for body, verdict in verdicts if verdict == "confirmed"} == {
        "cqc", "icb", "trust-board", "ukhsa",
    }  # fmt: skip


def test_the_text_says_lead_overlap_and_duty(capsys: pytest.CaptureFixture[str]) -> None:
    said = asked(capsys, "--function", "IPC", "--to", "RYJ", "--on", "2024-10-01")
    assert "Lead: none" in said
    assert "Overlap, NHSE region and ICB: Infection prevention" in said
    assert "The triple aim duty" in said
    assert "Not all is verified: of 6, 2 have no source that was found." in said
    assert said.count("No source found (2026-11-26).") == 2


def test_csv_has_a_row_for_each_remit(capsys: pytest.CaptureFixture[str]) -> None:
    said = asked(capsys, "--function", "finance", "--on", "2026-06-01", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(said)))
    assert {row["function"] for row in rows} == {"finance"}
    assert [row["body"] for row in rows if row["leads"] == "True"] == ["nhse-region"]


def test_a_future_day_shows_what_is_proposed_and_says_so(
    capsys: pytest.CaptureFixture[str],
) -> None:
    asking = ["--function", "finance", "--format", "json", "--on"]
    later = json.loads(asked(capsys, *asking, "2999-01-01"))
    now = json.loads(asked(capsys, *asking, "2026-06-01"))
    assert {row["status"] for row in now} == {"in_force"}
    assert [row["body"] for row in later if row["status"] == "proposed"] == ["dhsc"]


def test_diff_tells_that_performance_management_left_the_icb(
    capsys: pytest.CaptureFixture[str],
) -> None:
    rows = json.loads(asked(capsys, "diff", "2024-10-01", "2026-06-01", "--format", "json"))
    told = {(row["function"], row["change"], row["body"]) for row in rows}
    assert ("Operational performance", "ended", "ICB") in told
    assert ("Operational performance", "lead", "NHSE region") in told


def test_diff_tells_that_the_icb_is_another_one(capsys: pytest.CaptureFixture[str]) -> None:
    said = asked(capsys, "diff", "2024-10-01", "2026-06-01", "--to", "RYJ")
    assert "Its ICB was QRV" in said


def test_overlaps_and_gaps(capsys: pytest.CaptureFixture[str]) -> None:
    asking = ["overlaps", "--on", "2024-10-01", "--format", "json"]
    documented = json.loads(asked(capsys, *asking))
    everything = json.loads(asked(capsys, *asking, "--all"))
    assert all(row["evidence"] for row in documented)
    assert len(everything) > len(documented)
    said = asked(capsys, "gaps", "--on", "2026-06-01", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(said)))
    assert ("Emergency preparedness", "unclear owner") in {(r["function"], r["kind"]) for r in rows}


def test_overlaps_in_words_name_who_does_what_and_where_that_is_written(
    capsys: pytest.CaptureFixture[str],
) -> None:
    asking = ["overlaps", "--to", "ZA1", "--on", "2025-06-01"]
    documented = " ".join(asked(capsys, *asking).split())
    assert "Overlaps: ZA1 Larkshire University Hospitals" in documented
    assert "Infection prevention and control is named among the duplicated functions. Source: " in (
        documented
    )
    assert "more follow from the map alone; --all shows them." in documented
    assert "[all by law]" not in documented
    everything = " ".join(asked(capsys, *asking, "--all").split())
    assert (
        "Leadership and governance: NHS England, national regulates; Care Quality Commission "
        "regulates [all by law]"
    ) in everything
    assert "more follow from the map alone" not in everything


def test_gaps_in_words_say_why_they_are_gaps(capsys: pytest.CaptureFixture[str]) -> None:
    said = " ".join(asked(capsys, "gaps", "--to", "ZA1", "--on", "2026-06-01").split())
    assert said.startswith("Gaps: ZA1 Larkshire University Hospitals")
    assert (
        "Infection prevention (no lead): CQC, NHSE region, ICB oversee; the map names no lead."
        in said
    )
    assert "Emergency preparedness (unclear owner): " in said
    assert " Source: " in said


def test_without_a_function_all_leads_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    rows = json.loads(asked(capsys, "--on", "2026-06-01", "--format", "json"))
    leads = {row["function"]: row["lead"] for row in rows}
    assert leads["Operational performance"] == "NHS England, region"
    assert leads["Infection prevention"] == ""


def test_bodies_and_functions_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    bodies = {row["id"] for row in json.loads(asked(capsys, "bodies", "--format", "json"))}
    assert {"dhsc", "icb", "hosc", "healthwatch", "place"} <= bodies
    assert "infection-prevention" in asked(capsys, "functions", "--format", "csv")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--function", "fnance"], "Near: Finance. All"),
        (["--function", "finance", "--to", "Nowhere"], "no organisation"),
        (["--function", "finance", "--on", "2021-01-01"], "begins on"),
        (["--on", "yesterday"], "--on takes a day"),
        (["diff", "2026-06-01", "2024-10-01"], "the earlier day first"),
        (["diff", "foo", "bar"], "'foo' is no day; write it as 2024-10-01"),
        (["diff", "2024-10-01", "2024-13-01"], "'2024-13-01' is no day"),
        (["--to", "RYJ", "gaps"], "options stand after the subcommand"),
        (["--local", "missing.yaml"], "no such file"),
    ],
)
def test_wrong_questions_are_refused(
    capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert run(["who", *arguments]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("cash", "The map has no function of its own for “cash”; it is a part of Finance"),
        ("Sickness", "no function of its own for “Sickness”; it is a part of Workforce"),
        ("virtual-wards", "for “virtual-wards”; it is a part of Neighbourhood health"),
        ("money", "“money” is understood as Finance."),
        ("A & E", "no function of its own for “A & E”; it is a part of Operational performance"),
        ("IPC", "“IPC” is understood as Infection prevention."),
        ("estates", "“estates” is understood as Capital and estates."),
    ],
)
def test_words_that_are_no_name_are_answered_with_what_was_understood_first(
    capsys: pytest.CaptureFixture[str], words: str, said: str
) -> None:
    asking = ("--function", words, "--on", "2026-06-01")
    assert said in " ".join(asked(capsys, *asking).split()).split(" Regulates")[0]
    rows = json.loads(asked(capsys, *asking, "--format", "json"))
    assert {row["asked"] for row in rows} == {words}
    assert run(["who", *asking, "--format", "csv"]) == 0
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "near"),
    [
        ("plan", "Near: Joint forward plan; Sustainability (green plan)."),
        ("winter plan", "Near: Joint forward plan; Sustainability (green plan)."),
        ("health", "Near: Use of the Mental Health Act; Health and safety at work; Health ineq"),
        ("staff sickness rates", "Near: Workforce (staff)"),
        (
            "zebra",
            "None of its functions is near; the wide ones are Operational performance, Finance,",
        ),
        ("and", "None of its functions is near"),
    ],
)
def test_words_of_no_one_function_are_answered_with_none_and_those_near(
    capsys: pytest.CaptureFixture[str], words: str, near: str
) -> None:
    assert run(["who", "--function", words, "--on", "2026-06-01"]) == 2
    shown = capsys.readouterr()
    assert not shown.out
    assert f"the map has no function “{words}”. {near}" in shown.err


def test_a_change_of_one_function_says_what_was_understood(
    capsys: pytest.CaptureFixture[str],
) -> None:
    said = asked(capsys, "diff", "2024-10-01", "2026-06-01", "--function", "cash")
    assert said.startswith("The map has no function of its own for “cash”")


def test_an_agreement_is_written_checked_and_laid_over(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = str(tmp_path / "ours.yaml")
    asked(capsys, "new-agreement", path, "--covers", "za1", "--valid-from", "2024-01-01")
    assert run(["who", "check-agreement", path]) == 1
    assert "not filled in yet" in capsys.readouterr().out
    filled_in(Path(path))
    assert "in order. 2 entries." in asked(capsys, "check-agreement", path)
    said = asked(capsys, "--function", "IPC", "--to", "ZA1", "--on", "2026-06-01", "--local", path)
    assert "Lead: NHS England, region: Northfold (fictional)" in said
    assert "ended by “Memorandum of understanding on oversight”" in said
    assert run(["who", "new-agreement", path]) == 2


def filled_in(path: Path) -> None:
    """Fill in a template, with its examples as entries."""
    text = path.read_text(encoding="utf-8").replace("FILL IN ", "")
    head, examples = text.split("entries: []\n")
    lines = [line.removeprefix("# ") for line in examples.splitlines()]
    path.write_text("\n".join([f"{head}entries:", *lines, ""]), encoding="utf-8")


@pytest.mark.parametrize("output", ["text", "csv"])
def test_an_agreement_about_others_is_not_passed_over_in_silence(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, output: str
) -> None:
    path = str(tmp_path / "ours.yaml")
    asked(capsys, "new-agreement", path, "--covers", "QH8", "--valid-from", "2024-01-01")
    filled_in(Path(path))
    capsys.readouterr()
    asking = ["who", "--function", "IPC", "--to", "ZA1", "--on", "2026-06-01", "--local", path]
    assert run([*asking, "--format", output]) == 0
    told = capsys.readouterr()
    said = told.out if output == "text" else told.err
    assert "covers QH8, not ZA1: nothing of it applies here." in " ".join(said.split())
    assert output == "text" or "nothing of it applies" not in told.out


def test_pages_say_that_an_agreement_is_on_none_of_them(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = str(tmp_path / "ours.yaml")
    asked(capsys, "new-agreement", path, "--covers", "ZA2", "--valid-from", "2024-01-01")
    said = asked(capsys, "pages", "--to", "ZA1", "--local", path, "--out", str(tmp_path / "map"))
    assert "covers ZA2, not ZA1" in said


def test_why_the_icb_of_a_trust_is_not_known_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    said = " ".join(asked(capsys, "--to", "RQW", "--on", "2026-06-01").split())
    assert "does not know its ICB on 2026-06-01: Lead ICB from 1 April 2026 not known" in said


@pytest.mark.parametrize(("text", "offered"), [("XA1", False), ("ZA77", True), ("larkshir", True)])
def test_fictional_organisations_are_offered_only_for_words_of_the_sample(
    capsys: pytest.CaptureFixture[str], text: str, offered: bool
) -> None:
    assert run(["who", "--to", text]) == 2
    assert (" ZA" in capsys.readouterr().err.split("Nearest")[1]) is offered


def test_pages_that_cannot_be_are_refused_with_the_reason(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("no folder")
    inside = tmp_path / "file" / "map"
    assert run(["who", "pages", "--to", "ZA1", "--out", str(inside)]) == 2
    assert f"{inside}: the pages cannot be written: " in capsys.readouterr().err
    assert run(["who", "pages", "--to", "Nowhere", "--out", str(tmp_path / "map")]) == 2
    assert "no organisation" in capsys.readouterr().err
    assert not (tmp_path / "map").exists()


def test_the_pages_are_whole_and_each_cell_leads_to_its_source(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    out = tmp_path / "map"
    asked(capsys, "pages", "--to", "ZA1", "--to", "icb", "--on", "2025-10-01", "--out", str(out))
    pages = pages_of(out)
    names = {page.path.name for page in pages}
    assert {"jul-2022.html", "nov-2024.html", "apr-2025.html", "health-bill-picture.html"} <= names
    assert {"day-2025-10-01.html", "jul-2022-2.html", "sources.html"} <= names
    for page in pages:
        assert page.unclosed == []
        ids = page.ids()
        assert len(ids) == len(set(ids)), page.path
        for link in page.all("a"):
            file, _, place = link.attributes["href"].partition("#")
            if file.startswith(("https:", "http:")):
                continue
            assert not file or (out / file).is_file(), (page.path, file)
            assert file or not place or place in ids, (page.path, place)


def test_the_page_of_the_bill_says_that_it_is_not_law(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    out = tmp_path / "map"
    asked(capsys, "pages", "--to", "trust", "--out", str(out))
    bill = (out / "health-bill.html").read_text(encoding="utf-8")
    assert "Proposed, not law." in bill
    assert "Proposed, not law." not in (out / "apr-2025.html").read_text(encoding="utf-8")


def test_pages_never_overwrite_what_remit_did_not_write(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    assert run(["who", "pages", "--out", str(tmp_path)]) == 2
    assert "nothing of yours is lost" in capsys.readouterr().err
