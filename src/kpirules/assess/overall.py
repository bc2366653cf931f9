"""How a row with components is rated: by the rule that its `overall` statement or its scheme lowers to."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TypeAlias

from kpirules.assess.explain import Basis, Explanation
from kpirules.assess.parts import bands_given, said_of_parts
from kpirules.assess.results import OwnReason, Rating, Why
from kpirules.assess.timetable import Timetable
from kpirules.core import Absent, Rated, decide
from kpirules.in_force import InForce
from kpirules.lower import lower_overall
from kpirules.model import Definition, Overall, OverallKind, Terms
from kpirules.model.reads import part_bands, parts_read
from kpirules.periods import Period
from kpirules.reasons import NOT_RATED, Reason
from kpirules.vocabulary.schemes import NotRated


def rate_overall(
    overall: Overall,
    definition: Definition,
    force: InForce,
    ratings: Mapping[str, Rating],
    *,
    period: Period | None,
    beside: bool = False,
) -> Rating:
    """The row's band or its reason for none, with the components that decide it in the explanation.

    That says as well that no rating rests on the row's own value, where there is one `beside` them.

    Where every component is unrated, the row has the first of their reasons rather than `unrated-component`.
    """
    reasons = [rating.reason for rating in ratings.values() if rating.reason is not None]
    none_rated = _first(reasons) if len(reasons) == len(ratings) else None
    bands = {name: rating.band for name, rating in ratings.items()}
    basis: Basis | None = None
    if overall.kind is OverallKind.SCHEME:
        given = bands_given(parts_read(force.terms), bands)
        basis = Basis(force, force.rule, given, decide(force.rule, given))
        band, why, words = _by_scheme(basis, none_rated)
    elif overall.kind is OverallKind.NONE:
        band, why, words = None, none_rated or Reason.NO_OVERALL, ""
    else:
        schemes = {part.reference: Timetable(part).at(period).terms.scheme for part in definition.components}
        parts = [part_bands(name, scheme) for name, scheme in schemes.items()]
        rule = lower_overall(overall, parts, force.terms.scheme)
        given = bands_given(parts, bands)
        basis = Basis(force, rule, given, decide(rule, given))
        band, why, words = _by_bands(overall, basis, bands, none_rated)
    return Rating(band, why, partial(_explain, definition, band, why, words, ratings, beside=beside), basis)


_Told: TypeAlias = tuple[str | None, Why | None, str]


def _by_bands(overall: Overall, basis: Basis, bands: Mapping[str, str | None], none_rated: Why | None) -> _Told:
    """The row takes the band of a component."""
    match basis.decision.outcome:
        case Rated(band=place):
            band = basis.rule.bands[place]
            deciders = " and ".join(name for name, its in bands.items() if its == band)
            words = f"the {overall.kind} decides ({deciders})"
            return band, None, f"the component {overall.component} decides" if overall.component else words
        case unrated:
            return None, none_rated or Reason(unrated.reason), ""


def _by_scheme(basis: Basis, none_rated: Why | None) -> _Told:
    """The row's own scheme reads the components' bands. A guard that speaks for all of them has their own reason."""
    force, decision = basis.force, basis.decision
    origin = None if decision.line is None else force.rule.lines[decision.line].origin
    match decision.outcome:
        case Rated(band=place):
            there = {name: number for name, number in basis.given.items() if not isinstance(number, Absent)}
            scheme = force.terms.scheme
            said = "" if origin is None else said_of_parts(scheme, origin, force.setting, there)
            return force.rule.bands[place], None, said or f"the scheme {scheme.title} says so of every row"
        case unrated if origin is None and none_rated is not None:
            return None, none_rated, ""
        case unrated:
            return None, why_of(unrated.reason, force.terms), ""


def why_of(reason: str, terms: Terms) -> Why:
    """A reason of the closed list, or the scheme's own with its words."""
    own = (line.outcome for line in terms.scheme.lines)
    words = next((out.words for out in own if isinstance(out, NotRated) and out.name == reason), None)
    return Reason(reason) if words is None else OwnReason(reason, words)


def _first(reasons: Sequence[Why]) -> Why:
    """The first in the closed order; a scheme's own reasons come last."""
    return min(reasons, key=lambda why: NOT_RATED.index(why) if why in NOT_RATED else len(NOT_RATED))


def _sentence(why: Why | None) -> str:
    sentence = why.sentence.rstrip(".") if isinstance(why, Reason) else why.words if why else ""
    return sentence[:1].lower() + sentence[1:]


def _not_rated(why: Why | None) -> str:
    return f"not rated ({str(why).replace('-', ' ')})"


def _explain(
    definition: Definition,
    band: str | None,
    why: Why | None,
    words: str,
    ratings: Mapping[str, Rating],
    basis: Basis | None,
    *,
    beside: bool,
) -> Explanation:
    """Why a row is rated as it is: which components decide."""
    listed = ", ".join(f"{name} {rating.band or _not_rated(rating.reason)}" for name, rating in ratings.items())
    return Explanation(
        definition.reference,
        definition.title,
        listed,
        band or "not rated",
        (words if band else _sentence(why)) + ("; no rating rests on its own value" if beside else ""),
        "",
        "",
        (),
        (),
        definition.where,
        basis=basis,
        parts={name: rating.explain() for name, rating in ratings.items()},
    )
