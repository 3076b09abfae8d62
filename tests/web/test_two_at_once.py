"""Two sessions write the first of a kind at once: one is kept, the other told, nothing is lost."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import RequestFactory

from remit.asks.register.numbering import next_id
from remit.records.audit import SYSTEM, Event, create, verify
from remit.records.loading import model
from remit.records.year.models import SharedPractice, YearAssessment, YearFinding
from remit.sample import write_practice_register
from remit.web.desk.writing import TABLES
from remit.web.instance import InstanceError
from remit.web.people.models import Account
from remit.web.running.accounts import add_account
from remit.web.running.practices_in import bring_practices
from remit.web.running.year_in import bring_in
from tests.web.instance import ON_POSTGRES, server
from tests.web.year_world import sample_year

BESIDE_SECONDS = 0.4
"""So long the first holds what it wrote, while the second comes to wait for it."""
Does = Callable[[], Any]


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Sessions that begin now work on a database of their own, in which what they write stays."""
    from django.db import connections

    from remit.web.running.tables import lay_tables

    kept = connections.settings["default"]
    name = "two_at_once" if ON_POSTGRES else str(tmp_path_factory.mktemp("two") / "two.sqlite3")
    if ON_POSTGRES:
        server().create(name)
    connections.settings["default"] = {**kept, "NAME": name}
    assert in_session(lay_tables) is None
    yield
    connections.settings["default"] = kept


def in_session(does: Does, came: list[Any] | None = None) -> Any:
    """What comes of something that is done in a session of its own: its answer, or its error."""
    from django.db import connections

    answers: list[Any] = [] if came is None else came

    def whole() -> None:
        try:
            answers.append(does())
        except Exception as error:
            answers.append(error)
        finally:
            connections.close_all()

    thread = threading.Thread(target=whole)
    thread.start()
    if came is not None:
        return thread
    thread.join(120)
    return answers[0]


def both(first: Does, second: Does, *, after: Does = lambda: None) -> tuple[Any, Any]:
    """Do something in a session, and another thing while what the first wrote is not kept yet."""
    from django.db import transaction

    wrote = threading.Event()

    def holds() -> Any:
        with transaction.atomic():
            try:
                answer = first()
            finally:
                wrote.set()
            time.sleep(BESIDE_SECONDS)
            after()
        return answer

    came: list[Any] = []
    thread = in_session(holds, came)
    assert wrote.wait(120)
    other = in_session(second)
    thread.join(120)
    return came[0], other


@pytest.mark.usefixtures("elsewhere")
def test_of_two_first_imports_of_a_year_one_is_kept_and_the_other_is_told(tmp_path: Path) -> None:
    one, other = sample_year(tmp_path / "one"), sample_year(tmp_path / "other")
    file = other / "findings.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("strong leadership", "weak leadership"), encoding="utf-8")
    kept, told = both(lambda: bring_in(one), lambda: bring_in(other))
    assert kept.written > 0
    assert (told.written, told.clashes) == (0, ("findings.yaml: it differs",))
    assert in_session(lambda: bring_in(one)).written == 0, "what was kept first stands whole"
    assert in_session(YearAssessment.objects.count) == 1
    assert in_session(YearFinding.objects.count) == kept.findings
    assert in_session(verify).entries >= kept.written


@pytest.mark.usefixtures("elsewhere")
def test_of_two_first_registers_of_practices_the_second_finds_the_first(tmp_path: Path) -> None:
    write_practice_register(tmp_path / "register")
    place = tmp_path / "register"
    kept, again = both(lambda: bring_practices(place, "ZR1"), lambda: bring_practices(place, "ZR1"))
    assert (kept.written > 0, again.written) == (True, 0)
    assert in_session(SharedPractice.objects.count) == kept.practices


@pytest.mark.usefixtures("elsewhere")
def test_one_who_numbers_first_and_one_who_writes_first_do_not_wait_for_each_other() -> None:
    from django.db import transaction

    def number() -> str:
        return next_id(TABLES, "Action", "action_id", "ACT")

    def write(key: str) -> None:
        create(Event(SYSTEM, "ZA1", "add"), model("Action"), action_id=key, what="It",
               organisation="ZA1", owner="chair")  # fmt: skip

    taken: list[str] = []

    def writes_then_numbers() -> str:
        with transaction.atomic():
            write("ACT-W")
            key = number()
            write(key)
        return key

    came = both(lambda: taken.append(number()), writes_then_numbers,
                after=lambda: write(taken[0]))  # fmt: skip
    assert came == (None, "ACT-2")
    assert taken == ["ACT-1"]


@pytest.mark.usefixtures("elsewhere")
def test_of_two_accounts_of_one_address_the_second_is_told() -> None:
    made, told = both(lambda: add_account("asha@icb.example", "Asha Bell"),
                      lambda: add_account("Asha@icb.example", "Asha Bell"))  # fmt: skip
    assert isinstance(made, Account)
    assert isinstance(told, InstanceError), told
    assert "already" in str(told)


@pytest.mark.usefixtures("base")
def test_who_signs_in_for_the_first_time_in_two_windows_is_told_to_do_it_again() -> None:
    """Both windows found no account; the second keeps its own when the first one's stands."""
    from allauth.core.exceptions import ImmediateHttpResponse
    from allauth.socialaccount.models import SocialAccount, SocialLogin

    from remit.web.signing_in.adapters import OutsideSignIn

    claims = {"id_token": {"email": "kit@trust.example", "groups": []}}

    def window() -> Any:
        came = SocialLogin(
            user=Account(email="kit@trust.example", name="Kit"),
            account=SocialAccount(provider="oidc", uid="kit", extra_data=claims),
        )
        request = RequestFactory().get("/sign-in/organisation/back/")
        request.session = {}
        return OutsideSignIn().save_user(request, came)

    assert window().email == "kit@trust.example"
    with pytest.raises(ImmediateHttpResponse) as refused:
        window()
    assert refused.value.response.status_code == 403
    assert "in another window" in refused.value.response.content.decode()
    assert Account.objects.filter(email="kit@trust.example").count() == 1
