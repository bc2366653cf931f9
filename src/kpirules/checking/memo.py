"""What one check worked out, so that the next one need not: for editors and watchers, who check again and again."""

from collections.abc import Callable, Collection, Mapping
from typing import TypeAlias

from attrs import define, field, frozen

from kpirules.checking.declared import DEEPEST
from kpirules.checking.indicators import Made, Written
from kpirules.checking.literals import name_of
from kpirules.checking.texts import Texts
from kpirules.diagnostics import Diagnostic
from kpirules.source import Source
from kpirules.syntax import nodes

Parsed: TypeAlias = tuple[nodes.File, tuple[Diagnostic, ...]]
Text: TypeAlias = tuple[Source, bool]  # and whether its tests are read


@frozen
class Same:
    """What was parsed, as itself: equal to nothing else, though it may say the same in another place."""

    node: object = field(eq=id)


# What an indicator hangs on.
Origins: TypeAlias = tuple[Same, ...]


@define
class Memo:
    """What the last check found that used this memo; hand it to the next one, and only what has changed is done again.

    A file whose text is as it was is not parsed again. An indicator of such a file, with nothing wrong in it, is not
    checked and proved again, unless something that all indicators may read has changed: a calendar, scale, band,
    scheme, travel or theme; or the defaults around it, or one that it starts from. The results are those of a check
    without a memo. It remembers one library, the last, and is not for two threads at once.
    """

    _parsed: dict[Text, Parsed] = field(factory=dict, init=False, repr=False)
    _common: object = field(default=None, init=False, repr=False)
    _sound: dict[Origins, Made] = field(factory=dict, init=False, repr=False)

    def parsed(self, wanted: Collection[Text], parse: Callable[[Text], Parsed]) -> list[Parsed]:
        """Each text parsed, in order; those that are not wanted any more are forgotten."""
        known = self._parsed
        self._parsed = {text: known[text] if text in known else parse(text) for text in wanted}
        return [self._parsed[text] for text in wanted]

    def sound(self, texts: Texts) -> Mapping[str, Made]:
        """The indicators that were found to be without fault and hang on nothing that has changed."""
        common = _common(texts)
        if common != self._common:
            self._common, self._sound = common, {}
        origins = {name: _origins(written, texts.bases) for name, written in texts.everything.items()}
        return {name: self._sound[of] for name, of in origins.items() if of in self._sound}

    def keep(self, texts: Texts, sound: Mapping[str, Made]) -> None:
        """Remember the indicators in which nothing at all was found, and no others."""
        self._sound = {_origins(texts.everything[name], texts.bases): made for name, made in sound.items()}


def _common(texts: Texts) -> object:
    """All that any indicator may read by name."""
    names = texts.names
    by_identity = {(name, Same(node)) for of in (names.schemes, names.travels) for name, node in of.items()}
    values = tuple({**of} for of in (names.calendars, names.scales, names.bands, texts.themes))
    return by_identity, values


def _origins(written: Written, bases: Mapping[str, Written]) -> Origins:
    """The indicator, its theme, the defaults around it, and those that it starts from."""
    chain = [written.node]
    while chain[-1].like is not None and (base := bases.get(name_of(chain[-1].like))) and len(chain) <= DEEPEST:
        chain.append(base.node)
    return tuple(Same(node) for node in (written.theme, *written.defaults, *chain))
