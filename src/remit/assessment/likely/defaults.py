"""How likely ranges are drawn where nothing else is asked for; commands tell it in their help."""

from typing import Literal

from remit.model.likely import LikelyMethod

Method = Literal["percentile", "expanded"]
"""How the draws of a bootstrap become a range."""

DRAWN_AS: dict[LikelyMethod, Method] = {"published": "percentile", "expanded": "expanded"}
"""What NHS England publishes fits percentiles of the draws; it does not say its method."""

ASKED_AS: dict[str, LikelyMethod] = {drawn: asked for asked, drawn in DRAWN_AS.items()}

DEFAULT_REPLICATES = 10_000
DEFAULT_SEED = 20_250_909
"""The day on which the first league tables were published."""
