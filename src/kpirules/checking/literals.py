"""Literals of the text as exact values: numbers in a unit, labels, periods and days."""

from datetime import date
from fractions import Fraction

from kpirules.checking import wording
from kpirules.checking.findings import Found
from kpirules.exact import exact
from kpirules.periods import Calendar, Period, PeriodError, parse_period
from kpirules.quantities import Quantity, QuantityError, in_unit, parse_quantity
from kpirules.syntax import nodes
from kpirules.units import MILESTONES, Milestone, OnScale, Scale, Unit


def quantity(node: nodes.Quantity, found: Found) -> Quantity | None:
    """The amount as written."""
    try:
        return parse_quantity(node.text)
    except QuantityError as fault:
        found.append(wording.bad_number(node.span, str(fault)))
        return None


def number_in(node: nodes.Quantity, unit: Unit, found: Found) -> Fraction | None:
    """The amount in a unit."""
    amount = quantity(node, found)
    if amount is None:
        return None
    try:
        return in_unit(amount, unit)
    except QuantityError as fault:
        found.append(wording.wrong_unit(node.span, str(fault)))
        return None


def percent(node: nodes.Percentage | nodes.Quantity) -> Fraction:
    """The number before the percent sign; the grammar lets nothing else through."""
    return parse_quantity(node.text).number


def plain(node: nodes.Number) -> Fraction:
    """A plain number; the grammar lets nothing else through."""
    return exact(node.text.replace(",", ""))


def whole(node: nodes.Number, most: int, found: Found) -> int | None:
    """A whole number that is not beyond all use."""
    number = plain(node)
    if number.denominator == 1 and number <= most:
        return int(number)
    found.append(wording.bad_number(node.span, f"{node.text} is not a whole number from 0 to {most}"))
    return None


def label_in(node: nodes.Text, unit: Unit, found: Found) -> Fraction | None:
    """The rank of a label on the unit's scale."""
    scale = scale_of(unit)
    if scale is None:
        found.append(wording.label_without_scale(node.span))
        return None
    number = scale.number(node.value)
    if number is None:
        found.append(wording.unknown_label(node.span, scale.name, list(scale.labels)))
    return number


def scale_of(unit: Unit) -> Scale | None:
    """The scale whose labels the unit's values are, if they are labels."""
    match unit:
        case OnScale(scale=scale):
            return scale
        case Milestone():
            return MILESTONES
        case _:
            return None


def value_in(node: nodes.Quantity | nodes.Text, unit: Unit, found: Found) -> Fraction | None:
    """An amount or a label."""
    return label_in(node, unit, found) if isinstance(node, nodes.Text) else number_in(node, unit, found)


def period_in(node: nodes.Period, calendar: Calendar, found: Found) -> Period | None:
    """The period of the calendar."""
    try:
        period = parse_period(node.text, calendar)
    except PeriodError as fault:
        found.append(wording.bad_period(node.span, str(fault), calendar))
        return None
    year, _, month = node.text.partition("-")
    if month and int(month) == (int(year) + 1) % 100:
        found.append(wording.month_or_year(node.span, f"{year}/{month}"))
    return period


def day(node: nodes.Date, found: Found) -> date | None:
    """The day."""
    try:
        return date.fromisoformat(node.text)
    except ValueError:
        found.append(wording.bad_date(node.span))
        return None


def name_of(ref: nodes.Name | nodes.Text) -> str:
    """A reference without its quotes."""
    return ref.text if isinstance(ref, nodes.Name) else ref.value
