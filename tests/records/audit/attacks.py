"""Writers at once, and writers that are killed: a program, whose children are forked.

    python -m tests.records.audit.attacks SETTINGS.json writers WRITERS ROUNDS | kills COUNT

It prints what is left afterwards, as JSON.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django
from django.conf import settings

from tests.records.audit.servers import APPS


def ready(database: dict[str, Any]) -> None:
    """Django as a server has it."""
    settings.configure(
        INSTALLED_APPS=APPS, DATABASES={"default": database}, USE_TZ=True, TIME_ZONE="UTC"
    )
    django.setup()


def child(work: Callable[[], None]) -> int:
    """Fork a child that does some work."""
    from django.db import connections

    connections.close_all()
    process = os.fork()
    if process:
        return process
    code = 9
    try:
        work()
        code = 0
    except BaseException as error:
        os.write(2, f"{type(error).__name__}: {error}\n".encode())
    finally:
        os._exit(code)


def ended(process: int) -> int:
    """The exit code of a child, or minus the signal that ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def one_write(who: str, number: int) -> None:
    """A risk with its share, in one transaction: three entries with a later change."""
    from remit.records.audit import Event, at_once, change, create
    from remit.records.models import Risk, RiskShare

    with at_once():
        risk = create(Event(who, "ZA1", "add"), Risk, risk_id=f"{who}-{number}", title="t",
                      what="w", holder="h", raised_on="2026-04-01", organisation="ZA1")  # fmt: skip
        create(Event(who, "ZA1", "add"), RiskShare, risk=risk, place=1, organisation="ZA1",
               share="beds", mitigation="m")  # fmt: skip
        change(Event(who, "ZA1", "edit"), risk, title=f"t{number}")


def writers(count: int, rounds: int) -> dict[str, Any]:
    """Some write at once; none is locked out, none lost."""
    begin = time.time() + 0.2

    def work(number: int) -> Callable[[], None]:
        def written() -> None:
            time.sleep(max(0.0, begin - time.time()))
            for one in range(rounds):
                one_write(f"w{number}", one)

        return written

    codes = [ended(one) for one in [child(work(number)) for number in range(count)]]
    return {"codes": codes, **left()}


def kills(count: int) -> dict[str, Any]:
    """A writer is killed at a random moment, again and again."""
    codes, broken = [], []
    for number in range(count):

        def work(number: int = number) -> None:
            for one in range(10_000):
                one_write(f"k{number}", one)

        process = child(work)
        time.sleep(0.02 + random.random() * 0.2)
        os.kill(process, signal.SIGKILL)
        codes.append(ended(process))
        found = left()
        if not found["holds"] or found["astray"] or found["halves"]:
            broken.append(found)
    return {"codes": codes, "broken": broken, **left()}


def left() -> dict[str, Any]:
    """What stands, and whether it stands as the chain says."""
    from django.db import connections

    from remit.records.audit import astray, verify
    from remit.records.models import Risk

    found = verify()
    risks = Risk.objects.count()
    told = {
        "entries": found.entries,
        "holds": found.holds,
        "risks": risks,
        "halves": risks - Risk.objects.filter(shares__place=1).exclude(title="t").count(),
        "astray": [one.why for one in astray()],
    }
    connections.close_all()
    return told


if __name__ == "__main__":
    ready(json.loads(Path(sys.argv[1]).read_text()))
    attack: dict[str, Callable[..., dict[str, Any]]] = {"writers": writers, "kills": kills}
    print(json.dumps(attack[sys.argv[2]](*map(int, sys.argv[3:]))))  # noqa: T201
