"""``remit league``: the league table of a kind of trust."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from remit.cli.options import (
    AsAtOption,
    CutPointsOption,
    Files,
    FrameworkOption,
    ModeOption,
    PeriodOption,
    StoreOption,
    check_choice,
    parse_cut_points,
)
from remit.cli.records import (
    CapabilityOption,
    JudgementsOption,
    SystemWeightOption,
    gather_judged,
    gather_records,
)
from remit.model.errors import AssessmentError
from remit.model.organisation import TrustKind

if TYPE_CHECKING:
    import polars as pl

    from remit.assessment.result import Assessment
    from remit.model.framework import Rounding


def league(
    files: Files = None,
    store: StoreOption = None,
    framework: FrameworkOption = "nof-2025-26",
    period: PeriodOption = None,
    mode: ModeOption = "published",
    cut_points: CutPointsOption = None,
    kind: Annotated[
        str | None,
        typer.Option("--kind", help="acute, mental_health_community, ambulance or icb; else all."),
    ] = None,
    region: Annotated[
        str | None, typer.Option("--region", help="Only trusts of this region (code, as Y56).")
    ] = None,
    icb: Annotated[
        str | None, typer.Option("--icb", help="Only trusts that this ICB leads (code, as QHM).")
    ] = None,
    judgements: JudgementsOption = None,
    capability: CapabilityOption = None,
    system_weight: SystemWeightOption = None,
    as_at: AsAtOption = None,
    output: Annotated[str, typer.Option("--format", help="text, csv or json.")] = "text",
) -> None:
    """Print the league table: trusts by segment and then by average score.

    Ranks are always among all trusts of the kind, whatever is shown.
    """
    from remit.assessment.run import assess as assess_figures

    check_choice(mode, ("published", "recomputed"), "--mode")
    check_choice(output, ("text", "csv", "json"), "--format")
    figures = gather_judged(files, store, period, as_at, judgements)
    result = assess_figures(
        figures,
        framework,
        period,
        mode=mode,  # type: ignore[arg-type]
        cut_points=parse_cut_points(cut_points),
        records=gather_records(framework, judgements, capability, system_weight),
        kind=kind,
    )
    table = _filtered(result, region, icb)
    if output == "csv":
        typer.echo(table.write_csv(), nl=False)
    elif output == "json":
        typer.echo(table.write_json())
    else:
        _print(result, table)


def _filtered(result: Assessment, region: str | None, icb: str | None) -> pl.DataFrame:
    import polars as pl

    table = result.standing
    for column, code in (("region_code", region), ("icb_code", icb)):
        if code is not None:
            table = table.filter(pl.col(column) == result.register.get(code.upper()).code)
    if table.is_empty():
        raise AssessmentError("no trust in the figures fits; see `remit org` for codes")
    return table.sort("kind", "rank", "org_code", nulls_last=True)


def _print(result: Assessment, table: pl.DataFrame) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console()
    if result.fictional:
        typer.echo("Sample data: these organisations and figures are fictional.")
    for (kind,), part in table.group_by("kind", maintain_order=True):
        title = f"{TrustKind(kind).label}s, {result.period.label}, {result.mode} scores"
        grid = Table(title=title, title_justify="left")
        for name in ("Rank", "Code", "Name", "ICB", "Segment", "Average", "Scores", "Override"):
            grid.add_column(name, justify="right" if name in {"Rank", "Average"} else "left")
        for row in part.iter_rows(named=True):
            grid.add_row(*_cells(row, result.framework.rounding))
        console.print(grid)
    for note in result.notes:
        typer.echo(note)


def _cells(row: dict[str, Any], rounding: Rounding) -> tuple[str, ...]:
    from remit.assessment.rounding import shown

    return (
        str(row["rank"] or "–"),
        str(row["org_code"]),
        str(row["org_name"]),
        str(row["icb_code"] or "–"),
        str(row["final_segment"] or "–"),
        shown(row["average_score"], rounding),
        str(row["n_metrics"] or 0),
        "yes" if row["override"] else "",
    )
