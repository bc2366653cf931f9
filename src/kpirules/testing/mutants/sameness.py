"""Whether two definitions are one, whatever is observed; and if not, a line of a test that tells them apart."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import Enum
from fractions import Fraction
from itertools import islice, product

from kpirules.assess import Indicator
from kpirules.core import Absent, decide
from kpirules.core.along import cut_up, cuts
from kpirules.core.rule import VALUE, Outcome
from kpirules.core.satisfy import TooLargeError
from kpirules.in_force import InForce
from kpirules.model import Case, Definition, OverallKind, Terms
from kpirules.model.reads import comparators, needs_with_travels, parts_to_prove, travels_of
from kpirules.periods import Calendar, Frequency, Needs, Period, PeriodError, period_on
from kpirules.reasons import Reason
from kpirules.testing.mutants.differences import difference, roundness
from kpirules.testing.mutants.probes import Probe, answer, probes, value_text
from kpirules.testing.run import steps_back
from kpirules.vocabulary.comparators import Baseline, YearsEarlier
from kpirules.vocabulary.formulas import OfComponents

MOST_COMBINATIONS = 400
MOST_PERIODS = 24

# Where the year does not matter, any will do.
SOME_DAY = date(2024, 4, 1)


class Open(Enum):
    """No line was found that tells two definitions apart."""

    SAME = "they never decide differently"
    UNDECIDED = "whether they ever do was not decided"


def telling(before: Definition, after: Definition) -> Probe | Open:
    """A question that two definitions answer differently, the first one with an answer; or that there is none."""
    first, second = Indicator(before), Indicator(after)
    verdict = Open.SAME
    parts = zip(first.components.items(), second.components.values(), strict=False)
    pairs = [(None, first, second), *((name, one, two) for (name, one), two in parts)]
    for component, one, two in pairs:
        for period in moments((one.definition, two.definition, before, after)):
            found = _at(component, one, two, period, first, second)
            if isinstance(found, Probe):
                return found
            verdict = found if found is Open.UNDECIDED else verdict
    return verdict


def _at(
    component: str | None, one: Indicator, two: Indicator, period: Period | None, row: Indicator, other_row: Indicator
) -> Probe | Open:
    """What tells them apart in one period: a question to the row if there is one, else to the component."""
    try:
        was, now = one.in_force(period), two.in_force(period)
    except ValueError:
        return Open.UNDECIDED
    if was.terms == now.terms and was.part == now.part:
        return Open.SAME
    undecided = _changed_beside_the_rules(was.terms, now.terms)
    try:
        for question in _questions(was, now, one, period):
            if component is not None and question.travel is None:
                for asked in _of_the_row(question, component, row, period):
                    if _told_apart(asked, row, other_row):
                        return asked
            if _told_apart(question, one, two):
                return Probe(question.case, question.travel, component)
            undecided = True
    except TooLargeError:
        undecided = True
    if not undecided or _exhausted(was.terms, now.terms, one, period):
        return Open.SAME
    return Open.UNDECIDED


def _told_apart(question: Probe, one: Indicator, two: Indicator) -> bool:
    said = answer(question, one)
    return said is not None and said != answer(question, two)


def _changed_beside_the_rules(was: Terms, now: Terms) -> bool:
    """Whether something differs that decides and is in no rule: how values are read, worked out or held back."""
    plain = [
        (terms.unit, terms.readings, terms.reasons, terms.formula, terms.inputs, terms.overall, terms.weight)
        for terms in (was, now)
    ]
    return plain[0] != plain[1] or _held_back(was) != _held_back(now)


def _held_back(terms: Terms) -> object:
    """What makes an earlier value no fair comparison, as far as anything looks back."""
    known = comparators(terms)
    cumulative = terms.accumulates and not all(isinstance(each, YearsEarlier | Baseline) for each in known.values())
    minding = any(travel.while_target_unchanged for travel in travels_of(terms))
    return (
        cumulative,
        cumulative and terms.by_increment,
        terms.breaks if known else (),
        terms.target if minding else None,
    )


def _exhausted(was: Terms, now: Terms, one: Indicator, period: Period | None) -> bool:
    """Whether the questions that were asked are all there are: those of a roll-up, if there were not too many."""
    others = _changed_beside_the_rules(was, now)
    rolled_up = others and (was.overall != now.overall) and (was.formula, was.readings) == (now.formula, now.readings)
    return rolled_up and _combinations(one, period) <= MOST_COMBINATIONS


# --- which questions ---


def _questions(was: InForce, now: InForce, one: Indicator, period: Period | None) -> Iterator[Probe]:
    """Questions that the two may answer differently: every difference of their rules is among them."""
    parts = (one.definition.frequency or Frequency.QUARTERLY).parts
    known = {**comparators(now.terms), **comparators(was.terms)}
    steps = {words: steps_back(each, parts) for words, each in known.items()}
    if not _rests_on_components(was.terms) and not _rests_on_components(now.terms):
        numbers = difference(was.rule, now.rule)
        if numbers is not None:
            yield from probes(numbers, was.terms, steps, period, None)
    for name in was.travel_rules.keys() & now.travel_rules.keys():
        numbers = difference(was.travel_rules[name], now.travel_rules[name])
        if numbers is not None:
            yield from probes(numbers, was.terms, steps, period, name)
    if not _changed_beside_the_rules(was.terms, now.terms):
        return
    values = representatives(was)
    for value in values:
        yield Probe(Case((value,), {}, (), period))
    if isinstance(was.terms.formula, OfComponents):
        yield from _sums_and_means(one, was, period)
    for name in was.travel_rules:
        for comparator in known.values():
            if back := steps_back(comparator, parts):
                for value in values[:3]:
                    series = (*([value] * back), value)
                    yield Probe(Case(series, {}, (), period, series=True), name)
    for given in _inputs(was, one, period):
        yield Probe(Case((None,), given, (), period))


def _sums_and_means(row: Indicator, force: InForce, period: Period | None) -> Iterator[Probe]:
    """Values of the components that tell their sum from their mean, and one weight from another."""
    for values in islice(product("123", repeat=len(row.components)), MOST_COMBINATIONS):
        given = dict(zip(row.components, values, strict=True))
        yield Probe(Case((None,), given, (), period))
        for travel in force.travel_rules:
            for earlier in "234":
                yield Probe(Case((earlier, None), given, (), period), travel)


def _inputs(force: InForce, indicator: Indicator, period: Period | None) -> Iterator[Mapping[str, str | None]]:
    """Values for the inputs of a formula, or for the components."""
    if force.terms.inputs:
        choices = product(*(("0", "1", "2", "10", "100") for _ in force.terms.inputs))
        for chosen in islice(choices, MOST_COMBINATIONS):
            yield dict(zip(force.terms.inputs, chosen, strict=True))
    elif indicator.components:
        yield from _rows({}, indicator, period)


def _of_the_row(question: Probe, component: str, row: Indicator, period: Period | None) -> Iterator[Probe]:
    """The question to the row that turns on this component, with every combination of outcomes of the others."""
    try:
        rests = _rests_on_components(row.in_force(period).terms)
    except ValueError:
        return
    if rests and len(question.case.values) == 1 and not question.case.given:
        for given in _rows({component: question.case.values[0]}, row, period):
            yield Probe(Case((None,), given, (), period))


def _rows(held: Mapping[str, str | None], row: Indicator, period: Period | None) -> Iterator[Mapping[str, str | None]]:
    names = list(row.components)
    choices: list[Sequence[str | None]] = [
        [held[name]] if name in held else representatives(part.in_force(period))
        for name, part in row.components.items()
    ]
    for chosen in islice(product(*choices), MOST_COMBINATIONS):
        yield dict(zip(names, chosen, strict=True))


def _combinations(row: Indicator, period: Period | None) -> int:
    count = 1
    for part in row.components.values():
        count *= len(representatives(part.in_force(period)))
    return count


def _rests_on_components(terms: Terms) -> bool:
    return terms.overall is not None and terms.overall.kind is not OverallKind.OWN


def representatives(force: InForce) -> list[str | None]:
    """A value for each outcome, the roundest, or every label; None (missing) if that has an outcome of its own."""
    rule = force.rule
    if [input.name for input in rule.inputs] != [VALUE]:
        return ["1", None]
    domain = rule.inputs[0].domain
    by_outcome: dict[Outcome, list[Fraction]] = {}
    for _, _, number in cut_up(domain, cuts(rule, {}, VALUE)):
        by_outcome.setdefault(decide(rule, {VALUE: number}).outcome, []).append(number)
    alike = by_outcome.values()
    numbers = [n for each in alike for n in each] if domain.labels else [min(each, key=roundness) for each in alike]
    missing = decide(rule, {VALUE: Absent(Reason.NO_VALUE)}).outcome
    values: list[str | None] = [text for n in numbers if (text := value_text(n, force.terms)) is not None]
    return values if missing in by_outcome and values else [*values, None]


# --- when ---


def moments(definitions: Sequence[Definition]) -> Iterator[Period | None]:
    """A period for every stretch of time in which all are one, and for every part of the year where that matters."""
    every = [part for each in definitions for part in (each, *each.components)]
    starts = {version.since for each in every for version in each.versions if version.since}
    parts_matter = any(needs_with_travels(version.terms) for each in every for version in each.versions)
    if not starts and not parts_matter:
        yield None
        return
    frequency = definitions[0].frequency or Frequency.QUARTERLY
    edges = sorted(starts)
    for since, until in zip([None, *edges], [*edges, None], strict=True):
        yield from _periods(since, until, frequency, definitions[0].calendar, all_parts=parts_matter)
    yield from dict.fromkeys(period for each in every for period in _own_periods(each, frequency))


def _own_periods(definition: Definition, frequency: Frequency) -> Iterator[Period]:
    """The first periods of each version whose rule is another one in every period."""
    for version in definition.versions:
        if needs_with_travels(version.terms) is Needs.PERIOD:
            parts = parts_to_prove(version.terms, frequency, definition.calendar, travelling=True)
            held = (part.period for part in parts if part.period and version.holds_on(part.period.end))
            yield from islice(held, MOST_PERIODS)


def _periods(
    since: date | None, until: date | None, frequency: Frequency, calendar: Calendar, *, all_parts: bool
) -> list[Period]:
    """Periods that end in a stretch of time (`until` is the day after it), those nearest to one of its ends."""
    for tried in (frequency, Frequency.MONTHLY):
        try:
            period = period_on(since or until or SOME_DAY, tried, calendar)
            onwards = -1 if since or not until else 1
            near = [period.before(onwards * steps) for steps in range(2 * tried.parts)]
        except PeriodError:
            continue
        inside = [each for each in near if (since is None or each.end >= since) and (until is None or each.end < until)]
        if inside:
            by_part = {each.index: each for each in reversed(inside)}
            return [by_part[index] for index in sorted(by_part)] if all_parts else inside[:1]
    return []
