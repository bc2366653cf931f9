"""Small wrong changes of Python code: one operator, constant, condition or statement of a function at a time."""

import ast
from collections.abc import Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from types import CodeType

from attrs import field, frozen

COMPARED: Mapping[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
CALCULATED: Mapping[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
CALLED: Mapping[str, str] = {"any": "all", "all": "any", "min": "max", "max": "min", "ceil": "floor", "floor": "ceil"}


@frozen
class CodeSlip:
    """A changed function: its file, its first line, on which lines what stands there and what would, its new code."""

    file: Path
    function: int
    line: int
    last: int
    old: str
    new: str
    code: CodeType = field(repr=False, eq=False)

    @property
    def words(self) -> str:
        """`core/decide.py:76: amount > 0 -> amount >= 0`."""
        return f"{self.file.parent.name}/{self.file.name}:{self.line}: {self.old} -> {self.new}"


def code_slips(file: Path) -> Iterator[CodeSlip]:
    """Every change of every function of a file. What is done when the file is imported is left alone."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    for function in _functions(tree):
        count = sum(1 for _ in _places(function))
        for place in range(count):
            whole = deepcopy(tree)
            changed = next(each for each in _functions(whole) if each.lineno == function.lineno)
            node, parent, name, index = list(_places(changed))[place]
            old = ast.unparse(node)
            for new in _changes(node):
                if new is None and not isinstance(node, ast.stmt):
                    continue
                _put(parent, name, index, ast.Pass() if new is None else new)
                ast.fix_missing_locations(whole)
                code = _code_of(compile(whole, str(file), "exec"), changed)
                if code is not None:
                    words = "(left out)" if new is None else ast.unparse(new)
                    last = node.end_lineno or node.lineno
                    yield CodeSlip(file, code.co_firstlineno, node.lineno, last, _short(old), _short(words), code)
            _put(parent, name, index, node)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 90 else f"{line[:87]}..."


def _functions(tree: ast.Module) -> list[ast.FunctionDef]:
    """The functions of the module and the methods of its classes, not those inside of others."""
    found = []
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            found.append(node)
        elif isinstance(node, ast.ClassDef):
            found += [inner for inner in node.body if isinstance(inner, ast.FunctionDef)]
    return found


_Place = tuple[ast.expr | ast.stmt, ast.AST, str, int | None]


def _places(function: ast.FunctionDef) -> Iterator[_Place]:
    """Every expression and statement in a function's body that can be changed, with where it hangs."""
    for index, statement in enumerate(function.body):
        docstring = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
        if not docstring:
            yield from _below(statement, function, "body", index)


def _below(node: ast.AST, parent: ast.AST, name: str, index: int | None) -> Iterator[_Place]:
    if isinstance(node, ast.expr | ast.stmt) and next(_changes(node), node) is not node:
        yield node, parent, name, index
    if isinstance(node, ast.Raise | ast.MatchValue | ast.JoinedStr):
        return  # the words of errors and of people are looked at elsewhere
    for inner, value in ast.iter_fields(node):
        if inner in ("annotation", "returns", "decorator_list", "ctx"):
            continue
        if isinstance(node, ast.keyword) and node.arg == "strict":
            continue  # that two things have one length is a check of ourselves
        if isinstance(value, list):
            for place, each in enumerate(value):
                if isinstance(each, ast.AST):
                    yield from _below(each, node, inner, place)
        elif isinstance(value, ast.AST):
            yield from _below(value, node, inner, None)


def _put(parent: ast.AST, name: str, index: int | None, node: ast.AST) -> None:
    if index is None:
        setattr(parent, name, node)
    else:
        getattr(parent, name)[index] = node


def _changes(node: ast.expr | ast.stmt) -> Iterator[ast.expr | ast.stmt | None]:
    """What could stand there by mistake; None for nothing at all."""
    match node:
        case ast.Compare(left=left, ops=[op], comparators=comparators) if type(op) in COMPARED:
            yield ast.copy_location(ast.Compare(left, [COMPARED[type(op)]()], comparators), node)
        case ast.BoolOp(op=op, values=values):
            other = ast.Or() if isinstance(op, ast.And) else ast.And()
            yield ast.copy_location(ast.BoolOp(other, values), node)
        case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=operand):
            yield operand
        case ast.BinOp(left=left, op=op, right=right) if type(op) in CALCULATED:
            yield ast.copy_location(ast.BinOp(left, CALCULATED[type(op)](), right), node)
        case ast.Constant(value=bool() as value):
            yield ast.copy_location(ast.Constant(not value), node)
        case ast.Constant(value=int() as number):
            yield ast.copy_location(ast.Constant(number + 1), node)
        case ast.IfExp(test=test, body=body, orelse=orelse):
            yield ast.copy_location(ast.IfExp(test, orelse, body), node)
        case ast.Call(func=ast.Name(id=name), args=args, keywords=keywords) if name in CALLED:
            yield ast.copy_location(ast.Call(ast.Name(CALLED[name], ast.Load()), args, keywords), node)
        case ast.Call(func=ast.Name(id="reversed" | "sorted" | "list"), args=[only], keywords=[]):
            yield only
        case ast.If(test=test, body=body, orelse=orelse) if not isinstance(
            test, ast.Compare | ast.BoolOp | ast.UnaryOp
        ):
            yield ast.copy_location(ast.If(ast.UnaryOp(ast.Not(), test), body, orelse), node)
        case ast.Expr(value=ast.Call(func=ast.Name(id="assert_never"))):
            return  # it says to the type checker that nothing comes here
        case ast.Expr(value=ast.Call() | ast.Yield() | ast.YieldFrom()) | ast.AugAssign():
            yield None
        case ast.Continue():
            yield ast.copy_location(ast.Break(), node)
        case _:
            return


def _code_of(module: CodeType, function: ast.FunctionDef) -> CodeType | None:
    """The code of a function in a compiled module."""
    first = min([function.lineno, *(decorator.lineno for decorator in function.decorator_list)])
    waiting = [module]
    while waiting:
        for constant in waiting.pop().co_consts:
            if isinstance(constant, CodeType):
                if constant.co_name == function.name and constant.co_firstlineno == first:
                    return constant
                waiting.append(constant)
    return None
