"""Schemes: bands with their conditions, the best first."""

from attrs import frozen

from kpirules.syntax.nodes.base import Name, Node, Number, Text
from kpirules.syntax.nodes.figures import Figure, TheTarget, TheValue

# ---- the sides of a comparison


class AtOrBetter(Node):
    """`at or better` (than)."""


class Better(Node):
    """`better` (than)."""


class AtOrWorse(Node):
    """`at or worse` (than)."""


class Worse(Node):
    """`worse` (than)."""


class AtLeast(Node):
    """`at least`, whatever the polarity."""


class AtMost(Node):
    """`at most`, whatever the polarity."""


class Above(Node):
    """`above`, whatever the polarity."""


class Below(Node):
    """`below`, whatever the polarity."""


Side = AtOrBetter | Better | AtOrWorse | Worse
PlainSide = AtLeast | AtMost | Above | Below

# ---- directions of travel


class Improved(Node):
    """`improved`."""


class Unchanged(Node):
    """`unchanged`."""


class Worsened(Node):
    """`worsened`."""


class Up(Node):
    """`up`."""


class Down(Node):
    """`down`."""


Direction = Improved | Unchanged | Worsened | Up | Down

# ---- outcomes of another rule: a component's, or a law's


@frozen
class IsBand(Node):
    """`red`."""

    band: Name


@frozen
class IsNotBand(Node):
    """`not red`."""

    band: Name


@frozen
class BandCompares(Node):
    """`at or better than amber`."""

    side: Side
    band: Name


class IsUnrated(Node):
    """`not rated`."""


Outcome = IsBand | IsNotBand | BandCompares | IsUnrated

# ---- conditions

Subject = TheValue | Name


class TargetMet(Node):
    """`target met`."""


class WithinTolerance(Node):
    """`within tolerance`."""


@frozen
class Compares(Node):
    """`at or better than target`; without a subject it is the value that is compared."""

    subject: Subject | None
    side: Side
    figure: Figure


@frozen
class Inside(Node):
    """`inside lower to upper`, both ends inside; without a subject it is the value."""

    subject: Subject | None
    low: Figure
    high: Figure


@frozen
class Plainly(Node):
    """`value above upper`: a comparison that does not depend on polarity."""

    subject: Subject
    side: PlainSide
    figure: Figure


@frozen
class Labelled(Node):
    """`judgement is "Likely"`."""

    subject: Subject
    label: Text


@frozen
class Travelled(Node):
    """`long improved`; also a fact and an expectation in tests."""

    travel: Name
    direction: Direction


@frozen
class NotComparable(Node):
    """`long not comparable`; also a fact in tests."""

    travel: Name


@frozen
class Missing(Node):
    """`no value`, `no target`, `no floor`; also a fact in tests."""

    what: TheValue | TheTarget | Name


class TargetPending(Node):
    """`target pending`, as a condition."""


class TargetNotApplicable(Node):
    """`target not applicable`, as a condition."""


class AtYearEnd(Node):
    """`at year end`: the period is the last of its year."""


@frozen
class AnyComponent(Node):
    """`any component red`."""

    outcome: Outcome


@frozen
class AllComponents(Node):
    """`all components at or better than amber`."""

    outcome: Outcome


@frozen
class AtLeastComponents(Node):
    """`at least 2 components at or worse than red`."""

    count: Number
    outcome: Outcome


@frozen
class AtMostComponents(Node):
    """`at most 1 components red`."""

    count: Number
    outcome: Outcome


@frozen
class Negation(Node):
    """`not CONDITION`."""

    condition: "Condition"


@frozen
class AllOf(Node):
    """Conditions joined by `and`: two or more."""

    conditions: tuple["Condition", ...]


@frozen
class AnyOf(Node):
    """Conditions joined by `or`: two or more."""

    conditions: tuple["Condition", ...]


Condition = (
    TargetMet
    | WithinTolerance
    | Compares
    | Inside
    | Plainly
    | Labelled
    | Travelled
    | NotComparable
    | Missing
    | TargetPending
    | TargetNotApplicable
    | AtYearEnd
    | AnyComponent
    | AllComponents
    | AtLeastComponents
    | AtMostComponents
    | Negation
    | AllOf
    | AnyOf
)

# ---- rules


@frozen
class When(Node):
    """`when CONDITION`."""

    condition: Condition


class Otherwise(Node):
    """`otherwise`."""


Guard = When | Otherwise


@frozen
class BandRule(Node):
    """`green "On or better than target" when target met`."""

    band: Name
    title: Text | None
    guard: Guard


@frozen
class UnratedRule(Node):
    """`not rated as NAME "No standard set" when no floor`."""

    reason: Name | None
    title: Text | None
    guard: Guard


@frozen
class Cap(Node):
    """`no better than amber when CONDITION`."""

    band: Name
    when: When


Rule = BandRule | UnratedRule | Cap
