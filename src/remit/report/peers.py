"""The peers that a user compares with: read from a list or a file, and placed on a day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from remit.catalogue.declared import read
from remit.model.errors import AssessmentError, UnknownCode
from remit.model.organisation import Organisation
from remit.publications.files.table import RawTable, load
from remit.register import Register
from remit.register.closing import absence
from remit.report.bodies import Placed, placed_one
from remit.signals.own.asked import AskedColumns
from remit.signals.own.tables import ONE_SHEET, own_table
from remit.signals.own_file import columns_of
from remit.words.sentences import listed

CODE_COLUMNS = ("code", "org_code", "organisation", "organisation code", "org code", "peer")
"""What the column of a file may be called in which the peers stand."""

_YAML = frozenset({".yaml", ".yml"})


def read_peers(given: str, register: Register) -> tuple[str, ...]:
    """The codes of the peers that a user names.

    Parameters
    ----------
    given
        A file (a CSV file or a workbook with a column ``code``, or a list in YAML), or codes with
        commas. A name will do where the register has it.
    register
        The organisations.

    Raises
    ------
    RemitError
        If the file cannot be read, or one is not known or stands twice; the message names the line
        and what is nearest.

    Examples
    --------
    ``read_peers("RYJ, RQM", load_register())``
    """
    found: dict[str, str] = {}
    for text, where in _named(given):
        code = _known(text, where, register)
        if code in found:
            raise AssessmentError(f"{where}: {code} stands twice, first as {found[code]!r}")
        found[code] = text
    if not found:
        raise AssessmentError(f"--peers {given}: no peer is named; write codes such as RYJ, RQM")
    return tuple(found)


def _named(given: str) -> Iterator[tuple[str, str]]:
    """Each peer as it is written, and where that stands."""
    path = Path(given.strip())
    if not given.strip():
        return
    if path.suffix.lower() in _YAML:
        yield from _of_list(path)
    elif path.suffix or path.exists():
        yield from _of_table(path)
    else:
        parts = given.replace(";", ",").split(",")
        yield from ((part.strip(), "--peers") for part in parts if part.strip())


def _of_list(path: Path) -> Iterator[tuple[str, str]]:
    file = read(path)
    if not isinstance(file.data, list):
        raise AssessmentError(f"{path}: write the peers as a list, one “- RYJ” a line")
    for place, text in enumerate(file.data):
        yield str(text).strip(), f"{path}, line {file.line_of([place])}"


def _of_table(path: Path) -> Iterator[tuple[str, str]]:
    table, place = _table(path)
    for worst in table.damaged[:1]:
        raise AssessmentError(f"{path}, line {worst.line}: {worst.reason}")
    for line, row in zip(table.lines, table.rows, strict=True):
        if row[place].strip():
            yield row[place].strip(), f"{path}, line {line}"
        elif any(cell.strip() for cell in row):
            raise AssessmentError(f"{path}, line {line}: the code is missing")


def _table(path: Path) -> tuple[RawTable, int]:
    """The table of a file, and where its codes stand."""
    table = own_table(load(path), AskedColumns(one_of=CODE_COLUMNS), several=ONE_SHEET).raw
    places = [place for place in columns_of(table, CODE_COLUMNS) if place is not None]
    if not places:
        raise AssessmentError(
            f"{path}, line {table.header_line}: there is no column 'code'; the header has "
            f"{', '.join(table.header)}. Write code in the first line, and one below the other"
        )
    return table, places[0]


def _known(text: str, where: str, register: Register) -> str:
    try:
        return register.named(text).code
    except UnknownCode as fault:
        raise AssessmentError(f"{where}: {fault}") from None


@dataclass(frozen=True, slots=True)
class PlacedPeers:
    """The peers of a report as they are placed on its last day, and what must be told of them."""

    placed: tuple[Placed, ...] = ()
    notes: tuple[str, ...] = ()

    def of(self, body: Placed) -> list[Placed]:
        """Those that are like an organisation, without itself."""
        return [peer for peer in self.placed if peer.like(body) and peer.body != body.body]


def placed_peers(
    register: Register, codes: Sequence[str], bodies: Sequence[Placed], on: date
) -> PlacedPeers:
    """Peers as the organisations that have their work on a day.

    Parameters
    ----------
    register
        Who exists.
    codes
        The peers.
    bodies
        The organisations of the report, whose peers they are to be.
    on
        The day.

    Raises
    ------
    AssessmentError
        If one is not open on that day and no single one has its work, if it is of the fictional
        sample and the report is not (or the other way round), or if none can be compared.
    """
    found: dict[str, Placed] = {}
    notes = []
    for code in codes:
        named = register.get(code)
        current = _one(register, named, on)
        if current is not named:
            notes.append(f"Peers: {absence(register, named, on)} {current.code} stands for it.")
        found[current.code] = placed_one(current, on)
    peers = tuple(found.values())
    for peer in peers:
        if peer.fictional != bodies[0].fictional:
            raise AssessmentError(
                f"--peers: {peer.body.title} and {bodies[0].body.title} cannot be compared: one of "
                "them is of the fictional sample"
            )
    made = PlacedPeers(peers, (*notes, *_beside_nobody(peers, bodies)))
    if peers and not any(made.of(body) for body in bodies):
        raise AssessmentError(f"--peers: {made.notes[-1]} Name others of the same kind")
    return made


def _beside_nobody(peers: Sequence[Placed], bodies: Sequence[Placed]) -> Iterator[str]:
    """The peers that stand beside no organisation of the report, and why."""
    alone = [peer.body.title for peer in peers if not any(peer.like(body) for body in bodies)]
    if alone:
        yield f"No organisation of this report is of the kind of {listed(alone)}."
    own = [
        peer.body.title
        for peer in peers
        if peer.body == bodies[0].body and not any(peer.like(body) for body in bodies[1:])
    ]
    if own:
        yield f"{listed(own)} is the organisation of this report, and no peer of itself."


def _one(register: Register, named: Organisation, on: date) -> Organisation:
    current = register.current(named.code, on)
    if len(current) != 1:
        raise AssessmentError(
            f"--peers: {absence(register, named, on)} Leave it out, or name one that is open"
        )
    return current[0]
