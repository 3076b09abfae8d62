"""A user's own agreement, such as a memorandum of understanding, laid over the map."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import resources
from pathlib import Path

from remit.catalogue.declared import Declared, read
from remit.model.agreement import AgreedEntry, AgreementFile
from remit.model.errors import DeclarationError
from remit.model.remit import Entry
from remit.register import Register
from remit.remits.remit_map import RemitMap
from remit.remits.subjects import SubjectOf
from remit.words.nearest import nearest

_FILL_IN = "fill in"
"""How the words of the template begin that somebody has to replace."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement that passed its check; ``notes`` say what a reader should look at."""

    content: AgreementFile
    path: str
    lines: tuple[int, ...]
    notes: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The agreement's title."""
        return self.content.title

    def applies(self, subject: SubjectOf, on: date) -> bool:
        """Whether it holds for an organisation on a day, by its code or its ICB's or region's."""
        codes = {subject.code, *(named.code for named in subject.around.values())}
        return self.content.holds(on) and not codes.isdisjoint(self.content.covers)

    def why_not(self, subject: SubjectOf, on: date) -> str:
        """Why it does not hold for an organisation on a day, in a sentence; else empty."""
        if self.applies(subject, on):
            return ""
        if self.content.holds(on):
            reason = f"covers {', '.join(self.content.covers)}, not {subject.code or subject.label}"
        else:
            until = f" to {self.content.valid_to}" if self.content.valid_to else ""
            reason = f"holds from {self.content.valid_from}{until}, not on {on}"
        return f"{self.path} {reason}: nothing of it applies here."

    def entries(self, subject: SubjectOf) -> tuple[Entry, ...]:
        """What bodies take on, as entries of the map."""
        return tuple(
            self._entry(number, agreed, subject)
            for number, agreed in enumerate(self.content.entries)
            if not agreed.stops
        )

    def stops(self, entry: Entry, function: str) -> AgreedEntry | None:
        """What ends an entry for a function, if anything does."""
        for agreed in self.content.entries:
            same = agreed.body == entry.body and agreed.relation is entry.relation
            if agreed.stops and same and function in agreed.functions:
                return agreed
        return None

    def leads_on(self, function: str) -> str | None:
        """The body that leads on a function by the agreement."""
        for agreed in self.content.entries:
            if agreed.leads and function in agreed.functions:
                return agreed.body
        return None

    def _entry(self, number: int, agreed: AgreedEntry, subject: SubjectOf) -> Entry:
        return Entry(
            id=f"agreement-{self.lines[number]}",
            body=agreed.body,
            functions=agreed.functions,
            subjects=tuple(sorted(subject.kinds)),
            relation=agreed.relation,
            leads=agreed.leads,
            says=agreed.says,
            valid_from=self.content.valid_from,
            valid_to=self.content.valid_to,
            date_note=f"{self.path}, line {self.lines[number]}",
        )


def read_agreement(path: Path, remit_map: RemitMap, register: Register) -> Agreement:
    """Read and check a user's agreement.

    Raises
    ------
    DeclarationError
        With a line for each fault: file, line, key, what is wrong and what is allowed.
    """
    file = read(path)
    content = file.validate(AgreementFile)
    faults = list(_faults(file, content, remit_map))
    if faults:
        raise DeclarationError("\n".join(faults))
    lines = tuple(file.line_of(["entries", n]) for n in range(len(content.entries)))
    return Agreement(content, file.path, lines, tuple(_notes(file, content, remit_map, register)))


def agreement_template(title: str, covers: str, valid_from: date) -> str:
    """A commented agreement to fill in; its check names each place that is not filled in."""
    file = resources.files("remit") / "declarations" / "templates" / "agreement.yaml"
    text = file.read_text(encoding="utf-8")
    for word, value in (("TITLE", title), ("COVERS", covers), ("VALID-FROM", str(valid_from))):
        text = text.replace(word, value)
    return text


def _faults(file: Declared, content: AgreementFile, known: RemitMap) -> Iterator[str]:
    leaders: dict[str, str] = {}
    for number, agreed in enumerate(content.entries):
        where: list[str | int] = ["entries", number]
        if agreed.body not in known.bodies:
            near = nearest(agreed.body, list(known.bodies))
            yield file.fault([*where, "body"], f"there is no body {agreed.body!r}; nearest: {near}")
        for function in agreed.functions:
            if function not in known.functions:
                near = nearest(function, list(known.functions))
                said = f"there is no function {function!r}; nearest: {near}"
                yield file.fault([*where, "functions"], said)
            if agreed.leads and leaders.setdefault(function, agreed.body) != agreed.body:
                said = f"{leaders[function]} leads on {function} in this file already"
                yield file.fault([*where, "leads"], said)


def _notes(
    file: Declared, content: AgreementFile, known: RemitMap, register: Register
) -> Iterator[str]:
    yield from _unfilled(file, content)
    for code in content.covers:
        if register.find(code) is None:
            near = "; ".join(f"{o.code} {o.name}" for o in register.nearest(code, 2))
            yield file.fault(
                ["covers"], f"{code} is not on the register of organisations; nearest: {near}"
            )
    for number, agreed in enumerate(content.entries):
        if agreed.stops:
            yield from _stop_notes(file, number, agreed, known)


def _unfilled(file: Declared, content: AgreementFile) -> Iterator[str]:
    """The places where the words of the template still stand, and an agreement of nothing."""
    places: list[tuple[Sequence[str | int], str]] = [
        (["title"], content.title),
        (["document"], content.document),
    ]
    places += [(["between", number], party) for number, party in enumerate(content.between)]
    places += [
        (["entries", number, "says"], one.says) for number, one in enumerate(content.entries)
    ]
    for where, said in places:
        if said.lower().startswith(_FILL_IN):
            yield file.fault(where, f"not filled in yet ({said!r})")
    if not content.entries:
        said = "fill in what the parties agreed; without an entry nothing applies"
        yield file.fault(["entries"], said)


def _stop_notes(file: Declared, number: int, agreed: AgreedEntry, known: RemitMap) -> Iterator[str]:
    """Where an agreement would end what nobody does, or what the law demands."""
    for function in agreed.functions:
        ended = [
            entry
            for entry in known.entries
            if entry.body == agreed.body
            and entry.relation is agreed.relation
            and function in entry.functions
        ]
        here: list[str | int] = ["entries", number]
        does = f"{agreed.body} {agreed.relation.words} {function}"
        if not ended:
            yield file.fault([*here, "stops"], f"the map does not say that {does}; nothing ends")
        elif any(entry.statutory for entry in ended):
            yield file.fault([*here, "stops"], f"{does} by law, which an agreement cannot end")
