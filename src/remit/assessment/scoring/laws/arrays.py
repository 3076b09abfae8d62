"""The kinds of array that the laws take and give."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[Any]
Flags = NDArray[np.bool_]
