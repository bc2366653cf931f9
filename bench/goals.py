"""What is measured, by name, and the goals: how much of which peer's time ours may take."""

from enum import StrEnum

from attrs import frozen


class Way(StrEnum):
    """One way to do one piece of work."""

    LEAN_FLOAT = "rater, float, rating and direction"
    LEAN_ONE_WAY = "rater, float, rating and direction, only where better lies one way"
    LEAN_DECIMAL = "rater, Decimal, rating and direction"
    LEAN_RATING = "rater, float, rating alone, one indicator"
    LEAN_BOTH_WAYS = "rater, float, rating alone"
    RICH = "Indicator.rate, float, rating alone"
    MAKE_RATERS = "make a rater of each indicator"
    LADDER = "hand-written ladder for one indicator, float"
    LADDER_DECIMAL = "hand-written ladder for one indicator, Decimal"
    DISPATCH = "hand-written function over kinds, float"
    DISPATCH_ONE_WAY = "hand-written function over kinds, float, only where better lies one way"
    DISPATCH_DECIMAL = "hand-written function over kinds, Decimal"
    ZEN = "zen-engine, compiled expression"
    RULE_ENGINE = "rule-engine"
    CEL = "common-expression-language"
    JSON_LOGIC = "json-logic"

    MEMCPY = "memcpy of the inputs"
    COLUMNS_GRID = "rate_columns, encoded ids in order, rating and one direction"
    COLUMNS_ROWS = "rate_columns, encoded ids in any order, rating and one direction"
    COLUMNS_GRID_BOTH = "rate_columns, encoded ids in order, rating and two directions"
    COLUMNS_ROWS_BOTH = "rate_columns, encoded ids in any order, rating and two directions"
    MEMORY_GRID = "memory beyond the inputs, a million rows: encoded ids in order, one direction"
    MEMORY_ROWS = "memory beyond the inputs, a million rows: encoded ids in any order, one direction"
    MEMORY_WHOLE = "memory beyond the inputs, a million rows: text ids, two directions"
    NUMPY = "NumPy select"
    DUCKDB = "DuckDB, join and CASE, all cores"
    POLARS = "Polars, lazy join and when/then, all cores"
    PANDAS = "pandas, merge and select"

    WHOLE = "rate_columns from text ids, rating and two directions"
    DUCKDB_WHOLE = "DuckDB from text ids with LAG, all cores"
    POLARS_WHOLE = "Polars from text ids with shifts, all cores"
    PANDAS_WHOLE = "pandas from text ids with shifts"

    FRAME_POLARS = "rate_frame, a lazy Polars frame, rating and two directions in words"
    FRAME_DUCKDB = "rate_frame, a DuckDB relation, rating and two directions in words"
    POLARS_WORDS = "hand-written lazy Polars, the same frame, all cores"
    DUCKDB_WORDS = "hand-written DuckDB, the same relation, all cores"

    LOAD = "load: parse, check and prove"
    LOAD_TEN = "load ten times as many"
    LARK_TREE = "plain Lark tree of the same text"
    YAML = "PyYAML's C loader on the same as YAML"
    LOAD_FILES = "load from 50 files"
    RELOAD = "load the 50 files again with a memo, one definition changed"

    PROVE = "the laws that are proved, of every indicator"
    ENGINES_AGREE = "engines agree, of every indicator"
    TEST_REPORT = "kpirules test, the council's report, a fresh process"
    DRAW = "draw a definition (seconds each)"
    IMPORT = "import kpirules, beyond bare Python"


@frozen
class Goal:
    """Ours takes at most so many times what the peer takes; without a peer, at most so many seconds.

    Some amounts are those of a thousand indicators, and mean nothing of fewer. What is not time has a `unit`.
    """

    ours: Way
    at_most: float
    peer: Way | None = None
    of_a_thousand: bool = False
    unit: str = "s"


GOALS = (
    Goal(Way.LEAN_FLOAT, 0.9, Way.DISPATCH),
    Goal(Way.LEAN_FLOAT, 0.3, Way.ZEN),
    Goal(Way.LEAN_FLOAT, 1 / 40, Way.RULE_ENGINE),
    Goal(Way.LEAN_RATING, 2, Way.LADDER),
    Goal(Way.LEAN_DECIMAL, 0.8, Way.DISPATCH_DECIMAL),
    Goal(Way.RICH, 4, Way.LEAN_BOTH_WAYS),
    Goal(Way.MAKE_RATERS, 0.015, of_a_thousand=True),
    Goal(Way.COLUMNS_GRID, 6, Way.MEMCPY),
    Goal(Way.COLUMNS_GRID, 0.4, Way.DUCKDB),
    Goal(Way.COLUMNS_ROWS, 0.75, Way.DUCKDB),
    Goal(Way.WHOLE, 0.33, Way.DUCKDB_WHOLE),
    Goal(Way.WHOLE, 0.25, Way.POLARS_WHOLE),
    Goal(Way.WHOLE, 0.15, Way.PANDAS_WHOLE),
    Goal(Way.FRAME_POLARS, 1.3, Way.POLARS_WORDS),
    Goal(Way.FRAME_DUCKDB, 1.3, Way.DUCKDB_WORDS),
    Goal(Way.MEMORY_GRID, 8, of_a_thousand=True, unit="MB"),
    Goal(Way.MEMORY_ROWS, 8, of_a_thousand=True, unit="MB"),
    Goal(Way.LOAD, 2, Way.LARK_TREE),
    Goal(Way.LOAD_TEN, 11.5, Way.LOAD),
    Goal(Way.RELOAD, 0.1, Way.LOAD_FILES),
    Goal(Way.PROVE, 1, of_a_thousand=True),
    Goal(Way.TEST_REPORT, 2),
    Goal(Way.DRAW, 1 / 500),
    Goal(Way.IMPORT, 0.06),
)
