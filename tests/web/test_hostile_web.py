"""What somebody sends who means harm, with an account or without one."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache

from remit.web.people.models import Account
from tests.web.instance import ADDRESS
from tests.web.world import SafeClient


@pytest.fixture(autouse=True)
def counted_anew(tables: None) -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


# What is sent -------------------------------------------------------------------------------------


class Told(io.BytesIO):
    """What is sent, which tells whether somebody read it."""

    was_read = False

    def read(self, *how: Any) -> bytes:
        self.was_read = True
        return super().read(*how)


@pytest.mark.parametrize("address", ["/sign-in/", "/asks/bring-in/", "/api/asks/A/close", "/no/"])
def test_what_is_too_large_is_not_read_from_a_stranger(base: None, address: str) -> None:
    """The check against forgery reads a form, files and all, before anybody is asked who it is."""
    client = SafeClient(enforce_csrf_checks=True)
    client.cookies["__Host-remit-csrf"] = "a" * 32
    file = b'--X\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
    for length in ("5242881", "9" * 30, "-1", "²"):
        sent = Told(file)
        answer = client.generic(
            "POST", address, file, "multipart/form-data; boundary=X",
            **{"CONTENT_LENGTH": length, "wsgi.input": sent, "HTTP_ORIGIN": ADDRESS},
        )  # fmt: skip
        assert (answer.status_code, sent.was_read) == (413, False), length
        assert answer["Cache-Control"] == "no-store, private"
        assert "larger than is taken here" in answer.content.decode()


# Attempts are counted -----------------------------------------------------------------------------


def test_attempts_stay_counted_however_much_else_is(base: None) -> None:
    """Who tries many accounts from many addresses does not push out what was counted of one."""
    email = "asha@remit.example"
    Account.objects.make(email, "Asha Bell", "three lanterns over Larkshire")
    given = {"login": email, "password": "a wrong guess"}
    for number in range(5):
        SafeClient().post("/sign-in/", given, REMOTE_ADDR=f"198.51.100.{number}")
    for number in range(200):
        for first in ("0", "z"):
            cache.set(f"{first}{number}", [1.0])
    right = given | {"password": "three lanterns over Larkshire"}
    shut = SafeClient().post("/sign-in/", right, REMOTE_ADDR="198.51.100.99")
    assert "too many attempts" in shut.content.decode()
