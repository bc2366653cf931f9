"""Mutation testing of rules: every small mistake made once, to see which of them no test would notice.

The idea of judging tests by the mistakes that they find is R. Lipton's (1971) and R. DeMillo's (1978).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cached_property

from attrs import evolve, frozen

from kpirules.assess import Indicator
from kpirules.checking import Made, Texts, flaws, gathered
from kpirules.checking.findings import Found, is_wrong
from kpirules.checking.literals import name_of
from kpirules.diagnostics import Severity
from kpirules.model import Definition, Definitions
from kpirules.model.reads import conditions_of
from kpirules.source import Source
from kpirules.syntax import nodes, parse
from kpirules.testing.always import decide_laws
from kpirules.testing.mutants.changes import Edit, Hunk, changed, diff
from kpirules.testing.mutants.joint_slips import band_slips, date_slips, scale_slips, scheme_slips
from kpirules.testing.mutants.probes import Probe, answer, test_line
from kpirules.testing.mutants.sameness import Open, telling
from kpirules.testing.mutants.slips import Setting, slips
from kpirules.testing.mutants.standing import Failing, Standing, standing
from kpirules.testing.run import notices, tested
from kpirules.units import OnScale
from kpirules.vocabulary.schemes import NotComparable, Travelled


class Fate(StrEnum):
    """What came of a mutant."""

    NOTICED = "noticed"
    REFUSED = "refused"
    SURVIVED = "survived"
    UNDECIDED = "undecided"
    SAME = "same"


@frozen
class Mutant:
    """Definitions with one mistake in them, and what came of it.

    `slip` says the mistake in a few words, `hunks` are the lines of the text as they are and as they would be. `by` is
    the place of the test or law that noticed it, or the diagnostic that refused it. `kill` is a test that would notice
    a survivor, with what the definitions as they are give.
    """

    slip: str
    hunks: tuple[Hunk, ...]
    references: tuple[str, ...]
    fate: Fate
    by: str | None = None
    kill: str | None = None


@frozen(slots=False)
class Mutation:
    """What came of all mutants; those that are the same rules in other words are counted in `same` and left out.

    `failing` are the tests and laws that fail as the definitions are. No mutant is judged by them.
    """

    mutants: tuple[Mutant, ...]
    same: int = 0
    failing: tuple[Failing, ...] = ()

    @cached_property
    def survivors(self) -> tuple[Mutant, ...]:
        """The mutants that no test notices."""
        return tuple(mutant for mutant in self.mutants if mutant.fate is Fate.SURVIVED)

    def count(self, fate: Fate) -> int:
        """How many mutants came to that."""
        return self.same if fate is Fate.SAME else sum(mutant.fate is fate for mutant in self.mutants)

    @property
    def percent(self) -> float:
        """How many of a hundred mutants were noticed or refused, those left out that are not decided; 100 of none."""
        caught = self.count(Fate.NOTICED) + self.count(Fate.REFUSED)
        judged = caught + self.count(Fate.SURVIVED)
        return 100 * caught / judged if judged else 100.0


def mutate(
    sources: Sequence[Source],
    used: Sequence[Source],
    definitions: Definitions,
    *,
    word: str | None = None,
    watch: Callable[[int, int], None] | None = None,
) -> Mutation:
    """Make every small mistake in the texts, one at a time, and see whether their tests and laws notice it.

    Those that fail as the texts are judge nothing and are told of, if they are about what is tried.

    Args:
        sources: texts without errors, that share their names; only in them mistakes are made.
        used: the texts that they build on.
        definitions: what the texts come to, with the tests and laws that are to notice.
        word: only mistakes in lines, or in indicators, that have this word in them.
        watch: called with how many mutants are done and how many there are.
    """
    bench = _bench(sources, used, definitions)
    edits = [each for each in bench.edits() if word is None or _has(word, each)]
    touched = {name for edit in edits for name in edit.references}
    tried: list[Mutant] = []
    for done, edit in enumerate(edits):
        if watch is not None:
            watch(done, len(edits))
        tried.append(bench.tried(edit))
    if watch is not None:
        watch(len(edits), len(edits))
    kept = tuple(mutant for mutant in tried if mutant.fate is not Fate.SAME)
    failing = (each for name, stands in bench.standing.items() if name in touched for each in stands.failing)
    return Mutation(kept, len(tried) - len(kept), tuple(failing))


@frozen
class Placed:
    """A mistake, the file it is made in, and the indicators that it can touch."""

    edit: Edit
    file: int
    references: tuple[str, ...]


def _has(word: str, placed: Placed) -> bool:
    lines = [line for hunk in diff(placed.edit) for line in (*hunk.old, *hunk.new)]
    names = placed.references if len(placed.references) == 1 else ()
    return any(word.casefold() in text.casefold() for text in (*names, *lines))


def _bench(sources: Sequence[Source], used: Sequence[Source], definitions: Definitions) -> "_Bench":
    files = tuple(parse(source)[0] for source in sources)
    brought = tuple(parse(source)[0] for source in used)
    texts = gathered(files, brought, [])
    made = {name: each for name in texts.everything if (each := texts.made(name, []))}
    indicators = {name: Indicator(each.definition, each.lowered) for name, each in made.items()}
    stands = standing(definitions.tests, definitions.laws, indicators)
    return _Bench(files, brought, texts, made, stands)


@frozen
class _Bench:
    """The texts as they are, on which mistakes are tried."""

    files: tuple[nodes.File, ...]
    brought: tuple[nodes.File, ...]
    texts: Texts
    made: Mapping[str, Made]
    standing: Mapping[str, Standing]

    # --- which mistakes ---

    def edits(self) -> Iterator[Placed]:
        """Every mistake, in the order of the texts."""
        for place, file in enumerate(self.files):
            for item in _all_items(file.items):
                for edit, references in self._in_item(item):
                    yield Placed(edit, place, references)

    def _in_item(self, item: nodes.Item) -> Iterator[tuple[Edit, tuple[str, ...]]]:
        match item:
            case nodes.Indicator():
                references = tuple(self._like(name_of(item.name)))
                yield from ((edit, references) for edit in self._in_indicator(item))
            case nodes.Defaults():
                references = tuple(
                    name
                    for name, written in self.texts.everything.items()
                    if any(layer is item.statements for layer in written.defaults)
                )
                yield from ((edit, references) for edit in _in_statements(item.statements, Setting()))
            case nodes.Scheme():
                own = [*scheme_slips(item), *(edit for rule in item.rules for edit in slips(rule, Setting()))]
                yield from ((edit, self._with_scheme(item.name.text)) for edit in own)
            case nodes.Travel():
                own = [edit for line in item.lines for edit in slips(line, Setting())]
                yield from ((edit, self._with_travel(item.name.text)) for edit in own)
            case nodes.Scale():
                yield from ((edit, self._with_scale(item.name.text)) for edit in scale_slips(item))
            case _:
                return

    def _in_indicator(self, item: nodes.Indicator) -> Iterator[Edit]:
        made = self.made.get(name_of(item.name))
        if made is None:
            return
        parts = {part.reference: part for part in made.definition.components}
        statements = [line for line in item.lines if isinstance(line, nodes.Statement)]
        yield from _in_statements(statements, _setting(made.definition))
        for line in item.lines:
            if isinstance(line, nodes.Component):
                yield from _in_statements(line.statements, _setting(parts[name_of(line.name)]))

    def _like(self, name: str) -> Iterator[str]:
        """The indicator, and all that start from it."""
        yield name
        for other, written in self.texts.everything.items():
            if written.node.like is not None and name_of(written.node.like) == name:
                yield from self._like(other)

    def _with_scheme(self, scheme: str) -> tuple[str, ...]:
        return tuple(
            name
            for name, made in self.made.items()
            if any(each.latest.scheme.name == scheme for each in _and_components(made.definition))
            or any(version.terms.scheme.name == scheme for version in made.definition.versions)
        )

    def _with_travel(self, travel: str) -> tuple[str, ...]:
        return tuple(
            name
            for name, made in self.made.items()
            if any(_reads_travel(each, travel) for each in _and_components(made.definition))
        )

    def _with_scale(self, scale: str) -> tuple[str, ...]:
        return tuple(
            name
            for name, made in self.made.items()
            if any(
                isinstance(version.terms.unit, OnScale) and version.terms.unit.scale.name == scale
                for each in _and_components(made.definition)
                for version in each.versions
            )
        )

    # --- trying one ---

    def tried(self, placed: Placed) -> Mutant:
        """What comes of a mistake."""
        mutant = Mutant(placed.edit.slip, diff(placed.edit), placed.references, Fate.SAME)
        found: Found = []
        files = list(self.files)
        files[placed.file] = _changed_file(files[placed.file], placed.edit)
        texts = gathered(files, self.brought, found)
        if is_wrong(found, 0):
            return _refused(mutant, found)
        turned: dict[str, Made] = {}
        for name in placed.references:
            made = texts.made(name, found)
            if made is None or is_wrong(found, 0):
                return _refused(mutant, found)
            if made.definition != self.made[name].definition:
                turned[name] = made
                found.extend(flaws(made))
        if is_wrong(found, 0):
            return _refused(mutant, found)
        for name, made in turned.items():
            noticing = self._noticing(name, made)
            if noticing is not None:
                return evolve(mutant, fate=Fate.NOTICED, by=noticing)
        return self._unnoticed(mutant, turned)

    def _noticing(self, name: str, made: Made) -> str | None:
        """The place of the first test or law that no longer holds."""
        indicator = Indicator(made.definition, made.lowered)
        stands = self.standing.get(name, Standing())
        for block in stands.tests:
            subject = tested(block, indicator)
            for case in block.cases:
                if notices(case, subject):
                    return case.where or name
        if not stands.laws or _versions(self.made[name].definition) != _versions(made.definition):
            return None
        for was, now in zip(stands.held, decide_laws(stands.laws, indicator), strict=True):
            if was.passed and not now.passed:
                return str(now.at) if now.at else name
        return None

    def _unnoticed(self, mutant: Mutant, turned: Mapping[str, Made]) -> Mutant:
        for name, made in turned.items():
            before = self.made[name].definition
            match telling(before, made.definition):
                case Probe() as probe:
                    said = answer(probe, Indicator(before))
                    return evolve(mutant, fate=Fate.SURVIVED, kill=test_line(name, probe, said or ""))
                case Open.UNDECIDED:
                    mutant = evolve(mutant, fate=Fate.UNDECIDED)
                case Open.SAME:
                    pass
        return mutant


def _versions(definition: Definition) -> list[int]:
    """How many there are of the row and of each component: a law has a clause for each."""
    return [len(each.versions) for each in _and_components(definition)]


def _refused(mutant: Mutant, found: Found) -> Mutant:
    wrong = next(fault for fault in found if fault.severity is Severity.ERROR)
    return evolve(mutant, fate=Fate.REFUSED, by=wrong.code)


def _all_items(items: Iterable[nodes.Item | nodes.ThemeItem]) -> Iterator[nodes.Item]:
    for item in items:
        yield item
        if isinstance(item, nodes.Theme):
            yield from _all_items(item.items)


def _changed_file(file: nodes.File, edit: Edit) -> nodes.File:
    return evolve(file, items=tuple(changed(item, edit) for item in file.items))


def _in_statements(statements: Sequence[nodes.Statement], setting: Setting) -> Iterator[Edit]:
    for statement in statements:
        if isinstance(statement.body, nodes.BandsStatement):
            yield from band_slips(statement.body, setting)
        else:
            yield from slips(statement, setting)
    yield from date_slips(statements, setting.calendar)


def _setting(definition: Definition) -> Setting:
    terms = definition.latest
    return Setting(terms.unit, terms.step, terms.polarity, definition.calendar)


def _and_components(definition: Definition) -> tuple[Definition, ...]:
    return (definition, *definition.components)


def _reads_travel(definition: Definition, travel: str) -> bool:
    return any(
        any(each.name == travel for each in version.terms.travels)
        or any(
            isinstance(part, Travelled | NotComparable) and part.travel.name == travel
            for part in conditions_of(version.terms)
        )
        for version in definition.versions
    )
