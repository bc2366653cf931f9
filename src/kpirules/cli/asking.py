"""What `rate` and `explain` share: their arguments, and one value asked of one indicator."""

import argparse
from collections.abc import Collection, Mapping
from difflib import get_close_matches

from attrs import frozen

from kpirules.assess.in_force import InForce
from kpirules.assess.indicator import Indicator
from kpirules.assess.results import Rating
from kpirules.cli.console import Console, Outcome
from kpirules.cli.opening import opened
from kpirules.core.rule import VALUE
from kpirules.library import Library
from kpirules.model import OverallKind, Terms
from kpirules.reading import ReadingError


def arguments(parser: argparse.ArgumentParser, formats: Collection[str]) -> None:
    """A path, a reference, a value, and what else the rating depends on."""
    parser.add_argument("path", metavar="PATH", help="a folder of definitions, or a file")
    parser.add_argument("reference", metavar="REF", help="the indicator's reference")
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
    """The indicator or component that was asked, under which terms, and its answer."""

    indicator: Indicator
    terms: Terms
    given: Mapping[str, str]
    rating: Rating


def ask(arguments: argparse.Namespace, console: Console) -> Asked | Outcome:
    """Rate the value that the arguments name, or say why that cannot be."""
    found = opened(arguments.path, console)
    if isinstance(found, Outcome):
        return found
    indicator = _indicator(found[0], arguments.reference, arguments.component)
    if isinstance(indicator, str):
        return console.cannot(indicator)
    given = dict(arguments.given)
    try:
        force = indicator.in_force(arguments.period)
        by_components = _by_components(force.terms)
        known = tuple(indicator.components) if by_components else _names(force)
        if problem := _unfit(indicator, force.terms, arguments.value, given, known):
            return console.cannot(problem)
        rating = indicator.rate(given if by_components else arguments.value, period=arguments.period, given=given)
    except ReadingError as fault:
        return console.cannot(str(fault))
    except ValueError as fault:
        needed = f'{indicator.reference} depends on the period: say --period, such as --period "2023/24 Q2"'
        return console.cannot(str(fault) if arguments.period else needed)
    return Asked(indicator, force.terms, given, rating)


def _indicator(library: Library, reference: str, component: str | None) -> Indicator | str:
    """The indicator or component, or a sentence on what there is instead."""
    indicator = library.indicators.get(reference)
    if indicator is None:
        return f"There is no indicator {reference}.{_similar(reference, library.indicators)}"
    if component is None:
        return indicator
    if component not in indicator.components:
        return f"{reference} has no component {component}; it has {', '.join(indicator.components) or 'none'}."
    return indicator.components[component]


def _similar(reference: str, known: Collection[str]) -> str:
    folded = {name.casefold(): name for name in known}
    longer = [name for name in folded if name.startswith(reference.casefold())]
    near = longer or get_close_matches(reference.casefold(), folded, n=3)
    return f" Did you mean {' or '.join(folded[name] for name in near[:3])}?" if near else ""


def _by_components(terms: Terms) -> bool:
    return terms.overall is not None and terms.overall.kind is not OverallKind.OWN


def _names(force: InForce) -> tuple[str, ...]:
    """What can be given beside the value: earlier values by either of their names, observed figures, and inputs."""
    travels = [name for travel in force.terms.travels for name in (travel.name, travel.earlier)]
    read = [input.name for input in force.rule.inputs if input.name != VALUE]
    return tuple(dict.fromkeys([*travels, *read, *force.terms.inputs]))


def _unfit(
    indicator: Indicator, terms: Terms, value: str | None, given: Mapping[str, str], known: Collection[str]
) -> str | None:
    """A sentence on what is asked amiss, if anything is."""
    if unknown := [name for name in given if name not in known]:
        what = ", ".join(f'"{name}"' for name in known) or "nothing"
        return f'{indicator.reference} knows nothing called "{unknown[0]}"; --given takes {what}.'
    if _by_components(terms) and (value is not None or not given):
        each = " ".join(f"--given {name}=…" for name in known)
        return f"{indicator.reference} is rated by its components: say {each}, or ask one with --component."
    if value is None and not _by_components(terms) and (terms.formula is None or not given):
        return f"Say which value of {indicator.reference} to rate, or NA where it is missing."
    return None
