"""What kpirules brings along, written in the language itself."""

from importlib import resources

from kpirules.source import Source


def standard() -> tuple[Source, ...]:
    """The scheme `rag` and how its bands look, as texts to build on."""
    folder = resources.files("kpirules") / "standard"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".kpi")), key=lambda file: file.name)
    return tuple(Source(f"kpirules/standard/{file.name}", file.read_text(encoding="utf-8")) for file in files)
