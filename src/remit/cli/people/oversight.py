"""``remit oversight``: one plan for an organisation, that the region and the ICB can agree."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from remit.cli.options import parse_day
from remit.cli.output import say
from remit.files.extras import need
from remit.files.outputs import fresh_folder, write_files

if TYPE_CHECKING:
    from remit.asks import AskRegister, SharedRisk
    from remit.asks.register.records import ImportReport
    from remit.files.datapackage import Package
    from remit.model.ask import Ask, AskDecision, AskFriction
    from remit.oversight import Plan
    from remit.remits import SubjectOf

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
_FAULTS_SHOWN = 10
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
    register: Annotated[
        Path | None,
        typer.Option(
            "--register", help="A register of asks. [env: REMIT_ASKS; default: asks.sqlite]"
        ),
    ] = None,
    on: Annotated[
        str | None, typer.Option("--on", help="The day (YYYY-MM-DD) whose remits count.")
    ] = None,
    next_board: NextBoardOption = None,
    local: Annotated[
        list[Path] | None, typer.Option("--local", help="An agreement of your own; repeatable.")
    ] = None,
    rules: Annotated[
        Path | None, typer.Option("--rules", help="How plans are made, instead of Remit's rules.")
    ] = None,
    fictional: Annotated[
        bool, typer.Option("--fictional", help="Say on every output that all of it is invented.")
    ] = False,
) -> None:
    """Write the plan of an organisation: a page, a spreadsheet, a letter draft, CSV and JSON.

    Asks come from a register, or from plain files; an organisation that the register of
    organisations lacks is then taken as the file names it, and marked.
    """
    from remit.cli.people.who import agreements_of
    from remit.oversight import load_rules, make_plan, match_asks
    from remit.oversight.words import summary
    from remit.pages.frame.folders import check_folder

    check_folder(out)
    need("packs", "The spreadsheet and the letter of a plan")
    found = _gather(asks, register)
    wanted = code.strip().upper()
    day = parse_day(on, "--on") or date.today()
    _check_asked(wanted, found, day)
    loaded = load_rules(rules)
    matched = match_asks(found.asks, found.decisions)
    made = make_plan(
        found.asks,
        matched,
        _subject(wanted, found.asks, day),
        day,
        loaded,
        frictions=found.frictions,
        risks=found.risks,
        agreements=agreements_of(local, loaded.remit_map),
        fictional=fictional,
        next_board=parse_day(next_board, "--next-board"),
    )
    _write(made, out, found.sources)
    say(summary(made))
    for note in (*made.notes, *matched.notes, *found.notes):
        say(note)
    say(f"Written to {out}; begin with {out / 'index.html'}.")
    raise typer.Exit(1 if found.rejected else 0)


class _Found:
    """The asks at hand and what people entered about them."""

    def __init__(self) -> None:
        self.asks: list[Ask] = []
        self.decisions: list[AskDecision] = []
        self.frictions: list[AskFriction] = []
        self.risks: list[SharedRisk] = []
        self.notes: list[str] = []
        self.rejected = 0
        self.sources: list[Path] = []


def _gather(files: list[Path] | None, register: Path | None) -> _Found:
    import os

    from remit.asks import open_register
    from remit.cli.asks.screen import say_unscreened
    from remit.files.reading import is_there
    from remit.model.errors import AskError

    found = _Found()
    if files:
        with open_register(None) as held:
            for path in files:
                report = _import(held, path)
                found.sources.append(path)
                found.rejected += len(report.rejections) + report.unread
                found.notes += [
                    f"{path}, line {one.line}, {one.column}: {one.reason}"
                    for one in report.rejections
                ]
                found.notes += [f"{path}: {note}" for note in report.notes if report.unread]
            _take(held, found)
        if register is None:
            return found
    named = register or Path(os.environ.get("REMIT_ASKS", "asks.sqlite"))
    if not is_there(named):
        raise AskError(f"{named}: there is no register of asks; name one with --register, or a "
                       "list with --asks")  # fmt: skip
    with open_register(named, read_only=True) as held:
        found.sources.append(named)
        say_unscreened(held)
        _take(held, found)
    return found


def _import(held: AskRegister, path: Path) -> ImportReport:
    """Take a plain file in; one whose columns are not known goes by way of a register."""
    from remit.asks import import_file
    from remit.model.errors import AskError

    try:
        return import_file(held, path)
    except AskError as error:
        if "--mapping" not in str(error):
            raise
        raise AskError(
            f"{error}. `remit asks import` takes --mapping; then name the register with --register"
        ) from None


def _check_asked(code: str, found: _Found, day: date) -> None:
    """Refuse a plan without asks, with what is wrong in the files before what is asked for.

    Raises
    ------
    AskError
        If nothing is asked of the organisation, by its code or by its name.
    """
    from remit.model.errors import AskError, UnknownCode
    from remit.register import load_register
    from remit.remits import find_subject

    asked = sorted({ask.to_org_code for ask in found.asks})
    if code in asked:
        return
    where = " and ".join(str(path) for path in found.sources)
    said = f"{where} holds no asks of {code}, nor of anybody else"
    if asked:
        said = f"{where}: nothing is asked of {code}; asks are there for: {', '.join(asked[:12])}"
        try:
            if find_subject(load_register(), code, day).code in asked:
                return
        except UnknownCode:
            said = f"{said}. There is no organisation {code!r} on the register either"
    raise AskError("\n".join([*_faults_told(found), said]))


def _faults_told(found: _Found) -> list[str]:
    """The first rows that were rejected, and how many more there are."""
    more = len(found.notes) - _FAULTS_SHOWN
    told = found.notes[:_FAULTS_SHOWN]
    return [*told, f"{more} more rows are rejected"] if more > 0 else told


def _take(held: AskRegister, found: _Found) -> None:
    from remit.asks import decisions, frictions, risks

    found.asks += held.asks()
    found.decisions += decisions(held)
    found.frictions += frictions(held)
    found.risks += risks(held)


def _subject(code: str, asks: list[Ask], day: date) -> SubjectOf:
    """The organisation as the register knows it, or else as the asks name it."""
    from remit.register import load_register
    from remit.remits import find_subject, outside_subject

    register = load_register()
    names = [ask.to_org_name for ask in asks if ask.to_org_code == code and ask.to_org_name]
    named = any(ask.to_org_code == code for ask in asks)
    if register.find(code) is not None or not named:
        return find_subject(register, code, day)
    return outside_subject(code, max(names, key=names.count) if names else code)


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
