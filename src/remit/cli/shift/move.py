"""``remit move``: what moving a part of a service saves, strands and costs."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from remit.cli.output import format_option, say, say_if_sample

if TYPE_CHECKING:
    from remit.shift.move import MoveResult, ServiceModel

move_app = typer.Typer(
    help="What a move leaves behind: cost that is saved, stranded and shared.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
FolderArgument = Annotated[
    Path, typer.Argument(help="A folder of tables, as `remit move new` writes it.")
]
TEMPLATE = "trust"


@move_app.command("new")
def new(
    folder: Annotated[Path, typer.Argument(help="The folder to write; it is made if need be.")],
    template: Annotated[
        str,
        typer.Option(
            "--template",
            help="trust: five services with every key explained; beds: 100 beds, worked by hand.",
        ),
    ] = TEMPLATE,
) -> None:
    """Write a service-line model to fill in: tables with every key explained.

    The figures are an invented trust's and add up, so that it runs as it is. A file that is there
    already is never written over.
    """
    from remit.catalogue.templates import MOVE_TEMPLATES, move_template
    from remit.cli.options import check_choice
    from remit.files.new_file import write_new_file
    from remit.model.errors import DeclarationError

    check_choice(template, MOVE_TEMPLATES, "--template")
    files = move_template(template)
    for name in files:
        if (folder / name).exists():
            raise DeclarationError(f"{folder / name}: this file exists; name another folder")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            write_new_file(folder / name, text)
    except OSError as error:
        raise DeclarationError(f"{folder}: it cannot be written: {error.strerror}") from None
    say(f"Written to {folder}: {', '.join(files)}.")
    say(f"Fill them in, then run: remit move check {folder}")


@move_app.command("check")
def check(folder: FolderArgument) -> None:
    """Check a service-line model; faults are named by file, line and key."""
    from remit.shift.move import read_model
    from remit.words.money import pounds_words
    from remit.words.sentences import count_words

    model = read_model(folder)
    say_if_sample(model.trust.fictional, "the figures of this model are")
    counts = (
        count_words(len(model.services), "service"),
        count_words(len(model.costs), "cost"),
        count_words(len(model.resources), "shared resource"),
        count_words(len(model.receivers), "receiver"),
    )
    income = sum(one.income_pence for one in model.services.values())
    say(f"{folder}: in order. {model.trust.name}: {', '.join(counts)}.")
    say(f"It spends {pounds_words(model.spent)} a year and earns {pounds_words(income)}.")
    for note in _notes(model):
        say(note)


def _notes(model: ServiceModel) -> list[str]:
    """What a reader should know before the model is run."""
    from remit.words.sentences import listed

    lacking = [one.name for name, one in model.services.items() if name not in model.receivers]
    used = {one.payment for one in model.services.values()}
    unverified = [
        one.name for name, one in model.rules.items() if name in used and not one.verified
    ]
    return [
        *([f"Nobody takes over: {listed(lacking)}."] if lacking else []),
        *([f"Rules of payment that are not verified: {listed(unverified)}."] if unverified else []),
    ]


@move_app.command("run")
def run(
    folder: FolderArgument,
    service: Annotated[str, typer.Option("--service", help="The identifier of the service.")],
    out: Annotated[Path, typer.Option("--out", help="The folder to write to.")],
    share: Annotated[
        str, typer.Option("--share", help="How much of its activity moves, in per cent.")
    ] = "20",
    years: Annotated[int, typer.Option("--years", help="Over how many years, in equal steps.")] = 5,
    payment: Annotated[
        str, typer.Option("--payment", help="A rule of payment instead of the service's own.")
    ] = "",
    capacity: Annotated[
        str,
        typer.Option(
            "--capacity",
            help="existing: the move replaces what stands today; new: need grows as declared, and "
            "the move may stand in for what would be built.",
        ),
    ] = "existing",
    draws: Annotated[
        int, typer.Option("--draws", help="How often the declared ranges are drawn.")
    ] = 1000,
    seed: Annotated[int, typer.Option("--seed", help="The seed of the draws.")] = 1,
    form: Annotated[str, format_option("csv", "parquet")] = "csv",
) -> None:
    """Work out a move: a page for a board, a spreadsheet and tables.

    \b
    remit move run our-trust --service older-people --share 20 --years 5 --out move
    """
    from remit.cli.options import check_choice
    from remit.files.extras import need
    from remit.pages.frame.folders import check_folder
    from remit.shift.move import read_model, run_move

    check_choice(capacity, ("existing", "new"), "--capacity")
    check_folder(out)
    need("packs", "The spreadsheet of a move")
    found = run_move(
        read_model(folder), service, _share(share), years,
        growing=capacity == "new", payment=payment, draws=draws, seed=seed,
    )  # fmt: skip
    _write(found, out, form)
    _print(found)
    say(f"Written to {out}; begin with {out / 'index.html'}.")


def _share(text: str) -> Fraction:
    """A per cent as a share; six decimals are enough, and no power of ten is worked out."""
    from remit.model.errors import AssessmentError

    found = re.fullmatch(r"(\d{1,3}(?:\.\d{1,6})?)%?", text.strip(), re.ASCII)
    if found is None:
        raise AssessmentError(f"--share takes a per cent such as 20 or 12.5; got {text!r}")
    return Fraction(found[1]) / 100


def _print(found: MoveResult) -> None:
    from remit.cli.tables import Grid
    from remit.shift.move.words import move_claim, move_summary, move_title
    from remit.words.figures import trimmed_words
    from remit.words.money import short_pounds

    say_if_sample(found.model.trust.fictional, "the figures of this model are")
    say(f"{move_title(found)}.")
    say(move_claim(found))
    for sentence in move_summary(found):
        say(sentence)
    grid = Grid("Year", "Moved", "Saved", "Stranded", "Trust", "System", "So far")
    for one in found.years:
        sums = (one.saved, one.stranded, one.trust_net, one.system_net)
        grid.row(
            str(one.year), f"{trimmed_words(float(one.share) * 100, 1)}%",
            *map(short_pounds, (*sums, one.cumulative)),
        )  # fmt: skip
    grid.show()


def _write(found: MoveResult, out: Path, form: str) -> None:
    """Write all files into a folder beside, which then takes the place of ``out``."""
    from remit.catalogue.outputs import load_output
    from remit.exports.move_sheets import write_move_sheets
    from remit.files.datapackage import Package, PackageSource
    from remit.files.jsons import json_text
    from remit.files.outputs import fresh_folder, write_files
    from remit.pages.frame.folders import SiteError, note_files
    from remit.pages.shift.move_site import write_move_pages
    from remit.shift.move.tables import move_record, move_tables

    tables = {f"{name}.{form}": table for name, table in move_tables(found).items()}
    sources = [PackageSource(name, sha256=sha) for name, sha in found.model.files.items()]
    package = Package(
        load_output("move"), sources, found.model.trust.fictional, beside=("move.xlsx",)
    )
    try:
        with fresh_folder(out.resolve()) as fresh:
            write_move_pages(found, fresh, [*tables, "move.json", "move.xlsx"])
            write_move_sheets(found, fresh / "move.xlsx")
            record = json_text(move_record(found))
            write_files(fresh, {**tables, "move.json": record}, package=package)
            note_files(fresh)
    except OSError as error:
        raise SiteError(f"{out}: the move cannot be written: {error.strerror or error}") from None
