"""The words of all diagnostics about tables of observations, a small function each."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from kpirules.diagnostics import Diagnostic, Label, error, warning
from kpirules.periods import Period
from kpirules.source import Span
from kpirules.units import Unit, unit_words

most_shown = 5


def quoted(text: str) -> str:
    """The user's own words as a message shows them: at most forty characters of one line."""
    text = " ".join(text.split())
    return f"`{text if len(text) <= 40 else text[:39] + '…'}`"


def listed(names: Sequence[str]) -> str:
    """The names, or the first five and how many more there are."""
    shown = ", ".join(quoted(name) for name in names[:most_shown])
    more = len(names) - most_shown
    return shown if more <= 0 else f"{shown} and {more} more"


def nearest(word: str, meanings: Mapping[str, str]) -> str | None:
    """What was probably meant: the meaning of the most similar of the known words, whatever the capitals."""
    folded = {known.casefold(): meaning for known, meaning in meanings.items()}
    close = get_close_matches(word[:100].casefold(), folded, n=1)
    return folded[close[0]] if close else None


# ---- cells and columns


def unclosed_quote(span: Span) -> Diagnostic:
    """A cell whose quotes never close, or only with those of a later row."""
    message = f"the quote of {quoted(span.text)} is not closed"
    return error("unclosed-quote", span, message, 'end the cell with `"`; a quote inside is doubled: `""`')


def text_behind_quote(span: Span) -> Diagnostic:
    """`"2,528" p`: the cell goes on behind its closing quote."""
    message = f"the cell {quoted(span.text)} goes on behind its closing quote"
    return error("text-behind-quote", span, message, 'put the whole cell in quotes; a quote inside is doubled: `""`')


def no_header(span: Span, columns: Sequence[str]) -> Diagnostic:
    """A table without a single row."""
    return error("missing-column", span, "the table is empty", f"begin it with the header `{','.join(columns)}`")


def missing_column(span: Span, column: str, columns: Sequence[str]) -> Diagnostic:
    """A header that lacks a column without which no row says anything."""
    help = f"the header names the columns, such as `{','.join(columns)}`"
    return error("missing-column", span, f"the table has no column {quoted(column)}", help)


def misnamed_column(span: Span, column: str) -> Diagnostic:
    """A column that is needed stands there under a similar name."""
    message = f"the table has no column {quoted(column)}, and {quoted(span.text)} is not a known one"
    return error("missing-column", span, message, f"did you mean `{column}`?")


def unknown_column(span: Span, meant: str | None, columns: Sequence[str]) -> Diagnostic:
    """A column that nothing reads."""
    message = f"the column {quoted(span.text)} is not read" if span.text else "a column without a name is not read"
    help = f"did you mean `{meant}`?" if meant else f"the columns are {', '.join(columns)}"
    return warning("unknown-column", span, message, help)


def bad_silence(span: Span, known: Sequence[str]) -> Diagnostic:
    """A silence of something that is no warning about tables."""
    help = f"of tables these can be: {', '.join(known)}; an error has to be mended"
    return error("bad-silence", span, f"{span.text} is no warning that can be silenced here", help)


def silence_without_reason(span: Span) -> Diagnostic:
    """A silence that does not say why."""
    help = f"say why, behind a colon: `# allow {span.text}: the report prints it like this`"
    return error("bad-silence", span, f"this silences {span.text} and does not say why", help)


def unused_silence(span: Span) -> Diagnostic:
    """A silence where there is nothing to silence."""
    message = f"there is no {span.text} here to be silenced"
    return warning("unused-silence", span, message, "take the line out")


def untold_period(span: Span) -> Diagnostic:
    """`this quarter` in a table that does not say which."""
    return error(
        "untold-period",
        span,
        f"{quoted(span.text)} is seen from the period of the report, and nothing says which that is",
        "call the file after it (`2023-24-q2.csv`), add a column `period`, or say `--period`",
    )


def bad_json(span: Span, why: str) -> Diagnostic:
    """A list of rows that cannot be read as one."""
    help = 'write `[{"indicator": "B3d", "period": "2023/24 Q2", "value": "79%"}, …]`'
    return error("bad-json", span, why, help)


def duplicate_column(span: Span, first: Span, column: str) -> Diagnostic:
    """Two columns of one name."""
    label = Label(first, "the first one")
    return error("duplicate-column", span, f"there are two columns {quoted(column)}", "take one of them out", (label,))


def too_many_cells(span: Span, count: int, width: int, separator: str) -> Diagnostic:
    """A row with something beyond its last column: mostly a comma inside a cell without quotes."""
    name = {",": "comma", ";": "semicolon", "\t": "tab"}.get(separator, "separator")
    message = f"this row has {count} cells where the header has {width}, and {quoted(span.text)} is beyond the last"
    return error("too-many-cells", span, message, f'put a cell that holds a {name} in quotes: `"…{separator}…"`')


def too_few_cells(span: Span, missing: Sequence[str]) -> Diagnostic:
    """A row that ends before a column that it needs."""
    message = f"this row ends before its {' and '.join(missing)}"
    return error("too-few-cells", span, message, "add the missing cells; a cell may be empty")


# ---- what rows say


def unknown_indicator(span: Span, name: str, meant: str | None, known: Sequence[str]) -> Diagnostic:
    """A reference that the library does not have."""
    message = f"there is no indicator {quoted(name)}" if name else "this row names no indicator"
    if meant:
        help = f"did you mean `{meant}`?"
    else:
        help = f"the library has {listed(known)}" if known else "the library has no indicators at all"
    return error("unknown-indicator", span, message, help)


def unknown_component(span: Span, name: str, reference: str, meant: str | None, known: Sequence[str]) -> Diagnostic:
    """A name that is no component, input or observed figure of the indicator."""
    message = f"{quoted(name)} is no component, input or observed figure of {quoted(reference)}"
    if meant:
        help = f"did you mean `{meant}`?"
    else:
        help = f"it has {listed(known)}" if known else "leave the cell empty: it has none"
    return error("unknown-component", span, message, help)


def not_observed(span: Span, name: str, reference: str, period: Period) -> Diagnostic:
    """An input or figure that is declared, but not as observed in this period."""
    message = f"{quoted(name)} of {quoted(reference)} is not observed in {period}"
    help = "its definition gives it a number, or declares it for other periods; change that, or take the row out"
    return error("unknown-component", span, message, help)


def bad_period(span: Span, reason: str, reference: str, shown: str) -> Diagnostic:
    """Something that is no period of the indicator's calendar; `shown` is one that is."""
    return error("bad-period", span, reason, f"write a period of {quoted(reference)}, such as `{shown}`")


def unreadable_value(span: Span, reason: str, what: str, unit: Unit) -> Diagnostic:
    """A value that cannot be read."""
    return error("unreadable-value", span, reason, f"write the value of {what} in its unit, {unit_words(unit)}")


def duplicate_observation(span: Span, first: Span, what: str, period: Period) -> Diagnostic:
    """Two values for one thing in one period."""
    message = f"there is another value of {what} for {period}"
    help = "take one of them out, or mark the one that holds with `(revised)`"
    return error("duplicate-observation", span, message, help, (Label(first, "the first one, which is kept"),))


def value_beside_components(span: Span, reference: str, components: Sequence[str], *, own_scheme: bool) -> Diagnostic:
    """A value of a row whose components decide."""
    message = f"no rating rests on the value of {quoted(reference)} itself, only on those of its components"
    help = f"name the component that it is of: {listed(components)}"
    if not own_scheme:
        help += "; or say `overall own value` in the definition, for a row that is rated by its own value"
    return warning("value-beside-components", span, message, help)
