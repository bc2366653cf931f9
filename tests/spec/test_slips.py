"""The ten commonest slips: each gives exactly one diagnostic, in words that somebody who writes indicators can act on.

The messages are written out by hand. When one changes, read it aloud before you change it here.
"""

import pytest

from kpirules.loading import check_text

RIGHT = """\
indicator waits {
  owner "Finance"
  unit percent
  polarity higher is better
  target 80%
  tolerance 5 points
}
"""
OTHER = RIGHT.replace("waits", "visits")
THEME = f"theme town {{\n{RIGHT}}}\n"


def slip(right: str, wrong: str) -> str:
    """The right text with one slip."""
    assert RIGHT.count(right) == 1
    return RIGHT.replace(right, wrong)


# The slip, the text, the line and column, the code, the message, and the help.
SLIPS = (
    (
        "a forgotten closing brace before the next indicator",
        RIGHT.removesuffix("}\n") + OTHER,
        (7, 1, "unclosed-brace"),
        "`indicator` begins while a block is still open",
        "put `}` before it",
    ),
    (
        "a forgotten closing brace at the end",
        THEME.removesuffix("}\n"),
        (9, 1, "unclosed-brace"),
        "the text ends while a block is still open",
        "put `}` at the end",
    ),
    (
        "an equals sign after a property",
        slip("target 80%", "target = 80%"),
        (5, 10, "no-equals-sign"),
        "`=` does not stand between a property and what it says",
        "write `target 80%`",
    ),
    (
        "a colon after a property",
        slip("unit percent", "unit: percent"),
        (3, 7, "no-equals-sign"),
        "`:` does not stand between a property and what it says",
        "write `unit percent`",
    ),
    (
        "smart quotes",
        slip('"Finance"', "“Finance”"),
        (2, 9, "smart-quote"),
        "“ is not the plain quotation mark",
        'put texts between two plain marks: "…"',
    ),
    (
        "single quotes",
        slip('"Finance"', "'Finance'"),
        (2, 9, "smart-quote"),
        "' is not the plain quotation mark",
        'put texts between two plain marks: "…"',
    ),
    (
        "a forgotten per cent sign",
        slip("5 points", "5 of target"),
        (6, 13, "unexpected"),
        "5 is no share without its `%`",
        "write `5% of …`",
    ),
    (
        "a per cent sign where two things could be meant",
        slip("5 points", "5%"),
        (6, 13, "ambiguous-percent"),
        "a tolerance of 5% can mean two things",
        "write `5% of target` (80% down to 76%) or `5 points` (80% down to 75%)",
    ),
    (
        "a doubled per cent sign",
        slip("80%", "80%%"),
        (5, 10, "bad-number"),
        "`80%%` is not a number",
        "one sign is enough: `80%`",
    ),
    (
        "a per cent sign apart from its number",
        slip("80%", "80% %"),
        (5, 14, "unexpected"),
        "this `%` belongs to no number",
        "a percentage is a number with one sign right behind it, such as `80%`",
    ),
    (
        "a decimal comma",
        slip("80%", "80,5%"),
        (5, 10, "bad-number"),
        "`80,5%` is not a number",
        "a decimal has a point: `80.5%`",
    ),
    (
        "a misspelt property",
        slip("tolerance", "tolerence"),
        (6, 3, "unknown-word"),
        "`tolerence` is not a word that can stand here",
        "did you mean `tolerance`?",
    ),
    (
        "a misspelt word behind a property",
        slip("higher", "hihger"),
        (4, 12, "unknown-word"),
        "`hihger` is not a word that can stand here",
        "did you mean `higher`?",
    ),
    (
        "a misspelt word behind a number",
        slip("5 points", "5 pionts"),
        (6, 13, "bad-number"),
        "'5 pionts' is not an amount",
        "write it like 79, 2,528, 79%, £740k, 3m 39s, 0.5 points or 30 days",
    ),
    (
        "a tolerance on the better side of the target",
        slip("5 points", "to 85%"),
        (6, 16, "tolerance-on-wrong-side"),
        "this edge is better than the target, and higher is better",
        "a tolerance ends on the worse side of the target; if the edge is right, the polarity or the target is not",
    ),
    (
        "a polarity against the target's side",
        slip("80%", "below 80%"),
        (5, 10, "target-against-polarity"),
        "below 80% asks for the worse side, since higher is better",
        "write `target above 80%`, or declare the other polarity",
    ),
    (
        "a target with a sign",
        slip("80%", "<80%"),
        (5, 10, "unexpected"),
        "`<` cannot stand before a number; it is said in words",
        "write `below` and the number: `below 80%`",
    ),
    (
        "a target with a sign that lets the number itself meet it",
        slip("80%", "≥ 80%"),
        (5, 10, "unexpected"),
        "`≥` cannot stand before a number; it is said in words",
        "in a target write the number alone, which meets it; in bands `80% and above`, in schemes `at least 80%`",
    ),
    (
        "a text where a number belongs",
        slip("80%", '"80%"'),
        (5, 10, "text-for-number"),
        '"80%" is a text, and a number belongs here',
        "leave out the quotes, or declare `unit scale …` with this label",
    ),
    (
        "a word where a number belongs",
        slip("80%", "TBC"),
        (5, 10, "unknown-figure"),
        "the figure TBC is used and not declared",
        'where there is no number yet, write `target pending "TBC"`',
    ),
    (
        "a reference used twice",
        RIGHT + RIGHT,
        (8, 11, "duplicate-indicator"),
        "the indicator waits is defined twice",
        "give one of the two another name, or remove it",
    ),
)


def test_without_a_slip_there_is_no_fault() -> None:
    for text in (RIGHT, RIGHT + OTHER, THEME):
        assert check_text(text)[1] == ()


@pytest.mark.parametrize(
    ("text", "place", "message", "help"), [row[1:] for row in SLIPS], ids=[row[0] for row in SLIPS]
)
def test_a_slip_is_told_once_and_in_these_words(
    text: str, place: tuple[int, int, str], message: str, help: str
) -> None:
    [fault] = check_text(text)[1]
    assert (fault.span.line, fault.span.column, fault.code) == place
    assert (fault.message, fault.help) == (message, help)


GUARDED = """\
scheme strict {
  red   when no value
  green when target met
  amber when within tolerance
  red   "Late" otherwise
}
""" + slip("target 80%", "scheme strict\n  target 80%")


def test_a_band_that_stands_first_for_what_is_missing_is_told_with_a_way_out_that_mends_it() -> None:
    [fault] = check_text(GUARDED)[1]
    assert (fault.code, fault.message) == (
        "not-monotone",
        "a better value is rated worse: 0% is rated red, but 75% is rated amber",
    )
    assert fault.help == (
        "the band that stands first counts as the best: write `red when no value` below `amber when within tolerance`"
    )
    assert [(label.span.line, label.words) for label in fault.also] == [
        (4, "this rates 75%"),
        (5, "this rates 0%"),
        (2, "this makes red a better band than amber"),
    ]
    guard, below = "  red   when no value\n", "  amber when within tolerance\n"
    mended = GUARDED.replace(guard, "").replace(below, below + guard)
    library, faults = check_text(mended)
    assert faults == ()
    assert library["waits"].rate(None).band == "red"
