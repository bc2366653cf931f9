"""The JSON Schema of definitions, made from the same forms that are written and read."""

from collections.abc import Mapping
from typing import Final, get_args

from kpirules.exchange import shapes
from kpirules.exchange.forms import FAMILIES, FORMS, TABLES, Document, Form, Member
from kpirules.exchange.reading import DAY, EXACT, MOST
from kpirules.exchange.shapes import Hint, can_be_left_out, members_of, shape_of
from kpirules.exchange.writing import FORMAT, VERSION, Data

_SAYS: Final = (
    "Definitions of performance indicators, as kpirules exports and loads them. Numbers are exact text: a decimal, or a"
    " fraction where no decimal writes it. A member that is absent is null, false, an empty list or an empty object,"
    " whichever it can be. What is shared stands once in a table and is referred to by its key. Whoever reads"
    f" version {VERSION} of the format can rely on it: members and kinds may be added, and what was written before"
    " keeps its meaning; whatever would change the meaning of anything makes a new version."
)
_ENTRIES: Final[Mapping[str, str]] = {
    "calendars": "Kinds of year, by key.",
    "themes": "Headings of a report, by key.",
    "scales": "Ordered lists of labels, by key.",
    "bands": "Ratings, by key.",
    "travels": "Directions of travel, by key.",
    "schemes": "Ways to decide ratings, by key.",
}


def schema() -> Mapping[str, Data]:
    """The schema, in JSON Schema 2020-12."""
    document = _object(FORMS[Document])
    tables: dict[str, Data] = {
        table: {
            "description": _ENTRIES[table],
            "type": "object",
            "additionalProperties": _reference(of.__name__),
        }
        for of, table in TABLES.items()
    }
    head: dict[str, Data] = {
        "$schema": {"description": "Where this schema is found; it decides nothing.", "type": "string"},
        "format": {"description": "What this is.", "const": FORMAT},
        "version": {"description": "The version of the format.", "const": VERSION},
    }
    definitions: dict[str, Data] = {
        form.type.__name__: _object(form) for form in FORMS.values() if form.type is not Document
    }
    families: dict[str, Data] = {name: _one_of(get_args(hint)) for name, hint in FAMILIES.items()}
    properties = document["properties"]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:kpirules:definitions:{VERSION}",
        "title": "kpirules definitions",
        "description": _SAYS,
        "type": "object",
        "properties": {**head, **tables, **(properties if isinstance(properties, dict) else {})},
        "required": ["format", "version"],
        "additionalProperties": False,
        "$defs": dict(sorted({**definitions, **families}.items())),
    }


def _object(form: Form) -> dict[str, Data]:
    kind: dict[str, Data] = {"kind": {"const": form.kind}} if form.kind else {}
    members = members_of(form)
    needed = [name for name, hint, member in members if member.filled or not can_be_left_out(hint)]
    return {
        "description": form.says,
        "type": "object",
        "properties": {
            **kind,
            **{name: {"description": member.says, **_shape(hint, member)} for name, hint, member in members},
        },
        "required": [*kind, *needed],
        "additionalProperties": False,
    }


def _shape(hint: Hint, member: Member) -> dict[str, Data]:
    match shape_of(hint):
        case shapes.Text():
            return {"type": "string"}
        case shapes.Flag():
            return {"type": "boolean"}
        case shapes.Whole():
            high = MOST if member.high is None else member.high
            return {"type": "integer", "minimum": member.low or 0, "maximum": high}
        case shapes.Exact():
            return {"type": "string", "pattern": f"^({EXACT.pattern})$"}
        case shapes.Day():
            return {"type": "string", "format": "date", "pattern": f"^{DAY.pattern}$"}
        case shapes.Words(meanings=meanings):
            return {"enum": list(meanings)}
        case shapes.Maybe(of=inner):
            return {"anyOf": [_shape(inner, member), {"type": "null"}]}
        case shapes.Listed(of=inner):
            least: dict[str, Data] = {"minItems": 1} if member.filled else {}
            return {"type": "array", "items": _shape(inner, Member("")), **least}
        case shapes.Named(of=inner):
            return {"type": "object", "additionalProperties": _shape(inner, member)}
        case shapes.Referred():
            return {"type": "string"}
        case shapes.Written(form=form):
            return _reference(form.type.__name__)
        case shapes.OneOf(of=several):
            family = [name for name, hint in FAMILIES.items() if set(get_args(hint)) == set(several)]
            return _reference(family[0]) if family else _one_of(several)


def _one_of(several: tuple[Hint, ...]) -> dict[str, Data]:
    return {"oneOf": [_shape(each, Member("")) for each in several]}


def _reference(name: str) -> dict[str, Data]:
    return {"$ref": f"#/$defs/{name}"}
