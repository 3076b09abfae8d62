"""``remit sensitivity``: what other choices would have led to."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from remit.assessment.likely.defaults import DEFAULT_SEED
from remit.cli.asked import Asked, asking
from remit.cli.options import check_choice
from remit.cli.output import TextCsvOrJson, answer, say, say_if_sample
from remit.files.delimited import frame_csv
from remit.files.jsons import json_text
from remit.files.outputs import write_files
from remit.model.errors import UnknownCode
from remit.words.figures import NONE, number_words

if TYPE_CHECKING:
    import polars as pl

    from remit.assessment.result.assessment import Assessment
    from remit.assessment.sensitivity.sensitivity import Sensitivity
    from remit.cli.tables import Grid

_TABLES = ("scenarios", "organisations", "results", "influence")


@asking(without=("judgements", "capability", "system_weight"))
def sensitivity(
    asked: Asked,
    org: Annotated[
        str | None, typer.Option("--org", help="Only this organisation (code, as RYJ).")
    ] = None,
    cuts: Annotated[
        str,
        typer.Option(
            "--cuts",
            help="refit: quartiles of each scenario; held: cut points stay; auto: as fits.",
        ),
    ] = "auto",
    sample: Annotated[
        int, typer.Option("--sample", help="Rows of the random sample of choices.")
    ] = 1_024,
    seed: Annotated[int, typer.Option("--seed", help="Of that sample.")] = DEFAULT_SEED,
    out: Annotated[
        Path | None, typer.Option("--out", help="A folder for all tables and sensitivity.json.")
    ] = None,
    output: TextCsvOrJson = "text",
) -> None:
    """Make the league table again under other choices, and say what changes for whom.

    Each metric is dropped; domains weigh the same; ties, populations, missing scores, rounding
    and quartiles are treated otherwise. Then all choices are made at random together, to see
    which matter most (Sobol indices).
    """
    from remit.assessment.sensitivity.sensitivity import sensitivity as analyse

    check_choice(cuts, ("auto", "refit", "held"), "--cuts")
    assessed = asked.assessed()
    code = _known(assessed, org)
    found = analyse(assessed, cuts=cuts, sample=sample, seed=seed)  # type: ignore[arg-type]
    shown = _Shown(assessed, found, code)
    if out is not None:
        _write(shown, out)
    answer(
        output,
        text=lambda: _print(shown),
        csv=lambda: frame_csv(shown.tables()["results" if code else "scenarios"]),
        json=lambda: json_text(shown.record()),
    )


def _known(assessed: Assessment, org: str | None) -> str | None:
    if org is None:
        return None
    code = org.upper()
    if code not in assessed.standing["org_code"]:
        raise UnknownCode(assessed.why_absent(code))
    return code


@dataclass(frozen=True, slots=True)
class _Shown:
    """A result narrowed to what was asked for."""

    assessed: Assessment
    found: Sensitivity
    code: str | None

    def tables(self) -> dict[str, pl.DataFrame]:
        """The tables by name; of one organisation where one was asked for."""
        every: dict[str, pl.DataFrame] = {name: getattr(self.found, name) for name in _TABLES}
        if self.code is None:
            return every
        mine = {name: table for name, table in every.items() if "org_code" in table.columns}
        return {name: table.filter(org_code=self.code) for name, table in mine.items()}

    def run(self) -> dict[str, Any]:
        """What was run."""
        return {
            "framework": {"id": self.assessed.framework.id, "hashes": dict(self.assessed.hashes)},
            "period": self.assessed.period.label,
            "mode": self.assessed.mode,
            "cut_points": asdict(self.assessed.cut_points),
            "refit": self.found.refit,
            "sample": self.found.sample,
            "seed": self.found.seed,
            "evaluations": self.found.evaluations,
            "failed": self.found.failed,
            "baseline_differs": list(self.found.baseline_differs),
            "fictional": self.assessed.fictional,
            "notes": list(self.found.notes),
        }

    def record(self) -> dict[str, Any]:
        """Everything as one JSON object."""
        return self.run() | {name: table.to_dicts() for name, table in self.tables().items()}


def _write(shown: _Shown, out: Path) -> None:
    from remit.assessment.result.outputs import package_of

    files: dict[str, pl.DataFrame | str] = {"sensitivity.json": json_text(shown.run()) + "\n"}
    files |= {f"{name}.csv": table for name, table in shown.tables().items()}
    write_files(out, files, package=package_of("sensitivity", shown.assessed))


def _print(shown: _Shown) -> None:
    assessed, found = shown.assessed, shown.found
    say_if_sample(assessed.fictional)
    say(f"{assessed.framework.name}, {assessed.period.label}, {assessed.mode} scores")
    if shown.code:
        say(f"{shown.code}: {shown.tables()['organisations']['sentence'].item()}")
    for grid in (_scenarios(shown), _influence(shown)):
        grid.show()
    say(f"{found.evaluations:,} league tables were made; {found.failed:,} scores failed.")
    if found.baseline_differs:
        say(
            "Before any change, segment or rank differ from the published ones for: "
            f"{', '.join(found.baseline_differs)}."
        )
    for note in found.notes:
        say(note)


def _scenarios(shown: _Shown) -> Grid:
    import polars as pl

    from remit.cli.tables import Grid

    if shown.code is None:
        grid = Grid("When …", "Segments that change", "Ranks that change", "Largest move")
        columns = ["label", "n_segment_changes", "n_rank_changes", "largest_rank_move"]
        table = shown.found.scenarios
    else:
        grid = Grid("When …", "Score", "Segment", "Rank", "Change of rank")
        columns = ["label", "score", "adjusted_segment", "rank", "rank_change"]
        moves = pl.col("score_change", "segment_change", "rank_change")
        table = shown.tables()["results"].filter(pl.any_horizontal(moves != 0))
        still = shown.found.scenarios.height - table.height
        grid.caption(f"{still} more scenarios change nothing for {shown.code}.")
    rows = table.select(columns).rows()
    for row in rows:
        grid.row(*(_figure(value) for value in row))
    return grid


def _influence(shown: _Shown) -> Grid:
    """Total indices of each choice: of one organisation, or their mean over all."""
    from remit.cli.tables import Grid

    who = shown.code or "mean over organisations"
    grid = Grid("Choice", "Score", "Segment", "Rank", title=f"Share of variance, {who}")
    table = shown.tables()["influence"]
    kept = table.select("choice", "output", "total", "total_error")
    means = kept.group_by("choice", "output", maintain_order=True).mean()
    for (choice,), part in means.group_by("choice", maintain_order=True):
        by_output = {row["output"]: row for row in part.to_dicts()}
        cells = [_share(by_output[name]) for name in ("score", "segment", "rank")]
        grid.row(str(choice), *cells)
    return grid


def _share(row: dict[str, float | None]) -> str:
    total, error = row["total"], row["total_error"]
    return NONE if None in {total, error} else f"{number_words(total)} ± {number_words(error)}"


def _figure(value: object) -> str:
    return number_words(value) if isinstance(value, float | None) else str(value)
