"""What terms read: the conditions, figures and comparators that stand anywhere in them."""

from collections.abc import Iterator, Mapping
from typing import assert_never

from attrs import evolve

from kpirules.model.terms import Terms
from kpirules.periods import Calendar, Frequency, Needs, Part, Period, period_on
from kpirules.vocabulary.comparators import Baseline, BeforePrevious, LookedUp, Previous
from kpirules.vocabulary.components import PartBands
from kpirules.vocabulary.courses import ByPart, Course, StraightLine
from kpirules.vocabulary.declared import declared_needs, written
from kpirules.vocabulary.figures import Compared, Figure, Named, read_by
from kpirules.vocabulary.schemes import (
    AtYearEnd,
    Condition,
    NoFigure,
    NotComparable,
    Scheme,
    Travelled,
)
from kpirules.vocabulary.targets import target_figures, target_needs
from kpirules.vocabulary.tolerances import tolerance_figures
from kpirules.vocabulary.travels import Travel, travel_needs


def conditions_of(terms: Terms) -> list[Condition]:
    """Every condition of the scheme, inner ones included."""
    return list(terms.scheme.conditions)


def parts_read(terms: Terms) -> tuple[PartBands, ...]:
    """The components whose bands the scheme reads, each once."""
    return terms.scheme.parts_read


def part_bands(name: str, scheme: Scheme) -> PartBands:
    """A component as its row sees it."""
    return PartBands(name, tuple(band.name for band in scheme.bands), scheme.ranked)


def bands_read(terms: Terms) -> Mapping[str, tuple[str, ...]]:
    """What the numbers of the rule's inputs for components stand for: the bands, worst first, by the input's name."""
    return {part.input.name: part.input.domain.labels for part in parts_read(terms)}


def figures_of(terms: Terms) -> list[Figure]:
    """Every figure that the terms read, inner ones included; what travels are measured against is left out."""
    figures = [figure for declared in terms.figures.values() if (figure := written(declared)) is not None]
    figures += [*target_figures(terms.target), *tolerance_figures(terms.tolerance)]
    return [part for figure in figures for part in read_by(figure)] + scheme_figures(terms)


def scheme_figures(terms: Terms) -> list[Figure]:
    """Every figure that the scheme's own lines read, inner ones included."""
    return list(terms.scheme.figures)


def names_read(terms: Terms) -> set[str]:
    """The names of the declared figures that anything reads."""
    named = {figure.name for figure in figures_of(terms) if isinstance(figure, Named)}
    named |= {part.name for part in conditions_of(terms) if isinstance(part, NoFigure)}
    return named | {travel.against.name for travel in terms.travels if isinstance(travel.against, Named)}


def travels_of(terms: Terms) -> tuple[Travel, ...]:
    """Every travel of the terms, those that only the scheme reads included."""
    return tuple(dict.fromkeys((*terms.travels, *_scheme_travels(terms))))


def _scheme_travels(terms: Terms) -> list[Travel]:
    return [part.travel for part in conditions_of(terms) if isinstance(part, Travelled | NotComparable)]


def comparators(terms: Terms) -> Mapping[str, LookedUp]:
    """The earlier points in time that anything reads, by the names of the inputs that stand for them."""
    found: dict[str, LookedUp] = {
        figure.comparator.words: figure.comparator for figure in figures_of(terms) if isinstance(figure, Compared)
    }
    for travel in travels_of(terms):
        if isinstance(travel.against, Named):
            continue
        found[travel.earlier] = travel.against
        if terms.by_increment and isinstance(travel.against, Previous) and not travel.by_band:
            before = BeforePrevious(travel.against.frequency)
            found[before.words] = before
    return found


def names_of_earlier(terms: Terms) -> Mapping[str, tuple[str, ...]]:
    """By which other names an earlier value may be given, by the name of its input."""
    found: dict[str, tuple[str, ...]] = {}
    for travel in terms.travels:
        if not travel.by_band:  # several may compare with the same point
            found[travel.earlier] = tuple(dict.fromkeys((*found.get(travel.earlier, ()), *travel.also_called)))
    return found


def against_declared(terms: Terms, travel: Travel) -> bool:
    """Whether a travel compares with a figure that is part of the definition, so that nothing is handed in for it."""
    return isinstance(travel.against, Named) and terms.figures[travel.against.name] is not None


def needs(terms: Terms) -> Needs:
    """What of a period the rating hangs on."""
    conditions = conditions_of(terms)
    travels = (travel_needs(travel, by_increment=terms.by_increment) for travel in _scheme_travels(terms))
    figures = (declared_needs(declared) for declared in terms.figures.values())
    year_end = Needs.PART if AtYearEnd() in conditions else Needs.NOTHING
    return max((target_needs(terms.target), year_end, *travels, *figures))


def needs_with_travels(terms: Terms) -> Needs:
    """What of a period the rating or any direction hangs on."""
    return max((needs(terms), *(travel_needs(travel, by_increment=terms.by_increment) for travel in terms.travels)))


def parts_to_prove(
    terms: Terms, frequency: Frequency | None, calendar: Calendar, *, travelling: bool = False
) -> tuple[Part, ...]:
    """The parts of the year, or the very periods, in which the rule can be another one; or a travel, if those count."""
    match needs_with_travels(terms) if travelling else needs(terms):
        case Needs.NOTHING:
            return (Part(1, 1),)
        case Needs.PART:
            parts = max((len(course.numbers) for course in _courses(terms) if isinstance(course, ByPart)), default=0)
            parts = parts or (frequency or Frequency.QUARTERLY).parts
            return tuple(Part(index, parts) for index in range(1, parts + 1))
        case Needs.PERIOD:
            whole_months = frequency is not Frequency.MONTHLY or calendar.day == 1
            step = frequency if frequency and whole_months else Frequency.QUARTERLY
            periods = dict.fromkeys(_periods_to_prove(terms, step, calendar))
            return tuple(evolve(period.part, period=period) for period in periods)
        case other:
            assert_never(other)


# Beyond these a baseline is not followed: its dead zone has long grown wider than any change.
_YEARS_FROM_BASELINE = 10


def _periods_to_prove(terms: Terms, frequency: Frequency, calendar: Calendar) -> Iterator[Period]:
    """A year of periods, every one that ends on a straight line, the one behind it, and those after a baseline."""
    yield from (Period(calendar, frequency, 2023, index) for index in range(1, frequency.parts + 1))
    for course in _courses(terms):
        if isinstance(course, StraightLine):
            first = period_on(course.start_in.end, frequency, calendar)
            yield from (first.before(-steps) for steps in range(course.months // frequency.months + 2))
    for travel in travels_of(terms):
        if travel.dead_zone.a_year and isinstance(travel.against, Baseline):
            first = period_on(travel.against.period.end, frequency, calendar)
            yield from (first.before(-steps) for steps in range(1, _YEARS_FROM_BASELINE * frequency.parts))


def _courses(terms: Terms) -> list[Course]:
    return [each for each in (terms.target, *terms.figures.values()) if isinstance(each, Course)]
