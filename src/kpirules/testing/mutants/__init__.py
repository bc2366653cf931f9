"""Mutation testing of rules: which mistakes in the definitions would no `test` notice?"""

from kpirules.testing.mutants.changes import Hunk
from kpirules.testing.mutants.standing import Failing
from kpirules.testing.mutants.trying import Fate, Mutant, Mutation, mutate

__all__ = ["Failing", "Fate", "Hunk", "Mutant", "Mutation", "mutate"]
