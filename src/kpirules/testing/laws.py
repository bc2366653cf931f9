"""The built-in laws: what must hold of every indicator, whatever it measures.

A law is a plain function from an indicator to a `LawResult`, and `BUILT_IN` has all of them. `assert_law(law,
indicator)` raises a `LawError` with the case that breaks it, `check_laws(library)` gives a report of all laws on all
indicators. Where the core can decide, the result is *proved*, for all numbers; where it cannot, Hypothesis tries and
the result is *tested, not proved*. A counterexample has been evaluated before it is shown.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta
from itertools import groupby, pairwise
from typing import Protocol

from kpirules.assess import Indicator
from kpirules.model import Definition
from kpirules.testing import judging
from kpirules.testing.edges import owned_edges
from kpirules.testing.engines import agreeing
from kpirules.testing.results import Certainty, Counterexample, Found, Law, LawError, LawReport, LawResult
from kpirules.testing.ruled import Ruled, rules_of


class HasIndicators(Protocol):
    """What has indicators by their references, such as a `Library`."""

    @property
    def indicators(self) -> Mapping[str, Indicator]:
        """The indicators."""
        ...


def assert_law(law: Law, indicator: Indicator) -> None:
    """Check one law on one indicator. Raises `LawError`, an `AssertionError`, with the case that breaks it.

    Raises `TypeError` for what is no law, such as a function of one sample without the decorator `law`.
    """
    result = result_of(law, indicator)
    if not result.passed:
        raise LawError(result)


def result_of(law: Law, indicator: Indicator) -> LawResult:
    """What comes of one law on one indicator. Raises `TypeError` for what is no law, as `assert_law` does."""
    try:
        result: object = law(indicator)
    except AttributeError as error:
        if error.obj is indicator:  # it was asked for what samples have
            raise _no_law(law) from error
        raise
    if not isinstance(result, LawResult):
        raise _no_law(law)
    return result


def _no_law(law: Law) -> TypeError:
    name = getattr(law, "__name__", repr(law))
    made = '@kpirules.testing.law("what it says") above a function of one sample makes one'
    return TypeError(f"{name} is no law, which takes an indicator and gives a LawResult: {made}")


def check_laws(library: HasIndicators, laws: Sequence[Law] | None = None) -> LawReport:
    """Check laws (without `laws`, the built-in ones) on every indicator of a library.

    Raises `TypeError` for what is no law, as `assert_law` does.
    """
    chosen = BUILT_IN if laws is None else laws
    # The engines are tried on all indicators at once, which takes little longer than on one.
    found = agreeing(library.indicators) if engines_agree in chosen else {}
    return LawReport(
        tuple(
            _engines_agree(indicator, found[name]) if law is engines_agree else result_of(law, indicator)
            for name, indicator in library.indicators.items()
            for law in chosen
        )
    )


# --- the laws ---


def cover(indicator: Indicator) -> LawResult:
    """Every case gets a band or a reason."""
    return _each_rule("cover", "every case gets a band or a reason", indicator, judging.covered)


def disjoint(indicator: Indicator) -> LawResult:
    """No two lines of `bands` hold at once. In a scheme the first that holds decides, so nothing there can overlap."""
    return _each_rule("disjoint", "no two bands hold at once", indicator, judging.without_overlap)


def reachable(indicator: Indicator) -> LawResult:
    """Every line that gives a band decides somewhere; a rule that changes in the course of the year, at some time."""
    found = [
        each
        for _, group in groupby(rules_of(indicator), key=lambda ruled: (id(ruled.definition), id(ruled.version)))
        for each in _never_deciding(list(group))
    ]
    return _result("reachable", "every band can be reached", indicator, found)


def monotone(indicator: Indicator) -> LawResult:
    """A better value is never rated worse, with all else the rule reads held. An unranked scheme has no better."""
    says = "a better value is never rated worse, all else being the same"
    return _each_rule("monotone", says, indicator, judging.kept_order)


def met_is_no_worse(indicator: Indicator) -> LawResult:
    """A value that meets the target is never rated below one that misses it, with all else held."""
    says = "a met target is never rated below a missed one"
    return _each_rule("met_is_no_worse", says, indicator, judging.met_is_no_worse)


def edges_owned(indicator: Indicator) -> LawResult:
    """Every edge on the value is rated on exactly one of its sides, and just beyond it the rating is another."""
    says = "each edge belongs to one side, and just beyond it the rating is another"
    return _each_rule("edges_owned", says, indicator, owned_edges)


def engines_agree(indicator: Indicator) -> LawResult:
    """What rates plain numbers and columns fast says what the reference engine says, on every edge and about it."""
    return _engines_agree(indicator, agreeing({indicator.reference: indicator})[indicator.reference])


def _engines_agree(indicator: Indicator, found: Found) -> LawResult:
    says = "the fast ways of rating say what the rule says"
    return _result("engines_agree", says, indicator, [found])


def no_hole_in_time(indicator: Indicator) -> LawResult:
    """On every day there is, exactly one version of the definition is in force."""
    found = [each for definition in _with_components(indicator.definition) for each in _holes(definition)]
    return _result("no_hole_in_time", "dated rules leave no day out and none twice", indicator, found)


BUILT_IN: tuple[Law, ...] = (
    cover,
    disjoint,
    reachable,
    monotone,
    met_is_no_worse,
    edges_owned,
    engines_agree,
    no_hole_in_time,
)
"""Every built-in law, in the order in which reports show them."""


# --- how they come to a result ---


def _each_rule(law: str, says: str, indicator: Indicator, judge: Callable[[Ruled], Found]) -> LawResult:
    return _result(law, says, indicator, map(judge, rules_of(indicator)))


def _result(law: str, says: str, indicator: Indicator, found: Iterable[Found]) -> LawResult:
    """The first case that breaks the law, else how sure it is that there is none."""
    certainty = Certainty.PROVED
    for each in found:
        if each.counterexample is not None:
            certainty = each.certainty
            return _named(law, says, indicator, certainty, each.counterexample)
        certainty = each.certainty if certainty is Certainty.PROVED else certainty
    return _named(law, says, indicator, certainty, None)


def _named(
    law: str, says: str, indicator: Indicator, certainty: Certainty, counterexample: Counterexample | None
) -> LawResult:
    return LawResult(law, says, indicator.reference, certainty, counterexample, indicator.definition.where)


def _never_deciding(rules: Sequence[Ruled]) -> Iterable[Found]:
    """The lines that decide in no part of the year."""
    idle = [judging.idle_lines(ruled) for ruled in rules]
    for origin in sorted(set.intersection(*(origins for origins, _ in idle))):
        ruled = rules[0]
        line = next(place for place, line in enumerate(ruled.rule.lines) if line.origin == origin)
        words = Counterexample("any", "this line never decides", "some case in which it does", ruled.line(line))
        yield Found(Certainty.PROVED, words)
    yield from (Found(certainty) for _, certainty in idle)


def _with_components(definition: Definition) -> list[Definition]:
    return [definition, *(each for part in definition.components for each in _with_components(part))]


def _holes(definition: Definition) -> Iterable[Found]:
    """The days on which no version, or more than one, is in force."""
    first, last = definition.versions[0], definition.versions[-1]
    if first.since is not None or last.until is not None:
        yield Found(Certainty.PROVED, _hole(definition, "before the first version or after the last"))
    for earlier, later in pairwise(definition.versions):
        if earlier.until is None or later.since != earlier.until + timedelta(days=1):
            day = "for ever" if earlier.until is None else f"after {earlier.until.isoformat()}"
            yield Found(Certainty.PROVED, _hole(definition, day))


def _hole(definition: Definition, day: str) -> Counterexample:
    return Counterexample(f"{definition.reference} {day}", "no version or two", "exactly one version in force")
