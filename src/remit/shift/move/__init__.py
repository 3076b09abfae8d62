"""What a move leaves behind: cost that is saved, stranded and shared, year by year."""

from __future__ import annotations

from remit.shift.move.model import ServiceModel
from remit.shift.move.reading import read_model
from remit.shift.move.result import MoveResult, run_move

__all__ = ["MoveResult", "ServiceModel", "read_model", "run_move"]
