"""Laws of the text wing: no text makes it raise, spans lie in the text, and parsing undoes printing."""

import re
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from kpirules.source import Source, Span
from kpirules.syntax import nodes, parse, print_file
from tests.properties.damage import ANY_TEXT, damaged_texts, words_of

corpus = tuple(
    path.read_text(encoding="utf-8") for path in sorted((Path(__file__).parents[1] / "corpus").glob("*.kpi"))
)
items = tuple(item for text in corpus for item in re.split(r"\n\n(?=[a-z])", text))
words = words_of(corpus)
mutated = damaged_texts(items, words, least=1, most=2)


def spans(node: object) -> list[Span]:
    if isinstance(node, tuple):
        return [span for part in node for span in spans(part)]
    if isinstance(node, nodes.Node):
        return [node.span, *spans(tuple(getattr(node, field.name) for field in node.__attrs_attrs__))]
    return []


def check_laws(text: str) -> nodes.File:
    """What holds for any text at all."""
    source = Source("x.kpi", text)
    file, diagnostics = parse(source)
    found = [*spans(file.items), *spans(file.comments), *file.damaged]
    found += [span for each in diagnostics for span in (each.span, *(label.span for label in each.also))]
    assert all(span.source is source and 0 <= span.start <= span.end <= len(text) for span in found)
    for each in diagnostics:
        assert each.code
        assert each.message
        assert each.help
    assert list(diagnostics) == sorted(diagnostics, key=lambda each: each.span.start)
    # What was read can be printed and read again, whatever was left out.
    again, faults = parse(Source("printed", print_file(file)))
    assert faults == ()
    assert again == file
    # What was left out is reported.
    assert bool(diagnostics) or not file.damaged
    return file


@given(ANY_TEXT)
@example('"{')
@example("\\")
@example("or\n")
@example("}{")
@example("x { \n}\n or y")
@example('theme t {\n"\n')
@example("\r\r\n\ufeff")
def test_no_text_makes_it_raise(text: str) -> None:
    check_laws(text)


@given(st.lists(st.sampled_from(words), max_size=40).map(" ".join))
def test_no_heap_of_words_makes_it_raise(text: str) -> None:
    check_laws(text)


@given(mutated)
def test_a_damaged_file_keeps_the_laws(text: str) -> None:
    check_laws(text)


@given(mutated, st.sampled_from(items))
def test_a_damaged_item_does_not_spoil_the_next_one(damaged: str, sound: str) -> None:
    """Unless a brace is open or a quotation mark swallows the line, the item behind it is read in full."""
    alone, _ = parse(Source("x.kpi", sound))
    both, _ = parse(Source("x.kpi", f"{damaged}\n\nlanguage 1\n\n{sound}"))
    if alone.items:
        assert both.items[-len(alone.items) :] == alone.items


@st.composite
def statements(draw: st.DrawFn) -> str:
    """Statements made of parts that fit, so that every one of them is sound."""
    name = st.sampled_from(["floor", "budget", "north", "x-1", "baseline", "mean"])
    number = st.decimals(0, 10**6, places=2).map(str) | st.integers(0, 10**7).map("{:,}".format)
    percentage = number.map("{}%".format)
    signed = st.sampled_from(["", "-", "−"])
    quantity = st.builds("{}{}".format, signed, number | percentage | number.map("£{}m".format)) | st.just("3m 39s")
    period = st.sampled_from(["2023/24", "2023/24 Q2", "2023-09", "2024"])
    step = st.sampled_from(["quarter", "year", "month"])
    comparator = st.one_of(
        st.builds("previous {}".format, step),
        st.builds("same {} last year".format, step),
        st.builds(
            "{} of last {} {}s".format, st.sampled_from(["mean", "median", "best", "worst", "sum"]), number, step
        ),
    )
    atom = name | quantity
    expression = st.recursive(
        atom,
        lambda inner: st.builds("{} {} {}".format, inner, st.sampled_from("+-*/"), inner) | inner.map("({})".format),
        max_leaves=6,
    )
    formula = st.builds("{} {} {}".format, name, st.sampled_from("+-*/"), expression)
    amount = st.builds("{} of {}".format, percentage, st.sampled_from(["target", "it", "floor"])) | quantity
    figure = quantity | comparator | formula | name
    aim = figure | st.builds("{}, {} {}".format, figure, st.sampled_from(["less", "plus"]), amount)
    width = st.one_of(
        st.builds("{} of target".format, percentage),
        st.builds("{} of range {}".format, percentage, st.sampled_from(["width", "ends", "middle"])),
        quantity,
        st.builds("to {}".format, quantity),
        st.builds("{} to {}".format, quantity, quantity),
    )
    text = st.text(st.characters(exclude_characters='"\\\n', exclude_categories=["Cs"])).map('"{}"'.format)
    body = st.one_of(
        st.builds("target {}".format, aim),
        st.builds("target above {}".format, aim),
        st.builds("target {} to {}".format, aim, aim),
        st.builds("target pending {}".format, text),
        st.builds("tolerance {}".format, width),
        st.builds("tolerance {}".format, st.lists(width, min_size=2, max_size=4).map("\n  or ".join)),
        st.builds("tolerance {} below, {} above".format, width, width),
        st.builds("value {}".format, formula),
        st.builds("figure {} {}".format, name, aim),
        st.builds("note {}".format, text),
        st.builds("bands {{\n green {} and above # {}\n red {} otherwise }}".format, quantity, name, text),
    )
    since = st.builds(" from {}".format, period) | st.just("")
    return f"{draw(body)}{draw(since)}"


@st.composite
def conditions(draw: st.DrawFn) -> str:
    figure = st.sampled_from(["target", "floor", "80%", "target, less 5% of it", "midpoint of target and 3", '"Good"'])
    side = st.sampled_from(["at or better than", "better than", "worse than", "at or worse than"])
    atom = st.one_of(
        st.sampled_from(["target met", "within tolerance", "long improved", "no floor", "at year end"]),
        st.builds("{} {}".format, side, figure),
        st.builds("forecast {} {}".format, side, figure),
        st.builds("any component {} red".format, side),
    )
    return draw(
        st.recursive(
            atom | atom.map("not {}".format),
            lambda inner: st.one_of(
                st.builds("{} {} {}".format, inner, st.sampled_from(["and", "or", "\n   and", "\n   or"]), inner),
                inner.map("({})".format),
                inner.map("not ({})".format),
            ),
            max_leaves=8,
        )
    )


@given(st.lists(statements(), max_size=5), st.lists(conditions(), max_size=4))
def test_generated_files_are_read_without_a_fault_and_printed_back(said: list[str], rules: list[str]) -> None:
    lines = "".join(f"  {statement}\n" for statement in said)
    bands = "".join(f"  green when {condition}\n" for condition in rules)
    text = f"indicator x {{\n{lines}}}\nscheme s {{\n{bands}  red otherwise\n}}\n"
    file = check_laws(text)
    _, diagnostics = parse(Source("x.kpi", text))
    assert [str(found) for found in diagnostics] == []
    indicator, scheme = file.items
    assert isinstance(indicator, nodes.Indicator)
    assert isinstance(scheme, nodes.Scheme)
    assert (len(indicator.lines), len(scheme.rules)) == (len(said), len(rules) + 1)
