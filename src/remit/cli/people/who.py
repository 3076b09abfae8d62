"""``remit who``: who answers to whom for what, on a day; overlaps, gaps and what changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from remit.cli.options import parse_day
from remit.cli.output import TextCsvOrJson, say
from remit.cli.people.who_output import (
    print_answer,
    print_changes,
    print_gaps,
    print_meant,
    print_notes,
    print_overlaps,
    print_overview,
    print_records,
)
from remit.cli.people.who_targets import print_targets
from remit.words.sentences import count_words

if TYPE_CHECKING:
    from remit.remits import Agreement, Answer, RemitMap, SubjectOf

who_app = typer.Typer(
    help="Who answers to whom for what, on a day; overlaps, gaps and what changed.",
    rich_markup_mode=None,
)
ToOption = Annotated[
    str,
    typer.Option("--to", help="A code or a name of a trust or an ICB, or a kind of trust."),
]
OnOption = Annotated[
    str | None, typer.Option("--on", help="The day (YYYY-MM-DD); today if left out.")
]
ProposedOption = Annotated[
    bool,
    typer.Option("--proposed", help="Also what is only proposed; a future day shows it anyway."),
]
LocalOption = Annotated[
    list[Path] | None,
    typer.Option("--local", help="An agreement of your own, laid over the map; repeatable."),
]


@who_app.callback(invoke_without_command=True)
def who(
    context: typer.Context,
    function: Annotated[
        str | None, typer.Option("--function", help="Such as finance; without it, all leads.")
    ] = None,
    to: ToOption = "trust",
    on: OnOption = None,
    proposed: ProposedOption = False,
    local: LocalOption = None,
    output: TextCsvOrJson = "text",
) -> None:
    """Who does what about a function at an organisation, on a day.

    Without a function: who leads on each, at the organisation.
    """
    if context.invoked_subcommand is not None:
        if function or on or proposed or local or to != "trust" or output != "text":
            raise typer.BadParameter(
                f"options stand after the subcommand: remit who {context.invoked_subcommand} --to …"
            )
        return
    from remit.remits import who as ask

    question = _question(to, on, proposed, local)
    if function is None:
        print_overview(question.answers(proposed=question.proposed), output)
        return
    meant = question.remit_map.understood(function)
    answer = ask(
        question.remit_map,
        meant.function,
        question.subject,
        question.on,
        proposed=question.proposed,
        agreements=question.agreements,
    )
    print_answer(question.remit_map, answer, output, meant)


@who_app.command("diff")
def diff(
    first: Annotated[str, typer.Argument(help="The earlier day (YYYY-MM-DD).")],
    second: Annotated[str, typer.Argument(help="The later day.")],
    to: ToOption = "trust",
    function: Annotated[str | None, typer.Option("--function", help="One function only.")] = None,
    proposed: ProposedOption = False,
    output: TextCsvOrJson = "text",
) -> None:
    """What changed between two days: remits that began, ended or passed to another body."""
    from remit.remits import difference, load_map

    earlier, later = _day(first), _day(second)
    meant = load_map().understood(function) if function else None
    if later < earlier:
        raise typer.BadParameter(f"give the earlier day first: remit who diff {second} {first}")
    answers = []
    for day in (first, second):
        question = _question(to, day, proposed, None)
        everyone = question.answers(proposed=question.proposed)
        answers.append([a for a in everyone if meant is None or a.function == meant.function])
    print_meant(meant, output)
    print_changes(answers[0][0], answers[1][0], difference(*answers), output)


@who_app.command("overlaps")
def overlaps(
    to: ToOption = "trust",
    on: OnOption = None,
    everything_found: Annotated[
        bool, typer.Option("--all", help="Also overlaps that nobody documented.")
    ] = False,
    local: LocalOption = None,
    output: TextCsvOrJson = "text",
) -> None:
    """Where two bodies call one organisation to account for the same function."""
    from remit.remits import overlaps as find_overlaps

    asked = _question(to, on, False, local)
    answers = asked.answers()
    found = find_overlaps(asked.remit_map, answers)
    shown = [one for one in found if everything_found or one.evidence]
    print_overlaps(asked.subject, asked.on, shown, len(found) - len(shown), output)
    print_notes(answers[0], output)


@who_app.command("targets")
def targets(to: ToOption = "trust", on: OnOption = None, output: TextCsvOrJson = "text") -> None:
    """How many standards and goals bind an organisation on a day, which, and who set them.

    --to also takes a region's code, or ENG for England as a whole.

    \b
    remit who targets --to RYJ --on 2025-06-30
    remit who targets --to icb --on 2026-06-30 --format csv
    """
    print_targets(to, on, output)


@who_app.command("gaps")
def gaps(
    to: ToOption = "trust",
    on: OnOption = None,
    local: LocalOption = None,
    output: TextCsvOrJson = "text",
) -> None:
    """Functions that nobody clearly holds: no body, an unclear owner, or no lead."""
    from remit.remits import gaps as find_gaps

    asked = _question(to, on, False, local)
    answers = asked.answers()
    print_gaps(answers, find_gaps(asked.remit_map, answers), output)
    print_notes(answers[0], output)


@who_app.command("bodies")
def bodies(output: TextCsvOrJson = "text") -> None:
    """List the bodies of the map, with the words by which they can be named."""
    from remit.remits import load_map

    found = load_map().bodies.values()
    rows = [
        {
            "id": body.id,
            "name": body.name,
            "level": body.level.value,
            "also": "; ".join(body.aliases),
            "proposed_end": body.proposed_end.says if body.proposed_end else "",
        }
        for body in found
    ]
    print_records(rows, output)


@who_app.command("functions")
def functions(output: TextCsvOrJson = "text") -> None:
    """List the functions of the map, with the words by which they can be named."""
    from remit.remits import load_map

    found = load_map().functions.values()
    rows = [
        {
            "id": one.id,
            "name": one.name,
            "part_of": one.part_of or "",
            "about": one.about,
            "also": "; ".join(one.aliases),
            "parts": "; ".join(one.parts),
        }
        for one in found
    ]
    print_records(rows, output)


@who_app.command("timeline")
def timeline(output: TextCsvOrJson = "text") -> None:
    """List what changed and what is only announced, in a Bill or proposed, by day."""
    from remit.remits import load_map

    remit_map = load_map()
    rows = [
        {
            "on": one.day,
            "standing": one.standing.words,
            "says": one.says,
            "source": remit_map.sources[one.source].title,
            "source_url": remit_map.sources[one.source].url,
        }
        for one in remit_map.timeline
    ]
    if output == "text":
        rows = [{key: row[key] for key in ("on", "standing", "says")} for row in rows]
    print_records(rows, output)


@who_app.command("new-agreement")
def new_agreement(
    file: Annotated[Path, typer.Argument(help="The file to write; it must not be there yet.")],
    covers: Annotated[
        str, typer.Option("--covers", help="Code of the trust, ICB or region that it is about.")
    ] = "ZA1",
    title: Annotated[
        str, typer.Option("--title", help="Its title.")
    ] = "Memorandum of understanding on oversight",
    valid_from: Annotated[
        str | None, typer.Option("--valid-from", help="Its first day; today if left out.")
    ] = None,
) -> None:
    """Write a commented agreement to fill in, which --local lays over the map."""
    from remit.cli.writing import write_new
    from remit.remits import agreement_template

    day = parse_day(valid_from, "--valid-from") or date.today()
    write_new(agreement_template(title, covers.strip().upper(), day), file)


@who_app.command("check-agreement")
def check_agreement(
    file: Annotated[Path, typer.Argument(help="The agreement to check.")],
) -> None:
    """Check an agreement; faults are named by file, line and key."""
    from remit.register import load_register
    from remit.remits import load_map, read_agreement

    found = read_agreement(file, load_map(), load_register())
    for note in found.notes:
        say(note)
    state = f"to look at: {len(found.notes)}" if found.notes else "in order"
    entries = count_words(len(found.content.entries), "entry", "entries", none="0")
    say(f"{found.path}: {state}. {entries}.")
    raise typer.Exit(1 if found.notes else 0)


@who_app.command("pages")
def pages(
    out: Annotated[Path, typer.Option("--out", help="The folder to write to.")],
    to: Annotated[
        list[str] | None,
        typer.Option("--to", help="A code, name or kind; repeatable. Else any trust and any ICB."),
    ] = None,
    on: Annotated[
        list[str] | None,
        typer.Option(
            "--on",
            help="A day (YYYY-MM-DD) beside those of the states; repeatable: what changed from "
            "each to the next is said.",
        ),
    ] = None,
    local: LocalOption = None,
) -> None:
    """Write the map as pages: a matrix and a picture for each state, with each cell's source."""
    from remit.pages.remits.site import build_who_site

    remit_map, agreements = _map_and_agreements(local)
    days = [day for text in on or () if (day := parse_day(text, "--on"))]
    for day in days:
        remit_map.check_day(day)
    report = build_who_site(remit_map, to or ["trust", "icb"], out, agreements, days)
    for note in report.notes:
        say(note)
    say(f"{report.pages} pages written to {report.folder}; begin with {report.start}.")


# The question -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Question:
    """What all questions to the map share."""

    remit_map: RemitMap
    subject: SubjectOf
    on: date
    proposed: bool
    agreements: list[Agreement]

    def answers(self, *, proposed: bool = False) -> list[Answer]:
        """The answers for all functions."""
        from remit.remits.holdings import everything

        asked = (self.remit_map, self.subject, self.on)
        return everything(*asked, proposed=proposed, agreements=self.agreements)


def _question(to: str, on: str | None, proposed: bool, local: list[Path] | None) -> _Question:
    from remit.register import load_register
    from remit.remits import find_subject

    remit_map, agreements = _map_and_agreements(local)
    day = parse_day(on, "--on") or date.today()
    remit_map.check_day(day)
    subject = find_subject(load_register(), to, day)
    return _Question(remit_map, subject, day, proposed or day > date.today(), agreements)


def _map_and_agreements(local: list[Path] | None) -> tuple[RemitMap, list[Agreement]]:
    from remit.remits import load_map

    remit_map = load_map()
    return remit_map, agreements_of(local, remit_map)


def agreements_of(local: list[Path] | None, remit_map: RemitMap) -> list[Agreement]:
    """The user's own agreements; what there is to say of them goes to the error stream."""
    from remit.register import load_register
    from remit.remits import read_agreement

    found = [read_agreement(path, remit_map, load_register()) for path in local or ()]
    for agreement in found:
        for note in agreement.notes:
            say(f"remit: {note}", err=True)
    return found


def _day(text: str) -> date:
    """A day given by itself, not by an option."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no day; write it as 2024-10-01") from None
