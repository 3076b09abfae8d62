"""Who exists and who belongs to whom, on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property

from remit.model.errors import UnknownCode
from remit.model.organisation import Membership, Organisation, OrganisationType, TrustKind
from remit.register.typed import TypedNames, all_names, bare, initials, kind_said, plain


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
            near = _listed(self.nearest(code)) or "none"
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

    def named(self, text: str, on: date | None = None) -> Organisation:
        """The one organisation that a code, an ONS code or a whole name stands for.

        A name is taken without its legal form, and with ``and`` for ``&``. Names carry dates: one
        that passed to a successor is its own organisation's as long as that was open. Nothing is
        guessed: an abbreviation that no source prints is refused, with what is nearest.

        Parameters
        ----------
        text
            A code such as ``RYJ``, an ONS code, or a name, present, former or short.
        on
            The day of the question; today without it.

        Raises
        ------
        UnknownCode
            If there is none, or if several have the name; the message names them.

        Examples
        --------
        >>> import remit
        >>> remit.load_register().named("Larkshire University Hospitals").code
        'ZA1'
        """
        given = text.strip().upper()
        found = self._by_code.get(given) or self._by_ons_code.get(given)
        if found is not None:
            return found
        day = on or date.today()
        holders = self._holders(text, day)
        holders += self._with_initials(text, holders)
        if len(holders) == 1:
            return self._still_meant(text, holders[0], day)
        if holders:
            several = _listed(holders, " and of ", day)
            raise UnknownCode(f"{text!r} is a name of {several}; give the code")
        raise UnknownCode(
            f"There is no organisation {text!r} on the register. "
            f"Nearest: {_listed(self.nearest(text), on=day) or 'none'}"
        )

    def bearers(self, text: str, on: date | None = None) -> tuple[Organisation, ...]:
        """All organisations that a code or a whole name stands for; nothing is guessed.

        Examples
        --------
        >>> import remit
        >>> [one.code for one in remit.load_register().bearers("SEL ICB")]
        ['QKK']
        """
        given = text.strip().upper()
        found = self._by_code.get(given) or self._by_ons_code.get(given)
        return (found,) if found else tuple(self._holders(text, on or date.today()))

    def _still_meant(self, text: str, holder: Organisation, on: date) -> Organisation:
        """The holder of a name; a short name of one that closed may mean who has its hospital now.

        Raises
        ------
        UnknownCode
            If it may; the message names both.
        """
        now = self.current(holder.code, on)
        whole = plain(text) in map(plain, all_names(holder))
        if holder.exists(on) or not now or (whole and plain(text) != bare(text)):
            return holder
        raise UnknownCode(
            f"{text!r} is a name of {_listed([holder], on=on)}, which has closed; its work passed "
            f"to {_listed(now, ' and ', on)}; give the code of the one that is meant"
        )

    def _holders(self, text: str, on: date) -> list[Organisation]:
        """The organisations that have a name, those before all others that had it on the day."""
        kind = kind_said(text)
        found = [o for o in self._by_name.get(bare(text), ()) if kind in (None, o.type)]
        then = {one.code: one for one in (self._then(text, one, on) for one in found)}
        return [one for one in then.values() if one.exists(on)] or list(then.values())

    def _with_initials(self, text: str, holders: Sequence[Organisation]) -> list[Organisation]:
        """Those of another type whose initials a short name of the only holder is as well.

        A trust and the ICB around it are often both called by them.
        """
        wanted = plain(text)
        if len(holders) != 1 or " " in wanted or len(wanted) < _LEAST_INITIALS:
            return []
        (holder,) = holders
        if wanted == bare(holder.name):
            return []
        others = (o for o in self._by_code.values() if o.type is not holder.type)
        return [o for o in others if o.fictional is holder.fictional and initials(o.name) == wanted]

    def _then(self, text: str, holder: Organisation, on: date) -> Organisation:
        """Who had a name on a day: its holder, or the predecessor that it came from."""
        for former in self.predecessors(holder.code):
            own = self._typed.explained(text, holder.code)
            if former.exists(on) and self._typed.explained(text, former.code) > own:
                return former
        return holder

    def nearest(
        self, text: str, limit: int = 3, *, among: Iterable[str] | None = None
    ) -> list[Organisation]:
        """The organisations most like a text, by code, name, former name, alias, site or initials.

        Who has the work of a closed organisation now stands beside it. Those of the fictional
        sample are named only for its own codes and names: for any other text they would pass for
        real ones.

        Parameters
        ----------
        text
            What somebody typed.
        limit
            How many are wanted.
        among
            The codes that can be meant; all without it.

        Examples
        --------
        >>> import remit
        >>> [one.code for one in remit.load_register().nearest("Larkshire Hosps")][0]
        'ZA1'
        """
        likeness = self._typed.likeness(text)
        alike = [code for code, like in likeness.items() if like >= _LEAST_LIKE]
        ranked = sorted(alike, key=lambda code: (-likeness[code], code))
        if among is not None:
            wanted = frozenset(among)
            return [self._by_code[code] for code in ranked if code in wanted][:limit]
        if not ranked or not self._of_sample(text, self._by_code[ranked[0]]):
            ranked = [code for code in ranked if not self._by_code[code].fictional]
        followed = dict.fromkeys(one for code in ranked[:limit] for one in self._followed(code))
        return [self._by_code[code] for code in followed][:limit]

    def _followed(self, code: str) -> list[str]:
        """A code, with those of the organisations that have its work now."""
        return [code, *(one.code for one in self.current(code, date.max) if one.code != code)]

    def _of_sample(self, text: str, likest: Organisation) -> bool:
        """Whether a text begins as the sample's codes do, or is a name with one like it there."""
        code = text.strip().upper()
        begins = {one.code[:2] for one in self._by_code.values() if one.fictional}
        is_code = len(code) <= len(likest.code) + 1 and any(letter.isdigit() for letter in code)
        return likest.fictional and (code[:2] in begins or not is_code)

    @cached_property
    def _by_name(self) -> Mapping[str, list[Organisation]]:
        """A bare name, present, former or short → the organisations that have it."""
        found: dict[str, list[Organisation]] = {}
        for one in self._by_code.values():
            for name in dict.fromkeys(map(bare, all_names(one))):
                found.setdefault(name, []).append(one)
        return found

    @cached_property
    def _typed(self) -> TypedNames:
        return TypedNames(self._by_code.values())


_LEAST_INITIALS = 3
_LEAST_LIKE = 0.25
"""Below this an organisation has nothing in common with what was typed."""


def _listed(
    organisations: Iterable[Organisation], between: str = "; ", on: date | None = None
) -> str:
    """Organisations by code and name: that of a day, or else today's."""
    return between.join(f"{one.code} {one.name_on(on or date.today())}" for one in organisations)
