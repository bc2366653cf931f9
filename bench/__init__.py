"""Measures kpirules against what its users would otherwise write or install: `python -m bench`, from the repository."""
