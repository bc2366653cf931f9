"""The profile under which the mutants are tried: few examples, and the same ones every time."""

from hypothesis import settings

settings.register_profile("mutants", max_examples=30, derandomize=True, deadline=None, database=None)
