"""What terms read: the conditions, figures and comparators that stand anywhere in them."""

from collections.abc import Mapping

from kpirules.model.terms import Terms
from kpirules.periods import Frequency, Part
from kpirules.vocabulary import targets
from kpirules.vocabulary.comparators import Comparator
from kpirules.vocabulary.components import OfParts, PartBands
from kpirules.vocabulary.figures import Compared, Figure, Named, read_by
from kpirules.vocabulary.schemes import (
    AtYearEnd,
    Condition,
    NoFigure,
    NotComparable,
    Travelled,
)
from kpirules.vocabulary.targets import target_figures
from kpirules.vocabulary.tolerances import tolerance_figures
from kpirules.vocabulary.travels import Travel


def conditions_of(terms: Terms) -> list[Condition]:
    """Every condition of the scheme, inner ones included."""
    return list(terms.scheme.conditions)


def parts_read(terms: Terms) -> tuple[PartBands, ...]:
    """The components whose bands the scheme reads, each once."""
    found = (part for condition in conditions_of(terms) if isinstance(condition, OfParts) for part in condition.parts)
    return tuple(dict.fromkeys(found))


def bands_read(terms: Terms) -> Mapping[str, tuple[str, ...]]:
    """What the numbers of the rule's inputs for components stand for: the bands, worst first, by the input's name."""
    return {part.input.name: part.input.domain.labels for part in parts_read(terms)}


def figures_of(terms: Terms) -> list[Figure]:
    """Every figure that the terms read, inner ones included; what travels are measured against is left out."""
    figures = [figure for figure in terms.figures.values() if figure is not None]
    figures += [*target_figures(terms.target), *tolerance_figures(terms.tolerance)]
    return [part for figure in figures for part in read_by(figure)] + scheme_figures(terms)


def scheme_figures(terms: Terms) -> list[Figure]:
    """Every figure that the scheme's own lines read, inner ones included."""
    return list(terms.scheme.figures)


def names_read(terms: Terms) -> set[str]:
    """The names of the declared figures that anything reads."""
    named = {figure.name for figure in figures_of(terms) if isinstance(figure, Named)}
    named |= {part.name for part in conditions_of(terms) if isinstance(part, NoFigure)}
    return named | {travel.against.name for travel in terms.travels if isinstance(travel.against, Named)}


def comparators(terms: Terms) -> Mapping[str, Comparator]:
    """The earlier points in time that anything reads, by their words."""
    found = [figure.comparator for figure in figures_of(terms) if isinstance(figure, Compared)]
    found += [travel.against for travel in travels_of(terms) if not isinstance(travel.against, Named)]
    return {comparator.words: comparator for comparator in found}


def travels_of(terms: Terms) -> tuple[Travel, ...]:
    """The travels that are told, and those that the scheme reads."""
    read = [part.travel for part in conditions_of(terms) if isinstance(part, Travelled | NotComparable)]
    return tuple(dict.fromkeys((*terms.travels, *read)))


def names_of_earlier(terms: Terms) -> Mapping[str, str]:
    """By which travel's name an earlier value may be given, by the words of the comparator."""
    return {travel.earlier: travel.name for travel in terms.travels if not travel.by_band}


def reads_part(terms: Terms) -> bool:
    """Whether the rule is another one in other parts of the year."""
    return targets.reads_part(terms.target) or AtYearEnd() in conditions_of(terms)


def parts_to_prove(terms: Terms, frequency: Frequency | None) -> tuple[Part, ...]:
    """The parts of the year in which the rule can be another one."""
    if not reads_part(terms):
        return (Part(1, 1),)
    parts = len(terms.target.numbers) if isinstance(terms.target, targets.ByPart) else 0
    parts = parts or (frequency or Frequency.QUARTERLY).parts
    return tuple(Part(index, parts) for index in range(1, parts + 1))
