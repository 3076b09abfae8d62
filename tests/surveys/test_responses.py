"""Who was asked and who answered: by a list, and by numbers of each group."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from remit.cli.exit_codes import DONE, DONE_WITH_FINDINGS, WRONG_INPUT
from remit.cli.run import run
from tests.surveys.exports import COLUMNS, QUESTIONNAIRE, write_small, write_wave


def counted(folder: Path, asked: str, *more: str, code: int = DONE_WITH_FINDINGS) -> pl.DataFrame:
    """The response of the small survey's two waves, by group and label."""
    before, now, questionnaire = write_small(folder)
    (folder / "asked.csv").write_text(asked, encoding="utf-8")
    given = [str(before), str(now), "--questionnaire", str(questionnaire), *more]
    told = ["--asked", str(folder / "asked.csv"), "--out", str(folder / "out")]
    assert run(["survey", "tables", *given, *told]) == code
    return pl.read_csv(folder / "out" / "responses.csv") if code != WRONG_INPUT else pl.DataFrame()


def of(frame: pl.DataFrame, wave: int = 2026) -> dict[str, tuple[int, int]]:
    rows = frame.filter(pl.col("wave") == wave).to_dicts()
    return {row["group"] or "": (row["asked"], row["answered"]) for row in rows}


# In 2026 somebody answered of ZA1 and ZA2 (acute), ZA3 (ambulance), ZA4 and ZA5 (community).
LIST = """trust_code,kind
ZA1,acute
za2 ,Acute
ZA9,acute
ZA3,ambulance
ZA4,community
ZA4,community
ZX1,mental health
"""


def test_a_list_tells_who_of_it_answered(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = counted(tmp_path, LIST)
    wanted = {"all": (6, 4), "acute": (3, 2), "ambulance": (1, 1), "community": (1, 1),
              "mental health": (1, 0)}  # fmt: skip
    assert of(found) == wanted
    # In 2025 of ZA1, ZA2 and ZA4.
    assert of(found, 2025)["all"] == (6, 3)
    assert found["of"].unique().to_list() == ["organisations"]
    said = capsys.readouterr().out
    assert said.count("1 row of one asked already") == 1
    assert "2026: 1 of those who answered is not on the list" in said


def test_numbers_of_each_group_pass_over_their_total(tmp_path: Path) -> None:
    text = "kind;trusts\nacute;4\nambulance;2\ncommunity;2\nTotal;8\n"
    assert of(counted(tmp_path, text)) == {
        "all": (8, 5), "acute": (4, 2), "ambulance": (2, 1), "community": (2, 2),
    }  # fmt: skip
    # People: 1, 2 and 3 are acute, 4 is ambulance, 5 and 6 are community.
    people = of(counted(tmp_path, text.replace("trusts", "people")))
    assert people == {"all": (8, 6), "acute": (4, 3), "ambulance": (2, 1), "community": (2, 2)}


def test_people_of_a_small_group_are_not_told(tmp_path: Path) -> None:
    text = "kind,invited\nacute,4\nambulance,2\ncommunity,3\n"
    found = counted(tmp_path, text, "--min-base", "2").filter(pl.col("wave") == 2026)
    rows = {row["group"]: row for row in found.to_dicts()}
    assert rows["ambulance"]["answered"] is None
    assert rows["ambulance"]["asked"] == 2
    # Else 6 less 3 less 2 gives it away.
    assert rows["community"]["answered"] is None
    assert rows["all"]["answered"] == 6


def test_a_wave_has_its_own_rows_and_what_does_not_fit_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "year,kind,trusts\n2025,acute,2\n2025,community,1\n2026,acute,1\n2026,acute,some\n"
    found = counted(tmp_path, text)
    assert of(found, 2025)["all"] == (3, 3)
    assert of(found)["acute"] == (1, 2)
    assert found.filter(wave=2026, group="acute")["pct_answered"].item() is None
    said = capsys.readouterr().out
    assert "'some' is no number of those asked" in said
    assert "2026: more organisations answered than were asked (all, acute, ambulance and" in said


def test_a_file_that_says_of_nobody_who_was_asked_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    counted(tmp_path, "colour,shape\nred,round\n", code=WRONG_INPUT)
    said = capsys.readouterr().err
    assert "it says of nobody who was asked; it needs a column of trust_code or kind" in said


def test_the_method_note_says_who_did_not_answer(tmp_path: Path) -> None:
    rows = tuple((str(n), f"ZA{n}", "acute", "Agree", "", "", "", "") for n in range(12))
    wave = write_wave(tmp_path / "people-2026.csv", rows, COLUMNS)
    (tmp_path / "q.yaml").write_text(QUESTIONNAIRE, encoding="utf-8")
    (tmp_path / "asked.csv").write_text("kind,trusts\nacute,16\nambulance,4\n")
    out = tmp_path / "out"
    assert run(["survey", "report", str(wave), "--questionnaire", str(tmp_path / "q.yaml"),
                "--asked", str(tmp_path / "asked.csv"), "--out", str(out)]) == DONE  # fmt: skip
    said = (out / "method.html").read_text(encoding="utf-8")
    assert "2026, all: 12 of the 20 organisations asked answered (60%); 8 did not." in said
    assert (
        "Kind of trust, ambulance: 0 of the 4 organisations asked answered (0%); 4 did not." in said
    )
