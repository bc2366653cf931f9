"""Tests and laws, written beside the rules."""

from attrs import frozen

from kpirules.syntax.nodes.base import Date, Name, Node, Period, Quantity, Ref, Text, Words
from kpirules.syntax.nodes.schemes import Condition, IsBand, Missing, NotComparable, Outcome, Travelled


class MissingValue(Node):
    """`missing`, or `_` in a series."""


@frozen
class Completed(Node):
    """`completed`, or `completed 2023-07-31`."""

    on: Date | None


Seen = Quantity | Text | MissingValue | Completed
"""A value as a test gives it."""


@frozen
class FigureFact(Node):
    """`floor 62%`: a figure, an input or a component with its value."""

    name: Ref
    value: Seen


Fact = FigureFact | Travelled | NotComparable | Missing


@frozen
class Given(Node):
    """`79% after 78% with floor 62%`; `now` is None where only facts are given, `before` where none is named."""

    now: Seen | None
    before: Seen | None
    facts: tuple[Fact, ...]


@frozen
class Series(Node):
    """`76%, 77%, _, 80%`, oldest first: two or more."""

    values: tuple[Seen, ...]


@frozen
class ExpectedNoTravel(Node):
    """`short not comparable: cumulative`."""

    travel: Name
    reason: Words | None


@frozen
class ExpectedUnrated(Node):
    """`not rated: no value`."""

    reason: Words | None


Expectation = IsBand | Travelled | ExpectedNoTravel | ExpectedUnrated


@frozen
class Case(Node):
    """`at 2024/25 Q1: 81% with floor 62% is green`."""

    at: Period | None
    given: Given | Series
    expectations: tuple[Expectation, ...]


@frozen
class Test(Node):
    """`test B3d { … }`, or `test C7a component cumulative { … }`."""

    __test__ = False  # so that pytest does not take it for a test class

    indicator: Ref
    component: Ref | None
    cases: tuple[Case, ...]


class AllIndicators(Node):
    """`all`."""


@frozen
class InTheme(Node):
    """`theme NAME`."""

    theme: Name


@frozen
class InScheme(Node):
    """`scheme NAME`."""

    scheme: Name


@frozen
class TheseIndicators(Node):
    """`B3d, B3e`."""

    indicators: tuple[Ref, ...]


Who = AllIndicators | InTheme | InScheme | TheseIndicators


@frozen
class AtLeastAsGoodAs(Node):
    """`at least as good as when CONDITION`."""

    condition: Condition


@frozen
class Always(Node):
    """`always "a met target is never red" for all { when target met then not red }`."""

    title: Text
    who: Who
    condition: Condition
    law: Outcome | AtLeastAsGoodAs
