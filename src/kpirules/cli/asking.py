"""What `rate` and `explain` share: their arguments, and one value asked of one indicator."""

import argparse
from collections.abc import Collection, Mapping

from attrs import frozen

from kpirules.assess.indicator import Indicator
from kpirules.assess.references import similar
from kpirules.assess.results import Rating, TravelResult
from kpirules.cli.console import Console, Outcome
from kpirules.cli.opening import opened
from kpirules.core.rule import VALUE
from kpirules.errors import KpirulesError
from kpirules.library import Library
from kpirules.model import Terms
from kpirules.model.reads import parts_read


def arguments(parser: argparse.ArgumentParser, formats: Collection[str]) -> None:
    """A path, a reference, a value, and what else the rating depends on."""
    parser.add_argument("path", metavar="PATH", help="a folder of definitions, or a file")
    parser.add_argument("reference", metavar="REF", help="the indicator's reference")
    details(parser, formats)


def details(parser: argparse.ArgumentParser, formats: Collection[str]) -> None:
    """What follows the reference."""
    parser.add_argument(
        "value", metavar="VALUE", nargs="?", help="as people write it: 79%%, £1.2m, 3m 39s; NA where it is missing"
    )
    parser.add_argument("--period", metavar="P", help="the period of the value, where the rating depends on it")
    parser.add_argument("--component", metavar="C", help="ask a component of the indicator")
    parser.add_argument(
        "--given",
        metavar="NAME=VALUE",
        action="append",
        default=[],
        type=_pair,
        help="an earlier value (short, long), a figure, an input or a component's value; can be repeated",
    )
    parser.add_argument("--format", choices=tuple(formats), default="text", help="how to show the result")


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        raise argparse.ArgumentTypeError(f"{text!r} is not NAME=VALUE, such as short=79%")
    return name.strip(), value


@frozen
class Asked:
    """Which indicator or component was asked, and its answer; `travels` are those with an earlier value given."""

    indicator: Indicator
    terms: Terms
    rating: Rating
    travels: Mapping[str, TravelResult]


def ask(arguments: argparse.Namespace, console: Console) -> Asked | Outcome:
    """Rate the value that the arguments name, or say why that cannot be."""
    found = opened(arguments.path, console)
    if isinstance(found, Outcome):
        return found
    indicator = indicator_of(found[0], arguments.reference, arguments.component)
    if isinstance(indicator, str):
        return console.cannot(indicator)
    try:
        terms, *_ = (part.in_force(arguments.period).terms for part in (indicator, *indicator.components.values()))
    except KpirulesError as fault:
        needed = f'{indicator.reference} depends on the period: say --period, such as --period "2023/24 Q2".'
        return console.cannot(str(fault) if arguments.period else needed)
    values = {name: value for name, value in arguments.given if name in indicator.components}
    given = {name: value for name, value in arguments.given if name not in values}
    if problem := _lacking(indicator, terms, arguments.value, values, given):
        return console.cannot(problem)
    try:
        value = {VALUE: arguments.value, **values} if values else arguments.value
        rating = indicator.rate(value, period=arguments.period, given=given)
        travels = {
            travel.name: indicator.travel(
                travel.name, rating if travel.by_band else arguments.value, period=arguments.period, given=given
            )
            for travel in terms.travels
            if travel.name in given or travel.earlier in given
        }
    except KpirulesError as fault:
        return console.cannot(str(fault))
    return Asked(indicator, terms, rating, travels)


def indicator_of(library: Library, reference: str, component: str | None) -> Indicator | str:
    """The indicator or component, or a sentence on what there is instead."""
    indicator = library.indicators.get(reference)
    if indicator is None:
        near = " or ".join(similar(reference, library.indicators))
        return f"There is no indicator {reference}.{f' Did you mean {near}?' if near else ''}"
    if component is None:
        return indicator
    if component not in indicator.components:
        return f"{reference} has no component {component}; it has {', '.join(indicator.components) or 'none'}."
    return indicator.components[component]


def _lacking(
    indicator: Indicator, terms: Terms, value: str | None, values: Mapping[str, str], given: Mapping[str, str]
) -> str | None:
    """A sentence on what has to be said for a rating, if it is not."""
    by_components = terms.overall is not None and terms.overall.rests_on_components
    if not by_components and values and value is not None and not parts_read(terms):
        named = ", ".join(values)
        return f"{indicator.reference} is rated by its own value: leave out {named}, or ask one with --component."
    if by_components and values and value is not None:
        return f"{indicator.reference} is rated by its components: leave out its own value {value}, or ask one of them."
    if (by_components and not values) or (values and value is not None and not parts_read(terms)):
        each = " ".join(f"--given {name}=…" for name in indicator.components)
        return f"{indicator.reference} is rated by its components: say {each}, or ask one with --component."
    if value is None and not values and (terms.formula is None or not given):
        return f"Say which value of {indicator.reference} to rate, or NA where it is missing."
    return None
