"""What comes of checking a law: whether it held, how that is known, and the case that shows it where it did not."""

from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import TypeAlias

from attrs import field, frozen

from kpirules.assess import Indicator
from kpirules.errors import KpirulesError
from kpirules.source import Span


class Certainty(StrEnum):
    """How it is known that a law holds: for every number there is, or for those that Hypothesis has tried."""

    PROVED = "proved"
    TESTED = "tested, not proved"


@frozen
class Counterexample:
    """One case that breaks a law, in the words of the rule.

    `case` is what the rule was asked, numbers in the indicator's unit; `expected` what the law says of it; `line` the
    line of the rule that decided, with its place, where one did, and `at` the text of that line.
    """

    case: str
    got: str
    expected: str
    line: str | None = None
    at: Span | None = field(default=None, eq=False)


@frozen
class Found:
    """What one rule came to: proved or only tested, and the case that breaks the law if there is one."""

    certainty: Certainty = Certainty.PROVED
    counterexample: Counterexample | None = None


@frozen
class LawResult:
    """What came of one law on one indicator. It `passed` if there is no counterexample.

    A law that is written beside the rules stands `at` a place, and is not `concerned` with an indicator in which its
    condition can never hold.
    """

    law: str
    says: str
    reference: str
    certainty: Certainty
    counterexample: Counterexample | None = None
    where: str | None = None
    concerned: bool = True
    at: Span | None = field(default=None, eq=False)

    @property
    def passed(self) -> bool:
        """Whether the law holds, as far as is known."""
        return self.counterexample is None

    @property
    def text(self) -> str:
        """A line where the law holds; where it does not, the case that shows it."""
        if self.counterexample is None:
            return f"{self.reference}: {self.law}: {self.certainty}"
        found = self.counterexample
        lines = [
            f"{self.reference} breaks the law {self.law}: {self.says}",
            f"  case      {found.case}",
            f"  got       {found.got}",
            f"  expected  {found.expected}",
        ]
        lines += [f"  decided   {found.line}"] if found.line else []
        lines += [f"  stated    {self.at}"] if self.at else []
        return "\n".join([*lines, f"  defined   {self.where}"] if self.where else lines)


Law: TypeAlias = Callable[[Indicator], LawResult]
"""A law is any function from an indicator to a result; its `__name__` is what reports call it."""


@frozen
class LawReport:
    """The results of several laws on several indicators, in order."""

    results: tuple[LawResult, ...]

    @property
    def passed(self) -> bool:
        """Whether every law holds for every indicator."""
        return not self.failures

    @property
    def failures(self) -> tuple[LawResult, ...]:
        """The results with a counterexample."""
        return tuple(result for result in self.results if not result.passed)

    @property
    def text(self) -> str:
        """Every failure, then the counts."""
        return "\n\n".join([*(result.text for result in self.failures), ", ".join(self._counts())])

    def _counts(self) -> Iterator[str]:
        for certainty in Certainty:
            count = sum(result.passed and result.certainty is certainty for result in self.results)
            if count or certainty is Certainty.PROVED:
                yield f"{count} {certainty}"
        if self.failures:
            yield f"{len(self.failures)} broken"


class LawError(KpirulesError, AssertionError):
    """A law does not hold. `result` says for which indicator and case."""

    def __init__(self, result: LawResult) -> None:
        self.result = result
        super().__init__(result.text)

    def __reduce__(self) -> tuple[object, ...]:
        """For other processes, which hand back what they raise: it is made of more than its words."""
        return LawError, (self.result,)
