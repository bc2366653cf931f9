"""From syntax to definitions: every fault of meaning in one run, and whatever is right still loads."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from attrs import evolve, frozen

from kpirules.checking import wording
from kpirules.checking.cases import test_block
from kpirules.checking.findings import Found, Names
from kpirules.checking.indicators import Made, Written, written_in
from kpirules.checking.laws import Spoken, law_block
from kpirules.checking.literals import name_of, plain
from kpirules.checking.memo import Memo, Parsed, Text
from kpirules.checking.proofs import flaws
from kpirules.checking.schemes import styled, well_formed
from kpirules.checking.silences import silenced
from kpirules.checking.texts import Texts
from kpirules.checking.travels import has_comparator
from kpirules.diagnostics import Diagnostic, Severity
from kpirules.in_force import InForce
from kpirules.model import Definitions, Theme
from kpirules.periods import MONTHS, Calendar, PeriodError
from kpirules.source import Source, Span
from kpirules.syntax import nodes, parse
from kpirules.units import Scale

__all__ = ["Checked", "Made", "Memo", "Texts", "check_sources", "flaws", "gathered"]

LANGUAGE = 1

# The names of blocks in a text that could not be read, whatever the word before them was meant to be.
_lost_names = re.compile(r'^[ \t]*[A-Za-z][\w-]*[ \t]+("[^"\n]*"|[A-Za-z][\w-]*)[^\n{]*\{', re.MULTILINE)

T = TypeVar("T", bound=nodes.Node)
D = TypeVar("D", nodes.Calendar, nodes.Scale, nodes.Band, nodes.Scheme, nodes.Travel)
V = TypeVar("V")


@frozen
class Checked:
    """What texts come to, all that is wrong with them, and by reference what proving has lowered of each indicator."""

    definitions: Definitions
    diagnostics: tuple[Diagnostic, ...]
    lowered: Mapping[str, tuple[InForce, ...]]


def check_sources(
    sources: Sequence[Source], used: Sequence[Source] = (), *, tests: bool = True, memo: Memo | None = None
) -> Checked:
    """The definitions of several texts that share their names, and everything that is wrong with them.

    What the `used` texts name is there too unless the texts name it themselves: calendars, scales, bands, schemes,
    travels, themes, defaults for the library, and indicators to start from. Of two used texts the first counts.
    Without `tests`, those and laws are passed over unread. With a `memo` of an earlier check, only what has changed
    since is done again. Never raises, whatever the texts.
    """
    memo = memo or Memo()
    parsed = memo.parsed([(source, tests) for source in (*sources, *used)], _parsed)
    files, brought = [file for file, _ in parsed[: len(sources)]], [file for file, _ in parsed[len(sources) :]]
    found: Found = [fault for _, faults in parsed for fault in faults]
    texts = gathered(files, brought, found)
    names, everything = texts.names, texts.everything
    damaged_defaults = any(
        isinstance(item, nodes.Defaults) and file.is_damaged(item) for file in files for item in _all_items(file)
    )
    known = memo.sound(texts)
    doubted: set[str] = set()
    made = _made(texts, known, found, doubted, damaged_defaults=damaged_defaults)
    sound: dict[str, Made] = {}
    for name, each in made.items():
        wrong = [] if name in known else list(flaws(each))
        found.extend(wrong)
        doubted.update([name] if wrong else [])
        if not any(fault.severity is Severity.ERROR for fault in wrong):
            sound[name] = each
    memo.keep(texts, {name: each for name, each in sound.items() if name not in doubted})
    definitions = {name: each.definition for name, each in sound.items()}
    blocks = [
        block
        for node in _tests(files)
        # A test of an indicator that is wrong itself has nothing to say yet.
        if (name_of(node.indicator) in definitions or name_of(node.indicator) not in everything)
        and (block := test_block(node, definitions, found))
    ]
    spoken = Spoken(sound, list(everything), texts.themes, names)
    laws = [law for node in _laws(files) if (law := law_block(node, spoken, found))]
    # Those of a library that this one builds on hold here too, as far as they have a meaning here.
    laws += [law for node in _laws(brought) if (law := law_block(node, spoken, []))]
    broken = _broken_names(files, names)
    own = [fault for fault in dict.fromkeys(found) if not _follows(fault, broken)]
    ordered = sorted(silenced(files, own), key=lambda fault: (fault.span.source.name, fault.span.start, fault.code))
    made_of_all = Definitions(definitions, names.calendars, tuple(blocks), tuple(laws))
    return Checked(made_of_all, tuple(ordered), {name: each.lowered for name, each in sound.items()})


def _with_damaged_bases(everything: Mapping[str, Written]) -> set[str]:
    """The indicators in which, or in whatever they start from, something could not be read."""
    spoilt = {name for name, written in everything.items() if written.damaged}
    starts_from = {name: name_of(written.node.like) for name, written in everything.items() if written.node.like}
    while more := {name for name, base in starts_from.items() if base in spoilt} - spoilt:
        spoilt |= more
    return spoilt


def gathered(files: Sequence[nodes.File], brought: Sequence[nodes.File], found: Found) -> Texts:
    """What parsed texts say together with those that they use."""
    everything = _written(files, brought, found)
    return Texts(
        _names(files, brought, found),
        {**_themes(brought), **_themes(files)},
        everything,
        {**_written(brought, (), []), **everything},
    )


def _made(
    texts: Texts, known: Mapping[str, Made], found: Found, doubted: set[str], *, damaged_defaults: bool
) -> Mapping[str, Made]:
    """The definitions of the indicators that are whole; of the others, what is wrong besides.

    Those that are `known` are not made again; those with anything to tell of them are put among the `doubted`.
    """
    made: dict[str, Made] = {}
    spoilt = _with_damaged_bases(texts.bases)
    for name in texts.everything:
        own: Found = []
        each = known[name] if name in known else texts.made(name, own)
        doubted.update([name] if own else [])
        if name in spoilt or damaged_defaults:
            # What could not be read may be the very statement that is missing.
            own = [fault for fault in own if not fault.code.startswith("missing-")]
        found.extend(own)
        if each and name not in spoilt:
            made[name] = each
    return made


def _parsed(text: Text) -> Parsed:
    file, faults = parse(text[0], tests=text[1])
    found = list(faults)
    for item in file.items:
        match item:
            case nodes.Language() if plain(item.version) != LANGUAGE:
                found.append(wording.unknown_language(item.version.span, LANGUAGE))
            case nodes.Theme():
                found.extend(
                    wording.misplaced(inner.span, "a theme", "the file: `for library` holds everywhere")
                    for inner in item.items
                    if isinstance(inner, nodes.Defaults) and inner.for_library
                )
            case _:
                pass
    return file, tuple(found)


def _all_items(file: nodes.File) -> Iterator[nodes.Item]:
    """The items of a file, and those in its themes."""
    for item in file.items:
        yield item
        if isinstance(item, nodes.Theme):
            yield from item.items


def _broken_names(files: Sequence[nodes.File], names: Names) -> frozenset[str]:
    """The names of items in which something could not be read, or that are wrong in themselves."""
    named = nodes.Calendar | nodes.Scale | nodes.Scheme | nodes.Travel | nodes.Theme | nodes.Indicator
    damaged = {
        name_of(item.name)
        for file in files
        for item in _all_items(file)
        if isinstance(item, named) and file.is_damaged(item)
    }
    damaged |= {lost.strip('"') for file in files for hole in file.damaged for lost in _lost_names.findall(hole.text)}
    wrong = {node.name.text for node in _of_kind(files, nodes.Scheme)} - names.schemes.keys()
    wrong |= {node.name.text for node in _of_kind(files, nodes.Travel)} - names.travels.keys()
    wrong |= {node.name.text for node in _of_kind(files, nodes.Calendar)} - names.calendars.keys()
    return frozenset(damaged | wrong)


def _follows(fault: Diagnostic, broken: frozenset[str]) -> bool:
    """Whether a name is unknown only because what it names is wrong itself, which has been reported."""
    return fault.code.startswith("unknown-") and fault.span.text.strip('"') in broken


def _of_kind(files: Iterable[nodes.File], kind: type[T]) -> Iterator[T]:
    """The items of a kind that are whole; what is damaged has been reported."""
    for file in files:
        for item in file.items:
            if isinstance(item, kind) and not file.is_damaged(item):
                yield item


def _names(files: Sequence[nodes.File], brought: Sequence[nodes.File], found: Found) -> Names:
    def travel(node: nodes.Travel) -> nodes.Travel | None:
        return node if has_comparator(node, found) else None

    travels = _by_name(files, brought, nodes.Travel, "travel", travel, found)
    known = {*travels, *(node.name.text for node in _of_kind(files, nodes.Travel))}

    def scheme(node: nodes.Scheme) -> nodes.Scheme | None:
        return node if well_formed(node, known, found) else None

    return Names(
        _by_name(files, brought, nodes.Calendar, "calendar", lambda node: _calendar(node, found), found),
        _by_name(files, brought, nodes.Scale, "scale", lambda node: _scale(node, found), found),
        _by_name(files, brought, nodes.Band, "band", styled, found),
        _by_name(files, brought, nodes.Scheme, "scheme", scheme, found),
        travels,
    )


def _by_name(
    files: Sequence[nodes.File],
    brought: Sequence[nodes.File],
    kind: type[D],
    what: str,
    make: Callable[[D], V | None],
    found: Found,
) -> Mapping[str, V]:
    """What the items of a kind define, by name; the library's own before what is brought along."""
    values: dict[str, V] = {}
    first: dict[str, Span] = {}
    for node in _of_kind(files, kind):
        name = node.name.text
        if name in first:
            found.append(wording.duplicate_name(node.name.span, what, first[name]))
            continue
        first[name] = node.name.span
        if (value := make(node)) is not None:
            values[name] = value
    for node in _of_kind(brought, kind):
        if node.name.text not in first and (value := make(node)) is not None:
            values.setdefault(node.name.text, value)
    return values


def _calendar(node: nodes.Calendar, found: Found) -> Calendar | None:
    if node.month.text not in MONTHS:
        found.append(wording.unknown_name(node.month.span, "month", list(MONTHS)))
        return None
    title = node.title.value if node.title else node.name.text
    try:
        return Calendar(node.name.text, title, MONTHS.index(node.month.text) + 1, int(plain(node.day)))
    except PeriodError as fault:
        found.append(wording.bad_day(node.day.span, str(fault)))
        return None


def _scale(node: nodes.Scale, found: Found) -> Scale:
    first: dict[str, Span] = {}
    for label in node.labels:
        folded = " ".join(label.value.split()).casefold()
        if folded in first:
            found.append(wording.duplicate_name(label.span, "label", first[folded]))
        first.setdefault(folded, label.span)
    title = node.title.value if node.title else node.name.text
    return Scale(node.name.text, title, tuple(label.value for label in node.labels))


def _themes(files: Sequence[nodes.File]) -> Mapping[str, Theme]:
    """A theme may be written in several files; the first title counts."""
    themes: dict[str, Theme] = {}
    for file in files:
        for item in file.items:
            if isinstance(item, nodes.Theme):
                name = item.name.text
                if name not in themes or (item.title and themes[name].title == name):
                    themes[name] = Theme(name, item.title.value if item.title else name)
    return themes


def _written(files: Sequence[nodes.File], brought: Sequence[nodes.File], found: Found) -> Mapping[str, Written]:
    """Every indicator by its reference, with the defaults of the libraries, its file and its theme."""
    everywhere = tuple(
        item.statements
        for file in (*reversed(brought), *files)
        for item in file.items
        if isinstance(item, nodes.Defaults) and item.for_library is not None
    )
    everything: dict[str, Written] = {}
    for file in files:
        for written in written_in(file.items, None, everywhere):
            name = name_of(written.node.name)
            if name in everything:
                first = everything[name].node.name.span
                found.append(wording.duplicate_name(written.node.name.span, "indicator", first))
            else:
                everything[name] = evolve(written, damaged=True) if file.is_damaged(written.node) else written
    return everything


def _tests(files: Sequence[nodes.File]) -> Iterator[nodes.Test]:
    return _anywhere(files, nodes.Test)


def _laws(files: Sequence[nodes.File]) -> Iterator[nodes.Always]:
    return _anywhere(files, nodes.Always)


def _anywhere(files: Sequence[nodes.File], kind: type[T]) -> Iterator[T]:
    """The items of a kind that are whole, those in themes included."""
    for file in files:
        for item in _all_items(file):
            if isinstance(item, kind) and not file.is_damaged(item):
                yield item
