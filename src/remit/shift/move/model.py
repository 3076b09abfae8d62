"""The model as it was read: a trust's services, costs, shared resources, and who takes over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from remit.model.move import (
    EVERY_SERVICE,
    CostLine,
    MoveFile,
    PaymentRule,
    Receiver,
    ServiceLine,
    SharedResource,
)
from remit.shift.move.money import split


@dataclass(frozen=True)
class ServiceModel:
    """All declared tables of a model, by identifier, held against each other."""

    trust: MoveFile
    services: Mapping[str, ServiceLine]
    costs: tuple[CostLine, ...]
    resources: tuple[SharedResource, ...]
    receivers: Mapping[str, Receiver]
    rules: Mapping[str, PaymentRule]
    files: Mapping[str, str]
    """File name → SHA-256, of what was read."""

    @cached_property
    def resource_parts(self) -> Mapping[str, Mapping[str, int]]:
        """What each service bears today of each resource, by use."""
        return {one.id: shared(one.pence, one.uses) for one in self.resources}

    @cached_property
    def pool_parts(self) -> tuple[Mapping[str, int], ...]:
        """What each service bears today of each overhead of all services, by direct cost."""
        direct = self.direct_costs
        return tuple(shared(one.pence, direct) for one in self.pooled)

    @cached_property
    def pooled(self) -> tuple[CostLine, ...]:
        """The overheads that belong to no service."""
        return tuple(one for one in self.costs if one.service == EVERY_SERVICE)

    @cached_property
    def direct_costs(self) -> Mapping[str, int]:
        """What each service costs today before overheads."""
        found = dict.fromkeys(self.services, 0)
        for line in self.costs:
            if line.kind != "overhead":
                found[line.service] += line.pence
        for parts in self.resource_parts.values():
            for service, pence in parts.items():
                found[service] += pence
        return found

    @cached_property
    def full_costs(self) -> Mapping[str, int]:
        """What each service costs today with all overheads; together all that the trust spends."""
        found = dict(self.direct_costs)
        for line in self.costs:
            if line.kind == "overhead" and line.service != EVERY_SERVICE:
                found[line.service] += line.pence
        for parts in self.pool_parts:
            for service, pence in parts.items():
                found[service] += pence
        return found

    @property
    def spent(self) -> int:
        """All that the trust spends in a year."""
        return sum(one.pence for one in self.costs) + sum(one.pence for one in self.resources)


def shared(pence: int, weights: Mapping[str, int]) -> dict[str, int]:
    """A sum split among services by weights, to the penny."""
    return dict(zip(weights, split(pence, list(weights.values())), strict=True))
