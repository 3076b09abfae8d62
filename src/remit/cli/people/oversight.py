"""``remit oversight``: one plan for an organisation, that the region and the ICB can agree."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from remit.cli.asks.options import CatalogueOption, GlossaryOption, brought
from remit.cli.output import say
from remit.files.extras import need
from remit.files.outputs import fresh_folder, write_files

if TYPE_CHECKING:
    from remit.files.datapackage import Package
    from remit.oversight import Plan

oversight_app = typer.Typer(
    help="One oversight plan for an organisation: who leads, what merges, what ends.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
oversight_app.callback()(lambda: None)
NextBoardOption = Annotated[
    str | None,
    typer.Option(
        "--next-board", help="The day of the next board (YYYY-MM-DD): what is due before it."
    ),
]
DayOfPlanOption = Annotated[
    str | None, typer.Option("--on", help="The day (YYYY-MM-DD) whose remits count.")
]
LocalOption = Annotated[
    list[Path] | None, typer.Option("--local", help="An agreement of your own; repeatable.")
]
RulesOption = Annotated[
    Path | None, typer.Option("--rules", help="How plans are made, instead of Remit's rules.")
]
RegisterOption = Annotated[
    Path | None,
    typer.Option("--register", help="A register of asks. [env: REMIT_ASKS; default: asks.sqlite]"),
]
_FILES = (
    ("plan.xlsx", "Spreadsheet"),
    ("letter.docx", "Draft letter"),
    ("plan.csv", "Asks as CSV"),
    ("plan.json", "Plan as JSON"),
)


@oversight_app.command("plan")
def plan(
    code: Annotated[str, typer.Argument(help="The organisation's code, as the asks have it.")],
    out: Annotated[Path, typer.Option("--out", help="The folder to write to.")],
    asks: Annotated[
        list[Path] | None,
        typer.Option("--asks", help="A list of asks (CSV or Excel); repeatable."),
    ] = None,
    register: RegisterOption = None,
    decisions: Annotated[
        Path | None,
        typer.Option(
            "--decisions", help="What people decided, as `remit asks decide --format csv` has it."
        ),
    ] = None,
    on: DayOfPlanOption = None,
    next_board: NextBoardOption = None,
    local: LocalOption = None,
    rules: RulesOption = None,
    catalogue: CatalogueOption = None,
    glossary: GlossaryOption = None,
    fictional: Annotated[
        bool, typer.Option("--fictional", help="Say on every output that all of it is invented.")
    ] = False,
) -> None:
    """Write the plan of an organisation: a page, a spreadsheet, a letter draft, CSV and JSON.

    Asks come from a register, or from plain files; an organisation that the register of
    organisations lacks is then taken as the file names it, and marked.
    """
    from remit.cli.people.oversight_asks import gather, planned
    from remit.oversight.words import summary
    from remit.pages.frame.folders import check_folder

    check_folder(out)
    need("packs", "The spreadsheet and the letter of a plan")
    with brought(catalogue, glossary):
        found = gather(asks, register, decisions)
        made, matched = planned(
            code, found, on, rules=rules, local=local, fictional=fictional, next_board=next_board
        )
        _write(made, out, found.sources)
    say(summary(made))
    for note in (*made.notes, *matched.notes, *found.notes):
        say(note)
    say(f"Written to {out}; begin with {out / 'index.html'}.")
    raise typer.Exit(1 if found.rejected else 0)


@oversight_app.command("confirm")
def confirm(
    code: Annotated[str, typer.Argument(help="The organisation's code, as the asks have it.")],
    ask_ids: Annotated[
        list[str] | None, typer.Argument(help="Asks of its plan whose proposals are confirmed.")
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Every proposal of the plan, instead of asks by name.")
    ] = False,
    take_back: Annotated[
        bool, typer.Option("--take-back", help="Take back what was confirmed.")
    ] = False,
    by: Annotated[str | None, typer.Option("--by", help="The role of who decides.")] = None,
    note: Annotated[str | None, typer.Option("--note", help="Why.")] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be done; keep nothing.")
    ] = False,
    on: DayOfPlanOption = None,
    local: LocalOption = None,
    rules: RulesOption = None,
    register: RegisterOption = None,
    catalogue: CatalogueOption = None,
    glossary: GlossaryOption = None,
) -> None:
    """Confirm what a plan proposes: then asks end or merge, and their hours count as saved.

    Each is kept in the register as a decision (`remit asks decide` lists them all): what answers
    the ask, or that it is the same as another. Make the plan again to see it, with the same
    catalogue and glossary of your own.

    \b
    remit oversight confirm ZA1 A03 A07 --by "company secretary" --dry-run
    remit oversight confirm ZA1 A03 --take-back
    """
    from remit.cli.people.oversight_asks import gather, planned, register_at
    from remit.cli.people.oversight_confirm import keep, undo
    from remit.oversight.confirming import proposals

    if everything == bool(ask_ids):
        raise typer.BadParameter("name the asks, or give --all")
    with brought(catalogue, glossary):
        made, _ = planned(code, gather(None, register), on, rules=rules, local=local)
        found = proposals(made, ask_ids or ())
        if take_back:
            undo(register_at(register), found, dry_run=dry_run)
        else:
            keep(register_at(register), found, (by, note), dry_run=dry_run)


def _write(made: Plan, out: Path, sources: list[Path]) -> None:
    """Write all files into a folder beside, which then takes the place of ``out``."""
    from remit.exports.oversight_letter import write_letter
    from remit.exports.oversight_sheets import write_plan_sheets
    from remit.pages.frame.folders import SiteError, note_files
    from remit.pages.oversight.view import plan_csv, plan_json, write_plan_pages

    target = out.resolve()
    try:
        with fresh_folder(target) as fresh:
            write_plan_pages(made, fresh, _FILES)
            write_plan_sheets(made, fresh / "plan.xlsx")
            write_letter(made, fresh / "letter.docx")
            tables = {"plan.csv": plan_csv(made), "plan.json": plan_json(made)}
            write_files(fresh, tables, package=_package(made, sources))
            note_files(fresh)
    except OSError as error:
        raise SiteError(f"{out}: the plan cannot be written: {error.strerror or error}") from None


def _package(made: Plan, sources: list[Path]) -> Package:
    from remit.catalogue.outputs import load_output
    from remit.files.datapackage import Package, PackageSource

    named = [PackageSource(path.name) for path in sources]
    return Package(load_output("plan"), named, made.fictional, ("plan.xlsx", "letter.docx"))
