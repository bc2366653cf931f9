import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpirules.present.screen import Screen, columns, wrapped

PLAIN = [
    ("79%", "utf-8", "79%"),
    ("▲ better – £740k …", "utf-8", "▲ better – £740k …"),
    ("▲ better – £740k …", "cp1252", "^ better – £740k …"),
    ("▲ better – £740k …", "ascii", "^ better - GBP 740k ..."),
    ("≈0.33 ≥ 日", "cp1252", "~0.33 >= ?"),
    ("two\nlines\tand a tab", "utf-8", "two lines and a tab"),
    ("\x1b[31mred\u202e", "utf-8", "\ufffd[31mred\ufffd"),
    ("\ud800", "utf-8", "\ufffd"),
]


@pytest.mark.parametrize(("text", "encoding", "shown"), PLAIN)
def test_every_letter_is_one_that_the_screen_writes(text: str, encoding: str, shown: str) -> None:
    assert Screen(encoding=encoding).plain(text) == shown


@given(st.text(), st.sampled_from(["ascii", "cp1252", "cp437", "utf-8"]))
def test_what_is_plain_can_be_written_and_neither_breaks_the_line_nor_steers_the_screen(
    text: str, encoding: str
) -> None:
    shown = Screen(encoding=encoding).plain(text)
    assert shown.encode(encoding).decode(encoding) == shown
    assert shown.splitlines() in ([], [shown])
    assert "\x1b" not in shown


WIDTHS = [("", 0), ("79%", 3), ("日本", 4), ("e\u0301", 1), ("Ａ", 2)]


@pytest.mark.parametrize(("text", "width"), WIDTHS)
def test_columns_are_those_of_a_terminal(text: str, width: int) -> None:
    assert columns(text) == width


WRAPPED = [
    ("", 5, [""]),
    ("one two three", 7, ["one two", "three"]),
    ("reablement/rehabilitation", 15, ["reablement/", "rehabilitation"]),
    ("NI195a,b,c,d", 10, ["NI195a,b,", "c,d"]),
    ("unbreakable", 4, ["unbr", "eaka", "ble"]),
    ("日本語", 4, ["日本", "語"]),
    ("Non-Disadvantaged pupils", 20, ["Non-Disadvantaged", "pupils"]),
]


@pytest.mark.parametrize(("text", "width", "lines"), WRAPPED)
def test_lines_break_between_words_and_else_behind_a_mark(text: str, width: int, lines: list[str]) -> None:
    assert wrapped(text, width) == lines


@given(st.text(alphabet="ab日/,- "), st.integers(2, 12))
def test_wrapping_loses_nothing_and_fits(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(columns(line) <= width for line in lines)


BADGES = [
    (0, "#2e7d32", "green"),
    (2**24, "#2e7d32", "\x1b[97;48;2;46;125;50mgreen\x1b[0m"),
    (2**24, "#FFE000", "\x1b[30;48;2;255;224;0mgreen\x1b[0m"),
    (256, "#c62828", "\x1b[97;48;5;160mgreen\x1b[0m"),
    (256, "crimson", "green"),
    (256, None, "green"),
]


@pytest.mark.parametrize(("colours", "colour", "shown"), BADGES)
def test_a_badge_has_the_colour_that_the_band_declares(colours: int, colour: str | None, shown: str) -> None:
    assert Screen(colours=colours).badge("green", colour) == shown


def test_styles_are_for_screens_with_colours_alone() -> None:
    assert Screen().styled("x", "bold") == "x"
    assert Screen(colours=256).styled("x", "bold") == "\x1b[1mx\x1b[0m"
    assert Screen(colours=256).styled("", "bold") == ""
