"""What every rule is proved to be before it runs: complete, free of overlaps, without dead lines, and monotone.

Each proof is one question to `satisfy`; a rule on the value alone is the plain case and is decided by walking the
pieces of its one axis. A failure always comes with numbers, and evaluation confirms them before they are shown.
"""

from collections.abc import Iterator, Sequence
from enum import Enum
from fractions import Fraction
from functools import lru_cache, partial
from itertools import combinations

from attrs import evolve, field, frozen

from kpirules.core.alike import Likeness, likeness
from kpirules.core.along import cut_up, cuts
from kpirules.core.conditions import All, Condition, Not, above, any_of, holds
from kpirules.core.decide import deciding_line, test_holds
from kpirules.core.forms import Form
from kpirules.core.labelled import NO_CASE, Cases, Diagram, is_labelled
from kpirules.core.rule import VALUE, Rated, Rule, Stretch
from kpirules.core.satisfy import TooLargeError, satisfy
from kpirules.core.twin import Twin
from kpirules.core.witness import Witness, on_step

# The worse of two compared values, with everything else held.
WORSE = Twin(frozenset({VALUE}))


class Flawed(Enum):
    """In which way a rule is wrong. `OFF_STEPS` is found only of rules that read the value alone."""

    UNCOVERED = "no line holds"
    OVERLAP = "two lines hold"
    UNREACHABLE = "nothing reaches the line"
    OFF_STEPS = "only numbers between the steps reach the line"
    NOT_MONOTONE = "a better value is rated worse"
    NOT_PROVED = "too many combinations to look at"


@frozen
class Flaw:
    """One way in which the rule is wrong, the lines concerned and the numbers that show it.

    An input without a number in a witness is missing. `NOT_MONOTONE` has two lines and two witnesses, those of the
    better value first; `UNREACHABLE` and `NOT_PROVED` have no witness; all others have one.
    """

    kind: Flawed
    lines: tuple[int, ...] = ()
    witnesses: tuple[Witness, ...] = ()


def prove(rule: Rule) -> tuple[Flaw, ...]:
    """Every way in which the rule is wrong; nothing if it is proved right."""
    plain = len(rule.inputs) == 1 and rule.inputs[0].name == VALUE
    like = likeness(rule) if plain else None
    if like is not None and _right(_Plain(like, rule)):
        return ()
    flaws: list[Flaw] = []
    try:
        for flaw in walk(rule) if plain else among_labels(rule) if is_labelled(rule) else ask(rule):
            _confirm(rule, flaw)
            flaws.append(flaw)
    except TooLargeError:
        flaws.append(Flaw(Flawed.NOT_PROVED))
    return tuple(flaws)


# --- the plain case: one axis, a walk along its pieces ---


@frozen
class _Plain:
    """A rule as one of those that are right together with it."""

    like: Likeness
    rule: Rule = field(eq=False)


@lru_cache(maxsize=1_000)
def _right(plain: _Plain) -> bool:
    """Whether nothing is wrong with the rule, and so with any that is like it."""
    return not any(True for _ in walk(plain.rule))


def walk(rule: Rule) -> Iterator[Flaw]:
    """The flaws of a rule that reads the value alone."""
    value = rule.inputs[0]
    numbers = [number for _, _, number in cut_up(value.domain, cuts(rule, {}, VALUE))]
    points: list[Witness] = [{VALUE: number} for number in numbers]
    decided = [(point, deciding_line(rule, point)) for point in ([*points, {}] if value.optional else points)]
    # What comes in steps is proved for the steps; between them a line may at most be reached in vain.
    cases = [case for case in decided if _on_steps(rule, case[0])]
    uncovered = next((point for point, line in cases if line is None), None)
    if uncovered is not None:
        yield Flaw(Flawed.UNCOVERED, witnesses=(uncovered,))
    if rule.exclusive:
        yield from _overlaps_among(rule, [point for point, _ in cases])
    for place, line in enumerate(rule.lines):
        if line.needed and place not in (deciding for _, deciding in cases):
            between = next((point for point, deciding in decided if deciding == place), None)
            if between is None:
                yield Flaw(Flawed.UNREACHABLE, (place,))
            else:
                yield Flaw(Flawed.OFF_STEPS, (place,), (between,))
    if rule.ranked:
        for stretch in rule.stretches:
            inside = [case for case in cases if case[0] and holds(stretch.where, partial(test_holds, numbers=case[0]))]
            flaw = _setback(rule, inside if stretch.upwards else inside[::-1])
            if flaw is not None:
                yield flaw
                return


def _overlaps_among(rule: Rule, points: Sequence[Witness]) -> Iterator[Flaw]:
    found: set[tuple[int, ...]] = set()
    for point in points:
        lines = tuple(
            place for place, line in enumerate(rule.lines) if holds(line.when, partial(test_holds, numbers=point))
        )
        if len(lines) > 1 and lines not in found:
            found.add(lines)
            yield Flaw(Flawed.OVERLAP, lines[:2], (point,))


def _setback(rule: Rule, cases: Sequence[tuple[Witness, int | None]]) -> Flaw | None:
    """The first place in cases of ever better values at which the rating gets worse."""
    before: tuple[Witness, int, int] | None = None
    for point, line in cases:
        outcome = None if line is None else rule.lines[line].outcome
        if line is None or not isinstance(outcome, Rated):
            continue
        if before is not None and outcome.band > before[2]:
            return Flaw(Flawed.NOT_MONOTONE, (line, before[1]), (point, before[0]))
        before = (point, line, outcome.band)
    return None


# --- the general case: each proof one question ---
#
# Numbers that keep to the steps of all inputs at once are looked for, but that there are none is not proved: so a
# witness may lie between the steps, and `OFF_STEPS` is told in the plain case only.


def ask(rule: Rule) -> Iterator[Flaw]:
    """The flaws of any rule."""
    none_holds = All(tuple(Not(line.when) for line in rule.lines))
    uncovered = satisfy(none_holds, rule.inputs)
    if uncovered is not None:
        yield Flaw(Flawed.UNCOVERED, witnesses=(uncovered,))
    if rule.exclusive:
        for second, line in enumerate(rule.lines):
            for first in range(second):
                both = satisfy(All((rule.lines[first].when, line.when)), rule.inputs)
                if both is not None:
                    yield Flaw(Flawed.OVERLAP, (first, second), (both,))
    for place, line in enumerate(rule.lines):
        if line.needed and satisfy(rule.decides(place), rule.inputs) is None:
            yield Flaw(Flawed.UNREACHABLE, (place,))
    if rule.ranked and rule.stretches:
        yield from _ask_monotone(rule)


def _ask_monotone(rule: Rule) -> Iterator[Flaw]:
    """Along each input that has a better: two copies of the rule that share every input but this one."""
    for axis in dict.fromkeys(stretch.input for stretch in rule.stretches):
        worse_one = Twin(frozenset({axis}))
        inputs = worse_one.both([evolve(each, optional=each.optional and each.name != axis) for each in rule.inputs])
        better_than = any_of(*(further(stretch) for stretch in rule.stretches if stretch.input == axis))
        for better, worse in worse_rated_pairs(rule):
            question = All((rule.decides(better), worse_one.of(rule.decides(worse)), better_than))
            numbers = satisfy(question, inputs)
            if numbers is not None:
                yield Flaw(Flawed.NOT_MONOTONE, (better, worse), worse_one.parted(numbers, rule.inputs))
                return


# --- all inputs are labels: every case there is ---


def among_labels(rule: Rule) -> Iterator[Flaw]:
    """The flaws of a rule that reads nothing but labels."""
    diagram = Diagram(rule.inputs)
    *decided, left = diagram.decided(rule)
    uncovered = diagram.first(left)
    if uncovered is not None:
        yield Flaw(Flawed.UNCOVERED, witnesses=(uncovered,))
    if rule.exclusive:
        holding = [diagram.where(line.when) for line in rule.lines]
        for second in range(len(holding)):
            for first in range(second):
                both = diagram.first(diagram.all_of((holding[first], holding[second])))
                if both is not None:
                    yield Flaw(Flawed.OVERLAP, (first, second), (both,))
    for place, line in enumerate(rule.lines):
        if line.needed and decided[place] == NO_CASE:
            yield Flaw(Flawed.UNREACHABLE, (place,))
    if rule.ranked:
        for stretch in rule.stretches:
            flaw = _setback_among_labels(rule, diagram, decided, stretch)
            if flaw is not None:
                yield flaw


def _setback_among_labels(rule: Rule, diagram: Diagram, decided: Sequence[Cases], stretch: Stretch) -> Flaw | None:
    """Two labels, of which the better one decides for a worse band."""
    name = stretch.input
    inside = diagram.where(stretch.where)
    for lower, upper in combinations(map(Fraction, range(len(rule.input(name).domain.labels))), 2):
        ahead, behind = (upper, lower) if stretch.upwards else (lower, upper)
        for better, worse in worse_rated_pairs(rule):
            one = diagram.at(diagram.all_of((inside, decided[better])), name, ahead)
            other = diagram.at(diagram.all_of((inside, decided[worse])), name, behind)
            shared = diagram.first(diagram.all_of((one, other)))
            if shared is not None:
                witnesses = tuple({**shared, name: state} for state in (ahead, behind))
                return Flaw(Flawed.NOT_MONOTONE, (better, worse), witnesses)
    return None


def worse_rated_pairs(rule: Rule) -> Iterator[tuple[int, int]]:
    """Pairs of lines of which the first gives the worse band, by their places."""
    for first, line in enumerate(rule.lines):
        for second, other in enumerate(rule.lines):
            match line.outcome, other.outcome:
                case Rated(band=worse), Rated(band=better) if worse > better:
                    yield first, second


def further(stretch: Stretch) -> Condition:
    """The input lies further along the stretch than that of the worse case."""
    worse_one = Twin(frozenset({stretch.input}))
    better, worse = Form.of(stretch.input), Form.of(worse_one.name(stretch.input))
    ahead = above(better, worse) if stretch.upwards else above(worse, better)
    return All((ahead, stretch.where, worse_one.of(stretch.where)))


# --- both ---


def _on_steps(rule: Rule, witness: Witness) -> bool:
    return all(on_step(number, rule.input(name).domain) for name, number in witness.items())


def _confirm(rule: Rule, flaw: Flaw) -> None:
    """Evaluate the witnesses: a proof that evaluation contradicts is a fault of ours and must never be shown."""
    deciding = [deciding_line(rule, witness) for witness in flaw.witnesses]
    match flaw.kind:
        case Flawed.UNCOVERED:
            confirmed = deciding == [None]
        case Flawed.OVERLAP:
            [witness] = flaw.witnesses
            confirmed = all(holds(rule.lines[place].when, partial(test_holds, numbers=witness)) for place in flaw.lines)
        case Flawed.UNREACHABLE:
            confirmed = not flaw.witnesses
        case Flawed.NOT_PROVED:
            confirmed = True
        case Flawed.OFF_STEPS | Flawed.NOT_MONOTONE:
            confirmed = deciding == list(flaw.lines)
    if not confirmed:
        raise AssertionError(f"evaluation does not confirm {flaw}")
