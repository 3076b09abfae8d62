"""The mappings of national sets: each gives every column of the contract, and says who checked."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from remit.shift.records import cube, open_activity
from remit.shift.records.columns import RECORD_COLUMNS, SETTINGS
from remit.shift.records.mapping import known_mappings, load_mapping

NAMES = ("apc", "csds", "ecds", "gp", "mhsds", "outpatient")


def test_all_six_sets_are_there() -> None:
    assert tuple(known_mappings()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_mapping_gives_all_columns_and_a_source(name: str) -> None:
    mapping = load_mapping(name)
    assert set(mapping.columns) == set(RECORD_COLUMNS)
    assert mapping.source.url.startswith("https://")
    assert not mapping.verified  # to be turned when its names were compared
    assert mapping.columns["setting"].value in SETTINGS


def test_a_spell_of_admitted_care_becomes_a_record(tmp_path: Path) -> None:
    spell = {
        "PSEUDO_ID": "a1", "ADMIDATE": date(2024, 4, 1), "PROCODE": "ZA1", "ICB_CODE": "ZQ1",
        "GPPRAC": "ZP1", "TRETSPEF": "300", "ADMIMETH": "21", "SPELDUR": 4, "STARTAGE": 85,
        "IMD_DECILE": 10,
    }  # fmt: skip
    pl.DataFrame([spell]).write_parquet(tmp_path / "apc.parquet")
    with open_activity([tmp_path / "apc.parquet"], mapping=load_mapping("apc")) as activity:
        by = ("setting", "pod", "age_band", "deprivation_fifth", "need_thousandths")
        found = activity.collect(cube(activity.accepted(), by))
    assert found.rows() == [("hospital", "emergency", "85+", 5, 1000, 1, 1, 4, 0)]
