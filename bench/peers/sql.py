"""Band and direction as SQL, as anybody would write it over a table of observations joined with one of parameters."""

import re
from collections.abc import Sequence

BAND = """
CASE kind
  WHEN 'higher' THEN CASE WHEN value >= target THEN 0 WHEN value >= target - tolerance THEN 1 ELSE 2 END
  WHEN 'lower' THEN CASE WHEN value <= target THEN 0 WHEN value <= target + tolerance THEN 1 ELSE 2 END
  WHEN 'range' THEN CASE
    WHEN value BETWEEN target AND high THEN 0
    WHEN value BETWEEN target - tolerance AND high + tolerance THEN 1
    ELSE 2 END
  WHEN 'bands' THEN CASE
    WHEN value >= high THEN 3 WHEN value >= target THEN 0 WHEN value >= target - tolerance THEN 1 ELSE 2 END
  ELSE CASE WHEN abs(value) <= abs(target) THEN 0 WHEN abs(value) <= abs(target) + tolerance THEN 1 ELSE 2 END
END
"""

_GAIN = """
CASE kind
  WHEN 'lower' THEN {earlier} - value
  WHEN 'zero' THEN abs({earlier}) - abs(value)
  WHEN 'range' THEN greatest(target - {earlier}, {earlier} - high, 0) - greatest(target - value, value - high, 0)
  ELSE value - {earlier}
END
"""

_DIRECTION = """
CASE
  WHEN {earlier} IS NULL THEN NULL
  WHEN kind = 'range' AND value BETWEEN target AND high AND {earlier} BETWEEN target AND high THEN
    CASE WHEN value - {earlier} > {zone} THEN 1 WHEN value - {earlier} < -{zone} THEN 3 ELSE 2 END
  WHEN {gain} > {zone} THEN 0
  WHEN {gain} < -{zone} THEN 4
  ELSE 2
END
"""


def direction(earlier: str, zone: object) -> str:
    """The direction since an earlier value, in a column of that name."""
    return _DIRECTION.format(earlier=earlier, zone=zone, gain=_GAIN.format(earlier=earlier))


def in_words(case: str, words: Sequence[str]) -> str:
    """The same with words for the numbers that it gives."""
    return re.sub(r"(THEN|ELSE) (\d)", lambda found: f"{found[1]} '{words[int(found[2])]}'", case)
