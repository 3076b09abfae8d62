"""``remit annual new``: a folder to fill in, with every key explained."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from remit.cli.options import AsAtOption, StoreOption, parse_day
from remit.cli.output import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from remit.model.annual import AnnualYear
    from remit.model.annual_records import AssessedIcb, Concern, Evidence, FrozenFigure
    from remit.model.organisation import Organisation


def new(
    folder: Annotated[Path, typer.Argument(help="The folder to write; it is made if need be.")],
    year: Annotated[
        str, typer.Option("--year", help="The year: 2022-23 to 2026-27, or a file of your own.")
    ],
    region: Annotated[
        str, typer.Option("--region", help="A region's code: all its ICBs are assessed.")
    ] = "",
    icb: Annotated[
        list[str] | None, typer.Option("--icb", help="An ICB's code; repeatable.")
    ] = None,
    last_year: Annotated[
        Path | None,
        typer.Option("--last-year", help="Last year's folder: its open concerns are carried over."),
    ] = None,
    store: StoreOption = None,
    as_at: AsAtOption = None,
) -> None:
    """Write a folder of plain files for a year's assessment, with every key explained.

    With last year's folder its open concerns come along, each under every ICB that has the work
    of the ICB it was about. With a store the figures of the year are frozen, and those that changed
    beyond chance are proposed as evidence, for each ICB and heading, with the two groups of people
    (by deprivation, age, ethnicity) that are furthest apart. A file that is there already is never
    written over.
    """
    from remit.annual.starting import new_files
    from remit.annual.years import load_year
    from remit.model.annual_records import AssessedIcb
    from remit.words.sentences import count_words

    declared = load_year(year)
    named = _named(declared, region, icb or [])
    icbs = [AssessedIcb(code=one.code, name=one.name_on(declared.ends)) for one in named]
    concerns = _carried(last_year, icbs)
    figures, without = _frozen(store, declared, [one.code for one in icbs], as_at)
    evidence = _proposed(figures, declared)
    _write(
        folder,
        new_files(
            declared,
            icbs,
            region=region.upper(),
            fictional=all(one.fictional for one in named),
            last_year=_from(folder, last_year),
            concerns=concerns,
            evidence=evidence,
            figures=figures,
        ),
    )
    if store:
        everybody = sum(not one.cut for one in figures)
        changed = sum(not one.cut for one in evidence)
        say(
            f"{count_words(everybody, 'figure')} frozen; "
            f"{count_words(changed, 'figure')} that changed beyond chance proposed."
        )
        _say_groups(declared, figures, without)
    if last_year:
        say(f"{count_words(len(concerns), 'open concern')} of last year to answer.")
    if declared.guidance_note:
        say(declared.guidance_note)
    say(f"Fill them in, then run: remit annual check {folder} --out faults")


def _frozen(
    store: Path | None, year: AnnualYear, codes: list[str], as_at: str | None
) -> tuple[list[FrozenFigure], tuple[str, ...]]:
    """The figures of the year, those of groups beside what changed; ICBs that have no groups."""
    if store is None:
        return [], ()
    from remit.annual.from_store import changed_beyond_chance, frozen_figures
    from remit.annual.groups import group_figures
    from remit.store import Store

    day = parse_day(as_at, "--as-at")
    with Store.open(store, read_only=True, must_exist=True) as held:
        figures = frozen_figures(held, codes, year, as_at=day)
        groups = group_figures(held, changed_beyond_chance(figures), year, as_at=day)
    return [*figures, *groups.figures], groups.without


def _say_groups(year: AnnualYear, figures: list[FrozenFigure], without: tuple[str, ...]) -> None:
    """Say how many figures of groups stand beside what changed, and of whom there are none."""
    from remit.words.sentences import count_words, listed

    count = sum(bool(one.cut) for one in figures)
    names = listed([one.name for one in year.inequality], "or")
    if count:
        say(f"{count_words(count, 'figure')} by {names} beside them, now and a year before.")
    if without:
        say(
            f"The store has no figures by {names} of what changed for {listed(without)}: nothing "
            "is proposed on inequality beside it."
        )


def _proposed(figures: list[FrozenFigure], year: AnnualYear) -> list[Evidence]:
    if not figures:
        return []
    from remit.annual.from_store import proposed_evidence

    return proposed_evidence(figures, year)


def _carried(last_year: Path | None, icbs: list[AssessedIcb]) -> list[Concern]:
    """Last year's open concerns under the ICBs of this year."""
    from remit.annual.carrying import concerns_for
    from remit.annual.folder import read_assessment
    from remit.annual.succession import heirs_among

    if last_year is None:
        return []
    return concerns_for(read_assessment(last_year), lambda code: heirs_among(icbs, code))


def _from(folder: Path, last_year: Path | None) -> str:
    """Last year's folder as it is found from the new one."""
    if last_year is None:
        return ""
    return Path(os.path.relpath(last_year, folder)).as_posix()


def _named(year: AnnualYear, region: str, codes: list[str]) -> list[Organisation]:
    """The ICBs that are named, or those of a region that were open on the last day of the year."""
    from remit.model.errors import AnnualError
    from remit.register import load_register

    register = load_register()
    if codes:
        found = [register.get(code.upper()) for code in codes]
    elif region:
        members = register.members(region.upper(), year.ends)
        found = [one for one in members if one.type == "icb"]
    else:
        raise AnnualError("say whose assessment it is: --region CODE, or --icb CODE")
    if not found:
        raise AnnualError(f"--region {region}: no ICB of it was open on {year.ends}; give --icb")
    return found


def _write(folder: Path, files: Mapping[str, str]) -> None:
    from remit.files.new_file import write_new_file
    from remit.model.errors import AnnualError

    for name in files:
        if (folder / name).exists():
            raise AnnualError(f"{folder / name}: this file exists; name another folder")
    try:
        for name, text in files.items():
            write_new_file(folder / name, text)
    except OSError as error:
        raise AnnualError(f"{folder}: it cannot be written: {error.strerror}") from None
    say(f"Written to {folder}: {', '.join(files)}.")
