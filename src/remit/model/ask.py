"""Asks: who asks which organisation for what, for which period, and how asks relate.

An ask is one demand for information, a discussion, a plan or assurance. Its columns are those of
the plain file that ``remit asks match`` reads.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

ASK_COLUMNS = (
    "ask_id",
    "received_on",
    "due_on",
    "from_body",
    "from_team",
    "to_org_code",
    "to_org_name",
    "channel",
    "title",
    "text",
    "period_from",
    "period_to",
    "frequency",
    "hours_estimate",
)
"""The columns of a file of asks, in order. Only ``ask_id`` and a title or text are required."""

LIST_COLUMNS = (*ASK_COLUMNS, "period")
"""The columns that a list of one's own may have: a period may stand in one cell."""

REQUIRED_COLUMNS = ("ask_id", "from_body", "to_org_code", "title", "text")


class AskRelation(StrEnum):
    """How two asks relate; a pair that is neither is distinct."""

    DUPLICATE = "duplicate"
    OVERLAP = "overlap"


class Horizon(StrEnum):
    """Whether an ask serves today's running, tomorrow's health, or both."""

    TODAY = "today"
    TOMORROW = "tomorrow"
    BOTH = "both"


AIMS = (
    "none",
    "population health",
    "inequalities",
    "productivity and value",
    "social and economic development",
)
"""The aims of an integrated care system as an ask serves them; ``none`` for plain running."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One demand on an organisation, as it was logged.

    ``to_org_code`` is the recipient; the organisation that the ask is about can differ and is
    read from the words. Blank cells are None, never an empty string, save ``title`` and ``text``.
    """

    ask_id: str
    from_body: str
    to_org_code: str
    title: str
    text: str
    received_on: date | None = None
    due_on: date | None = None
    from_team: str | None = None
    to_org_name: str | None = None
    channel: str | None = None
    period_from: date | None = None
    period_to: date | None = None
    frequency: str | None = None
    hours_estimate: float | None = None
    source: str | None = None
    """The file (or calendar, or mailbox) that it came from."""
    source_row: int | None = None
    """The line or record in the source."""
    facets: str | None = None
    """What the whole text said (see ``asks.matching.facets``), where only its words are kept."""

    @property
    def words(self) -> str:
        """Title and text together, as they are read for likeness."""
        return f"{self.title}\n{self.text}".strip()


class PairState(StrEnum):
    """Whether it is plain of which kind a pair is: an unsure one has a second reading."""

    SURE = "sure"
    UNSURE = "unsure"


class PairReading(StrEnum):
    """What two asks may be to each other."""

    DUPLICATE = "duplicate"
    OVERLAP = "overlap"
    CHASER = "chaser"
    """A duplicate that asks once more for what the other asked."""
    SERIES = "series"
    """Two of one sender's recurring return, each for its own period: distinct."""
    DISTINCT = "distinct"


@dataclass(frozen=True, slots=True)
class ClosePair:
    """Two asks of which it is unsure what they are to each other; ``ask_a`` < ``ask_b``."""

    ask_a: str
    ask_b: str
    reading: PairReading
    """How the pair is counted."""
    other: PairReading
    """What it may be as well."""
    reason: str

    @property
    def said(self) -> str:
        """Both readings, in words."""
        return f"unsure which: {self.reading} or {self.other}"


@dataclass(frozen=True, slots=True)
class AskPair:
    """Two asks that are duplicate or overlap, with how sure and why; ``ask_a`` < ``ask_b``."""

    ask_a: str
    ask_b: str
    relation: AskRelation
    confidence: float
    reason: str
    decided_by: str = "matcher"
    """``matcher``, or ``person`` where a decision set it."""
    state: PairState = PairState.SURE
    other: PairReading | None = None
    """The second reading of a pair that is unsure."""

    @property
    def is_sure_duplicate(self) -> bool:
        """Whether one may go for the other: a close call does not do."""
        return self.relation is AskRelation.DUPLICATE and self.state is PairState.SURE


@dataclass(frozen=True, slots=True)
class AskCluster:
    """Asks that one answer would serve: all duplicates of each other, and what overlaps them."""

    cluster_id: str
    duplicates: tuple[str, ...]
    overlaps: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AskSeries:
    """The recurring return of one sender to one organisation, in order of receipt."""

    series_id: str
    ask_ids: tuple[str, ...]
    reason: str = ""


class AnswerState(StrEnum):
    """Whether a publication answers an ask: only what is sure is acted upon."""

    SURE = "sure"
    PERHAPS = "perhaps"
    """A person has to look."""
    NO = "no"


@dataclass(frozen=True, slots=True)
class AskAnswer:
    """A publication that may hold the answer to an ask, how sure that is and why."""

    ask_id: str
    publication: str
    """Its identifier in the catalogue of what is published."""
    rank: int
    """1 for the one that fits best, up to 3."""
    confidence: float
    state: AnswerState
    coverage: str | None = None
    """``full`` or ``part`` (the core numbers, without the narrative, split or reason)."""
    reason: str = ""
    """Each fact that was checked, in words."""
    name: str = ""
    """What the publication is called."""
    measure: str = ""
    """What it counts that is nearest to what is asked."""
    out_on: date | None = None
    """The day on which the figures of the asked period usually come out."""
    out_by_due: bool | None = None
    """Whether that is before the due day; None where either is not known or they are close."""
    decided_by: str = "matcher"
    """``matcher``, or ``person`` where a decision says that it answers the ask."""


@dataclass(frozen=True, slots=True)
class AskHorizon:
    """Whether an ask serves today or tomorrow, and the main aim it serves."""

    ask_id: str
    horizon: Horizon
    aim: str
    reason: str = ""


PAIR_KINDS = ("confirm", "split", "merge")
DECISION_KINDS = (*PAIR_KINDS, "answered")
COVERAGES = ("full", "part")


@dataclass(frozen=True, slots=True)
class AskDecision:
    """What a person decided about asks; it outlasts every later run.

    ``confirm`` and ``merge`` say that the asks are ``relation``; ``split`` that they are distinct;
    ``answered`` that a ``publication`` answers one ask, whole or in part (``coverage``).
    """

    kind: str
    """``confirm``, ``split``, ``merge`` or ``answered``."""
    ask_ids: tuple[str, ...]
    relation: AskRelation = AskRelation.DUPLICATE
    decided_by: str | None = None
    decided_on: date | None = None
    note: str | None = None
    publication: str | None = None
    """Its identifier in the catalogue of what is published."""
    coverage: str | None = None

    @property
    def least_asks(self) -> int:
        """Of how many asks it speaks at least."""
        return 1 if self.kind == "answered" else 2


@dataclass(frozen=True, slots=True)
class AskFriction:
    """A disagreement between bodies about asks: what, between whom, raised, settled and how."""

    friction_id: str
    what: str
    between: tuple[str, ...]
    raised_on: date
    ask_ids: tuple[str, ...] = field(default=())
    settled_on: date | None = None
    settled_how: str | None = None
