"""Personal data in an assessment: names are struck from what is passed on, and counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from remit.annual.checks.faults import AnnualFault
from remit.annual.folder import AnnualFolder
from remit.annual.identifiers import NewIdentifiers
from remit.annual.letters import LetterBlock, LetterText
from remit.annual.rows import PlacedRecord
from remit.annual.screening import people_redactor
from remit.asks.intake.personal import Redactor, load_personal
from remit.asks.screening.suspects import Suspect, SuspectFinder

if TYPE_CHECKING:
    from pydantic import BaseModel

    RecordT = TypeVar("RecordT", bound=BaseModel)

_OF_FINDING = (
    "statement", "phrase", "counter_answer", "no_figure_because", "dissent", "differs_because",
    "author", "reviewer",
)  # fmt: skip
_OF_EVIDENCE = ("quotation", "says", "body", "document", "file", "outside_year_because")
_PATHS = frozenset({"file"})


@dataclass(frozen=True)
class StruckFolder:
    """An assessment without names of people, and where how many pieces were struck."""

    folder: AnnualFolder
    places: Mapping[str, int]
    screen: PeopleScreen
    identifiers: NewIdentifiers
    files: Mapping[str, str]
    """Files of letters → what they are called without names of people."""

    def faults(self, found: Iterable[AnnualFault]) -> list[AnnualFault]:
        """Faults that quote no name either, nor stand at a place with one."""
        return [self._fault(one) for one in found]

    def _fault(self, one: AnnualFault) -> AnnualFault:
        file, comma, line = one.where.rpartition(", line ")
        names = one.finding.split("; ") if one.finding else []
        return replace(
            one,
            finding="; ".join(map(self.identifiers.of, names)),
            where=f"{self.files.get(file, file)}{comma}{line}",
            message=self.screen.text(self.identifiers.within(one.message)),
            said=self.screen.text(one.said),
        )


class PeopleScreen:
    """Strikes names of people out of the texts of an assessment, but for declared public offices.

    Parameters
    ----------
    folder
        The assessment: its ICBs and bodies are known to be no people.
    """

    def __init__(self, folder: AnnualFolder) -> None:
        names = {one.name for one in folder.icbs.values()}
        names |= {one.record.name for one in folder.figures}
        bodies = {one.record.body for one in folder.evidence.values() if one.record.body}
        bodies |= {body for icb in folder.icbs.values() for body in icb.asked}
        redactor = _knowing(frozenset(names))
        clean = {one for one in bodies if redactor.is_clean_body(one)}
        self._redactor = _knowing(frozenset(names | clean))
        self._allowed = _either(one.name for one in folder.head.public_names)
        self._known: dict[str, str] = {}
        self.struck: Counter[str] = Counter()

    def text(self, text: str, where: str = "") -> str:
        """A text without names; what was struck is counted for its place, where one is given."""
        if not text.strip():
            return text
        found = self._known.get(text)
        if found is None:
            found = self._known[text] = self._struck(text)
        if where and found != text:
            self.struck[where] += max(1, found.count("[") - text.count("["))
        return found

    def path(self, text: str, where: str) -> str:
        """A name of a file without names of people."""
        found = self._redactor.file_name(text) if text.strip() else text
        if found != text:
            self.struck[where] += 1
        return found

    def _struck(self, text: str) -> str:
        pieces = self._allowed.split(text) if self._allowed else [text]
        # Every other piece is a name that is allowed.
        return "".join(
            piece if place % 2 else self._piece(piece) for place, piece in enumerate(pieces)
        )

    def _piece(self, piece: str) -> str:
        bare = piece.strip()
        if not bare:
            return piece
        start = piece.index(bare)
        found = self._redactor.redact(bare)
        told = found.text if found.removed else bare
        return piece[:start] + told + piece[start + len(bare) :]

    def record(self, placed: PlacedRecord[RecordT], names: Iterable[str], where: str) -> (
        PlacedRecord[RecordT]
    ):  # fmt: skip
        """A record some of whose texts are without names."""
        record = placed.record
        told = {}
        for name in names:
            text = getattr(record, name)
            struck = (self.path if name in _PATHS else self.text)(text, where)
            if struck != text:
                told[name] = struck
        return replace(placed, record=record.model_copy(update=told)) if told else placed

    def letter(self, letter: LetterText, where: str) -> LetterText:
        """A letter without names."""
        return replace(
            letter,
            file=self.path(letter.file, where),
            blocks=tuple(self._block(one, where) for one in letter.blocks),
        )

    def _block(self, block: LetterBlock, where: str) -> LetterBlock:
        said = tuple(
            replace(one, text=self.text(one.text, where)) for one in block.statements
        )  # fmt: skip
        text = self.text(block.text, "" if said else where)
        return replace(block, text=text, statements=said)


@lru_cache(maxsize=8)
def _knowing(names: frozenset[str]) -> Redactor:
    """Made once for all assessments of the same ICBs and bodies: it learns as it reads."""
    return people_redactor().knowing(sorted(names))


def _either(names: Iterable[str]) -> re.Pattern[str] | None:
    """Some names, whole, in whatever case, with their titles or without; the longest first."""
    said = sorted({" ".join(one.split()) for one in names}, key=lambda one: (-len(one), one))
    words = "|".join(map(_written, said))
    # Jo Hill is not Jo Hill-Smith, but “Jo Hill's” is hers.
    bounds = (r"(?<!\w)(?<!\w[-‐‑])", r"(?![-‐‑]?\w)")
    return re.compile(f"{bounds[0]}({words}){bounds[1]}", re.IGNORECASE) if words else None


def _written(name: str) -> str:
    words = [re.escape(one.rstrip(".")) for one in name.split()]
    first, *rest = words
    if rest and first.lower() in load_personal().titles.split():
        return rf"(?:{first}\.?\s+)?" + r"\.?\s+".join(rest)
    return r"\.?\s+".join(words)


def without_people(folder: AnnualFolder) -> StruckFolder:
    """An assessment as it may be passed on: names of people are struck from all that is shown.

    Evidence that no finding rests on is shown nowhere and stays as it is; views are, since a letter
    names whose it had.

    Examples
    --------
    ``without_people(read_assessment(Path("north"))).places``
    """
    screen = PeopleScreen(folder)
    cited = {
        name
        for one in folder.findings.values()
        for name in (*one.record.evidence, *one.record.counter)
    }
    evidence = {
        name: screen.record(one, _OF_EVIDENCE, name)
        if name in cited or one.record.kind == "view"
        else one
        for name, one in folder.evidence.items()
    }
    findings = {
        name: screen.record(one, _OF_FINDING, name) for name, one in folder.findings.items()
    }
    identifiers = NewIdentifiers([*folder.findings, *sorted(cited - set(folder.findings))])
    screen.struck.update(identifiers.changed.keys())
    struck = replace(
        folder,
        evidence=evidence,
        findings=findings,
        concerns=tuple(
            screen.record(one, ("statement", "reason"), one.record.id) for one in folder.concerns
        ),
        replies=tuple(
            screen.record(one, ("says", "reason"), f"reply on {one.record.finding}")
            for one in folder.replies
        ),
        letters={
            code: screen.letter(one, f"letter of {code}") for code, one in folder.letters.items()
        },
    )
    files = {one.file: struck.letters[code].file for code, one in folder.letters.items()}
    called = identifiers.folder(struck)
    return StruckFolder(called, dict(screen.struck), screen, identifiers, files)


def words_like_names(folder: AnnualFolder) -> list[Suspect]:
    """Words of statements, quotations, views and replies that look like names all the same.

    No list knows every name, and many places are names too: they are told and nothing is struck.
    """
    known = [one.name for one in folder.icbs.values()]
    known += [one.record.body for one in folder.evidence.values()]
    known += [one.record.name for one in folder.figures]
    known += [one.name for one in folder.head.public_names]
    vocabulary = people_redactor().knowing(known).vocabulary
    named = {word.lower() for one in folder.head.public_names for word in one.name.split()}
    return SuspectFinder(load_personal(), vocabulary, frozenset(named)).suspects(_texts(folder))


def _texts(folder: AnnualFolder) -> Iterator[tuple[str, str]]:
    for finding in folder.findings.values():
        one = finding.record
        for text in (one.statement, one.counter_answer, one.dissent, one.author, one.reviewer):
            yield one.id, text
    for item in folder.evidence.values():
        for text in (item.record.quotation, item.record.says):
            yield item.record.id, text
    for reply in folder.replies:
        for text in (reply.record.says, reply.record.reason):
            yield f"reply on {reply.record.finding}", text
    for code, letter in folder.letters.items():
        for statement in letter.statements:
            yield f"letter of {code}", statement.text
