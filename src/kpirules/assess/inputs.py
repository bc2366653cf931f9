"""What is asked and handed in by name: the travel that is meant, and every input of a rule."""

from collections.abc import Callable, Iterable, Mapping

from attrs import evolve

from kpirules.assess.given import Known, earlier_of, read
from kpirules.core import Absent, Rule
from kpirules.core.rule import VALUE
from kpirules.errors import AskingError
from kpirules.in_force import InForce
from kpirules.model import Terms
from kpirules.model.reads import names_of_earlier
from kpirules.periods import Period, PeriodError
from kpirules.reading import Reading
from kpirules.reasons import Reason
from kpirules.vocabulary.comparators import OfLast, periods_of
from kpirules.vocabulary.travels import Travel, travel_needs


def refuse_unknown(reference: str, handed: Iterable[str], known: set[str]) -> None:
    """Raises `AskingError` for a name that nothing reads."""
    for name in handed:
        if name not in known:
            there = ", ".join(sorted(known)) or "nothing"
            raise AskingError(f"{reference} reads no {name!r}; it reads {there}")


def refuse_timeless(reference: str, travel: Travel, force: InForce, period: Period | None) -> None:
    """Raises `AskingError` where a travel depends on the period and there is none."""
    if period is None and travel_needs(travel, by_increment=force.terms.by_increment):
        raise AskingError(f'{reference} {travel.name} depends on the period: say period="2023/24 Q2"')


def travel_named(reference: str, name: str, force: InForce, period: Period | None) -> Travel:
    """The travel of that name. Raises `KeyError`, and `AskingError` where it needs a period that is not said."""
    for travel in force.terms.travels:
        if travel.name == name:
            refuse_timeless(reference, travel, force, period)
            return travel
    known = ", ".join(travel.name for travel in force.terms.travels) or "none"
    raise KeyError(f"{reference} has no travel {name!r}; it has {known}")


def reading_figures(force: InForce, given: Mapping[str, object]) -> InForce:
    """What is in force, with declared figures that are handed in read from there instead."""
    figures = force.terms.figures
    replaced = {name: None for name in given if figures.get(name) is not None}
    return evolve(force, terms=evolve(force.terms, figures={**figures, **replaced})) if replaced else force


def terms_then(force: InForce, slot: Period | None, at: Callable[[Period], InForce]) -> Mapping[str, Terms]:
    """By the names of earlier values, seen from a slot, the terms in force then where values were read otherwise."""
    found: dict[str, Terms] = {}
    if slot is None:
        return found
    for name, comparator in force.comparators.items():
        if isinstance(comparator, OfLast):
            continue
        try:
            [then] = periods_of(comparator, slot)
            terms = at(then).terms
        except (PeriodError, AskingError):
            continue  # nothing is said about that time
        if not terms.reads_as(force.terms):
            found[name] = terms
    return found


def inputs_known(
    rule: Rule,
    force: InForce,
    value: Known,
    given: Mapping[str, object],
    unfair: Mapping[str, Reason],
    parts: Mapping[str, Known],
    then: Mapping[str, Terms],
) -> dict[str, Known]:
    """Every input of a rule of what is in force; those of components come as `parts`.

    Earlier values may be given by the words of their comparator or by a travel's name; what is `unfair` is missing.
    They are read, and may occur, by the terms that were in force `then` where those are others.
    """
    names = names_of_earlier(force.terms)
    known: dict[str, Known] = {VALUE: value, **parts}
    for input in rule.inputs:
        if input.name not in known:
            called = (name for name in (input.name, *names.get(input.name, ())) if name in given)
            handed = given.get(next(called, ""))
            if input.name in unfair:
                known[input.name] = Absent(unfair[input.name])
            else:
                known[input.name] = earlier_of(read_beside(input.name, handed, force, then))
    return known


def read_beside(name: str, value: object, force: InForce, then: Mapping[str, Terms]) -> Reading:
    """What is handed in for an input beside the value. Raises `ReadingError` as `read` does, and `TypeError`."""
    return read(value, then.get(name, force.terms), force.terms.unit if name in force.unlimited else None)
