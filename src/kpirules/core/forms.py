"""Linear forms over a rule's inputs: `value`, `value - 0.95 × last year`, `60`."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import pairwise

from attrs import field, frozen

ZERO = Fraction(0)


def _canonical(terms: Iterable[tuple[str, Fraction]]) -> tuple[tuple[str, Fraction], ...]:
    terms = tuple(terms)
    if not terms or (len(terms) == 1 and terms[0][1]):
        return terms
    if all(factor for _, factor in terms) and all(one[0] < two[0] for one, two in pairwise(terms)):
        return terms  # as most are, for they come from others
    gathered: dict[str, Fraction] = {}
    for name, factor in terms:
        gathered[name] = gathered.get(name, ZERO) + factor
    return tuple(sorted((name, factor) for name, factor in gathered.items() if factor))


@frozen(cache_hash=True)
class Form:
    """A sum of inputs, each times a factor, and a constant. Equal forms are equal values."""

    terms: tuple[tuple[str, Fraction], ...] = field(default=(), converter=_canonical)
    constant: Fraction = ZERO

    @staticmethod
    def of(name: str) -> "Form":
        """The input itself."""
        return Form(((name, Fraction(1)),))

    @staticmethod
    def number(constant: Fraction | int) -> "Form":
        """A number that reads no input."""
        return Form((), constant if isinstance(constant, Fraction) else Fraction(constant))

    @property
    def inputs(self) -> tuple[str, ...]:
        """The names of the inputs that the form reads, in order."""
        return tuple(name for name, _ in self.terms)

    def __add__(self, other: "Form") -> "Form":
        if not other.terms or not self.terms:
            return Form(self.terms or other.terms, self.constant + other.constant)
        return Form(self.terms + other.terms, self.constant + other.constant)

    def __neg__(self) -> "Form":
        return Form(tuple((name, -factor) for name, factor in self.terms), -self.constant)

    def __sub__(self, other: "Form") -> "Form":
        if not other.terms:
            return Form(self.terms, self.constant - other.constant)
        return self + -other

    def __mul__(self, factor: Fraction | int) -> "Form":
        if factor == 1:
            return self
        if factor == -1:
            return -self
        return Form(tuple((name, f * factor) for name, f in self.terms), self.constant * factor)

    def at(self, numbers: Mapping[str, Fraction]) -> Fraction:
        """What the form comes to when its inputs are these numbers."""
        return sum((factor * numbers[name] for name, factor in self.terms), self.constant)

    def renamed(self, names: Mapping[str, str]) -> "Form":
        """The same form over inputs of other names; names that are not in the mapping stay."""
        return Form(((names.get(name, name), factor) for name, factor in self.terms), self.constant)

    def with_values(self, numbers: Mapping[str, Fraction]) -> "Form":
        """The form that is left when some of its inputs are fixed."""
        fixed = sum((factor * numbers[name] for name, factor in self.terms if name in numbers), self.constant)
        return Form(((name, factor) for name, factor in self.terms if name not in numbers), fixed)

    @property
    def root(self) -> Fraction:
        """The number at which a form that reads one input is zero. Raises `ValueError` if it reads none or several."""
        [(_, factor)] = self.terms
        if factor == 1:  # as in most, and dividing takes long
            return -self.constant
        return self.constant if factor == -1 else -self.constant / factor

    def factor(self, name: str) -> Fraction:
        """By what the input `name` is multiplied; zero if it is not read."""
        return next((factor for term, factor in self.terms if term == name), ZERO)
