"""The small changes that `everywhere` makes: what they are, and that they change the code that runs."""

from pathlib import Path
from types import FunctionType

from tests.mutants.slips_in_code import code_slips

CODE = '''
def first(numbers, least=0):
    """Words are left alone: 1 < 2."""
    found = [n for n in numbers if n >= least]
    if not found:
        raise ValueError(f"none of {len(numbers) + 0}")
    return found[0]


class Held:
    def both(self, one, two):
        return one and not two
'''


def test_every_small_change_of_every_function_is_made(tmp_path: Path) -> None:
    file = tmp_path / "a.py"
    file.write_text(CODE, encoding="utf-8")
    assert [slip.words.partition(": ")[2] for slip in code_slips(file)] == [
        "n >= least -> n > least",
        "not found -> found",
        "0 -> 1",
        "one and (not two) -> one or not two",
        "not two -> two",
    ]


def test_a_change_can_be_put_into_a_function_that_is_there(tmp_path: Path) -> None:
    file = tmp_path / "a.py"
    file.write_text(CODE, encoding="utf-8")
    names: dict[str, object] = {}
    exec(compile(CODE, str(file), "exec"), names)
    first = names["first"]
    assert isinstance(first, FunctionType)
    edge = next(slip for slip in code_slips(file) if slip.old == "n >= least")
    assert first([1, 2], 1) == 1
    first.__code__ = edge.code
    assert first([1, 2], 1) == 2
