"""The rules of a definition proved, and each failure told in the words of the rule, with numbers that show it."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from kpirules.checking import wording
from kpirules.checking.indicators import Made
from kpirules.checking.statements import span_of
from kpirules.checking.terms import Built
from kpirules.core import Flaw, Flawed, Rated, Rule, prove
from kpirules.core.rule import VALUE
from kpirules.diagnostics import Diagnostic, Label
from kpirules.lower import lower
from kpirules.model.reads import reads_year_end
from kpirules.source import Span
from kpirules.syntax import nodes
from kpirules.units import show
from kpirules.vocabulary.schemes import NotRated


def flaws(made: Made) -> Iterator[Diagnostic]:
    """What is wrong with the rules of a definition and of its components, each fault once."""
    told: set[tuple[str, str]] = set()
    for built in made.built:
        try:
            ends = (False, True) if reads_year_end(built.terms) else (False,)
            rules = [lower(built.terms, ends_year=ends_year) for ends_year in ends]
        except ValueError as fault:
            yield wording.not_comparable_here(built.name, str(fault))
            continue
        for flaw, rule in _shared(rules):
            diagnostic = _told(flaw, rule, built)
            key = (diagnostic.code, str(diagnostic.span))
            if key not in told:
                told.add(key)
                yield diagnostic
    for part in made.parts:
        yield from flaws(part)


def _shared(rules: Sequence[Rule]) -> Iterator[tuple[Flaw, Rule]]:
    """The flaws of rules that are one at different times of the year: a line may be idle at one, not at all of them."""
    proved = [(prove(rule), rule) for rule in rules]
    idle = [
        {rule.lines[flaw.lines[0]].origin for flaw in found if flaw.kind in (Flawed.UNREACHABLE, Flawed.OFF_STEPS)}
        for found, rule in proved
    ]
    always_idle = set.intersection(*idle)
    for found, rule in proved:
        for flaw in found:
            needed = flaw.kind in (Flawed.UNREACHABLE, Flawed.OFF_STEPS)
            if not needed or rule.lines[flaw.lines[0]].origin in always_idle:
                yield flaw, rule


def _told(flaw: Flaw, rule: Rule, built: Built) -> Diagnostic:
    lines = [_line_span(rule, line, built) for line in flaw.lines]
    own = [span for span in lines if span is not None and span.source is built.name.source]
    at = _faulty_span(flaw, built)
    also = tuple(Label(span, "this line") for span in lines if span is not None and span != at)
    names = [_outcome(rule, line, built) for line in flaw.lines]
    cases = [_case(witness, built) for witness in flaw.witnesses]
    match flaw.kind:
        case Flawed.UNCOVERED:
            return wording.gap(at, cases[0], also)
        case Flawed.OVERLAP:
            return wording.overlap(own[-1] if own else at, cases[0], also[:1])
        case Flawed.UNREACHABLE:
            return wording.unreachable(at, names[0], also)
        case Flawed.OFF_STEPS:
            return wording.off_steps(at, names[0], cases[0], also)
        case Flawed.NOT_MONOTONE:
            better, worse = (f"{case} is rated {name}" for case, name in zip(cases, names, strict=True))
            return wording.not_monotone(at, better, worse, also)


def _faulty_span(flaw: Flaw, built: Built) -> Span:
    """Where to point: at the bands, else at the tolerance or the target, else at the indicator."""
    said = built.slice.statements
    kinds: tuple[type[nodes.Body], ...] = (nodes.BandsStatement, nodes.ToleranceStatement, nodes.TargetStatement)
    if flaw.kind is Flawed.NOT_MONOTONE:
        kinds = (nodes.BandsStatement, nodes.SchemeStatement)
    for kind in kinds:
        span = span_of(said, kind, built.name)
        if span != built.name:
            return span
    return built.name


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


def _case(witness: Mapping[str, Fraction], built: Built) -> str:
    """`75% with same quarter last year 70%`, in the unit of the indicator."""
    unit = built.terms.unit
    value = show(witness[VALUE], unit) if VALUE in witness else "a missing value"
    others = [f"{name} {show(number, unit)}" for name, number in sorted(witness.items()) if name != VALUE]
    return f"{value} with {', '.join(others)}" if others else value
