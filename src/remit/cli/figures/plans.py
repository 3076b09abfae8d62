"""``--trajectories``: the user's own plans, for charts and for reports."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from remit.signals.trajectories import Trajectories


def plans_of(path: Path | None) -> Trajectories | None:
    """The trajectories of a file, against the catalogue and the register; None without a file."""
    if path is None:
        return None
    from remit.catalogue import load_computed_metrics
    from remit.register import load_register
    from remit.signals.trajectories import read_trajectories

    return read_trajectories(path, load_computed_metrics(), load_register())
