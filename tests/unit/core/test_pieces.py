"""A figure that depends on a sign comes to the piece whose sign it has."""

from fractions import Fraction

from kpirules.core import Form
from kpirules.vocabulary.pieces import Pieces


def test_a_magnitude_is_the_number_without_its_sign() -> None:
    size = Pieces.of(Form.of("goal")).magnitude()
    for number in map(Fraction, ("-3", "-0.5", "0", "0.5", "3")):
        assert size.at({"goal": number}) == abs(number)
    assert size.at({}) is None
