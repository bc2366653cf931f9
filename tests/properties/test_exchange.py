"""What is exported loads back to the same definitions, and no JSON whatsoever makes loading fail."""

import json
from collections.abc import Callable, Mapping
from copy import deepcopy
from datetime import timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import kpirules
from kpirules.exchange import written
from kpirules.exchange.forms import FORMS, TABLES, Document, Form, Member
from kpirules.exchange.reading import Reader, parsed
from kpirules.exchange.schema import schema
from kpirules.exchange.shapes import (
    Day,
    Exact,
    Flag,
    Hint,
    Listed,
    Maybe,
    Named,
    OneOf,
    Referred,
    Text,
    Whole,
    Words,
    Written,
    made,
    members_of,
    shape_of,
)
from kpirules.lower import lower, lower_overall, lower_travel
from kpirules.model import Definition, Definitions, LawBlock, Overall, OverallKind, Terms, TestBlock, Version
from kpirules.model.reads import part_bands, parts_to_prove
from kpirules.periods import Frequency, Part, Period
from kpirules.source import Source
from tests.properties.strategies import (
    CALENDAR,
    LAW,
    MIDYEAR,
    Asked,
    any_schemes,
    asked,
    numbers,
    ordinals,
    unplain,
)

SCHEMA = Draft202012Validator(schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)
GOOD = Path(__file__).parents[1] / "spec" / "good"

# --- values of every form, whether or not they mean anything ---

words = st.text(st.characters(codec="utf-8"), max_size=6)


def values(hint: Hint, member: Member, deep: int) -> st.SearchStrategy[Any]:
    """Any values of a type, made by the very shapes by which it is written and read."""
    again = partial(values, member=member, deep=deep)
    match shape_of(hint):
        case Text():
            return words
        case Flag():
            return st.booleans()
        case Whole():
            return st.integers(member.low or 0, 50 if member.high is None else min(member.high, 50))
        case Exact():
            return numbers | st.fractions(max_denominator=999)
        case Day():
            return st.dates()
        case Words(meanings=meanings):
            return st.sampled_from([*meanings.values()])
        case Maybe() if deep <= 0:
            return st.none()
        case Listed(kind=kind) if deep <= 0 and not member.filled:
            return st.just(kind())
        case Maybe(of=inner):
            return st.none() | again(inner)
        case Listed(of=inner, kind=kind):
            return st.lists(again(inner), min_size=int(member.filled), max_size=2).map(kind)
        case Named(of=inner):
            return st.dictionaries(words, again(inner), max_size=2)
        case Referred(of=kind):
            return objects(FORMS[kind], deep)
        case Written(form=form):
            return objects(form, deep)
        case OneOf(of=several):
            leaves = [each for each in several if is_leaf(each)]
            return st.one_of([again(each) for each in (leaves if deep <= 0 and leaves else several)])


def is_leaf(hint: Hint) -> bool:
    """Whether nothing of its own kind can stand inside of it."""
    shape = shape_of(hint)
    return isinstance(shape, Written) and all(
        isinstance(shape_of(inner), Text | Flag | Whole | Exact | Day | Words) for _, inner, _ in members_of(shape.form)
    )


def objects(form: Form, deep: int) -> st.SearchStrategy[Any]:
    if form.type is Period:
        return st.builds(Period, st.just(CALENDAR), st.sampled_from(Frequency), st.integers(1900, 2100))
    members = {name: values(hint, member, deep - 1) for name, hint, member in members_of(form)}
    return st.fixed_dictionaries(members).map(lambda given: made(form, given))


CALENDARS = {CALENDAR.name: CALENDAR}


def reread(definitions: Definitions) -> tuple[Document, Reader]:
    """What is written, read again without a look at what it means."""
    reader = Reader.of(Source("definitions.json", json.dumps(written(definitions), ensure_ascii=False)))
    data = reader.head(parsed(reader.source))
    for kind, table in TABLES.items():
        reader.table(data.get(table, {}), table, kind)
    indicators = tuple(each for _, each in reader.items(data, "indicators", FORMS[Definition]))
    tests = tuple(each for _, each in reader.items(data, "tests", FORMS[TestBlock]))
    laws = tuple(each for _, each in reader.items(data, "laws", FORMS[LawBlock]))
    return Document(indicators, tests, laws), reader  # type: ignore[arg-type]


ANYTHING = settings(deadline=None, max_examples=30, suppress_health_check=[*HealthCheck])


@pytest.mark.parametrize(
    "form", [FORMS[Terms], FORMS[Definition], FORMS[TestBlock], FORMS[LawBlock]], ids=lambda form: form.type.__name__
)
@ANYTHING
@given(data=st.data())
def test_values_of_every_form_come_back_as_they_went(form: Form, data: st.DataObject) -> None:
    value = data.draw(objects(form, 3))
    if isinstance(value, Terms):
        value = Definition("x", "X", CALENDAR, None, (Version(value),))
    tests = (value,) if isinstance(value, TestBlock) else ()
    laws = (value,) if isinstance(value, LawBlock) else ()
    indicators = {value.reference: value} if isinstance(value, Definition) else {}
    definitions = Definitions(indicators, CALENDARS, tests, laws)
    document, reader = reread(definitions)
    assert reader.found == []
    assert document == Document(tuple(indicators.values()), tests, laws)
    SCHEMA.validate(json.loads(json.dumps(written(definitions))))


# --- the rules ---


@st.composite
def definitions(draw: st.DrawFn) -> Definition:
    """Definitions that rate: a few versions with all kinds of terms, perhaps with components."""
    terms = asked() | asked(made_schemes=any_schemes()) | unplain() | ordinals()
    several = [case.terms for case in draw(st.lists(terms, min_size=1, max_size=3))]
    days = [MIDYEAR.start + timedelta(days=90 * place) for place in range(1, len(several))]
    starts, ends = [None, *days], [*(day - timedelta(days=1) for day in days), None]
    frequency = draw(st.none() | st.sampled_from(Frequency))
    parts = draw(st.lists(terms.map(lambda case: case.terms), max_size=2))
    kind = draw(st.sampled_from([OverallKind.WORST, OverallKind.BEST, OverallKind.OWN, OverallKind.NONE]))
    overall = Overall(kind, ignoring_unrated=draw(st.booleans())) if parts else None
    versions = tuple(
        Version(evolve(each, overall=overall), start, end)
        for each, start, end in zip(several, starts, ends, strict=True)
    )
    components = tuple(
        Definition(f"part {i}", "P", CALENDAR, frequency, (Version(each),)) for i, each in enumerate(parts)
    )
    return Definition("x", "X", CALENDAR, frequency, versions, components=components)


def rules(definition: Definition) -> list[object]:
    """Every rule that the definition lowers to: in each part of the year, of each travel, of the row and its parts."""
    lowered: list[object] = []
    for version in definition.versions:
        terms = version.terms
        for part in {*parts_to_prove(terms, definition.frequency, definition.calendar), Part(2, 4), Part(4, 4)}:
            lowered.append(or_why_not(lambda terms=terms, part=part: lower(terms, part=part)))
            lowered += [
                or_why_not(lambda terms=terms, part=part, travel=travel: lower_travel(terms, travel, part=part))
                for travel in terms.travels
            ]
        if terms.overall is not None and terms.overall.kind not in (OverallKind.OWN, OverallKind.NONE):
            schemes = {part.reference: part.versions[-1].terms.scheme for part in definition.components}
            if all(set(scheme.bands) <= set(terms.scheme.bands) for scheme in schemes.values()):
                parts = [part_bands(name, scheme) for name, scheme in schemes.items()]
                lowered.append(lower_overall(terms.overall, parts, terms.scheme))
    return lowered + [rules(part) for part in definition.components]


def or_why_not(lowered: Callable[[], object]) -> object:
    try:
        return lowered()
    except ValueError as fault:
        return str(fault)


@LAW
@given(definition=definitions())
def test_what_comes_back_lowers_to_the_same_rules(definition: Definition) -> None:
    document, reader = reread(Definitions({"x": definition}, {}))
    assert reader.found == []
    assert document.indicators == (definition,)
    assert rules(document.indicators[0]) == rules(definition)


@LAW
@given(case=asked(), value=numbers)
def test_what_comes_back_rates_the_same(case: Asked, value: object) -> None:
    definition = case.indicator.definition
    document, _ = reread(Definitions({"x": definition}, {}))
    [back] = document.indicators
    assert evolve(case, terms=back.versions[0].terms).rate(value) == case.rate(value)


# --- whatever is changed ---


@cache
def exported() -> tuple[Any, ...]:
    """The exports of all good texts, which together have every form."""
    texts = [file.read_text(encoding="utf-8") for file in sorted(GOOD.glob("*.kpi"))]
    return tuple(json.loads(kpirules.to_json(kpirules.check_text(text)[0])) for text in texts)


junk = st.sampled_from(
    [None, True, False, 0, -1, 1.5, 10**30, "", "x", "0", "-5", "1/0", "1/3", "2023-02-30", [], {}, [[]]]
)


@st.composite
def spoilt(draw: st.DrawFn) -> Any:
    """An export with something taken out, put in, doubled, or put in the place of something else."""
    data = deepcopy(draw(st.sampled_from(exported())))
    for _ in range(draw(st.integers(1, 2))):
        places = [*containers(data)]
        where, other = draw(st.sampled_from(places)), draw(st.sampled_from(places))
        key = draw(st.sampled_from([*where] if isinstance(where, dict) else [*range(len(where))]))
        match draw(st.sampled_from(["remove", "replace", "other", "add"])):
            case "remove":
                del where[key]
            case "replace":
                where[key] = draw(junk)
            case "other":
                where[key] = deepcopy(draw(st.sampled_from([*(other.values() if isinstance(other, dict) else other)])))
            case "add" if isinstance(where, dict):
                where[draw(st.sampled_from(["kind", "wehn", "title", "until", "subject"]))] = draw(junk)
            case _:
                where.append(deepcopy(where[key]))
    return data


def containers(data: Any) -> list[Any]:
    """Every object and list with anything in it."""
    inner = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    own = [data] if isinstance(data, dict | list) and data else []
    return own + [each for value in inner for each in containers(value)]


@settings(deadline=None, max_examples=100, suppress_health_check=[*HealthCheck])
@given(data=spoilt())
def test_whatever_is_changed_is_loaded_or_told_and_what_loads_can_rate(data: Any) -> None:
    library, found = kpirules.check_json(json.dumps(data))
    told = {fault.code for fault in found}
    if not SCHEMA.is_valid(data):
        assert told & {"bad-member", "missing-member", "unknown-member", "unknown-format"}
    elif told & {"missing-member", "unknown-member", "unknown-format"}:
        raise AssertionError(f"the schema allows what is refused: {[*map(str, found)]}")
    for indicator in library.indicators.values():
        at = Period(indicator.definition.calendar, Frequency.QUARTERLY, 2023, 2)
        values: Mapping[str, object] | None = dict.fromkeys(indicator.components) or None
        for version in indicator.definition.versions:
            day = version.until or version.since or at.end
            period = Period(indicator.definition.calendar, Frequency.YEARLY, max(day.year - 1, 1))
            for when in (at, period):
                rating = indicator.rate(values, period=when)
                assert (rating.band is None) != (rating.reason is None)
                assert rating.explain().text
    library.run_tests()


@settings(deadline=None, max_examples=200)
@given(text=st.text() | st.lists(st.sampled_from('{}[],:"a1.-e\\u tfn\n')).map("".join))
def test_no_text_makes_loading_fail(text: str) -> None:
    library, found = kpirules.check_json(text)
    assert found
    assert not library.indicators


@pytest.mark.parametrize("deep", [100, 900, 100_000])
@pytest.mark.parametrize("around", ["[{}]", '{{"a":{}}}'])
def test_what_is_nested_deeply_is_told(deep: int, around: str) -> None:
    before, after = around.format("|").split("|") if "|" not in around else ("", "")
    nested = before * deep + "1" + after * deep
    head = '{"format": "kpirules-definitions", "version": 1, "indicators": [{"versions": '
    for text in (nested, f"{head}{nested}}}]}}"):
        assert kpirules.check_json(text)[1]
