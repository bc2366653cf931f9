"""What must hold of every direction of travel."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from kpirules.vocabulary.polarity import Polarity
from kpirules.vocabulary.travels import FlatZone
from tests.properties.strategies import BETTERS, LAW, ONE_SIDED, Asked, amounts, asked, numbers, values

EXCHANGED = {"improved": "worsened", "worsened": "improved", "up": "down", "down": "up"}
in_numbers = st.just(FlatZone(Fraction(0))) | st.builds(FlatZone, amounts, st.booleans())


@LAW
@given(asked(plain=True, zones=in_numbers), st.data())
def test_there_and_back_again(case: Asked, data: st.DataObject) -> None:
    """What improved one way worsened the other way. A share of the earlier value is another amount each way."""
    now, before = data.draw(values(case)), data.draw(values(case))
    there = case.travel(now, before)
    assert case.travel(before, now) == EXCHANGED.get(there, there)


@LAW
@given(asked(plain=True, zones=st.just(FlatZone(Fraction(0)))), st.data())
def test_an_equal_value_is_unchanged(case: Asked, data: st.DataObject) -> None:
    value = data.draw(values(case))
    assert case.travel(value, value) == "unchanged"


@LAW
@given(asked(plain=True, polarities=ONE_SIDED, zones=in_numbers), numbers, numbers)
def test_a_change_counts_from_the_edge_of_the_dead_zone(case: Asked, before: Fraction, change: Fraction) -> None:
    zone = case.terms.travels[0].dead_zone
    assert isinstance(zone, FlatZone)
    higher = case.terms.polarity is Polarity.HIGHER
    still = abs(change) < zone.number or (abs(change) == zone.number and not (zone.under and change))
    if zone.under and not zone.number:
        still = False
    expected = "unchanged" if still else "improved" if (change > 0) is higher else "worsened"
    assert case.travel(before + change, before) == expected


@LAW
@given(asked(plain=True, polarities=BETTERS), st.data())
def test_a_direction_comes_with_the_change_and_its_share_of_the_earlier_value(case: Asked, data: st.DataObject) -> None:
    now, before = data.draw(values(case)), data.draw(values(case))
    result = case.indicator.travel("long", now, previous=before, period=case.period)
    assert (result.earlier, result.change) == (before, now - before)
    assert result.percent == ((now - before) / abs(before) * 100 if before else None)
    assert result.reason is None


@LAW
@given(asked(plain=True, zones=in_numbers), st.data())
def test_to_go_further_towards_better_is_never_worsening(case: Asked, data: st.DataObject) -> None:
    """Of two values on the better side of the earlier one, the farther is no less improved."""
    before, now, farther = data.draw(values(case)), data.draw(values(case)), data.draw(values(case))
    ranks = ["worsened", "unchanged", "improved"]
    if case.terms.polarity in ONE_SIDED and (now < farther) is (case.terms.polarity is Polarity.HIGHER):
        assert ranks.index(case.travel(now, before)) <= ranks.index(case.travel(farther, before))
    if case.terms.polarity is Polarity.CLOSER_TO_ZERO and abs(farther) <= abs(now):
        assert ranks.index(case.travel(now, before)) <= ranks.index(case.travel(farther, before))
