"""Every code that a diagnostic of syntax or of meaning can have, read from the source.

Most codes stand in `wording.py` as they are. A few are made of a word that the caller names (`unknown-{what}`): those
are found by following the parameter `what` through the callers down to the words themselves.
"""

import ast
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

import kpirules

SOURCE = Path(kpirules.__file__).parent
WHAT = "what"


def codes() -> set[str]:
    """The codes of `checking` and `syntax`."""
    return {code for package in ("checking", "syntax") for code in _codes_of(SOURCE / package)}


def every_code() -> set[str]:
    """Those of tables of observations and of definitions in JSON as well."""
    return codes() | {code for package in ("observations", "exchange") for code in _codes_of(SOURCE / package)}


def warning_codes(*packages: str) -> set[str]:
    """The codes of these packages that are warnings."""
    return {code for package in packages for code in _codes_of(SOURCE / package, ("warning",))}


def _codes_of(package: Path, severities: Collection[str] = ("error", "warning")) -> Iterator[str]:
    trees = [ast.parse(file.read_text(encoding="utf-8")) for file in sorted(package.glob("*.py"))]
    functions = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    calls = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)]
    for call in calls:
        if _name(call) in severities and isinstance(call.args[0], ast.Constant):
            yield str(call.args[0].value)
    made = _made_of_what(functions) if "error" in severities else {}
    for call in calls:
        for template, place in made.get(_name(call), ()):
            if len(call.args) > place and isinstance(word := call.args[place], ast.Constant):
                yield template.format(what=word.value)


def _made_of_what(functions: list[ast.FunctionDef]) -> Mapping[str, list[tuple[str, int]]]:
    """By the name of a function: the codes that it makes of its parameter `what`, and the place of that parameter."""
    made: dict[str, list[tuple[str, int]]] = {}
    for _ in functions:
        before = len(made)
        for function in functions:
            parameters = [argument.arg for argument in function.args.args]
            if WHAT in parameters and function.name not in made:
                templates = [*_templates(function, made)]
                if templates:
                    made[function.name] = [(template, parameters.index(WHAT)) for template in templates]
        if len(made) == before:
            break
    return made


def _templates(function: ast.FunctionDef, made: Mapping[str, list[tuple[str, int]]]) -> Iterator[str]:
    for call in ast.walk(function):
        if isinstance(call, ast.Call):
            if _name(call) in ("error", "warning") and isinstance(code := call.args[0], ast.JoinedStr):
                yield "".join(str(part.value) if isinstance(part, ast.Constant) else "{what}" for part in code.values)
            for template, place in made.get(_name(call), ()):
                if len(call.args) > place and isinstance(word := call.args[place], ast.Name) and word.id == WHAT:
                    yield template


def _name(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""
