"""Tables of observations: rows from a file or from Python, and what they say of the indicators of a library."""

from kpirules.observations.encoding import decoded, encoding_of
from kpirules.observations.headers import folded, header_among, separator_of
from kpirules.observations.json_table import read_json
from kpirules.observations.mappings import from_mappings
from kpirules.observations.observed import Observation, Observations, Slot, observe
from kpirules.observations.readers import is_table, read_table
from kpirules.observations.table import Row, read_csv
from kpirules.observations.wide import Back

__all__ = [
    "Back",
    "Observation",
    "Observations",
    "Row",
    "Slot",
    "decoded",
    "encoding_of",
    "folded",
    "from_mappings",
    "header_among",
    "is_table",
    "observe",
    "read_csv",
    "read_json",
    "read_table",
    "separator_of",
]
