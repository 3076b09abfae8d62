"""``remit peers``: distances worked by hand, files of other shapes, stability and what is said."""

from __future__ import annotations

import csv
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xlsxwriter
from sklearn.metrics.pairwise import nan_euclidean_distances

from remit.catalogue.peer_methods import load_peer_method, peer_methods
from remit.cli.app import build_app
from remit.cli.run import run
from remit.model.peers import PeerMethod
from remit.practice.peers.characteristics import Characteristics
from remit.practice.peers.distances import distances, pair_parts, standardised
from remit.practice.peers.result import find_peers

HEAD = "schema: remit/peer-method/1\nid: ours\ntitle: Ours\nsource: our own\nverified: false\n"
SQUARED = HEAD + (
    "peers: 1\nsquare_root: true\ndistance: squared\n"
    "characteristics: [{column: Beds, weight: 0.5}]\n"
)
TWO = "characteristics: [{column: Beds}, {column: Staff, not_given: [0]}]\n"
NAMED = HEAD + "peers: 2\ndeviation: sample\n" + TWO
CODED = NAMED.replace(
    "deviation: sample",
    "deviation: sample\ndeviation_decimals: 5\ndistance: city-block\nmissing: as-coded",
)


def peers(
    folder: Path, method: str, text: str | Path, *more: str
) -> tuple[int, list[dict[str, str]]]:
    """The code of the command, and the rows of ``peers.csv``."""
    (folder / "ours.yaml").write_text(method, encoding="utf-8")
    if isinstance(text, str):
        (folder / "in.csv").write_text(text, encoding="utf-8")
        text = folder / "in.csv"
    code = run(
        ["peers", "--method", str(folder / "ours.yaml"), "--input", str(text),
         "--out", str(folder / "out"), *more]
    )  # fmt: skip
    return code, rows(folder / "out" / "peers.csv") if code < 2 else []


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def between(found: list[dict[str, str]], code: str, peer: str) -> float:
    (one,) = (row for row in found if (row["code"], row["peer"]) == (code, peer))
    return float(one["distance"])


def test_squared_differences_of_square_roots_over_the_deviation_of_the_population(
    tmp_path: Path,
) -> None:
    # Roots 1, 2, 3: mean 2, population variance 2/3. (1/√(2/3))² = 1.5, half of it by weight.
    code, found = peers(tmp_path, SQUARED, "code,Beds\nZA1,1\nZA2,4\nZA3,9\n")
    assert code == 0
    assert [(row["code"], row["peer"]) for row in found] == [
        ("ZA1", "ZA2"), ("ZA2", "ZA1"), ("ZA2", "ZA3"), ("ZA3", "ZA2"),
    ]  # fmt: skip
    assert between(found, "ZA1", "ZA2") == pytest.approx(0.75)
    # Both are equally far from ZA2 and both are peers; each has it as a peer in turn.
    assert {row["mutual"] for row in found} == {"true"}


def test_a_figure_is_capped_at_deviations_over_the_mean(tmp_path: Path) -> None:
    # Mean 2, deviation √3 of 1, 1, 1, 5; a cap of one deviation leaves 1, 1, 1, 2 + √3.
    method = HEAD + "peers: 3\ncap: 1\ncharacteristics: [{column: Beds}]\n"
    _, found = peers(tmp_path, method, "code,Beds\nZA1,1\nZA2,1\nZA3,1\nZA4,5\n")
    top = 2 + math.sqrt(3)
    mean = (3 + top) / 4
    deviation = math.sqrt((3 * (1 - mean) ** 2 + (top - mean) ** 2) / 4)
    assert between(found, "ZA1", "ZA4") == pytest.approx((top - 1) / deviation)
    assert between(found, "ZA1", "ZA2") == 0


def test_as_coded_a_figure_that_is_not_given_is_the_mean_of_the_other_and_nothing_of_oneself(
    tmp_path: Path,
) -> None:
    # Beds 1, 2, 3: scaled -1, 0, 1. Staff 10, none, 30: deviation 14.14214, scaled ∓0.70711.
    text = "code,Beds,Staff\nZA1,1,10\nZA2,2,\nZA3,3,30\n"
    _, found = peers(tmp_path, CODED, text)
    assert between(found, "ZA1", "ZA2") == pytest.approx(1 + 10 / 14.14214, abs=1e-9)
    assert between(found, "ZA2", "ZA1") == pytest.approx(1)
    assert between(found, "ZA1", "ZA3") == pytest.approx(2 + 20 / 14.14214, abs=1e-9)


def test_as_named_what_is_not_given_is_left_out_and_the_others_stand_for_it(
    tmp_path: Path,
) -> None:
    # ZA2 has no staff, written as 0: of two characteristics one is left, and it counts twice.
    text = "code,Beds,Staff\nZA1,1,10\nZA2,2,0\nZA3,3,30\n"
    _, found = peers(tmp_path, NAMED, text)
    assert between(found, "ZA1", "ZA2") == pytest.approx(math.sqrt(2))
    assert between(found, "ZA1", "ZA3") == pytest.approx(math.sqrt(4 + 2))


def test_distances_with_gaps_are_those_of_scikit_learn() -> None:
    rng = np.random.default_rng(7)
    figures = rng.normal(size=(12, 5))
    figures[rng.random((12, 5)) < 0.2] = np.nan
    figures[:, 0] = np.arange(12.0)
    method = PeerMethod.model_validate(
        {"schema": "remit/peer-method/1", "id": "x", "title": "x", "source": "x", "verified": False,
         "characteristics": [{"column": f"c{at}"} for at in range(5)]}
    )  # fmt: skip
    codes = tuple(f"ZA{at}" for at in range(12))
    held = Characteristics(codes, ("",) * 12, method.characteristics, figures)
    scaled, _ = standardised(held, method)
    assert distances(pair_parts(held, method), method) == pytest.approx(
        nan_euclidean_distances(scaled)
    )


SHAPES = {
    "the order of columns": "Beds,code\n1,ZA1\n4,ZA2\n9,ZA3\n",
    "semicolons and a name": "code;name;Beds\nZA1;Elm;1\nZA2;Ash;4\nZA3;Oak;9\n",
    "codes with spaces": "code,Beds\n ZA1 ,1\nZA 2,4\nza3,9\n",
    "a column more": "code,Beds,Beauty\nZA1,1,x\nZA2,4,y\nZA3,9,\n",
    "a header in capitals": "CODE, BEDS \nZA1,1\nZA2,4\nZA3,9\n",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_the_same_table_in_another_shape_has_the_same_peers(shape: str, tmp_path: Path) -> None:
    code, found = peers(tmp_path, SQUARED, SHAPES[shape])
    assert code == 0
    assert between(found, "ZA1", "ZA2") == pytest.approx(0.75)


def test_a_workbook_is_read_by_the_sheet_that_has_the_columns(tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Read me").write_row(0, 0, ["Beds are counted at midnight"])
        sheet = book.add_worksheet("Data")
        for at, row in enumerate([["", ""], ["code", "Beds"], ["ZA1", 1], ["ZA2", 4], ["ZA3", 9]]):
            sheet.write_row(at, 0, row)
    code, found = peers(tmp_path, SQUARED, path)
    assert code == 0
    assert between(found, "ZA1", "ZA2") == pytest.approx(0.75)


REJECTED = {
    "the same row twice": ("code,Beds\nZA1,1\nZA2,4\nZA3,9\nZA2,4\n", ["5,,ZA2"], 3),
    "another row of the code": (
        "code,Beds\nZA1,1\nZA2,4\nZA3,9\nZA4,9\nZA2,5\n", ["3,,ZA2", "6,,ZA2"], 3,
    ),
    "no figure": ("code,Beds\nZA1,1\nZA2,many\nZA3,9\nZA4,16\n", ["3,Beds,many"], 4),
    "no code": ("code,Beds\nZA1,1\n,4\nZA3,9\nZA4,16\n", ["3,,4"], 3),
}  # fmt: skip


@pytest.mark.parametrize("why", REJECTED)
def test_what_is_not_taken_in_is_told_with_its_line(why: str, tmp_path: Path) -> None:
    text, expected, organisations = REJECTED[why]
    code, found = peers(tmp_path, SQUARED, text)
    told = rows(tmp_path / "out" / "rejections.csv")
    assert code == 1
    assert [f"{row['line']},{row['column']},{row['value']}" for row in told] == expected
    assert all(row["reason"] for row in told)
    # One without any figure has no distance, and so no peers.
    assert len({row["code"] for row in found}) == organisations - (why == "no figure")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("code,Bed\nZA1,1\nZA2,4\nZA3,9\n", "nearest: Bed"),
        ("code,Beds\nZA1,1\nZA2,4\n", "three organisations or more"),
        ("code,Beds\nZA1,7\nZA2,7\nZA3,7\n", "all are the same"),
        ("code,Beds\nZA1,1\nZA2,-4\nZA3,9\n", "ZA2, Beds is -4.0: a square root"),
        ("code,Beds\nZA1,\nZA2,\nZA3,-\n", "nobody has a figure in Beds"),
        ("code,Beds,Beds\nZA1,1,1\nZA2,4,4\nZA3,9,9\n", "stands twice"),
        ("code,Beds\n", "no row below a header"),
    ],
)
def test_what_cannot_be_compared_is_refused_in_words(
    text: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _ = peers(tmp_path, SQUARED, text)
    assert code == 2
    assert said in " ".join(capsys.readouterr().err.split())


def test_a_column_that_is_the_same_for_all_adds_nothing_and_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "code,Beds,Staff\nZA1,1,0.1\nZA2,2,0.1\nZA3,3,0.1\n"
    _, found = peers(tmp_path, NAMED, text)
    assert between(found, "ZA1", "ZA2") == pytest.approx(1)
    assert "same for all, and so no help: Staff" in " ".join(capsys.readouterr().out.split())


def test_twins_are_peers_at_no_distance_and_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # The published script drops pairs that are alike in everything.
    _, found = peers(tmp_path, SQUARED, "code,Beds\nZA1,4\nZA2,4\nZA3,9\n")
    assert between(found, "ZA1", "ZA2") == 0
    assert "peers at a distance of 0: ZA1 and ZA2" in " ".join(capsys.readouterr().out.split())


def league(count: int = 40, columns: int = 4) -> tuple[Characteristics, PeerMethod]:
    method = PeerMethod.model_validate(
        {"schema": "remit/peer-method/1", "id": "x", "title": "x", "source": "x", "verified": False,
         "peers": 5, "characteristics": [{"column": f"c{at}"} for at in range(columns)]}
    )  # fmt: skip
    figures = np.random.default_rng(3).normal(size=(count, columns))
    codes = tuple(f"ZA{at:02}" for at in range(count))
    return Characteristics(codes, ("",) * count, method.characteristics, figures), method


def test_stability_is_the_share_of_draws_in_which_a_peer_stays_one() -> None:
    held, method = league()
    found = find_peers(held, method)
    scaled, _ = standardised(held, method)
    weights = np.exp(0.5 * np.random.default_rng(1).normal(size=(1000, 4)))
    stayed = 0
    first = found.by_code["ZA00"][4]
    other = held.codes.index(first.peer)
    for drawn in weights:
        away = ((scaled - scaled[0]) ** 2 * drawn).sum(axis=1)
        away[0] = np.inf
        stayed += other in np.argsort(away)[:5]
    assert first.stability == stayed / 1000
    assert 0.1 < stayed / 1000 < 1


def test_the_same_seed_gives_the_same_and_one_characteristic_changes_nothing() -> None:
    held, method = league()
    assert find_peers(held, method).peers == find_peers(held, method).peers
    alone, single = league(columns=1)
    assert {one.stability for one in find_peers(alone, single).peers} == {1.0}


def test_mutual_is_a_peer_of_ones_peer() -> None:
    held, method = league()
    found = find_peers(held, method)
    pairs = {(one.code, one.peer) for one in found.peers}
    assert [one.mutual for one in found.peers] == [(one.peer, one.code) in pairs
                                                   for one in found.peers]  # fmt: skip
    assert {one.mutual for one in found.peers} == {True, False}


def test_what_makes_two_alike_is_said_with_both_figures(tmp_path: Path) -> None:
    peers(tmp_path, NAMED, "code,Beds,Staff\nZA1,100,10\nZA2,101,40\nZA3,300,30\n")
    said = {(row["code"], row["peer"]): row["said"] for row in rows(tmp_path / "out/likeness.csv")}
    assert said["ZA1", "ZA2"].startswith("ZA2 differs from ZA1 in Staff (40 and 10) and Beds (101")


def test_outcomes_among_characteristics_are_said_and_can_be_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    method = NAMED.replace("{column: Staff", "{column: Staff, is_outcome: true")
    text = "code,Beds,Staff\nZA1,1,10\nZA2,2,90\nZA3,3,30\n"
    peers(tmp_path, method, text)
    assert "compares by Staff" in " ".join(capsys.readouterr().out.split())
    _, found = peers(tmp_path, method, text, "--no-outcomes")
    assert between(found, "ZA1", "ZA2") == pytest.approx(1)
    assert "compares by" not in capsys.readouterr().out


def test_a_printed_list_keeps_its_order_and_tells_no_distance(tmp_path: Path) -> None:
    text = "procode,peer\nZA1,ZA1\nZA1,ZA3\nZA1,ZA2\nZA2,ZA1\nZA1,ZA3\n"
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")
    out = tmp_path / "out"
    assert (
        run(["peers", "--method", "ons-neighbours", "--input", str(path), "--out", str(out)]) == 1
    )
    found = [
        (row["code"], row["rank"], row["peer"], row["mutual"]) for row in rows(out / "peers.csv")
    ]
    assert found == [("ZA1", "1", "ZA3", "false"), ("ZA1", "2", "ZA2", "true"),
                     ("ZA2", "1", "ZA1", "true")]  # fmt: skip
    assert {row["distance"] + row["stability"] for row in rows(out / "peers.csv")} == {""}


def test_both_ways_of_the_trust_peer_finder_are_held_beside_each_other(tmp_path: Path) -> None:
    coded = load_peer_method("trust-peer-finder-as-coded")
    rng = np.random.default_rng(2)
    columns = [one.column for one in coded.characteristics]
    lines = [",".join(["Procode", *columns])]
    lines += [",".join([f"ZA{at}", *(f"{one:.3f}" for one in rng.gamma(2, size=21))])
              for at in range(10, 40)]  # fmt: skip
    (tmp_path / "trusts.csv").write_text("\n".join(lines), encoding="utf-8")
    out = tmp_path / "out"
    arguments = ["--method", coded.id, "--input", str(tmp_path / "trusts.csv"), "--out", str(out)]
    assert run(["peers", *arguments]) == 0
    told = rows(out / "beside.csv")
    assert len(told) == 30
    for row in told:
        assert int(row["shared"]) + len(row["only_here"].split()) == 10
        assert len(row["only_here"].split()) == len(row["only_there"].split())
    assert any(row["only_here"] for row in told)


def test_every_method_keeps_its_source_and_the_ported_ones_their_notice() -> None:
    for name, method in peer_methods().items():
        assert method.source, name
        assert "MIT" in method.notice, name
    assert sum(one.weight for one in load_peer_method("similar-10").characteristics) == (
        pytest.approx(1)
    )


@pytest.mark.parametrize(
    ("name", "said"),
    [("similar-1O", "nearest: similar-10"), ("none.yaml", "there is no such file")],
)
def test_a_method_that_is_not_there_is_told(
    name: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments: list[Any] = ["--method", name, "--input", "x.csv", "--out", str(tmp_path / "o")]
    assert run(["peers", *arguments]) == 2
    assert said in " ".join(capsys.readouterr().err.split())
    assert build_app()


def test_the_peers_of_one_are_said_and_an_unknown_one_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "code,name,Beds\nZA1,Elm,1\nZA2,Ash,4\nZA3,Oak,9\n"
    assert peers(tmp_path, SQUARED, text, "--of", "za3")[0] == 0
    assert "ZA2 Ash" in capsys.readouterr().out
    assert peers(tmp_path, SQUARED, text, "--of", "ZA33")[0] == 2
    assert "Did you mean" in capsys.readouterr().err
