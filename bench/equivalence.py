"""Every fast way of rating beside the plain reference, on numbers chosen to go wrong.

    python bench/equivalence.py --comparisons 1e7

Each round makes a library of every kind of rule with fresh numbers, and observations of it: numbers on the edges of
ratings and of dead zones and the doubles beside them, of 1 to 17 figures, subnormal and huge, minus nought, NaN; in any
order and with gaps. The reference is `core.decide`, asked with exact fractions, one slot after another. Beside it are
asked the arrays (in a grid, and row by row; doubles and short floats) and the raters (floats and decimals). One answer
of one engine with its reason, a rating or a direction of travel, is one comparison. The first differences are printed,
and the exit code is 1 if there is any.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from math import inf, isfinite, nextafter
from random import Random
from typing import TypeAlias
from unittest.mock import patch

import numpy as np
from attrs import frozen

import kpirules
from kpirules import LeanRating, Library, RatedColumns
from kpirules.assess import Indicator
from kpirules.assess.overall import why_of
from kpirules.columns.layout import LaidOut
from kpirules.core import Absent, Rated, Rule, decide
from kpirules.core.rule import VALUE
from kpirules.exact import exact
from kpirules.in_force import InForce
from kpirules.lower import DIRECTIONS
from kpirules.model.reads import comparators
from kpirules.periods import Period, PeriodError
from kpirules.reasons import Reason
from kpirules.vocabulary.comparators import LookedUp, OfLast, periods_of

YEARS = range(2000, 2012)
TURNS = 25
PERIODS = tuple(f"{year} Q{quarter}" for year in YEARS for quarter in (1, 2, 3, 4))

Answer: TypeAlias = tuple[object, object]
Value: TypeAlias = float | None
Raters: TypeAlias = dict[tuple[object, ...], Callable[..., LeanRating]]


# --- libraries ---

AROUND = """
scheme recovering {{
  green when at or better than target, less {share}% of target
  amber when long improved or long unchanged
  red   when long not comparable
  red   otherwise
}}
scheme floored {{
  not rated as no-standard "No standard set" when no floor
  green when at or better than target
  amber when at or better than floor
  red   otherwise
}}
scheme capped {{
  green when target met
  amber when within tolerance
  red   otherwise
  no better than amber when long worsened
}}
travel short {{ against previous quarter }}
travel long {{
  against same quarter last year
  unchanged within {zone}
}}
travel share {{
  against previous quarter
  unchanged within {share}% of previous
}}
travel under {{
  against same quarter last year
  unchanged under {zone}
}}
defaults for library {{
  frequency  quarterly
  unit       "ours"
  polarity   higher is better
  travel     short, long, share, under
}}
"""

KINDS = (
    "target {a}\n tolerance {share}% of target",
    "polarity lower is better\n target {a}\n tolerance {d}",
    "polarity lower is better\n target below {a}\n tolerance none",
    "target above {a}\n tolerance {d} or {share}% of target",
    "polarity inside is better\n target {a} to {b}\n tolerance {share}% of range width below, {d} above",
    "polarity outside is better\n target {a} to {b}\n tolerance 10% of range width",
    "polarity closer to zero is better\n target {p}\n tolerance {d}",
    "target {a}\n tolerance {d}\n rated to 1 decimal place",
    "target {a}\n tolerance {d}\n rated to 0 decimal places, half even",
    "bands {{\n blue {c} and above\n green {b} to below {c}\n amber {a} to below {b}\n red below {a}\n }}",
    "target {a} until 2005 Q3\n target {b} from 2005 Q4\n tolerance {d}",
    "target {a} at year end\n tolerance {share}% of target",
    "accumulates over year\n target {a}\n tolerance {d}",
    'break at 2006 Q2 "new definition"\n target {a}\n tolerance {d}',
    "target same quarter last year\n tolerance {share}% of target",
    "target same quarter last year, less {share}% of it\n tolerance {d}",
    "scheme recovering\n target {a}\n tolerance none",
    "scheme capped\n target {a}\n tolerance {d}",
    "figure floor {a}\n scheme floored\n target {b}\n tolerance none",
    'polarity none\n target pending "TBC"\n tolerance none',
)
"""One indicator of each kind; the numbers a, b, c rise, d and p are above zero."""


def decimal_number(chance: Random) -> Decimal:
    """A number as people write it, or one of up to 15 figures."""
    figures = chance.choice((1, 2, 2, 3, 3, 4, 6, 9, 13, 15))
    places = chance.randint(0, min(figures, 9))
    return Decimal(chance.randint(1, 10**figures - 1)).scaleb(-places)


def library(chance: Random) -> Library:
    """A library with every kind of rule, and fresh numbers. Warnings are of no concern here."""
    made = []
    for number, kind in enumerate(KINDS):
        one, two, three = sorted({decimal_number(chance) for _ in range(3)} | {Decimal(1), Decimal(2), Decimal(3)})[:3]
        a, b, c = (f"{each:f}" for each in (one, two, three))
        amount, near = (f"{decimal_number(chance):f}" for _ in range(2))
        body = kind.format(a=a, b=b, c=c, d=amount, p=near, share=chance.randint(1, 40))
        made.append(f'indicator K{number} "Kind {number}" {{\n {body}\n}}')
    around = AROUND.format(share=chance.randint(1, 30), zone=f"{decimal_number(chance):f}")
    return kpirules.check_text(around + "\n".join(made))[0]


# --- observations ---


def edges(indicator: Indicator) -> list[float]:
    """Where the ratings and the dead zones of an indicator turn, nearly enough to start from."""
    found = [0.0]
    for version in indicator.definition.versions:
        force = indicator.in_force(PERIOD if version.until is None else FIRST)
        for rule in (force.rule, *force.travel_rules.values()):
            found += [float(test.form.constant) for test in rule.tests if hasattr(test, "form")]
    return sorted({sign * edge for edge in found for sign in (1, -1)})


def observed(edges: Sequence[float], chance: Random, *, decimals: int) -> list[Value]:
    """Values of one indicator, oldest first; None is a slot without a row, NaN one with nothing in it."""
    found: list[Value] = []
    for _ in PERIODS:
        before = next((value for value in reversed(found) if value is not None and isfinite(value)), 0.0)
        edge = chance.choice(edges)
        kind = chance.random()
        if kind < 0.3:
            value = edge
        elif kind < 0.5:
            value = round(before + chance.choice((edge, -edge, 0.1, -0.1, 0.0)), chance.choice((1, 2, 6, 17)))
        elif kind < 0.6:
            value = before * (1 + chance.choice((1, -1)) * chance.randint(0, 40) / 100)
        elif kind < 0.85:
            value = round(edge + chance.uniform(-2, 2) * (abs(edge) or 1), decimals)
        elif kind < 0.9:
            value = chance.choice((0.0, -0.0, 5e-324, -5e-324, 1e-310, 1e22, -1e300, 1.7976931348623157e308, 0.1 + 0.2))
        elif kind < 0.95:
            found.append(chance.choice((None, float("nan"))))
            continue
        else:
            value = before
        for _ in range(chance.choice((0, 0, 1, 1, 2))):
            value = nextafter(value, chance.choice((inf, -inf)))
        found.append(value if isfinite(value) else 0.0)
    return found


# --- the reference ---


@frozen
class Slot:
    """A row, what its rules read by the words of each comparator, and what the reference says of it."""

    reference: str
    at: Period
    value: float
    earlier: Mapping[str, Value]
    rating: Answer
    travels: Mapping[str, Answer]


def known(value: Value, missing: Reason) -> Fraction | Absent:
    return Absent(missing) if value is None or value != value else exact(value)


def found_at(comparator: LookedUp, period: Period, values: Mapping[Period, Value]) -> Value:
    try:
        [earlier] = periods_of(comparator, period)
    except PeriodError:
        return None
    return values.get(earlier)


def slots(indicator: Indicator, values: Mapping[Period, Value]) -> Iterator[Slot]:
    """Every row of an indicator with the answers of the reference."""
    for period, value in values.items():
        if value is None:
            continue
        force = indicator.in_force(period)
        unfair = indicator.unfair(force, period)
        read = {words: each for words, each in comparators(force.terms).items() if not isinstance(each, OfLast)}
        earlier = {words: found_at(each, period, values) for words, each in read.items()}
        given = {words: known(each, Reason.NO_COMPARATOR) for words, each in earlier.items()}
        given |= {words: Absent(why) for words, why in unfair.items()}
        given[VALUE] = known(value, Reason.NO_VALUE)
        travels = {name: direction(rule, given) for name, rule in force.travel_rules.items()}
        yield Slot(indicator.reference, period, value, earlier, rating(force, given), travels)


def rating(force: InForce, given: Mapping[str, Fraction | Absent]) -> Answer:
    outcome = decide(force.rule, given).outcome
    if isinstance(outcome, Rated):
        return force.rule.bands[outcome.band], None
    return None, why_of(outcome.reason, force.terms)


def direction(rule: Rule, given: Mapping[str, Fraction | Absent]) -> Answer:
    outcome = decide(rule, given).outcome
    return (DIRECTIONS[outcome.band], None) if isinstance(outcome, Rated) else (None, Reason(outcome.reason))


# --- the engines ---


@frozen
class Difference:
    """An answer that is not that of the reference."""

    engine: str
    slot: Slot
    question: str
    said: Answer

    def __str__(self) -> str:
        want = self.slot.rating if self.question == "rating" else self.slot.travels[self.question]
        return f"{self.engine}: {self.question} of {self.slot}: {self.said}, not {want}"


def compare(engine: str, slot: Slot, question: str, said: Answer, tally: Counter[str]) -> Iterator[Difference]:
    tally[engine] += 1
    if said != (slot.rating if question == "rating" else slot.travels[question]):
        yield Difference(engine, slot, question, said)


def by_columns(engine: str, columns: RatedColumns, rows: Sequence[Slot], tally: Counter[str]) -> Iterator[Difference]:
    """The answers of a result for these rows, in the same order."""
    bands, reasons = columns.rating.to_list(), columns.reason.to_list()
    ways = {name: each.to_list() for name, each in columns.directions.items()}
    gaps = {name: each.to_list() for name, each in columns.no_directions.items()}
    for row, slot in enumerate(rows):
        yield from compare(engine, slot, "rating", (bands[row], reasons[row]), tally)
        for name in slot.travels:
            yield from compare(engine, slot, name, (ways[name][row], gaps[name][row]), tally)


def by_raters(indicator: Indicator, rows: Sequence[Slot], made: Raters, tally: Counter[str]) -> Iterator[Difference]:
    """The answers of raters, for the rows of one indicator."""
    for slot in rows:
        force = indicator.in_force(slot.at)
        unfair = tuple(indicator.unfair(force, slot.at).items())
        for name in (None, *slot.travels):
            key = id(force), unfair, name
            if key not in made:
                made[key] = indicator.rater(travel=name, given=() if name else tuple(slot.earlier), period=slot.at)
            behind = slot.earlier.values() if name is None else [slot.earlier[_earlier(indicator, name)]]
            numbers = [slot.value, *behind]
            for engine, arguments in (
                ("rater, floats", numbers),
                ("rater, decimals", list(map(_as_decimal, numbers))),
            ):
                said: LeanRating = made[key](*arguments)
                if name is None:
                    yield from compare(engine, slot, "rating", (said.band, said.reason), tally)
                else:
                    yield from compare(engine, slot, name, (said.direction, said.no_direction), tally)


def _earlier(indicator: Indicator, name: str) -> str:
    return next(each.earlier for each in indicator.definition.versions[0].terms.travels if each.name == name)


def _as_decimal(value: Value) -> Decimal | None:
    return None if value is None else Decimal(repr(value))


# --- rounds ---

FIRST = kpirules.Period(kpirules.Calendar("year", "calendar year", 1, 1), kpirules.Frequency.QUARTERLY, YEARS[0], 1)
PERIOD = FIRST.before(-len(PERIODS) + 1)


def one_round(seed: int, tally: Counter[str]) -> Iterator[Difference]:
    """A library, several sets of observations of it, and everything that differs."""
    chance = Random(seed)
    made = library(chance)
    periods = [FIRST.before(-number) for number in range(len(PERIODS))]
    marks = {name: edges(indicator) for name, indicator in made.indicators.items()}
    raters: Raters = {}
    for turn in range(TURNS):
        short = turn % 5 == 4
        values = {
            name: dict(zip(periods, observed(marks[name], chance, decimals=chance.randint(0, 6)), strict=True))
            for name in marks
        }
        if short:
            values = {name: {each: _short(value) for each, value in of.items()} for name, of in values.items()}
        by_name = {name: list(slots(indicator, values[name])) for name, indicator in made.indicators.items()}
        rows = [slot for of in by_name.values() for slot in of]
        chance.shuffle(rows)
        names, when = [slot.reference for slot in rows], [slot.at.text for slot in rows]
        numbers = np.array([slot.value for slot in rows], dtype=np.float32 if short else np.float64)
        kind = "short floats" if short else "doubles"
        columns = made.rate_columns(indicator=names, period=when, value=numbers)
        yield from by_columns(f"arrays, grid, {kind}", columns, rows, tally)
        with patch.object(LaidOut, "dense", False):
            columns = made.rate_columns(indicator=names, period=when, value=numbers)
        yield from by_columns(f"arrays, rows, {kind}", columns, rows, tally)
        for name, of in by_name.items():
            yield from by_raters(made.indicators[name], of, raters, tally)


def _short(value: Value) -> Value:
    """The double that prints what the nearest short float prints."""
    if value is None or value != value:
        return value
    with np.errstate(over="ignore"):
        short = np.float32(value)
    return float(str(short)) if np.isfinite(short) else 0.0


def main() -> int:
    """Compare until there have been enough comparisons."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--comparisons", type=float, default=1e5, help="how many answers to compare, at least")
    parser.add_argument("--seed", type=int, default=1, help="the first round's seed")
    parser.add_argument("--minutes", type=float, default=inf, help="stop after so long, whatever has been compared")
    asked = parser.parse_args()
    tally, started, seed = Counter[str](), time.monotonic(), asked.seed
    differences = 0
    while tally.total() < asked.comparisons and time.monotonic() - started < asked.minutes * 60:
        for difference in one_round(seed, tally):
            differences += 1
            if differences <= 20:
                print(difference, flush=True)
        seed += 1
        if sys.stderr.isatty():
            print(f"\r{tally.total():,} comparisons", end="", file=sys.stderr)
    for engine, count in sorted(tally.items()):
        print(f"{engine:28} {count:>12,}")
    print(f"{'all':28} {tally.total():>12,}")
    print(f"{differences} differences; {seed - asked.seed} libraries in {time.monotonic() - started:.0f} s")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
