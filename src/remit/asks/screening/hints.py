"""What a text has in it by which a pattern could find anything: told once, cheaply.

A pattern that begins with a label is only searched where one of its words stands; one of digits,
only where there are enough. The words are those with which the labels of a pattern begin.
"""

from __future__ import annotations

import re

_RUN = re.compile(r"[a-z]+")
_DIGIT = re.compile(r"\d")

MEETINGS = frozenset(
    """meeting conference conf webinar call access host participant event phone bridge room teams
    zoom webex guest attendee""".split()  # noqa: SIM905
)
MEETING_LABELS = frozenset("id code number no pin key".split())  # noqa: SIM905
LABELS = frozenset(
    """nhs mrn crn chi hospital hosp patient pt unit pas district local x xnumber k knumber ni nino
    national passport driving payroll staff employee assignment esr gmc nmc hcpc gphc pin dbs
    complaint case bleep pager ext extn extension""".split()  # noqa: SIM905
)
BIRTHS = frozenset("d dob o b date birth birthdate birthday born".split())  # noqa: SIM905
EXTENSIONS = frozenset("x ext extn extension bleep pager".split())  # noqa: SIM905
FLATS = frozenset("flat apartment apt".split())  # noqa: SIM905
STREETS = frozenset(
    """street st road rd avenue ave lane ln close drive crescent terrace gardens grove place square
    way court mews hill row walk rise parade yard green view bank park vale croft heights quay wharf
    gate villas cottages house lodge flats mansions buildings circus end fold meadow meadows side
    brow mount""".split()  # noqa: SIM905
)
OFFICERS = frozenset(
    "pc dc ds di dci pcso sgt sergeant insp inspector constable".split()  # noqa: SIM905
)
PASSES = frozenset(
    """pwd pswd passwd psw p pw w pin pins code codes key keys wifi wi fi otp""".split()  # noqa: SIM905
)
LOGINS = frozenset(
    """user users login logins logon logons log account network smart smartcard uuid badge ad
    screen handle""".split()  # noqa: SIM905
)
CASES = frozenset(
    """datix steis seis ulysses inphase lfpse case complaint claim incident inquest coroner referral
    ubrn booking ticket job inc ref reference safeguarding sar dol tribunal licence license visa dbs
    crb passport payroll staff employee emp esr assignment post badge locker smartcard personnel gmc
    nmc hcpc gdc gphc gpc goc mps mdu ni nino hosp hospital patient mrn prn crn unit episode spell
    pathway sample specimen lab account acct member membership policy sort iban cert
    certificate""".split()  # noqa: SIM905
)
CARS = frozenset(
    """car cars van vans bike bikes lorry taxi taxis reg regs vrn vrm plate plates number private
    registration registrations""".split()  # noqa: SIM905
)
CAR_STARTS = tuple(
    "vehicle motor carr carp carn vanr vanp vann bike lorry taxi".split()  # noqa: SIM905
)
PASS_STARTS = ("pass", "pin", "wpa")


class Hints:
    """The words of a text in small letters, and how many digits it has.

    >>> Hints("Ref 12").digits, "ref" in Hints("Ref 12").words
    (2, True)
    """

    __slots__ = ("digits", "low", "words")

    def __init__(self, text: str) -> None:
        self.low = text.lower()
        self.words = frozenset(_RUN.findall(self.low))
        self.digits = len(_DIGIT.findall(text))

    def has(self, labels: frozenset[str]) -> bool:
        """Whether one of the words stands in the text."""
        return not self.words.isdisjoint(labels)

    @property
    def may_have_meeting(self) -> bool:
        """Whether a number of a meeting could be labelled."""
        return self.has(MEETINGS) and self.has(MEETING_LABELS)

    @property
    def may_have_pass(self) -> bool:
        """Whether a secret could be labelled."""
        return self.has(PASSES) or any(word.startswith(PASS_STARTS) for word in self.words)

    @property
    def may_have_login(self) -> bool:
        """Whether a login could be labelled."""
        return self.has(LOGINS) or any(word.startswith("user") for word in self.words)

    @property
    def may_have_car(self) -> bool:
        """Whether a car's plate could be labelled."""
        return self.has(CARS) or any(word.startswith(CAR_STARTS) for word in self.words)
