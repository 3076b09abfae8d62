"""Bank holidays, as they are declared by year."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field, model_validator

from remit.model.declaration import Declaration


class BankHoliday(Declaration):
    """One day on which nobody works."""

    day: date
    name: str = Field(min_length=1)


class HolidayYear(Declaration):
    """All bank holidays of one year."""

    year: int = Field(ge=1900, le=2200)
    verified: bool = Field(True, description="False where the source itself was not seen")
    days: tuple[BankHoliday, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _within(self) -> HolidayYear:
        for one in self.days:
            if one.day.year != self.year:
                raise ValueError(f"{one.day} does not lie in {self.year}")
            if one.day.weekday() > 4:
                raise ValueError(f"{one.day} is a {one.day:%A}; name the day off in its place")
        return self


class BankHolidayFile(Declaration):
    """The bank holidays of a nation, year by year."""

    schema_: Literal["remit/bank-holidays/1"] = Field(alias="schema")
    of: str = Field(min_length=1)
    source: str = Field(min_length=1)
    seen: str = Field("", description="Where the source was read")
    years: tuple[HolidayYear, ...] = Field(min_length=1)
