"""What a scheme that reads the components of its row gets of their ratings, and how it is said which of them decide."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from attrs import frozen

from kpirules.core import Absent
from kpirules.core import Condition as CoreCondition
from kpirules.core.conditions import holds
from kpirules.core.decide import test_holds
from kpirules.core.feasible import Numbers
from kpirules.reasons import Reason
from kpirules.vocabulary.components import HowMany, OfParts, PartBands, lower_parts, passing
from kpirules.vocabulary.schemes import AllOf, AnyOf, Condition, Negation, Scheme, lower_condition
from kpirules.vocabulary.setting import Setting


def bands_given(parts: Sequence[PartBands], bands: Mapping[str, str | None]) -> dict[str, Fraction | Absent]:
    """The rule's inputs from the components' bands by name; None is a component without a rating."""
    given: dict[str, Fraction | Absent] = {}
    for part in parts:
        band, labels = bands[part.name], part.input.domain.labels
        missing = Absent(Reason.UNRATED_COMPONENT)
        given[part.input.name] = missing if band is None else Fraction(labels.index(band))
    return given


def said_of_parts(scheme: Scheme, origin: int, setting: Setting, numbers: Numbers) -> str:
    """Why a line decides, as far as its components do: `any component red (litter)`; nothing if they do not.

    Then, as far as it is for the components, why none of the lines before it holds.
    """
    asked = Asked(setting, numbers)
    lines = (scheme.lines[origin], *scheme.lines[:origin])
    return " and ".join(dict.fromkeys(words for line in lines for words in _said(line.when, asked)))


def said_of_condition(when: Condition, setting: Setting, numbers: Numbers) -> str:
    """The same of one condition, such as that of a cap."""
    return " and ".join(dict.fromkeys(_said(when, Asked(setting, numbers))))


def _said(when: Condition, asked: "Asked") -> Iterator[str]:
    for leaf, held in asked.deciding(when):
        if isinstance(leaf, OfParts):
            yield asked.said(leaf, held=held)


@frozen
class Asked:
    """What holds, given these numbers."""

    setting: Setting
    numbers: Numbers

    def holds(self, condition: CoreCondition) -> bool:
        """Whether a condition of the core holds."""
        return holds(condition, lambda test: test_holds(test, self.numbers))

    def passes(self, condition: Condition) -> bool:
        """Whether a condition of the vocabulary holds."""
        return self.holds(lower_condition(condition, self.setting))

    def deciding(self, condition: Condition) -> Iterator[tuple[Condition, bool]]:
        """The plain conditions for which a condition holds, or for which it does not, and whether each of them does."""
        held = self.passes(condition)
        match condition:
            case Negation():
                yield from self.deciding(condition.condition)
            case AllOf() | AnyOf():
                alike = [part for part in condition.conditions if self.passes(part) is held]
                # One part is enough to make *any* hold and *all* fail; for the opposite it takes every one.
                enough = alike[:1] if held is isinstance(condition, AnyOf) else alike
                for part in enough:
                    yield from self.deciding(part)
            case _:
                yield condition, held

    def said(self, condition: OfParts, *, held: bool) -> str:
        """Why a condition on components holds, or does not, with the components for which it is so."""
        passed = [name for name, when in passing(condition) if self.holds(when)]
        if held:
            return f"{condition.words} ({', '.join(passed)})" if passed else condition.words
        match condition.how_many:
            case HowMany.ANY:
                return condition.words.replace("any", "no", 1)
            case HowMany.ALL if (other := condition.in_the_way) and self.holds(lower_parts(other)):
                return self.said(other, held=True)
            case HowMany.ALL:
                others = [part.name for part in condition.parts if part.name not in passed]
                return f"not {condition.words} (not {', '.join(others)})"
            case HowMany.AT_LEAST | HowMany.AT_MOST:
                return f"not {condition.words} ({', '.join(passed) or 'none'})"
