"""What is settled, closed or signed is changed by nobody: pairs as in :mod:`.policies`."""

from __future__ import annotations

from datetime import date
from typing import Any

from remit.web.access.policies import PolicyRefusal


def can_change_friction(friction: Any) -> bool:
    """A friction can be changed, settled and escalated until it is settled."""
    return friction.settled_on is None


def check_change_friction(friction: Any) -> None:
    """Refuse to touch a friction that is settled.

    Raises
    ------
    PolicyRefusal
        If it is.
    """
    if not can_change_friction(friction):
        raise PolicyRefusal(
            f"Friction {friction.friction_id} is settled; what was settled is not changed."
        )


def check_not_before(day: date, raised_on: date) -> None:
    """Refuse a day of settling or escalating that lies before it was raised.

    Raises
    ------
    PolicyRefusal
        If it does.
    """
    if day < raised_on:
        raise PolicyRefusal("It was raised after that day. Give the day it was raised, or later.")


def can_change_risk(risk: Any) -> bool:
    """A shared risk can be changed until it is closed."""
    return risk.closed_on is None


def check_change_risk(risk: Any) -> None:
    """Refuse to change a risk that is closed.

    Raises
    ------
    PolicyRefusal
        If it is.
    """
    if not can_change_risk(risk):
        raise PolicyRefusal(f"Risk {risk.risk_id} is closed; what was closed is not changed.")


def can_change_agreement(parties: Any) -> bool:
    """An agreement can be changed until the first of its parties has signed."""
    return not any(one.signed_on for one in parties)


def check_change_agreement(agreement: Any, parties: Any) -> None:
    """Refuse to change what somebody has signed.

    Raises
    ------
    PolicyRefusal
        If somebody has.
    """
    if not can_change_agreement(parties):
        raise PolicyRefusal(
            f"Agreement {agreement.agreement_id} is signed; what was signed is not changed. Make "
            "a new one in its place."
        )


def check_sign_agreement(party: Any) -> None:
    """Refuse to sign a second time for the same organisation.

    Raises
    ------
    PolicyRefusal
        If it has signed.
    """
    if party.signed_on is not None:
        raise PolicyRefusal(f"{party.organisation} has signed already.")
