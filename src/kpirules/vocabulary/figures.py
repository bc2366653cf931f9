"""Numbers that a rule compares with: a plain one, the target, a declared figure, a comparator, and points between."""

from fractions import Fraction
from typing import TypeAlias, assert_never

from attrs import frozen

from kpirules.core import Form
from kpirules.exact import decimal_text
from kpirules.units import Unit, show
from kpirules.vocabulary.comparators import Comparator
from kpirules.vocabulary.pieces import Pieces
from kpirules.vocabulary.reach import Reach
from kpirules.vocabulary.setting import Setting


@frozen
class Number:
    """A number in the indicator's unit; a label of a scale is its rank."""

    number: Fraction


@frozen
class TheTarget:
    """The target in force."""


@frozen
class Named:
    """A declared figure."""

    name: str


@frozen
class Compared:
    """The value of a comparator."""

    comparator: Comparator


@frozen
class Midpoint:
    """Half way between two figures."""

    first: "Figure"
    second: "Figure"


@frozen
class Along:
    """So many per cent of the way from one figure to another."""

    percent: Fraction
    start: "Figure"
    end: "Figure"


@frozen
class Added:
    """The sum of two figures, or their difference."""

    first: "Figure"
    second: "Figure"
    minus: bool = False


@frozen
class Scaled:
    """A figure times a number."""

    figure: "Figure"
    factor: Fraction


@frozen
class Shifted:
    """A figure moved towards worse (*less*) or towards better (*plus*) by an amount."""

    figure: "Figure"
    amount: "Amount"
    towards_better: bool = False


Figure: TypeAlias = Number | TheTarget | Named | Compared | Midpoint | Along | Added | Scaled | Shifted


@frozen
class PercentOf:
    """A percentage of the magnitude of a figure; of the shifted figure itself if `figure` is None."""

    percent: Fraction
    figure: Figure | None = None


@frozen
class Flat:
    """So much in the indicator's unit."""

    number: Fraction


@frozen
class TheTolerance:
    """As much as the tolerance reaches beyond the target."""


Amount: TypeAlias = PercentOf | Flat | TheTolerance


def pieces_of(figure: Figure, setting: Setting) -> Pieces:
    """The figure as forms over the rule's inputs. Raises `ValueError` for one that is not a single number."""
    match figure:
        case Number():
            return Pieces.number(figure.number)
        case Named():
            return setting.figures[figure.name]
        case Compared():
            return Pieces.of(Form.of(figure.comparator.words))
        case Midpoint():
            return (pieces_of(figure.first, setting) + pieces_of(figure.second, setting)) * Fraction(1, 2)
        case Along():
            start = pieces_of(figure.start, setting)
            return start + (pieces_of(figure.end, setting) - start) * (figure.percent / 100)
        case Added():
            sign = -1 if figure.minus else 1
            return pieces_of(figure.first, setting) + pieces_of(figure.second, setting) * sign
        case Scaled():
            return pieces_of(figure.figure, setting) * figure.factor
        case TheTarget() | Shifted():
            return single_end(reach_of_figure(figure, setting))
        case _:
            assert_never(figure)


def reach_of_figure(figure: Figure, setting: Setting) -> Reach:
    """The values at or better than the figure. Raises `ValueError` where nothing is better, or without a target."""
    match figure:
        case TheTarget():
            if setting.target is None:
                raise ValueError("there is no target")
            return setting.target.reach
        case Shifted():
            reach = reach_of_figure(figure.figure, setting)
            low_by, high_by = amounts_of(figure.amount, reach, setting)
            return reach.widened(-low_by, -high_by) if figure.towards_better else reach.widened(low_by, high_by)
        case Number() | Named() | Compared() | Midpoint() | Along() | Added() | Scaled():
            return setting.reach_of(pieces_of(figure, setting))
        case _:
            assert_never(figure)


def amounts_of(amount: Amount, reach: Reach, setting: Setting) -> tuple[Pieces, Pieces]:
    """By how much the low and the high end of a reach move."""
    match amount:
        case Flat():
            return Pieces.number(amount.number), Pieces.number(amount.number)
        case PercentOf():
            if amount.figure is None:
                return percent_of_ends(amount.percent, reach)
            share = pieces_of(amount.figure, setting).magnitude() * (amount.percent / 100)
            return share, share
        case TheTolerance():
            if setting.tolerance is None or setting.tolerance.amounts is None:
                raise ValueError("there is no tolerance of a single amount")
            return setting.tolerance.amounts
        case _:
            assert_never(amount)


def percent_of_ends(percent: Fraction, reach: Reach) -> tuple[Pieces, Pieces]:
    """A percentage of the magnitude of each end; nothing for an end that is not there."""
    low, high = (end.magnitude() * (percent / 100) if end else Pieces.number(0) for end in (reach.low, reach.high))
    return low, high


def single_end(reach: Reach) -> Pieces:
    """The one end of a reach. Raises `ValueError` if it has two."""
    match reach:
        case Reach(low=Pieces() as low, high=None):
            return low
        case Reach(low=None, high=Pieces() as high):
            return high
    raise ValueError("a range is not a single number")


def figure_words(figure: Figure, unit: Unit) -> str:
    """The figure as the language says it."""
    match figure:
        case Number():
            return show(figure.number, unit)
        case TheTarget():
            return "target"
        case Named():
            return figure.name
        case Compared():
            return figure.comparator.words
        case Midpoint():
            return f"midpoint of {figure_words(figure.first, unit)} and {figure_words(figure.second, unit)}"
        case Along():
            start, end = figure_words(figure.start, unit), figure_words(figure.end, unit)
            return f"{decimal_text(figure.percent)}% of the way from {start} to {end}"
        case Added():
            sign = "-" if figure.minus else "+"
            return f"{figure_words(figure.first, unit)} {sign} {figure_words(figure.second, unit)}"
        case Scaled():
            return f"{figure_words(figure.figure, unit)} * {decimal_text(figure.factor)}"
        case Shifted():
            word = "plus" if figure.towards_better else "less"
            return f"{figure_words(figure.figure, unit)}, {word} {amount_words(figure.amount, unit)}"
        case _:
            assert_never(figure)


def amount_words(amount: Amount, unit: Unit) -> str:
    """The amount as the language says it."""
    match amount:
        case Flat():
            return show(amount.number, unit)
        case PercentOf():
            of = "it" if amount.figure is None else figure_words(amount.figure, unit)
            return f"{decimal_text(amount.percent)}% of {of}"
        case TheTolerance():
            return "tolerance"
        case _:
            assert_never(amount)


def read_by(figure: Figure) -> tuple[Figure, ...]:
    """The figure and every figure inside of it."""
    match figure:
        case Number() | TheTarget() | Named() | Compared():
            inside: tuple[Figure, ...] = ()
        case Midpoint() | Added():
            inside = (figure.first, figure.second)
        case Along():
            inside = (figure.start, figure.end)
        case Scaled():
            inside = (figure.figure,)
        case Shifted(amount=PercentOf(figure=of)) if of is not None:
            inside = (figure.figure, of)
        case Shifted():
            inside = (figure.figure,)
        case _:
            assert_never(figure)
    return (figure, *(deeper for part in inside for deeper in read_by(part)))
