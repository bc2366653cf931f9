"""A check with a memo finds what a fresh check finds, whatever has changed in between."""

from hypothesis import example, given
from hypothesis import strategies as st

from kpirules.assess import Indicator
from kpirules.checking import Memo, check_sources
from kpirules.checking.standard import standard
from kpirules.source import Source
from tests.properties.strategies import LAW

SHARED = (
    """\
defaults for library { owner "A" }
travel short { against previous quarter }
""",
    """\


defaults for library { owner "B" }
travel short { against previous quarter }
""",
    """\
travel short {
  against previous quarter
  unchanged within 1 point
}
band green { colour "#00ff00" }
""",
    "travel short { }\n",
    """\
scheme rag { green when target met
  red otherwise }
travel short { against previous month }
""",
    """\
theme t "Another title" { }
calendar council { year starts 1 April }
travel short { against previous quarter }
""",
    "",
)
FIRST = (
    """\
theme t "Title" {
  defaults { unit percent }
  indicator A "A" {
    polarity higher is better
    target 80%
    tolerance 5% of target
    travel short
  }
}
""",
    """\
# moved
theme t "Title" {
  defaults { unit percent }
  indicator A "A" {
    polarity higher is better
    target 80%
    tolerance 5% of target
    travel short
  }
}
""",
    """\
indicator A "A" {
  unit percent
  polarity lower is better
  target 80%
  tolerance none
}
""",
    """\
indicator A "A" {
  unit percent
  polarity lower is better
  target 80
  tolerance 3 quid
}
""",
    """\
indicator A "A" {
  unit points
  polarity closer to zero is better
  target nonsense
}
""",
    "",
)
SECOND = (
    """\
indicator B "B" like A {
  target 70%
}
test B {
  75% is green
}
""",
    """\
indicator B "B" like A { }
indicator C "C" like B {
  tolerance none
}
""",
    """\
indicator B "B" {
  unit percent
  polarity higher is better
  bands {
    green 80% and above
    amber 70% to 80%
    red below 70%
  }
}
""",
    """\
indicator A "The name again" {
  unit count
  polarity higher is better
  target none
}
""",
    "",
)

libraries = st.tuples(st.sampled_from(SHARED), st.sampled_from(FIRST), st.sampled_from(SECOND))


@LAW
@given(st.lists(libraries, min_size=2, max_size=5), st.sampled_from([0, 1]))
@example([(SHARED[0], FIRST[0], SECOND[0]), (SHARED[0], FIRST[1], SECOND[0]), (SHARED[2], FIRST[0], SECOND[0])], 1)
@example([(SHARED[0], FIRST[0], SECOND[1]), (SHARED[0], FIRST[2], SECOND[1]), (SHARED[0], FIRST[4], SECOND[1])], 0)
def test_a_check_with_a_memo_finds_what_a_fresh_one_finds(states: list[tuple[str, str, str]], used: int) -> None:
    memo = Memo()
    for state in states:
        shared, *own = [Source(f"{place}.kpi", text) for place, text in enumerate(state)]
        sources, brought = ([shared, *own], []) if used else (own, [shared])
        remembered = check_sources(sources, (*brought, *standard()), memo=memo)
        fresh = check_sources(sources, (*brought, *standard()))
        assert remembered == fresh
        places = [[each.where for each in found.definitions.definitions.values()] for found in (remembered, fresh)]
        assert places[0] == places[1]


def test_what_has_not_changed_is_the_very_definition_of_before() -> None:
    memo = Memo()
    before = check_sources([Source("a", FIRST[2]), Source("b", SECOND[0])], standard(), memo=memo).definitions
    after = check_sources([Source("a", FIRST[2]), Source("b", SECOND[1])], standard(), memo=memo).definitions
    assert after.definitions["A"] is before.definitions["A"]
    assert after.definitions["B"] is not before.definitions["B"]


def test_an_indicator_with_a_fault_is_checked_each_time() -> None:
    memo = Memo()
    first, second = (check_sources([Source("a", FIRST[3])], standard(), memo=memo).diagnostics for _ in range(2))
    assert [fault.code for fault in first] == [fault.code for fault in second] != []


def test_what_proving_has_lowered_is_handed_on_and_not_lowered_again() -> None:
    sources = [Source(str(place), text) for place, text in enumerate((SHARED[0], FIRST[0], SECOND[0]))]
    checked = check_sources(sources, standard())
    assert checked.lowered.keys() == checked.definitions.definitions.keys() != set()
    for name, definition in checked.definitions.definitions.items():
        indicator, alone = Indicator(definition, checked.lowered[name]), Indicator(definition)
        assert indicator.in_force().rule is checked.lowered[name][0].rule
        assert indicator.in_force().rule == alone.in_force().rule
        assert indicator == alone
