"""Worlds by which the comparison of users of a service with others is judged.

They are written from the contract of records alone, by somebody who has not read the estimator.
In each the truth is planted: from the day after entry each hospital spell of one in the service is
struck out with a chance of 1 − ratio, whatever else happens. So for whoever is kept in a comparison
the later hospital use is ``ratio`` times what it would have been: that is the truth on the treated
who are kept, for spells, bed days and cost alike.
"""

from __future__ import annotations

import zlib
from typing import Final

import numpy as np
import polars as pl

from tests.shift.worlds.choosing import CHOOSING
from tests.shift.worlds.leaving import LEAVING
from tests.shift.worlds.recording import RECORDING
from tests.shift.worlds.records import SERVICE
from tests.shift.worlds.timing import TIMING
from tests.shift.worlds.world import World

__all__ = ["NONE", "PLANTED", "SERVICE", "WORLDS", "World", "made"]

NONE, PLANTED = 1.0, 0.8
WORLDS: Final = {world.name: world for world in (*CHOOSING, *TIMING, *LEAVING, *RECORDING)}


def made(world: World, ratio: float, trend: bool, run: int) -> pl.DataFrame:
    """The records of a run of a world; with another ratio all is the same but for its effect."""
    seed = (zlib.crc32(world.name.encode()), int(trend), run)
    return world.make(np.random.Generator(np.random.PCG64DXSM(seed)), ratio, trend)
