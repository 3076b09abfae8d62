"""``remit asks find``: every place of a register in which a word stands."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from remit.cli.asks.options import DEFAULT_REGISTER, RegisterOption, print_rows
from remit.cli.output import TextCsvOrJson, say
from remit.words.sentences import count_words

_COLUMNS = ("word", "of", "identifier", "field", "around")


def find(
    words: Annotated[
        list[str], typer.Argument(help="Words to look for; several together in quotes.")
    ],
    register: RegisterOption = DEFAULT_REGISTER,
    output: TextCsvOrJson = "text",
) -> None:
    """List every place in which a word stands: all that the register keeps, follow-ups included.

    Asks, their history and notes, meetings, decisions, actions, frictions, risks, rejected rows,
    names of files and accepted words; in any case, with accents or without. What screening took out
    is not there to be found. CSV and JSON hold the whole text of each field.

    \b
    remit asks find Okafor
    remit asks find "Kim Bell" Bell KB --format json
    """
    from remit.asks.register import find_words, open_register
    from remit.model.errors import AskError

    if not any(word.strip() for word in words):
        raise AskError('give a word to look for, such as: remit asks find "Kim Bell"')
    with open_register(register, read_only=True) as opened:
        found = find_words(opened, words)
    rows = [asdict(one) for one in found]
    if output != "text" or rows:
        print_rows(rows, output, _COLUMNS if output == "text" else (*_COLUMNS, "text"))
    if output == "text":
        say(_in_words(len(rows), words))


def _in_words(count: int, words: list[str]) -> str:
    if not count:
        return (
            f"{', '.join(words)}: in no place of the register. What screening took out of texts "
            "cannot be found here; search the files that were imported."
        )
    return f"{count_words(count, 'place')}. See one ask whole with remit asks show IDENTIFIER."
