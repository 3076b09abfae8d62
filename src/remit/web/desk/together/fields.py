"""The fields of these forms; what people type is screened as the register of asks screens it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from remit.asks.register.typed import check_role, without_names
from remit.model.errors import AskError
from remit.records.loading import model
from remit.web.access.permissions import own_homes
from remit.web.access.person import Person
from remit.web.access.relations import name_of
from remit.web.access.visibility import visible
from remit.web.desk.named import OrganisationUnclear, organisation_among
from remit.web.people.asking import today

_CSS = {"class": "nhsuk-input"}
_LINES = 3


def line(label: str, missing: str = "", *, hint: str = "", most: int = 200) -> forms.CharField:
    """A line of text; it may be left out where nothing is said of it missing."""
    return forms.CharField(
        label=label,
        required=bool(missing),
        max_length=most,
        help_text=hint,
        widget=forms.TextInput(attrs=_CSS),
        error_messages={"required": missing},
    )


def lines(label: str, missing: str = "", *, hint: str = "", most: int = 2000) -> forms.CharField:
    """A text of several lines; it may be left out where nothing is said of it missing."""
    field = line(label, missing, hint=hint, most=most)
    field.widget = forms.Textarea(attrs={**_CSS, "rows": 3})
    return field


def day(label: str, missing: str = "", *, hint: str = "") -> forms.DateField:
    """A day; it may be left out where nothing is said of it missing."""
    return forms.DateField(
        label=label,
        required=bool(missing),
        help_text=hint,
        widget=forms.DateInput(attrs={**_CSS, "type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": missing, "invalid": "Enter a day, such as 2026-04-30"},
    )


def past_day(label: str, missing: str = "") -> forms.DateField:
    """A day that has come."""
    field = day(label, missing)
    field.validators.append(_has_come)
    return field


def _has_come(given: date) -> None:
    if given > today():
        raise forms.ValidationError("Enter a day that has come")


def number(label: str, most: int, *, hint: str = "") -> forms.IntegerField:
    """A whole number from 0 on; it may be left out."""
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=most,
        help_text=hint,
        widget=forms.NumberInput(attrs={**_CSS, "inputmode": "numeric"}),
    )


def choice(
    label: str, choices: Iterable[tuple[str, str]] = (), *, required: bool = True
) -> forms.ChoiceField:
    """One of several."""
    return forms.ChoiceField(
        label=label, choices=list(choices), required=required, widget=forms.Select()
    )


_AMONG = {**_CSS, "list": "organisations", "autocomplete": "off"}
"""A text field beside the names that a page offers; without them it takes what is typed."""


class OrganisationInputs(forms.TextInput):
    """A line for each of several organisations, and empty ones below."""

    def __init__(self) -> None:
        super().__init__(attrs=_AMONG)

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The lines; the first has the label, the others say which they are."""
        given = parts_of(value if isinstance(value, str) else "\n".join(value or ()))
        lines = []
        for number, one in enumerate([*given, *[""] * max(_LINES - len(given), 1)], 1):
            own = {**(attrs or {})}
            if number > 1:
                own |= {"id": f"{own.get('id', name)}_{number}", "aria-label": f"Number {number}"}
            lines.append(super().render(name, one, own, renderer))
        return format_html_join("\n", "{}", ((one,) for one in lines))

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        """All lines as one text."""
        del files
        given = data.getlist(name) if hasattr(data, "getlist") else [data.get(name) or ""]
        return "\n".join(str(one) for one in given)


def parts_of(text: str) -> list[str]:
    """What stands between commas, semicolons and ends of lines; a name may have a comma itself.

    >>> parts_of("ZB1, ZR1"), parts_of("Barking, Havering and Redbridge (RF4)")
    (['ZB1', 'ZR1'], ['Barking, Havering and Redbridge (RF4)'])
    """
    lines = [one.strip() for one in re.split(r"[;\n]", text) if one.strip()]
    found: list[str] = []
    for one in lines:
        is_one = one.endswith(")") and one.count("(") == 1
        found += [one] if is_one else [part.strip() for part in one.split(",") if part.strip()]
    return found


class OrganisationsField(forms.CharField):
    """Several organisations, each by code, name or part of one; cleaned to their codes."""

    widget: Any = OrganisationInputs

    def __init__(self, label: str, *, least: int = 0, hint: str = "") -> None:
        self.least = least
        said = "One on each line: a name, a part of it, or a code such as ZB1"
        super().__init__(
            label=label,
            required=least > 0,
            max_length=1000,
            help_text=f"{hint}. {said}" if hint else said,
            error_messages={"required": "Enter the organisations"},
        )

    def clean(self, value: Any) -> list[str]:
        """The codes, each once, in the order given."""
        codes = list(dict.fromkeys(_code(one) for one in parts_of(super().clean(value))))
        if len(codes) < self.least:
            said = "Name two organisations or more" if self.least > 1 else "Name an organisation"
            raise forms.ValidationError(said)
        return codes


class OrganisationField(forms.CharField):
    """One organisation, by code, name or part of one; cleaned to its code."""

    def __init__(self, label: str, *, required: bool = True, hint: str = "") -> None:
        self.among: Collection[str] = ()
        super().__init__(
            label=label,
            required=required,
            max_length=200,
            help_text=hint or "A name, a part of it, or a code such as ZB1",
            widget=forms.TextInput(attrs=_AMONG),
            error_messages={"required": "Name an organisation"},
        )

    def clean(self, value: Any) -> str:
        """The code; nothing where it may be left out and is."""
        text = str(super().clean(value)).strip()
        return _code(text, self.among) if text else ""


class AsksField(forms.CharField):
    """Numbers of asks, with commas between; cleaned to those that the person may see."""

    def __init__(self, label: str) -> None:
        super().__init__(
            label=label,
            required=False,
            max_length=1000,
            help_text="Numbers of asks, with commas between, such as A05, A08",
            widget=forms.TextInput(attrs=_CSS),
        )
        self.person: Person | None = None

    def clean(self, value: Any) -> list[str]:
        """The numbers, each once, in the order given."""
        text = super().clean(value)
        given = list(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
        if not given or self.person is None:
            return given
        rows = visible(model("Ask").objects.filter(pk__in=given), self.person)
        seen = set(rows.values_list("pk", flat=True))
        for one in given:
            if one not in seen:
                raise forms.ValidationError(f"There is no ask “{one[:80]}” that you may see")
        return given


def _code(text: str, among: Collection[str] = ()) -> str:
    """The code of one organisation that somebody typed; some may take part already."""
    try:
        return organisation_among(text, among, today())
    except OrganisationUnclear as unclear:
        raise forms.ValidationError(str(unclear)) from None


class ScreenedForm(forms.Form):
    """A form whose texts lose the names of people, and whose roles may be none."""

    roles: ClassVar[frozenset[str]] = frozenset()
    """Fields that take a role, and refuse a person."""
    as_given: ClassVar[frozenset[str]] = frozenset({"organisation"})
    """Fields that take what is chosen, and no text."""

    def clean(self) -> dict[str, Any]:
        """Take names out of texts; refuse a person where a role belongs."""
        for name, value in list(self.cleaned_data.items()):
            if not isinstance(value, str) or name in self.as_given:
                continue
            text = value.strip()
            if name in self.roles and text:
                try:
                    check_role(text)
                except AskError as error:
                    self.add_error(name, str(error))
                    continue
            self.cleaned_data[name] = text if name in self.roles else without_names(text)
        return dict(self.cleaned_data)


def homes_of(person: Person) -> list[tuple[str, str]]:
    """The organisations for which a person may enter something new, to choose from."""
    return [(code, f"{name_of(code, person.on)} ({code})") for code in own_homes(person)]
