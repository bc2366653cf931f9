"""The words of all diagnostics about definitions in JSON, a small function each."""

from collections.abc import Sequence
from difflib import get_close_matches

from kpirules.diagnostics import Diagnostic, error
from kpirules.exchange.places import Path, path_text
from kpirules.source import Span


def bad_json(span: Span, why: str) -> Diagnostic:
    """The text is no JSON."""
    return error("bad-json", span, f"from here on this is no JSON: {why}", "mend it, or export the definitions again")


def unknown_format(span: Span, words: str, known: str) -> Diagnostic:
    """JSON, but not definitions in a version that is known."""
    return error("unknown-format", span, words, f"definitions begin with {known}; `kpirules export` writes them")


def unknown_member(span: Span, path: Path, known: Sequence[str]) -> Diagnostic:
    """A member that means nothing there."""
    *above, name = path
    message = f"{path_text(tuple(above))} has a member `{name}`, which means nothing there"
    return error("unknown-member", span, message, _meant(str(name), known, "members"))


def double_member(span: Span, path: Path) -> Diagnostic:
    """The same member twice in one object."""
    *above, name = path
    message = f"{path_text(tuple(above))} has the member `{name}` twice"
    return error("duplicate-member", span, message, "leave one of them out")


def missing_member(span: Span, path: Path, name: str, says: str) -> Diagnostic:
    """A member without which the object says nothing."""
    return error("missing-member", span, f"{path_text(path)} has no member `{name}`", f"add it: {_small(says)}")


def bad_member(span: Span, path: Path, expected: str, help: str) -> Diagnostic:
    """Something else than what may stand there."""
    return error("bad-member", span, f"{path_text(path)} is not {expected}", help)


def bad_word(span: Span, path: Path, expected: str, known: Sequence[str], what: str) -> Diagnostic:
    """A word that is none of those that may stand there."""
    return error("bad-member", span, f"{path_text(path)} is not {expected}", _meant(span.text, known, what))


def unsound(span: Span, path: Path, why: str) -> Diagnostic:
    """Members that are each right and do not go together."""
    return error("unsound-definition", span, f"{path_text(path)}: {why}", "mend the definition where it is made")


def _meant(word: str, known: Sequence[str], what: str) -> str:
    close = get_close_matches(word[:100], known, n=1)
    if close:
        return f"did you mean `{close[0]}`?"
    return f"the {what} are {', '.join(f'`{each}`' for each in known)}" if known else f"there are no {what} there"


def _small(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:].removesuffix(".")
