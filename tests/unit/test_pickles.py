"""Libraries and indicators go to other processes and back, and say there what they say here."""

import copy
import pickle
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

import kpirules
from kpirules import Indicator, Library, Rating, Source, from_mappings
from kpirules.observations import Back, Row, read_csv
from kpirules.testing.results import Certainty, LawResult

SANDWELL = Path(__file__).parents[2] / "indicators" / "sandwell-2023-24"


@pytest.fixture(scope="module")
def library() -> Library:
    return kpirules.load(SANDWELL)


def there_and_back(library: Library) -> Library:
    again: Library = pickle.loads(pickle.dumps(library))
    return again


def columns(library: Library) -> object:
    rated = library.rate_columns(indicator=["B3d", "B6b"], period=["2023/24 Q2"] * 2, value=[79.0, 22.0])
    return rated.rating.to_list(), rated.reason.to_list()


def test_a_library_is_the_same_after_it_was_asked_and_sent(library: Library) -> None:
    before = columns(library), library["B3d"].rate(79.0, period="2023/24 Q2")
    again = there_and_back(library)
    assert again.definitions == library.definitions
    assert again.observations == library.observations
    assert (columns(again), again["B3d"].rate(79.0, period="2023/24 Q2")) == before
    here, there = (each.score(period="2023/24 Q2") for each in (library, again))
    assert [row.rating for row in here] == [row.rating for row in there]


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda each: pickle.loads(pickle.dumps(each))])
def test_an_indicator_drops_what_it_has_worked_out(library: Library, again: object) -> None:
    indicator = library["B3d"]
    rating = indicator.rate(79.0, period="2023/24 Q2")
    other = again(indicator)  # type: ignore[operator]
    assert isinstance(other, Indicator)
    assert other == indicator
    assert set(vars(other)) == {"definition", "lowered"}
    assert other.rate(79.0, period="2023/24 Q2") == rating


def test_a_rating_can_be_sent_and_still_explains_itself(library: Library) -> None:
    rating = library["B3d"].rate(79.0, period="2023/24 Q2")
    again = pickle.loads(pickle.dumps(rating))
    assert again == rating
    assert again.explain().text == rating.explain().text


def rate(asked: tuple[Indicator, float]) -> Rating:
    indicator, value = asked
    return indicator.rate(value, period="2023/24 Q2")


def test_other_processes_rate_alike(library: Library) -> None:
    asked = [(library["B3d"], value) for value in (70.0, 79.0, 95.0)]
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as processes:
        assert list(processes.map(rate, asked)) == list(map(rate, asked))


SENT: dict[str, Callable[[Library], object]] = {
    "definitions": lambda library: library.definitions,
    "observations": lambda library: library.observations,
    "a rating": lambda library: library["B3d"].rate(79, period="2023/24 Q2"),
    "a rating by components": lambda library: library["B12a"].rate({}, period="2023/24 Q2"),
    "an explanation": lambda library: library["B3d"].rate(79).explain(),
    "a travel": lambda library: library["B3d"].travel("short", 79, previous=80),
    "a scorecard": lambda library: library.score(period="2023/24 Q2"),
    "an assessment": lambda library: library.score(period="2023/24 Q2")["B12a"],
    "a lean rating": lambda library: library["B3d"].rater()(79),
    "a period": lambda library: library.period("2023/24 Q2"),
    "columns": columns,
    "a row of a mapping": lambda _: from_mappings(
        [{"indicator": "B3d", "period": "2023/24 Q2", "value": 79, "note": "n"}]
    )[0],
    "a row made by hand": lambda _: Row("B3d", "part", "2023/24 Q2", "79%", back=Back.LAST),
    "rows of a table": lambda _: read_csv(Source("t.csv", "indicator,period,value\nB3d,2023/24 Q2,79%\n"))[0],
    "diagnostics": lambda _: kpirules.check_text("indicator x { unit percen }")[1],
    "results of tests": lambda library: library.run_tests(),
}
AGAIN = {"pickled": lambda each: pickle.loads(pickle.dumps(each)), "copied": copy.copy, "deeply": copy.deepcopy}


@pytest.mark.parametrize("again", AGAIN.values(), ids=AGAIN)
@pytest.mark.parametrize("made", SENT.values(), ids=SENT)
def test_what_is_sent_arrives_as_it_was(
    library: Library, made: Callable[[Library], object], again: Callable[[object], object]
) -> None:
    sent = made(library)
    arrived = again(sent)
    assert arrived == sent
    assert type(arrived) is type(sent)


@pytest.mark.parametrize("again", AGAIN.values(), ids=AGAIN)
def test_a_row_keeps_the_places_of_its_columns(again: Callable[[Row], Row]) -> None:
    [row], _ = read_csv(Source("t.csv", "indicator,period,value\nB3d,2023/24 Q2,79%\n"))
    arrived = again(row)
    assert arrived.place("value") == row.place("value")
    assert arrived.place("value").text == "79%"
    assert arrived.place("note").text == ""
    assert arrived.back is row.back


def load_faulty(text: str) -> Library:
    return kpirules.load_text(text)


def test_what_another_process_raises_is_raised_here_with_all_that_it_holds() -> None:
    with (
        ProcessPoolExecutor(1, mp_context=get_context("spawn")) as processes,
        pytest.raises(kpirules.LibraryError) as refused,
    ):
        processes.submit(load_faulty, "indicator x { unit percen }").result()
    assert [fault.code for fault in refused.value.diagnostics] == ["unknown-word"]
    assert dict(refused.value.library.indicators) == {}


@pytest.mark.parametrize("again", AGAIN.values(), ids=AGAIN)
def test_errors_keep_their_words(library: Library, again: Callable[[Exception], Exception]) -> None:
    result = LawResult("cover", "every case is covered", "x", Certainty.PROVED)
    raised: list[Exception] = [
        kpirules.LibraryError(library, kpirules.check_text("indicator x { unit percen }")[1]),
        kpirules.ReadingError("no amount"),
        kpirules.PeriodError("no period"),
        kpirules.AskingError("no period said"),
        kpirules.LawError(result),
    ]
    for fault in raised:
        arrived = again(fault)
        assert type(arrived) is type(fault)
        assert str(arrived) == str(fault)
