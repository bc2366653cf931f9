"""What the description of a class is made of: its kind, what it says, and a line for each of its members."""

from collections.abc import Mapping

from attrs import frozen


@frozen
class Member:
    """What a member says, and which values it can have beyond what its type says: numbers, or how few there may be."""

    says: str
    low: int | None = None
    high: int | None = None
    filled: bool = False


@frozen(eq=False)
class Form:
    """How the values of a class are written: an object with these members, told from its siblings by its `kind`."""

    type: type
    says: str
    members: Mapping[str, Member]
    kind: str | None = None


def form(of: type, says: str, /, **members: str | Member) -> Form:
    """The form of a class that stands where no other can."""
    return Form(of, says, {name: _member(words) for name, words in members.items()})


def kind(of: type, name: str, says: str, /, **members: str | Member) -> Form:
    """The form of a class that stands among others; a member `kind` names it."""
    return Form(of, says, {member: _member(words) for member, words in members.items()}, name)


def between(low: int, high: int, says: str) -> Member:
    """A whole number with both ends."""
    return Member(says, low, high)


def filled(says: str) -> Member:
    """A list with at least one item."""
    return Member(says, filled=True)


def _member(words: str | Member) -> Member:
    return words if isinstance(words, Member) else Member(words)
