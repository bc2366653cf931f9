"""Where the one grammar is: inside an installed package, or at the top of a checkout."""

from importlib.resources import files
from pathlib import Path


def grammar_text() -> str:
    """The text of `grammars/kpirules.lark`; raises `FileNotFoundError` if the installation is broken."""
    shipped = files("kpirules") / "grammars" / "kpirules.lark"
    if shipped.is_file():
        return shipped.read_text(encoding="utf-8")
    return (Path(__file__).parents[2] / "grammars" / "kpirules.lark").read_text(encoding="utf-8")
