"""Mutation testing of rules: which mistakes in the definitions would no `test` notice?"""

from kpirules.testing.mutants.changes import Hunk
from kpirules.testing.mutants.trying import Fate, Mutant, Mutation, mutate

__all__ = ["Fate", "Hunk", "Mutant", "Mutation", "mutate"]
