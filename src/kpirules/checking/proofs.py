"""The rules of a definition proved, and each failure told in the words of the rule, with numbers that show it."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from kpirules.checking import rule_wording
from kpirules.checking.indicators import Made
from kpirules.checking.statements import span_of
from kpirules.checking.terms import Built
from kpirules.core import Flaw, Flawed, Line, Rated, Rule
from kpirules.core.rule import VALUE
from kpirules.diagnostics import Diagnostic, Label
from kpirules.model.reads import bands_read, parts_read
from kpirules.source import Span
from kpirules.syntax import nodes
from kpirules.units import Milestone, OnScale, show
from kpirules.vocabulary.figures import TheTarget
from kpirules.vocabulary.schemes import Compares, NotRated, Relation, WithinTolerance, parts_of
from kpirules.vocabulary.targets import Range


def flaws(made: Made) -> Iterator[Diagnostic]:
    """What is wrong with the rules of a definition and of its components, each fault once."""
    told: set[tuple[str, str]] = set()
    for built in made.ruled:
        try:
            flaws_of = [(force.rule, force.flaws) for force in built.forces]
        except ValueError as fault:
            at = span_of(built.slice.statements, nodes.SchemeStatement, built.name)
            yield rule_wording.not_comparable_here(at, built.name.text, str(fault))
            continue
        for flaw, rule in _shared(flaws_of):
            diagnostic = _told(flaw, rule, built)
            key = (diagnostic.code, str(diagnostic.span))
            if key not in told:
                told.add(key)
                yield diagnostic
    for part in made.parts:
        yield from flaws(part)


def _shared(proved: Sequence[tuple[Rule, Sequence[Flaw]]]) -> Iterator[tuple[Flaw, Rule]]:
    """The flaws of rules that are one at different times of the year: a line may be idle at one, not at all of them."""
    idle = [
        {rule.lines[flaw.lines[0]].origin for flaw in found if flaw.kind in (Flawed.UNREACHABLE, Flawed.OFF_STEPS)}
        for rule, found in proved
    ]
    always_idle = set.intersection(*idle)
    for rule, found in proved:
        for flaw in found:
            needed = flaw.kind in (Flawed.UNREACHABLE, Flawed.OFF_STEPS)
            if not needed or rule.lines[flaw.lines[0]].origin in always_idle:
                yield flaw, rule


def _told(flaw: Flaw, rule: Rule, built: Built) -> Diagnostic:
    lines = [_line_span(rule, line, built) for line in flaw.lines]
    own = [span for span in lines if span is not None and span.source is built.name.source]
    at = _faulty_span(flaw, rule, built)
    names = [_outcome(rule, line, built) for line in flaw.lines]
    cases = [_case(witness, rule, built) for witness in flaw.witnesses]
    bands, labels = built.terms.scheme.exclusive, isinstance(built.terms.unit, OnScale | Milestone)
    rates = [f"this rates {case}" for case in cases] if len(cases) == len(lines) else ["this line"] * len(lines)
    also = tuple(
        Label(span, words) for span, words in zip(lines, rates, strict=True) if span is not None and span != at
    )
    match flaw.kind:
        case Flawed.UNCOVERED:
            return rule_wording.gap(at, cases[0], also, labels=labels)
        case Flawed.OVERLAP:
            return rule_wording.overlap(own[-1] if own else at, cases[0], also[:1], labels=labels)
        case Flawed.UNREACHABLE:
            return rule_wording.unreachable(at, names[0], also, _why_unreachable(rule.lines[flaw.lines[0]], built))
        case Flawed.OFF_STEPS:
            return rule_wording.off_steps(at, names[0], cases[0], also)
        case Flawed.NOT_PROVED:
            return rule_wording.not_proved(built.name)
        case Flawed.NOT_MONOTONE:
            better, worse = (f"{case} is rated {name}" for case, name in zip(cases, names, strict=True))
            what = "value" if flaw.witnesses[0].get(VALUE) != flaw.witnesses[1].get(VALUE) else "component"
            if what == "value" and (ranked := _ranked_elsewhere(flaw, rule, built)):
                return rule_wording.ranked_elsewhere(at, names[1], names[0], better, worse, ranked, also)
            return rule_wording.not_monotone(at, what, better, worse, also, bands=bands)


def _ranked_elsewhere(flaw: Flaw, rule: Rule, built: Built) -> tuple[Span, Span] | None:
    """Where the two bands of a flaw first stand, if the one that counts as better does so by another line's doing.

    A band ranks by the first line on which it stands, such as `red when no value` above all others.
    """
    below, above = (rule.lines[line].origin for line in flaw.lines)
    outcomes = [line.outcome.name for line in built.terms.scheme.lines]
    if below is None or above is None:
        return None
    first_above, first_below = outcomes.index(outcomes[above]), outcomes.index(outcomes[below])
    if first_above == above:
        return None
    return built.placed.spans[first_above], built.placed.spans[first_below]


def _why_unreachable(line: Line, built: Built) -> str:
    when = built.terms.scheme.lines[line.origin].when if line.origin is not None else None
    if when == Compares(Relation.BETTER, TheTarget()) and isinstance(built.terms.target, Range):
        return "nothing is better than a target range, so "
    return ""


def _faulty_span(flaw: Flaw, rule: Rule, built: Built) -> Span:
    """Where to point: at the bands, else at what the line in question hangs on, else at the indicator."""
    kinds: tuple[type[nodes.Body], ...] = (nodes.BandsStatement, nodes.TargetStatement)
    if flaw.kind is Flawed.NOT_MONOTONE or parts_read(built.terms):
        kinds = (nodes.BandsStatement, nodes.SchemeStatement)
    elif flaw.lines and _reads_tolerance(rule.lines[flaw.lines[0]], built):
        kinds = (nodes.ToleranceStatement, nodes.TargetStatement)
    for kind in kinds:
        span = span_of(built.slice.statements, kind, built.name)
        if span != built.name:
            return span
    return built.name


def _reads_tolerance(line: Line, built: Built) -> bool:
    when = built.terms.scheme.lines[line.origin].when if line.origin is not None else None
    return when is not None and WithinTolerance() in parts_of(when)


def _line_span(rule: Rule, line: int, built: Built) -> Span | None:
    origin = rule.lines[line].origin
    return None if origin is None else built.placed.spans[origin]


def _outcome(rule: Rule, line: int, built: Built) -> str:
    match rule.lines[line].outcome:
        case Rated(band=band):
            return rule.bands[band]
        case _:
            origin = rule.lines[line].origin
            own = built.terms.scheme.lines[origin].outcome if origin is not None else None
            return f"not rated ({own.words})" if isinstance(own, NotRated) else "not rated"


def _case(witness: Mapping[str, Fraction], rule: Rule, built: Built) -> str:
    """`75% with same quarter last year 70%`, in the unit of the indicator; components by their bands."""
    unit = built.terms.unit
    bands = bands_read(built.terms)
    others = [
        f"{name} {bands[name][int(number)] if name in bands else show(number, unit)}"
        for name, number in sorted(witness.items())
        if name != VALUE
    ]
    if VALUE not in (input.name for input in rule.inputs):
        return ", ".join(others) or "unrated components"
    value = show(witness[VALUE], unit) if VALUE in witness else "a missing value"
    return f"{value} with {', '.join(others)}" if others else value
