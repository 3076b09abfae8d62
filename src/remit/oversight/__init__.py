"""One oversight plan for an organisation: who leads, which asks merge, end or stay, what it saves.

Public names: :func:`load_rules` reads how plans are made, :func:`match_asks` finds duplicates and
answers, :func:`make_plan` makes the plan of one organisation,
:func:`load_sure` says how often what the matcher is sure of was right.
"""

from remit.oversight.fates import Fate
from remit.oversight.matched import Matched, match_asks
from remit.oversight.measured import load_sure
from remit.oversight.plan import make_plan
from remit.oversight.planned import FunctionPlan, Plan, PlanHours, PlannedAsk, Saved
from remit.oversight.rules import PlanRules, load_rules

__all__ = [
    "Fate",
    "FunctionPlan",
    "Matched",
    "Plan",
    "PlanHours",
    "PlanRules",
    "PlannedAsk",
    "Saved",
    "load_rules",
    "load_sure",
    "make_plan",
    "match_asks",
]
