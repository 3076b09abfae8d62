"""Run a command and turn its errors into a message and an exit code."""

from __future__ import annotations

import os
import sys
import traceback
from contextvars import copy_context

from remit.cli.app import build_app
from remit.cli.exit_codes import OWN_FAULT, WRONG_INPUT
from remit.cli.output import complain, say
from remit.model.errors import RemitError


def run(arguments: list[str]) -> int:
    """Run ``remit`` with some arguments and return its exit code."""
    _speak_utf8()
    # Pydantic would look through every installed package for plugins; Remit uses none.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")
    try:
        # A context of its own: what one command is told (--quiet) does not hold for the next.
        code = copy_context().run(build_app(), arguments, standalone_mode=False)
    except RemitError as error:
        complain(error, arguments)
        return WRONG_INPUT
    except KeyboardInterrupt:
        complain("stopped; nothing was half-written")
        return WRONG_INPUT
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        return _other_fault(error, arguments)
    return code if isinstance(code, int) else 0


def _other_fault(error: Exception, arguments: list[str]) -> int:
    """Wrong arguments are the user's to mend; anything else is a fault of Remit's own."""
    from typer.exceptions import Abort, Exit, TyperException

    if isinstance(error, Exit):
        return error.exit_code
    if isinstance(error, TyperException):
        said = error.format_message().rstrip(".")
        complain(f"{said}. See remit --help.", arguments)
        return WRONG_INPUT
    if isinstance(error, Abort):
        return WRONG_INPUT
    if halved := [one for one in arguments if not _is_text(one)]:
        complain(f"{', '.join(halved)}: this is no text in UTF-8; write it, or name it, anew")
        return WRONG_INPUT
    if os.environ.get("REMIT_TRACEBACK"):
        say(traceback.format_exc(), nl=False, err=True)
    complain(
        f"a fault of Remit's own: {type(error).__name__}: {error}\n"
        "Nothing was half-written. Please report it, with what REMIT_TRACEBACK=1 prints."
    )
    return OWN_FAULT


def _is_text(argument: str) -> bool:
    """Whether an argument is whole: a name of a file that is not in UTF-8 comes in as halves."""
    return argument.isascii() or argument.encode("utf-8", "replace").decode() == argument


def _speak_utf8() -> None:
    """Windows consoles default to a code page that lacks the characters of tables and trees."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
