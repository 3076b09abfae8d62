"""Who among whose peers has a practice, and who does better for long and has it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from remit.practice.register.holding import DatedAdoption, PracticeRegister
from remit.practice.tables import figure_in, organisation_code, read_table


class AheadForLong(NamedTuple):
    """One of whom it is found that it does better for long on a metric."""

    code: str
    metric: str
    probability: float


@dataclass(frozen=True, slots=True)
class PeersWithIt:
    """An organisation that could have a practice: does it, and which of its peers do."""

    practice: str
    code: str
    adopted: DatedAdoption | None
    peers: int
    with_it: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AheadWithIt:
    """One that does better for long on a metric of a practice, and whether it has the practice."""

    practice: str
    ahead: AheadForLong
    adopted: DatedAdoption | None


def peers_with_it(
    register: PracticeRegister, practice: str, on: date, peers: Mapping[str, Sequence[str]]
) -> tuple[PeersWithIt, ...]:
    """Each organisation that could have a practice, with its peers that have it.

    Parameters
    ----------
    register, practice, on
        Which practice, on which day.
    peers
        The peers of each organisation; who has none is left out.

    Examples
    --------
    ``peers_with_it(register, "board-round", date(2026, 3, 31), {"ZA1": ["ZA2", "ZA3"]})``
    """
    having = register.having(practice, on)
    return tuple(
        PeersWithIt(
            practice,
            one.code,
            having.get(one.code),
            len(peers[one.code]),
            tuple(peer for peer in peers[one.code] if peer in having),
        )
        for one in register.could_have(practice, on)
        if peers.get(one.code)
    )


def ahead_with_it(
    register: PracticeRegister, practice: str, on: date, ahead: Iterable[AheadForLong]
) -> tuple[AheadWithIt, ...]:
    """Those who could have a practice and do better for long on a metric that it should move.

    Parameters
    ----------
    register, practice, on
        Which practice, on which day.
    ahead
        Who does better for long on what.

    Examples
    --------
    ``ahead_with_it(register, "board-round", date(2026, 3, 31), read_ahead(Path("deviants.csv")))``
    """
    having = register.having(practice, on)
    known = {one.code for one in register.could_have(practice, on)}
    wanted = set(register.practices[practice].metrics)
    return tuple(
        AheadWithIt(practice, one, having.get(one.code))
        for one in ahead
        if one.metric in wanted and one.code in known
    )


def read_ahead(path: Path) -> list[AheadForLong]:
    """Who does better for long, of ``deviants.csv`` as ``remit deviants`` writes it.

    Raises
    ------
    PracticeError
        If a column is missing.
    """
    names = ("code", "metric", "probability", "lasting")
    table = read_table(path, names)
    code, metric, probability, lasting = (table.needed((one,), "who is ahead") for one in names)
    found = []
    for _, cells in table.rows:
        if not isinstance(cells, str) and cells[lasting].strip().casefold() in {"true", "1"}:
            share = figure_in(cells[probability]) or 0.0
            found.append(AheadForLong(organisation_code(cells[code]), cells[metric].strip(), share))
    return found
