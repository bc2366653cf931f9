"""The kinds of definition that are drawn, and which of them go together.

Kinds are words in families. Where kinds are named, only those of their families are drawn, and a family of which none
is named is free; of the extras, those that are named are always there, and no others.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Final

from attrs import frozen

NUMERIC: Final = ("percent", "points", "count", "money", "duration", "days", "rate", "score", "own-unit")
SIDED: Final = ("higher", "lower")
SIDED_TARGETS: Final = (
    *("plain", "strict", "year-end", "by-part", "phased", "straight-line", "earlier", "figure", "formula"),
)
WITH_COMPONENTS: Final = ("by-parts", "held-down")
RATED_BY_TOLERANCE: Final = ("rag", "capped", "own", *WITH_COMPONENTS)

FAMILIES: Final[Mapping[str, tuple[str, ...]]] = {
    "unit": (*NUMERIC, "scale", "milestone"),
    "polarity": (*SIDED, "closer-to-zero", "inside", "outside", "no-polarity"),
    "target": (*SIDED_TARGETS, "range", "label", "completed-by", "no-target", "bands"),
    "scheme": ("rag", "floor", "recovering", "four", "capped", "unranked", "own", *WITH_COMPONENTS),
    "tolerance": (
        *("no-tolerance", "share-of-target", "amount", "far-edge", "printed", "share-of-figure", "wider", "narrower"),
        *("share-of-range", "per-side"),
    ),
    "travel": ("no-travel", "previous", "last-year", "years-earlier", "baseline", "of-last", "against-figure"),
    "extras": (
        *("metadata", "calendar", "dated", "components", "worked-out", "rounded", "limits", "precision"),
        *("accumulates", "break", "reads"),
    ),
}
"""Every kind, by family, the simplest first. `bands` stand in place of a target, a tolerance and a scheme."""

KINDS: Final = tuple(kind for family in FAMILIES.values() for kind in family)
"""Every kind there is."""


@frozen
class Plan:
    """Kinds that go together; a family to which a definition says nothing is empty."""

    target: str
    unit: str
    polarity: str = ""
    scheme: str = ""
    tolerance: str = ""

    @property
    def extras(self) -> tuple[str, ...]:
        """What else such a definition may say."""
        numeric = ["rounded", "limits", "accumulates", "reads"] if self.unit in NUMERIC else []
        if self.unit in NUMERIC and self.unit != "count":
            numeric.append("precision")
        # A row that its components rate has no target of its own.
        dated = ["dated"] if self.target in ("plain", "range") and self.scheme != "by-parts" else []
        parts = ["components"] if self.target == "plain" and self.scheme in ("rag", *WITH_COMPONENTS) else []
        formula = ["worked-out"] if self.unit in ("percent", "money", "count") and self.target != "no-target" else []
        found = ["metadata", "calendar", "break", *numeric, *dated, *parts, *formula]
        return tuple(kind for kind in FAMILIES["extras"] if kind in found)


def plans(kinds: Collection[str] | None) -> Mapping[str, list[Plan]]:
    """The plans of these kinds (None: all there are) by their target.

    Raises `ValueError` for a word that is no kind, and for kinds that do not go together.
    """
    chosen = tuple(KINDS if kinds is None else kinds)
    if unknown := [kind for kind in chosen if kind not in KINDS]:
        raise ValueError(f"there is no kind {unknown[0]!r}; there are {', '.join(KINDS)}")
    named = {} if kinds is None else {name: set(of).intersection(chosen) for name, of in FAMILIES.items()}
    extras = named.pop("extras", set())
    named.pop("travel", None)
    found: dict[str, list[Plan]] = {}
    for plan in _all_plans():
        fits = all(not some or getattr(plan, family) in some for family, some in named.items())
        if fits and extras.issubset(plan.extras):
            found.setdefault(plan.target, []).append(plan)
    if not found:
        raise ValueError(f"no definition is of all these kinds: {', '.join(chosen)}")
    return {target: found[target] for target in FAMILIES["target"] if target in found}


def _all_plans() -> Iterator[Plan]:
    for unit in NUMERIC:
        for polarity in (*SIDED, "closer-to-zero"):
            yield from _sided(unit, polarity)
        for polarity in ("inside", "outside"):
            yield from _ranges(unit, polarity)
        for polarity in SIDED:
            yield Plan("bands", unit, polarity)
        for polarity in (*SIDED, "no-polarity"):
            yield Plan("no-target", unit, polarity, "rag")
    yield from (Plan("label", "scale", "", "rag", tolerance) for tolerance in ("no-tolerance", "far-edge"))
    yield Plan("bands", "scale")
    yield Plan("completed-by", "milestone", "", "rag")


def _sided(unit: str, polarity: str) -> Iterator[Plan]:
    for target in SIDED_TARGETS if polarity in SIDED else ("plain",):
        schemes = ["rag", "floor", "capped", "own"]
        # About zero and from an earlier value, what is 10% worse than the target cannot be told or is nothing.
        schemes += ["recovering"] if polarity in SIDED and target != "earlier" else []
        schemes += ["unranked"] if polarity in SIDED else []
        schemes += ["four"] if polarity in SIDED and target == "plain" else []
        schemes += WITH_COMPONENTS if target == "plain" else []
        tolerances = ["no-tolerance", "share-of-target", "amount", "share-of-figure", "wider", "narrower"]
        if target in ("plain", "strict", "year-end"):
            tolerances += ["far-edge", "printed"] if polarity in SIDED else ["far-edge"]
        for scheme in schemes:
            for tolerance in tolerances if scheme in RATED_BY_TOLERANCE else [""]:
                yield Plan(target, unit, polarity, scheme, tolerance)


def _ranges(unit: str, polarity: str) -> Iterator[Plan]:
    tolerances = ["no-tolerance", "amount", "share-of-range", "per-side"]
    if polarity == "inside":
        tolerances += ["share-of-target", "share-of-figure", "wider", "narrower"]
    for scheme in ("rag", "capped", "own", *(("floor",) if polarity == "inside" else ())):
        for tolerance in tolerances if scheme in RATED_BY_TOLERANCE else [""]:
            yield Plan("range", unit, polarity, scheme, tolerance)
