"""Libraries and indicators go to other processes and back, and say there what they say here."""

import copy
import pickle
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

import kpirules
from kpirules import Indicator, Library, Rating

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
