"""One oversight plan for an organisation: who leads, which asks merge, end or stay, what it saves.

Public names: :func:`load_rules` reads how plans are made, :func:`match_asks` finds duplicates and
answers, :func:`make_plan` makes the plan of one organisation.
"""

from remit.oversight.fates import Fate
from remit.oversight.matched import Matched, match_asks
from remit.oversight.plan import FunctionPlan, Plan, PlannedAsk, Saved, make_plan
from remit.oversight.rules import PlanRules, load_rules

__all__ = [
    "Fate",
    "FunctionPlan",
    "Matched",
    "Plan",
    "PlanRules",
    "PlannedAsk",
    "Saved",
    "load_rules",
    "make_plan",
    "match_asks",
]
