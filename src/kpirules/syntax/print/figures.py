"""How names, numbers, figures and formulas are written."""

from typing import assert_never

from kpirules.syntax import nodes

Plain = nodes.Name | nodes.Number | nodes.Percentage | nodes.Quantity | nodes.Period | nodes.Date | nodes.Words


def text(node: nodes.Text) -> str:
    """A text in quotes."""
    escaped = node.value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def plain(node: Plain | nodes.Text) -> str:
    """A word, number or text as it is written."""
    return text(node) if isinstance(node, nodes.Text) else node.text


def listed(parts: tuple[str, ...]) -> str:
    """A list with commas."""
    return ", ".join(parts)


def aggregate(node: nodes.Aggregate) -> str:
    """`mean` and its like."""
    match node:
        case nodes.Mean():
            return "mean"
        case nodes.Median():
            return "median"
        case nodes.Best():
            return "best"
        case nodes.Worst():
            return "worst"
        case nodes.Sum():
            return "sum"
    assert_never(node)


def comparator(node: nodes.Comparator) -> str:
    """What a value is compared with in time."""
    match node:
        case nodes.Previous():
            return f"previous {node.step.text}"
        case nodes.SameLastYear():
            return f"same {node.step.text} last year"
        case nodes.Earlier():
            return f"{node.count.text} {node.step.text} earlier"
        case nodes.Baseline():
            return f"baseline {node.period.text}"
        case nodes.OfLast():
            return f"{aggregate(node.aggregate)} of last {node.count.text} {node.step.text}"
    assert_never(node)


def whole(node: nodes.TheTarget | nodes.It | nodes.Name) -> str:
    """What a share is a share of."""
    match node:
        case nodes.TheTarget():
            return "target"
        case nodes.It():
            return "it"
        case nodes.Name():
            return node.text
    assert_never(node)


def amount(node: nodes.Amount) -> str:
    """How far a figure is moved."""
    match node:
        case nodes.ShareOf():
            return f"{node.share.text} of {whole(node.whole)}"
        case nodes.BareShare():
            return node.share.text
        case nodes.Quantity():
            return node.text
        case nodes.TheTolerance():
            return "tolerance"
    assert_never(node)


def way(node: nodes.TowardsWorse | nodes.TowardsBetter) -> str:
    """`less` or `plus`."""
    return "less" if isinstance(node, nodes.TowardsWorse) else "plus"


def figure(node: nodes.Figure) -> str:
    """Everything that can stand where a number is meant."""
    match node:
        case nodes.TheTarget():
            return "target"
        case nodes.Name() | nodes.Quantity() | nodes.Text():
            return plain(node)
        case nodes.Previous() | nodes.SameLastYear() | nodes.Earlier() | nodes.Baseline() | nodes.OfLast():
            return comparator(node)
        case nodes.Midpoint():
            return f"midpoint of {figure(node.first)} and {figure(node.second)}"
        case nodes.Along():
            return f"{node.share.text} of the way from {figure(node.start)} to {figure(node.end)}"
        case nodes.Added() | nodes.Scaled():
            return whole_formula(node)
        case nodes.Shifted():
            return f"{figure(node.figure)}, {way(node.way)} {amount(node.amount)}"
    assert_never(node)


def whole_formula(node: nodes.Formula) -> str:
    """A formula where a statement wants one: it begins with a name or a bracket."""
    written = formula(node)
    return written if written[0].isalpha() or written[0] == "(" else f"({written})"


def formula(node: nodes.Formula) -> str:
    """A formula or a part of one, without brackets around it."""
    match node:
        case nodes.Name() | nodes.Quantity():
            return node.text
        case nodes.Added():
            return " ".join((_term(node.first), *(step(part) for part in node.rest)))
        case nodes.Scaled():
            return " ".join((_factor(node.first), *(step(part) for part in node.rest)))
    assert_never(node)


def step(node: nodes.Plus | nodes.Minus | nodes.Times | nodes.DividedBy) -> str:
    """One step of a formula with its sign."""
    match node:
        case nodes.Plus():
            return f"+ {_term(node.operand)}"
        case nodes.Minus():
            return f"- {_term(node.operand)}"
        case nodes.Times():
            return f"* {_factor(node.operand)}"
        case nodes.DividedBy():
            return f"/ {_factor(node.operand)}"
    assert_never(node)


def _term(node: nodes.Formula) -> str:
    return f"({formula(node)})" if isinstance(node, nodes.Added) else formula(node)


def _factor(node: nodes.Formula) -> str:
    return f"({formula(node)})" if isinstance(node, nodes.Added | nodes.Scaled) else formula(node)
