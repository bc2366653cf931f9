"""The terms on which an indicator is rated, at one time."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from fractions import Fraction

from attrs import field, frozen

from kpirules.core import Rounding
from kpirules.reading import Reading, read_value
from kpirules.reasons import Reason
from kpirules.units import Count, Unit, show, step
from kpirules.vocabulary.declared import Declared
from kpirules.vocabulary.formulas import Formula, OfComponents
from kpirules.vocabulary.polarity import Polarity
from kpirules.vocabulary.schemes import Scheme
from kpirules.vocabulary.targets import NoTarget, Target
from kpirules.vocabulary.tolerances import NoTolerance, Tolerance
from kpirules.vocabulary.travels import Travel


class OverallKind(StrEnum):
    """How the rating of a row follows from those of its components; `SCHEME`: its own scheme reads their bands."""

    WORST = "worst component"
    BEST = "best component"
    COMPONENT = "component"
    OWN = "own value"
    NONE = "none"
    SCHEME = "scheme"


@frozen
class Overall:
    """How a row with components is rated; `component` is the one that counts where one does."""

    kind: OverallKind
    component: str | None = None
    ignoring_unrated: bool = False

    @property
    def rests_on_components(self) -> bool:
        """Whether the components' bands alone decide, and the row needs no value."""
        return self.kind is not OverallKind.OWN


@frozen
class Terms:
    """All that decides ratings and travel at one time, without dates: what one version of a definition says.

    Numbers are in `unit`. `figures` are declared by name; None stands for one that is observed. `formula` is how the
    value follows from `inputs` or from the components; without it the value is observed. A value that `accumulates` is
    a running total, for which the period before is no fair comparison unless what each added is compared,
    `by_increment`. `reasons` are words that are read as one, `breaks` the days on which the way of measuring changed.
    """

    scheme: Scheme
    unit: Unit = field(factory=Count)
    polarity: Polarity = Polarity.HIGHER
    target: Target = field(factory=lambda: NoTarget(Reason.NO_TARGET))
    tolerance: Tolerance = field(factory=NoTolerance)
    figures: Mapping[str, Declared | None] = field(factory=dict)
    travels: tuple[Travel, ...] = ()
    low: Fraction | None = None
    high: Fraction | None = None
    precision: Fraction | None = None
    rounding: Rounding | None = None
    readings: Mapping[str, int] = field(factory=dict)
    reasons: Mapping[str, Reason] = field(factory=dict)
    breaks: tuple[date, ...] = ()
    inputs: Mapping[str, Unit] = field(factory=dict)
    formula: Formula | OfComponents | None = None
    overall: Overall | None = None
    weight: Fraction = Fraction(1)
    accumulates: bool = False
    by_increment: bool = False

    @property
    def rules_itself(self) -> bool:
        """Whether these terms are a rule of their own, and do not just take a component's band."""
        return self.overall is None or self.overall.kind in (OverallKind.OWN, OverallKind.SCHEME)

    def read(self, value: object, unit: Unit | None = None) -> Reading:
        """A value as people write it, in the indicator's unit or another, by the words of its own `reads` statement.

        Raises `ReadingError` for what cannot be read and `TypeError` for what is no measurement.
        """
        if isinstance(value, str) and (reason := self.reasons.get(" ".join(value.split()).casefold())):
            return Reading(None, reason)
        return read_value(value, unit or self.unit, self.readings)

    def reads_as(self, other: "Terms") -> bool:
        """Whether the same is read in every text and number as under other terms, and the same can occur."""
        return all(
            getattr(self, each) == getattr(other, each)
            for each in ("unit", "low", "high", "step", "rounding", "readings", "reasons")
        )

    def show(self, number: Fraction) -> str:
        """A value as people write it: in its unit, and with the word for its sign if there is one."""
        sign = (number > 0) - (number < 0)
        word = next((word for word, meant in self.readings.items() if meant == sign), None)
        return f"{show(abs(number), self.unit)} {word}" if word else show(number, self.unit)

    @property
    def step(self) -> Fraction | None:
        """The step in which values come: the declared precision, else whole numbers for a count."""
        return self.precision or step(self.unit)

    def within_limits(self, number: Fraction) -> bool:
        """Whether a value lies where `values` says that values lie."""
        return (self.low is None or number >= self.low) and (self.high is None or number <= self.high)

    def impossible(self, number: Fraction) -> str | None:
        """Why a value cannot occur, if `values`, `precision` or the unit says that it cannot."""
        if self.step and self.rounding is None and (number / self.step).denominator != 1:
            return f"{show(number, self.unit)} cannot occur: the values come in steps of {show(self.step, self.unit)}"
        if self.within_limits(number):
            return None
        limits = [show(end, self.unit) for end in (self.low, self.high) if end is not None]
        return f"{show(number, self.unit)} cannot occur: the values go from {' to '.join(limits)}"

    def impossible_input(self, name: str, number: Fraction) -> str | None:
        """Why an input of the formula cannot be this number: its unit comes in steps, and it lies between two."""
        unit = self.inputs[name]
        whole = step(unit)
        if whole is None or (number / whole).denominator == 1:
            return None
        return f"{show(number, unit)} cannot occur: the values come in steps of {show(whole, unit)}"
