"""One oversight plan for an organisation: who leads, which asks merge, end or stay, what it saves.

Public names: :func:`load_rules` reads how plans are made, :func:`match_asks` finds duplicates and
answers, :func:`make_plan` makes the plan of one organisation,
:func:`load_sure` says how often what the matcher is sure of was right. :func:`after` says where a
plan stands after an act of one of those who sign it, :func:`open_acts` which acts are open,
:func:`sees_text` and :func:`sees_view` who sees what, :func:`changed_words` what a version changed.
"""

from remit.oversight.changed_words import WordRun, changed_words
from remit.oversight.course import (
    Actor,
    ActRefused,
    PlanStanding,
    SharedVersion,
    SideSigned,
    after,
    begun,
    load_course,
    open_acts,
    sees_text,
    sees_view,
    state_of,
)
from remit.oversight.fates import Fate
from remit.oversight.matched import Matched, match_asks
from remit.oversight.measured import load_sure
from remit.oversight.plan import make_plan
from remit.oversight.planned import FunctionPlan, Plan, PlanHours, PlannedAsk, Saved
from remit.oversight.rules import PlanRules, load_rules

__all__ = [
    "ActRefused",
    "Actor",
    "Fate",
    "FunctionPlan",
    "Matched",
    "Plan",
    "PlanHours",
    "PlanRules",
    "PlanStanding",
    "PlannedAsk",
    "Saved",
    "SharedVersion",
    "SideSigned",
    "WordRun",
    "after",
    "begun",
    "changed_words",
    "load_course",
    "load_rules",
    "load_sure",
    "make_plan",
    "match_asks",
    "open_acts",
    "sees_text",
    "sees_view",
    "state_of",
]
