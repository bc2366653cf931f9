"""The statements in force at one time as terms: complete, typed, and in the indicator's unit."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import assert_never

from attrs import frozen

from kpirules.checking import rule_wording, scheme_wording, wording
from kpirules.checking.chosen import demand, placed_scheme, refuse_unordered, scheme_node, travels_named
from kpirules.checking.declared import TAKEN, declared_figures
from kpirules.checking.figures import Room
from kpirules.checking.findings import Found, Names, Placed, is_wrong
from kpirules.checking.formulas import formula
from kpirules.checking.literals import name_of, number_in, period_in, plain, whole
from kpirules.checking.schemes import figures_minded, reads_parts, reads_parts_alone
from kpirules.checking.statements import Said, Slice, only, span_of
from kpirules.checking.targets import TargetHere, target, tolerance
from kpirules.checking.units import POLARITIES, unit
from kpirules.core import Rounding
from kpirules.in_force import InForce, all_in_force
from kpirules.model import Definition, Overall, OverallKind, Terms
from kpirules.model.reads import part_bands
from kpirules.periods import Calendar, Frequency
from kpirules.reasons import Reason
from kpirules.source import Span
from kpirules.syntax import nodes
from kpirules.units import Count, Milestone, OnScale, Unit
from kpirules.vocabulary.components import PartBands
from kpirules.vocabulary.polarity import Polarity
from kpirules.vocabulary.targets import NoTarget, Target
from kpirules.vocabulary.tolerances import NoTolerance

MOST_PLACES = 12


@frozen
class Built:
    """Terms with the rules to prove, and where their parts were written, for diagnostics that come later."""

    terms: Terms
    placed: Placed
    slice: Slice
    name: Span
    forces: tuple[InForce, ...]


def terms(
    slice: Slice,
    name: Span,
    calendar: Calendar,
    names: Names,
    found: Found,
    *,
    components: Sequence[str] | None,
    parts: Sequence[Definition] | None = (),
    frequency: Frequency | None = None,
    at_other_times: Collection[type[nodes.Body]] = (),
) -> Built | None:
    """The terms, or None if something in them is wrong and reported.

    `components` are the names of the row's components; None in a component, which can have none. `parts` are what they
    come to, or None if one of them is wrong itself. A target that is
    stated `at_other_times` is missing here because it does not hold yet, or any more: that is no target.
    """
    before = len(found)
    said = slice.statements
    scheme_said, scheme_span = scheme_node(said, names, name, found)
    overall = _overall(said, components, scheme_said, found)
    rests_on_components = overall is not None and overall.rests_on_components
    unit_here = _unit(said, name, names, found, needed=not rests_on_components)
    if unit_here is None:
        return None
    polarity = _polarity(said, unit_here, name, found, needed=not rests_on_components)
    declared = [body.body for body in said if isinstance(body.body, nodes.FigureStatement)]
    known = dict.fromkeys([statement.name.text for statement in declared])
    minded = figures_minded(scheme_said) if scheme_said else ()
    room = Room(unit_here, calendar, (*known, *minded), found, bands_of(parts, slice), frequency)
    figures = declared_figures(declared, minded, room)
    aim = _target(said, polarity, room)
    here = TargetHere(aim, span_of(said, nodes.TargetStatement, name), polarity) if aim else None
    tolerance_node = only(said, nodes.ToleranceStatement)
    within = tolerance(tolerance_node.tolerance, here, room) if tolerance_node else None
    placed = placed_scheme(said, scheme_said, scheme_span, name, names, room)
    travels = travels_named(said, name, names, room)
    limits = _limits(said, room)
    inputs = _inputs(said, names, found)
    value = only(said, nodes.ValueStatement)
    worked_out = formula(value, unit_here, inputs, found) if value else None
    if placed is not None and not rests_on_components:
        demand(placed, aim, said, at_other_times, name, found)
    if placed is not None:
        refuse_unordered(travels, placed.scheme, span_of(said, nodes.TravelStatement, name), found)
    if placed is None or is_wrong(found, before):
        return None
    made = Terms(
        placed.scheme,
        unit_here,
        polarity,
        aim or NoTarget(Reason.NO_TARGET),
        within or NoTolerance(),
        figures,
        travels,
        limits[0],
        limits[1],
        limits[2],
        _rounding(said, found),
        *_readings(said, found),
        _breaks(said, calendar, found),
        inputs,
        worked_out,
        overall,
        _weight(said),
        *_accumulates(said, names, calendar, found),
    )
    if is_wrong(found, before):
        return None
    return Built(made, placed, slice, name, all_in_force(made, frequency, calendar))


def bands_of(parts: Sequence[Definition] | None, slice: Slice) -> Sequence[PartBands] | None:
    """The components with the bands that they can have in a stretch of time."""
    if parts is None:
        return None
    return [part_bands(part.reference, part.on(slice.some_day).scheme) for part in parts]


def _unit(said: Said, name: Span, names: Names, found: Found, *, needed: bool) -> Unit | None:
    node = only(said, nodes.UnitStatement)
    if node is not None:
        return unit(node.unit, names, found)
    if needed:
        found.append(wording.missing_statement(name, "unit", "add `unit percent`, `unit count`, `unit money GBP`, …"))
        return None
    return Count()


def _polarity(said: Said, unit_here: Unit, name: Span, found: Found, *, needed: bool) -> Polarity:
    node = only(said, nodes.PolarityStatement)
    if node is not None:
        return POLARITIES[type(node.polarity)]
    # A scale is written best first and a milestone is better reached: neither needs to say so.
    if needed and not isinstance(unit_here, Milestone | OnScale):
        help = (
            "add `polarity higher is better`, `polarity lower is better`, or with a range `polarity inside is better`"
        )
        found.append(wording.missing_statement(name, "polarity", help))
    return Polarity.HIGHER


def _target(said: Said, polarity: Polarity, room: Room) -> Target | None:
    node = only(said, nodes.TargetStatement)
    return target(node.target, polarity, room) if node else None


def _limits(said: Said, room: Room) -> tuple[Fraction | None, Fraction | None, Fraction | None]:
    values, precision = only(said, nodes.ValuesStatement), only(said, nodes.PrecisionStatement)
    low = number_in(values.low, room.unit, room.found) if values else None
    high = number_in(values.high, room.unit, room.found) if values else None
    if values and low is not None and high is not None and low > high:
        room.found.append(rule_wording.backward_range(values.span))
    step = number_in(precision.step, room.unit, room.found) if precision else None
    if precision and step is not None and step <= 0:
        room.found.append(wording.bad_number(precision.step.span, "a step is more than nothing"))
    return low, high, step


def _rounding(said: Said, found: Found) -> Rounding | None:
    node = only(said, nodes.RatedStatement)
    places = whole(node.places, MOST_PLACES, found) if node else None
    return None if node is None or places is None else Rounding(places, node.half_even is not None)


def _readings(said: Said, found: Found) -> tuple[Mapping[str, int], Mapping[str, Reason]]:
    """The words that carry the sign, and those that stand for a reason."""
    node = only(said, nodes.ReadsStatement)
    signs: dict[str, int] = {}
    reasons: dict[str, Reason] = {}
    known = {reason.words: reason for reason in Reason} if node else {}
    for reading in node.readings if node else ():
        match reading.meaning:
            case nodes.Positive():
                signs[name_of(reading.word)] = 1
            case nodes.Negative():
                signs[name_of(reading.word)] = -1
            case nodes.Words() as words:
                meant = known.get(" ".join(words.text.split()))
                if meant is None:
                    found.append(scheme_wording.unknown_reason(words.span, list(known)))
                else:
                    reasons[" ".join(name_of(reading.word).split()).casefold()] = meant
            case _:
                assert_never(reading.meaning)
    return signs, reasons


def _inputs(said: Said, names: Names, found: Found) -> Mapping[str, Unit]:
    node = only(said, nodes.InputsStatement)
    found.extend(
        wording.taken_name(each.name.span) for each in (node.inputs if node else ()) if each.name.text in TAKEN
    )
    units = {each.name.text: unit(each.unit, names, found) for each in node.inputs} if node else {}
    return {name: made for name, made in units.items() if made}


def _weight(said: Said) -> Fraction:
    node = only(said, nodes.WeightStatement)
    return plain(node.weight) if node else Fraction(1)


def _breaks(said: Said, calendar: Calendar, found: Found) -> tuple[date, ...]:
    """The first days of the periods at which the way of measuring changed."""
    at = [period_in(each.body.at, calendar, found) for each in said if isinstance(each.body, nodes.BreakStatement)]
    return tuple(sorted(period.start for period in at if period))


def _accumulates(said: Said, names: Names, calendar: Calendar, found: Found) -> tuple[bool, bool]:
    """Whether the value is a running total, and whether it is compared by increment."""
    node = only(said, nodes.AccumulatesStatement)
    if node is None:
        return False, False
    if node.calendar:
        year = names.calendars.get(node.calendar.text)
        if year is None:
            found.append(wording.unknown_name(node.calendar.span, "calendar", list(names.calendars)))
        elif (year.month, year.day) != (calendar.month, calendar.day):
            found.append(rule_wording.other_year(node.calendar.span, calendar.name))
    return True, node.by_increment is not None


def _overall(said: Said, components: Sequence[str] | None, scheme: nodes.Scheme | None, found: Found) -> Overall | None:
    """How the row is rated; by a scheme that reads components it is, without a word."""
    node = only(said, nodes.OverallStatement)
    if components and scheme is not None and reads_parts(scheme):
        alone = reads_parts_alone(scheme)
        if node is not None and (alone or not isinstance(node.overall, nodes.OwnValue)):
            found.append(scheme_wording.overall_against_scheme(node.span, scheme.name.text, node.span.text))
        return Overall(OverallKind.SCHEME if alone else OverallKind.OWN)
    if node is None:
        return None
    if not components:
        found.append(scheme_wording.overall_without_components(node.span))
        return None
    ignoring = node.ignoring_unrated is not None
    match node.overall:
        case nodes.WorstComponent():
            return Overall(OverallKind.WORST, ignoring_unrated=ignoring)
        case nodes.BestComponent():
            return Overall(OverallKind.BEST, ignoring_unrated=ignoring)
        case nodes.NamedComponent():
            name = name_of(node.overall.component)
            if name not in components:
                found.append(wording.unknown_name(node.overall.component.span, "component", list(components)))
                return None
            return Overall(OverallKind.COMPONENT, name)
        case nodes.OwnValue():
            return Overall(OverallKind.OWN)
        case nodes.NoOverall():
            return Overall(OverallKind.NONE)
        case _:
            assert_never(node.overall)
