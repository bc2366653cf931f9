"""Observed values as people write them; the texts are those of a council's quarterly report, figures only."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpirules.exact import exact
from kpirules.reading import Bound, Reading, ReadingError, read_value
from kpirules.reasons import NO_DIRECTION, NOT_RATED, Direction, Reason
from kpirules.units import (
    Count,
    Days,
    Duration,
    Milestone,
    Money,
    OnScale,
    OwnUnit,
    Percent,
    Points,
    RatePer,
    Scale,
    ScoreOutOf,
    Unit,
    show,
)

GBP = Money("GBP")
SCORE = ScoreOutOf(Fraction(5))
RATE = RatePer(Fraction(10_000))
INSPECTION = OnScale(Scale("inspection", "Inspection", ("Category 1", "Category 2", "Category 3")))
SPENDING = {"overspend": 1, "underspend": -1}
RESULT = {"surplus": 1, "deficit": -1}

# Every single value of the report, by its unit, in the report's order; those that stand in several places once.
BARE: tuple[tuple[Unit, str], ...] = (
    (
        Percent(),
        (
            "77% 76% 82% 54% 53% 60% 64% 65% 68.60% 79% 83% 22.00% 18.70% 18.20% 27.40% 40.40% 38% 8.70% 7.50% 8.20% "
            "96.70% 92.90% 100.00% 94.70% 1.50% 1.80% 1.1% 87% 70% 71% 82.60% 95% 57.60% 58.70% 61.80% 17.60% 12.70% "
            "5.60% 93.31% 89.40% 81.43% 92.35% 99.45% 99.19% 99.75% 39% 8.57% 8.60% 19.93% 9.09% 10.52% 50.00% 70.59% "
            "80% 56.16% 57.21% 60.06% 58.72% 34.72% 5.84% 3.52% 3.00% 79.13% 76.40% 94% 94.06% 97% 96.86% 95.34% "
            "94.93% 95.16% 98% 78% 52.90% 53.60% 24.00% 23.60% 4.50% 4.40% 25.60% 25.40% 5.00% 2.80% 6.70% 4.90%"
        ),
    ),
    (RATE, "54.4 45.2 48.6"),
    (
        Count(),
        (
            "1023 1138 974 168 175 586 1167 200 7 16 1 9 8 157,731 41,833 2,442 43,183 996 9,111 9,652 9,732 238 319 2 "
            "5 4951 2475 6919 157 304 184 194 210 325 58 40 46 13 125 51 53 3 4 75 56 274 280 240 554 112 68"
        ),
    ),
    (GBP, "£550K £294,709 £38,851,914 £34,624,159"),
    (SCORE, "4.35 4.84"),
)


@pytest.mark.parametrize(("unit", "text"), [(unit, text) for unit, texts in BARE for text in texts.split()])
def test_the_report_s_bare_figures_are_read_in_their_unit(unit: Unit, text: str) -> None:
    figures = text.strip("%£K").replace(",", "")
    assert read_value(text, unit) == Reading(exact(figures) * (1000 if text.endswith("K") else 1))


MARKED = (
    ("71% (30th Sep 2023)", Percent(), 71, (), "30th Sep 2023", None),
    ("86% (30th June 2023)", Percent(), 86, (), "30th June 2023", None),
    ("100% (30th Sep 2022)", Percent(), 100, (), "30th Sep 2022", None),
    ("87% (30th Sep 2023)", Percent(), 87, (), "30th Sep 2023", None),
    ("86% (30th Sep 2022)", Percent(), 86, (), "30th Sep 2022", None),
    ("79% (30th Sep 2023)", Percent(), 79, (), "30th Sep 2023", None),
    ("79% (30th Sep 2022)", Percent(), 79, (), "30th Sep 2022", None),
    ("79% (30th June 2023)", Percent(), 79, (), "30th June 2023", None),
    ("-14.9 (2023 provisional)", Points(), "-14.9", ("provisional",), "2023", None),
    ("-14 (2022)", Points(), -14, (), "2022", None),
    ("-13.4 (2021)", Points(), "-13.4", (), "2021", None),
    ("55% (2023 provisional)", Percent(), 55, ("provisional",), "2023", None),
    ("56% (2023 provisional)", Percent(), 56, ("provisional",), "2023", None),
    ("55% (2022)", Percent(), 55, (), "2022", None),
    ("61% (2022)", Percent(), 61, (), "2022", None),
    ("66% (Q1)", Percent(), 66, (), "Q1", None),
    ("66.3% (2022/23)", Percent(), "66.3", (), "2022/23", None),
    ("80.40% (2021/22)", Percent(), "80.4", (), "2021/22", None),
    ("9.8% (2022/23)", Percent(), "9.8", (), "2022/23", None),
    ("9.3 (2021/22)", Percent(), "9.3", (), "2021/22", None),
    ("163,278 (321,009 cumulative)", Count(), 163_278, (), None, "321,009 cumulative"),
    ("44,169 (86,002 cumulative)", Count(), 44_169, (), None, "86,002 cumulative"),
    ("56,680 (99,553 cumulative)", Count(), 56_680, (), None, "99,553 cumulative"),
    ("2,528 (4,970 cumulative)", Count(), 2_528, (), None, "4,970 cumulative"),
    ("1,486 (2,706 cumulative)", Count(), 1_486, (), None, "2,706 cumulative"),
    ("35,193 (78,376 cumulative)", Count(), 35_193, (), None, "78,376 cumulative"),
    ("15,376 (29,288 cumulative)", Count(), 15_376, (), None, "29,288 cumulative"),
    ("2,535 (3,531 cumulative)", Count(), 2_535, (), None, "3,531 cumulative"),
    ("2,812 (1,068 non-crime)", Count(), 2_812, (), None, "1,068 non-crime"),
    ("1,932 (923 non crime)", Count(), 1_932, (), None, "923 non crime"),
    ("2,987 (920 non crime)", Count(), 2_987, (), None, "920 non crime"),
    ("38 (Revised)", Count(), 38, ("revised",), None, None),
    ("64.7% (Apr 22 - Mar 23)", Percent(), "64.7", (), "Apr 22 - Mar 23", None),
    ("63.9% (Jan 22 - Dec 22)", Percent(), "63.9", (), "Jan 22 - Dec 22", None),
    ("64% (Oct 21 - Sep 22)", Percent(), 64, (), "Oct 21 - Sep 22", None),
    ("9 (6 in Q2)", Count(), 9, (), None, "6 in Q2"),
    ("15.32% (revised)", Percent(), "15.32", ("revised",), None, None),
    ("39%*", Percent(), 39, ("unreliable",), None, None),
    ("64% (68% excluding ASC)", Percent(), 64, (), None, "68% excluding ASC"),
    ("52.29% (54.05% excluding ASC)", Percent(), "52.29", (), None, "54.05% excluding ASC"),
    ("84% (85% excluding ASC)", Percent(), 84, (), None, "85% excluding ASC"),
    ("5 mins 41 secs (revised)", Duration(), 341, ("revised",), None, None),
    ("53.49%%", Percent(), "53.49", ("doubled per cent sign",), None, None),
    ("27% (Q4 22/23)", Percent(), 27, (), "Q4 22/23", None),
    ("4.58 out of 5 (67,834 ratings) (cumulative)", SCORE, "4.58", ("cumulative",), None, "67,834 ratings"),
    ("4.58 out of 5 (37,874 total ratings)", SCORE, "4.58", (), None, "37,874 total ratings"),
    ("892 (Stage 1:841, Stage 2:51)", Count(), 892, (), None, "Stage 1:841, Stage 2:51"),
    ("1,026 (Stage 1: 984, Stage 2: 42) (revised)", Count(), 1_026, ("revised",), None, "Stage 1: 984, Stage 2: 42"),
    ("904 (Stage 1: 864,Stage 2: 40)", Count(), 904, (), None, "Stage 1: 864,Stage 2: 40"),
    ("160 (Stage 1 - 153 & Stage 2 - 7)", Count(), 160, (), None, "Stage 1 - 153 & Stage 2 - 7"),
    ("271 (Stage 1 - 263 & Stage 2 - 8) (revised)", Count(), 271, ("revised",), None, "Stage 1 - 263 & Stage 2 - 8"),
    ("243 (Stage 1 - 236 & Stage 2 - 7)", Count(), 243, (), None, "Stage 1 - 236 & Stage 2 - 7"),
    ("584 (1,247 cumulative)", Count(), 584, (), None, "1,247 cumulative"),
    ("663 (revised)", Count(), 663, ("revised",), None, None),
    ("106 (218 cumulative)", Count(), 106, (), None, "218 cumulative"),
    ("1.50% (Apr -July 2023/24)", Percent(), "1.5", (), "Apr -July 2023/24", None),
    ("5.75 days", Days(), "5.75", (), None, None),
    ("5.29 days", Days(), "5.29", (), None, None),
    ("1 min 27 secs", Duration(), 87, (), None, None),
    ("1 min 9 secs", Duration(), 69, (), None, None),
    ("1 min", Duration(), 60, (), None, None),
    ("6 mins 38 secs", Duration(), 398, (), None, None),
    ("5 mins 28 secs", Duration(), 328, (), None, None),
    ("14 mins 52 secs", Duration(), 892, (), None, None),
    ("3 mins, 39 secs", Duration(), 219, (), None, None),
    ("4 mins 30 secs", Duration(), 270, (), None, None),
    ("4.54/5", SCORE, "4.54", (), None, None),
    ("4.08 / 5", SCORE, "4.08", (), None, None),
    ("3.59/5", SCORE, "3.59", (), None, None),
    ("Category 2", INSPECTION, 1, (), None, None),
    ("Completed", Milestone(), 2, (), None, None),
    # and beyond the report
    ("Completed late", Milestone(), 1, (), None, None),
    ("Not  completed (revised)", Milestone(), 0, ("revised",), None, None),
    ("category 3 (provisional)", INSPECTION, 0, ("provisional",), None, None),
    ("54.4 per 10,000 (2023)", RATE, "54.4", (), "2023", None),
    ("54.4/10,000", RATE, "54.4", (), None, None),
    ("12 (revised) widgets", OwnUnit("widgets"), 12, ("revised",), None, None),
    ("5 days (FTE)", OwnUnit("days (FTE)"), 5, (), None, None),
    ("12kg", OwnUnit("kg"), 12, (), None, None),
    ("125 5", OwnUnit("5"), 125, (), None, None),
    ("79% (as at 31/03/2023)", Percent(), 79, (), "as at 31/03/2023", None),
    ("\u221279\u00a0%", Percent(), -79, (), None, None),
    ("\u20135", Count(), -5, (), None, None),
    ("\u0421ategory 2", INSPECTION, 1, ("look-alike letters folded",), None, None),
)


@pytest.mark.parametrize(("text", "unit", "number", "marks", "measured", "note"), MARKED)
def test_what_stands_beside_a_value_becomes_data(
    text: str, unit: Unit, number: object, marks: tuple[str, ...], measured: str | None, note: str | None
) -> None:
    assert read_value(text, unit) == Reading(exact(number), None, None, marks, measured, note)


@pytest.mark.parametrize(
    ("text", "readings", "number", "marks", "note"),
    [
        ("£1.222m overspend", SPENDING, 1_222_000, (), None),
        ("£2.188m overspend", SPENDING, 2_188_000, (), None),
        ("£1.9m overspend", SPENDING, 1_900_000, (), None),
        ("£472k underspend", SPENDING, -472_000, (), None),
        ("£1.1m underspend", SPENDING, -1_100_000, (), None),
        ("£740k Annual Surplus", RESULT, 740_000, (), "Annual"),
        ("£207k Annual Deficit", RESULT, -207_000, (), "Annual"),
        ("£209k Annual deficit (revised from £224k)", RESULT, -209_000, ("revised",), "Annual; revised from £224k"),
        ("£570k Annual Deficit", RESULT, -570_000, (), "Annual"),
        ("-£5", RESULT, -5, (), None),
        ("5 under budget", {"over budget": 1, "under budget": -1, "budget": 1}, -5, (), None),
    ],
)
def test_words_carry_the_sign(
    text: str, readings: dict[str, int], number: int, marks: tuple[str, ...], note: str | None
) -> None:
    assert read_value(text, GBP, readings) == Reading(Fraction(number), None, None, marks, None, note)


@pytest.mark.parametrize(
    ("text", "number", "bound"),
    [
        ("Over £100K", 100_000, Bound.ABOVE),
        ("more than £5", 5, Bound.ABOVE),
        (">£5", 5, Bound.ABOVE),
        ("At least £5", 5, Bound.AT_LEAST),
        (">= £5", 5, Bound.AT_LEAST),
        ("≥£5", 5, Bound.AT_LEAST),
        ("Under £5", 5, Bound.BELOW),
        ("fewer than 5", 5, Bound.BELOW),
        ("< £5", 5, Bound.BELOW),
        ("Up to £5", 5, Bound.AT_MOST),
        ("<=£5", 5, Bound.AT_MOST),
        ("over £5 overspend", 5, Bound.ABOVE),
        ("over £5 underspend", -5, Bound.BELOW),
        ("at most £5 underspend", -5, Bound.AT_LEAST),
    ],
)
def test_a_bound_keeps_its_side_and_whether_its_end_counts(text: str, number: int, bound: Bound) -> None:
    assert read_value(text, GBP, SPENDING) == Reading(Fraction(number), bound=bound)


def test_a_bound_stands_before_a_label_too() -> None:
    assert read_value("at least Category 2", INSPECTION) == Reading(Fraction(1), bound=Bound.AT_LEAST)


def test_bounds_say_their_side_and_strictness() -> None:
    assert [bound for bound in Bound if bound.upward] == [Bound.ABOVE, Bound.AT_LEAST]
    assert [bound for bound in Bound if bound.strict] == [Bound.ABOVE, Bound.BELOW]


@pytest.mark.parametrize("unit", [Percent(), Count(), GBP, SCORE, INSPECTION, Milestone(), OwnUnit("widgets")])
@pytest.mark.parametrize(
    ("text", "reason", "note"),
    [
        ("", Reason.NO_VALUE, None),
        ("  ", Reason.NO_VALUE, None),
        ("-", Reason.NO_VALUE, None),
        ("\u2014", Reason.NO_VALUE, None),
        ("NA", Reason.NO_VALUE, None),
        ("N/A", Reason.NO_VALUE, None),
        ("Not available", Reason.NO_VALUE, None),
        ("NA - No checks", Reason.NO_VALUE, "No checks"),
        ("Figures not available in Q2", Reason.NO_VALUE, "Figures not available in Q2"),
        ("TBC", Reason.VALUE_PENDING, None),
        ("pending", Reason.VALUE_PENDING, None),
        ("NA - New PI", Reason.NEW_INDICATOR, None),
        ("N/A - New PI", Reason.NEW_INDICATOR, None),
        ("NA- new", Reason.NEW_INDICATOR, None),
        ("New KPI", Reason.NEW_INDICATOR, None),
        ("New PI", Reason.NEW_INDICATOR, None),
        ("NA - was Annual", Reason.WAS_ANNUAL, None),
        ("NA - was annual", Reason.WAS_ANNUAL, None),
        ("was Annual", Reason.WAS_ANNUAL, None),
        ("NA - C", Reason.CUMULATIVE, None),
        ("NA - was Cumulative", Reason.CUMULATIVE, None),
        ("NA - was cumulative", Reason.CUMULATIVE, None),
        ("NA - Establishing baseline", Reason.ESTABLISHING_BASELINE, None),
    ],
)
def test_a_missing_value_says_why_in_any_unit(unit: Unit, text: str, reason: Reason, note: str | None) -> None:
    assert read_value(text, unit) == Reading(None, reason, note=note)


@pytest.mark.parametrize("reason", [reason for reason in Reason if reason is not Reason.PENDING])
def test_every_reason_is_read_in_its_own_words(reason: Reason) -> None:
    assert read_value(reason.words.title(), Count()).reason is reason
    assert read_value(reason.value, Count()).reason is reason


def test_letters_that_only_look_latin_are_folded_and_marked() -> None:
    assert read_value("\u0422\u0412\u0421", Count()) == Reading(
        None, Reason.VALUE_PENDING, marks=("look-alike letters folded",)
    )


def test_a_reason_keeps_its_marks() -> None:
    assert read_value("TBC (Q2)", Count()) == Reading(None, Reason.VALUE_PENDING, measured="Q2")


@pytest.mark.parametrize(
    ("text", "unit", "words"),
    [
        ("52% Strengthening Families Other Partners 48%", Percent(), "not an amount"),
        ("litter - 4% detritus - 7% graffiti - 1.50% fly-posting - 0%", Percent(), "amount"),
        ("T: 38% MS: 55% F-2-F: 4% Email: 3%", Percent(), "not an amount"),
        ("T: 152,150 MS: 234,246 F2f: 14,503 E: 11,571", Count(), "not an amount"),
        ("HO: 4 fault cases, LGO: 6 fault cases", Count(), "not an amount"),
        ("47 surveys over 9 directorates", Count(), "not an amount"),
        ("Bi Annual", Count(), "where there is no value, write NA or TBC"),
        ("B3c", Count(), "not an amount"),
        ("NAN-1", Count(), "not an amount"),
        ("none", Count(), "not an amount"),
        ("*", Count(), "not an amount"),
        ("≈5", Count(), "not an amount"),
        ("(13.5)", Count(), "minus sign"),
        ("1e5", Count(), "all the figures"),
        ("4/10", SCORE, "score out of 5: it says 10"),
        ("4 per 1,000", RATE, "rate per 10,000: it says 1,000"),
        ("71%", GBP, "71% does not fit the unit money GBP"),
        ("$5", GBP, "write the amount in GBP"),
        ("4 points", Percent(), "difference"),
        ("Category 4", INSPECTION, '"Category 1", "Category 2", "Category 3"'),
        ("2", INSPECTION, "scale inspection"),
        ("9" * 2000, Count(), "too long"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_way_out(text: str, unit: Unit, words: str) -> None:
    with pytest.raises(ReadingError, match=words):
        read_value(text, unit)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("£5 overspend underspend", "contradict"),
        ("-£5 underspend", "both a minus sign"),
        ("-£5 overspend", "both a minus sign"),
        ("£1.2 mil overspend", "not an amount"),
        ("£5 per head underspend", "not an amount"),
        ("£0 no underspend", "not an amount"),
        ("overspend", "not an amount"),
    ],
)
def test_words_that_could_change_the_number_are_never_guessed(text: str, words: str) -> None:
    with pytest.raises(ReadingError, match=words):
        read_value(text, GBP, SPENDING)


@pytest.mark.parametrize(
    "value", [71, 71.0, Decimal("71.0"), Fraction(71), np.int16(71), np.float32(71), np.float64(71), np.str_("71%")]
)
def test_numbers_are_read_in_the_declared_unit(value: object) -> None:
    assert read_value(value, Percent()) == Reading(Fraction(71))


@pytest.mark.parametrize(
    "value", [None, float("nan"), Decimal("NaN"), Decimal("sNaN"), np.float64("nan"), np.float32("nan")]
)
def test_none_and_nan_are_no_value(value: object) -> None:
    assert read_value(value, Percent()) == Reading(None, Reason.NO_VALUE)


@pytest.mark.parametrize("value", [True, np.False_, [71], b"71", 71j])
def test_what_is_neither_text_nor_number_is_a_type_error(value: object) -> None:
    with pytest.raises(TypeError):
        read_value(value, Percent())


@pytest.mark.parametrize("value", [float("inf"), Decimal("-Infinity"), np.float32("inf")])
def test_infinity_is_refused(value: object) -> None:
    with pytest.raises(ReadingError, match="finite"):
        read_value(value, Percent())


def test_a_number_for_a_scale_must_be_one_of_its_labels() -> None:
    stars = OnScale(Scale("stars", "Stars", ("5", "4", "3", "2", "1")))
    assert read_value(4.0, stars) == Reading(Fraction(3))
    with pytest.raises(ReadingError, match="scale stars"):
        read_value(0, stars)
    with pytest.raises(ReadingError, match="milestone"):
        read_value(2, Milestone())


NUMBERS = st.decimals(-(10**9), 10**9, places=4).map(Fraction)
LABELS = st.lists(st.text(min_size=1, max_size=12).filter(str.strip), min_size=1, max_size=5, unique=True)
WHOLES = st.decimals("0.01", 10**6, places=2).map(Fraction)
SCALES = st.builds(Scale, st.just("any"), st.just("Any"), LABELS.map(tuple))
PLAIN_UNITS = st.one_of(
    st.sampled_from([Percent(), Points(), Count(), Duration(), Days()]),
    st.builds(Money, st.sampled_from(["GBP", "EUR", "USD", "CHF"])),
    st.builds(RatePer, WHOLES),
    st.builds(ScoreOutOf, WHOLES),
    st.builds(OwnUnit, st.text(min_size=1, max_size=12).filter(lambda text: text == text.strip())),
)
SHOWN = st.one_of(
    st.tuples(NUMBERS, PLAIN_UNITS),
    SCALES.flatmap(
        lambda scale: st.tuples(st.integers(0, len(scale.labels) - 1).map(Fraction), st.just(OnScale(scale)))
    ),
    st.tuples(st.integers(0, 2).map(Fraction), st.just(Milestone())),
)


@given(SHOWN)
def test_what_is_shown_reads_back_without_a_mark(shown: tuple[Fraction, Unit]) -> None:
    number, unit = shown
    assert read_value(show(number, unit), unit) == Reading(number)


ANY_UNIT = st.one_of(PLAIN_UNITS, st.builds(OnScale, SCALES), st.just(Milestone()))
WRITTEN = st.text("0123456789.,-−£$%()*/ naNAtTbBcCoveruderspdmkhs≥<", max_size=25)


@given(st.text(max_size=40) | WRITTEN, ANY_UNIT, st.sampled_from([{}, SPENDING, RESULT, {"": 1, "(": -1}]))
def test_no_text_raises_anything_but_a_reading_error(text: str, unit: Unit, readings: dict[str, int]) -> None:
    try:
        reading = read_value(text, unit, readings)
    except ReadingError:
        return
    assert (reading.number is None) != (reading.reason is None)
    assert reading.bound is None or reading.number is not None


@given(NUMBERS, st.sampled_from(["revised", "provisional", "2023", "Q2", "30th Sep 2023", "x", "12 others"]))
def test_a_remark_in_brackets_never_changes_the_number(number: Fraction, remark: str) -> None:
    reading = read_value(f"{show(number, Percent())} ({remark})", Percent())
    assert reading.number == number
    assert remark in (*reading.marks, reading.measured, reading.note)


def test_every_reason_has_its_words_and_its_place() -> None:
    assert Reason.TARGET_PENDING.words == "target pending"
    assert all(reason.sentence.endswith(".") for reason in Reason)
    assert set(NOT_RATED) | set(NO_DIRECTION) == set(Reason)
    assert [reason for reason in Reason if reason in NOT_RATED] == list(NOT_RATED)
    assert [str(direction) for direction in Direction][:3] == ["improved", "unchanged", "worsened"]
