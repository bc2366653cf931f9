"""Why a value is rated as it is, as data and in words: the line that decided, every edge, and what would change it."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from attrs import field, frozen

from kpirules.assess.parts import Asked, said_of_condition, said_of_parts
from kpirules.assess.standing import said_of_line
from kpirules.core import Decision, Given, Rated, Rule, Segment, Unrated, segments
from kpirules.core.conditions import holds
from kpirules.core.decide import at_the_door, test_holds
from kpirules.core.feasible import Numbers
from kpirules.core.rule import VALUE
from kpirules.in_force import InForce
from kpirules.model import Definition
from kpirules.reasons import Reason
from kpirules.source import Span
from kpirules.units import Milestone, OnScale, Unit, show, show_difference
from kpirules.vocabulary import schemes
from kpirules.vocabulary.reach import Reach
from kpirules.vocabulary.targets import in_force, target_words
from kpirules.vocabulary.tolerances import NoTolerance, tolerance_words


@frozen
class Edges:
    """Where a band (or a reason for none) lies on the value: from `low` to `high` in the unit, None is no end."""

    outcome: str
    low: Fraction | None
    high: Fraction | None
    low_in: bool
    high_in: bool
    words: str


@frozen
class Step:
    """What would change the rating: by how much the value must rise (or fall, if negative) to reach another outcome.

    With `beyond`, the change must be more than that.
    """

    outcome: str
    change: Fraction
    beyond: bool
    words: str


@frozen
class Basis:
    """What a rating rests on: what was in force, the rule, every input of it, and what the reference made of them.

    The rule is the one in force, or of a row that takes a component's band the one over the components' bands.
    """

    force: InForce
    rule: Rule
    given: Given
    decision: Decision


@frozen
class Explanation:
    """Why a rating is as it is. `edges` and `steps` are empty where the value does not decide alone.

    The indicator is written at `where`, and `at` is the line of its scheme that decided, where one did. A row that
    rests on its components has the explanations of its `parts` as well.
    """

    reference: str
    title: str
    value: str
    outcome: str
    because: str
    target: str
    tolerance: str
    edges: tuple[Edges, ...]
    steps: tuple[Step, ...]
    where: str | None
    at: Span | None = field(default=None, eq=False)
    basis: Basis | None = field(default=None, eq=False, repr=False)
    parts: "Mapping[str, Explanation]" = field(factory=dict, eq=False, repr=False)

    @property
    def text(self) -> str:
        """The explanation for people, in three to five lines."""
        lines = [f"{self.reference}  {self.title}", f"{self.value} is {self.outcome}: {self.because}."]
        if self.edges:
            lines.append("   ".join(f"{edges.outcome} {edges.words}" for edges in self.edges))
        if self.steps:
            said = "; ".join(step.words for step in self.steps)
            lines.append(f"{said[:1].upper()}{said[1:]}.")
        if self.where:
            lines[-1] += f"      {self.where}"
        return "\n".join(lines)


def explain(
    definition: Definition, force: InForce, given: Given, value_words: str, decision: Decision, *, bound: bool
) -> Explanation:
    """Why these inputs are rated as they are under what is in force. Of a bound, no single value can be spoken of."""
    terms, rule = force.terms, force.rule
    drawn = segments(rule, given)
    numbers, _ = at_the_door(rule, given)
    handed, value = given[VALUE], None if bound else numbers.get(VALUE)
    # A milestone that was completed after its day is read as completed, and rated as completed late.
    late = value is not None and isinstance(terms.unit, Milestone) and show(value, terms.unit) != value_words
    if value is not None and (late or value != handed):
        value_words = f"{value_words}, rated as {show(value, terms.unit)},"
    edges = [_edges(segment, _named(segment.decision.outcome, force), terms.unit) for segment in drawn]
    if len(drawn) > 1 and _rank(drawn[-1]) < _rank(drawn[0]):
        edges.reverse()  # as people say it, the best first
    steps = [] if value is None else list(_steps(value, drawn, force))
    target = in_force(terms.target, force.part, accumulates=terms.accumulates)
    return Explanation(
        definition.reference,
        definition.title,
        value_words,
        _named(decision.outcome, force),
        _because(force, decision, value, numbers, drawn, bound=bound),
        target_words(target, terms.unit),
        tolerance_words(terms.tolerance, terms.unit),
        tuple(edges) if len(edges) > 1 else (),
        tuple(steps),
        definition.where,
        _place(decision, force),
        Basis(force, rule, given, decision),
    )


def _place(decision: Decision, force: InForce) -> Span | None:
    origin = None if decision.line is None else force.rule.lines[decision.line].origin
    return None if origin is None else force.terms.scheme.lines[origin].where


def _named(outcome: Rated | Unrated, force: InForce) -> str:
    match outcome:
        case Rated(band=band):
            return force.rule.bands[band]
        case Unrated():
            return "not rated"


def _rank(segment: Segment) -> int:
    """The place of the segment's band, the best being 0."""
    outcome = segment.decision.outcome
    return outcome.band if isinstance(outcome, Rated) else -1


# --- the reason in words ---


def _because(
    force: InForce,
    decision: Decision,
    value: Fraction | None,
    numbers: Numbers,
    drawn: Sequence[Segment],
    *,
    bound: bool,
) -> str:
    origin = None if decision.line is None else force.rule.lines[decision.line].origin
    line = None if origin is None else force.terms.scheme.lines[origin]
    match decision.outcome, line:
        case Unrated(), schemes.SchemeLine(outcome=schemes.NotRated(words=words)):
            return words
        case Unrated(reason=reason), _:
            sentence = Reason(reason).sentence.rstrip(".")
            return sentence[:1].lower() + sentence[1:]
        case Rated(band=band), schemes.SchemeLine(outcome=schemes.Band(title=title)):
            if origin is not None and (parts := _with_parts(force, origin, band, numbers)):
                return parts
            standard = origin is not None and _stands_to_the_target(force.terms.scheme, origin)
            if standard and value is not None and (said := _against_target(force, value, numbers)):
                return said
            here = next((segment for segment in drawn if value is not None and value in segment), None)
            if force.terms.scheme.exclusive and here is not None:
                return f"{force.rule.bands[band]} lies {_edge_words(here, force.terms.unit)}"
            name = force.rule.bands[band]
            own = f"{title[:1].lower()}{title[1:]}" if title and title.casefold() != name.casefold() else ""
            if origin is not None and not standard and not bound:
                said = said_of_line(force.terms.scheme, origin, Asked(force.setting, numbers), force.terms.unit)
                own = ": ".join(filter(None, (own, said)))
            return own or f"the line for {name} decides"
        case _:
            raise AssertionError("only a line that people wrote gives a band")


def _stands_to_the_target(scheme: schemes.Scheme, origin: int) -> bool:
    """Whether a line asks only how the value stands to the target, or is left over by one that does."""
    asked = scheme.lines[origin].when
    if asked == schemes.OTHERWISE:
        asked = scheme.lines[origin - 1].when
    return asked in (schemes.TargetMet(), schemes.WithinTolerance())


def _with_parts(force: InForce, origin: int, band: int, numbers: Numbers) -> str:
    """Why a line decides, as far as the components beside the value do, and what caps it; nothing if neither."""
    outcome, name = force.terms.scheme.lines[origin].outcome, force.rule.bands[band]
    if isinstance(outcome, schemes.Band) and outcome.name != name:
        held = (cap.when for cap in force.terms.scheme.caps if cap.band.name == name)
        said = " and ".join(words for when in held if (words := said_of_condition(when, force.setting, numbers)))
        return f"{outcome.name}, but no better than {name}" + (f": {said}" if said else " here")
    return said_of_parts(force.terms.scheme, origin, force.setting, numbers)


def _against_target(force: InForce, value: Fraction, numbers: Numbers) -> str | None:
    """`worse than target (80%) by 1 point and within tolerance (5% of target, down to 76%)`."""
    setting, terms = force.setting, force.terms
    if setting.target is None or setting.tolerance is None or isinstance(terms.unit, OnScale | Milestone):
        return None
    nearest = _nearest_end(setting.target.reach, value, numbers)
    if nearest is None:
        return None
    better, end, down = nearest
    said = target_words(in_force(terms.target, force.part, accumulates=terms.accumulates), terms.unit)
    shown = show(end, terms.unit)
    words = f"target ({said})" if shown in said or setting.target.is_range else f"target ({said}: {shown})"
    if setting.target.is_range and better >= 0:
        return f"within {words}"
    if better > 0:
        return f"better than {words} by {show_difference(better, terms.unit)}"
    if better == 0 and not setting.target.strict:
        return f"on {words}"
    behind = f"worse than {words} by {show_difference(-better, terms.unit)}"
    if better == 0:
        behind = f"at {shown} itself, which does not meet the {words},"
    if isinstance(terms.tolerance, NoTolerance):
        return behind.rstrip(",")
    within = holds(setting.tolerance.within, lambda test: test_holds(test, numbers))
    place = "within" if within else "outside"
    return f"{behind} and {place} tolerance ({_tolerance_in_words(force, end, numbers, down=down)})"


def _nearest_end(reach: Reach, value: Fraction, numbers: Numbers) -> tuple[Fraction, Fraction, bool] | None:
    """How much better a value is than the nearest end of a reach, that end, and whether it is the low one.

    None where an end is not known, and of a reach outside of its ends.
    """
    low, high = (None if end is None else end.at(numbers) for end in (reach.low, reach.high))
    if reach.outside or (reach.low and low is None) or (reach.high and high is None):
        return None
    ends = [] if low is None else [(value - low, low, True)]
    ends += [] if high is None else [(high - value, high, False)]
    return min(ends, default=None)


def _tolerance_in_words(force: InForce, end: Fraction, numbers: Numbers, *, down: bool) -> str:
    """`5% of target, down to 76%`: the tolerance and its edge beyond an end of the target."""
    words = tolerance_words(force.terms.tolerance, force.terms.unit)
    amounts = force.setting.tolerance.amounts if force.setting.tolerance else None
    amount = amounts[0 if down else 1].at(numbers) if amounts else None
    if amount is None:
        return words
    edge = show(end - amount if down else end + amount, force.terms.unit)
    return words if edge in words else f"{words}, {'down' if down else 'up'} to {edge}"


# --- edges and steps ---


def _edges(segment: Segment, outcome: str, unit: Unit) -> Edges:
    low, high = segment.low, segment.high
    return Edges(outcome, low, high, segment.low_in, segment.high_in, _edge_words(segment, unit))


def _edge_words(segment: Segment, unit: Unit) -> str:
    low, high = segment.low, segment.high
    if isinstance(unit, OnScale | Milestone) and low is not None and high is not None:
        return "at " + " or ".join(show(Fraction(rank), unit) for rank in range(int(high), int(low) - 1, -1))
    if low is not None and low == high:
        return f"at {show(low, unit)}"
    start = None if low is None else f"{'from' if segment.low_in else 'above'} {show(low, unit)}"
    end = None if high is None else f"{'to' if segment.high_in else 'to below'} {show(high, unit)}"
    if start and end:
        return f"{start} {end}"
    if high is not None:
        return f"{'up to' if segment.high_in else 'below'} {show(high, unit)}"
    return start or "everywhere"


def _steps(value: Fraction, drawn: Sequence[Segment], force: InForce) -> Iterator[Step]:
    """To the next outcome upwards and downwards, in whole steps where the values come in steps."""
    unit, step = force.terms.unit, force.rule.input(VALUE).domain.step
    here = next((place for place, segment in enumerate(drawn) if value in segment), None)
    if here is None:
        return
    for place, upwards in ((here + 1, True), (here - 1, False)):
        if not 0 <= place < len(drawn):
            continue
        reached = drawn[place]
        edge, inside = (reached.low, reached.low_in) if upwards else (reached.high, reached.high_in)
        if edge is None:
            continue
        distance = abs(edge - value)
        if step:
            distance, inside = _in_steps(distance, step, inside=inside), True
        change = distance if upwards else -distance
        # A whole step may pass over a narrow outcome altogether.
        landed = next((segment for segment in drawn if step and value + change in segment), None if step else reached)
        if landed is None or landed is drawn[here]:
            continue
        name = _named(landed.decision.outcome, force)
        if isinstance(unit, OnScale | Milestone):
            words = f"{show(value + change, unit)} makes it {name}"
        else:
            words = _step_words(name, distance, unit, upwards=upwards, beyond=not inside)
        yield Step(name, change, not inside, words)


def _in_steps(distance: Fraction, step: Fraction, *, inside: bool) -> Fraction:
    """The least distance, in steps, that reaches an edge, or passes it where the edge itself does not count."""
    whole, rest = divmod(distance, step)
    return (whole + 1 if rest or not inside else whole) * step


def _step_words(outcome: str, distance: Fraction, unit: Unit, *, upwards: bool, beyond: bool) -> str:
    way = "more" if upwards else "less"
    if not beyond:
        return f"{show_difference(distance, unit)} {way} makes it {outcome}"
    if distance:
        return f"more than {show_difference(distance, unit)} {way} makes it {outcome}"
    return f"anything {way} makes it {outcome}"
