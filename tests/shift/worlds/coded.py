"""Records as arrays of small whole numbers, beside the frame that is made of them.

``drawn(world, trend, run)`` is one draw of chance: :class:`Coded`, for each column of the contract
an array in :attr:`Coded.columns`. Where the contract has text, the array holds the place of the
text in :data:`NAMES` (the same in all worlds); ``date`` and ``died_on`` are days since 1970, and a
``died_on`` of -1 is none. People are numbered from 1 on; not all need have a record.

Planted and unplanted are one draw: ``coded.kept(ratio)`` are the records that are there where
*ratio* is planted, and so ``coded.fate < ratio`` is what is left of each array. With :data:`NONE`
(1.0) it is all of them. ``coded.frame(ratio)`` is the same as a frame in the columns of the
contract: ``made(world, ratio, trend, run)``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import polars as pl

from tests.shift.worlds.people import Flags, Floats

Codes = npt.NDArray[Any]

SERVICE, OTHER_SERVICE = "Care at Home Team", "Falls Team"
MEMORY, ASSESSMENT = "Memory Clinic", "Assessment"
DISTRICT, SAME_DAY = "District nursing", "Same-day unit"
_PRACTICES = tuple(f"ZP{number}" for number in range(1, 101))
NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "provider": ("ZA1", "ZA2", "ZA6", "ZA7", "ZC1", "ZC2", *_PRACTICES, "ZA9", "ZM1"),
    "commissioner": ("ZB1", "ZB2"),
    "cluster": _PRACTICES,
    "setting": ("hospital", "community", "primary", "mental_health"),
    "service": (
        "Medicine", SERVICE, OTHER_SERVICE, "General practice", "Virtual ward", "Outpatients",
        MEMORY, ASSESSMENT, DISTRICT, SAME_DAY,
    ),
    "pod": ("emergency", "elective", "contact", "appointment", "outpatient"),
    "age_band": ("18-39", "40-64", "65-74", "75-84", "85+"),
}  # fmt: skip
"""The text that each code of a column stands for."""

KINDS: Final[Mapping[str, type[np.signedinteger[Any]]]] = {
    "patient": np.int32,
    "date": np.int32,
    "provider": np.int16,
    "commissioner": np.int8,
    "cluster": np.int16,
    "setting": np.int8,
    "service": np.int8,
    "pod": np.int8,
    "quantity": np.int16,
    "bed_days": np.int16,
    "cost_pence": np.int32,
    "age_band": np.int8,
    "deprivation_fifth": np.int8,
    "need_thousandths": np.int16,
}
"""The columns in their order, and the kind of number that holds each."""


def code(column: str, text: str) -> int:
    """The code of a text in a column."""
    return NAMES[column].index(text)


@dataclass(frozen=True, slots=True)
class Coded:
    """The records of a run, an array for each column, whatever is planted.

    Attributes
    ----------
    columns
        Column of the contract → its codes; ``died_on`` too where the world says deaths.
    fate
        A record is there if its fate is below the ratio that is planted: 0 for all but hospital
        spells after the entry of one in the service.
    """

    columns: Mapping[str, Codes]
    fate: Floats

    def only(self, which: Flags) -> Coded:
        return Coded({name: held[which] for name, held in self.columns.items()}, self.fate[which])

    def kept(self, ratio: float) -> Coded:
        """The records that are there where a ratio is planted."""
        return self.only(self.fate < ratio)

    def changed(self, **columns: Codes | int) -> Coded:
        """The same records with some columns changed, to an array or to one code."""
        count = len(self.fate)
        new = {
            name: np.broadcast_to(held, count).astype(KINDS[name]) for name, held in columns.items()
        }
        return Coded({**self.columns, **new}, self.fate)

    def frame(self, ratio: float = 1.0) -> pl.DataFrame:
        """The records in the columns of the contract, in as many as are kept."""
        kept = self.kept(ratio).columns
        return pl.DataFrame({name: _series(name, held) for name, held in kept.items()})


def joined(*parts: Coded) -> Coded:
    """The records of all parts, one after the other."""
    columns = {
        name: np.concatenate([one.columns[name] for one in parts]) for name in parts[0].columns
    }
    return Coded(columns, np.concatenate([one.fate for one in parts]))


def _series(name: str, held: Codes) -> pl.Series:
    if name in NAMES:
        return pl.Series(NAMES[name]).gather(held)
    if name == "died_on":
        days = pl.DataFrame({"day": held})
        said = pl.when(pl.col("day") >= 0).then("day").cast(pl.Int32).cast(pl.Date)
        return days.select(said.alias(name)).to_series()
    if name == "date":
        return pl.Series(held).cast(pl.Date)
    return pl.Series(held.astype(np.int64))
