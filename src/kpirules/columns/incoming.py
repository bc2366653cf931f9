"""Columns of any make as NumPy arrays: texts as numbers of different ones, values as doubles, and what is no plain one.

A value is plain if a double prints it: any double, a float32 as its own shortest decimal, whole numbers and decimals of
everyday size, and text that is nothing but such a decimal. NaN and what else means missing is NaN. All else (bounds,
words, marks, long decimals) is *odd*, and read by its indicator's unit or left to the reference.
"""

import re
import sys
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeAlias

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from kpirules.columns.table import plain
from kpirules.engines.doors import WHOLE
from kpirules.exact import exact

Floats: TypeAlias = NDArray[np.float64]
Bools: TypeAlias = NDArray[np.bool_]
Whole: TypeAlias = NDArray[np.int32]

_MANY = 50_000
# At most fifteen figures, for that many every double keeps as they are written.
_PLAIN_TEXT = re.compile(r"\s*-?(?=[0-9.]{1,16}\s*$)[0-9]{1,15}(?:\.[0-9]{1,14})?\s*")


@frozen(eq=False)
class Texts:
    """A column of texts: the different ones, and for each row which it is."""

    codes: Whole
    different: tuple[str | None, ...]


def texts(column: Any) -> Texts:
    """A column of texts by its different ones; None is one of them, and what else is no text is what Python prints."""
    arrow = _as_arrow(column)
    if arrow is not None:
        return _of_arrow(arrow)
    items = column.tolist() if hasattr(column, "tolist") else [plain(item) for item in column]
    numbered: dict[Any, int] = {}
    codes = np.fromiter((numbered.setdefault(item, len(numbered)) for item in items), np.int32, len(items))
    if not _only_texts(numbered):  # 1 is True and 1.0, but not in print
        return texts([_printed(item) for item in items])
    return Texts(codes, tuple(numbered))


def _printed(item: object) -> str | None:
    return None if item is None else str(item)


def _as_arrow(column: Any) -> Any:
    """The column as an Arrow array, if it is one; or if it has many texts and Arrow is in use, which is faster."""
    if type(column).__module__.split(".")[0] == "pyarrow":
        return column.combine_chunks() if hasattr(column, "combine_chunks") else column
    arrow = sys.modules.get("pyarrow")
    texts_only = isinstance(column, np.ndarray) and column.dtype.kind in "UO"
    if arrow is None or len(column) < _MANY or not (texts_only or isinstance(column, list)):
        return None
    try:
        return arrow.array(column, arrow.string())
    except (arrow.ArrowInvalid, arrow.ArrowTypeError, arrow.ArrowNotImplementedError):
        return None  # not texts alone


def _of_arrow(column: Any) -> Texts:
    coded = column if hasattr(column, "dictionary") else column.dictionary_encode()
    if not hasattr(coded, "dictionary"):  # no rows at all
        return Texts(np.zeros(0, np.int32), ())
    items = coded.dictionary.to_pylist()
    different = tuple(items if _only_texts(items) else map(_printed, items))
    if not coded.null_count:
        return Texts(coded.indices.to_numpy(zero_copy_only=False).astype(np.int32, copy=False), different)
    codes = coded.indices.fill_null(len(different)).to_numpy(zero_copy_only=False).astype(np.int32, copy=False)
    return Texts(codes, (*different, None))


@frozen(eq=False)
class Values:
    """Values as doubles, NaN where missing; the rows that are odd, and those written as text (None: there are none)."""

    numbers: Floats
    odd: Bools | None
    text: Bools | None = None


def values(column: Any) -> Values:
    """A column of values."""
    if type(column).__module__.split(".")[0] == "pyarrow":
        column = _arrow_values(column)
    if not isinstance(column, np.ndarray):
        column = _as_array(column)
    match column.dtype.kind:
        case "f" if column.dtype == np.float64:
            return Values(np.ascontiguousarray(column), None)
        case "f":
            return Values(_shortest(column), None)
        case "i" | "u":
            odd = (column > WHOLE) | (column < -WHOLE) if column.dtype.itemsize == 8 else None
            return Values(column.astype(np.float64), odd if odd is not None and odd.any() else None)
        case "U" | "T":
            return _of_texts(texts(column))
        case _:
            items = column.tolist()
            return _of_texts(texts(items)) if _only_texts(items) else _of_objects(items)


def _only_texts(items: Iterable[Any]) -> bool:
    return set(map(type, items)) <= {str, type(None)}


def _of_texts(written: Texts) -> Values:
    """Values that are all texts: each different one is read once."""
    numbers = np.array([_plain_text(each) for each in written.different], dtype=np.float64)
    said = np.array([each is not None for each in written.different], dtype=bool)
    odd = (np.isnan(numbers) & said)[written.codes]
    return Values(numbers[written.codes], odd if odd.any() else None, said[written.codes])


def _plain_text(text: object) -> float:
    """The double that prints the decimal of a text; NaN where it is no plain one."""
    plain = isinstance(text, str) and _PLAIN_TEXT.fullmatch(text)
    return float(plain[0]) if plain else float("nan")


def _arrow_values(column: Any) -> Any:
    """An Arrow column as a NumPy array of its own type, with NaN for nulls; as a list where that loses anything."""
    kind = str(column.type)
    if kind in ("double", "float", "halffloat") or (kind.startswith(("int", "uint")) and not column.null_count):
        return column.to_numpy() if hasattr(column, "num_chunks") else column.to_numpy(zero_copy_only=False)
    return column.to_pylist()


def _as_array(column: Any) -> Any:
    """Floats and nothing else as an array of them; anything else as it is, item by item."""
    to_numpy = getattr(column, "to_numpy", None)
    made = to_numpy() if to_numpy is not None else None
    if isinstance(made, np.ndarray):
        return made
    items = list(column)
    if all(type(item) is float for item in items):
        return np.array(items, dtype=np.float64)
    found = np.empty(len(items), dtype=object)
    found[:] = items
    return found


def _shortest(column: NDArray[Any]) -> Floats:
    """Short floats as the doubles of their own shortest decimals, so that 53.35 stays 53.35."""
    different, places = np.unique(column, return_inverse=True)
    return np.array([float(str(each)) for each in different], dtype=np.float64)[places].reshape(column.shape)


def _of_objects(items: Sequence[Any]) -> Values:
    numbers = np.full(len(items), np.nan)
    odd = np.zeros(len(items), dtype=bool)
    for row, item in enumerate(items):
        number = _plain_number(item)
        if number is None:
            odd[row] = True
        else:
            numbers[row] = number
    return Values(numbers, odd if odd.any() else None)


def _plain_number(item: object) -> float | None:
    """The double that prints the value, NaN if it is missing, None if it is odd."""
    kind = type(item)
    if kind is float:
        return item  # type: ignore[return-value]
    if item is None:
        return float("nan")
    if kind is int:
        return float(item) if -WHOLE <= item <= WHOLE else None  # type: ignore[arg-type, operator]
    if kind is Decimal or kind is Fraction or isinstance(item, np.number):
        return printed(item)
    return None


def printed(item: Any) -> float | None:
    """The double that prints this very number, None if there is none."""
    try:
        number = exact(item)
        near = float(number)
    except (ValueError, OverflowError, TypeError):
        return None
    return near if exact(near) == number else None
