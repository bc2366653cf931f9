"""Why a value is rated as it is, as data and in words: the line that decided, every edge, and what would change it."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from attrs import frozen

from kpirules.assess.in_force import InForce
from kpirules.core import Decision, Domain, Given, Rated, Segment, Unrated, segments
from kpirules.core.rule import VALUE
from kpirules.model import Definition
from kpirules.reasons import Reason
from kpirules.units import Milestone, OnScale, Unit, show, show_difference
from kpirules.vocabulary import schemes
from kpirules.vocabulary.pieces import Pieces
from kpirules.vocabulary.polarity import Polarity
from kpirules.vocabulary.reach import Reach
from kpirules.vocabulary.setting import Setting
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
class Explanation:
    """Why a rating is as it is. `edges` and `steps` are empty where the value does not decide alone."""

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


def explain(definition: Definition, force: InForce, given: Given, value_words: str, decision: Decision) -> Explanation:
    """Why these inputs are rated as they are under what is in force."""
    terms, rule = force.terms, force.rule
    drawn = segments(rule, given) if VALUE in given else ()
    value = given[VALUE]
    named = [_named(segment.decision.outcome, force) for segment in drawn]
    edges = [_edges(segment, name, terms.unit) for segment, name in zip(drawn, named, strict=True)]
    if len(drawn) > 1 and _rank(drawn[-1]) < _rank(drawn[0]):
        edges.reverse()  # as people say it, the best first
    steps: tuple[Step, ...] = ()
    if isinstance(value, Fraction):
        door = rule.input(VALUE).rounding
        steps = tuple(_steps(door(value) if door else value, drawn, named, terms.unit, rule.input(VALUE).domain))
    target = in_force(terms.target, ends_year=force.ends_year)
    return Explanation(
        definition.reference,
        definition.title,
        value_words,
        _named(decision.outcome, force),
        _because(force, decision, value),
        target_words(target, terms.unit),
        tolerance_words(terms.tolerance, terms.unit),
        tuple(edges) if len(edges) > 1 else (),
        steps,
        definition.where,
    )


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


def _because(force: InForce, decision: Decision, value: object) -> str:
    origin = force.rule.lines[decision.line].origin
    line = None if origin is None else force.terms.scheme.lines[origin]
    match decision.outcome, line:
        case Unrated(), schemes.SchemeLine(outcome=schemes.NotRated(words=words)):
            return words
        case Unrated(reason=reason), _:
            sentence = Reason(reason).sentence.rstrip(".")
            return sentence[:1].lower() + sentence[1:]
        case Rated(band=band), schemes.SchemeLine(outcome=schemes.Band(title=title), when=when):
            standard = when in (schemes.TargetMet(), schemes.WithinTolerance(), schemes.OTHERWISE)
            if standard and isinstance(value, Fraction) and (said := _against_target(force, value)):
                return said
            return title[:1].lower() + title[1:] if title else f"the line for {force.rule.bands[band]} decides"
        case _:
            raise AssertionError("only a line that people wrote gives a band")


def _against_target(force: InForce, value: Fraction) -> str | None:
    """`worse than target (80%) by 1 point and within tolerance (5% of target, down to 76%)`."""
    setting, terms = force.setting, force.terms
    if setting.target is None or setting.tolerance is None or isinstance(terms.unit, OnScale | Milestone):
        return None
    end = _only_end(setting.target.reach)
    if end is None:
        return None
    words = f"target ({target_words(in_force(terms.target, ends_year=force.ends_year), terms.unit)})"
    better = value - end if terms.polarity is Polarity.HIGHER else end - value
    if better > 0:
        return f"better than {words} by {show_difference(better, terms.unit)}"
    if better == 0 and not setting.target.strict:
        return f"on {words}"
    behind = f"worse than {words} by {show_difference(-better, terms.unit)}"
    if better == 0:
        behind = f"at {show(end, terms.unit)} itself, which does not meet the {words},"
    if isinstance(terms.tolerance, NoTolerance):
        return behind.rstrip(",")
    place = "within" if -better <= (_amount(setting) or 0) else "outside"
    return f"{behind} and {place} tolerance ({_tolerance_in_words(force, end)})"


def _only_end(reach: Reach) -> Fraction | None:
    """The end of a reach that has one only, if it is a plain number."""
    match reach:
        case Reach(low=Pieces() as end, high=None) | Reach(low=None, high=Pieces() as end):
            return end.constant
    return None


def _amount(setting: Setting) -> Fraction | None:
    if setting.tolerance is None or setting.tolerance.amounts is None or setting.target is None:
        return None
    low, high = setting.tolerance.amounts
    return (low if setting.target.reach.low else high).constant


def _tolerance_in_words(force: InForce, end: Fraction) -> str:
    words = tolerance_words(force.terms.tolerance, force.terms.unit)
    amount = _amount(force.setting)
    if amount is None:
        return words
    down = force.terms.polarity is Polarity.HIGHER
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


def _steps(
    value: Fraction, drawn: Sequence[Segment], named: Sequence[str], unit: Unit, domain: Domain
) -> Iterator[Step]:
    """To the next outcome upwards and downwards."""
    here = next((place for place, segment in enumerate(drawn) if value in segment), None)
    if here is None:
        return
    for place, upwards in ((here + 1, True), (here - 1, False)):
        if not 0 <= place < len(drawn):
            continue
        edge = drawn[place].low if upwards else drawn[place].high
        inside = drawn[place].low_in if upwards else drawn[place].high_in
        if edge is None:
            continue
        distance = abs(edge - value)
        if domain.step:
            distance, inside = _in_steps(distance, domain.step, inside=inside), True
        change = distance if upwards else -distance
        if isinstance(unit, OnScale | Milestone):
            words = f"{show(value + change, unit)} makes it {named[place]}"
        else:
            words = _step_words(named[place], distance, unit, upwards=upwards, beyond=not inside)
        yield Step(named[place], change, not inside, words)


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
