"""Questions to an indicator in the form of a line of a test, and how such a line is written."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Final

from attrs import frozen

from kpirules.assess import Indicator
from kpirules.core.rule import VALUE
from kpirules.exact import decimal_text
from kpirules.model import Case, Terms
from kpirules.model.reads import comparators
from kpirules.periods import Period
from kpirules.quantities import Kind, QuantityError, parse_quantity
from kpirules.reading import ReadingError
from kpirules.testing.run import direction, outcome
from kpirules.units import Days, Duration, Milestone, Money, OnScale, Percent, show

_BARE: Final = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"


@frozen
class Probe:
    """A case without an expectation, and what is asked of it: a travel by its name, or (None) the rating.

    `component` is the component that is asked and not the row.
    """

    case: Case
    travel: str | None = None
    component: str | None = None


def answer(probe: Probe, indicator: Indicator) -> str | None:
    """What the indicator makes of it, as a test expects it; None where the line says nothing to it."""
    asked = indicator if probe.component is None else indicator.components.get(probe.component)
    if asked is None:
        return None
    try:
        if probe.travel is None:
            found = outcome(probe.case, asked)
            # A reason is written with blanks; a band keeps the hyphens of its name.
            return found.replace("-", " ") if found.startswith("not rated: ") else found
        found = direction(probe.travel, probe.case, asked)
    except (ReadingError, ValueError, KeyError):
        return None
    return f"{probe.travel} {found.replace('no direction', 'not comparable').replace('-', ' ')}"


def test_line(reference: str, probe: Probe, answer: str) -> str:
    """The block with one line that expects this answer, as somebody would write it."""
    return f"{block_head(reference, probe.component)} {{ {case_line(probe, answer)} }}"


def block_head(reference: str, component: str | None) -> str:
    """How a test of an indicator, or of one of its components, begins."""
    return f"test {_word(reference)} component {_word(component)}" if component else f"test {_word(reference)}"


def case_line(probe: Probe, answer: str) -> str:
    """The line that expects this answer."""
    case = probe.case
    at = f"at {case.period.text}: " if case.period else ""
    return f"{at}{_values(case)} {'ends' if case.series else 'is'} {answer}"


test_line.__test__ = False  # type: ignore[attr-defined]  # so that pytest does not take it for a test


def _values(case: Case) -> str:
    if case.series:
        return ", ".join("_" if value is None else _seen(value) for value in case.values)
    words = [_seen(case.values[-1])] if case.values[-1] or len(case.values) > 1 or not case.given else []
    if len(case.values) > 1:
        words.append(f"after {_seen(case.values[-2])}")
    if case.given:
        words.append("with " + ", ".join(f"{_word(name)} {_seen(value)}" for name, value in case.given.items()))
    return " ".join(words)


def _seen(value: str | None) -> str:
    """An amount as it is; anything else in quotes, to be read as in a table."""
    if value is None:
        return "missing"
    try:
        amount = parse_quantity(value)
    except QuantityError:
        return f'"{value}"'
    # The language itself has whole seconds behind minutes; a table may have parts of one.
    return f'"{value}"' if amount.kind is Kind.DURATION and " " in value and "." in value else value


def _word(name: str) -> str:
    return name if name and name[0].isalpha() and all(letter in _BARE for letter in name) else f'"{name}"'


def value_text(number: Fraction, terms: Terms) -> str | None:
    """A value as it is written in a test; None for a number that no decimal writes."""
    bare = decimal_text(number, grouped=True)
    if bare.startswith("≈"):
        return None
    match terms.unit:
        case OnScale() | Milestone():
            return show(number, terms.unit)
        case Percent() | Money() | Duration() | Days():
            return terms.show(number)
        case _:
            return bare


# --- cases that give a rule's inputs their numbers ---


def probes(
    numbers: Mapping[str, Fraction],
    terms: Terms,
    steps: Mapping[str, int | None],
    period: Period | None,
    travel: str | None,
) -> Iterator[Probe]:
    """The ways to give a rule these numbers, the plainest first; an input without a number is missing.

    `steps` says of each comparator how many periods back it looks, if at a single one.
    """
    value = value_text(numbers[VALUE], terms) if VALUE in numbers else None
    rest = {name: text for name, number in numbers.items() if name != VALUE and (text := value_text(number, terms))}
    named = {each.earlier: each.name for each in terms.travels}
    if travel is not None:
        own = next((each.earlier for each in terms.travels if each.name == travel), "")
        yield Probe(Case((rest.get(own), value), {}, (), period), travel)
    given = {named.get(name, name): text for name, text in rest.items()}
    known = {*named.values(), *comparators(terms), *terms.figures, *terms.inputs}
    if known.issuperset(given):
        yield Probe(Case((value,), given, (), period), travel)
    series = _series(value, rest, steps)
    if series is not None:
        yield Probe(Case(series, {}, (), period, series=True), travel)


def _series(
    value: str | None, earlier: Mapping[str, str], steps: Mapping[str, int | None]
) -> tuple[str | None, ...] | None:
    """The values of consecutive periods, oldest first, that put each earlier value where its comparator looks."""
    places: dict[int, str] = {}
    for name, text in earlier.items():
        back = steps.get(name)
        if back is None or places.get(back, text) != text:
            return None
        places[back] = text
    if not places:
        return None
    return (*(places.get(back) for back in range(max(places), 0, -1)), value)
