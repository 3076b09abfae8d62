"""What a publication's declaration can get wrong beyond its shape, a fault each."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from remit.catalogue.checks import Fault, Place
from remit.model.publication import Publication
from remit.words.nearest import nearest

_PLAIN = "plain"
_PLACES = "column, columns, above, file_name or sheet_name"
_OWN = frozenset({"cut", "line", "org_code", "org_kind", "release", "scope", "status", "value"})
"""What the reader calls its own columns: one of the file's would be lost under them."""


def publication_faults(publication: Publication) -> Iterator[Fault]:
    """All faults, with the place of each in the declaration."""
    if (publication.links is None) != bool(publication.no_links):
        yield ["no_links"], "say how its files are found (links), or here why they cannot be"
    if publication.reader != _PLAIN:
        return
    first, *further = publication.each_layout
    told = list(_layout_faults(first))
    yield from told
    for index, layout in enumerate(further):
        for where, said in _layout_faults(layout):
            if (where, said) not in told:
                yield ["layouts", index, *where], said


def _layout_faults(layout: Publication) -> Iterator[Fault]:
    if layout.organisation is None:
        yield ["organisation"], "say in which column it stands: organisation: {column: …}"
    yield from _period_faults(layout)
    if not layout.measures:
        yield ["measures"], "name at least one column of figures, and the metric it is of"
    columns = [column.name for column in layout.all_columns]
    for name in _OWN.intersection(columns):
        yield ["columns"], f"{name!r} is a name of Remit's own; write it with a capital letter"
    for where, name in _columns_named(layout):
        if name not in columns:
            yield where, f"no column {name!r} is declared; nearest: {nearest(name, columns)}"
    yield from _word_faults(layout)
    for index, measure in enumerate(layout.measures):
        if measure.between and not layout.bands:
            yield ["measures", index, "between"], "say which columns are bands: bands: <pattern>"
    metrics = [measure.metric for measure in layout.measures]
    for index, rule in enumerate(layout.false_zeros):
        if rule.beside not in metrics:
            known = nearest(rule.beside, metrics)
            yield ["false_zeros", index, "beside"], f"no measure is of it; nearest: {known}"


def _period_faults(layout: Publication) -> Iterator[Fault]:
    if layout.period is None:
        yield ["period"], f"say where it stands, for instance period: {{column: …}}: {_PLACES}"
    elif layout.period.places != 1:
        yield ["period"], f"say one place of it: {_PLACES}"
    elif layout.format == "csv" and layout.period.above:
        yield ["period", "above"], "a CSV file has nothing above its table; use column or file_name"
    elif layout.format == "csv" and layout.period.sheet_name:
        yield ["period", "sheet_name"], "a CSV file has no sheets; use column or file_name"


def _columns_named(layout: Publication) -> Iterator[tuple[Place, str]]:
    """Every key that names a column of the table."""
    if layout.organisation:
        yield ["organisation", "column"], layout.organisation.column
        if layout.organisation.member_of:
            yield ["organisation", "member_of"], layout.organisation.member_of
        for name in layout.organisation.england:
            yield ["organisation", "england", name], name
    if layout.period and layout.period.column:
        yield ["period", "column"], layout.period.column
    for index, name in enumerate(layout.period.columns if layout.period else ()):
        yield ["period", "columns", index], name
    for name in layout.words:
        yield ["words", name], name
    for index, cut in enumerate(layout.cuts):
        yield ["cuts", index, "column"], cut.column
    for index, area in enumerate(layout.area_sums):
        yield ["area_sums", index, "column"], area.column
    yield from _rows_named(layout)
    for index, rate in enumerate(layout.printed_rates):
        for key in ("column", "numerator", "denominator"):
            yield ["printed_rates", index, key], getattr(rate, key)


def _rows_named(layout: Publication) -> Iterator[tuple[Place, str]]:
    """The keys that name a column by which rows are chosen or added up."""
    for index, only in enumerate(layout.only):
        yield ["only", index, "column"], only.column
    for index, name in enumerate(layout.summed_over):
        yield ["summed_over", index], name
    figures = [measure.column for measure in layout.measures]
    for index, measure in enumerate(layout.measures):
        for name in measure.where:
            yield ["measures", index, "where", name], name
        if measure.part_of and measure.part_of not in figures:
            yield ["measures", index, "part_of"], measure.part_of


def _word_faults(layout: Publication) -> Iterator[Fault]:
    """What a measure or ``apart`` takes from the row or the file's name must be declared."""
    told = {*layout.words, *([layout.by_file_name.name] if layout.by_file_name else [])}
    for index, measure in enumerate(layout.measures):
        for name in measure.told_by:
            if name not in told:
                yield ["measures", index, "metric"], _untold(name, told)
    for index, name in enumerate(layout.apart):
        if name not in {*told, "area", "organisation"}:
            yield ["apart", index], _untold(name, {*told, "area", "organisation"})


def _untold(name: str, told: Collection[str]) -> str:
    known = ", ".join(sorted(told)) or "none"
    return f"{name!r} is neither under words nor told by_file_name; declared there: {known}"
