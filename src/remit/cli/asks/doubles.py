"""``remit asks doubles``: asks of the register that one answer would serve."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from remit.cli.asks.options import DEFAULT_REGISTER, OnlyToOrgOption, RegisterOption, print_rows
from remit.cli.output import TextCsvOrJson, say

if TYPE_CHECKING:
    from remit.asks.matching import MatchedAsks
    from remit.model.ask import Ask


def doubles(
    register: RegisterOption = DEFAULT_REGISTER,
    to_org: OnlyToOrgOption = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Write what `remit asks match` writes into this folder."),
    ] = None,
    output: TextCsvOrJson = "text",
) -> None:
    """List the asks of the register that want the same, or that one answer would largely serve.

    What people decided (`remit asks decide`) holds. As CSV or JSON the pairs are listed, each with
    its reason.
    """
    from remit.asks import decisions, open_register
    from remit.asks.matching import match, write_matched
    from remit.asks.register import learnt_of

    with open_register(register, read_only=True) as opened:
        everything, decided, learnt = opened.asks(), decisions(opened), learnt_of(opened)
    # All asks are matched, since the names of organisations are learnt from all of them.
    found = match(everything, decided, learnt=learnt)
    for note in found.notes:
        say(note, err=True)
    wanted = {a.ask_id: a for a in everything if not to_org or a.to_org_code == to_org.upper()}
    if output == "text":
        _print(found, wanted)
    else:
        pairs = [p for p in found.pairs if p.ask_a in wanted or p.ask_b in wanted]
        columns = (
            *("ask_a", "ask_b", "relation", "confidence", "reason", "decided_by"),
            *("state", "other"),
        )
        print_rows([asdict(pair) for pair in pairs], output, columns)
    if out is not None:
        names = write_matched(found, [], out, source=register.name)
        say(f"Written to {out}: {', '.join(names)}.", err=True)


def _print(found: MatchedAsks, wanted: dict[str, Ask]) -> None:
    shown = [
        cluster
        for cluster in found.clusters
        if any(ask_id in wanted for ask_id in (*cluster.duplicates, *cluster.overlaps))
    ]
    for cluster in shown:
        say(f"{cluster.cluster_id}: {cluster.reason}")
        for word, members in (("same", cluster.duplicates), ("overlaps", cluster.overlaps)):
            for ask_id in members:
                ask = wanted.get(ask_id)
                said = f"{ask.from_body}: {ask.title}" if ask else "asked of another"
                say(f"  {word:<8}  {ask_id}  {said}")
    for one in found.close:
        if not wanted.keys().isdisjoint((one.ask_a, one.ask_b)):
            say(f"{one.ask_a} and {one.ask_b}: {one.said} ({one.reason})")
    same = sum(pair.relation == "duplicate" for pair in found.pairs)
    say(
        f"{len(shown)} groups; in the whole register {same} pairs are the same and "
        f"{len(found.pairs) - same} overlap. Decide with: remit asks decide"
    )
