"""The sample's records of activity and the populations beside them, for ``remit shift``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from remit.files.delimited import frame_csv
from remit.sample.care import Care, all_care
from remit.sample.residents import (
    BANDS,
    COMMUNITY,
    FIRST_DAY,
    HOSPITALS,
    MIND,
    QUARTERS,
    STARTS,
    SYSTEMS,
    Residents,
    Whole,
    residents,
)

Texts = npt.NDArray[np.str_]

RECORDS, POPULATIONS = "sample-records.parquet", "sample-populations.csv"
ACTIVITY_SEED = 20220401
WRONG = {
    "setting": "hospice",
    "deprivation_fifth": 6,
    "quantity": -1,
    "date": None,
}
"""Column → what stands there on purpose, in one record each: these are to be rejected."""
_NEED = np.array([0.6, 0.7, 1.0, 1.7, 2.6, 3.6])
"""What one of a band of age needs; the poorest fifth a fifth more, the richest a fifth less."""
QUARTER_NAMES = tuple(f"{2022 + q // 4}/{23 + q // 4} Q{q % 4 + 1}" for q in range(QUARTERS))


@dataclass(frozen=True, slots=True)
class ActivityFiles:
    """The two files that were written."""

    records: Path
    populations: Path


def write_activity(folder: Path) -> ActivityFiles:
    """Write four years of records and populations into a folder, which is made if need be.

    Parameters
    ----------
    folder
        Where to write; files of the same names are replaced.

    Returns
    -------
    ActivityFiles
        The records (Parquet) and the populations (CSV).

    Examples
    --------
    ``write_activity(Path("demo/shift")).records``
    """
    folder.mkdir(parents=True, exist_ok=True)
    draw = np.random.Generator(np.random.PCG64DXSM(ACTIVITY_SEED))
    people = residents(draw)
    care, _ = all_care(people, draw)
    files = ActivityFiles(folder / RECORDS, folder / POPULATIONS)
    need = _need_by_quarter(people)
    _spoiled(_records(people, care, need)).write_parquet(files.records, compression="zstd")
    text = frame_csv(_populations(people, need))
    files.populations.write_text(text, encoding="utf-8", newline="")
    return files


def _need_by_quarter(people: Residents) -> Whole:
    """Thousandths by quarter, band and fifth: the mean of all on a list is 1 in each quarter."""
    raw = _NEED[:, None] * (1.2 - 0.1 * np.arange(5))[None, :]
    counts = _counts(people).sum(axis=1)
    means = (counts * raw).sum(axis=(1, 2)) / counts.sum(axis=(1, 2))
    rebased = np.rint(1000 * raw[None] / means[:, None, None])
    return np.asarray(rebased, dtype=np.int64)


def _counts(people: Residents) -> Whole:
    """People by quarter, system, band and fifth."""
    counts = np.zeros((QUARTERS, len(SYSTEMS), len(BANDS), 5), dtype=np.int64)
    listed, bands = people.listed(), people.bands()
    for quarter in range(QUARTERS):
        here = listed[:, quarter]
        at = (people.system[here], bands[here, quarter], people.fifth[here] - 1)
        np.add.at(counts[quarter], at, 1)
    return counts


def _populations(people: Residents, need: Whole) -> pl.DataFrame:
    counts = _counts(people)
    quarter, system, band, fifth = np.nonzero(counts)
    return pl.DataFrame(
        {
            "commissioner": np.array(SYSTEMS)[system],
            "quarter": np.array(QUARTER_NAMES)[quarter],
            "age_band": np.array(BANDS)[band],
            "deprivation_fifth": fifth + 1,
            "people": counts[quarter, system, band, fifth],
            "need_thousandths": need[quarter, band, fifth],
        }
    )


def _records(people: Residents, care: list[Care], need: Whole) -> pl.DataFrame:
    parts = [_table(people, one, need) for one in care if len(one.person)]
    order = ["date", "patient", "setting", "service"]
    return pl.concat(parts).sort([*order, "pod", "cost_pence", "bed_days"])


def _table(people: Residents, care: Care, need: Whole) -> pl.DataFrame:
    who = care.person
    quarter = np.searchsorted(STARTS, care.day, side="right") - 1
    band, fifth = people.bands()[who, quarter], people.fifth[who]
    kind = care.kind
    texts = {"setting": kind.setting, "service": kind.service, "pod": kind.pod}
    left = np.where(people.died[who], people.left[who], -1)
    return pl.DataFrame(
        {
            "patient": who + 1,
            "date": _dates(care.day),
            "provider": _providers(people, care),
            "commissioner": np.array(SYSTEMS)[people.system[who]],
            "cluster": np.char.add("ZP", (people.practice[who] + 1).astype(str)),
            **{name: np.full(len(who), text) for name, text in texts.items()},
            "quantity": care.quantity,
            "bed_days": care.bed_days,
            "cost_pence": care.pence,
            "age_band": np.array(BANDS)[band],
            "deprivation_fifth": fifth,
            "need_thousandths": need[quarter, band, fifth - 1],
            "died_on": _dates(left),
        }
    )


def _dates(days: Whole) -> pl.Series:
    """The dates of days counted from the first; a day before it is no date."""
    counted = pl.Series(days + (FIRST_DAY - date(1970, 1, 1)).days, dtype=pl.Int32).cast(pl.Date)
    return counted.set(pl.Series(days < 0), None)


def _providers(people: Residents, care: Care) -> Texts:
    system, hospital = people.system[care.person], people.hospital[care.person]
    match care.kind.setting:
        case "hospital":
            return np.array(HOSPITALS)[system, hospital]
        case "primary":
            return np.char.add("ZP", (people.practice[care.person] + 1).astype(str))
        case "mental_health":
            return np.array(MIND)[system]
        case _:
            return np.array(COMMUNITY)[system]


def _spoiled(records: pl.DataFrame) -> pl.DataFrame:
    """A record for each thing that is wrong on purpose, and one record twice."""
    wrong = [
        records[1000 * (number + 1)].with_columns(
            pl.lit(value, dtype=records.schema[column]).alias(column)
        )
        for number, (column, value) in enumerate(WRONG.items())
    ]
    return pl.concat([records, records[500], *wrong])
