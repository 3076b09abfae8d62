"""The register of asks: its file, what is taken in, decided, agreed and settled."""

from remit.asks.register.accepting import accept, accepted
from remit.asks.register.actions import actions, add_action, done, summarise, without_ask
from remit.asks.register.decisions import decide, decide_answered, decisions, take_back
from remit.asks.register.finding import find_words
from remit.asks.register.forgetting import first_day_kept, forget
from remit.asks.register.frictions import add_friction, frictions, settle
from remit.asks.register.hanging import Hanging, asks_of_import, hanging_on
from remit.asks.register.imports import imports, rejections, take_in, undo
from remit.asks.register.learning import names_learnt
from remit.asks.register.learnt import learnt_of
from remit.asks.register.opening import check_not_forgotten, open_register
from remit.asks.register.records import Action, ImportReport, RiskShare, SharedRisk
from remit.asks.register.register import AskRegister
from remit.asks.register.risks import add_risk, close_risk, get_risk, risks
from remit.asks.register.striking import kept_words, strike

__all__ = [
    "Action",
    "AskRegister",
    "Hanging",
    "ImportReport",
    "RiskShare",
    "SharedRisk",
    "accept",
    "accepted",
    "actions",
    "add_action",
    "add_friction",
    "add_risk",
    "asks_of_import",
    "check_not_forgotten",
    "close_risk",
    "decide",
    "decide_answered",
    "decisions",
    "done",
    "find_words",
    "first_day_kept",
    "forget",
    "frictions",
    "get_risk",
    "hanging_on",
    "imports",
    "kept_words",
    "learnt_of",
    "names_learnt",
    "open_register",
    "rejections",
    "risks",
    "settle",
    "strike",
    "summarise",
    "take_back",
    "take_in",
    "undo",
    "without_ask",
]
