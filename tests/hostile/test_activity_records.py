"""Foreign files named as records of activity: held as they are, or refused in words, never more."""

from __future__ import annotations

import decimal
import os
import struct
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from remit.model.errors import ActivityError
from remit.shift.records import cube, open_activity, patients_by_setting
from tests.hostile.tries import Tries

pytest.importorskip("pyarrow")
import pyarrow as pa
import pyarrow.parquet as pq

KIND = "records of activity"
DAY = date(2024, 4, 1)
COLUMNS: dict[str, object] = {
    "patient": 7, "date": DAY, "provider": "ZA1", "commissioner": "ZB1", "cluster": "ZP1",
    "setting": "hospital", "service": "Medicine", "pod": "emergency", "quantity": 1,
    "bed_days": 2, "cost_pence": 300, "age_band": "65-74", "deprivation_fifth": 1,
    "need_thousandths": 1000,
}  # fmt: skip


def table(**changed: object) -> pl.DataFrame:
    """Three records in the columns of the contract, some of them changed."""
    same = {name: pl.Series([value] * 3) for name, value in COLUMNS.items()}
    return pl.DataFrame({**same, **changed})  # type: ignore[dict-item]


def parquet(folder: Path, name: str = "records.parquet", **changed: object) -> list[Path]:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    table(**changed).write_parquet(path)
    return [path]


def text(folder: Path, *lines: str, name: str = "records.csv") -> list[Path]:
    path = folder / name
    path.write_text("\n".join([",".join(COLUMNS), *lines]) + "\n", encoding="utf-8")
    return [path]


def line(**changed: str) -> str:
    """A line of a CSV file; what is changed is written in quotes."""
    quoted = {name: f'"{value}"' for name, value in changed.items()}
    return ",".join(str(quoted.get(name, value)) for name, value in COLUMNS.items())


def counts(files: list[Path]) -> tuple[int, int]:
    """Read and accepted, with everything counted that a command would count."""
    with open_activity(files) as activity:
        activity.collect(cube(activity.accepted()))
        activity.collect(patients_by_setting(activity.accepted()))
        return activity.counts.read, activity.counts.accepted


def moment(zone: str | None, unit: str = "us") -> pl.Series:
    moments = pl.Series([datetime(2024, 6, 30, 23, 30)] * 3).cast(pl.Datetime(unit))  # type: ignore[arg-type]
    return moments.dt.replace_time_zone(zone)


# Types -------------------------------------------------------------------------------------------

WRONG_TYPES: dict[str, tuple[dict[str, object], str]] = {
    "zoned": ({"date": moment("UTC")}, "with a time zone (UTC)"),
    "zoned to London": ({"date": moment("Europe/London")}, "time zone (Europe/London)"),
    "a moment": ({"date": moment(None)}, "write the day alone"),
    "nanoseconds": ({"date": moment(None, "ns")}, "write the day alone"),
    "numbers of a spreadsheet": ({"date": [45383] * 3}, "write the day alone"),
    "fractions": ({"quantity": [1.0] * 3}, "no whole number"),
    "not a number": ({"cost_pence": [float("nan"), float("inf"), 0.0]}, "whole pence"),
    "yes and no": ({"quantity": [True] * 3}, "no whole number"),
    "a structure": ({"patient": [{"a": 1}] * 3}, "'patient' is of the type Struct"),
    "lists": ({"setting": [["hospital"]] * 3}, "'setting' is of the type List"),
    "bytes": ({"provider": [b"\xff\x00"] * 3}, "'provider' is of the type Binary"),
    "decimals": ({"cost_pence": [decimal.Decimal("1.25")] * 3}, "no whole number"),
    "the same name in other letters": ({"Setting": ["community"] * 3}, "differ in case alone"),
}


@pytest.mark.parametrize("name", WRONG_TYPES)
def test_a_wrong_type_is_refused_by_column_and_remedy(
    name: str, tmp_path: Path, tries: Tries
) -> None:
    changed, words = WRONG_TYPES[name]
    files = parquet(tmp_path, **changed)
    with tries.attempt(KIND, name) as refusal:
        counts(files)
    assert words in str(refusal[0])
    assert str(files[0]) in str(refusal[0])


USUAL_TYPES: dict[str, dict[str, object]] = {
    "categories": {"setting": pl.Series(["hospital"] * 3, dtype=pl.Categorical)},
    "a closed list": {"setting": pl.Series(["hospital"] * 3, dtype=pl.Enum(["hospital"]))},
    "bytes wide": {"quantity": pl.Series([1, 2, 3], dtype=pl.Int8)},
    "without sign": {"cost_pence": pl.Series([1, 2, 3], dtype=pl.UInt64)},
    "whole decimals": {"cost_pence": [decimal.Decimal(5)] * 3},
    "pseudonyms": {"patient": ["a", "b", "c"]},
    "zone in a column beside": {"seen": moment("UTC")},
    "columns of Remit's own names": {"quarter": ["x"] * 3, "reason": ["x"] * 3, "day": [1] * 3},
}


@pytest.mark.parametrize("name", USUAL_TYPES)
def test_a_usual_type_is_held(name: str, tmp_path: Path, tries: Tries) -> None:
    with tries.attempt(KIND, name) as refusal:
        assert counts(parquet(tmp_path, **USUAL_TYPES[name])) == (3, 3)
    assert not refusal


# Values ------------------------------------------------------------------------------------------


def test_numbers_in_text_are_whole_numbers_or_rejected(tmp_path: Path, tries: Tries) -> None:
    wrong = ["1.0", "1e3", "1,000", "١", " 1", "+1", "0x10", "9" * 18, "9" * 400, "-1", "NaN", ""]
    lines = [line(quantity=value) for value in ["1", *wrong, "0"]]
    with tries.attempt(KIND, "numbers in text"):
        assert counts(text(tmp_path, *lines)) == (len(wrong) + 2, 2)


def test_days_in_text_are_days_or_rejected(tmp_path: Path, tries: Tries) -> None:
    wrong = [
        "2024-4-1", "01/04/2024", "45383", "2024-02-30", "1899-01-01", "9999-12-31", "20240401",
        "2024-04-01T00:00:00Z", "2024-04-01 ", "0000-00-00", "-2024-04-01", "",
    ]  # fmt: skip
    lines = [line(date=value) for value in ["2024-04-01", *wrong]]
    with tries.attempt(KIND, "days in text"):
        assert counts(text(tmp_path, *lines)) == (len(wrong) + 1, 1)


def test_the_ends_of_types_are_rejected(tmp_path: Path, tries: Tries) -> None:
    days = pl.Series([2**31 - 1, -(2**31), 19_814], dtype=pl.Int32).cast(pl.Date)
    sizes = [2**63 - 1, -(2**63), 1]
    with tries.attempt(KIND, "the ends of days"):
        assert counts(parquet(tmp_path, date=days)) == (3, 1)
    with tries.attempt(KIND, "the ends of numbers"):
        assert counts(parquet(tmp_path, cost_pence=sizes)) == (3, 1)


@pytest.mark.parametrize(
    "values",
    [
        pa.array([2**64 - 1, 1, 1], pa.uint64()),
        pa.array([decimal.Decimal(10**37), 1, 1], pa.decimal128(38, 0)),
    ],
    ids=["without sign", "38 digits"],
)
def test_more_than_64_bits_is_refused(values: pa.Array, tmp_path: Path, tries: Tries) -> None:
    arrow = table().to_arrow()
    column = arrow.schema.get_field_index("cost_pence")
    path = tmp_path / "large.parquet"
    pq.write_table(arrow.set_column(column, "cost_pence", values), path)
    with tries.attempt(KIND, "more than 64 bits") as refusal:
        counts([path])
    assert "cost_pence" in str(refusal[0])
    assert "CAST(" not in str(refusal[0])


def test_a_setting_is_written_as_it_is_declared(tmp_path: Path, tries: Tries) -> None:
    """The fourth has a Cyrillic letter."""
    wrong = ["Hospital", " hospital", "hospital ", "hоspital", "hospital\0", ""]
    for value in wrong:
        with tries.attempt(KIND, f"setting {value!r}"):
            assert counts(parquet(tmp_path, setting=["hospital", "hospital", value])) == (3, 2)


def test_the_largest_records_add_up(tmp_path: Path, tries: Tries) -> None:
    """A hundred thousand times the most that a record may cost fits into 64 bits, and is exact."""
    path = tmp_path / "dear.parquet"
    one = table(cost_pence=[10**12] * 3).head(1)
    pl.concat([one] * 100_000).rechunk().write_parquet(path)
    with tries.attempt(KIND, "large sums"), open_activity([path]) as activity:
        cells = activity.collect(cube(activity.accepted()))
        assert cells["cost_pence"].to_list() == [10**17]


# Files -------------------------------------------------------------------------------------------


def twice_in_parquet(folder: Path) -> Path:
    path = folder / "twice.parquet"
    arrow = table().to_arrow()
    pq.write_table(arrow.append_column("setting", pa.array(["community"] * 3)), path)
    return path


def twice_in_text(folder: Path) -> Path:
    (path,) = text(folder, line())
    path.write_text(path.read_text().replace("provider", "setting", 1))
    return path


def spoiled(change: Callable[[bytes], bytes]) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        (path,) = parquet(folder, "spoiled.parquet", patient=[10**12, 2, 3])
        path.write_bytes(change(path.read_bytes()))
        return path

    return write


def lined(*lines: str, encoding: str = "utf-8") -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        (path,) = text(folder, line(), *lines)
        path.write_bytes(path.read_text(encoding="utf-8").encode(encoding))
        return path

    return write


NO_RECORDS: dict[str, Callable[[Path], Path]] = {
    "a column twice, Parquet": twice_in_parquet,
    "a column twice, CSV": twice_in_text,
    "empty": spoiled(lambda _: b""),
    "half of a file": spoiled(lambda held: held[: len(held) // 2]),
    "another kind": spoiled(lambda _: b"PK\3\4" + b"\0" * 100),
    "a foot of two gigabytes": spoiled(
        lambda held: held[:-8] + struct.pack("<I", 2**31 - 1) + held[-4:]
    ),
    "a foot of noise": spoiled(
        lambda held: held[:-600] + np.random.default_rng(1).bytes(592) + held[-8:]
    ),
    "too few fields": lined("1,2024-04-01"),
    "too many fields": lined(line() + ",1"),
    "a mark that is not closed": lined('1,2024-04-01,"ZA1'),
    "a field of twenty megabytes": lined(line(provider="Z" * 20_000_000)),
    "two bytes a letter": lined(encoding="utf-16"),
    "letters of another table": lined(line(service="Médecine"), encoding="latin-1"),
    "semicolons": lambda folder: _with(folder, lambda held: held.replace(",", ";")),
    "no line": lambda folder: text(folder)[0],
}


def _with(folder: Path, change: Callable[[str], str]) -> Path:
    (path,) = text(folder, line())
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    return path


@pytest.mark.parametrize("name", NO_RECORDS)
def test_what_holds_no_records_is_refused_and_named(
    name: str, tmp_path: Path, tries: Tries
) -> None:
    path = NO_RECORDS[name](tmp_path)
    with tries.attempt(KIND, name) as refusal:
        counts([path])
    assert isinstance(refusal[0], ActivityError)
    assert path.name in str(refusal[0])
    assert len(str(refusal[0])) < 1_000


def test_files_in_another_order_of_columns_are_not_read_by_place(
    tmp_path: Path, tries: Tries
) -> None:
    """Of CSV files the columns go by place: provider and commissioner would change sides unseen."""
    table().write_csv(tmp_path / "one.csv")
    swapped = ["patient", "date", "commissioner", "provider", *list(COLUMNS)[4:]]
    table().select(swapped).write_csv(tmp_path / "two.csv")
    with tries.attempt(KIND, "another order, CSV") as refusal:
        counts([tmp_path / "one.csv", tmp_path / "two.csv"])
    assert "two.csv" in str(refusal[0])
    assert "order" in str(refusal[0])
    files = parquet(tmp_path, "one.parquet")
    table().select(swapped).write_parquet(tmp_path / "two.parquet")
    with tries.attempt(KIND, "another order, Parquet"):
        with open_activity([*files, tmp_path / "two.parquet"]) as activity:
            cells = activity.collect(cube(activity.accepted()))
        assert cells["commissioner"].to_list() == ["ZB1"]


# Places ------------------------------------------------------------------------------------------

NAMES = ["a*.parquet", "a?.parquet", "it's; DROP [1].parquet", "-rf.parquet", "a\nb.parquet"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_a_name_and_no_pattern(name: str, tmp_path: Path, tries: Tries) -> None:
    parquet(tmp_path, "ab.parquet")
    with tries.attempt(KIND, name):
        assert counts(parquet(tmp_path, name)) == (3, 3)


def test_a_folder_does_not_say_what_a_column_holds(tmp_path: Path, tries: Tries) -> None:
    parquet(tmp_path, "setting=community/quarter=x/records.parquet")
    with tries.attempt(KIND, "folders with columns"), open_activity([tmp_path]) as activity:
        assert activity.collect(cube(activity.accepted()))["setting"].to_list() == ["hospital"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
def test_what_is_no_file_is_refused(tmp_path: Path, tries: Tries) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "zero.parquet").symlink_to("/dev/zero")
    (tmp_path / "loop.csv").symlink_to(tmp_path / "loop.csv")
    places = [tmp_path / "pipe.csv", tmp_path / "zero.parquet", tmp_path / "loop.csv"]
    for place in [*map(str, places), "https://example.org/r.parquet", "s3://bucket/r.parquet"]:
        with tries.attempt(KIND, place) as refusal:
            counts([Path(place)])
        assert isinstance(refusal[0], ActivityError)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such links")
def test_a_folder_that_holds_itself_is_read_once(tmp_path: Path, tries: Tries) -> None:
    parquet(tmp_path)
    (tmp_path / "again").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe.parquet")
    with tries.attempt(KIND, "a folder in itself"):
        assert counts([tmp_path]) == (3, 3)


def test_a_million_records_in_some_kilobytes_take_no_more_memory(
    tmp_path: Path, tries: Tries
) -> None:
    """A file of equal rows promises more than it weighs: rows are counted, not loaded."""
    path = tmp_path / "many.parquet"
    times = 5_000_000
    repeated = {name: pl.repeat(value, times, eager=True) for name, value in COLUMNS.items()}
    pl.DataFrame(repeated).write_parquet(path)
    assert path.stat().st_size < 1_000_000
    with tries.attempt(KIND, "five million equal records", seconds=30):
        with open_activity([path], memory="300MB") as activity:
            cells = activity.collect(cube(activity.accepted()))
        assert cells["records"].to_list() == [times]
