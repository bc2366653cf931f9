"""By how little a value must differ from an edge to lie beside it: one step of its precision, or as it is printed."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from math import inf, nextafter

from kpirules.core import AtLeast
from kpirules.core.rule import VALUE
from kpirules.exact import decimal_text, exact
from kpirules.lower import domain_of
from kpirules.testing.ruled import Ruled
from kpirules.vocabulary.courses import StraightLine
from kpirules.vocabulary.figures import Number
from kpirules.vocabulary.targets import target_figures

_MOST_PLACES = 6
# Decimals are handed in with as many places.
_MOST_WRITTEN = 20
# Between the two numbers of a straight line its edges lie closer together than those are written.
_FINER_ON_A_LINE = 2


def printed_step(ruled: Ruled) -> Fraction:
    """The declared step of the values (or that to which they are rounded), else one of the target's last decimal.

    Of an indicator without a written target, one of the last decimal of its edges.
    """
    terms = ruled.force.terms
    declared = domain_of(terms).step
    if declared is not None:
        return declared
    written = [figure.number for figure in target_figures(terms.target) if isinstance(figure, Number)]
    finer = _FINER_ON_A_LINE if isinstance(terms.target, StraightLine) else 0
    return Fraction(1, 10 ** (_places(written or _edges(ruled)) + finer))


def on_edge(edge: Fraction, ruled: Ruled) -> Iterator[float | Decimal]:
    """Doubles on an edge and next to it, and decimals on it and a step away, as far as they can be values."""
    near, step = float(edge), printed_step(ruled)
    texts = (decimal_text(each, most_places=_MOST_WRITTEN) for each in (edge, edge - step, edge + step))
    decimals = (Decimal(text) for text in texts if not text.startswith("≈"))
    every: Sequence[float | Decimal] = (near, nextafter(near, inf), nextafter(near, -inf), *decimals)
    yield from (each for each in every if ruled.force.terms.impossible(exact(each)) is None)


def _edges(ruled: Ruled) -> Iterable[Fraction]:
    forms = [test.form for test in ruled.rule.tests if isinstance(test, AtLeast) and test.form.inputs == (VALUE,)]
    return [-form.constant / form.factor(VALUE) for form in forms]


def _places(numbers: Iterable[Fraction]) -> int:
    """How many decimals it takes to write the numbers, as far as they can be written."""
    needed = (
        next((places for places in range(_MOST_PLACES + 1) if (number * 10**places).denominator == 1), 0)
        for number in numbers
    )
    return max(needed, default=0)
