"""Quotes: chosen by a person, and of nobody who could be told apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from remit.cli.exit_codes import DONE
from remit.cli.run import run
from remit.model.questionnaire import Respondent, Wave
from remit.surveys.reading.answers import Cut, Voices
from remit.surveys.themes.quotes import bearings
from tests.surveys.commented import ROWS, fill_in, table, themes, write_said


def chosen(folder: Path, *lines: int) -> dict[str, dict[str, str]]:
    """The quotes by their line, when these comments are chosen."""
    themes(folder)
    codes = fill_in(folder, "ann", dict.fromkeys(lines, ("", "yes")))
    assert themes(folder, "--codes", codes) == DONE
    return {row["line"]: row for row in table(folder, "quotes")}


def withheld(folder: Path) -> Mapping[tuple[str, str], int]:
    return {(row["what"], row["reason"]): int(row["comments"]) for row in table(folder, "withheld")}


def test_nothing_is_quoted_that_nobody_chose(tmp_path: Path) -> None:
    assert themes(tmp_path) == DONE
    assert table(tmp_path, "quotes") == []
    assert withheld(tmp_path)["not quoted", "nobody chose it"] == 6


def test_a_quote_carries_role_and_kind_where_three_share_them(tmp_path: Path) -> None:
    quotes = chosen(tmp_path, 2)
    assert quotes["2"]["quote"] == "The paperwork never ends."
    assert (quotes["2"]["role"], quotes["2"]["kind"]) == ("chair", "acute")
    assert (quotes["2"]["alike"], quotes["2"]["chosen_by"]) == ("3", "ann")


def test_a_role_without_its_kind_does_not_give_the_kind_away(tmp_path: Path) -> None:
    # One medical director is of an ambulance trust. "A medical director" alone would be that one,
    # for the other three carry their kind; of the kind alone three are left.
    quotes = chosen(tmp_path, 11)
    assert (quotes["11"]["role"], quotes["11"]["kind"]) == ("", "ambulance")
    assert quotes["11"]["alike"] == "3"
    assert withheld(tmp_path)["quote without role", "fewer than 3 would be alike"] == 1


def test_who_is_alone_is_not_quoted_at_all(tmp_path: Path) -> None:
    rows = (*ROWS[:9], ("ambulance", "medical director", "We are bullied."))
    themes(tmp_path, rows=rows)
    codes = fill_in(tmp_path, "ann", {11: ("", "yes")})
    assert themes(tmp_path, "--codes", codes, rows=rows) == DONE
    assert table(tmp_path, "quotes") == []
    why = "too few respondents of the wave could have said it"
    assert withheld(tmp_path)["chosen and no quote", why] == 1


def test_what_is_taken_out_is_counted_and_too_little_is_no_quote(tmp_path: Path) -> None:
    rows = (*ROWS[:10], ("ambulance", "chair", "Priya Nair, Elm Vale Hospital!"), ROWS[11])
    themes(tmp_path, rows=rows)
    codes = fill_in(tmp_path, "ann", {12: ("", "yes")})
    assert themes(tmp_path, "--codes", codes, rows=rows) == DONE
    assert table(tmp_path, "quotes") == []
    told = withheld(tmp_path)
    why = "too little is left without what tells of people"
    assert told["chosen and no quote", why] == 1
    assert told["taken out of comments", "name"] == 1


def test_five_of_one_organisation_tell_which_it_is(tmp_path: Path) -> None:
    rows = tuple(("ambulance", "chair", f"The paperwork never ends {n}.") for n in range(3))
    export, questionnaire = write_said(tmp_path, rows)
    text = Path(export).read_text(encoding="utf-8-sig")
    one = text.replace("ZA2", "ZA1").replace("ZA3", "ZA1")
    Path(export).write_text(one, encoding="utf-8")
    asked = ["survey", "themes", export, "--questionnaire", questionnaire]
    assert run([*asked, "--out", str(tmp_path / "out")]) == DONE
    codes = fill_in(tmp_path, "ann", {2: ("burden", "yes")})
    assert run([*asked, "--codes", codes, "--out", str(tmp_path / "out")]) == DONE
    assert table(tmp_path, "quotes") == []


def test_without_an_organisation_a_quote_carries_neither_role_nor_kind(tmp_path: Path) -> None:
    # Six of one organisation would else be quoted as "director, ambulance".
    rows = tuple(("ambulance", "director", f"The paperwork never ends {n}.") for n in range(6))
    export, questionnaire = write_said(tmp_path, rows)
    text = Path(questionnaire).read_text(encoding="utf-8")
    Path(questionnaire).write_text(text.replace("unit: [trust], ", ""), encoding="utf-8")
    asked = ["survey", "themes", export, "--questionnaire", questionnaire]
    assert run([*asked, "--out", str(tmp_path / "out")]) == DONE
    codes = fill_in(tmp_path, "ann", {2: ("burden", "yes")})
    assert run([*asked, "--codes", codes, "--out", str(tmp_path / "out")]) == DONE
    (quote,) = table(tmp_path, "quotes")
    assert (quote["role"], quote["kind"], quote["alike"]) == ("", "", "6")
    why = "no column tells the organisations, and all alike may be of one"
    assert withheld(tmp_path)["quote without role", why] == 1
    assert withheld(tmp_path)["quote without kind", why] == 1


def test_check_warns_where_no_organisation_is_known(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    export, questionnaire = write_said(tmp_path)
    asked = ["survey", "check", export, "--questionnaire", questionnaire]
    assert run(asked) == DONE
    assert "not known" not in capsys.readouterr().out
    text = Path(questionnaire).read_text(encoding="utf-8")
    for unit, why in (
        ("", "the questionnaire names no column of it (unit, under respondent)"),
        ("unit: [employer], ", "no column is named 'employer'"),
    ):
        changed = text.replace("unit: [trust], ", unit)
        Path(questionnaire).write_text(changed, encoding="utf-8")
        assert run(asked) == DONE
        told = capsys.readouterr().out
        assert f"2026: which organisation a respondent speaks for is not known: {why}." in told
        assert "quotes carry neither role nor kind" in told


def test_a_blank_organisation_is_not_another_one(tmp_path: Path) -> None:
    rows = tuple(("ambulance", "chair", f"The paperwork never ends {n}.") for n in range(3))
    export, questionnaire = write_said(tmp_path, rows)
    text = Path(export).read_text(encoding="utf-8-sig")
    Path(export).write_text(text.replace('"ZA2"', '""').replace("ZA3", "ZA1"), encoding="utf-8")
    asked = ["survey", "themes", export, "--questionnaire", questionnaire]
    assert run([*asked, "--out", str(tmp_path / "out")]) == DONE
    codes = fill_in(tmp_path, "ann", {2: ("burden", "yes")})
    assert run([*asked, "--codes", codes, "--out", str(tmp_path / "out")]) == DONE
    assert table(tmp_path, "quotes") == []


def voices(pairs: list[tuple[int, int]], units: Cut | None = None) -> Voices:
    def cut(name: str, values: list[int]) -> Cut:
        labels = tuple(f"{name}{n}" for n in range(4))
        return Cut(name, name, labels, np.array(values, dtype=np.int32))

    return Voices(
        Wave(id="2026"), (), tuple(("a.csv", n) for n in range(len(pairs))), units, None,
        {
            "role": cut("role", [one for one, _ in pairs]),
            "kind": cut("kind", [two for _, two in pairs]),
        },
        (), len(pairs),
    )  # fmt: skip


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)  # on a busy machine
@given(
    people=st.lists(
        st.tuples(st.tuples(st.integers(-1, 3), st.integers(-1, 3)), st.integers(-1, 9)),
        max_size=40,
    ),
    least=st.integers(2, 6),
    known=st.booleans(),
)
def test_whatever_a_quote_says_as_many_could_have_said_it(
    people: list[tuple[tuple[int, int], int]], least: int, known: bool
) -> None:
    pairs, of = [pair for pair, _ in people], [unit for _, unit in people]
    labels = tuple(f"ZA{n}" for n in range(10))
    units = Cut("unit", "Organisation", labels, np.array(of, dtype=np.int32)) if known else None
    said = bearings(voices(pairs, units), Respondent(role="role", kind="kind", alike=least))
    # Who knows the export and the rule sees who would bear these words: never fewer than declared.
    many = Counter((one.role, one.kind) for one in said if one is not None)
    assert all(count >= least for count in many.values())
    organisations: dict[tuple[str, str], set[int]] = {}
    for one, unit in zip(said, of, strict=True):
        if one is not None and unit >= 0:
            organisations.setdefault((one.role, one.kind), set()).add(unit)
    for one, (role, kind) in zip(said, pairs, strict=True):
        if one is not None:
            if known:
                assert len(organisations[one.role, one.kind]) > 1
            else:
                assert (one.role, one.kind) == ("", "")
            assert one.alike == many[one.role, one.kind]
            assert one.role in {"", f"role{role}"}
            assert one.kind in {"", f"kind{kind}"}


@pytest.mark.parametrize("told", ["yes", "Y", "x", "1"])
def test_a_person_may_say_yes_as_people_do(tmp_path: Path, told: str) -> None:
    themes(tmp_path)
    codes = fill_in(tmp_path, "ann", {2: ("burden", told)})
    assert themes(tmp_path, "--codes", codes) == DONE
    assert len(table(tmp_path, "quotes")) == 1
