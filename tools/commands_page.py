"""List all commands with their options: ``python tools/commands_page.py`` writes a page of docs."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from typer.main import get_command

from remit.cli.app import build_app
from remit.cli.common import common_options

PAGE = Path(__file__).resolve().parent.parent / "docs" / "commands.md"
HEAD = """\
# Every command and every option

<!-- Written by `python tools/commands_page.py` from the commands themselves; a test holds it. -->

`remit COMMAND --help` says the same at the terminal. Every command also takes {common}
and `--help`. A command ends with 0 when all is done; with 1 when it is done, and rows were
rejected or differences found; with 2 when the input or the arguments are wrong; with 3 when the
fault is Remit's own.
"""


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8", newline="\n")


def page() -> str:
    """The page, as the commands are now."""
    told = [f"`{one.opts[0]}` ({decapitalised(one.help)})" for one in common_options()]
    head = HEAD.format(common=", ".join(told))
    return "\n".join([head, *(line for one in commands() for line in section(*one))])


def commands() -> Iterator[tuple[str, Any]]:
    """Every command that does something, by what is typed for it."""
    yield from below("remit", get_command(build_app()))


def below(typed: str, command: Any) -> Iterator[tuple[str, Any]]:
    """A command, or those of a group."""
    if not hasattr(command, "list_commands"):
        yield typed, command
        return
    if typed != "remit" and command.invoke_without_command:
        yield typed, command
    for name in command.list_commands(None):
        yield from below(f"{typed} {name}", command.get_command(None, name))


def section(typed: str, command: Any) -> Iterator[str]:
    """One command: what it does, what it takes."""
    yield f"## {typed}\n"
    yield f"{said(command)}\n"
    common = {"--help", *(one.opts[0] for one in common_options())}
    rows = [row(one) for one in command.params if one.opts[0] not in common]
    if rows:
        yield "| takes | what that is |"
        yield "|---|---|"
        yield from rows
        yield ""


def said(command: Any) -> str:
    """The first paragraph of a command's help, on one line."""
    return " ".join((command.help or "").split("\n\n")[0].split())


def row(parameter: Any) -> str:
    """One argument or option."""
    names = [*parameter.opts, *getattr(parameter, "secondary_opts", [])]
    if not names[0].startswith("-"):
        names = [parameter.name.replace("_", " ")]
    told = [ended(" ".join((getattr(parameter, "help", None) or "").split()))]
    default = parameter.default
    if parameter.required:
        told.append("Required.")
    elif isinstance(default, str | int | float | Path) and not isinstance(default, bool):
        told.append(f"Else `{default}`.")
    text = " ".join(filter(None, told)).replace("|", "\\|")
    return f"| {', '.join(f'`{name}`' for name in names)} | {text} |"


def decapitalised(words: str) -> str:
    """Words as they stand within a sentence."""
    return words[0].lower() + words[1:].rstrip(".")


def ended(words: str) -> str:
    """Words with the full stop that ends them."""
    return words if not words or words[-1] in ".:;" else f"{words}."


if __name__ == "__main__":
    main()
