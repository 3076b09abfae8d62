"""Worlds by which the comparison of users of a service with others is judged.

They are written from the contract of records alone, by somebody who has not read the estimator.
In each the truth is planted: from the day after entry each hospital spell of one in the service is
struck out with a chance of 1 − ratio, whatever else happens. So for whoever is kept in a comparison
the later hospital use is ``ratio`` times what it would have been: that is the truth on the treated
who are kept, for spells, bed days and cost alike.

The records of a run are to be had as arrays of small whole numbers (:func:`drawn`, which says what
stands in them: :mod:`tests.shift.worlds.coded`) and as a frame (:func:`made`). One draw holds the
records with and without an effect: each hospital spell has its fate.
"""

from __future__ import annotations

import zlib
from typing import Final

import numpy as np
import polars as pl

from tests.shift.worlds.blind import BLIND
from tests.shift.worlds.choosing import CHOOSING
from tests.shift.worlds.coded import KINDS, NAMES, OTHER_SERVICE, SERVICE, Coded
from tests.shift.worlds.fresh import FRESH
from tests.shift.worlds.leaving import LEAVING
from tests.shift.worlds.outsiders import OUTSIDERS
from tests.shift.worlds.recording import RECORDING
from tests.shift.worlds.referring import REFERRING
from tests.shift.worlds.reporting import REPORTING
from tests.shift.worlds.sharing import SHARING
from tests.shift.worlds.strangers import STRANGERS
from tests.shift.worlds.timing import TIMING
from tests.shift.worlds.unseen import UNSEEN
from tests.shift.worlds.world import World

__all__ = [
    "FRESH",
    "FURTHER",
    "KINDS",
    "NAMES",
    "NONE",
    "OTHER_SERVICE",
    "OUTSIDERS",
    "PLANTED",
    "SERVICE",
    "STRANGERS",
    "UNASKED",
    "UNSEEN",
    "WORLDS",
    "Coded",
    "World",
    "drawn",
    "made",
]

NONE, PLANTED = 1.0, 0.8
FIRST, FURTHER = (*CHOOSING, *TIMING, *LEAVING, *RECORDING), (*REFERRING, *REPORTING, *SHARING)
WORLDS: Final = {world.name: world for world in (*FIRST, *FURTHER, *FRESH, *UNSEEN)}
UNASKED: Final = {world.name: world for world in (*BLIND, *STRANGERS, *OUTSIDERS)}
"""Worlds that stand and were not asked yet: they join the others when they are."""


def drawn(world: World, trend: bool, run: int) -> Coded:
    """The records of a run of a world as arrays, each record with its fate.

    With *trend* hospital use falls for all by 30% in eight quarters, evenly on the log scale.
    """
    seed = (zlib.crc32(world.name.encode()), int(trend), run)
    return world.make(np.random.Generator(np.random.PCG64DXSM(seed)), trend)


def made(world: World, ratio: float, trend: bool, run: int) -> pl.DataFrame:
    """The records of a run of a world; with another ratio all is the same but for its effect."""
    return drawn(world, trend, run).frame(ratio)
