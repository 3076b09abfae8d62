"""Peers on the published files: the Similar 10 of all, the Trust Peer Finder as coded and named."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.spatial import distance
from sklearn.metrics.pairwise import nan_euclidean_distances

from remit.catalogue.peer_methods import load_peer_method
from remit.practice.peers.characteristics import read_characteristics
from remit.practice.peers.finding import beside_of, peers_in
from remit.practice.peers.result import PeersFound

pytestmark = pytest.mark.conformance
SIMILAR = "peers/nhse_similar10_ccg_input_april2021.xlsx"
TRUSTS = "peers/nhse_trust_peer_finder_raw_data_1920.xlsx"
TEN = ("R0A", "R1A", "R1C", "RJ1", "RRK", "RX1", "RYR", "RTG", "RWE", "RP4")


def found_in(shared_data: Path, file: str, method: str) -> PeersFound:
    return peers_in(shared_data / file, load_peer_method(method))


def similarities(figures: pd.DataFrame, weights: dict[str, float]) -> np.ndarray:
    """The steps of the published script, in pandas."""
    capped = figures.clip(upper=figures.mean() + 5 * figures.std(ddof=0), axis=1)
    roots = np.sqrt(capped)
    scaled = (roots - roots.mean()) / roots.std(ddof=0)
    total = np.zeros((len(scaled), len(scaled)))
    for column in scaled:
        values = scaled[column].to_numpy()
        total += weights[column] * (values[:, None] - values[None, :]) ** 2
    return total


def test_the_first_twenty_are_as_worked_out_by_the_published_method(shared_data: Path) -> None:
    found = found_in(shared_data, SIMILAR, "similar-10")
    path = shared_data / "peers" / "similar10_expected_first20.csv"
    with path.open(encoding="utf-8", newline="") as file:
        expected = list(csv.DictReader(file))
    assert len(expected) == 200
    for row in expected:
        one = found.by_code[row["code"]][int(row["rank"]) - 1]
        assert (one.peer, one.distance) == (
            row["peer"],
            pytest.approx(float(row["similarity"]), abs=1e-8),
        )


def test_all_106_are_as_the_steps_of_the_script_in_pandas(shared_data: Path) -> None:
    found = found_in(shared_data, SIMILAR, "similar-10")
    table = pd.DataFrame(pd.read_excel(shared_data / SIMILAR, "Variable Data", engine="calamine"))
    told = pd.read_excel(shared_data / SIMILAR, "Variable Descriptions", engine="calamine")
    weights = dict(zip(told["Variable name"], told["Weights"], strict=True))
    codes = table["CCGcode"].tolist()
    total = similarities(table[list(weights)], weights)
    assert len(found.by_code) == 106
    for at, code in enumerate(codes):
        order = [int(one) for one in np.argsort(total[at], kind="stable") if one != at][:10]
        peers = found.by_code[code]
        assert [one.peer for one in peers] == [codes[one] for one in order]
        assert [one.distance for one in peers] == pytest.approx(
            [total[at, one] for one in order], abs=1e-8
        )


def as_coded(table: pd.DataFrame) -> pd.DataFrame:
    """The published script, line for line but faster: a distance a figure, gaps skipped in sums."""
    long = table.melt(id_vars="Procode", var_name="Name", value_name="Value")
    by = long.groupby("Name")["Value"]
    long["scaled"] = (long["Value"] - by.transform("mean")) / by.transform("std").round(5)
    wide = long.pivot(index="Procode", columns="Name", values="scaled")
    summed = wide.fillna(0.0)
    one, other = wide.to_numpy(), summed.to_numpy()
    total = np.nansum(np.abs(one[:, None, :] - other[None, :, :]), axis=2)
    first = wide.dropna()
    assert total[wide.index.get_loc(first.index[0]), wide.index.get_loc(first.index[1])] == (
        pytest.approx(sum(distance.euclidean([a], [b])
                          for a, b in zip(first.iloc[0], first.iloc[1], strict=True)))
    )  # fmt: skip
    return pd.DataFrame(total, index=wide.index, columns=wide.index)


def test_the_trust_peer_finder_as_coded_is_what_its_script_gives(shared_data: Path) -> None:
    found = found_in(shared_data, TRUSTS, "trust-peer-finder-as-coded")
    table = pd.DataFrame(pd.read_excel(shared_data / TRUSTS, engine="calamine"))
    total = as_coded(table)
    assert len(found.by_code) == 208
    for code in TEN:
        order = total.loc[code].drop(code).sort_values(kind="stable").head(10)
        peers = found.by_code[code]
        assert [one.peer for one in peers] == order.index.tolist()
        assert [one.distance for one in peers] == pytest.approx(order.tolist(), abs=1e-8)


def test_as_named_gaps_are_left_out_and_the_others_stand_for_them(shared_data: Path) -> None:
    found = found_in(shared_data, TRUSTS, "trust-peer-finder-as-named")
    table = pd.DataFrame(pd.read_excel(shared_data / TRUSTS, engine="calamine")).set_index(
        "Procode"
    )
    for column in ("Night beds", "Day beds", "StudentStaff"):
        table[column] = table[column].replace(0, np.nan)
    scaled = (table - table.mean()) / table.std()
    total = pd.DataFrame(nan_euclidean_distances(scaled), index=table.index, columns=table.index)
    for code in TEN:
        order = total.loc[code].drop(code).sort_values(kind="stable").head(10)
        peers = found.by_code[code]
        assert [one.peer for one in peers] == order.index.tolist()
        assert [one.distance for one in peers] == pytest.approx(order.tolist(), abs=1e-8)


def test_what_the_two_readings_differ_in(shared_data: Path) -> None:
    found = found_in(shared_data, TRUSTS, "trust-peer-finder-as-coded")
    beside = beside_of(found, shared_data / TRUSTS, outcomes=True)
    assert beside is not None
    assert len(beside.lines) == 208
    # The page says so.
    assert round(100 * beside.share) == 72
    assert beside.the_same == 7


def test_one_organisation_more_and_a_gap_are_in_order(shared_data: Path, tmp_path: Path) -> None:
    table = pd.DataFrame(pd.read_excel(shared_data / SIMILAR, "Variable Data", engine="calamine"))
    more = table.iloc[[0]].assign(CCGcode=" Z9 9 ", poptot=np.nan)
    path = tmp_path / "more.csv"
    pd.concat([table, more])[table.columns[::-1]].to_csv(path, index=False)
    held = read_characteristics(path, load_peer_method("similar-10"))
    assert (len(held.codes), held.codes[-1]) == (107, "Z99")
    found = peers_in(path, load_peer_method("similar-10"))
    # All it has is as 00L: its twin but for what is not given.
    assert (found.by_code["Z99"][0].peer, found.by_code["Z99"][0].distance) == ("00L", 0)


def test_the_list_of_neighbours_is_read_in_its_order(shared_data: Path) -> None:
    found = found_in(shared_data, "peers/la-peers.csv", "ons-neighbours")
    assert len(found.by_code) == 296
    assert [one.peer for one in found.by_code["E06000001"]][:2] == ["E06000003", "E08000018"]
    assert not found.rejections
