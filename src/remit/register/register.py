"""Who exists and who belongs to whom, on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from remit.model.errors import UnknownCode
from remit.model.organisation import Membership, Organisation, OrganisationType, TrustKind


class Register:
    """All organisations, with the questions that can be asked of them.

    Every list is in the order of the codes. Sample organisations (``fictional``) never appear
    among real ones.

    Parameters
    ----------
    organisations
        Organisations whose references lead to one another; :func:`remit.register.load_register`
        sees to that.
    """

    def __init__(self, organisations: Iterable[Organisation]) -> None:
        self._by_code = {o.code: o for o in sorted(organisations, key=lambda o: o.code)}
        self._children: dict[str, list[tuple[Organisation, Membership]]] = defaultdict(list)
        self._predecessors: dict[str, list[Organisation]] = defaultdict(list)
        self._by_ons_code: dict[str, Organisation] = {}
        for organisation in self._by_code.values():
            self._link(organisation)

    def _link(self, organisation: Organisation) -> None:
        for membership in (*organisation.regions, *organisation.lead_icbs):
            self._children[membership.code].append((organisation, membership))
        if organisation.succession:
            for successor in organisation.succession.successors:
                self._predecessors[successor].append(organisation)
        for code in (organisation.ons_code, *organisation.former_ons_codes):
            if code:
                self._by_ons_code[code] = organisation

    @property
    def codes(self) -> frozenset[str]:
        """Every code, of open and closed, real and fictional organisations."""
        return frozenset(self._by_code)

    def find(self, code: str) -> Organisation | None:
        """The organisation of a code, open or closed, or None."""
        return self._by_code.get(code)

    def get(self, code: str) -> Organisation:
        """The organisation of a code, open or closed.

        Raises
        ------
        UnknownCode
            If there is none; the message names the nearest ones.
        """
        found = self._by_code.get(code)
        if found is None:
            near = "; ".join(f"{o.code} {o.name}" for o in self.nearest(code))
            raise UnknownCode(f"There is no organisation {code!r} on the register. Nearest: {near}")
        return found

    def find_by_ons_code(self, ons_code: str) -> Organisation | None:
        """The region or ICB that has, or had, an ONS code such as ``E54000050``, or None."""
        return self._by_ons_code.get(ons_code)

    def trusts(
        self, on: date, kind: TrustKind | None = None, *, fictional: bool = False
    ) -> list[Organisation]:
        """Trusts that are open on a day.

        Parameters
        ----------
        on
            The day.
        kind
            One kind of trust only; without it all, also those whose kind is not known.
        fictional
            The trusts of the sample instead of the real ones.
        """
        found = self._open(OrganisationType.TRUST, on, fictional)
        return [trust for trust in found if kind is None or trust.kind is kind]

    def icbs(self, on: date, *, fictional: bool = False) -> list[Organisation]:
        """ICBs that are open on a day; those of the sample with ``fictional``."""
        return self._open(OrganisationType.ICB, on, fictional)

    def regions(self, *, fictional: bool = False) -> list[Organisation]:
        """All regions; those of the sample with ``fictional``."""
        return [
            o
            for o in self._by_code.values()
            if o.type is OrganisationType.REGION and o.fictional is fictional
        ]

    def _open(self, kind: OrganisationType, on: date, fictional: bool) -> list[Organisation]:
        return [
            o
            for o in self._by_code.values()
            if o.type is kind and o.fictional is fictional and o.exists(on)
        ]

    def lead_icb(self, code: str, on: date) -> Organisation | None:
        """The ICB that leads on a trust on a day, or None where none does or it is not known.

        Raises
        ------
        UnknownCode
            As :meth:`get`.
        """
        return next(iter(self._held(self.get(code).lead_icbs, on)), None)

    def region(self, code: str, on: date) -> Organisation | None:
        """The region of a trust or an ICB on a day, by its own membership; of a region itself.

        Raises
        ------
        UnknownCode
            As :meth:`get`.
        """
        organisation = self.get(code)
        if organisation.type is OrganisationType.REGION:
            return organisation
        return next(iter(self._held(organisation.regions, on)), None)

    def partner_icbs(self, code: str, on: date) -> list[Organisation]:
        """The ICBs that name a trust as a partner in their constitution, on a day.

        Raises
        ------
        UnknownCode
            As :meth:`get`.
        """
        return self._held(self.get(code).partner_icbs, on)

    def _held(self, memberships: Iterable[Membership], on: date) -> list[Organisation]:
        codes = sorted(membership.code for membership in memberships if membership.holds(on))
        return [self._by_code[code] for code in codes]

    def members(self, code: str, on: date) -> list[Organisation]:
        """The trusts that an ICB leads on, or the trusts and ICBs of a region, on a day.

        Raises
        ------
        UnknownCode
            As :meth:`get`.
        """
        children = self._children.get(self.get(code).code, [])
        return [child for child, membership in children if membership.holds(on)]

    def predecessors(self, code: str) -> list[Organisation]:
        """The organisations whose work passed to this one, directly.

        Raises
        ------
        UnknownCode
            As :meth:`get`.
        """
        return list(self._predecessors.get(self.get(code).code, []))

    def successors(self, code: str) -> list[Organisation]:
        """The organisations to which this one's work passed, directly.

        Raises
        ------
        UnknownCode
            As :meth:`get`.
        """
        succession = self.get(code).succession
        return [self._by_code[c] for c in sorted(succession.successors)] if succession else []

    def current(self, code: str, on: date) -> list[Organisation]:
        """The organisation itself if it is open on a day, else those that have its work then.

        Successors are followed until one is open. The list is empty where an organisation closed
        without a successor or has not yet opened.

        Raises
        ------
        UnknownCode
            As :meth:`get`.
        """
        organisation = self.get(code)
        if organisation.exists(on):
            return [organisation]
        if on < organisation.opened:
            return []
        found = {o.code: o for next_ in self.successors(code) for o in self.current(next_.code, on)}
        return [found[c] for c in sorted(found)]

    def nearest(self, text: str, limit: int = 3) -> list[Organisation]:
        """The organisations most like a text, by code, name, former name or alias."""
        scores = [(_likeness(text, o), o) for o in self._by_code.values()]
        scores.sort(key=lambda scored: -scored[0])
        return [o for _, o in scores[:limit]]


_SWAPPED = 99.0
"""Letters in another order: the commonest slip in typing a code."""


def _likeness(text: str, organisation: Organisation) -> float:
    """How like an organisation's code or one of its names a text is, from 0 to 100."""
    from rapidfuzz import fuzz, utils
    from rapidfuzz.distance import JaroWinkler

    typed = text.strip().upper()
    if sorted(typed) == sorted(organisation.code):
        return _SWAPPED
    code = 100 * JaroWinkler.similarity(typed, organisation.code)
    former = [name.name for name in organisation.former_names]
    names = (organisation.name, *organisation.aliases, *former)
    clean = utils.default_process(text)
    return max(code, *(fuzz.WRatio(clean, utils.default_process(name)) for name in names))
