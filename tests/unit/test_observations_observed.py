from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpirules.diagnostics import Diagnostic
from kpirules.model import Definition, Definitions, Terms, Version
from kpirules.observations import Observations, Row, Slot, from_mappings, observe, read_csv
from kpirules.periods import Calendar, Frequency, Period, parse_period
from kpirules.reasons import Reason
from kpirules.source import Source
from kpirules.units import Count, Money, Percent, Unit
from kpirules.vocabulary.figures import Number
from kpirules.vocabulary.schemes import OTHERWISE, Band, Scheme, SchemeLine, TargetMet, WithinTolerance

COUNCIL = Calendar("council", "Council year", 4, 1)
SCHOOL = Calendar("school", "School year", 9, 1)
RAG = Scheme(
    "rag",
    "Red, amber, green",
    (
        SchemeLine(Band("green"), TargetMet()),
        SchemeLine(Band("amber"), WithinTolerance()),
        SchemeLine(Band("red"), OTHERWISE),
    ),
)
GBP = Money("GBP")


def definition(
    reference: str,
    *versions: Version,
    unit: Unit | None = None,
    calendar: Calendar = COUNCIL,
    components: tuple[Definition, ...] = (),
) -> Definition:
    return Definition(
        reference,
        f"The title of {reference}",
        calendar,
        Frequency.QUARTERLY,
        versions or (Version(Terms(RAG, unit or Percent())),),
        components=components,
    )


def library(*definitions: Definition) -> Definitions:
    return Definitions({each.reference: each for each in definitions}, {"council": COUNCIL, "school": SCHOOL})


LIBRARY = library(
    definition("B3d"),
    definition("H14 / BS03", unit=Count()),
    definition("S1", calendar=SCHOOL),
    definition("B8c", Version(Terms(RAG, GBP, readings={"surplus": 1, "deficit": -1}))),
    definition("B12a", components=(definition("family"), definition("other", unit=Count()))),
    definition(
        "B1",
        Version(Terms(RAG, Percent()), until=date(2023, 3, 31)),
        Version(
            Terms(RAG, Percent(), inputs={"overspend": GBP}, figures={"floor": Number(Fraction(62)), "upper": None}),
            since=date(2023, 4, 1),
        ),
    ),
)
HEADER = "indicator,component,period,value,measured,note\n"


def seen(text: str) -> tuple[Observations, tuple[Diagnostic, ...]]:
    rows, none = read_csv(Source("t.csv", HEADER + text))
    assert none == ()
    return observe(rows, LIBRARY)


def period(text: str) -> Period:
    return parse_period(text, COUNCIL)


@pytest.mark.parametrize(
    ("line", "slot", "number"),
    [
        ("B3d,,2023/24 Q2,79%", ("B3d", None, "2023/24 Q2"), Fraction(79)),
        ("B3d , ,2023/2024\u00a0q2,79", ("B3d", None, "2023/24 Q2"), Fraction(79)),
        ('H14 /  BS03,,2023/24,"2,528"', ("H14 / BS03", None, "2023/24"), Fraction(2528)),
        ("B8c,,2023/24 Q2,£207k deficit", ("B8c", None, "2023/24 Q2"), Fraction(-207000)),
        ("B12a,,2023/24 Q2,52%", ("B12a", None, "2023/24 Q2"), Fraction(52)),
        ("B12a,family,2023/24 Q2,52%", ("B12a", "family", "2023/24 Q2"), Fraction(52)),
        ("B12a,other,2023/24 Q2,1023", ("B12a", "other", "2023/24 Q2"), Fraction(1023)),
        ("B1,overspend,2023/24 Q2,£1.2m", ("B1", "overspend", "2023/24 Q2"), Fraction(1200000)),
        ("B1,upper,2023/24 Q2,88.5%", ("B1", "upper", "2023/24 Q2"), Fraction(177, 2)),
    ],
)
def test_a_row_is_found_in_its_slot(line: str, slot: tuple[str, str | None, str], number: Fraction) -> None:
    observations, faults = seen(line)
    assert faults == ()
    reference, component, when = slot
    found = observations.find(reference, component, period(when))
    assert found is not None
    assert (found.reading.number, found.where) == (number, "t.csv:2")
    assert [(each.reference, each.component, str(each.period)) for each, _ in observations] == [slot]
    assert len(observations) == 1


def test_what_was_not_observed_is_not_found() -> None:
    observations, _ = seen("B12a,family,2023/24 Q2,52%")
    assert observations.find("B12a", None, period("2023/24 Q2")) is None
    assert observations.find("B12a", "family", period("2023/24 Q1")) is None


def test_an_empty_value_is_an_observation_with_a_reason() -> None:
    observations, faults = seen("B3d,,2023/24 Q2,\nB3d,,2023/24 Q1,TBC")
    assert faults == ()
    assert [found.reading.reason for _, found in observations] == [Reason.NO_VALUE, Reason.VALUE_PENDING]


def test_the_columns_and_what_stands_beside_the_value_come_together() -> None:
    line = "B3d,,2023/24 Q2,79% (30th Sep 2023) (schools only),September,early\nB3d,,2023/24 Q1,79% (30th June 2023)"
    observations, _ = seen(line)
    assert [(found.measured, found.note) for _, found in observations] == [
        ("September", "early; schools only"),
        ("30th June 2023", None),
    ]


@pytest.mark.parametrize(
    ("line", "code", "place", "message", "help"),
    [
        ("B3x,,2023/24,1", "unknown-indicator", "B3x", "`B3x`", "did you mean `B3d`?"),
        ("the title of b8c,,2023/24,1", "unknown-indicator", "the title of b8c", "`the title of b8c`", "mean `B8c`?"),
        ("zzzzzz,,2023/24,1", "unknown-indicator", "zzzzzz", "`zzzzzz`", "`B12a` and 1 more"),
        (",,2023/24,1", "unknown-indicator", "", "names no indicator", "the library has"),
        ("B12a,famly,2023/24,1", "unknown-component", "famly", "`famly`", "did you mean `family`?"),
        ("B12a,qqq,2023/24,1", "unknown-component", "qqq", "of `B12a`", "it has `family`, `other`"),
        ("B3d,qqq,2023/24,1", "unknown-component", "qqq", "of `B3d`", "leave the cell empty"),
        ("B1,qqq,2023/24,1", "unknown-component", "qqq", "of `B1`", "it has `overspend`, `upper`"),
        ("B1,floor,2023/24,1", "unknown-component", "floor", "`floor` of `B1`", "take the row out"),
        ("B1,overspend,2022/23,£1", "unknown-component", "overspend", "not observed in 2022/23", "other periods"),
        ("B3d,,2023,79", "bad-period", "2023", "2023 could be two years", "such as `2023/24 Q1`"),
        ("B3d,,2023/24 Q7,79", "bad-period", "2023/24 Q7", "there is no Q7", "`B3d`"),
        ("B3d,, soon ,79", "bad-period", "soon", "'soon'", "`B3d`"),
        ("B3d,,2023/24,  £5 ", "unreadable-value", "£5", "£5", "write the value of `B3d` in its unit, percent"),
        ("B12a,other,2023/24,71%", "unreadable-value", "71%", "71%", "`other` of `B12a` in its unit, count"),
    ],
)
def test_a_row_that_cannot_be_is_a_fault_at_its_cell(line: str, code: str, place: str, message: str, help: str) -> None:
    observations, [fault] = seen(line)
    assert len(observations) == 0
    assert (fault.code, fault.span.text, fault.span.line) == (code, place, 2)
    assert message in fault.message
    assert help in fault.help


def test_two_faults_of_one_row_are_both_told() -> None:
    _, faults = seen("B12a,famly,soon,1")
    assert [fault.code for fault in faults] == ["unknown-component", "bad-period"]


def test_each_component_has_its_own_calendar() -> None:
    mixed = library(definition("M", components=(definition("school", calendar=SCHOOL),)))
    observations, _ = observe(
        from_mappings([{"indicator": "M", "component": "school", "period": "2023/24 Q1", "value": 1}]), mixed
    )
    [(slot, _)] = observations
    assert slot.period.start == date(2023, 9, 1)


# ---- several values for one slot


@pytest.mark.parametrize(
    ("values", "kept", "faults"),
    [
        (["1", "2"], 1, [(3, 2)]),
        (["1", "1"], 1, [(3, 2)]),
        (["1", "2", "3"], 1, [(3, 2), (4, 2)]),
        (["1", "2 (revised)"], 2, []),
        (["1 (revised from 3)", "2"], 1, []),
        (["1", "2,,Revised in May"], 2, []),
        (["1", "2,,unrevised"], 1, [(3, 2)]),
        (["1", "2 (revised)", "3 (revised)"], 2, [(4, 3)]),
        (["1", "nonsense (revised)"], 1, None),
    ],
)
def test_the_first_is_kept_unless_exactly_one_is_revised(
    values: list[str], kept: int, faults: list[tuple[int, int]] | None
) -> None:
    observations, found = seen("".join(f"B3d,,2023/24 Q2,{value}\n" for value in values))
    [(_, observation)] = observations
    assert observation.reading.number == kept
    if faults is not None:
        assert {fault.code for fault in found} <= {"duplicate-observation"}
        assert [(fault.span.line, fault.also[0].span.line) for fault in found] == faults


def test_another_period_or_component_is_another_slot() -> None:
    observations, faults = seen("B12a,,2023/24,1\nB12a,,2023/24 Q4,1\nB12a,family,2023/24,1\nB12a,other,2023/24,1\n")
    assert (len(observations), faults) == (4, ())


def test_periods_are_told_once_with_the_newest_last() -> None:
    observations, _ = seen("B3d,,2023/24 Q2,1\nB3d,,2022/23 Q2,1\nB8c,,2023/24 Q2,1\nB3d,,2022/23,1\nB3d,,2022/23 Q4,1")
    assert [str(each) for each in observations.periods()] == ["2022/23 Q2", "2022/23", "2022/23 Q4", "2023/24 Q2"]


# ---- rows from Python


@pytest.mark.parametrize(
    ("value", "number"),
    [(79, Fraction(79)), (53.35, Fraction("53.35")), (Decimal("0.1"), Fraction(1, 10)), (None, None)],
)
def test_numbers_are_read_exactly(value: object, number: Fraction | None) -> None:
    rows = from_mappings([{"indicator": "B3d", "period": "2023/24", "value": value}])
    observations, faults = observe(rows, LIBRARY)
    [(_, observation)] = observations
    assert (observation.reading.number, observation.where, faults) == (number, "<rows>:1", ())


def test_a_tick_is_no_value_and_is_shown_where_it_stands() -> None:
    _, [fault] = observe([Row("B3d", None, "2023/24", True)], LIBRARY)
    assert (fault.code, fault.span.text) == ("unreadable-value", "True")
    assert fault.message.startswith("`True` is no value: ")


# ---- laws

WORDS = st.sampled_from(["B3d", "B1", "B12a", "B8c", "b3d", "family", "upper", "floor", "overspend", ""]) | st.text()
PERIODS = (
    st.sampled_from(["2023/24", "2023/24 Q2", "2022/23", "2023-09", "2023", "0001/02", "9998/99", "9999/00"])
    | st.text()
)
VALUES = (
    st.sampled_from(["79%", "£207k deficit", "TBC", "1 (revised)", "Over £100K", "(", "10,00", 10**5000, True, b"1"])
    | st.text()
    | st.none()
    | st.integers()
    | st.floats()
    | st.decimals()
    | st.fractions()
    | st.lists(st.integers(), max_size=1)
    | st.dates()
)
MADE = st.builds(Row, WORDS, st.none() | WORDS, PERIODS, VALUES, st.none() | WORDS, st.none() | WORDS)
GIVEN: st.SearchStrategy[list[Mapping[str, object]]] = st.lists(
    st.fixed_dictionaries({"indicator": WORDS, "period": PERIODS, "value": VALUES}, optional={"component": WORDS})
)


@given(st.lists(MADE, max_size=6) | GIVEN.map(from_mappings))
def test_every_row_is_either_observed_or_a_fault_and_never_an_exception(rows: list[Row]) -> None:
    slots = list[Slot]()
    for row in rows:
        alone, faults = observe([row], LIBRARY)
        assert (len(alone) == 1) != bool(faults)
        assert all(fault.message and fault.help and str(fault) for fault in faults)
        slots += [slot for slot, _ in alone]
    together, _ = observe(rows, LIBRARY)
    assert [slot for slot, _ in together] == list(dict.fromkeys(slots))
    assert all(together.find(slot.reference, slot.component, slot.period) is found for slot, found in together)


@given(st.permutations(["B3d,,2023/24 Q2,79%", "B8c,,2023/24 Q2,£5", "B1,upper,2023/24,5", "B3d,,2023/24 Q1,1"]))
def test_the_order_of_rows_does_not_matter(lines: list[str]) -> None:
    observations, _ = seen("\n".join(lines))
    assert {slot: found.reading for slot, found in observations} == {
        slot: found.reading for slot, found in seen("\n".join(sorted(lines)))[0]
    }
