"""From a folder of declared tables to a model; every fault is told by file, line and key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from remit.catalogue import declared
from remit.catalogue.declared import Declared
from remit.files.reading import is_there
from remit.model.errors import DeclarationError
from remit.model.move import (
    EVERY_SERVICE,
    CostFile,
    CostLine,
    MoveFile,
    PaymentFile,
    PaymentRule,
    Receiver,
    ReceiverFile,
    ResourceFile,
    ServiceFile,
    ServiceLine,
    SharedResource,
)
from remit.shift.move.model import ServiceModel
from remit.words.nearest import did_you_mean

if TYPE_CHECKING:
    from pydantic import BaseModel

    FileT = TypeVar("FileT", bound=BaseModel)
    _Place = tuple[str | int, ...]

_KEYS: dict[str | int, str] = {
    "services": "services",
    "costs": "costs",
    "resources": "resources",
    "receivers": "receivers",
    "payment": "rules",
}
"""The file of each table, without its ending, and the key under which its rows stand."""

PAYMENT = "payment.yaml"
"""Rules of payment of a user's own, beside those that come with Remit; it may be missing."""


def packaged_rules() -> tuple[PaymentRule, ...]:
    """The rules of payment that come with Remit."""
    (file,) = declared.packaged("payment")
    return file.validate(PaymentFile).rules


def read_model(folder: Path) -> ServiceModel:
    """The model in a folder that ``remit move new`` wrote and somebody filled in.

    Parameters
    ----------
    folder
        It holds ``move.yaml``, ``services.yaml``, ``costs.yaml``, ``resources.yaml``,
        ``receivers.yaml`` and, where there are rules of one's own, ``payment.yaml``.

    Raises
    ------
    DeclarationError
        With one line for each fault: file, line, key, what is wrong and what is allowed.

    Examples
    --------
    >>> read_model(Path("our-trust")).spent  # doctest: +SKIP
    803000000
    """
    if not folder.is_dir():
        raise DeclarationError(f"{folder}: there is no such folder; begin with: remit move new")
    found = _Folder(folder)
    trust = found.read("move.yaml", MoveFile)
    tables = _tables(found)
    faults = [*_twice(found, tables), *_unknown(found, tables), *_totals(found, trust, tables)]
    if faults:
        raise DeclarationError("\n".join(faults))
    return ServiceModel(
        trust,
        {one.id: one for one in tables.services},
        tables.costs,
        tables.resources,
        {one.service: one for one in tables.receivers},
        {one.id: one for one in (*tables.rules, *tables.own)},
        {name: one.sha256 for name, one in found.files.items()},
    )


@dataclass(frozen=True, slots=True)
class _Tables:
    services: tuple[ServiceLine, ...]
    costs: tuple[CostLine, ...]
    resources: tuple[SharedResource, ...]
    receivers: tuple[Receiver, ...]
    rules: tuple[PaymentRule, ...]
    own: tuple[PaymentRule, ...]


class _Folder:
    """The files of a folder as they were read."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.files: dict[str, Declared] = {}

    def has(self, name: str) -> bool:
        return is_there(self._folder / name)

    def read(self, name: str, model: type[FileT]) -> FileT:
        self.files[name] = declared.read(self._folder / name)
        return self.files[name].validate(model)

    def fault(self, where: _Place, told: str) -> str:
        """One line about a place, whose first part names the table."""
        return self.files[f"{where[0]}.yaml"].fault((_KEYS[where[0]], *where[1:]), told)

    def unknown(self, where: _Place, what: str, known: Iterable[str]) -> Iterator[str]:
        names = list(known)
        if what not in names:
            yield self.fault(where, f"{what!r} is declared nowhere{did_you_mean(what, names)}")


def _tables(found: _Folder) -> _Tables:
    return _Tables(
        found.read("services.yaml", ServiceFile).services,
        found.read("costs.yaml", CostFile).costs,
        found.read("resources.yaml", ResourceFile).resources,
        found.read("receivers.yaml", ReceiverFile).receivers,
        packaged_rules(),
        found.read(PAYMENT, PaymentFile).rules if found.has(PAYMENT) else (),
    )


def _twice(found: _Folder, tables: _Tables) -> Iterator[str]:
    """Identifiers that stand in a table twice, or stand for something else already."""
    for table, part, ids, taken in (
        ("services", "id", [one.id for one in tables.services], [EVERY_SERVICE]),
        ("resources", "id", [one.id for one in tables.resources], []),
        ("receivers", "service", [one.service for one in tables.receivers], []),
        ("payment", "id", [one.id for one in tables.own], [one.id for one in tables.rules]),
    ):
        seen = set(taken)
        for place, one in enumerate(ids):
            if one in seen:
                told = f"{one!r} is taken already; give this one another identifier"
                yield found.fault((table, place, part), told)
            seen.add(one)


def _unknown(found: _Folder, tables: _Tables) -> Iterator[str]:
    """Services and rules that some table names and none declares."""
    known = [one.id for one in tables.services]
    rules = [one.id for one in (*tables.rules, *tables.own)]
    for place, service in enumerate(tables.services):
        yield from found.unknown(("services", place, "payment"), service.payment, rules)
    for place, cost in enumerate(tables.costs):
        where = ("costs", place, "service")
        yield from found.unknown(where, cost.service, [*known, EVERY_SERVICE])
    for place, one in enumerate(tables.resources):
        for name in one.uses:
            yield from found.unknown(("resources", place, "uses", name), name, known)
        for name in one.needed_by:
            yield from found.unknown(("resources", place, "needed_by"), name, known)
    for place, receiver in enumerate(tables.receivers):
        yield from found.unknown(("receivers", place, "service"), receiver.service, known)


def _totals(found: _Folder, trust: MoveFile, tables: _Tables) -> Iterator[str]:
    """Control totals that the tables do not come to."""
    for key, told, sums in (
        (
            "total_cost_pence",
            trust.total_cost_pence,
            sum(one.pence for one in tables.costs) + sum(one.pence for one in tables.resources),
        ),
        (
            "total_income_pence",
            trust.total_income_pence,
            sum(one.income_pence for one in tables.services),
        ),
    ):
        if told is not None and told != sums:
            yield found.files["move.yaml"].fault(
                (key,), f"the tables come to {sums:,} pence, {sums - told:+,} against {told:,}"
            )
