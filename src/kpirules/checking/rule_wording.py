"""What the checker says of rules: targets, tolerances, formulas, and the proofs of all of them."""

from kpirules.checking.wording import did_you_mean
from kpirules.diagnostics import Diagnostic, Label, error, warning
from kpirules.source import Span

# --- targets and tolerances ---


def ambiguous_percent(span: Span, share: str, points: str) -> Diagnostic:
    """A bare percentage as a tolerance."""
    return error(
        "ambiguous-percent",
        span,
        f"a tolerance of {span.text} can mean two things",
        f"write `{span.text} of target` ({share}) or `{span.text.rstrip('% ')} points` ({points})",
    )


def share_of_zero(span: Span, target: Span) -> Diagnostic:
    """A percentage of a target of zero."""
    return error(
        "share-of-zero",
        span,
        f"{span.text} of a target of zero is nothing",
        "write points (`0.5 points`), an amount in the unit, a share of a declared figure "
        "(`0.5% of budget`), or `tolerance none`",
        (Label(target, "the target is zero"),),
    )


def negative_amount(span: Span, what: str) -> Diagnostic:
    """A tolerance or a dead zone of less than nothing."""
    return error("negative-amount", span, f"a {what} of {span.text} is less than nothing", "leave out the sign")


def tolerance_on_wrong_side(span: Span, target: Span, polarity: str) -> Diagnostic:
    """A far edge that is better than the target."""
    return error(
        "tolerance-on-wrong-side",
        span,
        f"this edge is better than the target, and {polarity}",
        "a tolerance ends on the worse side of the target; if the edge is right, the polarity or the target is not",
        (Label(target, "the target"),),
    )


def uncovered_near_edge(span: Span, target: Span, hole: str, mended: str) -> Diagnostic:
    """A printed range that does not begin at the target."""
    return warning(
        "near-edge",
        span,
        f"the printed range does not begin at the target: {hole} is in neither, and is taken as within tolerance",
        f"write `{mended}`, which says so",
        (Label(target, "the target"),),
    )


def range_against_polarity(span: Span, polarity: str) -> Diagnostic:
    """A target range with a one-sided polarity, or a plain target with a polarity of ranges."""
    return error(
        "target-against-polarity",
        span,
        f"this target does not go with `polarity {polarity}`",
        "a target range goes with `inside is better` or `outside is better`, and they with nothing else",
    )


def strict_about_zero(span: Span, number: str) -> Diagnostic:
    """`below 10` where closer to zero is better."""
    return error(
        "target-against-polarity",
        span,
        "this target does not go with `polarity closer to zero is better`",
        f"write `target {number}`: values as far from zero on the other side are as good",
    )


def strict_against_polarity(span: Span, polarity: str, word: str) -> Diagnostic:
    """`above 80%` where lower is better."""
    return error(
        "target-against-polarity",
        span,
        f"{span.text} asks for the worse side, since {polarity}",
        f"write `target {word}`, or declare the other polarity",
    )


def profile_length(span: Span, given: int, wanted: int, part: str) -> Diagnostic:
    """A profile with too few or too many numbers."""
    return error(
        "profile-length",
        span,
        f"a year has {wanted} of these, and there are {given} numbers",
        f"write one number for each {part} of the year",
    )


def crooked_line(span: Span, start: Span, months: int, most_years: int) -> Diagnostic:
    """A straight line that does not lead forwards in time, or leads too far."""
    message = (
        f"this straight line is {months // 12} years long, and {most_years} is the most"
        if months > 0
        else f"this straight line does not lead forwards: {span.text} does not end after {start.text}"
    )
    help = "write a nearer period" if months > 0 else "write the earlier period first, each with its number"
    return error("crooked-line", span, message, help, (Label(start, "the line begins here"),))


def uneven_step(span: Span, months: int) -> Diagnostic:
    """An earlier point in time at which no period of the indicator ends."""
    return error(
        "uneven-step",
        span,
        f"the periods of this indicator are {months} months long, and none ends {span.text}",
        f"write a number of months that {months} divides, or `previous period`",
    )


def no_distance(span: Span, what: str, against: Span) -> Diagnostic:
    """A travel that asks for one earlier period where there is none, or several."""
    return error(
        "no-earlier-period",
        span,
        f"`{span.text}` needs {what} to compare with, and {against.text} is none",
        "compare with a period, such as `previous quarter` or `2 years earlier`, or leave this line out",
        (Label(against, "compared with this"),),
    )


def uneven_year(span: Span, months: str) -> Diagnostic:
    """A frequency that does not cut a year into equal parts."""
    return error(
        "uneven-year",
        span,
        f"a year cannot be cut into periods of {months}",
        "write `every 1`, `2`, `3`, `4`, `6` or `12 months`: a period belongs to one year",
    )


def other_year(span: Span, calendar: str) -> Diagnostic:
    """A running total over another year than that of the indicator's periods."""
    return error(
        "other-year",
        span,
        f"{span.text} is not the year of this indicator's periods, which is {calendar}",
        f"write `accumulates over {calendar} year`, or give the indicator `calendar {span.text}`",
    )


def backward_range(span: Span) -> Diagnostic:
    """A range whose first end is above its second."""
    return error("backward-range", span, f"{span.text} begins above its end", "write the lower end first")


def range_tolerance(span: Span) -> Diagnostic:
    """A tolerance that needs a range where there is none."""
    return error(
        "no-range",
        span,
        f"`{span.text}` needs a target range, and the target is a single number",
        "write `10% of target`, or one amount",
    )


def not_comparable_here(span: Span, indicator: str, why: str) -> Diagnostic:
    """A comparison that has no meaning with this polarity or target."""
    return error(
        "no-better", span, f"{indicator} cannot be compared like this: {why}", "compare by size: `at least`, `below`, …"
    )


def not_linear(span: Span) -> Diagnostic:
    """A product or quotient of two things read from data."""
    return error(
        "not-linear",
        span,
        f"{span.text} multiplies or divides what is read from the data",
        "multiply and divide by plain numbers here; a `value` formula may divide",
    )


# --- formulas ---


def unknown_input(span: Span, known: list[str]) -> Diagnostic:
    """A formula reads an input that is not declared."""
    return error(
        "unknown-input",
        span,
        f"the input {span.text} is used and not declared",
        f"declare it with `inputs {span.text} …`; {did_you_mean(span.text, known)}",
    )


def formula_units(span: Span, why: str) -> Diagnostic:
    """A formula whose units do not come out as the indicator's."""
    return error("formula-units", span, why, "what is added must have one unit, and the result the indicator's")


# --- proofs ---


def gap(span: Span, witness: str, also: tuple[Label, ...], *, labels: bool) -> Diagnostic:
    """A case that no band covers."""
    help = "give it to a band" if labels else "move an edge"
    return error("gap", span, f"no band covers {witness}", f"{help}, or end with `… otherwise`", also)


def overlap(span: Span, witness: str, also: tuple[Label, ...], *, labels: bool) -> Diagnostic:
    """A case that two bands cover."""
    help = "let one band own the edge: `70% to below 80%` leaves 80% to the next"
    return error("overlap", span, f"two bands cover {witness}", "give each label to one band" if labels else help, also)


def unreachable(span: Span, band: str, also: tuple[Label, ...], why: str = "") -> Diagnostic:
    """A band that no number reaches."""
    return error(
        "unreachable-band",
        span,
        f"{why}nothing can be rated {band} here",
        "correct the target, the tolerance or the scheme",
        also,
    )


def off_steps(span: Span, band: str, witness: str, also: tuple[Label, ...]) -> Diagnostic:
    """A band that only values between the steps reach."""
    return warning(
        "steps-miss-band",
        span,
        f"only values between the steps are rated {band}, such as {witness}",
        "move an edge by a step, widen the tolerance to one, or write `tolerance none`",
        also,
    )


def not_proved(span: Span) -> Diagnostic:
    """A rule with more combinations than a proof looks at."""
    return warning(
        "not-proved",
        span,
        f"the rules of {span.text} have too many combinations to prove that they are sound",
        "use fewer travels and figures in one scheme, or test the rule with a `test` block",
    )


def not_monotone(span: Span, what: str, better: str, worse: str, also: tuple[Label, ...], *, bands: bool) -> Diagnostic:
    """A better value, or a better component of a row, that is rated worse."""
    help = "correct the order of the lines or their conditions, or declare the scheme `unranked`"
    if what == "component":
        help = "write the best band first, as in `green when all components green`, or declare the scheme `unranked`"
    return error(
        "not-monotone",
        span,
        f"a better {what} is rated worse: {worse}, but {better}",
        "write the best band first, or correct the polarity" if bands else help,
        also,
    )


def ranked_elsewhere(
    span: Span, above: str, below: str, better: str, worse: str, first: tuple[Span, Span], also: tuple[Label, ...]
) -> Diagnostic:
    """The same, where it is another line that makes the band of the worse value count as the better one."""
    lines = [" ".join(line.text.split()) for line in first]
    return error(
        "not-monotone",
        span,
        f"a better value is rated worse: {worse}, but {better}",
        f"the band that stands first counts as the best: write `{lines[0]}` below `{lines[1]}`",
        (*also, Label(first[0], f"this makes {above} a better band than {below}")),
    )


# --- silences ---


def bad_silence(span: Span, known: list[str]) -> Diagnostic:
    """A silence of something that is no warning."""
    return error(
        "bad-silence",
        span,
        f"{span.text} is no warning that can be silenced",
        f"{did_you_mean(span.text, known)}; an error has to be mended",
    )


def silence_without_reason(span: Span) -> Diagnostic:
    """A silence that does not say why."""
    return error(
        "bad-silence",
        span,
        f"this silences {span.text} and does not say why",
        f"say why, behind a colon: `# allow {span.text}: the report prints it like this`",
    )


def unused_silence(span: Span) -> Diagnostic:
    """A silence where there is nothing to silence."""
    return warning(
        "unused-silence",
        span,
        f"there is no {span.text} here to be silenced",
        "take the comment out, or put it on the line of the warning or right above it",
    )
