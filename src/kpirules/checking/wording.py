"""What the checker says of names, numbers, dates and statements: a small function each, to be read in one sitting."""

from difflib import get_close_matches

from kpirules.diagnostics import Diagnostic, Label, error, warning
from kpirules.periods import Calendar
from kpirules.source import Span


def did_you_mean(word: str, known: list[str]) -> str:
    """`did you mean rag?`, or the words that there are."""
    close = get_close_matches(word, known, n=1)
    if close:
        return f"did you mean `{close[0]}`?"
    match known:
        case []:
            return "there is none yet"
        case [only]:
            return f"there is only `{only}`"
        case _:
            return f"there are {_listed(known)}"


def _listed(words: list[str]) -> str:
    shown = [f"`{word}`" for word in words[:8]]
    if len(words) > 8:
        return ", ".join(shown) + " and more"
    return f"{', '.join(shown[:-1])} and {shown[-1]}"


# --- names ---


def unknown_name(span: Span, what: str, known: list[str]) -> Diagnostic:
    """A scheme, travel, calendar, scale, indicator or theme that nobody defines."""
    return error(
        f"unknown-{what}",
        span,
        f"there is no {what.removesuffix('-word')} called {span.text}",
        did_you_mean(span.text.strip('"'), known),
    )


def duplicate_name(span: Span, what: str, first: Span) -> Diagnostic:
    """The same name defined twice."""
    return error(
        f"duplicate-{what}",
        span,
        f"the {what} {span.text} is defined twice",
        "give one of the two another name, or remove it",
        (Label(first, "the first one"),),
    )


def taken_name(span: Span, what: str = "figure") -> Diagnostic:
    """A figure, an input or a band with a name that means something else."""
    return error(
        "taken-name", span, f"`{span.text}` already means something in a rule", f"give the {what} another name"
    )


def unknown_figure(span: Span, known: list[str], also: tuple[Label, ...] = ()) -> Diagnostic:
    """A figure used and not declared."""
    name = span.text
    if pending := _instead_of_a_target(name):
        help = pending
    elif known:
        help = f"declare it with `figure {name} …`; {did_you_mean(name, known)}"
    elif get_close_matches(name.lower(), ["target"], cutoff=0.7):
        help = f"did you mean `target`? If not, declare `figure {name} …` in the indicator"
    else:
        help = f"write a number here, or declare `figure {name} …` in the indicator"
    return error("unknown-figure", span, f"the figure {name} is used and not declared", help, also)


def _instead_of_a_target(words: str) -> str:
    """What to write where a report has words in place of a target."""
    match words.strip().casefold():
        case "tbc" | "tba" | "tbd" | "pending":
            return f'where there is no number yet, write `target pending "{words}"`'
        case "na" | "n/a" | "none":
            return 'where there is none, write `target not applicable` or `target none "why"`'
        case _:
            return ""


def figure_wanted(span: Span, name: str, reader: str, indicator: str, line: Span) -> Diagnostic:
    """A scheme or a travel reads a figure that the indicator does not declare."""
    return error(
        "unknown-figure",
        span,
        f"the {reader} reads the figure {name}, and {indicator} does not declare it",
        f'add `figure {name} …` to {indicator}; a scheme may also say `not rated "…" when no {name}`',
        (Label(line, "read here"),),
    )


def unused_figure(span: Span) -> Diagnostic:
    """A figure that nothing reads."""
    return warning(
        "unused-figure",
        span,
        f"nothing reads the figure {span.text}",
        "leave it out, or use it in a target, a tolerance, a scheme or a travel",
    )


def circular_figure(span: Span) -> Diagnostic:
    """A figure that is worked out from itself."""
    return error(
        "circular-figure",
        span,
        f"the figure {span.text} is worked out from itself",
        "let one of the figures be a number or observed",
    )


def circular_like(span: Span, indicator: str) -> Diagnostic:
    """`like` in a circle."""
    itself = span.text.strip('"') == indicator
    message = (
        f"{indicator} starts from itself" if itself else f"{indicator} starts from {span.text}, and so from itself"
    )
    return error("circular-like", span, message, "let one of the indicators stand on its own")


# --- numbers and periods ---


def bad_number(span: Span, why: str) -> Diagnostic:
    """A literal that is no number; `why` may end in what could be written."""
    message, _, help = why.partition(": ")
    return error("bad-number", span, message, help or "write it as in 80%, 2,528, £740k, 3m 30s, 0.5 points or 30 days")


def wrong_unit(span: Span, why: str) -> Diagnostic:
    """A literal of a unit other than the indicator's; `why` ends in what could be written."""
    message, _, help = why.partition(": ")
    return error("wrong-unit", span, message, f"{help}, or declare another unit")


def unknown_label(span: Span, scale: str, labels: list[str]) -> Diagnostic:
    """A label that the scale does not have."""
    return error("unknown-label", span, f"{span.text} is not on the scale {scale}", did_you_mean(span.text, labels))


def label_without_scale(span: Span) -> Diagnostic:
    """A label where a number belongs."""
    instead = "leave out the quotes" if any(sign.isdigit() for sign in span.text) else "write the number in digits"
    return error(
        "text-for-number",
        span,
        f"{span.text} is a text, and a number belongs here",
        _instead_of_a_target(span.text.strip('"')) or f"{instead}, or declare `unit scale …` with this label",
    )


def bad_period(span: Span, why: str, calendar: Calendar) -> Diagnostic:
    """A period that cannot exist in the calendar."""
    if calendar.starts_in_january and "/" in span.text:
        declared = "`calendar council { year starts 1 April }`"
        help = f"where years start in April, declare {declared} and say `calendar council` in `defaults for library`"
    else:
        year = "2023" if calendar.starts_in_january else "2023/24"
        help = f"write a period of the calendar {calendar.name}, such as {year} Q2"
    return error("bad-period", span, why, help)


def bad_day(span: Span, why: str) -> Diagnostic:
    """A day on which no year can start."""
    return error("bad-day", span, why, "write a day that every month has, such as `year starts 1 April`")


def month_or_year(span: Span, year: str) -> Diagnostic:
    """`2011-12`, read as a month."""
    return warning(
        "month-or-year",
        span,
        f"{span.text} is read as a month",
        f"write {year} if the year is meant",
    )


def bad_date(span: Span) -> Diagnostic:
    """A day that cannot exist."""
    return error("bad-date", span, f"there is no day {span.text}", "write it as year-month-day: 2023-07-31")


# --- statements ---


def missing_statement(span: Span, what: str, help: str) -> Diagnostic:
    """An indicator lacks what every indicator must say."""
    return error(f"missing-{what}", span, f"{span.text} has no {what}", help)


def duplicate_statement(span: Span, first: Span) -> Diagnostic:
    """The same statement twice in a block, neither dated."""
    return error(
        "duplicate-statement",
        span,
        f"`{span.text.split()[0]}` is said twice",
        "keep one, or date them: `… until 2023/24 Q2` and `… from 2023/24 Q3`",
        (Label(first, "first said here"),),
    )


def overlapping_dates(span: Span, first: Span, day: str) -> Diagnostic:
    """Two dated statements in force at once."""
    return error(
        "overlapping-dates",
        span,
        f"this and an earlier line are both in force on {day}",
        "let one end before the other begins; both ends of `from … until …` are included",
        (Label(first, "the other one"),),
    )


def date_hole(span: Span, first_day: str, last_day: str, before: Span) -> Diagnostic:
    """Nothing in force between two dated statements."""
    return error(
        "date-hole",
        span,
        f"nothing is in force from {first_day} to {last_day}",
        "let one line begin where the other ends",
        (Label(before, "the line before the hole"),),
    )


def backward_dates(span: Span) -> Diagnostic:
    """`until` before `from`."""
    return error("backward-dates", span, "this ends before it begins", "exchange the two periods")


def undatable(span: Span) -> Diagnostic:
    """A date on a statement that holds for ever."""
    word = span.text.split()[0]
    return error("undatable", span, f"`{word}` cannot have dates", "leave out `from` and `until`: it always holds")


def unknown_library(span: Span) -> Diagnostic:
    """A library to build on that is not there."""
    return error(
        "unknown-library",
        span,
        f"there is no folder or file {span.text}",
        "write the path from the folder of this file, with `/` between its parts",
    )


def unknown_language(span: Span, known: int) -> Diagnostic:
    """A version of the language that is not this one."""
    return error(
        "unknown-language",
        span,
        f"this is written in version {span.text} of the language",
        f"this kpirules reads version {known}: get a newer one, or write `language {known}`",
    )


def misplaced(span: Span, where: str, belongs: str) -> Diagnostic:
    """A statement where it means nothing."""
    word = span.text.split()[0]
    return error("misplaced", span, f"`{word}` means nothing in {where}", f"it belongs in {belongs}")


def too_deep(span: Span, what: str, most: int) -> Diagnostic:
    """More steps than anybody can follow."""
    return error("too-deep", span, f"{what} goes more than {most} steps deep", "make it shorter")
