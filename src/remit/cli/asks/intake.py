"""``remit asks import`` and ``undo``: what goes into the register, and out of it again."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from remit.cli.asks.calendar import print_rejections
from remit.cli.asks.options import (
    DEFAULT_REGISTER,
    DryRunOption,
    RegisterOption,
    SendersOption,
    YesOption,
    as_day,
    day_option,
    is_confirmed,
    print_rows,
    say_hanging,
)
from remit.cli.asks.screen import doubt_in_words
from remit.cli.exit_codes import DONE, DONE_WITH_FINDINGS
from remit.cli.output import TextCsvOrJson, say
from remit.cli.progress import counting
from remit.files.reading import is_there
from remit.model.errors import AskError, RemitError
from remit.words.sentences import count_words

if TYPE_CHECKING:
    from remit.asks.register import AskRegister, ImportReport
    from remit.asks.register.files import ImportOptions

_SHOWN_BODIES = 6
_ACCOUNT = (
    *("import_id", "file_name", "rows_read", "accepted", "there_already", "set_aside"),
    *("rejected", "meetings"),
)

MappingOption = Annotated[
    list[str] | None,
    typer.Option(
        "--mapping", help="HEADING=column, where a heading is not guessed right; HEADING= for none."
    ),
]
ToOrgOption = Annotated[
    str | None,
    typer.Option("--to-org", help="Who is asked, where a file does not say: a code, as RYJ."),
]
OwnOption = Annotated[
    str | None,
    typer.Option("--own", help="Your own mail domain: what comes from it is no ask of you."),
]
FirstOption = Annotated[datetime | None, day_option("--from", "First day of a calendar.")]
LastOption = Annotated[datetime | None, day_option("--to", "Last day of a calendar.")]
AttachmentsOption = Annotated[
    bool,
    typer.Option(
        "--attachments",
        help="Read the PDF, Word and Excel files of messages too; not those with patients.",
    ),
]
KeepTextOption = Annotated[
    bool,
    typer.Option(
        "--keep-text",
        help="Keep texts as they came, names and all; else their words only.",
    ),
]


def import_(
    files: Annotated[
        list[Path],
        typer.Argument(help="Lists (.csv, .xlsx), calendars (.ics), messages (.eml, .mbox)."),
    ],
    register: RegisterOption = DEFAULT_REGISTER,
    mapping: MappingOption = None,
    yes: Annotated[bool, typer.Option("--yes", help="Confirm the guessed columns.")] = False,
    to_org: ToOrgOption = None,
    own: OwnOption = None,
    first: FirstOption = None,
    last: LastOption = None,
    attachments: AttachmentsOption = False,
    keep_text: KeepTextOption = False,
    senders: SendersOption = None,
    dry_run: DryRunOption = False,
) -> None:
    """Take asks into the register; what is there already is completed, and never replaced.

    Each file is kept by itself: if a later one is refused, those before it stay, and it is said
    which were kept, refused and not looked at.

    Addresses become bodies and teams; names, signatures and numbers are taken out of texts. Every
    row, message or event is accepted, there already, set aside or rejected with its place and
    reason. The columns of a list are guessed and shown; once confirmed they are remembered for
    lists with the same headings.

    \b
    remit asks import log.xlsx --yes
    remit asks import log.csv --mapping "Date in=received_on" --to-org ZA1
    remit asks import inbox.mbox --to-org ZA1 --own ztrust.example
    remit asks import diary.ics --to-org ZA1 --from 2025-09-01 --to 2025-11-30
    """
    from remit.asks.intake.mapping import parse_pairs
    from remit.asks.register.files import ImportOptions
    from remit.asks.senders import load_senders
    from remit.files.extras import need

    options = ImportOptions(
        mapping=parse_pairs(mapping or []),
        to_org=to_org,
        own=own,
        first=as_day(first),
        last=as_day(last),
        attachments=attachments,
        keep_text=keep_text,
        senders=load_senders(*(senders or [])),
        tell=counting,
    )
    if attachments:
        need("attachments", "Attachments of messages")
    _warn_of_unknown(to_org)
    rejected = 0
    with ExitStack() as held:
        opened = _Opened(register, held, dry_run=dry_run)
        for index, path in enumerate(files):
            try:
                report = _import_one(opened, path, options, confirmed=yes, dry_run=dry_run)
            except RemitError as error:
                raise _stopped(error, files, index, dry_run=dry_run) from None
            _print(report)
            rejected += len(report.rejections) + report.unread
    if dry_run:
        say("This was a dry run: nothing was kept.")
    raise typer.Exit(DONE_WITH_FINDINGS if rejected else DONE)


class _Opened:
    """The register, made only when a file was read and is to be taken in.

    Until then files are read against an empty one in memory, so that one that is refused leaves no
    new register behind.
    """

    def __init__(self, path: Path, held: ExitStack, *, dry_run: bool) -> None:
        self._path, self._held = path, held
        self._in_memory_only = dry_run and not is_there(path)
        self._found: AskRegister | None = None

    def to_read(self) -> AskRegister:
        from remit.asks.register import check_not_forgotten, open_register

        if self._found is None and (self._in_memory_only or not is_there(self._path)):
            check_not_forgotten(self._path)
            none_yet = self._held.enter_context(open_register(None))
            if self._in_memory_only:
                self._found = none_yet
            return none_yet
        return self.to_write()

    def to_write(self) -> AskRegister:
        from remit.asks.register import open_register

        if self._found is None:
            self._found = self._held.enter_context(open_register(self._path))
        return self._found


def _import_one(
    opened: _Opened, path: Path, options: ImportOptions, *, confirmed: bool, dry_run: bool
) -> ImportReport:
    """Import a file; on a terminal a guessed mapping is shown and confirmed there."""
    from remit.asks.register.files import UnsureMapping, read_file, take_file

    try:
        brought = read_file(opened.to_read(), path, options, confirmed=confirmed)
    except UnsureMapping as unsure:
        if not sys.stdin.isatty():
            raise
        say(f"{path}: the columns are guessed as\n{unsure.guessed}", err=True)
        if not typer.confirm("Is that right?", err=True):
            raise
        brought = read_file(opened.to_read(), path, options, confirmed=True)
    return take_file(opened.to_write(), brought, options, dry_run=dry_run)


def _stopped(error: RemitError, files: list[Path], index: int, *, dry_run: bool) -> RemitError:
    """Why an import stopped and, where there were several files, what became of each."""
    if len(files) == 1:
        return error
    groups = (
        ("would be kept" if dry_run else "kept", files[:index]),
        ("refused", files[index : index + 1]),
        ("not looked at", files[index + 1 :]),
    )
    account = "; ".join(f"{what}: {', '.join(map(str, of))}" for what, of in groups if of)
    return AskError(f"{error}\nEach file is kept by itself. {account[0].upper()}{account[1:]}.")


def _warn_of_unknown(to_org: str | None) -> None:
    """A recipient whom no register of organisations has is taken, since it may be a local code."""
    from remit.register import load_register

    code = (to_org or "").strip().upper()
    known = load_register()
    if code and known.find(code) is None:
        near = ", ".join(f"{one.code} ({one.name})" for one in known.nearest(code))
        say(
            f"--to-org {code}: no organisation that Remit knows has this code; it is taken as it "
            f"is. Nearest: {near}.",
            err=True,
        )


def _print(report: ImportReport) -> None:
    aside = f", set aside {report.aside} (no asks of their own)" if report.aside else ""
    say(
        f"{report.file_name}: read {report.rows_read}; accepted {report.accepted}, "
        f"there already {report.repeated}{aside}, rejected {len(report.rejections)}."
    )
    said = (
        (report.meetings, f"{count_words(report.meetings, 'meeting')} kept"),
        (report.follow_ups, f"{report.follow_ups} chase an earlier message, and are no new asks"),
        (report.attachments, _attachments_in_words(report)),
        (report.attachments_read and report.repeated, _WITHOUT_FILES),
        (report.removed, f"{report.removed} names, addresses and numbers taken out of texts"),
        (report.accepted or report.meetings, doubt_in_words(report.doubtful).rstrip(".")),
    )
    for line in [*(text for count, text in said if count), *report.notes]:
        say(f"  {line}")
    bodies = [f"{body} {count}" for body, count in report.bodies[:_SHOWN_BODIES]]
    if bodies:
        more = len(report.bodies) - len(bodies)
        say(f"  asked by: {', '.join(bodies)}{f', and {more} more' if more else ''}")
    print_rejections(report.rejections, values=True)


_WITHOUT_FILES = (
    "messages that were there already stay as they were, without the words of their attachments; "
    "take them out (remit asks undo, or remit asks remove) and import them again"
)


def _attachments_in_words(report: ImportReport) -> str:
    """How many files hung on messages, and how many of them were read."""
    hung = count_words(report.attachments, "attachment")
    read = f"{report.attachments_read} of them read" if report.attachments_read else "not read"
    return f"{hung} counted, {read}"


def undo(
    register: RegisterOption = DEFAULT_REGISTER,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Take back the last import: its asks, meetings and rejections.

    What it replaced comes back. Actions, decisions and frictions that name its asks stay; how many
    there are is said. On a terminal you are asked first; --dry-run only says what would be done.
    """
    from remit.asks.register import asks_of_import, hanging_on, open_register
    from remit.asks.register import undo as take_back

    with open_register(register) as opened:
        last = take_back(opened, dry_run=True)
        left = hanging_on(opened, asks_of_import(opened, last.import_id))
        what = (
            f"{last.file_name} of {last.imported_at:%Y-%m-%d %H:%M} UTC, with "
            f"{count_words(last.accepted, 'ask', none='0')} and "
            f"{count_words(last.meetings, 'meeting', none='0')}"
        )
        told = f"To be taken back: {what}."
        if not is_confirmed(told, "Take it back?", unasked=dry_run or yes, left=left):
            say("Nothing was taken back.")
            return
        if not dry_run:
            take_back(opened, only=last)
    say(f"{'Would be taken back' if dry_run else 'Taken back'}: {what}.")
    say_hanging(left, dry_run=dry_run)


def imports(
    register: RegisterOption = DEFAULT_REGISTER,
    rejections: Annotated[
        bool, typer.Option("--rejections", help="List the rejected rows instead.")
    ] = False,
    output: TextCsvOrJson = "text",
) -> None:
    """List what was imported, with the account of its rows.

    Rows read are those accepted, there already, set aside (events that are no asks) and rejected.
    """
    from dataclasses import asdict

    from remit.asks.register import imports as imported
    from remit.asks.register import open_register
    from remit.asks.register import rejections as rejected

    with open_register(register, read_only=True) as opened:
        if rejections:
            names = ("file", "line", "column", "value", "reason")
            rows = [dict(zip(names, row, strict=True)) for row in rejected(opened)]
            print_rows(rows, output, names)
            return
        found = [_account(asdict(record)) for record in imported(opened)]
    print_rows(found, output, _ACCOUNT)


def _account(record: dict[str, Any]) -> dict[str, Any]:
    """An import under the names of the screens; what was set aside is what is left of its rows."""
    values = record | {"there_already": record.pop("repeated")}
    taken = ("accepted", "there_already", "rejected")
    values["set_aside"] = values["rows_read"] - sum(values[name] for name in taken)
    first = {name: values[name] for name in _ACCOUNT}
    return first | {name: value for name, value in values.items() if name in record}
