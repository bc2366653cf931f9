"""What is written becomes the node that says it, with its place."""

import pytest

from kpirules.source import Source, Span
from kpirules.syntax import nodes, parse, print_node

here = Span(Source("", ""), 0, 0)


def read(text: str) -> nodes.File:
    file, diagnostics = parse(Source("x.kpi", text))
    assert [str(found) for found in diagnostics] == []
    return file


def statement(line: str) -> nodes.Statement:
    (indicator,) = read(f"indicator x {{\n  {line}\n}}\n").items
    assert isinstance(indicator, nodes.Indicator)
    (said,) = indicator.lines
    assert isinstance(said, nodes.Statement)
    return said


def quantity(text: str) -> nodes.Quantity:
    return nodes.Quantity(here, text)


def name(text: str) -> nodes.Name:
    return nodes.Name(here, text)


def test_a_dated_statement_has_its_periods() -> None:
    assert statement("target  80% from 2023/24  Q2 until 2024-09 # so") == nodes.Statement(
        here,
        nodes.TargetStatement(here, nodes.PlainTarget(here, quantity("80%"))),
        nodes.Period(here, "2023/24 Q2"),
        nodes.Period(here, "2024-09"),
    )


def test_spans_cover_what_was_written() -> None:
    said = statement("target  80% from 2023/24  Q2 # so")
    assert said.span.text == "target  80% from 2023/24  Q2"
    assert said.since is not None
    assert said.since.span.text == "2023/24  Q2"
    assert said.body.span.text == "target  80%"
    assert (said.body.span.line, said.body.span.column) == (2, 3)


@pytest.mark.parametrize(
    "text",
    ["80%", "-13.5", "−5", "£1.222m", "-£740k", "£1.2m overspend", "3m 39s", "3 minutes 30 seconds", "30 days",
     "0.5 points", "201", "4.5", "1,204.25", "$2bn", "2h"],
)  # fmt: skip
def test_a_quantity_is_kept_as_it_was_written(text: str) -> None:
    assert statement(f"target {text}").body == nodes.TargetStatement(here, nodes.PlainTarget(here, quantity(text)))


def test_a_bare_percentage_as_tolerance_is_read_so_that_it_can_be_refused() -> None:
    assert statement("tolerance 5%").body == nodes.ToleranceStatement(here, nodes.BareShare(here, quantity("5%")))
    assert statement("tolerance 5 points").body == nodes.ToleranceStatement(here, quantity("5 points"))


def test_a_line_that_begins_with_or_continues_the_one_before() -> None:
    said = statement("tolerance 5% of target # wide\n\n    or 50,000")
    share = nodes.ShareOf(here, nodes.Percentage(here, "5%"), nodes.TheTarget(here))
    assert said.body == nodes.ToleranceStatement(here, nodes.WiderOf(here, (share, quantity("50,000"))))


def test_and_binds_closer_than_or_and_brackets_closer_still() -> None:
    loose_rule, tight_rule = "g when target met or no x and no y", "h when (target met or no x) and no y"
    (scheme,) = read(f"scheme s {{\n  {loose_rule}\n  {tight_rule}\n}}").items
    assert isinstance(scheme, nodes.Scheme)
    met, x, y = nodes.TargetMet(here), nodes.Missing(here, name("x")), nodes.Missing(here, name("y"))
    loose = nodes.AnyOf(here, (met, nodes.AllOf(here, (x, y))))
    tight = nodes.AllOf(here, (nodes.AnyOf(here, (met, x)), y))
    assert [rule.guard for rule in scheme.rules if isinstance(rule, nodes.BandRule)] == [
        nodes.When(here, loose),
        nodes.When(here, tight),
    ]


def test_products_bind_closer_than_sums_and_run_from_left_to_right() -> None:
    a, b, c, d = (name(letter) for letter in "abcd")
    product = nodes.Scaled(here, b, (nodes.Times(here, c), nodes.DividedBy(here, d)))
    formula = nodes.Added(here, a, (nodes.Minus(here, product), nodes.Plus(here, quantity("1"))))
    assert statement("value a - b * c / d + 1").body == nodes.ValueStatement(here, formula)


def test_a_hyphen_without_blanks_is_part_of_a_name() -> None:
    assert statement("value overspend-budget").body == nodes.ValueStatement(here, name("overspend-budget"))


def test_natural_words_may_name_figures() -> None:
    assert statement("target baseline").body == nodes.TargetStatement(here, nodes.PlainTarget(here, name("baseline")))
    comparator = nodes.Baseline(here, nodes.Period(here, "2019/20"))
    target = nodes.PlainTarget(here, comparator)
    assert statement("target baseline 2019/20").body == nodes.TargetStatement(here, target)


def test_an_indicator_without_direction_of_travel() -> None:
    assert statement("travel none").body == nodes.NoTravelStatement(here)


def test_a_text_says_what_stands_between_its_quotes() -> None:
    assert statement(r'note "a \"b\" \\ # { c"').body == nodes.NoteStatement(here, nodes.Text(here, r'a "b" \ # { c'))


def test_comments_are_kept_with_their_places() -> None:
    file = read('# first\r\nindicator x { # second\n  target 80% # third\n  note "# none"\n}\n# last')
    assert [(comment.text, comment.span.line) for comment in file.comments] == [
        ("# first", 1), ("# second", 2), ("# third", 3), ("# last", 6),
    ]  # fmt: skip
    assert all(comment.text == comment.span.text for comment in file.comments)


def test_a_byte_order_mark_and_other_line_ends_change_nothing() -> None:
    text = 'indicator x "y" {\n  target 80%\n  tolerance 5% of target\n    or 3\n}\n'
    assert read("\ufeff" + text.replace("\n", "\r\n")) == read(text)


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment", "  \t ", "\ufeff"])
def test_a_text_may_say_nothing(text: str) -> None:
    assert read(text).items == ()


def test_a_theme_holds_its_items_in_order() -> None:
    (theme,) = read("theme t {\n  defaults { travel none }\n  indicator a {}\n\n  test a { 1 is green }\n}").items
    assert isinstance(theme, nodes.Theme)
    assert [type(item) for item in theme.items] == [nodes.Defaults, nodes.Indicator, nodes.Test]


def test_a_theme_on_one_line() -> None:
    (theme,) = read("theme t { indicator a { target 80% } }").items
    assert isinstance(theme, nodes.Theme)
    assert [print_node(item) for item in theme.items] == ["indicator a {\n  target 80%\n}"]


def test_nodes_that_say_the_same_are_equal_wherever_they_stand() -> None:
    assert read("language 1\nlanguage  1").items[0] == read("\n\nlanguage 1").items[0]
    assert read("language 1").items[0] != read("language 2").items[0]


def test_what_may_be_written_in_two_ways_is_one_node() -> None:
    def lines(*said: str) -> tuple[nodes.Item, ...]:
        return read("".join(said)).items

    assert lines("test x { _ is red\n _, 3 is red }") == lines("test x { missing is red\n missing, 3 ends red }")
    assert lines("indicator x { bands { a 3 and above\n b 2 and worse } }") == lines(
        "indicator x { bands { a 3 or above\n b 2 or worse } }"
    )
    assert lines("indicator x { overall worst component ignoring unrated }") == lines(
        "indicator x { overall worst component, ignoring unrated }"
    )
