"""How patients are made comparable, and when a comparison is refused, as declared."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from remit.model.declaration import Declaration


class StrataCuts(Declaration):
    """Where the bands begin that people of one stratum share."""

    last_quarter: tuple[int, ...]
    quarter_before: tuple[int, ...]
    rest_of_year: tuple[int, ...]
    whole_year: tuple[int, ...]
    emergencies: tuple[int, ...]
    age: tuple[int, ...]


class GateLimits(Declaration):
    """From where on there is no answer.

    ``kept`` is the least share of those with the service for whom there is somebody alike;
    ``alarm`` how often all gates together may close by chance. The others say how large a
    difference must be as well.
    """

    kept: float = Field(gt=0, le=1)
    alarm: float = Field(gt=0, lt=0.5)
    told: float = Field(gt=0, lt=1)
    survival: float = Field(gt=0, lt=1)
    survival_untold: float = Field(gt=0, lt=1)
    day_of_entry: float = Field(gt=0)
    day_of_entry_times: float = Field(gt=0)
    spike: float = Field(gt=1)
    season: float = Field(gt=1)
    referral: float = Field(gt=0, le=1)
    referral_times: float = Field(gt=1)
    signs: float
    rising_alarm: float = Field(gt=0, lt=0.5)
    rising: float = Field(gt=0)
    entrants: float = Field(gt=0)
    entrants_alarm: float = Field(gt=0, lt=0.5)
    passing: float = Field(gt=0)
    passing_alarm: float = Field(gt=0, lt=0.5)
    planned_before: float = Field(gt=0, le=1)
    kinds: float = Field(gt=1)
    deaths: float = Field(gt=0, lt=1)
    deaths_times: float = Field(ge=1)
    more_use: float = Field(gt=0)
    more_use_alarm: float = Field(gt=0, lt=0.5)
    gone: float = Field(gt=0, lt=1)
    newcomers: float = Field(gt=0, lt=1)
    left: float = Field(gt=0, lt=1)
    later_entrants: float = Field(gt=0, lt=1)
    last_records: float = Field(gt=0, lt=1)
    practices: float = Field(gt=0)
    odd_year: float = Field(gt=0)
    other_service: float = Field(gt=0, lt=1)
    other_service_times: float = Field(ge=1)
    apart_alarm: float = Field(gt=0, lt=0.5)
    better_alarm: float = Field(gt=0, lt=0.5)
    longer: float = Field(gt=0, lt=1)
    hospital: float = Field(gt=0, lt=1)
    contacts: float = Field(gt=1)
    contacts_of_others: float = Field(gt=0, lt=1)
    planned_of_others: float = Field(gt=1)
    planned_share: float = Field(gt=1)
    contacts_before: float = Field(gt=1)
    need: float = Field(gt=0)
    fifths: float = Field(gt=0)
    quantity: float = Field(gt=0)
    stays_of_others: float = Field(gt=1)
    practices_without: float = Field(gt=0, lt=1)
    first_weeks: float = Field(gt=0, lt=1)
    first_weeks_times: float = Field(gt=1)
    recording: float = Field(gt=0)
    recording_z: float = Field(gt=0)
    gap: float = Field(gt=0, lt=1)


class EffectRules(Declaration):
    """All that is declared of the comparison of those with a service and those without."""

    schema_: Literal["remit/effect-rules/1"] = Field(alias="schema")
    source: str
    verified: bool
    cuts: StrataCuts
    units: dict[str, int]
    emergency_days: int = Field(gt=0)
    begun_days_before: int = Field(ge=0)
    begun_days_after: int = Field(ge=0)
    emergency_pods: tuple[str, ...]
    least_controls: int = Field(ge=1)
    least_clusters: int = Field(ge=2)
    follow_up_days: int = Field(gt=0)
    least_follow_up_days: int = Field(gt=0)
    looks_for_people: int = Field(ge=0)
    records_at_once: int = Field(ge=1)
    places_of_days: int = Field(gt=1)
    gates: GateLimits
