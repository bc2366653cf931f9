"""What `kpirules test` found, for people: a line for each block and law, and each failure as a difference."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final

from kpirules.present.excerpt import excerpt
from kpirules.present.screen import Screen, columns
from kpirules.source import Span
from kpirules.testing.results import Certainty, Counterexample, LawResult
from kpirules.testing.run import CaseResult
from kpirules.testing.suite import Suite

# Of a law that many indicators break a few are drawn in full, and the others named.
_DRAWN: Final = 3
_WIDEST: Final = 48


def as_text(suite: Suite, screen: Screen) -> str:
    """Each block and law in a line, with its failures beneath it; then the counts."""
    blocks = [*_tests(suite.cases, screen), *_written(suite, screen), *_built_in(suite.built_in, screen)]
    if not blocks:
        return "There are no tests and no laws."
    width = min(max(columns(name) for _, name, _, _ in blocks), _WIDEST)
    lines: list[str] = []
    for passed, name, counts, failures in blocks:
        mark = screen.styled("ok    ", "good") if passed else screen.styled("FAILED", "error")
        lines.append(f"{mark}  {name}{' ' * max(width - columns(name), 0)}  {counts}".rstrip())
        for failure in failures:
            lines += [*failure, ""]
    return "\n".join([*lines, *([""] if lines[-1] else []), _counts(suite, screen)])


_Block = tuple[bool, str, str, Sequence[Sequence[str]]]


def _tests(cases: Sequence[CaseResult], screen: Screen) -> Iterator[_Block]:
    for reference, group in groupby(cases, key=lambda case: case.reference):
        own = list(group)
        failed = [case for case in own if not case.passed]
        number = f"{len(own)} case{'s' * (len(own) != 1)}"
        counts = f"{len(failed)} of {number}" if failed else number
        yield not failed, screen.plain(f"test {reference}"), counts, [_drawn_case(case, screen) for case in failed]


def _written(suite: Suite, screen: Screen) -> Iterator[_Block]:
    for name, own in _by_law(suite.written):
        title = screen.plain(f'always "{name}"')
        if any(each.concerned for each in own) or name not in suite.idle:
            yield _law(title, own, screen)
        else:
            yield False, title, "its condition can hold for no indicator, so nothing could break it", []
    for name in suite.unspoken:
        yield True, screen.plain(f'always "{name}"'), "speaks of nobody here", []


def _built_in(laws: Sequence[LawResult], screen: Screen) -> Iterator[_Block]:
    for name, own in _by_law(laws):
        yield _law(screen.plain(name.replace("_", " ")), own, screen)


def _by_law(laws: Sequence[LawResult]) -> Iterable[tuple[str, Sequence[LawResult]]]:
    """The results of each law together; two laws with one title are two."""
    found: dict[tuple[str, str, Span | None], list[LawResult]] = {}
    for each in laws:
        found.setdefault((each.law, each.says, each.at), []).append(each)
    return [(name, own) for (name, _, _), own in found.items()]


def _law(name: str, own: Sequence[LawResult], screen: Screen) -> _Block:
    failed = [each for each in own if not each.passed]
    concerned = [each for each in own if each.concerned]
    said = [f"holds for {len(concerned)}" if not failed else f"broken by {len(failed)} of {len(concerned)}"]
    tested = sum(each.certainty is Certainty.TESTED for each in concerned if each.passed)
    if not failed:
        said[0] += f", {Certainty.PROVED if not tested else Certainty.TESTED}"
        if 0 < tested < len(concerned):
            said[0] = f"holds for {len(concerned)}, {len(concerned) - tested} proved, {tested} tested, not proved"
    if len(own) > len(concerned):
        said.append(f"does not concern {len(own) - len(concerned)}")
    drawn = [_drawn_law(each, screen) for each in failed[:_DRAWN]]
    if others := [screen.plain(each.reference) for each in failed[_DRAWN:]]:
        drawn.append([f"  and {len(others)} more: {', '.join(others)}"])
    return not failed, name, "; ".join(said), drawn


# --- failures ---


def _drawn_case(result: CaseResult, screen: Screen) -> Sequence[str]:
    place = f"{result.case.where}: " if result.case.where else ""
    lines = [f"  {screen.plain(place)}{screen.plain(f'{result.reference}: {result.case.text}')}"]
    for difference in result.differences:
        lines += _difference(difference.expected, difference.got, screen)
    if result.at is not None:
        lines += _decided(result.at, screen, len(str(result.at.line)))
    lines += [f"    {screen.plain(line)}" for line in result.explanation.split("\n")[1:]]
    return lines


def _drawn_law(result: LawResult, screen: Screen) -> Sequence[str]:
    found: Counterexample | None = result.counterexample
    if found is None:
        return []
    place = result.at or result.where
    lines = [f"  {screen.plain(f'{place}: ' if place else '')}{screen.plain(f'{result.reference}: {found.case}')}"]
    lines += _difference(found.expected, found.got, screen)
    gutter = max((len(str(span.line)) for span in (result.at, found.at) if span), default=1)
    if result.at:
        lines += _marked(result.at, "this law", screen, gutter=gutter, mark="^", style="error")
    else:
        lines.append(f"    the law: {screen.plain(result.says)}")
    return [*lines, *(_decided(found.at, screen, gutter) if found.at else [])]


def _difference(expected: str, got: str, screen: Screen) -> list[str]:
    return [
        screen.styled(f"    - expected  {screen.plain(expected)}", "good"),
        screen.styled(f"    + got       {screen.plain(got)}", "error"),
    ]


def _decided(span: Span, screen: Screen, gutter: int) -> list[str]:
    place = f"    {screen.styled('in', 'place')} {screen.plain(str(span))}"
    return [place, *_marked(span, "this line decided", screen, gutter=gutter, mark="-", style="place")]


def _marked(span: Span, words: str, screen: Screen, *, gutter: int, mark: str, style: str) -> list[str]:
    return [f"   {line}" for line in excerpt(span, words, screen, gutter=gutter, mark=mark, style=style)]


def _counts(suite: Suite, screen: Screen) -> str:
    laws = [*suite.written, *suite.built_in]
    failed = sum(not case.passed for case in suite.cases), sum(not law.passed for law in laws) + len(suite.idle)
    cases = f"{len(suite.cases) - failed[0]} case{'s' * (len(suite.cases) - failed[0] != 1)} passed"
    said = [cases + (f", {failed[0]} failed" if failed[0] else "")]
    concerned = sum(law.concerned for law in laws if law.passed)
    kept = f"laws hold in {concerned} place{'s' * (concerned != 1)}"
    said.append(kept + (f" and are broken in {failed[1]}" if failed[1] else ""))
    return screen.styled("; ".join(said), "error" if any(failed) else "good")
