"""Which columns of a table hold what is observed, and under which names the answers are put beside them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from attrs import frozen

from kpirules.columns import Coded, RatedColumns
from kpirules.errors import TableError
from kpirules.observations import folded

NEEDED = ("indicator", "period", "value")
"""What every table of observations has a column for."""
OPTIONAL = ("component", "measured", "note")
"""What it may have a column for."""


Rate: TypeAlias = Callable[[Mapping[str, Any], Sequence[str]], RatedColumns]
"""What rates columns by the names of what they hold, with some travels."""


@frozen
class Named:
    """The names of columns: of what is read, and of the answers that are added (None: not wanted).

    What is not named has the name of the thing itself: `indicator`, `rating`, `short`. What is read is found whatever
    the capitals of its name, but first by the very name.
    """

    read: Mapping[str, str]
    into: Mapping[str, str | None]

    @property
    def indicator(self) -> str:
        """The name of the column that every header has, by which a header is known."""
        return self.read.get(NEEDED[0], NEEDED[0])

    def columns(self, there: Sequence[str]) -> dict[str, str]:
        """The table's column for each thing that is read. Raises `TableError` for what is missing or there twice."""
        named = {what: _written(self.read.get(what, what), there) for what in (*NEEDED, *OPTIONAL)}
        missing = [what for what, name in named.items() if name not in there and (what in NEEDED or what in self.read)]
        if missing:
            said = " and ".join(f"no column {named[what]!r} for the {what}" for what in missing)
            raise TableError(f"there is {said}: say which it is of {_listed(there)}")
        for name in named.values():
            if there.count(name) > 1:
                raise TableError(f"there are two columns {name!r}: take one of them out")
        return {what: name for what, name in named.items() if name in there}

    def answers(self, travels: Sequence[str], there: Sequence[str]) -> dict[str, str]:
        """The column for each answer that is wanted. Raises `TableError` for unknown answers and for taken names."""
        known = ("rating", "reason", "overall", *(each for name in travels for each in (name, f"{name}_reason")))
        for what in self.into:
            if what not in known:
                raise TableError(f"there is no answer {what!r}, only {_listed(known)}")
        named = {what: self.into.get(what, what) for what in known if what != "overall" or what in self.into}
        wanted = {what: name for what, name in named.items() if name is not None}
        for what, name in wanted.items():
            if name in there:
                another = f"--into {what}=NAME gives the {what} another name, --into {what}= leaves it out"
                in_python = f'in Python, into={{"{what}": "NAME"}} and into={{"{what}": None}}'
                raise TableError(f"there is a column {name!r} already: {another} ({in_python})")
            if list(wanted.values()).count(name) > 1:
                raise TableError(f"two answers cannot both be named {name!r}")
        return wanted


def travels_among(answers: Mapping[str, str], travels: Sequence[str]) -> tuple[str, ...]:
    """The travels of which some answer is wanted."""
    return tuple(name for name in travels if name in answers or f"{name}_reason" in answers)


def answer(found: RatedColumns, what: str) -> Coded[Any]:
    """One of the answers by its name."""
    match what:
        case "rating":
            return found.rating
        case "reason":
            return found.reason
        case "overall":
            return found.overall
        case _ if what in found.directions:
            return found.directions[what]
        case _:
            return found.no_directions[what.removesuffix("_reason")]


def words(answers: Coded[Any]) -> list[str | None]:
    """What each code means, as text."""
    return [None if each is None else str(each) for each in answers.meanings]


def _written(name: str, there: Sequence[str]) -> str:
    """The name as the table writes it; unchanged where no column has it. Raises `TableError` where two do."""
    alike = [each for each in there if folded(each) == folded(name)]
    if name in there or not alike:
        return name
    if len(alike) > 1:
        raise TableError(
            f"the columns {_listed(alike)} are all called {name!r}: say which it is, or take the others out"
        )
    return alike[0]


def _listed(names: Sequence[str]) -> str:
    return ", ".join(map(repr, names)) or "none"
