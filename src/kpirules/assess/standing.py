"""How it is said of a value why a line of its scheme decides: `at or better than floor (62%)`."""

from attrs import frozen

from kpirules.assess.parts import Asked
from kpirules.units import Unit, show
from kpirules.vocabulary.condition_words import condition_words, opposite
from kpirules.vocabulary.figures import Figure, figure_words, pieces_of
from kpirules.vocabulary.schemes import Band, Compares, Condition, Inside, Negation, Scheme, Sized, Travelled
from kpirules.vocabulary.travels import directions


def said_of_line(scheme: Scheme, origin: int, asked: Asked, unit: Unit) -> str:
    """The conditions for which a line of the scheme holds, with the numbers that they come to.

    Of `otherwise`, which says nothing itself, why the nearest line of another band before it does not hold.
    """
    line, standing = scheme.lines[origin], _Standing(asked, unit)
    if said := standing.said(line.when):
        return said
    others = (
        each for each in scheme.lines[origin::-1] if isinstance(each.outcome, Band) and each.outcome != line.outcome
    )
    nearest = next(others, None)
    return standing.said(nearest.when) if nearest else ""


@frozen
class _Standing:
    """What holds, given the numbers of a rating, in words."""

    asked: Asked
    unit: Unit

    def said(self, condition: Condition) -> str:
        """Why the condition holds, or why it does not."""
        return " and ".join(dict.fromkeys(self._leaf(leaf, held=held) for leaf, held in self.asked.deciding(condition)))

    def _leaf(self, leaf: Condition, *, held: bool) -> str:
        if held:
            return self._with_numbers(leaf)
        if isinstance(leaf, Travelled):
            gone = directions(leaf.travel, self.asked.setting).items()
            way = next((direction.value for direction, when in gone if self.asked.holds(when)), "not comparable")
            return f"{leaf.travel.name} {way}"
        other = opposite(leaf)
        return self._with_numbers(other if self.asked.passes(other) else Negation(leaf))

    def _with_numbers(self, condition: Condition) -> str:
        """The condition's words, each of its figures with what it comes to unless it says so itself."""
        words = condition_words(condition, self.unit)
        leaf = condition.condition if isinstance(condition, Negation) else condition
        if isinstance(leaf, Compares | Sized):
            words += self._number(leaf.figure)
        elif isinstance(leaf, Inside):
            words += self._number(leaf.low) + self._number(leaf.high)
        return words

    def _number(self, figure: Figure) -> str:
        try:
            number = pieces_of(figure, self.asked.setting).at(self.asked.numbers)
        except ValueError:  # a range is no single number
            return ""
        shown = "" if number is None else show(number, self.unit)
        return f" ({shown})" if shown and shown != figure_words(figure, self.unit) else ""
