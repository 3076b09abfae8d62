"""``remit org``: who an organisation is, who belongs to it, and whether ODS agrees."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from remit.cli.output import TextOrJson, give_json, say

if TYPE_CHECKING:
    from remit.model.organisation import Organisation, OrganisationType
    from remit.register import Register
    from remit.register.card import Card, Named


def org(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="CODE_OR_NAME", help="A trust, an ICB or a region: its code or name"
        ),
    ] = None,
    icb: Annotated[str | None, typer.Option(help="List the trusts that this ICB leads on")] = None,
    region: Annotated[str | None, typer.Option(help="List the ICBs and trusts of a region")] = None,
    check_ods: Annotated[
        Path | None, typer.Option(help="Hold the register against an ODS export (report etr)")
    ] = None,
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day; today if left out")
    ] = None,
    output: TextOrJson = "text",
) -> None:
    """Show an organisation, list the members of an ICB or a region, or check the register."""
    from remit.register import load_register

    if sum(wanted is not None for wanted in (name, icb, region, check_ods)) != 1:
        raise typer.BadParameter("give one of: a code or name, --icb, --region, --check-ods")
    register = load_register()
    day = on.date() if on else datetime.now().date()
    if check_ods is not None:
        raise typer.Exit(_check(register, check_ods, day, output))
    if name is not None:
        _show(register, name, day, output)
    else:
        _list(register, icb, region, day, output)


# One organisation -------------------------------------------------------------------------------


def _show(register: Register, name: str, on: date, output: str) -> None:
    from remit.register.card import card

    shown = card(register, register.named(name, on), on)
    if output == "json":
        give_json(asdict(shown))
    else:
        _print_card(shown)


def _print_card(card: Card) -> None:
    from remit.cli.tables import show_pairs

    fictional = " · fictional" if card.fictional else ""
    say(f"{card.code} {card.name}{fictional}")
    if card.absence:
        say(card.absence)
    show_pairs(_card_lines(card))


def _card_lines(card: Card) -> Mapping[str, str]:
    """Labels and values of the card; an empty value is not shown."""
    from remit.words.days import day_words

    return {
        "Kind": " · ".join(filter(None, (card.label, card.subkind))),
        "Region": _lines([card.region] if card.region and card.type != "region" else []),
        "Lead ICB": _lines([card.lead_icb] if card.lead_icb else []),
        "Partner ICBs": _lines(card.partner_icbs),
        "Opened": day_words(card.opened),
        "Closed": day_words(card.closed) if card.closed else "",
        "Took over from": _lines(card.predecessors),
        "Work passed to": _lines(card.successors),
        "Also known as": "; ".join(card.also_known_as),
        "ONS code": card.ons_code or "",
        "As on": day_words(card.on),
        "Note": card.note,
        "Source": card.source.replace("; ", "\n"),
    }


def _lines(others: Iterable[Named]) -> str:
    from remit.words.days import day_words

    return "\n".join(
        f"{other.code} {other.name}" + (f", {day_words(other.on)}" if other.on else "")
        for other in others
    )


# Members ----------------------------------------------------------------------------------------


def _list(register: Register, icb: str | None, region: str | None, on: date, output: str) -> None:
    from remit.model.organisation import OrganisationType
    from remit.register.card import card
    from remit.register.closing import absence

    wanted = OrganisationType.ICB if icb is not None else OrganisationType.REGION
    parent = _of_type(register, icb or region or "", wanted)
    members = register.members(parent.code, on)
    if output == "json":
        give_json([asdict(card(register, member, on)) for member in members])
    elif not members:
        nobody = f"The register knows no member of {parent.code} ({parent.name}) on {on}."
        say(absence(register, parent, on) or nobody)
    else:
        _print_members(register, parent, members, on)


def _of_type(register: Register, code: str, wanted: OrganisationType) -> Organisation:
    from remit.model.errors import UnknownCode

    found = register.named(code)
    if found.type is not wanted:
        labels = {"icb": "an ICB", "region": "a region", "trust": "a trust"}
        said = f"{found.code} ({found.name}) is {labels[found.type]}, not {labels[wanted]}"
        raise UnknownCode(f"{said}. See: remit org {found.code}")
    return found


def _print_members(
    register: Register, parent: Organisation, members: Sequence[Organisation], on: date
) -> None:
    from remit.cli.tables import show_records
    from remit.words.days import day_words

    rows: dict[str, list[dict[str, str]]] = {"icb": [], "trust": []}
    for member in sorted(members, key=lambda o: o.name_on(on)):
        lead = register.lead_icb(member.code, on)
        row = {"Code": member.code, "Name": member.name_on(on)}
        row["Kind"] = member.subkind or (member.kind.label if member.kind else "")
        if parent.type == "region":
            row["Lead ICB"] = lead.code if lead else ""
        rows[member.type].append(row)
    for what, title in (("icb", "ICBs"), ("trust", "Trusts")):
        if found := rows[what]:
            day = day_words(on)
            say(f"{title} of {parent.name} ({parent.code}) on {day}: {len(found)}")
            show_records(found)


# ODS --------------------------------------------------------------------------------------------


def _headed(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"ODS" if name == "ods" else name: value for name, value in row.items()}


def _check(register: Register, path: Path, on: date, output: str) -> int:
    """Print where an ODS file and the register differ; 1 if anywhere, else 0."""
    from remit.cli.tables import show_records
    from remit.publications.readers.ods import compare_with_ods, read_ods

    file = read_ods(path)
    differences = compare_with_ods(register, file.rows, on)
    if output == "json":
        told = {"differences": list(map(asdict, differences))}
        rejections = {"rejections": list(map(asdict, file.rejections))}
        give_json({"rows_read": file.rows_read} | told | rejections)
    else:
        say(
            f"{file.rows_read} rows read, {len(file.rejections)} rejected; "
            f"{len(differences)} differences as on {on}"
        )
        for found in (differences, file.rejections):
            show_records([_headed(asdict(one)) for one in found])
    return 1 if differences or file.rejections else 0
