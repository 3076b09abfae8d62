"""Accounts, as whoever runs an instance makes and ends them."""

from __future__ import annotations

from datetime import date
from typing import Any

from remit.web.instance import InstanceError
from remit.web.signing_in.groups import check_organisation_and_role


def add_account(email: str, name: str, password: str | None = None) -> Any:
    """Make an account; without a password it can only sign in from outside.

    Parameters
    ----------
    email, name
        Whose it is.
    password
        At least 12 characters, or None.

    Raises
    ------
    InstanceError
        If there is one of this address, or the address or the password will not do.

    Examples
    --------
    >>> add_account("asha@icb.example", "Asha Bell")  # doctest: +SKIP
    """
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError
    from django.db import IntegrityError, transaction

    from remit.web.people.models import Account

    there = InstanceError(f"{email}: there is an account of this address already")
    if Account.objects.filter(email__iexact=email.strip()).exists():
        raise there
    try:
        if password is not None:
            validate_password(password, Account(email=email, name=name))
        with transaction.atomic():
            return Account.objects.make(email, name, password)
    except ValidationError as error:
        raise InstanceError(f"{email}: {' '.join(error.messages)}") from None
    except IntegrityError:  # another made it at the same moment
        raise there from None


def account_of(email: str) -> Any:
    """The account of an address.

    Raises
    ------
    InstanceError
        If there is none.
    """
    from remit.web.people.models import Account

    found = Account.objects.filter(email__iexact=email.strip()).first()
    if found is None:
        raise InstanceError(f"{email}: there is no such account; see: remit web user list DIR")
    return found


def give_role(
    email: str, organisation: str, role: str, on: date, until: date | None = None
) -> None:
    """Give an account a role at an organisation.

    Parameters
    ----------
    email
        Whose account.
    organisation, role
        Where, and what.
    on, until
        The first day, and the first on which it holds no longer.

    Raises
    ------
    InstanceError
        If there is no such account, organisation or role, or it would end before it begins.

    Examples
    --------
    >>> give_role("asha@icb.example", "ZB1", "reader", date(2026, 4, 1))  # doctest: +SKIP
    """
    from remit.web.people.memberships import begin_membership

    check_organisation_and_role(organisation, role, email)
    if until is not None and until < on:
        raise InstanceError(f"{email}: the role would end on {until}, before it begins on {on}")
    begin_membership(account_of(email), organisation, role, on, until=until, why="given by command")


def end_roles(email: str, on: date, organisation: str | None = None) -> int:
    """End the roles of an account, at one organisation or everywhere; how many ended.

    Raises
    ------
    InstanceError
        If there is no such account.
    """
    from remit.web.people.memberships import end_membership

    ended = 0
    for held in account_of(email).memberships.order_by("pk"):
        if held.holds(on) and organisation in (None, held.organisation):
            end_membership(held, on, why="ended by command")
            ended += 1
    return ended


def tokens_of(email: str | None = None) -> list[Any]:
    """The tokens of an account, or of all, those made last at the end.

    Raises
    ------
    InstanceError
        If there is no such account.
    """
    from remit.web.people.models import ApiToken

    rows = ApiToken.objects.select_related("account").order_by("pk")
    return list(rows if email is None else rows.filter(account=account_of(email)))


def end_tokens(on: date, *, number: int | None = None, email: str | None = None) -> int:
    """End a token by its number, or all of an account that still open something; how many ended.

    Parameters
    ----------
    on
        The day.
    number
        Which token.
    email
        Whose tokens, where no number is given.

    Raises
    ------
    InstanceError
        If there is no such account or token, or it opens nothing any more.
    """
    from remit.records.audit import SYSTEM
    from remit.web.people.tokens import end_token

    if (number is None) == (email is None):
        raise InstanceError("say which token: its number, or --all-of EMAIL")
    found = [one for one in tokens_of(email) if number in (None, one.pk)]
    if number is not None and not found:
        raise InstanceError(f"{number}: there is no such token; see: remit web token list DIR")
    held = [one for one in found if one.ended_at is None and on < one.ends_on]
    if number is not None and not held:
        raise InstanceError(f"{number}: this token opens nothing any more; it ended before")
    for one in held:
        end_token(one, who=SYSTEM, why="ended by command")
    return len(held)
