"""Models to try: the two templates, and small ones made of a few figures."""

from __future__ import annotations

from pathlib import Path

from remit.catalogue.templates import move_template
from remit.model.move import (
    CostLine,
    MovedRange,
    MoveFile,
    MoveRanges,
    OneOff,
    PaymentRule,
    Receiver,
    ServiceLine,
    SharedResource,
    WholeUnits,
)
from remit.shift.move.model import ServiceModel
from remit.shift.move.reading import packaged_rules, read_model

SURE = MovedRange(low=100, middle=100, high=100, why="As declared")
SURE_RANGES = MoveRanges(moved=SURE, released=SURE, occupied=SURE, receiver=SURE, transition=SURE)


def written(folder: Path, template: str, **changes: tuple[str, str]) -> Path:
    """A template in a folder; ``changes`` are by file what is put in the place of what."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in move_template(template).items():
        old, new = changes.get(name.removesuffix(".yaml"), ("", ""))
        assert old in text, (name, old)
        (folder / name).write_text(text.replace(old, new) if old else text, encoding="utf-8")
    return folder


def template_model(folder: Path, template: str, **changes: tuple[str, str]) -> ServiceModel:
    return read_model(written(folder, template, **changes))


def made_model(
    services: list[ServiceLine],
    costs: list[CostLine],
    resources: tuple[SharedResource, ...] = (),
    receivers: tuple[Receiver, ...] = (),
    rules: tuple[PaymentRule, ...] = (),
    ranges: MoveRanges = SURE_RANGES,
) -> ServiceModel:
    """A model of what is given; each service without a receiver has one that costs nothing."""
    trust = MoveFile(
        schema="remit/move/1", organisation="ZA1", name="Larkshire", icb="NHS Larkshire",
        prices="2025/26", source="Invented", fictional=True, ranges=ranges,
    )  # fmt: skip
    free = {one.id: Receiver(service=one.id, name="Nobody") for one in services}
    return ServiceModel(
        trust,
        {one.id: one for one in services},
        tuple(costs),
        resources,
        free | {one.service: one for one in receivers},
        {one.id: one for one in (*packaged_rules(), *rules)},
        {},
    )


def service(name: str, income: int = 0, **more: object) -> ServiceLine:
    usual = {"kind": "urgent", "activity": 1000, "activity_unit": "spells", "payment": "activity"}
    return ServiceLine.model_validate(
        {"id": name, "name": name.title(), "income_pence": income, **usual, **more}
    )


def cost(name: str, of: str, kind: str, pence: int, **more: object) -> CostLine:
    return CostLine.model_validate(
        {"name": name, "service": of, "kind": kind, "pence": pence, **more}
    )


def wards(units: int, capacity: int = 25, **more: int) -> WholeUnits:
    return WholeUnits.model_validate({"unit": "ward", "units": units, "capacity": capacity, **more})


def once(year: int, pence: int, payer: str = "icb", kind: str = "revenue") -> OneOff:
    return OneOff.model_validate(
        {"what": "Change", "year": year, "pence": pence, "paid_by": payer, "kind": kind}
    )
