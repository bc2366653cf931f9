"""Laws of formulas: what is shown of one is read again as the same, whatever stands in brackets in it."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from kpirules.loading import load_text
from kpirules.vocabulary.formulas import Constant, Formula, InputValue, Operation, Sign, formula_words, work_out

INPUTS = ("first", "second", "third")
LEAVES = st.sampled_from([InputValue(name) for name in INPUTS]) | st.decimals(0, 5000, places=2).map(
    lambda number: Constant(Fraction(number))
)
FORMULAS = st.builds(
    Operation,
    st.sampled_from([InputValue(name) for name in INPUTS]),  # in the language a formula begins with a name
    st.sampled_from(Sign),
    st.recursive(LEAVES, lambda part: st.builds(Operation, part, st.sampled_from(Sign), part), max_leaves=6),
)
NUMBERS = st.fixed_dictionaries({name: st.integers(-20, 20).map(Fraction) for name in INPUTS})
FEW = settings(deadline=None, max_examples=min(settings().max_examples, 60))


def read_again(words: str) -> Formula:
    inputs = ", ".join(f"{name} count" for name in INPUTS)
    text = f"indicator x {{\nunit count\npolarity higher is better\ntarget 1\ntolerance none\ninputs {inputs}\n"
    formula = load_text(f"{text}value {words}\n}}")["x"].in_force().terms.formula
    assert isinstance(formula, Constant | InputValue | Operation)
    return formula


@FEW
@given(FORMULAS, NUMBERS)
def test_a_formula_as_it_is_shown_is_read_as_the_same(formula: Formula, numbers: dict[str, Fraction]) -> None:
    again = read_again(formula_words(formula))
    assert again == formula
    assert work_out(again, numbers) == work_out(formula, numbers)
