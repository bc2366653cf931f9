"""What is said of a reference that no indicator has: the ones that were probably meant, or those that there are."""

from collections.abc import Iterable
from difflib import get_close_matches
from itertools import islice
from typing import Final

_MOST_SHOWN: Final = 5


def similar(reference: str, known: Iterable[str]) -> tuple[str, ...]:
    """Up to three references that were probably meant: longer ones that begin so, or else the nearest; capitals aside.

    There may be none.
    """
    folded = {name.casefold(): name for name in known}
    longer = [name for name in folded if name.startswith(reference.casefold())]
    near = longer or get_close_matches(reference[:100].casefold(), folded, n=3, cutoff=0.5)
    return tuple(sorted(folded[name] for name in near)[:3])


def unknown(reference: object, known: Iterable[str]) -> KeyError:
    """The error of asking for an indicator that there is not; it names those that there are if none is similar."""
    references = tuple(known)
    near = similar(str(reference), references)
    if near:
        return KeyError(f"there is no indicator {reference!r}; did you mean {' or '.join(near)}?")
    shown = ", ".join(islice(references, _MOST_SHOWN)) or "none at all"
    more = len(references) - _MOST_SHOWN
    return KeyError(f"there is no indicator {reference!r}; there is {shown}{f' and {more} more' if more > 0 else ''}")
