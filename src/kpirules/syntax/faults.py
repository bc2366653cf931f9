"""From the place where an attempt stopped to a diagnostic in the user's own words."""

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from itertools import pairwise

from kpirules.diagnostics import Diagnostic
from kpirules.source import Source, Span
from kpirules.syntax import wording
from kpirules.syntax.lalr import Fault
from kpirules.syntax.tables import fixed_words

reserved = frozenset({"override", "history"})

# What people call the terminals that are not always written the same; those without a name are never mentioned.
_friendly = {
    "NUMBER": "a number",
    "PERCENTAGE": "a percentage",
    "MONEY_AMOUNT": "an amount of money",
    "TIME_AMOUNT": "a duration",
    "NAME": "a name",
    "STRING": "a text in quotes",
    "PERIOD": "a period such as `2023/24 Q2`",
    "DATE": "a date",
    "COMMA": "a comma and a blank",
    "MINUS_SIGN": "`-` and a blank",
    "_NL": "the end of the line",
    "$END": "the end of the item",
}
_other_amounts = frozenset({"PERCENTAGE", "MONEY_AMOUNT", "TIME_AMOUNT"})
_openers = frozenset({"_NL", "LBRACE"})

_word = re.compile(r"[A-Za-z]+(?:[_-]?[A-Za-z0-9]+)*")
_chunk = re.compile(r'[^\s"#{}()]+')
_sign = re.compile(r"[=:]+")
_smart = re.compile("[“”„‟«»‘’‚‹›'`]")  # noqa: RUF001  these marks are what it looks for
_comparison = re.compile("<=|>=|=<|=>|[<>≤≥]")
_range_word = re.compile(r"(?:at (?:least|most)|up to|from|between|less|more|over|under|higher|lower|than)\b")
_two_numbers = re.compile(r"([£$€]?[0-9][0-9.,]*[%A-Za-z]*)[-–−/]([£$€]?[0-9][0-9.,]*[%A-Za-z]*)")


def diagnose(source: Source, fault: Fault) -> Diagnostic:
    """The diagnostic for a fault; its span lies in the source and begins on the faulty line."""
    text, at = source.text, fault.at
    if fault.type in ("$END", "_NL"):
        return _misspelt(source, fault) or _early_end(source, fault)
    if mark := _smart.match(text, at):
        return wording.smart_quote(_span(source, mark))
    if (sign := _comparison.match(text, at)) and "NUMBER" in fault.wanted:
        return wording.comparison_sign(_span(source, sign))
    if (word := _range_word.match(text, at)) and {"ABOVE", "BELOW"} <= set(fault.wanted):
        return wording.range_in_words(_span(source, word), in_bands="AT" not in fault.wanted)
    if share := _share_without_sign(source, fault):
        return wording.share_without_sign(share)
    if share := _share_in_words(source, fault):
        return wording.share_in_words(share)
    if name := _number_in_words(source, fault):
        return wording.number_in_words(_token_span(source, fault), name)
    if (sign := _sign.match(text, at)) and fault.before and _word.search(text, fault.before[-1][0].span.start, at):
        return wording.no_equals_sign(_span(source, sign), _without(source, sign))
    if number := _number_chunk(source, at, fault.type):
        return number
    if fault.before and fault.before[-1][0].type == "UNIT" and not _misspelt(source, fault):
        return wording.no_unit(_token_span(source, fault))
    if word := _word.match(text, at):
        return _misspelt(source, fault) or _wrong_word(fault, _span(source, word))
    wanted = _friends(fault.wanted)
    if text[at] in "–—−" and fault.before and fault.before[-1][0].type in (*_other_amounts, "NUMBER"):
        return wording.dash(source.span(at, at + 1))
    if text.startswith("%", at):
        return wording.lone_percent_sign(source.span(at, at + 1))
    if fault.type is None:
        return wording.odd_character(source.span(at, at + 1), _named(text[at]), wanted)
    found = _token_span(source, fault)
    return _misspelt(source, fault) or wording.unexpected(found, wording.quoted(found.text), wanted)


def _named(character: str) -> str:
    """A character, or what it is called where it may not show."""
    if character.isascii() and character.isprintable():
        return f"`{character}`"
    return f"{unicodedata.name(character, 'without a name').lower()} (U+{ord(character):04X})"


def _span(source: Source, found: re.Match[str]) -> Span:
    return source.span(found.start(), found.end())


def _token_span(source: Source, fault: Fault) -> Span:
    """The text in quotes, the word or the sign that stands at the fault."""
    found = re.compile(r'"(?:[^"\\\n]|\\[^\n])*"|[^\s"#{}()]+|.').match(source.text, fault.at)
    return _span(source, found) if found else source.span(fault.at, fault.at)


def _line_of(source: Source, at: int) -> tuple[int, int]:
    start = source.text.rfind("\n", 0, at) + 1
    end = source.text.find("\n", at)
    return start, len(source.text) if end < 0 else end


def _without(source: Source, sign: re.Match[str]) -> str:
    """The line as it would be without the sign."""
    start, end = _line_of(source, sign.start())
    before, after = source.text[start : sign.start()], source.text[sign.end() : end]
    return " ".join(f"{before} {after.split('#')[0]}".split())


def _share_without_sign(source: Source, fault: Fault) -> Span | None:
    """The number of `5 of target`, where the sign is missing: nothing that is `of` something can follow it."""
    if len(fault.before) < 2 or fault.before[-1][0].span.text != "of" or "NUMBER" not in fault.wanted:
        return None
    number = fault.before[-2][0]
    return number.span if number.type == "NUMBER" and _word.match(source.text, fault.at) else None


def _share_in_words(source: Source, fault: Fault) -> Span | None:
    """The `5 percent` of `5 percent of target`."""
    if len(fault.before) < 2 or not source.text.startswith("of", fault.at):
        return None
    number, unit = (leaf for leaf, _ in fault.before[-2:])
    if number.type == "NUMBER" and unit.span.text == "percent":
        return source.span(number.span.start, unit.span.end)
    return None


def _number_in_words(source: Source, fault: Fault) -> Span | None:
    """The name of `eighty percent` or `about £50k`, which is no name of a figure when an amount follows."""
    if len(fault.before) < 2 or fault.before[-1][0].type != "NAME" or fault.before[-2][0].type in _openers:
        return None
    leaf, wanted = fault.before[-1]
    amount = fault.type in (*_other_amounts, "NUMBER") or source.text.startswith("percent", fault.at)
    return leaf.span if amount and "NUMBER" in wanted else None


def _early_end(source: Source, fault: Fault) -> Diagnostic:
    """The line or the item ends where something is still wanted."""
    said = [leaf.span for leaf, _ in fault.before if leaf.type != "_NL"]
    return wording.unfinished(said[-1] if said else source.span(fault.at, fault.at), _friends(fault.wanted))


def _number_chunk(source: Source, at: int, type: str | None) -> Diagnostic | None:
    """A run of characters that begins like a number and was not read as one, or two numbers with a sign between."""
    start = at
    line_start, _ = _line_of(source, at)
    while start > line_start and _chunk.match(source.text[start - 1]):
        start -= 1
    chunk = _chunk.match(source.text, start)
    if chunk is None or not (chunk[0].lstrip("-−+£$€.")[:1] or " ").isnumeric():
        return None
    span = source.span(start, start + len(chunk[0].rstrip(",:") or chunk[0]))
    if pair := _two_numbers.fullmatch(span.text):
        help = f"write `{pair[1]} to {pair[2]}` for a range; a formula begins with a name, so this is no sum"
        if "/" in span.text:
            help = f"write `{pair[1]}`; the unit says what it is out of: `unit score out of {pair[2]}`"
        return wording.bad_number(span, help) if type is None or start < at else None
    if type is not None:
        return None
    if not span.text.isascii() and any(c.isnumeric() and not c.isascii() for c in span.text):
        return wording.bad_number(span, "numbers use the digits 0 to 9")
    if re.fullmatch(r"[-£$€]*[0-9]+,[0-9]{1,2}(%|k|K|m|M|bn)?", span.text):
        return wording.bad_number(span, f"a decimal has a point: `{span.text.replace(',', '.')}`")
    if "," in span.text:
        help = "a comma stands before each group of three digits (`1,200`); in a list a blank follows it"
        return wording.bad_number(span, help)
    if re.search(r"%{2,}", span.text):
        return wording.bad_number(span, f"one sign is enough: `{re.sub('%+', '%', span.text)}`")
    if re.match(r"[-£$€]*\.", span.text):
        return wording.bad_number(span, f"write a digit before the point: `{span.text.replace('.', '0.', 1)}`")
    if glued := re.fullmatch(r"(.*?[0-9%])([A-Za-z].*)", span.text):
        return wording.bad_number(span, f"put a blank between the number and the word: `{glued[1]} {glued[2]}`")
    return wording.bad_number(span, "a number looks like `80`, `1,200`, `0.5`, `5%`, `£1.2m` or `3m 39s`")


def _misspelt(source: Source, fault: Fault) -> Diagnostic | None:
    """The word at the fault, or one just before it in its statement, if it is close to one that may stand there.

    A misspelt word is often read as a name, and only what follows does not fit; so the words before count too.
    """
    here = _word.match(source.text, fault.at)
    if here and here[0] not in fixed_words().values():
        keywords = _keywords(fault.wanted)
        if meant := _closest(here[0], keywords):
            return wording.unknown_word(_span(source, here), meant, keywords)
    for leaf, wanted in reversed(fault.before):
        if leaf.type in _openers:
            break
        if leaf.type == "NAME" and (meant := _closest(leaf.span.text, _keywords(wanted))):
            return wording.unknown_word(leaf.span, meant, ())
    return None


def _wrong_word(fault: Fault, word: Span) -> Diagnostic:
    """A word that is close to nothing that may stand here."""
    opens = not fault.before or fault.before[-1][0].type in _openers
    if opens and word.text in reserved:
        return wording.reserved_word(word)
    if "_NL" in fault.wanted and word.text in _openers_of_the_line(fault):
        return wording.on_a_line_of_its_own(word)
    if word.text in fixed_words().values() or not opens:
        return wording.unexpected(word, wording.quoted(word.text), _friends(fault.wanted))
    return wording.unknown_word(word, None, _friends(fault.wanted))


def _openers_of_the_line(fault: Fault) -> tuple[str, ...]:
    """The words with which the statement before the fault could have begun, as another one could."""
    starts = [here for (last, _), (_, here) in pairwise(fault.before) if last.type in _openers]
    return _keywords(starts[-1]) if starts else ()


def _closest(word: str, keywords: Iterable[str]) -> str | None:
    close = get_close_matches(word.lower(), list(keywords), n=3, cutoff=0.7)
    swapped = [keyword for keyword in close if sorted(keyword) == sorted(word.lower())]
    return next(iter(swapped or close), None)


def _keywords(terminals: frozenset[str]) -> tuple[str, ...]:
    texts = (fixed_words().get(terminal, "") for terminal in terminals)
    return tuple(sorted(text for text in texts if text.isalpha()))


def _friends(terminals: frozenset[str]) -> tuple[str, ...]:
    """What may stand here in people's words: kinds of things first, then the language's own words, then signs."""
    shown = terminals - _other_amounts if "NUMBER" in terminals else terminals
    shown = shown - {"$END"} if "_NL" in shown else shown
    kinds = [friend for terminal, friend in _friendly.items() if terminal in shown]
    signs = sorted(text for terminal in shown if (text := fixed_words().get(terminal, "")) and not text.isalpha())
    words = _keywords(shown)
    return (*kinds, *(f"`{word}`" for word in (*words, *signs)))
