"""``remit asks risk``: risks that cross organisations, each in one record."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from remit.cli.asks.options import (
    DEFAULT_REGISTER,
    DayOption,
    RaisedOption,
    RegisterOption,
    as_day,
    day_option,
    day_or_today,
    listed_first,
    print_rows,
)
from remit.cli.output import TextCsvOrJson, say
from remit.model.plain_text import cleaned, on_one_line

if TYPE_CHECKING:
    from remit.asks.register import RiskShare

risk_app = listed_first("Shared risks: one record, each organisation's part, and who holds it.")
RiskArgument = Annotated[str, typer.Argument(help="Such as RISK-1.")]
_LISTED = ("risk_id", "title", "holder", "organisations", "raised_on", "review_on", "closed_on")


@risk_app.command("add")
def add_risk(
    title: Annotated[str, typer.Argument(help="The risk in a few words.")],
    what: Annotated[str, typer.Option("--what", help="The risk in full: cause, event, effect.")],
    holder: Annotated[str, typer.Option("--holder", help="Who holds it: body and role.")],
    shares: Annotated[
        list[str],
        typer.Option(
            "--share",
            help='"ORGANISATION | its part | what it does", with "40% | " before the part where '
            "percentages were agreed; one for each organisation.",
        ),
    ],
    raised: RaisedOption = None,
    review: Annotated[
        datetime | None, day_option("--review", "The day on which it is looked at again.")
    ] = None,
    register: RegisterOption = DEFAULT_REGISTER,
) -> None:
    """Keep a risk that crosses organisations.

    \b
    remit asks risk add "Ambulance handover" --what "Crews wait; calls go unanswered" \\
      --holder "ICB, chief nurse" --share "ZA1 | 60% | beds blocked | discharge lounge" \\
      --share "ZB1 | 40% | no other routes | call before convey"
    """
    from remit.asks.register import add_risk as keep
    from remit.asks.register import open_register

    parts = [_share(on_one_line(text)) for text in shares]
    with open_register(register) as opened:
        number = keep(
            opened, on_one_line(title), cleaned(what), on_one_line(holder), parts,
            raised_on=day_or_today(raised), review_on=as_day(review),
        )  # fmt: skip
    say(f"Kept as {number}.")


def _share(text: str) -> RiskShare:
    from remit.asks.register import RiskShare
    from remit.model.errors import AskError

    parts = [part.strip() for part in text.split("|")]
    percent = None
    if len(parts) > 1 and parts[1].endswith("%"):
        try:
            percent = float(parts.pop(1).rstrip("% "))
        except ValueError:
            raise AskError(f"--share: no percentage in {text!r}; write 40%") from None
    if len(parts) not in {2, 3} or not parts[0] or not parts[1]:
        raise AskError(f'--share takes "ORGANISATION | its part | what it does"; got {text!r}')
    return RiskShare(parts[0], parts[1], parts[2] if len(parts) == 3 else "", percent)


@risk_app.command("list")
def list_risks(
    organisation: Annotated[
        str | None, typer.Option("--of", help="Only those in which it has a part.")
    ] = None,
    register: RegisterOption = DEFAULT_REGISTER,
    output: TextCsvOrJson = "text",
) -> None:
    """List shared risks, the earliest first."""
    from remit.asks.register import open_register, risks

    with open_register(register, read_only=True) as opened:
        found = risks(opened, organisation=organisation)
    rows = []
    for risk in found:
        row = asdict(risk)
        parts = row.pop("shares")
        organisations = [part["organisation"] for part in parts]
        shares = parts if output == "json" else [_in_words(part) for part in risk.shares]
        rows.append(row | {"organisations": organisations, "shares": shares})
    print_rows(rows, output, _LISTED)


@risk_app.command("show")
def show_risk(
    risk_id: RiskArgument,
    register: RegisterOption = DEFAULT_REGISTER,
) -> None:
    """Show one shared risk with each organisation's part and mitigations."""
    from remit.asks.register import get_risk, open_register

    with open_register(register, read_only=True) as opened:
        risk = get_risk(opened, risk_id)
    say(f"{risk.risk_id}: {risk.title}\n{risk.what}\nHeld by {risk.holder}.")
    state = f"closed {risk.closed_on}" if risk.closed_on else "open"
    again = f", looked at again on {risk.review_on}" if risk.review_on else ""
    say(f"Raised {risk.raised_on}, {state}{again}.")
    for part in risk.shares:
        say(f"  {_in_words(part)}")


def _in_words(part: RiskShare) -> str:
    percent = f" ({part.percent:g}%)" if part.percent is not None else ""
    does = f" (does: {part.mitigation})" if part.mitigation else ""
    return f"{part.organisation}{percent}: {part.share}{does}"


@risk_app.command("close")
def close_risk(
    risk_id: RiskArgument,
    on: DayOption = None,
    register: RegisterOption = DEFAULT_REGISTER,
) -> None:
    """Mark a shared risk as closed."""
    from remit.asks.register import close_risk as close
    from remit.asks.register import open_register

    with open_register(register) as opened:
        close(opened, risk_id, day_or_today(on))
    say(f"{risk_id} is closed.")
