"""How ``remit shift published`` says what it found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from remit.cli.output import say
from remit.model.errors import UnknownCode

if TYPE_CHECKING:
    import polars as pl

    from remit.cli.tables import Grid
    from remit.shift.published.run import PublishedShift


def print_measures(made: PublishedShift, tables: dict[str, pl.DataFrame]) -> None:
    """The measures of England with how ICBs lie and what need changes, then what is not there."""
    from remit.shift.published.words import counted_words, said_of

    say(counted_words(made))
    grid = _measure_grid(made, tables)
    if not grid.is_empty:
        grid.show()
    for name, of in made.found.items():
        if not of.passes:
            say(f"Withheld: {name}. {of.reason}")
    _say_not_there(made)
    for words in said_of(made):
        say(words)


def _measure_grid(made: PublishedShift, tables: dict[str, pl.DataFrame]) -> Grid:
    from remit.cli.tables import Grid
    from remit.shift.published.movement import MOVE_WORDS
    from remit.words.figures import number_words, trimmed_words

    grid = Grid("Measure", "England", "ICBs", "Moves", "Ten places or more by need")
    england = {
        row["measure"]: row
        for row in tables["measures"].filter(level="england", span="year").to_dicts()
    }
    large = _large_moves(tables["ranks"])
    for name, of in made.found.items():
        if of.passes and of.lowest is not None and of.highest is not None:
            row: dict[str, Any] = england.get(name, {})
            spread = f"{trimmed_words(of.lowest)} to {trimmed_words(of.highest)}"
            moves = MOVE_WORDS.get(row.get("moves") or "", "")
            value = number_words(row.get("value"))
            grid.row(of.measure.name, value, spread, moves, large.get(name, ""))
    return grid


def _large_moves(ranks: pl.DataFrame) -> dict[str, str]:
    import polars as pl

    weighted = ranks.filter(pl.col("need_rank").is_not_null())
    counted = weighted.group_by("measure").agg(pl.col("large_move").sum(), pl.len())
    return {name: f"{large} of {of}" for name, large, of in counted.iter_rows()}


def _say_not_there(made: PublishedShift) -> None:
    if made.without_figure:
        names = ", ".join(one.id for one in made.without_figure)
        say(f"No figure of {made.year.label}: {names}.")
    if made.not_read:
        names = ", ".join(one.id for one in made.not_read)
        say(f"Not read yet, {len(made.not_read)}: {names}. What each needs: not_read of --out.")


def print_area(made: PublishedShift, tables: dict[str, pl.DataFrame], code: str) -> None:
    """One ICB: today and tomorrow in a line each, its measures, and what is withheld of it.

    Raises
    ------
    UnknownCode
        If there is no such ICB in the figures.
    """
    from remit.cli.tables import Grid
    from remit.shift.published.movement import MOVE_WORDS
    from remit.shift.published.words import said_of
    from remit.words.figures import number_words

    rows = tables["measures"].filter(org_code=code, level="icb", span="year").to_dicts()
    if not rows:
        raise UnknownCode(f"There is no ICB {code!r} in these figures of {made.year.label}.")
    say(f"{rows[0]['org_name']}, {made.year.label}")
    for line in tables["today_tomorrow"].filter(org_code=code, side="all")["line"]:
        say(line)
    ranks = {row["measure"]: row for row in tables["ranks"].filter(org_code=code).to_dicts()}
    grid = Grid("Measure", "Value", "By need", "Place", "Place by need", "Moves")
    for row in rows:
        if row["status"] == "read":
            rank = ranks[row["measure"]]
            cells = (_place(rank["rank"], rank["of"]), _place(rank["need_rank"], rank["of"]))
            value, need = number_words(row["value"]), number_words(row["need_value"])
            grid.row(row["name"], value, need, *cells, MOVE_WORDS[row["moves"]])
    if not grid.is_empty:
        grid.show()
    for row in rows:
        if row["status"] != "read":
            say(f"Withheld: {row['measure']}. {row['reason'] or 'no figure'}")
    for words in said_of(made):
        say(words)


def _place(rank: int | None, of: int) -> str:
    return "–" if rank is None else f"{rank} of {of}"
