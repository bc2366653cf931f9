"""One question to an indicator, with all that its rule reads: what Hypothesis draws for laws of your own."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import TypeAlias

from attrs import evolve, field, frozen
from hypothesis import strategies as st

from kpirules.assess import Indicator, Rating, TravelResult
from kpirules.model import Terms
from kpirules.model.reads import comparators, needs_with_travels, parts_to_prove
from kpirules.periods import Frequency, Needs, Period, period_on
from kpirules.reading import Reading
from kpirules.testing.drawing import numbers_of
from kpirules.testing.drawn_values import can_be, numbers, rated_by_components
from kpirules.units import Unit

# Of a version whose rule is another one in every period.
_MOST_PERIODS = 24

Value: TypeAlias = Fraction | None
Given: TypeAlias = Mapping[str, Fraction | None]


@frozen(slots=False)
class Sample:
    """A value of an indicator (None: missing), the period it is of, and what else is known.

    `value` is in the indicator's unit, of a scale the rank of the label. For a row that its components rate it is None,
    and `given` has the components' values. `period` is None where the definition does not depend on it.
    """

    indicator: Indicator
    value: Value
    period: Period | None = None
    given: Given = field(factory=dict)

    @cached_property
    def rating(self) -> Rating:
        """What the value is rated, or why not."""
        if self._by_components:
            return self.indicator.rate(self._beside, period=self.period)
        return self.indicator.rate(_handed(self.value), period=self.period, given=self._beside)

    @property
    def band(self) -> str | None:
        """The band; None where the value is not rated."""
        return self.rating.band

    @property
    def reason(self) -> str | None:
        """Why the value is not rated, as a code such as `no-value`; None where it is."""
        return None if self.rating.reason is None else str(self.rating.reason)

    def travel(self, name: str) -> TravelResult:
        """Which way the value has travelled. Raises `KeyError` for a travel that the indicator does not have."""
        return self.indicator.travel(name, _handed(self.value), period=self.period, given=self._beside)

    def with_value(self, value: Value) -> "Sample":
        """The same question with another value."""
        return evolve(self, value=value)

    @property
    def terms(self) -> Terms:
        """The terms that are in force."""
        return self.indicator.in_force(self.period).terms

    @property
    def _beside(self) -> Mapping[str, Reading | None]:
        return {name: _handed(number) for name, number in self.given.items()}

    @property
    def _by_components(self) -> bool:
        return rated_by_components(self.terms)

    @property
    def text(self) -> str:
        """The question in words: `79% with same quarter last year 70% in 2023/24 Q2`."""
        said = [] if self._by_components else [_shown(self.value, self.terms)]
        given = [f"{name} {_shown(number, _terms_of(name, self))}" for name, number in self.given.items()]
        said += [f"with {', '.join(given)}"] if given else []
        return " ".join([*said, f"in {self.period}"] if self.period else said)

    def __repr__(self) -> str:
        """The call that asks the question again."""
        value = _written(self.value, self.terms)
        given = {name: _written(number, _terms_of(name, self)) for name, number in self.given.items()}
        handed = f"{{{', '.join(f'{name!r}: {text}' for name, text in given.items())}}}"
        first = handed if self._by_components else value
        period = f", period={str(self.period)!r}" if self.period else ""
        others = f", given={handed}" if given and not self._by_components else ""
        return f"library[{self.indicator.reference!r}].rate({first}{period}{others})"


def samples(indicator: Indicator) -> st.SearchStrategy[Sample]:
    """Every question that an indicator can be asked: values, periods of each version, and what else it reads."""
    return st.one_of([_samples_in(indicator, period) for period in _periods(indicator)])


def _samples_in(indicator: Indicator, period: Period | None) -> st.SearchStrategy[Sample]:
    terms = indicator.in_force(period).terms
    given = _given(indicator, terms, period)
    if rated_by_components(terms):
        return given.map(lambda parts: Sample(indicator, None, period, parts))
    value = numbers(indicator, period)
    return st.builds(Sample, st.just(indicator), value | st.none(), st.just(period), given)


def _periods(indicator: Indicator) -> list[Period | None]:
    """A period or more in each version, one of each part of the year where that makes a difference."""
    try:
        timeless = not needs_with_travels(indicator.in_force().terms)
    except ValueError:
        timeless = False
    if not timeless:
        calendar, often = indicator.definition.calendar, indicator.definition.frequency or Frequency.QUARTERLY
        found: list[Period | None] = []
        for version in indicator.definition.versions:
            day = version.since or (version.until and version.until.replace(year=version.until.year - 2))
            first = period_on(day or date(2023, 7, 1), often, calendar)
            several = [first.before(-place) for place in range(often.parts)]
            if needs_with_travels(version.terms) is Needs.PERIOD:
                proved = parts_to_prove(version.terms, often, calendar, travelling=True)
                several += [part.period for part in proved if part.period]
            found += [each for each in several if version.holds_on(each.end)][:_MOST_PERIODS] or [first]
        return found
    return [None]


def _given(indicator: Indicator, terms: Terms, period: Period | None) -> st.SearchStrategy[Given]:
    """What else may be known: earlier values, observed figures, inputs, components, each a number or missing."""
    known = {name: numbers_of(can_be(terms)) for name in comparators(terms)}
    known |= {name: numbers_of(can_be(terms, terms.unit)) for name, figure in terms.figures.items() if figure is None}
    known |= {name: numbers_of(can_be(terms, unit)) for name, unit in terms.inputs.items()}
    for name, component in indicator.components.items():
        if not rated_by_components(component.in_force(period).terms):
            known[name] = numbers(component, period)
    names = tuple(known)
    drawn = st.tuples(*(st.none() | number for number in known.values()))
    return drawn.map(lambda found: dict(zip(names, found, strict=True)))


def _terms_of(name: str, sample: Sample) -> Terms:
    """The terms by which something given is shown: an input has a unit of its own, a component all its own."""
    if name in sample.indicator.components:
        return sample.indicator.components[name].in_force(sample.period).terms
    unit: Unit = sample.terms.inputs.get(name, sample.terms.unit)
    return sample.terms if unit == sample.terms.unit else Terms(sample.terms.scheme, unit)


def _handed(number: Value) -> Reading | None:
    """The value as it is once read: of a scale, a rank need not be written as its label."""
    return None if number is None else Reading(number)


def _shown(number: Value, terms: Terms) -> str:
    return "missing" if number is None else terms.show(number)


def _written(number: Value, terms: Terms) -> str:
    """A value as a program may hand it in: the text that people write where that says the same number exactly."""
    if number is None:
        return "None"
    text = terms.show(number)
    try:
        same = terms.read(text).number == number
    except ValueError:
        same = False
    return repr(text) if same else repr(number)
