"""The records of care of the fictional sample: whole, fictional, and odd only where announced."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from remit.sample import ActivityFiles, write_activity
from remit.sample.activity import QUARTER_NAMES, WRONG
from remit.sample.care import KEPT_OF_HOSPITAL, SERVICE
from remit.sample.elsewhere import ALL_ICBS, ALL_TRUSTS
from remit.shift.records.columns import DIED_ON, POPULATION_COLUMNS, RECORD_COLUMNS, SETTINGS


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> ActivityFiles:
    return write_activity(tmp_path_factory.mktemp("shift"))


@pytest.fixture(scope="module")
def records(files: ActivityFiles) -> pl.DataFrame:
    return pl.read_parquet(files.records)


@pytest.fixture(scope="module")
def populations(files: ActivityFiles) -> pl.DataFrame:
    return pl.read_csv(files.populations)


@pytest.fixture(scope="module")
def right(records: pl.DataFrame) -> pl.DataFrame:
    return records.head(-len(WRONG))


def test_the_columns_are_those_of_the_contract(
    records: pl.DataFrame, populations: pl.DataFrame
) -> None:
    assert records.columns == [*RECORD_COLUMNS, DIED_ON]
    assert populations.columns == list(POPULATION_COLUMNS)
    kinds = {"integer": pl.Int64, "text": pl.String, "date": pl.Date, "integer or text": pl.Int64}
    assert records.schema == {
        **{name: kinds[kind] for name, kind in RECORD_COLUMNS.items()},
        DIED_ON: pl.Date,
    }


def test_a_record_is_wrong_in_each_announced_way_and_no_other(
    records: pl.DataFrame, right: pl.DataFrame
) -> None:
    wrong = records.tail(len(WRONG))
    for row, (column, value) in zip(wrong.iter_rows(named=True), WRONG.items(), strict=True):
        assert row[column] == value
        assert None not in {row[one] for one in RECORD_COLUMNS if one != column}
    assert right.select(list(RECORD_COLUMNS)).null_count().row(0) == (0,) * len(RECORD_COLUMNS)
    assert set(right["setting"]) == set(SETTINGS)
    assert set(right["deprivation_fifth"]) == {1, 2, 3, 4, 5}
    assert right.select(pl.min("quantity", "bed_days", "cost_pence")).row(0) == (1, 0, 3360)
    assert (right["date"].min(), right["date"].max()) == (date(2022, 4, 1), date(2026, 3, 31))


def test_a_record_stands_there_twice(right: pl.DataFrame) -> None:
    assert right[500].equals(right[-1])


def test_every_code_is_fictional(right: pl.DataFrame) -> None:
    assert set(right["commissioner"]) == {icb.code for icb in ALL_ICBS}
    trusts = set(right.filter(pl.col("setting") != "primary")["provider"])
    assert trusts <= {trust.code for trust in ALL_TRUSTS}
    assert right["cluster"].str.contains("^ZP[0-9]{1,2}$").all()


def test_need_is_one_on_average_in_each_quarter(populations: pl.DataFrame) -> None:
    people, need = pl.col("people"), pl.col("need_thousandths")
    means = populations.group_by("quarter").agg(mean=(people * need).sum() / people.sum())
    assert sorted(means["quarter"]) == sorted(QUARTER_NAMES)
    assert means["mean"].is_between(999.5, 1000.5).all()


def test_nobody_has_care_after_death(right: pl.DataFrame) -> None:
    dead = right.filter(pl.col(DIED_ON).is_not_null())
    assert dead["patient"].n_unique() > 500
    assert dead.filter(pl.col("date") >= pl.col(DIED_ON)).is_empty()


def test_the_service_begins_on_a_day_and_nobody_is_in_hospital_on_that_of_entry(
    right: pl.DataFrame,
) -> None:
    entries = right.filter(service=SERVICE).group_by("patient").agg(entry=pl.min("date"))
    assert date(2024, 4, 1) <= entries["entry"].min() <= date(2024, 4, 7)  # type: ignore[operator]
    assert entries["entry"].max() <= date(2025, 3, 31)  # type: ignore[operator]
    assert entries.height > 900
    hospital = right.filter(setting="hospital").join(entries, on="patient")
    assert hospital.filter(pl.col("date") == pl.col("entry")).is_empty()


def test_the_planted_shift_is_there(right: pl.DataFrame) -> None:
    """A ratio of ratios by hand: who entered against others of their age and use the year before.

    It is no estimate of the house: what is planted lies within a fifth of it.
    """
    year = pl.col("date").dt.offset_by("-3mo").dt.year()
    beds = right.filter(setting="hospital").group_by("patient", year.alias("year"))
    wide = (
        beds.agg(pl.sum("bed_days"))
        .pivot("year", index="patient", values="bed_days")
        .fill_null(0)
        .select("patient", earlier="2022", before="2023", later="2025")
    )
    entered = right.filter(service=SERVICE)["patient"].unique().to_list()
    about = right.filter(pl.col("commissioner") != "ZB3").group_by("patient")
    known = about.agg(pl.max("age_band"), pl.col(DIED_ON).max()).filter(pl.col(DIED_ON).is_null())
    table = known.join(wide, on="patient").with_columns(
        entered=pl.col("patient").is_in(entered),
        use=sum((pl.col("before") > most).cast(pl.Int8) for most in (0, 3, 9)),
    )
    by = table.group_by("age_band", "use", "entered").agg(
        n=pl.len(), earlier=pl.sum("earlier"), later=pl.sum("later")
    )
    both = by.filter("entered").join(by.filter(~pl.col("entered")), on=["age_band", "use"])
    weight = pl.col("n") / pl.col("n_right")
    late, early = (
        pl.col(c).sum() / (weight * pl.col(f"{c}_right")).sum() for c in ("later", "earlier")
    )
    ratio = both.select(late / early).item()
    assert ratio == pytest.approx(KEPT_OF_HOSPITAL, rel=0.2)


def test_the_same_is_written_each_time(files: ActivityFiles, tmp_path: Path) -> None:
    again = write_activity(tmp_path)
    assert pl.read_parquet(again.records).equals(pl.read_parquet(files.records))
    assert again.populations.read_bytes() == files.populations.read_bytes()
