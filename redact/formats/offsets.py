"""Many offsets in little memory: four bytes each, for files of a million words."""

from __future__ import annotations

from array import array
from typing import Any

import numpy as np


def as_offsets(numbers: Any) -> array[int]:
    """Whole numbers of numpy, none below nought, as an array of Python's own."""
    made = array("I")
    made.frombytes(numbers.astype(np.uint32).tobytes())
    return made
