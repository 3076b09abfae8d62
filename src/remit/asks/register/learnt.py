"""What matching takes from a register."""

from __future__ import annotations

from remit.asks.register.learning import accepted_names
from remit.asks.register.refitting import thresholds_in_force
from remit.asks.register.register import AskRegister
from remit.model.learnt import Learnt


def learnt_of(register: AskRegister) -> Learnt:
    """The names that were accepted, and the thresholds in force."""
    return Learnt(accepted_names(register), **thresholds_in_force(register))
