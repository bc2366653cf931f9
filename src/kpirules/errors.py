"""The root of everything that kpirules raises on account of what it was given."""


class KpirulesError(Exception):
    """Something given to kpirules cannot be used; the message says what would be right.

    Python's own conventions stay beside it: `KeyError` for a name that is not there, `TypeError` for a value of a
    type that is no measurement, `OSError` for files that cannot be read.
    """


class AskingError(KpirulesError, ValueError):
    """A question that has no answer as it was asked: without its period or components, or with a name never read."""


class RowError(KpirulesError, ValueError):
    """A mapping that is no row of observations: it lacks a column, or has one that means nothing."""


class TableError(KpirulesError, ValueError):
    """A table that cannot be rated: a column is missing or there already, or tables of its kind are not known."""
