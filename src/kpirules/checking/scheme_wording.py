"""What the checker says of what schemes are made of and asked: components, conditions, travels and laws."""

from kpirules.checking.wording import did_you_mean
from kpirules.diagnostics import Diagnostic, Label, error, warning
from kpirules.source import Span

# --- components ---


def missing_overall(span: Span) -> Diagnostic:
    """Components without a rule for the row."""
    return error(
        "missing-overall",
        span,
        f"{span.text} has components and does not say how the row is rated",
        "add `overall worst component`, `overall own value` or `overall none`",
    )


def overall_without_components(span: Span) -> Diagnostic:
    """A rule for the row without components."""
    return error(
        "no-components",
        span,
        "there are no components to rate the row by",
        "leave this out, or declare a `component NAME { … }`",
    )


def condition_without_components(span: Span) -> Diagnostic:
    """A scheme that reads components, for what has none."""
    return error(
        "no-components",
        span,
        "this line reads components, and there are none",
        "declare a `component NAME { … }`, or use a scheme that reads the value",
    )


def component_without_band(span: Span, component: str, *, ranked: bool) -> Diagnostic:
    """Components are compared with a band that one of them does not have, or has in no order."""
    why = f"does not have the band {span.text}" if ranked else "is rated by an unranked scheme"
    return error(
        "band-not-shared",
        span,
        f"the component {component} {why}, so it is neither better nor worse than that",
        f"let the components be rated by one ranked scheme, or ask for the band itself: `any component {span.text}`",
    )


def too_many_ways(span: Span, components: int, ways: int, most: int) -> Diagnostic:
    """A count of components with more combinations than can be looked at."""
    return error(
        "too-many-ways",
        span,
        f"of {components} components these can be chosen in {ways:,} ways, and no more than {most} can be proved",
        "ask for `any component` or `all components`, or count fewer of them",
    )


def overall_against_scheme(span: Span, scheme: str, kind: str) -> Diagnostic:
    """An `overall` beside a scheme that reads the components."""
    return error(
        "overall-against-scheme",
        span,
        f"the scheme {scheme} rates the row by its components already, and `{kind}` says how as well",
        "leave out this statement, or use a scheme that does not read components",
    )


def foreign_band(span: Span, band: str, row: Span, scheme: str) -> Diagnostic:
    """A component that can be rated a band which the row does not have."""
    return error(
        "foreign-band",
        span,
        f"{span.text} can be rated {band}, which the row's scheme {scheme} does not have",
        "let the component and the row be rated by the same scheme, or write `overall none`",
        (Label(row, "the row"),),
    )


# --- schemes ---


def after_otherwise(span: Span) -> Diagnostic:
    """A line after `otherwise`."""
    return error("after-otherwise", span, "nothing reaches this line: `otherwise` has decided", "put it before")


def no_otherwise(span: Span) -> Diagnostic:
    """A scheme that does not end in `otherwise`."""
    return error(
        "no-otherwise", span, f"the scheme {span.text} does not end in `otherwise`", "let its last line say `otherwise`"
    )


def travel_not_comparable(span: Span, travel: str) -> Diagnostic:
    """A scheme reads travel and does not say what *not comparable* gives."""
    return error(
        "not-comparable-unsaid",
        span,
        f"this line reads the travel {travel}, and no line says what holds when it is not comparable",
        f'add a line such as `not rated "No comparison" when {travel} not comparable`',
    )


def unknown_band(span: Span, known: list[str]) -> Diagnostic:
    """A band that the scheme does not have."""
    return error("unknown-band", span, f"there is no band {span.text}", did_you_mean(span.text, known))


def unknown_reason(span: Span, known: list[str]) -> Diagnostic:
    """A test expects a reason that there is not."""
    return error("unknown-reason", span, f"there is no reason called {span.text}", did_you_mean(span.text, known))


# --- laws ---


def law_for_nobody(span: Span) -> Diagnostic:
    """A law for a theme or a scheme that no indicator has."""
    return warning(
        "law-for-nobody",
        span,
        f"this law speaks of nobody: there are no indicators for {span.text}",
        "name a theme, a scheme or indicators that there are, or leave the law out",
    )


def law_beside_components(span: Span, indicator: str) -> Diagnostic:
    """A law about the value of a row that has none, for its components rate it."""
    return error(
        "law-beside-components",
        span,
        f"{indicator} is rated by its components, so nothing can be said of its value",
        "speak of the components: `when any component red then not green`",
    )


def law_without_rank(span: Span, scheme: str) -> Diagnostic:
    """A law that compares bands of which none is better."""
    return error(
        "law-without-rank",
        span,
        f"the bands of `scheme {scheme}` have no better and no worse: it is `unranked`",
        "name the bands that may be or may not be: `then green`, `then not red`",
    )


def travel_not_here(span: Span, indicator: str, known: list[str]) -> Diagnostic:
    """A law about a travel that an indicator does not have."""
    there = ", ".join(known) or "none"
    return error(
        "travel-not-here",
        span,
        f"{indicator} has no travel {span.text}; it has {there}",
        f"add {span.text} to its `travel` statement, or leave it out of the law",
    )


def by_band_with_zone(span: Span) -> Diagnostic:
    """A dead zone in a travel that compares ratings."""
    return error(
        "by-band",
        span,
        "a change of rating has no size, so no part of it can count as unchanged",
        "leave this line out, or `by band`",
    )


def by_band_against(span: Span, by_band: Span) -> Diagnostic:
    """A travel by band against what has no rating."""
    return error(
        "by-band",
        span,
        "a change of rating is one against an earlier period, and this has no rating",
        "write `against previous quarter`, `against same quarter last year` or `against baseline 2019/20`",
        (Label(by_band, "here ratings are compared"),),
    )


def by_band_in_condition(span: Span) -> Diagnostic:
    """A condition on a travel by band."""
    return error(
        "by-band",
        span,
        f"the travel {span.text} compares ratings, and so no rating can depend on it",
        "let the condition ask for a travel that compares values",
    )


def by_band_unranked(span: Span, travel: str, scheme: str) -> Diagnostic:
    """A travel by band where no band is better."""
    return error(
        "by-band",
        span,
        f"the travel {travel} compares ratings, and in the scheme {scheme} no rating is better than another",
        "take this travel out, or rate by a scheme that is not `unranked`",
    )
