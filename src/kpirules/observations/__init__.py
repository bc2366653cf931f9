"""Tables of observations: rows from a file or from Python, and what they say of the indicators of a library."""

from kpirules.observations.mappings import from_mappings
from kpirules.observations.observed import Observation, Observations, Slot, observe
from kpirules.observations.table import Row, decoded, read_csv

__all__ = ["Observation", "Observations", "Row", "Slot", "decoded", "from_mappings", "observe", "read_csv"]
