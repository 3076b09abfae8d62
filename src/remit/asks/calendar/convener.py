"""Who convenes a meeting, and whether the organisation answers there.

The convener is read from the organiser, or from the title where an own office sends the
invitation or nobody does. Whether it is oversight is a sum of declared weights with its reasons.
"""

from __future__ import annotations

from dataclasses import dataclass

from remit.asks.calendar.people import Company
from remit.asks.senders.cues import cue_pattern, finds
from remit.asks.senders.recognise import UNKNOWN, Party, Senders
from remit.model.meeting import MeetingFile, MeetingKind

INTERNAL = "internal"
PEERS = "provider collaborative"
_COUNCIL = "local authority"


@dataclass(frozen=True, slots=True)
class Bearing:
    """Whose meeting it is, whether the organisation answers there, and why."""

    body: str
    is_oversight: bool
    why: str


class ConvenerReader:
    """Reads whose a meeting is, and what the organisation does there."""

    def __init__(self, declared: MeetingFile, senders: Senders) -> None:
        self._declared = declared
        self._senders = senders
        self._leanings = {entry.body: entry.leaning for entry in declared.bodies}

    def bearing(self, title: str, agenda: str, company: Company) -> Bearing:
        """Whose meeting it is and whether it is oversight.

        Parameters
        ----------
        title
            The event's title.
        agenda
            The words of its agenda.
        company
            Who is invited.
        """
        kind = self._kind(title)
        body = self._outside_body(title, agenda, company, kind)
        if body is None:
            return Bearing(INTERNAL, is_oversight=False, why="the organisation holds it itself")
        leaning, reasons = self._leaning(body, kind)
        if kind is None and any(p.provider or p.body == _COUNCIL for p in company.outside):
            leaning += self._declared.with_partners
        # The words that tell the kind have had their say.
        title = cue_pattern(kind.words).sub(" ", title) if kind else title
        for cue in self._declared.answering:
            found = finds(cue.words, title) or (finds(cue.words, agenda) if cue.in_agenda else None)
            if found:
                leaning += cue.weight
                reasons.append(f"{cue.why} ({found})")
        return Bearing(body, is_oversight=leaning > 0, why="; ".join(reasons))

    def _leaning(self, body: str, kind: MeetingKind | None) -> tuple[float, list[str]]:
        if kind is not None:
            stands = "answers" if kind.leaning > 0 else "takes part as a member"
            return kind.leaning, [f"in such a meeting the organisation {stands} ({kind.body})"]
        leaning = self._leanings.get(body, self._leanings.get(UNKNOWN, 0.0))
        return leaning, [f"{body} convenes it"]

    def _kind(self, title: str) -> MeetingKind | None:
        for kind in self._declared.kinds:
            if cue_pattern(kind.words).search(title):
                return kind
        return None

    def _outside_body(
        self, title: str, agenda: str, company: Company, kind: MeetingKind | None
    ) -> str | None:
        """The outside body that convenes, or None where the organisation does."""
        if company.organiser is not None and not company.organiser_is_own:
            return self._of_organiser(company.organiser, kind, title, agenda)
        if cue_pattern(self._declared.private).search(title) and not company.outside:
            return None
        if cue_pattern(self._declared.internal).search(title):
            return None
        if company.organiser_is_own and not company.outside:
            return None
        return self._named(title, agenda, company, kind)

    def _of_organiser(
        self, organiser: Party, kind: MeetingKind | None, title: str, agenda: str
    ) -> str:
        if kind is not None:
            return kind.body
        named = self._senders.named(title) if organiser.body == UNKNOWN else None
        if named is not None and not named.provider:
            return self._label(named.label, False, title, agenda)
        return self._label(organiser.body, organiser.provider, title, agenda)

    def _named(
        self, title: str, agenda: str, company: Company, kind: MeetingKind | None
    ) -> str | None:
        """The body that the title names, or else an outside body among those who come."""
        if kind is not None:
            return kind.body
        named = self._senders.named(title)
        if named is not None:
            return self._label(named.label, named.provider, title, agenda)
        overseers = [p for p in company.outside if self._leanings.get(p.body, -1.0) > 0]
        if overseers and (not company.organiser_is_own or self._speaks_of_answering(title)):
            return self._label(overseers[0].body, False, title, agenda)
        if company.outside and company.organiser is None:
            first = company.outside[0]
            return self._label(first.body, first.provider, title, agenda)
        return None

    def _speaks_of_answering(self, title: str) -> bool:
        return sum(c.weight for c in self._declared.answering if finds(c.words, title)) > 0

    def _label(self, label: str, provider: bool, title: str, agenda: str) -> str:
        if provider:
            return PEERS
        return self._senders.team(label, (title, agenda))
