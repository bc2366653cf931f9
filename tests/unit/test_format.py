"""The canonical layout, case by case."""

import pytest

from kpirules import check_text
from kpirules.source import Source
from kpirules.syntax.format import format_text


def laid_out(text: str) -> str:
    result = format_text(Source("x.kpi", text))
    assert isinstance(result, str)
    return result


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        pytest.param("", "", id="nothing"),
        pytest.param("\n \n", "", id="blank lines only"),
        pytest.param("language   1", "language 1\n", id="the last line ends"),
        pytest.param("\ufefflanguage 1\n", "language 1\n", id="no byte-order mark"),
        pytest.param('\r\nlanguage 1\nuse "x"\n', 'language 1\r\nuse "x"\r\n', id="the first line end decides"),
        pytest.param("# a\r\rb \r\n", "# a\r\rb\r\n", id="a stray carriage return in a comment"),
        pytest.param(
            'indicator x{target 3}# a\nindicator longer "T" like x  {target 3}',
            'indicator x                 { target 3 }  # a\nindicator longer "T" like x { target 3 }\n',
            id="blocks on one line in columns",
        ),
        pytest.param(
            "travel a { by band }\n\n\ntravel longer { by band }\n",
            "travel a { by band }\n\ntravel longer { by band }\n",
            id="an empty line parts the columns",
        ),
        pytest.param(
            "travel a { by band }\n# of the same run\ntravel longer { by band }\n",
            "travel a      { by band }\n# of the same run\ntravel longer { by band }\n",
            id="a comment does not part the columns",
        ),
        pytest.param(
            f'travel a "{"x" * 100}" {{ by band }}\ntravel longer "x" {{ by band }}\ntravel b {{ by band }}\n',
            f'travel a      "{"x" * 100}" {{ by band }}\ntravel longer "x" {{ by band }}\n'
            "travel b          { by band }\n",
            id="a very long cell widens no column",
        ),
        pytest.param("theme t {\n}\n", "theme t {}\n", id="an empty block"),
        pytest.param("theme t { # a\n} # b\n", "theme t {  # a\n}  # b\n", id="a block with nothing but a comment"),
        pytest.param(
            "theme t {\n\n# a\n\n\n# b\n\n}\n", "theme t {\n  # a\n\n  # b\n}\n", id="comments in an empty block"
        ),
        pytest.param(
            "theme t {\nindicator x {\ntarget 3 } } # of the target\nlanguage 1",
            "theme t {\n  indicator x {\n    target 3  # of the target\n  }\n}\n\nlanguage 1\n",
            id="a comment stays beside its row where a brace goes",
        ),
        pytest.param(
            "theme t { indicator x { target 3 } }",
            "theme t {\n  indicator x { target 3 }\n}\n",
            id="a block with a block in it is opened out",
        ),
        pytest.param(
            "# of the file\n\n\n# of x\nindicator x { # its head\n# above\nunit percent # beside\n\n\n"
            "tolerance 3 # last\n# at the end\n\n} # behind\n# under it\n\n\n# at the very end\n\n",
            "# of the file\n\n# of x\nindicator x {  # its head\n  # above\n  unit       percent  # beside\n\n"
            "  tolerance  3  # last\n  # at the end\n}  # behind\n# under it\n\n# at the very end\n",
            id="every comment keeps its place",
        ),
        pytest.param(
            "language 1\nindicator x {\n}\nscheme s { red otherwise\n}\n# of t\ntheme t",
            "language 1\nindicator x {}\n\nscheme s {\n  red otherwise\n}\n\n# of t\ntheme t\n",
            id="an empty line about what takes several lines",
        ),
        pytest.param(
            "indicator x {\nunit count\ncomponent a { target 3 }\ncomponent b {\ntarget 3\n}\noverall none\n}",
            "indicator x {\n  unit     count\n  component a { target 3 }\n\n  component b {\n    target 3\n  }\n\n"
            "  overall  none\n}\n",
            id="components are set apart",
        ),
        pytest.param(
            "indicator x {\nbands { red below 3 # a\n} from 2023/24 # b\nbands {\n} until 2024\nunit count\n}",
            "indicator x {\n  bands {\n    red below 3  # a\n  } from 2023/24  # b\n  bands {} until 2024\n"
            "  unit count\n}\n",
            id="bands with their dates",
        ),
        pytest.param(
            "scheme s {\nno better than red when target met # a\n\n# b\nand (long up) # c\n  or no x\n}",
            "scheme s {\n  no better than red when target met  # a\n    # b\n    and long up  # c\n    or no x\n}\n",
            id="a broken line stays broken, with its comments",
        ),
        pytest.param(
            'scheme s {\n green "or and" when (target met\n or no x) and no y\n red otherwise }',
            'scheme s {\n  green "or and"  when (target met\n    or no x) and no y\n  red             otherwise\n}\n',
            id="words in texts break nothing",
        ),
        pytest.param(
            "test x {\n80% is green\n£3 is red\nmissing is red\n7 after 8 is red }",
            "test x {\n  80%  is green\n  £3   is red\n  missing is red\n  7 after 8 is red\n}\n",
            id="plain cases in columns",
        ),
        pytest.param(
            'always "a" for all {\nwhen target met # a\nthen not red }',
            'always "a" for all {\n  when target met  # a\n  then not red\n}\n',
            id="a law on several lines",
        ),
    ],
)
def test_layout(written: str, wanted: str) -> None:
    assert laid_out(written) == wanted
    assert laid_out(wanted) == wanted


def test_the_examples_of_the_design_stand_as_they_are() -> None:
    text = """\
calendar council "Council year" { year starts 1 April }
calendar school  "School year"  { year starts 1 September }

scheme rag "Red, amber, green" {
  green "On or better than target"                            when target met
  amber "Worse than target but within target tolerance"       when within tolerance
  red   "Worse than target and outside the target tolerance"  otherwise
}

scheme floor "Target and floor standard" {
  not rated "No standard set" when no floor
  green when at or better than target
  amber when at or better than floor
  red   otherwise
}

theme best-start "The Best Start in Life for Children and Young People" {
  indicator B3d "Schools rated Good or Outstanding by Ofsted: secondary" {
    owner      "Children and Education"
    unit       percent
    polarity   higher is better
    target     80%
    tolerance  5% of target
  }
}

test B3d {
  80%     is green
  79%     is amber
  75.99%  is red
  79% after 79% is short unchanged
  76%, 77%, _, 80% ends green, short not comparable  # oldest first; _ is missing
  at 2024/25 Q1: 81% with floor 62% is green
  missing is not rated: no value
}
"""
    assert laid_out(text) == text


def test_a_silence_stays_with_what_it_silences() -> None:
    text = """\
calendar council { year starts 1 April }
indicator x { unit count
  polarity none
  target not applicable
  # allow unused-figure: for later
  figure later 3
  figure never 4 } # allow unused-figure: for later, too
"""
    assert check_text(text)[1] == check_text(laid_out(text))[1] == ()
    assert len(check_text(text.replace("# allow", "#"))[1]) == 2


def test_a_text_with_faults_is_not_laid_out() -> None:
    found = format_text(Source("x.kpi", "language   1\nindicator x { target 80 apples pears\n}\nlanguage one\n"))
    assert isinstance(found, tuple)
    assert [(fault.code, fault.span.line) for fault in found] == [("unexpected", 2), ("unexpected", 4)]


def test_a_huge_text_costs_no_more_than_its_length() -> None:
    condition = "\n".join(["no x", *["or no y"] * 20_000])
    title = "x" * 100_000
    heads = "\n".join(f'travel t{number} "{title if number == 1 else ""}" {{ by band }}' for number in range(200))
    text = f"scheme s {{\n  green when {condition}\n  red otherwise\n}}\n{heads}\n"
    assert len(laid_out(text)) < 2 * len(text)
