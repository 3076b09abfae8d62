"""How likely ranges can be asked for."""

from typing import Literal

LikelyMethod = Literal["published", "expanded"]
"""How likely ranges are drawn: as those that NHS England publishes, or stretched for few scores."""
