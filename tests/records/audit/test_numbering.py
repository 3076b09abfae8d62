"""Identifiers that many take at once, on both databases: each once, and none is refused."""

from __future__ import annotations

from typing import Any

import pytest

from remit.asks.register.numbering import next_id
from remit.records.audit import Event, create, verify
from tests.records.audit.test_shared_plan import at_the_same_time

WRITERS, EACH = 6, 5


class Tables:
    """The tables of one connection."""

    def __init__(self, using: str) -> None:
        self._using = using

    def table(self, name: str) -> Any:
        from remit.records.loading import model

        return model(name).objects.using(self._using)


@pytest.mark.parametrize("known", [0, 3])
def test_many_who_enter_something_at_once_take_each_a_number_of_their_own(
    using: str, known: int
) -> None:
    from django.db import transaction

    from remit.records.loading import model

    def enter() -> str:
        with transaction.atomic(using=using):
            number = next_id(Tables(using), "Action", "action_id", "ACT")
            create(Event("ann", "ZA1", "add"), model("Action"), using=using, action_id=number,
                   organisation="ZA1", what="Send it", owner="chair")  # fmt: skip
        return number

    def enter_several() -> list[str]:
        return [enter() for _ in range(EACH)]

    before = [enter() for _ in range(known)]
    given = at_the_same_time(*[enter_several] * WRITERS)
    assert all(isinstance(one, list) for one in given), given
    numbers = [*before, *(number for one in given for number in one)]  # type: ignore[attr-defined]
    assert sorted(numbers) == sorted(f"ACT-{n}" for n in range(1, known + WRITERS * EACH + 1))
    assert verify(using).holds
