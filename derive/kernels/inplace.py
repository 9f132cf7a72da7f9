"""Arithmetic in place: an array that nothing reads any more takes the result of the operation that reads it last."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence

SIGNS: dict[type[ast.operator], str] = {ast.Add: "+", ast.Mult: "*", ast.Sub: "-", ast.Div: "/"}
UFUNCS = {"-": "subtract", "/": "divide"}
VIEWS = ("np.permute_dims", "np.reshape", "np.broadcast_to", "np.linalg.diagonal")
COMMUTES = (ast.Add, ast.Mult)


Lengths = Mapping[str, tuple[str, ...]]


def in_place(lines: Sequence[str], returned: Sequence[str], made: Lengths, given: Lengths) -> list[str]:
    """The same statements with less memory: ``made`` are the lengths of each large array that they make for themselves.

    Only statements outside loops change. What has the shape of the whole result is computed in the array of the result,
    or in one that nothing reads later; ``given`` are the lengths of arrays that must stay as they are.

    >>> in_place(["t = x - m", "y = a * t - b * x"], ["y"], {"t": ("N", "d"), "y": ("N", "d")}, {"x": ("N", "d")})
    ['t = x - m', 't *= a', 't -= b * x', 'y = t']
    >>> in_place(["y = a * x - b"], ["y"], {"y": ("N", "d")}, {"x": ("N", "d")})
    ['y = a * x', 'y -= b']
    """
    found: list[str] = []
    shared = {name for line in lines for name in _seen_through(line)}
    made = {name: shape for name, shape in made.items() if name not in shared}
    for number, line in enumerate(lines):
        if line.startswith(" ") or line.endswith(":"):
            found.append(line)
            continue
        later = "\n".join([*(_statement(part) for part in lines[number + 1 :]), *returned])
        line = _softmax_in_place(line, later, made)
        for part in _with_spent(line, later, made):
            found += _stepwise(part, {**given, **made}, made)
    return found


def _seen_through(line: str) -> list[str]:
    """The names that a statement gives another name or a view of: they are never changed in place."""
    statement = ast.parse("pass" if line.endswith(":") else line.strip()).body[0]
    value = getattr(statement, "value", None)
    if isinstance(value, ast.Name | ast.Attribute | ast.Subscript):
        return _names(ast.unparse(value))
    if isinstance(value, ast.Call) and ast.unparse(value.func) in VIEWS:
        return _names(ast.unparse(value))
    return []


def _statement(line: str) -> str:
    """A line that can be read by itself: the head of a loop reads what its range names."""
    return line.strip().removesuffix(":").replace("for ", "").replace(" in ", " == ")


def _names(text: str) -> list[str]:
    return [node.id for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name)]


def _assigned(line: str) -> tuple[str, ast.expr] | None:
    """The name and the value of an assignment."""
    match ast.parse(line).body[0]:
        case ast.Assign([ast.Name(target)], value):
            return target, value
        case ast.AnnAssign(ast.Name(target), _, ast.expr() as value):
            return target, value
    return None


def _augmented(line: str) -> tuple[str, ast.expr] | None:
    """The name and the value of an augmented assignment."""
    match ast.parse(line).body[0]:
        case ast.AugAssign(ast.Name(target), op, value) if type(op) in SIGNS:
            return target, value
    return None


def _with_spent(line: str, later: str, made: Lengths) -> list[str]:
    """A statement with the operations on arrays that are read here last taken out of it, done in place."""
    found = _assigned(line) or _augmented(line)
    shape = made.get(found[0]) if found is not None else None
    if found is None or not shape:
        return [line]
    target, value = found
    spent = {name for name in _names(line) if made.get(name) == shape and name != target} - set(_names(later))
    before: list[str] = []
    while True:
        once = {name for name in spent if _names(ast.unparse(value)).count(name) == 1}
        count = len(before)
        value = _replaced(value, once, before, count)
        if len(before) == count:
            break
    return [*before, line[: line.index("=")] + "= " + ast.unparse(value)] if before else [line]


def _softmax_in_place(line: str, later: str, made: Lengths) -> str:
    """A softmax of an array that nothing reads later takes its place."""
    found = _assigned(line)
    match found:
        case (_, ast.Call(ast.Name("_softmax"), [ast.Name(name)], [_])) if name in made and name not in _names(later):
            return f"{line[:-1]}, out={name})"
    return line


def _stepwise(line: str, known: Lengths, made: Lengths) -> list[str]:
    """A statement as one operation after another in the array of its result."""
    found = _assigned(line)
    shape = made.get(found[0]) if found is not None else None
    if found is None or not shape:
        return [line]
    target, value = found
    after: list[str] = []
    while isinstance(value, ast.BinOp) and type(value.op) in SIGNS:
        sign = SIGNS[type(value.op)]
        if _whole(value.left, shape, known) and isinstance(value.left, ast.BinOp):
            after.append(f"{target} {sign}= {ast.unparse(value.right)}")
            value = value.left
        elif _whole(value.right, shape, known) and isinstance(value.right, ast.BinOp):
            if isinstance(value.op, COMMUTES):
                after.append(f"{target} {sign}= {ast.unparse(value.left)}")
            else:
                after.append(f"np.{UFUNCS[sign]}({ast.unparse(value.left)}, {target}, out={target})")
            value = value.right
        else:
            break
    return [line[: line.index("=")] + "= " + ast.unparse(value), *reversed(after)] if after else [line]


def into(lines: list[str], code: str, target: tuple[str, str], shape: tuple[str, ...], known: Lengths) -> None:
    """Append statements that put an expression of this shape into a part of an array, without a copy where they can.

    ``target`` is that part, and a name for it.

    >>> lines = ["t = x[rows] - m"]
    >>> into(lines, "a * t - b", ("y[rows]", "part"), ("n", "d"), {"t": ("n", "d")})
    >>> lines
    ['t = x[rows] - m', 'part = y[rows]', 'np.multiply(a, t, out=part)', 'part -= b']
    """
    part, name = target
    named = f"{code} = "
    if lines and lines[-1].startswith(f"{named}_softmax("):
        lines[-1] = f"{lines[-1].removeprefix(named)[:-1]}, out={part})"
        return
    first, *rest = _stepwise(f"{name} = {code}", known, {name: shape})
    value = _assigned(first)
    if value is None or not isinstance(value[1], ast.BinOp) or type(value[1].op) not in SIGNS:
        lines.append(f"{part} = {code}")
        return
    function = {"+": "add", "*": "multiply", **UFUNCS}[SIGNS[type(value[1].op)]]
    operands = f"{ast.unparse(value[1].left)}, {ast.unparse(value[1].right)}"
    if rest:
        lines.append(f"{name} = {part}")
    lines += [f"np.{function}({operands}, out={name if rest else part})", *rest]


def _whole(node: ast.expr, shape: tuple[str, ...], known: Lengths) -> bool:
    """Whether an elementwise expression certainly has a shape."""
    if _shape(node, known) == shape:
        return True
    if isinstance(node, ast.BinOp) and type(node.op) in SIGNS:  # the other operand can only be stretched
        return _whole(node.left, shape, known) or _whole(node.right, shape, known)
    return isinstance(node, ast.UnaryOp) and _whole(node.operand, shape, known)


def _shape(node: ast.expr, known: Lengths) -> tuple[str, ...] | None:
    """The lengths of the axes of an expression, None if they are not known from how it is written.

    >>> known = {"a": ("K", "d"), "x": ("N", "d"), "b": ("K",)}
    >>> _shape(ast.parse("b[:, None] + np.vecdot(x, x) - 2 * a @ x.T", mode="eval").body, known)
    ('K', 'N')
    """
    match node:
        case ast.Constant():
            return ()
        case ast.Name() | ast.Subscript() if ast.unparse(node) in known:
            return known[ast.unparse(node)]
        case ast.Subscript(value, ast.Tuple([ast.Slice(None, None), ast.Constant(None)])):
            inner = _shape(value, known)
            return (*inner, "1") if inner is not None and len(inner) == 1 else None
        case ast.Attribute(value, "T"):
            inner = _shape(value, known)
            return inner[::-1] if inner is not None else None
        case ast.UnaryOp(ast.USub(), operand):
            return _shape(operand, known)
        case ast.Call(ast.Attribute(ast.Name("np"), "vecdot") | ast.Name("_row_dot"), [one, _], []):
            inner = _shape(one, known)
            return inner[:-1] if inner else None
        case ast.BinOp(left, op, right):
            return _joined(_shape(left, known), _shape(right, known), isinstance(op, ast.MatMult))
    return None


def _joined(one: tuple[str, ...] | None, two: tuple[str, ...] | None, product: bool) -> tuple[str, ...] | None:
    """The shape of a matrix product, or of two arrays stretched to fit each other."""
    if one is None or two is None:
        return None
    if product:
        return (one[0], two[1]) if len(one) == len(two) == 2 else None
    longer, shorter = (one, two) if len(one) >= len(two) else (two, one)
    shorter = ("1",) * (len(longer) - len(shorter)) + shorter
    return tuple(b if a == "1" else a for a, b in zip(longer, shorter, strict=True))


def _replaced(node: ast.expr, spent: set[str], before: list[str], count: int) -> ast.expr:
    """An expression with one operation on a spent array taken out, through elementwise operations only."""
    if not isinstance(node, ast.BinOp) or type(node.op) not in SIGNS:
        return node
    for operand, other in ((node.left, node.right), (node.right, node.left)):
        if not (isinstance(operand, ast.Name) and operand.id in spent):
            continue
        if operand is node.left or isinstance(node.op, COMMUTES):
            before.append(f"{operand.id} {SIGNS[type(node.op)]}= {ast.unparse(other)}")
        else:
            function = UFUNCS[SIGNS[type(node.op)]]
            before.append(f"np.{function}({ast.unparse(other)}, {operand.id}, out={operand.id})")
        return operand
    left = _replaced(node.left, spent, before, count)
    right = node.right if len(before) > count else _replaced(node.right, spent, before, count)
    return ast.BinOp(left, node.op, right)
