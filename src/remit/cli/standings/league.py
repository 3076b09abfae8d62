"""``remit league``: the league table of a kind of trust."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from remit.assessment.likely.defaults import DEFAULT_REPLICATES
from remit.cli.asked import Asked, asking
from remit.cli.output import TextCsvOrJson, answer, say, say_framework, say_if_sample
from remit.files.delimited import frame_csv
from remit.files.jsons import escaped
from remit.model.errors import AssessmentError
from remit.model.organisation import TrustKind

if TYPE_CHECKING:
    import polars as pl

    from remit.assessment.result.assessment import Assessment
    from remit.model.framework import Framework


@asking()
def league(
    asked: Asked,
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
    output: TextCsvOrJson = "text",
) -> None:
    """Print the league table: trusts by segment and then by average score.

    Ranks are always among all trusts of the kind, whatever is shown. "Moved by" names what
    changed a segment after the average; a deficit that changed nothing is not named there.
    """
    result = asked.assessed(replicates=DEFAULT_REPLICATES, kind=kind)
    table = _filtered(result, region, icb)
    answer(
        output,
        text=lambda: _print(result, table, icb or region),
        csv=lambda: frame_csv(table),
        json=lambda: escaped(table.write_json()),
    )


def _filtered(result: Assessment, region: str | None, icb: str | None) -> pl.DataFrame:
    import polars as pl

    table = result.standing
    for column, code in (("region_code", region), ("icb_code", icb)):
        if code is not None:
            table = table.filter(pl.col(column) == result.register.get(code.upper()).code)
    if table.is_empty():
        raise AssessmentError("no trust in the figures fits; see `remit org` for codes")
    return table.sort("kind", "rank", "org_code", nulls_last=True)


def _print(result: Assessment, table: pl.DataFrame, area: str | None) -> None:
    from remit.assessment.likely.coverage import likely_note
    from remit.cli.tables import Grid

    say_if_sample(result.fictional)
    say_framework(result.framework.name, result.period.label)
    for (kind,), part in table.group_by("kind", maintain_order=True):
        title = f"{TrustKind(kind).label}s, {result.period.label}, {result.mode} scores"
        grid = Grid(title=title, title_side="left")
        for name in ("Rank", "Code", "Name", "ICB", "Segment", "Average", "Scores", "Moved by"):
            grid.column(name, "right" if name in {"Rank", "Average"} else "left")
        for row in part.iter_rows(named=True):
            grid.row(*_cells(row, result.framework))
        grid.show()
    for note in [*_absent(result, table, area), *result.notes]:
        say(note)
    drawn = table["likely_score_low"].null_count() < table.height
    say(likely_note(result) + (" The ranges stand in --format csv and json." if drawn else ""))


def _absent(result: Assessment, table: pl.DataFrame, area: str | None) -> list[str]:
    """The trusts of an ICB or a region that the figures do not have, in a sentence."""
    if area is None:
        return []
    members = result.register.members(area.upper(), result.period.end)
    kinds = {kind.value for kind in result.framework.kinds}
    there = set(table["org_code"])
    missing = [
        f"{o.code} ({o.name_on(result.period.end)})"
        for o in members
        if o.kind is not None and o.kind.value in kinds and o.code not in there
    ]
    if not missing:
        return []
    return [f"Without figures for {result.period.label}: {', '.join(missing)}."]


def _cells(row: dict[str, Any], framework: Framework) -> tuple[str, ...]:
    from remit.assessment.explaining.words import moved_by_words
    from remit.words.figures import score_words

    ends = (row["unadjusted_segment"], row["adjusted_segment"])
    return (
        str(row["rank"] or "–"),
        str(row["org_code"]),
        str(row["org_name"]),
        str(row["icb_code"] or "–"),
        _segment(row),
        score_words(row["average_score"], framework.rounding),
        str(row["n_metrics"] or 0),
        moved_by_words(row["overrides_applied"], *ends, framework),
    )


def _segment(row: dict[str, Any]) -> str:
    """The final segment, and the one that the rank goes by where that is another."""
    final, adjusted = row["final_segment"], row["adjusted_segment"]
    if final is None:
        return "–"
    return str(final) if final == adjusted else f"{final} (ranked as {adjusted})"
