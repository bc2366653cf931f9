"""Tests of every edge of an indicator, with what the rules give now: for a person to read, correct and keep.

Written are each edge, one step to either side of it, and the missing value, in every version and part of the year in
which the rule is another one. Where the rule reads more than the value, that is given plain numbers and once left out.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import chain, pairwise

from kpirules.assess import Indicator
from kpirules.core import Absent, Domain, segments
from kpirules.core.rule import VALUE
from kpirules.core.witness import on_step
from kpirules.exact import decimal_text
from kpirules.lower import domain_of
from kpirules.model.reads import bands_read
from kpirules.source import Source
from kpirules.syntax.format import format_text
from kpirules.testing.moments import needs_period, period_of
from kpirules.testing.mutants.probes import answer, block_head, case_line, probes
from kpirules.testing.ruled import Ruled, rules_of
from kpirules.testing.steps import printed_step
from kpirules.vocabulary.figures import Number
from kpirules.vocabulary.targets import target_figures

_PLAIN = Fraction(100)


def edge_tests(indicator: Indicator) -> str:
    """A `test` block for the indicator, and one for each of its components, laid out as `kpirules fmt` does.

    Empty where no rule reads a value. What is written says what the rules give, right or wrong.
    """
    blocks: dict[str | None, list[str]] = {}
    for ruled in rules_of(indicator):
        own = ruled.definition is indicator.definition
        component = None if own else ruled.definition.reference
        asked = indicator if component is None else indicator.components[component]
        period = period_of(ruled)
        if not ruled.reads_value or (period is None and needs_period(ruled)):
            continue
        for numbers in _cases(ruled):
            for probe in probes(numbers, ruled.force.terms, {}, period, None):
                expected = answer(probe, asked)
                if expected is not None:
                    blocks.setdefault(component, []).append(case_line(probe, expected))
    texts = (
        "\n".join([f"{block_head(indicator.reference, component)} {{", *dict.fromkeys(lines), "}"])
        for component, lines in blocks.items()
    )
    laid_out = format_text(Source("edges", "\n\n".join(texts) + "\n"))
    if not isinstance(laid_out, str):
        raise AssertionError(f"what is written cannot be read: {laid_out[0]}")
    return laid_out.strip("\n")


def _cases(ruled: Ruled) -> Iterator[Mapping[str, Fraction]]:
    """The numbers of the inputs: the value at and beside each edge, and each input missing."""
    domain = ruled.rule.input(VALUE).domain
    bands = bands_read(ruled.force.terms)
    others = {
        each.name: _plain_number(ruled, each.domain)
        for each in ruled.rule.inputs
        if each.name != VALUE and each.name not in bands
    }
    given = {each.name: others.get(each.name, Absent("")) for each in ruled.rule.inputs}
    drawn = segments(ruled.rule, given)
    ends = {end for left, right in pairwise(drawn) for end in (left.high, right.low) if end is not None}
    step = printed_step(ruled)
    beside = sorted(set(chain.from_iterable(_beside(end, step, domain) for end in ends)))
    yield from ({VALUE: number, **others} for number in beside or [_plain_number(ruled, domain)])
    yield others
    for name in others:
        left = {other: number for other, number in others.items() if other != name}
        yield {VALUE: _plain_number(ruled, domain), **left}


def _beside(edge: Fraction, step: Fraction, domain: Domain) -> Iterator[Fraction]:
    """The edge and one step to either side; the steps about it where it lies between them or no decimal writes it.

    Of a scale every label.
    """
    if domain.labels:
        yield from map(Fraction, range(len(domain.labels)))
        return
    below, above = edge // step * step, -(-edge // step) * step
    as_it_is = below == above or not (domain.step or decimal_text(edge).startswith("≈"))
    near = (edge - step, edge, edge + step) if as_it_is else (below, above)
    for number in near:
        low_enough = domain.high is None or number <= domain.high
        if on_step(number, domain) and low_enough and (domain.low is None or number >= domain.low):
            yield number


def _plain_number(ruled: Ruled, domain: Domain) -> Fraction:
    """The target, if it is written and can be one of these numbers; else a plain one that can."""
    if domain.labels:
        return Fraction(len(domain.labels) - 1)
    terms = ruled.force.terms
    written = [figure.number for figure in target_figures(terms.target) if isinstance(figure, Number)]
    number = next((each for each in written if on_step(each, domain)), _PLAIN)
    number = number if domain.low is None else max(number, domain.low)
    number = number if domain.high is None else min(number, domain.high)
    step = domain_of(terms).step
    return number // step * step if step else number
