"""Each slip gives one diagnostic at its own place, and everything else is read."""

import time

import pytest

from kpirules.diagnostics import Diagnostic
from kpirules.source import Source
from kpirules.syntax import nodes, parse
from kpirules.syntax.parse import longest_text, most_faults


def faults(text: str) -> list[tuple[str, int, str]]:
    _, diagnostics = parse(Source("x.kpi", text))
    return [(found.code, found.span.line, found.span.text) for found in diagnostics]


def fault(line: str) -> Diagnostic:
    """The only fault of a line that stands between two good ones, both of which are read."""
    file, diagnostics = parse(Source("x.kpi", f"indicator x {{\n  unit percent\n  {line}\n  target 80%\n}}\n"))
    (found,) = diagnostics
    (indicator,) = file.items
    assert isinstance(indicator, nodes.Indicator)
    bodies = [type(said.body) for said in indicator.lines if isinstance(said, nodes.Statement)]
    assert bodies == [nodes.UnitStatement, nodes.TargetStatement]
    assert file.is_damaged(indicator)
    return found


@pytest.mark.parametrize(
    ("line", "code", "place", "help"),
    [
        ("tolerence 5 points", "unknown-word", "tolerence", "did you mean `tolerance`?"),
        ("Target 80%", "unknown-word", "Target", "did you mean `target`?"),
        ("polarty lower is better", "unknown-word", "polarty", "did you mean `polarity`?"),
        ("polarity lowr is better", "unknown-word", "lowr", "did you mean `lower`?"),
        ("unit percnt", "unknown-word", "percnt", "did you mean `percent`?"),
        ("target prevous quarter", "unknown-word", "prevous", "did you mean `previous`?"),
        ("target 80% form 2023/24", "unknown-word", "form", "did you mean `from`?"),
        ("target 80% from 2023/24 untill 2024/25", "unknown-word", "untill", "did you mean `until`?"),
        ("tolerance 5% of range widht", "unknown-word", "widht", "did you mean `width`?"),
        ("polarity higheris better", "unknown-word", "higheris", "did you mean `higher`?"),
        ("quux 5", "unknown-word", "quux",
         "here may stand `accumulates`, `bands`, `break`, `calendar`, `component` or 22 others"),
        ("target = 80%", "no-equals-sign", "=", "write `target 80%`"),
        ("target: 80% # so", "no-equals-sign", ":", "write `target 80%`"),
        ("owner := \"Finance\"", "no-equals-sign", ":=", 'write `owner "Finance"`'),
        ("target “80%", "smart-quote", "“", 'put texts between two plain marks: "…"'),
        ("owner ‘Finance", "smart-quote", "‘", 'put texts between two plain marks: "…"'),
        ('owner "Finance # so', "unclosed-quote", '"Finance # so', 'end it with `"`; a text stays on one line'),
        (r'note "C:\data"', "bad-escape", r"\d", r'write `\"` for a quotation mark and `\\` for a backslash'),
        ("tolerance 5 percent of target", "unexpected", "5 percent", "write the sign: `5% of …`"),
        ("target eighty percent", "unexpected", "percent",
         "`eighty` is read as the name of a figure; a number is written in digits and alone, such as `80%`"),
        ("target about £50k", "unexpected", "£50k",
         "`about` is read as the name of a figure; a number is written in digits and alone, such as `80%`"),
        ("unit weeks", "unexpected", "weeks",
         ("write `percent`, `points`, `count`, `money GBP`, `duration`, `days`, `rate per …`, `score out of …`, "
          '`scale …` or `milestone`; a unit of your own stands in quotes: `unit "weeks"`')),
        ("unit %", "unexpected", "%", "write `unit percent`"),
        ("unit £", "unexpected", "£", "write `unit money GBP`"),
        ("tolerance 5 – 7", "unexpected", "–", "write `to` for a range: `25 to 27`"),
        ("target 80% from 1/4/2023", "unexpected", "1/4/2023", "here may stand a period such as `2023/24 Q2`"),
        ("polarity lower is better tolerance 5 points", "unexpected", "tolerance",
         "each statement has its own line: begin a new one before `tolerance`"),
        ("target £4,5m", "bad-number", "£4,5m", "a decimal has a point: `£4.5m`"),
        ("target 1,75", "bad-number", "1,75", "a decimal has a point: `1.75`"),
        ("target 80%%", "bad-number", "80%%", "one sign is enough: `80%`"),
        ("target .5", "bad-number", ".5", "write a digit before the point: `0.5`"),
        ("target ٣", "bad-number", "٣", "numbers use the digits 0 to 9"),
        ("target 12and", "bad-number", "12and", "put a blank between the number and the word: `12 and`"),
        ("target 900-1,200", "bad-number", "900-1,200",
         "write `900 to 1,200` for a range; a formula begins with a name, so this is no sum"),
        ("target 4.5/5", "bad-number", "4.5/5", "write `4.5`; the unit says what it is out of: `unit score out of 5`"),
        ("target by quarter 1,2,3", "bad-number", "1,2,3",
         "a comma stands before each group of three digits (`1,200`); in a list a blank follows it"),
        ("target 1.2.3", "bad-number", "1.2.3", "a number looks like `80`, `1,200`, `0.5`, `5%`, `£1.2m` or `3m 39s`"),
        ("history 2023/24", "reserved-word", "history",
         "choose another word, or put it in quotes where a name may be quoted"),
        ("colour \"red\"", "unexpected", "colour",
         "here may stand `accumulates`, `bands`, `break`, `calendar`, `component` or 22 others"),
        ("owner Finance", "unexpected", "Finance", "here may stand a text in quotes"),
        ("values 0% to", "unexpected", "", "here may stand a number"),
        ("precision fine", "unexpected", "fine", "here may stand a number"),
        ("frequency 4", "unexpected", "4", "here may stand a name or `every`"),
        ("target 80% @ 3", "unexpected", "@",
         ("outside quotes, names use the letters a to z, digits, `-` and `_`; put other words in quotes; "
          "here may stand a name, a comma and a blank, the end of the line, `at`, `for` or 5 others")),
        ("target\N{NO-BREAK SPACE}80%", "unexpected", "\N{NO-BREAK SPACE}",
         "it does not show, or looks like a blank; type it again as an ordinary blank"),
        ("tolerance 5% of target\n    or 5,0", "bad-number", "5,0", "a decimal has a point: `5.0`"),
        ("component a b {\n    target 80%\n    junk\n  }", "unexpected", "b", "here may stand a text in quotes or `{`"),
    ],
)  # fmt: skip
def test_a_slip_is_one_diagnostic(line: str, code: str, place: str, help: str) -> None:
    found = fault(line)
    assert (found.code, found.span.text, found.help) == (code, place, help)


def test_ten_mistakes_in_ten_lines_are_ten_diagnostics() -> None:
    lines = [
        "unit percnt", "polarty higher is better", "target = 80%", "tolerance 5%%", "owner “Finance”", 'note "open',
        "override target", "values 0 to", "travel short long", "scheme 5",
    ]  # fmt: skip
    text = "indicator x {\n" + "".join(f"  {line}\n" for line in lines) + "  weight 2\n}\nindicator y { target 80% }\n"
    found = faults(text)
    assert [line for _, line, _ in found] == list(range(2, 12))
    file, _ = parse(Source("x.kpi", text))
    assert len(file.items) == 2
    assert len(file.damaged) == 10
    first, second = file.items
    assert file.is_damaged(first)
    assert not file.is_damaged(second)


def test_faults_inside_a_block_inside_an_item_take_only_their_line() -> None:
    bad_bands = "  bands {\n    green 80% and abve\n    red below 70%\n  }\n"
    bad_component = "  component a {\n    targt 5\n    weight 2\n  }\n"
    text = f"indicator x {{\n{bad_bands}{bad_component}}}"
    file, _ = parse(Source("x.kpi", text))
    assert faults(text) == [("unknown-word", 3, "abve"), ("unknown-word", 7, "targt")]
    (indicator,) = file.items
    assert isinstance(indicator, nodes.Indicator)
    bands, component = indicator.lines
    assert isinstance(component, nodes.Component)
    assert isinstance(bands, nodes.Statement)
    assert isinstance(bands.body, nodes.BandsStatement)
    assert (len(bands.body.bands), len(component.statements)) == (1, 1)


def test_a_fault_on_the_first_line_takes_the_item() -> None:
    text = "indicater x {\n  target 80%\n}\nindicator y { target 80%% }\nindicator z {}\n"
    assert faults(text) == [("unknown-word", 1, "indicater"), ("bad-number", 4, "80%%")]
    file, _ = parse(Source("x.kpi", text))
    assert [item.span.text for item in file.items] == ["indicator z {}"]


def test_a_forgotten_brace_ends_at_the_next_item() -> None:
    text = "indicator x {\n  target 80%\n\nindicator y {\n  target 90%\n}\n\nscheme s {\n  green otherwise\n"
    _, diagnostics = parse(Source("x.kpi", text))
    first, second = diagnostics
    assert (first.code, first.span.line, first.span.text) == ("unclosed-brace", 4, "indicator")
    assert [(label.span.line, label.span.text) for label in first.also] == [(1, "{")]
    assert (second.code, second.span.start, second.also[0].span.line) == ("unclosed-brace", len(text), 8)
    file, _ = parse(Source("x.kpi", text))
    assert [type(item) for item in file.items] == [nodes.Indicator, nodes.Indicator, nodes.Scheme]
    assert file.items[0].span.text == "indicator x {\n  target 80%"


def test_a_forgotten_brace_inside_a_theme_spares_the_theme() -> None:
    text = "theme t {\n  indicator x {\n    component a {\n      target 80%\n  indicator y {}\n}\nlanguage 1\n"
    assert faults(text) == [("unclosed-brace", 5, "indicator")]
    file, _ = parse(Source("x.kpi", text))
    theme, _ = file.items
    assert isinstance(theme, nodes.Theme)
    assert len(theme.items) == 2


def test_a_forgotten_brace_of_a_component_ends_at_the_next() -> None:
    text = "indicator x {\n  component a {\n    target 80%\n  component b {\n    target 90%\n  }\n}\n"
    assert faults(text) == [("unclosed-brace", 4, "component")]
    file, _ = parse(Source("x.kpi", text))
    (indicator,) = file.items
    assert isinstance(indicator, nodes.Indicator)
    assert [type(line) for line in indicator.lines] == [nodes.Component, nodes.Component]


def test_a_stray_brace_is_one_fault() -> None:
    assert faults("indicator x {\n  target 80%\n}\n}\nindicator y {}\n") == [("stray-brace", 4, "}")]


def test_text_behind_a_closing_brace_is_not_overlooked() -> None:
    assert faults("indicator x {\n} junk\n") == [("unexpected", 2, "junk")]
    assert faults("indicator x {\n}\n} junk\n") == [("stray-brace", 3, "}"), ("unknown-word", 3, "junk")]
    assert faults("or x\n") == [("unexpected", 1, "or")]


def test_an_item_that_belongs_outside_themes() -> None:
    text = "theme t {\n  scheme s { green otherwise }\n  indicator x {}\n}\n"
    assert faults(text) == [("unexpected", 2, "scheme")]
    file, _ = parse(Source("x.kpi", text))
    (theme,) = file.items
    assert isinstance(theme, nodes.Theme)
    assert len(theme.items) == 1
    assert file.is_damaged(theme)


def test_nesting_without_end_is_a_fault_and_not_a_crash() -> None:
    deep = "(" * 100_000
    assert faults(f"scheme s {{\n  green when {deep}target met\n  red otherwise\n}}\n") == [("too-deep", 2, "(")]
    assert {code for code, _, _ in faults("{" * 10_000)} == {"unclosed-brace", "unexpected"}


def test_long_chains_are_no_nesting() -> None:
    chain = " or ".join(["target met"] * 20_000)
    assert faults(f"scheme s {{\n  green when {chain}\n  red otherwise\n}}\n") == []


def test_a_text_that_is_far_too_long_is_not_read() -> None:
    assert faults("#" * (longest_text + 1)) == [("too-long", 1, "")]


def test_reading_stops_when_more_diagnostics_would_not_help() -> None:
    found = faults("junk\n" * (most_faults + 50))
    assert [code for code, _, _ in found] == ["unknown-word"] * most_faults + ["too-many-faults"]


def test_an_item_with_very_many_faults_is_left_out() -> None:
    text = "indicator x {\n" + "  junk 5\n" * 60 + "}\nindicator y {}\n"
    file, diagnostics = parse(Source("x.kpi", text))
    assert {found.code for found in diagnostics} == {"unknown-word"}
    assert [item.span.text for item in file.items] == ["indicator y {}"]


def test_a_file_need_not_be_set_in() -> None:
    items = "indicator x {\ntarget 80%\n}\nindicator y {\ncomponent a {\ntarget 90%\n}\n}\n"
    scheme = "theme best-start # see { above\nscheme rag\n"
    assert faults(f"theme t {{\n{items}indicator z {{\n{scheme}}}\n}}\n") == []
    assert faults(f"theme t {{\nindicator w {{\ntarget 80%\n{items}}}\n") == [("unclosed-brace", 4, "indicator")]


def test_a_forgotten_brace_of_the_last_item_of_a_theme_ends_at_the_next_theme() -> None:
    text = "theme t {\n  indicator x {\n    target 80%\n}\ntheme u {\n  indicator y {}\n}\n"
    assert faults(text) == [("unclosed-brace", 5, "theme")]
    file, _ = parse(Source("x.kpi", text))
    assert [len(item.items) for item in file.items if isinstance(item, nodes.Theme)] == [1, 1]


@pytest.mark.parametrize(
    "text",
    ["{" * 50_000, '"' * 50_000, "indicator x {\n" * 5_000, "}" * 50_000, "or " * 50_000, "#\n \n" * 20_000 + "x",
     "theme t {\n" + "junk\n" * 3_000, ("a { " * 5_000 + "\n") * 3,
     "indicator x {\n" + "  target 80%\n" * 3_000 + "  junk\n" * 60 + "}"],
    ids=lambda text: repr(text[:12]),
)  # fmt: skip
def test_evil_texts_take_no_evil_time(text: str) -> None:
    started = time.process_time()
    assert faults(text) != []
    assert time.process_time() - started < 10


@pytest.mark.parametrize(("mark", "end"), ["“”", "‘’"])
def test_a_text_between_smart_quotes_is_told_and_read_on(mark: str, end: str) -> None:
    text = f'indicator x {mark}Void homes{end} {{ # {mark}so{end}\n  target 5%%\n  note "{mark}so{end}"\n}}\n'
    file, found = parse(Source("x.kpi", text))
    assert [(each.code, each.span.line, each.span.text) for each in found] == [
        ("smart-quote", 1, mark),
        ("bad-number", 2, "5%%"),
    ]
    (indicator,) = file.items
    assert file.is_damaged(indicator)


def test_a_hole_at_the_end_of_an_unclosed_block_is_a_hole_in_it() -> None:
    file, found = parse(Source("x.kpi", "indicator x {\n  target 5%%\nindicator y {\n  target 5%\n}\n"))
    assert [each.code for each in found] == ["bad-number", "unclosed-brace"]
    assert [file.is_damaged(item) for item in file.items] == [True, False]


def test_tests_and_laws_are_passed_over_where_nobody_asks_for_them() -> None:
    text = (
        'theme t {\n  test A { nonsense }\n  indicator A { unit count }\n}\ntest A { 1 is }\nalways "x" for all { }\n'
    )
    file, found = parse(Source("x.kpi", text), tests=False)
    [theme] = file.items
    assert isinstance(theme, nodes.Theme)
    assert [type(item) for item in theme.items] == [nodes.Indicator]
    assert (found, file.damaged) == ((), ())
    assert len(parse(Source("x.kpi", text))[1]) == 3
