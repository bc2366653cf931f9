"""Laws of your own: a function of one sample, made a law that runs on every indicator.

    @law("no school is green below 75%")
    def no_green_below_75(sample):
        if sample.value is not None and sample.value < 75:
            assert sample.band != "green"

Hypothesis draws the samples, so such a law is *tested, not proved*; what breaks it is shown shrunk, in the words of
the rule.
"""

from collections.abc import Callable
from typing import TypeAlias

from kpirules.assess import Indicator
from kpirules.testing.drawing import search
from kpirules.testing.drawn_samples import Sample, samples
from kpirules.testing.results import Certainty, Counterexample, Law, LawResult

Claim: TypeAlias = Callable[[Sample], object]
"""What a law says of one sample: it raises `AssertionError` or returns False where it does not hold."""


def law(says: str) -> Callable[[Claim], Law]:
    """Make a claim about one sample a law about indicators, which says this.

    The claim is asked about many samples of an indicator, as many as the Hypothesis profile in force says. Any other
    exception than `AssertionError` is passed on; `hypothesis.assume` may be used.
    """

    def made(claim: Claim) -> Law:
        def checked(indicator: Indicator) -> LawResult:
            objections: list[str] = []

            def breaks(sample: Sample) -> bool:
                objection = _objection(claim, sample)
                objections.extend([] if objection is None else [objection])
                return objection is not None

            broken = search(samples(indicator), breaks)
            found = None if broken is None else _told(broken, objections[-1], says)
            where = indicator.definition.where
            return LawResult(name, says, indicator.reference, Certainty.TESTED, found, where)

        name = getattr(claim, "__name__", "law")
        checked.__name__ = checked.__qualname__ = name
        checked.__doc__, checked.__module__ = claim.__doc__ or says, claim.__module__
        return checked

    return made


def _objection(claim: Claim, sample: Sample) -> str | None:
    """Why the claim does not hold of the sample: the words of the assertion, if it has any; None where it holds."""
    try:
        held = claim(sample) is not False
    except AssertionError as fault:
        lines = str(fault).split("\n")
        return lines[0] or "what the law says"
    return None if held else "what the law says"


def _told(sample: Sample, objection: str, says: str) -> Counterexample:
    explanation = sample.rating.explain()
    got = sample.band or f"not rated: {sample.reason}"
    words = f"{explanation.value} is {explanation.outcome}: {explanation.because}"
    # What pytest makes of a bare assertion says no more than the law itself.
    expected = says if objection.startswith(("assert ", "what the law says")) else objection
    return Counterexample(sample.text, got, expected, words)
