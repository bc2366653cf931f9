"""What raters of two values do where a first look at two doubles does not settle it."""

from collections.abc import Callable
from decimal import Decimal
from functools import cached_property
from typing import Any, Final

from attrs import frozen

from kpirules.engines import of_decimals
from kpirules.engines.asked import Rater
from kpirules.engines.doors import Door
from kpirules.engines.trees import Tree
from kpirules.engines.written_trees import in_wholes, millionths, walked


@frozen(eq=False)
class Otherwise:
    """For what a first look at two doubles does not settle, and for whatever is not two doubles."""

    tree: Tree
    doors: tuple[Door, Door]
    of_alone: Callable[[], Rater]
    slowly: Rater

    @property
    def open(self) -> bool:
        """Whether every number may come in as it is."""
        return all(door.open for door in self.doors)

    def rate(self, value: Any, previous: Any = None) -> object:
        """The answer for any two arguments."""
        if previous is None:
            return self.alone(value)
        kind, other = type(value), type(previous)
        if kind is Decimal and other is Decimal:
            return self._decimals(value, previous)
        if kind in _PLAIN and other in _PLAIN and all(map(Door.surely_lets_in, self.doors, (value, previous))):
            return self.settled(value, previous)
        return self.slowly(value, previous)

    def settled(self, value: Any, previous: Any) -> object:
        """The answer for two numbers that may come in, each whole or a double."""
        first, second = millionths(value), millionths(previous)
        if first is None or second is None:
            return self.slowly(value, previous)
        return walked(self._wholes, first, second)

    def doubles_within(self, far: float) -> Callable[[float, float], bool]:
        """A function that tells whether two doubles of up to this magnitude surely may come in."""
        one, two = self.doors
        on_step, on_other = one.on_step, two.on_step
        least, greatest = max(one.least, -far), min(one.greatest, far)
        low_end, high_end = max(two.least, -far), min(two.greatest, far)

        def lets_in(value: float, previous: float) -> bool:
            within = least <= value <= greatest and low_end <= previous <= high_end
            return within and on_step(value) and on_other(previous)

        return lets_in

    @cached_property
    def alone(self) -> Rater:
        """The rater for a value with nothing to compare it with."""
        return self.of_alone()

    @cached_property
    def _wholes(self) -> Any:
        return in_wholes(self.tree)

    def of_decimals(self, value: Decimal, previous: Decimal) -> object:
        """The answer for two decimals."""
        return self._decimals(value, previous)

    @cached_property
    def _decimals(self) -> Rater:
        # Where not every number may come in, the plain way looks at each.
        return of_decimals.by_tree(self.tree, self.slowly) if self.open else self.slowly


_PLAIN: Final = (int, float)
