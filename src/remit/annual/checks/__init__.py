"""The checks of an assessment: each kind of fault is a module, with its reason in plain words."""

from __future__ import annotations

from remit.annual.checks.faults import KINDS, AnnualFault
from remit.annual.checks.run import check_assessment

__all__ = ["KINDS", "AnnualFault", "check_assessment"]
