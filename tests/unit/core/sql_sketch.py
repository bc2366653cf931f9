"""A rule as one SQL statement, in thirty lines: proof that a second engine needs nothing but the zones.

SQLite has no exact decimals, so every input is a whole number of hundredths; each cut is multiplied out.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from fractions import Fraction

from kpirules.core import All, AnyOf, AtLeast, Condition, Missing, Not, Rule, ZonedRule, zoned

SCALE = 100


def sql(condition: Condition, laid_out: ZonedRule) -> str:
    match condition:
        case Missing():
            return f'"{condition.input}" is null'
        case Not():
            return f"not ({sql(condition.of, laid_out)})"
        case All():
            return " and ".join(f"({sql(part, laid_out)})" for part in condition.parts) or "1"
        case AnyOf():
            return " or ".join(f"({sql(part, laid_out)})" for part in condition.parts) or "0"
        case AtLeast():
            lies = laid_out.lies[condition]
            return f"coalesce({zone(laid_out, lies.axis)} between {lies.first} and {lies.last}, 0)"


def zone(laid_out: ZonedRule, axis: int) -> str:
    form, cuts = laid_out.axes[axis].form, laid_out.axes[axis].cuts
    whole = 1
    for number in [*(factor for _, factor in form.terms), *(cut.at for cut in cuts)]:
        whole *= number.denominator
    amount = " + ".join(f'{factor * whole} * "{name}"' for name, factor in form.terms)
    return " + ".join(f"(({amount}) {'>=' if cut.owned_above else '>'} {cut.at * whole * SCALE})" for cut in cuts)


def lines_by_sql(rule: Rule, rows: Sequence[Mapping[str, Fraction]]) -> list[int]:
    """The place of the deciding line for each row, as SQLite computes it."""
    laid_out = zoned(rule)
    cases = " ".join(f"when {sql(line.when, laid_out)} then {place}" for place, line in enumerate(rule.lines))
    names = [input.name for input in rule.inputs]
    connection = sqlite3.connect(":memory:")
    columns = ", ".join(f'"{name}" integer' for name in names)
    connection.execute(f"create table given ({columns})")
    table = [[None if name not in row else int(row[name] * SCALE) for name in names] for row in rows]
    connection.executemany(f"insert into given values ({', '.join('?' * len(names))})", table)
    found = connection.execute(f"select case {cases} end from given order by rowid").fetchall()
    connection.close()
    return [line for (line,) in found]
