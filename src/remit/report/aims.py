"""The four aims of an integrated care system, in words."""

from __future__ import annotations

AIMS = {
    "population_health": "Improve outcomes in population health and healthcare",
    "inequalities": "Tackle inequalities in outcomes, experience and access",
    "productivity": "Enhance productivity and value for money",
    "social_economic": "Support social and economic development",
    "none": "No one of the four aims above the others",
}
"""The four aims of an integrated care system, in the order in which a report takes them."""
