"""From an address and a display name to a body, without keeping either."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from remit.asks.senders.cues import cue_pattern
from remit.catalogue import declared
from remit.model.sender import SenderBody, SenderFile
from remit.register import load_register

UNKNOWN = "unknown"
"""The label of a sender whose body no declaration knows."""

_SHARED_DOMAINS = frozenset(
    {"nhs.net", "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "hotmail.co.uk"}
    | {"yahoo.com", "yahoo.co.uk", "icloud.com", "btinternet.com"}
)
_OTHER_LABELS = (
    "local authority HOSC",
    "provider collaborative",
    "place partnership",
    "system board",
)
_SHORTEST_END = 3
_ENDS_OF_WORDS = frozenset({"ics"})
"""Words of bodies with which others end too: clinics, orthopaedics."""
_PUBLIC = re.compile(r"(?:^|\.)(?:nhs|gov|org|co|ac)\.uk$")
_ORGANISATION = re.compile(r"\(([^()]*)\)\s*$")
_CODE = re.compile(r"\s+-\s+[A-Z0-9]{3,6}$")
_DOMAIN_PARTS = re.compile(r"[.\-_]")


@dataclass(frozen=True, slots=True)
class Party:
    """Who an address belongs to, as far as it is kept: an organisation and a body.

    ``organisation`` is the domain, or on a shared domain such as ``nhs.net`` the organisation
    that the display name states; two people of one organisation share it.
    """

    organisation: str
    body: str
    provider: bool


def is_shared(domain: str) -> bool:
    """Whether people of many organisations write from a domain.

    >>> is_shared("nhs.net"), is_shared("ztrust.example")
    (True, False)
    """
    return domain in _SHARED_DOMAINS


class Senders:
    """The declared bodies and teams, ready to be asked.

    Parameters
    ----------
    files
        The declarations, the user's own first.
    """

    def __init__(self, files: Sequence[SenderFile]) -> None:
        self.bodies: tuple[SenderBody, ...] = tuple(b for file in files for b in file.bodies)
        labels = [b.label for b in self.bodies] + [t.label for b in self.bodies for t in b.teams]
        self._labels = {label.lower(): label for label in (*labels, *_OTHER_LABELS)}
        self._labels |= {name.lower(): b.label for b in self.bodies for name in b.written_as}
        self._parties: dict[tuple[str, str], Party] = {}
        self._coded: dict[str, SenderBody | None] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """What the declared bodies and teams are called."""
        return tuple(
            dict.fromkeys((*self._labels.values(), *(n for b in self.bodies for n in b.names)))
        )

    def party(self, address: str, display_name: str = "") -> Party:
        """The organisation and the body behind an address."""
        key = (address.strip().lower(), display_name)
        if key not in self._parties:
            self._parties[key] = self._recognised(*key)
        return self._parties[key]

    def named(self, text: str) -> SenderBody | None:
        """The body that a text names first; of two at one place, the longer name."""
        found = [
            (match.start(), -len(match.group(0)), index)
            for index, body in enumerate(self.bodies)
            if (match := cue_pattern(body.names).search(text))
        ]
        return self.bodies[min(found)[2]] if found else None

    def team(self, label: str, texts: Iterable[str]) -> str:
        """The team of a body that the first telling text points to; else the body's own label.

        A team's words are tried in the order of the declaration, each text in turn.
        """
        teams = next((body.teams for body in self.bodies if body.label == label), ())
        for text in texts:
            for team in teams:
                if cue_pattern(team.words).search(text):
                    return team.label
        return label

    def labelled(self, written: str, texts: Iterable[str] = ()) -> str:
        """The label of a body as somebody wrote it in a list: a label, an address or a name.

        What no declaration knows is kept as it is, for it may be a local body; an address never
        is, nor is a person's name, which the caller takes out before.
        """
        bare = " ".join(written.split())
        if not bare:
            return UNKNOWN
        if "@" in bare:
            address = bare.rpartition("<")[2].rstrip(">")
            return self.team(self.party(address, bare.partition("<")[0]).body, texts)
        if bare.lower() in self._labels:
            return self._labels[bare.lower()]
        named = self._of_code(bare) or self.named(bare)
        return self.team(named.label, (bare, *texts)) if named else bare

    def asks(self, written: str) -> bool:
        """Whether a cell names a body that asks providers: by its name, a code or an address."""
        bare = " ".join(written.split())
        if "@" in bare:
            party = self.party(bare.rpartition("<")[2].rstrip(">"))
            return party.body != UNKNOWN and not party.provider
        if bare.lower() in self._labels:
            return True
        found = self._of_code(bare) or self.named(bare)
        return found is not None and not found.provider

    def is_declared(self, label: str) -> bool:
        """Whether a label is that of a declared body or team, and not one's own words."""
        return label.lower() in self._labels

    def _of_code(self, text: str) -> SenderBody | None:
        """The body that a code, an ONS code or a whole name of the register stands for."""
        if text not in self._coded:
            types = {one.type for one in load_register().bearers(text)} if len(text) > 1 else set()
            bodies = [body for body in self.bodies if body.codes_of in types]
            self._coded[text] = bodies[0] if len(types) == len(bodies) == 1 else None
        return self._coded[text]

    def _recognised(self, address: str, display_name: str) -> Party:
        domain = address.rpartition("@")[2]
        stated = _stated_organisation(display_name)
        if domain in _SHARED_DOMAINS or "@" not in address:
            body = self.named(stated) if stated else None
            return self._as_party(stated.lower() or UNKNOWN, body)
        body = (
            self._of_address(address, public=False)
            or self._of_words(_PUBLIC.sub("", domain))
            or self._of_address(address, public=True)
            or self._of_words(domain)
        )
        return self._as_party(domain or UNKNOWN, body)

    @staticmethod
    def _as_party(organisation: str, body: SenderBody | None) -> Party:
        if body is None:
            return Party(organisation, UNKNOWN, provider=False)
        return Party(organisation, body.label, body.provider)

    def _of_address(self, address: str, *, public: bool) -> SenderBody | None:
        """The body with the longest declared address that this one ends with.

        Below ``nhs.uk`` there are ICBs too, so that what stands before it is looked at first.
        """
        best: tuple[int, SenderBody] | None = None
        for body in self.bodies:
            for known in body.addresses:
                if (_PUBLIC.fullmatch(known) is not None) != public:
                    continue
                fits = address == known or address.endswith((f"@{known}", f".{known}"))
                if fits and (best is None or len(known) > best[0]):
                    best = (len(known), body)
        return best[1] if best else None

    def _of_words(self, domain: str) -> SenderBody | None:
        """The body whose word stands in a domain, by itself or at an end (``northmooricb``)."""
        words = set(_DOMAIN_PARTS.split(domain)) | set(domain.split("."))
        for body in self.bodies:
            if words & set(body.domain_words):
                return body
        for body in self.bodies:
            ends = tuple(
                word
                for word in body.domain_words
                if len(word) >= _SHORTEST_END and word not in _ENDS_OF_WORDS
            )
            if ends and any(word.startswith(ends) or word.endswith(ends) for word in words):
                return body
        return None


def _stated_organisation(display_name: str) -> str:
    """``FERRIS, Dan (NHS NORTHMOOR ICB - QX9)`` → ``NHS NORTHMOOR ICB``."""
    found = _ORGANISATION.search(display_name)
    return _CODE.sub("", found.group(1).strip()) if found else ""


@cache
def load_senders(*own: Path) -> Senders:
    """Remit's declaration of bodies and teams, with files of the user's own before it.

    Raises
    ------
    DeclarationError
        If a file is faulty; the message names file, line, key and remedy.
    """
    mine = [declared.read(path).validate(SenderFile) for path in own]
    return Senders([*mine, *(file.validate(SenderFile) for file in declared.packaged("senders"))])
