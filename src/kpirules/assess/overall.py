"""How a row with components is rated: by the rule that its `overall` statement lowers to."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from kpirules.assess.explain import Explanation
from kpirules.assess.in_force import InForce, Timetable
from kpirules.assess.results import Rating, Why
from kpirules.core import Absent, Rated, decide
from kpirules.lower import lower_overall
from kpirules.model import Definition, Overall, OverallKind
from kpirules.periods import Period
from kpirules.reasons import NOT_RATED, Reason


def rate_overall(
    overall: Overall,
    definition: Definition,
    force: InForce,
    ratings: Mapping[str, Rating],
    *,
    period: Period | None,
) -> tuple[str | None, Why | None, tuple[str, ...]]:
    """The row's band or its reason for none, and the names of the components that decide it.

    Where every component is unrated, the row has the first of their reasons rather than `unrated-component`.
    """
    reasons = [rating.reason for rating in ratings.values() if rating.reason is not None]
    if len(reasons) == len(ratings):
        return None, _first(reasons), ()
    if overall.kind is OverallKind.NONE:
        return None, Reason.NO_OVERALL, ()
    schemes = {part.reference: Timetable(part).at(period).terms.scheme for part in definition.components}
    rule = lower_overall(overall, schemes, force.terms.scheme)
    given: dict[str, Fraction | Absent] = {}
    for input in rule.inputs:
        band = ratings[input.name].band
        given[input.name] = (
            Absent(Reason.UNRATED_COMPONENT) if band is None else Fraction(input.domain.labels.index(band))
        )
    match decide(rule, given).outcome:
        case Rated(band=place):
            band = rule.bands[place]
            return band, None, tuple(name for name in given if ratings[name].band == band)
        case unrated:
            return None, Reason(unrated.reason), tuple(name for name in given if ratings[name].band is None)


def _first(reasons: Sequence[Why]) -> Why:
    """The first in the closed order; a scheme's own reasons come last."""
    return min(reasons, key=lambda why: NOT_RATED.index(why) if why in NOT_RATED else len(NOT_RATED))


def _sentence(why: Why | None) -> str:
    sentence = why.sentence.rstrip(".") if isinstance(why, Reason) else str(why)
    return sentence[:1].lower() + sentence[1:]


def explain_overall(
    definition: Definition,
    overall: Overall,
    band: str | None,
    why: Why | None,
    deciding: tuple[str, ...],
    ratings: Mapping[str, Rating],
) -> Explanation:
    """Why a row is rated as it is: which components decide."""
    outcome = band or "not rated"
    listed = ", ".join(f"{name} {rating.band or rating.reason}" for name, rating in ratings.items())
    deciders = " and ".join(deciding)
    rule = f"the {overall.kind} decides ({deciders})"
    if overall.kind is OverallKind.COMPONENT:
        rule = f"the component {overall.component} decides"
    because = rule if band else _sentence(why)
    return Explanation(
        definition.reference, definition.title, listed, outcome, because, "", "", (), (), definition.where
    )
