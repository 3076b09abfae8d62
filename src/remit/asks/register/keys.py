"""By which an ask is known again, sealed with the register's own secret.

What an ask comes from is known by digests: of a row's words, a message's or an event's identifier.
A digest of few words can be found out by trying; the seal makes that impossible for whoever has a
list or a plan from the register, but not the register itself.
"""

from __future__ import annotations

from remit.asks.intake.candidate import Candidate
from remit.records import RecordsFile

_ID_LENGTH = 10


def sealed_key(register: RecordsFile, key: str) -> str:
    """A key such as ``row:4f0c…:2``, its digest sealed; its kind and its place stay."""
    kind, _, rest = key.partition(":")
    digest, colon, which = rest.partition(":")
    return f"{kind}:{register.sealed(digest)}{colon}{which}"


def made_id(register: RecordsFile, candidate: Candidate) -> str:
    """An identifier that is the same whenever this register meets the same ask."""
    digest, _, which = sealed_key(register, candidate.key).partition(":")[2].partition(":")
    return f"A-{digest[:_ID_LENGTH]}" + (f"-{which}" if which not in {"", "1"} else "")
