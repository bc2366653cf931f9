"""What the measurements rest on: a workload without fault, exact truths, and peers that follow the same rules."""

from decimal import Decimal

import pytest
from bench import truth
from bench.peers import dispatch, duckdb_tables, ladder, numpy_select, ours, polars_frames
from bench.peers.sql import in_words
from bench.workload import SCALE, Workload, workload

from kpirules import check_text


@pytest.fixture(scope="module")
def work() -> Workload:
    return workload(indicators=100, months=30)


def test_the_definitions_are_without_fault_and_of_every_kind(work: Workload) -> None:
    library, found = check_text(work.text)
    assert found == ()
    assert list(library.indicators) == [spec.reference for spec in work.specs]
    assert {spec.kind for spec in work.specs} == {"higher", "lower", "range", "bands", "zero"}


def test_the_workload_is_the_same_each_time(work: Workload) -> None:
    again = workload(indicators=100, months=30)
    assert again.text == work.text
    assert (again.grid == work.grid).all()


def test_each_float_prints_as_the_number_that_is_meant(work: Workload) -> None:
    held, floats = work.grid.ravel().tolist(), work.values.ravel().tolist()
    assert [Decimal(repr(value)) * SCALE for value in floats] == held


def test_the_hand_written_function_in_decimals_is_right_everywhere(work: Workload) -> None:
    asked = work.asked(1_000)
    right = truth.answers(truth.loaded(work).indicators, work, asked)
    assert dispatch.prepare(work.specs, asked, Decimal)() == right


def test_the_ladder_is_that_of_the_first_indicator(work: Workload) -> None:
    values = [Decimal(repr(value)) for value in work.values[0].tolist()]
    assert set(ladder.prepare_exact(work.specs[0], values)()) <= {"green", "amber", "red"}
    with pytest.raises(ValueError, match="the ladder is not that of M00001"):
        ladder.prepare(work.specs[1], [])


def test_columns_are_compared_with_the_truth_row_by_row(work: Workload) -> None:
    right = truth.codes(truth.loaded(work).indicators, work, range(0, 100, 10))
    columns, rows = numpy_select.prepare(work), work.rows()
    found = columns.codes(columns.run())
    assert truth.wrong(right, rows, found) < 10  # floats go wrong here and there, right on an edge
    shifted = (found[0] + 1, found[1])
    assert truth.wrong(right, rows, shifted) > 250


@pytest.mark.parametrize("travels", [(), ("short",), ("short", "long")])
@pytest.mark.parametrize("shuffled", [False, True])
def test_columns_of_ours_are_right_with_the_travels_that_are_measured(
    work: Workload, travels: tuple[str, ...], *, shuffled: bool
) -> None:
    library, rows = truth.loaded(work), work.rows(shuffled=shuffled)
    columns = ours.prepare(library, work, rows, travels)
    found = columns.codes(columns.run())
    assert len(found) == 1 + len(travels)
    assert truth.wrong(truth.codes(library.indicators, work, range(100)), rows, found) == 0


def test_frames_of_ours_are_right_and_hand_written_ones_say_the_same_words(work: Workload) -> None:
    library, rows = truth.loaded(work), work.rows()
    right = truth.codes(library.indicators, work, range(100))
    for prepare in (ours.prepare_polars, ours.prepare_duckdb):
        columns = prepare(library, work)
        assert truth.wrong(right, rows, columns.codes(columns.run())) == 0
    for written in (polars_frames.prepare_words, duckdb_tables.prepare_words):
        columns = written(work)
        assert 0 < truth.wrong(right, rows, columns.codes(columns.run())) < 60  # as floats go wrong


def test_numbers_of_a_case_become_words_and_nothing_else_does() -> None:
    case = "CASE WHEN value >= 2 THEN 0 WHEN greatest(value, 0) > 1 THEN 1 ELSE 2 END"
    said = "CASE WHEN value >= 2 THEN 'green' WHEN greatest(value, 0) > 1 THEN 'amber' ELSE 'red' END"
    assert in_words(case, ("green", "amber", "red")) == said
