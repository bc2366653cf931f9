"""The words of all syntax diagnostics, a small function each."""

from collections.abc import Sequence

from kpirules.diagnostics import Diagnostic, Label, error
from kpirules.source import Span

most_shown = 5


def quoted(text: str) -> str:
    """The user's own words as a message shows them: at most forty characters of one line."""
    text = " ".join(text.split())
    return f"`{text if len(text) <= 40 else text[:39] + '…'}`"


def one_of(wanted: Sequence[str]) -> str:
    """`a`, `a or b`, `a, b or c`; of more than five the first five and how many more there are."""
    shown, more = wanted[:most_shown], len(wanted) - most_shown
    if more > 0:
        return f"{', '.join(shown)} or {more} other{'s' if more > 1 else ''}"
    return " or ".join(filter(None, [", ".join(shown[:-1]), shown[-1]]))


def unexpected(span: Span, found: str, wanted: Sequence[str]) -> Diagnostic:
    """What stands here is a part of the language, but not in this place."""
    message = f"{found} cannot stand here"
    return error("unexpected", span, message, f"here may stand {one_of(wanted)}" if wanted else "take it out")


def on_a_line_of_its_own(span: Span) -> Diagnostic:
    """A second statement on a line."""
    message = f"{quoted(span.text)} cannot stand here"
    return error("unexpected", span, message, f"each statement has its own line: begin a new one before `{span.text}`")


def unfinished(last: Span, wanted: Sequence[str]) -> Diagnostic:
    """A line or an item ends too early; the place is just behind the last thing that was said."""
    span = last.source.span(last.end, last.end)
    message = f"something is missing after {quoted(last.text)}"
    return error("unexpected", span, message, f"here may stand {one_of(wanted)}")


def odd_character(span: Span, name: str, wanted: Sequence[str]) -> Diagnostic:
    """A character that is no part of the language outside quotes."""
    help = "outside quotes, names use the letters a to z, digits, `-` and `_`; put other words in quotes"
    if not span.text.isprintable() or span.text.isspace():
        help = "it does not show, or looks like a blank; type it again as an ordinary blank"
    elif wanted:
        help = f"{help}; here may stand {one_of(wanted)}"
    return error("unexpected", span, f"the character {name} cannot stand here", help)


def not_in_a_theme(span: Span) -> Diagnostic:
    """An item that belongs beside themes and not into them."""
    message = f"{quoted(span.text)} cannot stand inside a theme"
    help = "a theme holds indicators, defaults, tests and laws; move this out of its braces"
    return error("unexpected", span, message, help)


def unknown_word(span: Span, meant: str | None, wanted: Sequence[str]) -> Diagnostic:
    """A word that the language does not know, in a place where only its own words can stand."""
    help = f"did you mean `{meant}`?" if meant else f"here may stand {one_of(wanted)}" if wanted else "take it out"
    return error("unknown-word", span, f"{quoted(span.text)} is not a word that can stand here", help)


def reserved_word(span: Span) -> Diagnostic:
    """A word that is kept for a later version of the language."""
    message = f"{quoted(span.text)} is kept for a later version of the language"
    return error("reserved-word", span, message, "choose another word, or put it in quotes where a name may be quoted")


def no_equals_sign(span: Span, corrected: str) -> Diagnostic:
    """`=` or `:` between a property and what it says."""
    message = f"{quoted(span.text)} does not stand between a property and what it says"
    return error("no-equals-sign", span, message, f"write `{corrected}`")


def smart_quote(span: Span) -> Diagnostic:
    """A quotation mark as word processors set it."""
    message = f"{span.text} is not the plain quotation mark"
    return error("smart-quote", span, message, 'put texts between two plain marks: "…"')


def comparison_sign(span: Span) -> Diagnostic:
    """`<80%`, as printed reports write it."""
    message = f"{quoted(span.text)} cannot stand before a number; it is said in words"
    if "=" in span.text or span.text in "≤≥":
        help = "in a target write the number alone, which meets it; in bands `80% and above`, in schemes `at least 80%`"
        if "<" in span.text or span.text == "≤":
            help = help.replace("above", "below").replace("at least", "at most")
        return error("unexpected", span, message, help)
    word = "below" if span.text == "<" else "above"
    return error("unexpected", span, message, f"write `{word}` and the number: `{word} 80%`")


def range_in_words(span: Span, *, in_bands: bool) -> Diagnostic:
    """`amber from 75% to 80%`, `value less than 75%`: words that people use for ranges and comparisons."""
    ranges, comparisons = (
        "`80% and above`, `75% to below 80%` or `below 75%`",
        "`at least 80%`, `above 80%` or `below 75%`",
    )
    help = f"write a range as {ranges}" if in_bands else f"write a comparison as {comparisons}"
    return error("unexpected", span, f"{quoted(span.text)} cannot stand here", help)


def share_without_sign(span: Span) -> Diagnostic:
    """`5 of target`."""
    return error("unexpected", span, f"{span.text} is no share without its `%`", f"write `{span.text}% of …`")


def share_in_words(span: Span) -> Diagnostic:
    """`5 percent of target`."""
    number = span.text.split()[0]
    return error("unexpected", span, f"{quoted(span.text)} is no share", f"write the sign: `{number}% of …`")


def number_in_words(span: Span, name: Span) -> Diagnostic:
    """`eighty percent`, `about £50k`."""
    message = f"{quoted(span.text)} cannot stand behind {quoted(name.text)}"
    help = (
        f"{quoted(name.text)} is read as the name of a figure; a number is written in digits and alone, such as `80%`"
    )
    return error("unexpected", span, message, help)


def dash(span: Span) -> Diagnostic:
    """A dash as word processors set it, between two numbers."""
    return error("unexpected", span, "a dash cannot stand between numbers", "write `to` for a range: `25 to 27`")


def no_unit(span: Span) -> Diagnostic:
    """What stands behind `unit` and is none, such as `weeks` or `£`."""
    known = {"%": "percent", "£": "money GBP", "$": "money USD", "€": "money EUR", "number": "count"}
    known |= {"minutes": "duration", "seconds": "duration", "hours": "duration", "date": "milestone"}
    ours = "`percent`, `points`, `count`, `money GBP`, `duration`, `days`, `rate per …`, `score out of …`, `scale …`"
    help = f'write {ours} or `milestone`; a unit of your own stands in quotes: `unit "{span.text}"`'
    if span.text in known:
        help = f"write `unit {known[span.text]}`"
    return error("unexpected", span, f"{quoted(span.text)} is no unit", help)


def lone_percent_sign(span: Span) -> Diagnostic:
    """`80% %` or `% 80`."""
    help = "a percentage is a number with one sign right behind it, such as `80%`"
    return error("unexpected", span, "this `%` belongs to no number", help)


def unclosed_quote(span: Span) -> Diagnostic:
    """A text whose closing mark is missing on its line."""
    help = 'end it with `"`; a text stays on one line'
    return error("unclosed-quote", span, "this text is not closed on its line", help)


def bad_escape(span: Span) -> Diagnostic:
    """A backslash before something else than a quotation mark or a backslash."""
    message = f"{quoted(span.text)} means nothing inside a text"
    return error("bad-escape", span, message, r"write `\"` for a quotation mark and `\\` for a backslash")


def bad_number(span: Span, help: str) -> Diagnostic:
    """Something that begins as a number and is none."""
    return error("bad-number", span, f"{quoted(span.text)} is not a number", help)


def unclosed_brace(span: Span, openings: Sequence[Span]) -> Diagnostic:
    """An item begins, or the text ends, before a block is closed."""
    what = f"{quoted(span.text)} begins" if span.text else "the text ends"
    label = "this brace is still open"
    also = tuple(Label(opening, label) for opening in openings)
    place = "before it" if span.text else "at the end"
    braces = "`}`" if len(also) == 1 else f"{len(also)} `}}`"
    return error("unclosed-brace", span, f"{what} while a block is still open", f"put {braces} {place}", also)


def stray_brace(span: Span) -> Diagnostic:
    """A closing brace that closes nothing."""
    return error("stray-brace", span, "this `}` closes nothing", "take it out, or look for a `}` too many above it")


def too_deep(span: Span, most: int) -> Diagnostic:
    """Brackets in brackets, beyond all reason."""
    return error("too-deep", span, f"more than {most} brackets are open here", "say it in smaller steps")


def too_long(span: Span, most: int) -> Diagnostic:
    """A text that is no definition file."""
    message = f"this text has more than {most:,} characters"
    return error("too-long", span, message, "split it into several files of one folder")


def too_many_faults(span: Span, most: int) -> Diagnostic:
    """Reading stops here, because more diagnostics would not help."""
    return error("too-many-faults", span, f"more than {most} faults: the rest was not read", "mend those above first")
