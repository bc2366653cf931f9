"""How tests and laws are written."""

from typing import assert_never

from kpirules.syntax import nodes
from kpirules.syntax.print.figures import listed, plain, text
from kpirules.syntax.print.schemes import condition, direction, outcome, phrase


def seen(node: nodes.Seen, gap: str = "missing") -> str:
    """A value as a test gives it; `gap` is how a missing one is written."""
    match node:
        case nodes.Quantity() | nodes.Text():
            return plain(node)
        case nodes.MissingValue():
            return gap
        case nodes.Completed():
            return phrase("completed", node.on.text if node.on else "")
    assert_never(node)


def fact(node: nodes.Fact) -> str:
    """Something that a case takes for granted."""
    if isinstance(node, nodes.FigureFact):
        return f"{plain(node.name)} {seen(node.value)}"
    return condition(node)


def given(node: nodes.Given | nodes.Series) -> str:
    """What a case starts from."""
    match node:
        case nodes.Given():
            now = seen(node.now) if node.now else ""
            before = f"after {seen(node.before)}" if node.before else ""
            facts = f"with {listed(tuple(fact(part) for part in node.facts))}" if node.facts else ""
            return phrase(now, before, facts)
        case nodes.Series():
            return listed(tuple(seen(value, gap="_") for value in node.values))
    assert_never(node)


def expectation(node: nodes.Expectation) -> str:
    """What a case expects."""
    match node:
        case nodes.IsBand():
            return node.band.text
        case nodes.Travelled():
            return f"{node.travel.text} {direction(node.direction)}"
        case nodes.ExpectedNoTravel():
            return f"{node.travel.text} not comparable{because(node.reason)}"
        case nodes.ExpectedUnrated():
            return f"not rated{because(node.reason)}"
    assert_never(node)


def because(reason: nodes.Words | None) -> str:
    """The reason of an expectation."""
    return f": {reason.text}" if reason else ""


def case(node: nodes.Case) -> str:
    """One line of a test."""
    verb = "ends" if isinstance(node.given, nodes.Series) else "is"
    at = f"at {node.at.text}:" if node.at else ""
    return phrase(at, given(node.given), verb, listed(tuple(expectation(part) for part in node.expectations)))


def test_head(node: nodes.Test) -> str:
    """What stands before the lines of a test."""
    return phrase("test", plain(node.indicator), f"component {plain(node.component)}" if node.component else "")


test_head.__test__ = False  # type: ignore[attr-defined]  # so that pytest does not take it for a test


def who(node: nodes.Who) -> str:
    """The indicators that a law speaks of."""
    match node:
        case nodes.AllIndicators():
            return "all"
        case nodes.InTheme():
            return f"theme {node.theme.text}"
        case nodes.InScheme():
            return f"scheme {node.scheme.text}"
        case nodes.TheseIndicators():
            return listed(tuple(plain(indicator) for indicator in node.indicators))
    assert_never(node)


def law(node: nodes.Outcome | nodes.AtLeastAsGoodAs) -> str:
    """What a law demands."""
    if isinstance(node, nodes.AtLeastAsGoodAs):
        return f"at least as good as when {condition(node.condition)}"
    return outcome(node)


def always(node: nodes.Always) -> str:
    """A law."""
    demand = f"when {condition(node.condition)} then {law(node.law)}"
    return f"always {text(node.title)} for {who(node.who)} {{ {demand} }}"
