"""From terms to core rules: checked terms always lower.

Before the scheme's own lines come the guards, in the order of the closed list of reasons: no target, no polarity, no
value, not due, not comparable. A guard is left out where the scheme says itself what is to happen.
"""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import lru_cache, partial
from itertools import chain
from typing import assert_never

from attrs import evolve

from kpirules.core import (
    Condition,
    Domain,
    Form,
    Input,
    Line,
    Missing,
    Rated,
    Rule,
    Unrated,
    UnratedAs,
)
from kpirules.core.conditions import ALWAYS, NEVER, above, all_of, any_of, equal, inputs_of, negated, tests
from kpirules.core.rule import VALUE
from kpirules.model import Overall, OverallKind, Terms
from kpirules.model.reads import comparators, conditions_of, parts_read, scheme_figures
from kpirules.periods import Part
from kpirules.reasons import Direction, Reason
from kpirules.units import MILESTONES, Milestone, OnScale, step
from kpirules.vocabulary import schemes
from kpirules.vocabulary.comparators import OfLast, Summary
from kpirules.vocabulary.components import OfParts, PartBands, Standing
from kpirules.vocabulary.declared import figure_in
from kpirules.vocabulary.figures import Compared, Figure, Named, Number, TheTarget, pieces_of, read_by
from kpirules.vocabulary.formulas import Constant, Formula, InputValue, OfComponents, Operation, Sign
from kpirules.vocabulary.pieces import VALUE_PIECES, Pieces
from kpirules.vocabulary.polarity import Polarity
from kpirules.vocabulary.reach import stretches
from kpirules.vocabulary.schemes import Band, Scheme, SchemeLine, lower_condition, parts_of
from kpirules.vocabulary.setting import Setting
from kpirules.vocabulary.targets import NoTarget, in_force, target_figures, target_reach, with_figures
from kpirules.vocabulary.tolerances import tolerance_figures, tolerance_reach
from kpirules.vocabulary.travels import Travel, compared, directions, travel_needs

# The bands of a travel's rule.
DIRECTIONS = (Direction.IMPROVED, Direction.UP, Direction.UNCHANGED, Direction.DOWN, Direction.WORSENED)


def lower(terms: Terms, *, part: Part) -> Rule:
    """The rule that rates a value on these terms, in one part of the year."""
    return lower_in(terms, setting_of(terms, part=part))


def lower_in(terms: Terms, setting: Setting) -> Rule:
    """The same, with the setting that the terms have in that part of the year."""
    lines = tuple(_until_sure(chain(_guards(terms, setting), _scheme_lines(terms.scheme, setting))))
    better = stretches(setting.polarity, setting.target.reach if setting.target else None)
    better += tuple(component.stretch for component in parts_read(terms) if component.ranked)
    inputs = _inputs(terms, setting, [line.when for line in lines])
    read = {input.name for input in inputs}
    return Rule(
        inputs=inputs,
        lines=lines,
        bands=tuple(band.name for band in terms.scheme.bands),
        ranked=terms.scheme.ranked,
        exclusive=terms.scheme.exclusive,
        stretches=tuple(stretch for stretch in better if stretch.input in read),
    )


def lower_travel(terms: Terms, travel: Travel, *, part: Part) -> Rule:
    """The rule that says which way a value has travelled; its bands are `DIRECTIONS`.

    Of a travel by band the inputs are the ratings, now and then, under the names of the two values.
    """
    if travel.by_band:
        return _lower_change_of_band(terms.scheme, travel)
    if (
        terms.polarity.wants_range
        or isinstance(travel.against, Named)
        or travel_needs(travel, by_increment=terms.by_increment)
    ):
        setting = setting_of(terms, part=part)
        lines = _travel_lines(travel, setting)
    else:
        setting = Setting(terms.polarity)
        lines = _plain_travel_lines(travel, terms.polarity)
    return Rule(_inputs(terms, setting, [line.when for line in lines]), lines, tuple(DIRECTIONS), ranked=False)


def _lower_change_of_band(scheme: Scheme, travel: Travel) -> Rule:
    domain = Domain.of_labels(tuple(band.name for band in reversed(scheme.bands)))
    now, then = Form.of(VALUE), Form.of(travel.earlier)
    found = {
        Direction.IMPROVED: above(now, then),
        Direction.UNCHANGED: equal(now, then),
        Direction.WORSENED: above(then, now),
    }
    lines = (
        Line(Missing(VALUE), UnratedAs(VALUE)),
        Line(Missing(travel.earlier), UnratedAs(travel.earlier)),
        *(Line(when, Rated(DIRECTIONS.index(direction))) for direction, when in found.items()),
    )
    return Rule((Input(VALUE, domain), Input(travel.earlier, domain)), lines, tuple(DIRECTIONS), ranked=False)


@lru_cache(maxsize=256)
def _plain_travel_lines(travel: Travel, polarity: Polarity) -> tuple[Line, ...]:
    """The lines of a travel that hangs on nothing but the polarity: a library has few of them and many indicators."""
    return _travel_lines(travel, Setting(polarity))


def _travel_lines(travel: Travel, setting: Setting) -> tuple[Line, ...]:
    read = [name for pieces in compared(travel, setting) for piece in pieces.pieces for name in piece.form.inputs]
    when = directions(travel, setting)
    return (
        *(Line(Missing(name), UnratedAs(name)) for name in dict.fromkeys((VALUE, *read))),
        *(
            Line(when[direction], Rated(place))
            for place, direction in enumerate(DIRECTIONS)
            if when.get(direction, NEVER) != NEVER
        ),
        Line(ALWAYS, Unrated(Reason.NOT_COMPARABLE)),
    )


def lower_overall(overall: Overall, components: Sequence[PartBands], scheme: Scheme) -> Rule:
    """The rule that rates a row by its components' bands, each an input whose labels are the bands, worst first."""
    parts = [each for each in components if overall.kind is not OverallKind.COMPONENT or each.name == overall.component]
    inputs = tuple(part.input for part in parts)
    places = {band.name: place for place, band in enumerate(scheme.bands)}
    unrated = [Line(Missing(input.name), Unrated(Reason.UNRATED_COMPONENT)) for input in inputs]
    if overall.ignoring_unrated:
        unrated = [Line(all_of(*(Missing(input.name) for input in inputs)), Unrated(Reason.UNRATED_COMPONENT))]
    bands = list(scheme.bands) if overall.kind is OverallKind.BEST else list(reversed(scheme.bands))
    lines = [
        Line(any_of(*(_is(input, band.name) for input in inputs)), Rated(places[band.name]))
        for band in bands
        if any(band.name in input.domain.labels for input in inputs)
    ]
    return Rule(
        inputs,
        (*unrated, *lines),
        tuple(band.name for band in scheme.bands),
        ranked=scheme.ranked,
        stretches=tuple(part.stretch for part in parts if part.ranked),
    )


def _is(input: Input, label: str) -> Condition:
    if label not in input.domain.labels:
        return NEVER
    return Pieces.of(Form.of(input.name)).equals(Pieces.number(input.domain.labels.index(label)))


def lower_law(
    terms: Terms, setting: Setting, rule: Rule, conditions: Sequence[schemes.Condition]
) -> tuple[Rule, tuple[Condition, ...]]:
    """What the conditions of a law ask, and the rule with all that they read among its inputs.

    `setting` and `rule` are those of the terms. Raises `ValueError` for a comparison that has no meaning here.
    """
    asked = tuple(lower_condition(condition, setting) for condition in conditions)
    parts = [part for when in conditions for each in parts_of(when) if isinstance(each, OfParts) for part in each.parts]
    own = {input.name: input for input in rule.inputs}
    read = {name for when in asked for test in tests(when) for name in inputs_of(test)}
    others = {input.name: input for input in _inputs(terms, setting, asked, parts) if input.name in read}
    inputs = others | own
    return evolve(rule, inputs=tuple(inputs[name] for name in sorted(inputs))), asked


def setting_of(terms: Terms, *, part: Part) -> Setting:
    """What the words of a scheme lean on under these terms."""
    figures: dict[str, Pieces] = {}
    # Made anew at each step, for `evolve` takes as long as half of a rule.
    here = partial(Setting, terms.polarity, figures, part=part, by_increment=terms.by_increment)
    setting = here()
    for name in terms.figures:
        _declare(name, terms, setting, figures)
    due = in_force(terms.target, part, accumulates=terms.accumulates)
    if isinstance(due, NoTarget):
        return here(no_target=due.reason)
    if not terms.polarity.has_better:
        return here(no_target=Reason.NO_POLARITY)
    if terms.rounding:
        due = with_figures(due, lambda figure: _at_the_door(figure, terms))
    reach = target_reach(due, setting)
    return here(target=reach, tolerance=tolerance_reach(terms.tolerance, reach, here(target=reach)))


def _at_the_door(figure: Figure, terms: Terms) -> Figure:
    """A written number rounded as values are, so that what is shown and what is rated never disagree."""
    return Number(terms.rounding(figure.number)) if terms.rounding and isinstance(figure, Number) else figure


def _declare(name: str, terms: Terms, bare: Setting, figures: dict[str, Pieces]) -> None:
    """Put the figure among the lowered ones, those that it reads first."""
    if name in figures:
        return
    figure = figure_in(terms.figures[name], bare.part, accumulates=terms.accumulates)
    if figure is None:
        figures[name] = Pieces.of(Form.of(name))
        return
    for part in read_by(figure):
        if isinstance(part, Named):
            _declare(part.name, terms, bare, figures)
    figures[name] = pieces_of(_at_the_door(figure, terms), bare)


# --- guards ---


def _guards(terms: Terms, setting: Setting) -> Iterator[Line]:
    conditions = conditions_of(terms)
    figures = scheme_figures(terms)
    reads_target = TheTarget() in figures
    absent = setting.no_target
    unminded = absent is not None and reads_target and not any(_minds(line.when, absent) for line in terms.scheme.lines)
    if absent is not None and absent is not Reason.NOT_DUE and unminded:
        yield _guard(ALWAYS, Unrated(absent))
    if not terms.polarity.has_better and any(isinstance(part, schemes.Compares) for part in conditions):
        yield _guard(ALWAYS, Unrated(Reason.NO_POLARITY))
    if _reads_value(terms) and (terms.scheme.exclusive or schemes.NoValue() not in conditions):
        yield _guard(Missing(VALUE), UnratedAs(VALUE))
    if absent is Reason.NOT_DUE and unminded:
        yield _guard(ALWAYS, Unrated(Reason.NOT_DUE))
    of_parts = [part for part in conditions if isinstance(part, OfParts)]
    if not any(part.standing is Standing.UNRATED for part in of_parts):
        for part in parts_read(terms):
            yield _guard(Missing(part.input.name), Unrated(Reason.UNRATED_COMPONENT))
    if reads_target:
        figures += [figure for first in target_figures(terms.target) for figure in read_by(first)]
        figures += [figure for first in tolerance_figures(terms.tolerance) for figure in read_by(first)]
    minded = {part.name for part in conditions if isinstance(part, schemes.NoFigure)}
    for name in dict.fromkeys(_inputs_read(figures, setting, minded)):
        yield _guard(Missing(name), Unrated(Reason.NOT_COMPARABLE))


def _reads_value(terms: Terms) -> bool:
    """Whether there is a value to read at all, and not only the bands of components."""
    return terms.overall is None or terms.overall.kind is not OverallKind.SCHEME


def _minds(condition: schemes.Condition, absent: Reason) -> bool:
    """Whether a condition asks for this kind of absent target."""
    asked = [part.reason for part in parts_of(condition) if isinstance(part, schemes.TargetAbsent)]
    return None in asked or absent in asked


def _inputs_read(figures: Sequence[Figure], setting: Setting, minded: set[str]) -> Iterator[str]:
    for figure in figures:
        if isinstance(figure, Compared) or (isinstance(figure, Named) and figure.name not in minded):
            for piece in pieces_of(figure, setting).pieces:
                yield from piece.form.inputs


def _guard(when: Condition, outcome: Unrated | UnratedAs) -> Line:
    return Line(when, outcome, needed=False)


def _until_sure(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines up to the first that always holds: what stands behind it decides nothing and is not even lowered."""
    for line in lines:
        yield line
        if line.when == ALWAYS:
            return


# --- the scheme's own lines ---


def _scheme_lines(scheme: Scheme, setting: Setting) -> Iterator[Line]:
    places = {band: place for place, band in enumerate(scheme.bands)}
    caps = [(places[cap.band], lower_condition(cap.when, setting)) for cap in scheme.caps]
    guarded = False
    absent = setting.no_target
    minding = [place for place, line in enumerate(scheme.lines) if absent is not None and _minds(line.when, absent)]
    last_minding = minding[-1] if minding else None
    for origin, line in enumerate(scheme.lines):
        reads_tolerance = line.reads_tolerance
        if reads_tolerance and not guarded and setting.target and setting.tolerance:
            guarded = True
            zero = setting.tolerance.not_computable
            if zero != NEVER:
                # A met target stays met, whatever its tolerance comes to.
                zero = all_of(zero, negated(setting.target.met(VALUE_PIECES)))
            if zero != NEVER:
                yield _guard(zero, Unrated(Reason.NOT_COMPUTABLE))
        when = lower_condition(line.when, setting)
        needed = not _may_be_silent(line, setting)
        match line.outcome:
            case schemes.NotRated(name=name):
                yield Line(when, Unrated(name), origin, needed=False)
            case Band() as band:
                place = places[band]
                for cap, capped in caps:
                    if cap > place:
                        yield Line(all_of(when, capped), Rated(cap), origin, needed=False)
                yield Line(when, Rated(place), origin, needed=needed)
        if origin == last_minding and setting.no_target is not None:
            yield _guard(ALWAYS, Unrated(setting.no_target))


def _may_be_silent(line: SchemeLine, setting: Setting) -> bool:
    """Whether it is meant if a line decides nothing: what it is for (tolerance, target, no target) is not had here."""
    without_tolerance = line.reads_tolerance and setting.tolerance is not None and setting.tolerance.is_none
    return without_tolerance or line.minds_absence or (setting.target is None and line.reads_target)


# --- inputs and stretches ---


def _inputs(
    terms: Terms, setting: Setting, conditions: Sequence[Condition], also: Sequence[PartBands] = ()
) -> tuple[Input, ...]:
    parts = {part.input.name: part.input for part in (*parts_read(terms), *also)}
    names = {VALUE} if _reads_value(terms) else set[str]()
    for condition in conditions:
        for test in tests(condition):
            names.update(inputs_of(test))
    domain = domain_of(terms)
    observed = {name for pieces in setting.figures.values() for piece in pieces.pieces for name in piece.form.inputs}
    others = dict.fromkeys(observed, Domain())
    if names - {VALUE}:
        several = {words: each for words, each in comparators(terms).items() if isinstance(each, OfLast)}
        others |= {words: _of_several(each, domain, terms) for words, each in several.items()}
    if terms.formula is not None and not (terms.rounding or _whole(terms.formula, terms)):
        others[VALUE] = evolve(domain, step=None)  # 79.5 can come of a division, whatever the precision
    return tuple(
        parts.get(name) or Input(name, others.get(name, domain), rounding=terms.rounding) for name in sorted(names)
    )


def _of_several(comparator: OfLast, domain: Domain, terms: Terms) -> Domain:
    """What the values of several periods can come to, which has other limits than each of them, or no steps."""
    if domain.labels:
        return domain
    match comparator.summary:
        case Summary.MEAN | Summary.MEDIAN:
            return domain if terms.rounding else evolve(domain, step=None)
        case Summary.SUM:
            low, high = (None if end is None else end * comparator.count for end in (terms.low, terms.high))
            return evolve(domain, low=_rounded(low, terms), high=_rounded(high, terms))
        case Summary.BEST | Summary.WORST:
            return domain
        case _:
            assert_never(comparator.summary)


def _whole(formula: Formula | OfComponents, terms: Terms) -> bool:
    """Whether whole numbers come of the formula, where the value is one."""
    match formula:
        case OfComponents(mean=mean):
            return not mean and terms.step == step(terms.unit)
        case Constant(number=number):
            return number.denominator == 1
        case InputValue(name=name):
            return step(terms.inputs[name]) == 1 == terms.step
        case Operation(left=left, sign=sign, right=right):
            return sign is not Sign.OVER and _whole(left, terms) and _whole(right, terms)
        case _:
            assert_never(formula)


def domain_of(terms: Terms) -> Domain:
    """The numbers that the value can be once it is through the door."""
    match terms.unit:
        case OnScale(scale=scale):
            return Domain.of_labels(tuple(reversed(scale.labels)))
        case Milestone():
            return Domain.of_labels(tuple(reversed(MILESTONES.labels)))
        case _:
            rounding = Fraction(1, 10**terms.rounding.places) if terms.rounding else None
            return Domain(_rounded(terms.low, terms), _rounded(terms.high, terms), rounding or terms.step)


def _rounded(end: Fraction | None, terms: Terms) -> Fraction | None:
    """Where the values end once they are rounded: 99.96% to one place is 100%."""
    return end if end is None or terms.rounding is None else terms.rounding(end)
