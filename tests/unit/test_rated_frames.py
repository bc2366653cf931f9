"""Dataframes of every kind get the same answers, in their own kind and in the order of their rows."""

import sys
from collections.abc import Callable, Mapping
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import kpirules

LIBRARY = kpirules.load("indicators/sandwell-2023-24")
OBSERVED: Mapping[str, list[Any]] = {
    "indicator": ["B3d", "B6b", "B3d", "B3d", "B12b"],
    "period": ["2023/24 Q2", "2023/24 Q2", "2023/24 Q1", "2022/23 Q2", "2023/24 Q2"],
    "value": [79.0, 22.0, None, 75.99, 0.0],
    "more": [5, 4, 3, 2, 1],
}


def on_duckdb(columns: Mapping[str, Any]) -> Any:
    connection = duckdb.connect()
    connection.register("given", pa.table(dict(columns)))
    connection.execute("CREATE TABLE observed AS SELECT * FROM given")
    return connection.table("observed")


KINDS: Mapping[str, tuple[Callable[[Mapping[str, Any]], Any], Callable[[Any], Mapping[str, list[Any]]]]] = {
    "pandas": (
        lambda columns: pd.DataFrame(columns, index=[9, 2, 7, 4, 7]),
        lambda frame: {name: [None if pd.isna(x) else x for x in frame[name]] for name in frame.columns},
    ),
    "polars": (pl.DataFrame, lambda frame: frame.to_dict(as_series=False)),
    "polars lazy": (pl.LazyFrame, lambda frame: frame.collect().to_dict(as_series=False)),
    "pyarrow": (lambda columns: pa.table(dict(columns)), lambda table: table.to_pydict()),
    "duckdb": (on_duckdb, lambda relation: relation.to_arrow_table().to_pydict()),
}


@pytest.fixture(params=list(KINDS))
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def expected(columns: Mapping[str, Any] = OBSERVED) -> dict[str, list[Any]]:
    """The answers of `rate_columns` as texts."""
    found = LIBRARY.rate_columns(**{name: columns[name] for name in ("indicator", "period", "value")})
    answers: dict[str, Any] = {"rating": found.rating, "reason": found.reason}
    for name in LIBRARY.travels:
        answers |= {name: found.directions[name], f"{name}_reason": found.no_directions[name]}
    return {name: [None if x is None else str(x) for x in coded.to_list()] for name, coded in answers.items()}


def test_each_kind_of_frame_has_the_answers_beside_its_rows(kind: str) -> None:
    make, columns = KINDS[kind]
    given = make(OBSERVED)
    rated = LIBRARY.rate_frame(given)
    assert type(rated) is type(given)
    assert columns(rated) == {**OBSERVED, **expected()}
    assert expected()["rating"] == ["amber", "amber", None, "red", "green"]
    assert expected()["long"][0] == "improved"


def test_a_frame_that_is_shuffled_has_its_answers_shuffled(kind: str) -> None:
    make, columns = KINDS[kind]
    order = [3, 1, 4, 0, 2]
    shuffled = {name: [values[place] for place in order] for name, values in OBSERVED.items()}
    answers = {name: [values[place] for place in order] for name, values in expected().items()}
    assert columns(LIBRARY.rate_frame(make(shuffled))) == {**shuffled, **answers}


def test_the_rows_of_pandas_keep_their_index() -> None:
    frame = pd.DataFrame(OBSERVED, index=pd.MultiIndex.from_product([["a"], range(5)]))
    assert LIBRARY.rate_frame(frame).index.equals(frame.index)
    assert list(frame.columns) == list(OBSERVED)


def test_a_lazy_frame_is_not_read_before_it_is_collected_and_rows_left_out_later_still_count() -> None:
    read = []

    def reading(frame: pl.DataFrame) -> pl.DataFrame:
        read.append(len(frame))
        return frame

    lazy = pl.LazyFrame(OBSERVED).map_batches(reading)
    rated = LIBRARY.rate_frame(lazy)
    assert rated.collect_schema().names() == [*OBSERVED, *expected()]
    read.clear()
    only = rated.filter(pl.col("period") == "2023/24 Q2").select("long").head(1)
    assert not read
    assert only.collect()["long"].to_list() == ["improved"]  # against a row that the filter leaves out
    assert read == [5]


def test_a_relation_belongs_to_its_own_connection() -> None:
    given = on_duckdb(OBSERVED)
    rated = LIBRARY.rate_frame(given)
    assert rated.join(given.set_alias("again"), "indicator").aggregate("count(*)").fetchall() == [(11,)]


def test_short_floats_are_their_own_shortest_decimals(kind: str) -> None:
    make, columns = KINDS[kind]
    text = "indicator X { unit percent polarity higher is better\n target 53.35%\n tolerance none\n}"
    library = kpirules.load_text(text.replace(" polarity", "\n polarity").replace("{ unit", "{\n unit"))
    given = {"indicator": ["X"], "period": ["2023 Q1"], "value": np.array([53.35], dtype=np.float32)}
    if kind == "pandas":
        rated = library.rate_frame(pd.DataFrame(given))
        assert rated["rating"].tolist() == ["green"]
    else:
        assert columns(library.rate_frame(make(given)))["rating"] == ["green"]


def test_categories_and_whole_numbers_with_gaps_are_read() -> None:
    frame = pd.DataFrame(OBSERVED)
    frame["indicator"] = frame["indicator"].astype("category")
    frame["value"] = pd.Series([79, 22, None, 75, 0], dtype="Int64")
    assert LIBRARY.rate_frame(frame)["rating"].fillna("-").tolist() == ["amber", "amber", "-", "red", "green"]
    categories = pl.DataFrame(OBSERVED).with_columns(pl.col("period").cast(pl.Categorical))
    assert LIBRARY.rate_frame(categories)["rating"].to_list() == ["amber", "amber", None, "red", "green"]


def test_texts_are_read_as_people_write_them(kind: str) -> None:
    make, columns = KINDS[kind]
    written = {**OBSERVED, "value": ["79%", "22", "NA", "75.99 %", "0"]}
    answers = columns(LIBRARY.rate_frame(make(written)))
    assert answers["rating"] == ["amber", "amber", None, "red", "green"]
    assert answers["reason"][2] == "no-value"


def test_columns_and_answers_may_have_other_names(kind: str) -> None:
    make, columns = KINDS[kind]
    renamed = {"kpi": OBSERVED["indicator"], "period": OBSERVED["period"], "actual": OBSERVED["value"]}
    names = {"indicator": "kpi", "value": "actual"}
    into = {"rating": "RAG", "reason": None, "overall": "row", "short": None, "short_reason": None, "long_reason": None}
    rated = columns(LIBRARY.rate_frame(make(renamed), columns=names, into=into))
    assert rated == {
        **renamed, "RAG": expected()["rating"], "row": expected()["rating"], "long": expected()["long"],
    }  # fmt: skip


def test_travels_are_those_that_are_asked_for(kind: str) -> None:
    make, columns = KINDS[kind]
    rated = columns(LIBRARY.rate_frame(make(OBSERVED), travels=("long",)))
    assert rated == {**OBSERVED, **{name: expected()[name] for name in ("rating", "reason", "long", "long_reason")}}
    assert list(columns(LIBRARY.rate_frame(make(OBSERVED), travels=()))) == [*OBSERVED, "rating", "reason"]
    with pytest.raises(kpirules.AskingError, match="no indicator has a travel 'longer'"):
        LIBRARY.rate_frame(make(OBSERVED), travels=("longer",))


def test_travels_without_a_column_are_not_worked_out(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    rate = kpirules.Library.rate_columns

    def watched(library: kpirules.Library, **given: Any) -> Any:
        asked.append(given["travels"])
        return rate(library, **given)

    monkeypatch.setattr(kpirules.Library, "rate_columns", watched)
    LIBRARY.rate_frame(pd.DataFrame(OBSERVED), into={"short": None, "short_reason": None, "long": None})
    assert asked == [("long",)]


@pytest.mark.parametrize(
    ("columns", "into", "said"),
    [
        ({"indicator": "kpi"}, {}, "there is no column 'kpi' for the indicator"),
        ({"component": "part"}, {}, "there is no column 'part' for the component"),
        ({}, {"rating": "more"}, "there is a column 'more' already"),
        ({}, {"colour": "RAG"}, "there is no answer 'colour'"),
        ({}, {"rating": "a", "reason": "a"}, "two answers cannot both be named 'a'"),
    ],
)
def test_names_that_cannot_be_are_told(columns: dict[str, str], into: dict[str, str | None], said: str) -> None:
    with pytest.raises(kpirules.TableError, match=said):
        LIBRARY.rate_frame(pd.DataFrame(OBSERVED), columns=columns, into=into)


def test_what_is_no_frame_is_refused() -> None:
    with pytest.raises(kpirules.TableError, match=r"builtins\.list is no dataframe"):
        LIBRARY.rate_frame([1, 2, 3])


def test_rows_that_cannot_be_observed_are_the_library_s_own_errors(kind: str) -> None:
    make, columns = KINDS[kind]
    unknown = {**OBSERVED, "indicator": ["B3d", "B6b", "B3x", "B3d", "B12b"]}
    with pytest.raises((kpirules.LibraryError, pl.exceptions.ComputeError), match="B3x"):
        columns(LIBRARY.rate_frame(make(unknown)))


def test_without_narwhals_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "narwhals", None)
    monkeypatch.delitem(sys.modules, "kpirules.rated_tables.frames", raising=False)
    with pytest.raises(kpirules.TableError, match=r"pip install kpirules\[frames\]"):
        LIBRARY.rate_frame(pd.DataFrame(OBSERVED))
