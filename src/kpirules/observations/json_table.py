"""Observations as JSON: a list of objects whose keys are the columns of a table."""

import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from attrs import evolve

from kpirules.diagnostics import Diagnostic
from kpirules.errors import RowError
from kpirules.observations import wording
from kpirules.observations.mappings import from_mappings
from kpirules.observations.table import COLUMNS, Row
from kpirules.source import Source, Span

_BETWEEN: Final = re.compile(r"[\s,]*")
_DECODER: Final = json.JSONDecoder(parse_float=Decimal)


def read_json(source: Source) -> tuple[tuple[Row, ...], tuple[Diagnostic, ...]]:
    """The rows of a list of objects, and every fault in it; a faulty row is left out and all others load.

    Numbers are exact: 53.35 is the decimal that is written. Every row's place is that of its whole object.
    """
    rows: list[Row] = []
    faults: list[Diagnostic] = []
    for found, span in _objects(source):
        if isinstance(found, Diagnostic):
            faults.append(found)
            continue
        try:
            [row] = from_mappings([found])
        except RowError as fault:
            faults.append(wording.bad_json(span, str(fault).removeprefix("row 1 ")))
        else:
            rows.append(evolve(row, places=MappingProxyType(dict.fromkeys(COLUMNS, span))))
    return tuple(rows), tuple(faults)


def _objects(source: Source) -> Iterator[tuple[Mapping[str, object] | Diagnostic, Span]]:
    """The objects of the list with their places, up to the first place that is no JSON."""
    text = source.text
    at = len(text) - len(text.lstrip("\ufeff \t\r\n"))
    if text[at : at + 1] != "[":
        span = source.span(at, min(at + 1, len(text)))
        yield wording.bad_json(span, "this is no list of rows"), span
        return
    at += 1
    while text[(at := _next(text, at)) : at + 1] != "]":
        try:
            found, end = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError) as fault:
            place = fault.pos if isinstance(fault, json.JSONDecodeError) else at
            span = source.span(place, min(place + 1, len(text)))
            yield wording.bad_json(span, "from here on this is no JSON"), span
            return
        span = source.span(at, end)
        if isinstance(found, dict):
            yield found, span
        else:
            yield wording.bad_json(span, "this row is no object of columns"), span
        at = end


def _next(text: str, at: int) -> int:
    match = _BETWEEN.match(text, at)
    return match.end() if match else at
