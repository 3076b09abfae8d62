"""Standards, goals and marks: read, held against the metrics that they name, found by metric."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import combinations

from remit.catalogue import declared
from remit.catalogue.checks import Fault
from remit.catalogue.declared import Declared
from remit.model.errors import DeclarationError
from remit.model.metric import Better, Metric, Standard
from remit.model.target import Bearer, DeclaredTarget, TargetFile, TargetKind
from remit.words.nearest import nearest

_EVERYBODY = (Bearer.TRUST, Bearer.ICB, Bearer.REGION, Bearer.ENGLAND)


@cache
def load_targets() -> tuple[DeclaredTarget, ...]:
    """All that comes with Remit, in the order of its files."""
    files = declared.packaged("targets")
    return tuple(one for file in files for one in file.validate(TargetFile).targets)


@cache
def _by_metric() -> Mapping[str, tuple[DeclaredTarget, ...]]:
    found: dict[str, list[DeclaredTarget]] = defaultdict(list)
    for target in load_targets():
        for metric in target.metrics:
            found[metric].append(target)
    return {metric: tuple(targets) for metric, targets in found.items()}


def targets_of(metric: Metric) -> tuple[DeclaredTarget, ...]:
    """What a metric is held against; a metric of one's own brings its standards itself."""
    return _by_metric().get(metric.id) or tuple(_own(metric))


def _own(metric: Metric) -> Iterator[DeclaredTarget]:
    for number, standard in enumerate(metric.all_standards, start=1):
        yield DeclaredTarget(
            id=f"own-{number}",
            metrics=(metric.id,),
            kind=TargetKind.STANDARD,
            bound=standard.bound,
            binds=_EVERYBODY,
            valid_from=standard.valid_from,
            valid_to=standard.valid_to,
            set_by="the file of the metric",
            source=standard.source,
            verified=True,
        )


def with_mark(metric: Metric) -> Metric:
    """A metric that a framework scores, and the mark by which it does: of the best or the worst."""
    for target in _by_metric().get(metric.id, ()):
        if target.kind is TargetKind.MARK and target.bound:
            mark = Standard(
                bound=target.bound,
                valid_from=target.valid_from,
                valid_to=target.valid_to,
                source=target.source,
                is_floor=target.is_floor,
            )
            return metric.model_copy(update={"standard": mark})
    return metric


def check_targets(file: Declared, metrics: Mapping[str, Metric]) -> TargetFile:
    """Validate a file of targets, by itself and against the metrics that it names.

    Raises
    ------
    DeclarationError
        With one line for every fault: file, line, key, what is wrong and what is allowed.
    """
    content = file.validate(TargetFile)
    lines = [file.fault(where, said) for where, said in _faults(content, metrics)]
    if lines:
        raise DeclarationError("\n".join(lines))
    return content


def _faults(file: TargetFile, metrics: Mapping[str, Metric]) -> Iterator[Fault]:
    for index, target in enumerate(file.targets):
        for place, name in enumerate(target.metrics):
            if name not in metrics:
                said = f"no metric {name!r} in the catalogue; nearest: {nearest(name, metrics)}"
                yield ["targets", index, "metrics", place], said
            elif fault := _wrong_side(target, metrics[name]):
                yield ["targets", index, "bound"], f"{name} {fault}"
    for (_, one), (index, other) in combinations(enumerate(file.targets), 2):
        if said := _contradiction(one, other):
            yield ["targets", index, "valid_from"], said


def _wrong_side(target: DeclaredTarget, metric: Metric) -> str:
    if metric.better is Better.NEUTRAL:
        return "has no better direction and cannot be held against anything"
    if target.improvement:
        fits = metric.better is Better.HIGHER and metric.unit == "percent"
        return "" if fits else "is no percentage of which more is better; give it a bound"
    if target.number(metric.better) is None:
        return f"is better {metric.better}; turn the bound round"
    return ""


def _contradiction(one: DeclaredTarget, other: DeclaredTarget) -> str:
    """Why two cannot both be in force: one would not know which of them to take."""
    same = one.kind is other.kind and set(one.metrics) & set(other.metrics)
    if one.id == other.id:
        return f"{other.id!r} is declared twice"
    if not same or not set(one.binds) & set(other.binds) or one.framework != other.framework:
        return ""
    starts = [target.valid_from for target in (one, other) if target.valid_from]
    if starts and not (one.holds_on(max(starts)) and other.holds_on(max(starts))):
        return ""
    if one.by != other.by:
        return ""
    return f"{one.id} and {other.id} ask the same of the same on the same days; end one of them"
