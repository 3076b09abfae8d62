"""Who answers to whom for what, on a day; where remits overlap and where nobody holds one.

Public names: :func:`load_map` reads the declared map, :func:`find_subject` finds the organisation
asked about, :func:`who` answers; :func:`overlaps`, :func:`gaps` and :func:`difference` look across
functions; :func:`read_agreement` lays a user's own agreement over the map.
:func:`binding` says which standards and goals bind an organisation.
"""

from remit.remits.agreements import Agreement, agreement_template, read_agreement
from remit.remits.bound import Addressee, Binding, addressee, binding, counted
from remit.remits.changes import Change, difference, neighbours_changed
from remit.remits.findings import Gap, Leader, Overlap, gaps, is_own, leader, overlaps, without_lead
from remit.remits.holdings import Answer, Holding, who
from remit.remits.load import load_map
from remit.remits.remit_map import RemitMap, RemitMapError
from remit.remits.subjects import SubjectOf, find_subject, outside_subject
from remit.remits.understood import Understood
from remit.remits.verdicts import unsure_words

__all__ = [
    "Addressee",
    "Agreement",
    "Answer",
    "Binding",
    "Change",
    "Gap",
    "Holding",
    "Leader",
    "Overlap",
    "RemitMap",
    "RemitMapError",
    "SubjectOf",
    "Understood",
    "addressee",
    "agreement_template",
    "binding",
    "counted",
    "difference",
    "find_subject",
    "gaps",
    "is_own",
    "leader",
    "load_map",
    "neighbours_changed",
    "outside_subject",
    "overlaps",
    "read_agreement",
    "unsure_words",
    "who",
    "without_lead",
]
