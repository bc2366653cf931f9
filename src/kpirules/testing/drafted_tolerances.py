"""Tolerances that are drawn: about one target, and about a target range."""

from fractions import Fraction

from kpirules.testing.writer import Writer


def tolerance(writer: Writer, target: Fraction) -> str:
    """How far beyond the target, as the plan has it."""
    match writer.plan.tolerance:
        case "no-tolerance":
            return "none"
        case "far-edge":
            return _far_edge(writer, target)
        case "printed":
            # The range goes up in numbers, whichever of its ends is the far one.
            low, high = sorted((target, writer.worse(target)))
            return f"{writer.shown(low)} to {writer.shown(high)}"
        case "wider" | "narrower" as kind:
            return _of_two(writer, kind, "target")
        case kind:
            return _single(writer, kind)


def _single(writer: Writer, kind: str) -> str:
    if kind == "share-of-target":
        return f"{writer.percent()} of target"
    if kind == "share-of-figure":
        writer.observe("budget")
        return f"{writer.percent()} of budget"
    return writer.difference(writer.amount())


def _of_two(writer: Writer, kind: str, base: str) -> str:
    """The wider or the narrower of a share of the base and an amount."""
    join = " or " if kind == "wider" else " and "
    return join.join([f"{writer.percent()} of {base}", writer.difference(writer.amount())])


def _far_edge(writer: Writer, target: Fraction) -> str:
    if writer.plan.polarity == "closer-to-zero":
        furthest = max(map(abs, [target, *writer.numbers]))
        return f"to {writer.shown(writer.kept(furthest + writer.amount()))}"
    excluded = {"higher": "above ", "lower": "below "}[writer.plan.polarity]
    return f"to {writer.one_of(('', excluded))}{writer.shown(writer.worse(target))}"


def beyond_range(writer: Writer, kind: str) -> str:
    """How far beyond either end of a target range."""
    outside = writer.plan.polarity == "outside"
    if kind == "no-tolerance":
        return "none"
    if kind in ("wider", "narrower"):
        return _of_two(writer, kind, "range width")
    if kind == "share-of-range":
        part = "width" if outside else writer.one_of(("width", "ends", "middle"))
        return f"{writer.percent()} of range {part}"
    if kind == "per-side":
        one, other = (writer.one_of(("amount", "share-of-range")) for _ in range(2))
        return f"{beyond_range(writer, one)} below, {beyond_range(writer, other)} above"
    if kind == "amount" and outside:
        # Less than half of the narrowest range, so that something inside stays worse than the tolerance.
        return writer.difference(Fraction(writer.whole_number(1, 4)))
    return _single(writer, kind)
