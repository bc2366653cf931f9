"""Every rule that an indicator has: one for each of its versions, parts of the year and components."""

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction

from attrs import frozen

from kpirules.assess import Indicator
from kpirules.core import Absent, Given, Rated, Rule, Unrated, UnratedAs, decide
from kpirules.core.rule import VALUE
from kpirules.in_force import InForce
from kpirules.lower import lower_overall
from kpirules.model import Definition, OverallKind, Version
from kpirules.model.reads import part_bands, parts_to_prove
from kpirules.reasons import Reason
from kpirules.source import Span


@frozen
class Ruled:
    """The rule that rates a definition in a version and a part of the year; `when` says in words which.

    It is the rule in force, or of a row that takes a component's band the one over the components' bands.
    """

    definition: Definition
    version: Version
    force: InForce
    rule: Rule
    when: str

    @property
    def reads_value(self) -> bool:
        """Whether the rule reads a value, and not only what stands beside it."""
        return any(input.name == VALUE for input in self.rule.inputs)

    def shown(self, name: str, number: Fraction) -> str:
        """A number of one of the rule's inputs in words: a band of a component, anything else in the unit."""
        labels = self.rule.input(name).domain.labels
        return labels[int(number)] if labels else self.force.terms.show(number)

    def case(self, numbers: Mapping[str, Fraction]) -> str:
        """The inputs in words: `75% with same quarter last year 70%`. What has no number is missing."""
        value = self.shown(VALUE, numbers[VALUE]) if VALUE in numbers else "missing"
        others = [f"{name} {self.shown(name, number)}" for name, number in sorted(numbers.items()) if name != VALUE]
        if not self.reads_value:
            return " ".join([", ".join(others) or "nothing rated", *([self.when] if self.when else [])])
        return " ".join([value, *(["with", ", ".join(others)] if others else []), *([self.when] if self.when else [])])

    def outcome(self, line: int | None) -> str:
        """What a line of the rule gives."""
        match None if line is None else self.rule.lines[line].outcome:
            case Rated(band=band):
                return self.rule.bands[band]
            case Unrated(reason=reason):
                return f"not rated: {reason}"
            case UnratedAs(input=name):
                return f"not rated, for {name} is missing"
            case None:
                return "nothing: no line of the rule holds"

    def line(self, line: int | None) -> str | None:
        """The line of the scheme that a line of the rule comes from, with its place."""
        origin = None if line is None else self.rule.lines[line].origin
        if origin is None:
            return None
        where = self.force.terms.scheme.lines[origin].where
        words = f"line {origin + 1} of {self.force.terms.scheme.name or 'its bands'}, {self.outcome(line)}"
        return f"{words} ({where})" if where else words

    def place(self, line: int | None) -> Span | None:
        """Where the line of the scheme stands that a line of the rule comes from."""
        origin = None if line is None else self.rule.lines[line].origin
        return None if origin is None else self.force.terms.scheme.lines[origin].where

    def deciding(self, numbers: Mapping[str, Fraction]) -> int | None:
        """Which line decides when these inputs are there, as the reference engine has it; None if no line holds."""
        try:
            return decide(self.rule, self.given(numbers)).line
        except LookupError:
            return None

    def given(self, numbers: Mapping[str, Fraction]) -> Given:
        """Everything that the rule reads, what has no number being missing."""
        return {input.name: numbers.get(input.name, Absent(Reason.NO_VALUE)) for input in self.rule.inputs}


def rules_of(indicator: Indicator) -> Iterator[Ruled]:
    """Every rule of an indicator and of its components; a row that is not rated at all has none.

    The rule of a row that rests on its components has no value among its inputs.
    """
    definition = indicator.definition
    for place, version in enumerate(definition.versions):
        overall = version.terms.overall
        if overall is None or overall.kind is not OverallKind.NONE:
            parts = parts_to_prove(version.terms, definition.frequency, definition.calendar, travelling=True)
            here = [part for part in parts if part.period is None or version.holds_on(part.period.end)]
            for part in here or parts:
                when = [f"in part {part.index} of {part.of} of the year"] if part.of > 1 else []
                when = [f"in {part.period}"] if part.period else when
                when += [f"from {version.since.isoformat()}"] if version.since else []
                when += [f"until {version.until.isoformat()}"] if version.until else []
                force = indicator.in_part(place, part)
                yield Ruled(definition, version, force, _rule(definition, version, force), ", ".join(when))
    for component in indicator.components.values():
        yield from rules_of(component)


def _rule(definition: Definition, version: Version, force: InForce) -> Rule:
    """The rule that rates: that of the row's components where they alone decide."""
    overall = force.terms.overall
    if overall is None or force.terms.rules_itself:
        return force.rule
    # Where the bands of a component change, its row has another version, so that any day of this one will do.
    day = version.since or version.until or date.max
    parts = [part_bands(part.reference, part.on(day).scheme) for part in definition.components]
    return lower_overall(overall, parts, force.terms.scheme)
