"""The text of a module: typed and documented functions that need NumPy alone."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from textwrap import indent, wrap
from typing import TYPE_CHECKING

from derive.kernels.assemble import assumed
from derive.kernels.code import extent_code, size_name
from derive.kernels.program import Argument, KernelError, Let, Program, factors
from derive.kernels.program import reference as referred
from derive.kernels.specs import Family
from derive.language.extents import Extent
from derive.language.terms import Op, subterms
from derive.render.latex import to_latex

if TYPE_CHECKING:
    from derive.kernels.assemble import Stated
    from derive.kernels.compile import Compiled

WIDTH, CODE_WIDTH = 110, 116
COMMA = ",\n    "
QUOTES = '"""'


def module_source(family: Family, functions: Sequence[Compiled], anywhere: bool = False) -> str:
    """The whole module: for NumPy, or for ``anywhere`` that the array API is spoken."""
    bodies = [function_source(each, anywhere) for each in functions]
    text = "\n\n\n".join(bodies)
    if anywhere:
        return _module_anywhere(family, functions, text)
    helpers = _helpers(text)
    imports = ["import math\n"] if any("math" in each.code.imports for each in functions) else []
    arrays = "ArrayLike, NDArray" if "ArrayLike" in text + helpers else "NDArray"
    names = sorted(each.assembled.function.name for each in functions)
    head = f"""{QUOTES}{family.title}.

Written by derive from proved claims, to be made again rather than edited. It needs NumPy alone.
{QUOTES}

from __future__ import annotations

{"".join(imports)}from typing import Any

import numpy as np
from numpy.typing import {arrays}

Floats = NDArray[np.floating[Any]]
Number = np.floating[Any] | Floats

__all__ = {_list(names)}


"""
    return head + text + "\n\n\n" + helpers.rstrip() + "\n"


def _module_anywhere(family: Family, functions: Sequence[Compiled], text: str) -> str:
    imports = ["import math\n"] if any("math" in each.code.imports for each in functions) else []
    names = sorted(each.assembled.function.name for each in functions)
    return f"""{QUOTES}{family.title}, on the arrays of any library that speaks the array API.

Written by derive from proved claims, to be made again rather than edited. It needs array-api-compat.
{QUOTES}

from __future__ import annotations

{"".join(imports)}from typing import Any

from array_api_compat import array_namespace, is_dask_array, is_numpy_array

_LIBRARIES = ("torch", "jax", "jaxlib", "dask", "numpy")

__all__ = {_list(names)}


{text}


{_helpers(text, "support_anywhere").rstrip()}
"""


def _list(names: Iterable[str]) -> str:
    return "[" + ", ".join(f'"{name}"' for name in names) + "]"


def _called(text: str) -> list[str]:
    """The private functions that some source calls."""
    calls = [node.func for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
    return sorted({func.id for func in calls if isinstance(func, ast.Name) and func.id.startswith("_")})


def _helpers(text: str, module: str = "support") -> str:
    """The source of the helpers that are called, and of those that they call, from a module beside this one."""
    source = Path(__file__).with_name(f"{module}.py").read_text(encoding="utf-8")
    known = {
        node.name: ast.get_source_segment(source, node) or ""
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef)
    }
    names: dict[str, None] = {}
    stack = _called(text)
    while stack:
        name = stack.pop(0)
        if name in known and name not in names:
            names[name] = None
            stack += _called(known[name])
    return "\n\n\n".join(known[name] for name in known if name in names) + "\n"


# -- one function ------------------------------------------------------------------------------------------------------
def function_source(compiled: Compiled, anywhere: bool = False) -> str:
    """One function: signature, docstring, checks, statements."""
    program = compiled.program
    parameters = ", ".join(f"{a.name}: {_annotation(a)}" for a in program.arguments)
    results = program.results
    kinds = [_kind(result, program) for result in results]
    kind = kinds[0] if len(kinds) == 1 else f"tuple[{', '.join(kinds)}]"
    body = [*_checks(compiled, anywhere), *(line for each in compiled.code.lines for line in _broken(each))]
    body.append(f"return {', '.join(compiled.code.returned)}")
    lines = "\n".join(map(tidy, body))
    name = compiled.assembled.function.name
    if anywhere:
        parameters = re.sub("ArrayLike", "Any", parameters)
        kind = "Any" if len(kinds) == 1 else f"tuple[{', '.join('Any' for _ in kinds)}]"
        lines = re.sub(r"(?m)^(\w+): (?:Floats|Number) = ", r"\1 = ", lines)
    head = f"def {name}({parameters}) -> {kind}:"
    if len(head) > CODE_WIDTH + 4:
        head = f"def {name}(\n    {parameters}\n) -> {kind}:"
    if any(len(row) > CODE_WIDTH + 4 for row in head.splitlines()):
        head = f"def {name}(\n    {parameters.replace(', ', COMMA)},\n) -> {kind}:"
    return f"{head}\n{indent(_docstring(compiled), '    ')}\n{indent(lines, '    ')}"


def _kind(result: Let, program: Program) -> str:
    """The type of a result: an array, or one number."""
    elementwise = not any(argument.axes for argument in program.arguments)
    return "Floats" if result.indices or elementwise else "Number"


def _annotation(argument: Argument) -> str:
    return "int" if argument.integral and not argument.axes else "ArrayLike"


def _docstring(compiled: Compiled) -> str:
    function, program = compiled.assembled.function, compiled.program
    stated = {each.claim.id: each for each in compiled.assembled.stated}
    parts = [function.doc, ""]
    for name, reference in function.gives:
        parts += _wrapped(f"{name}: ${_formula(stated[reference.partition(':')[0]])}$")
    wheres = [(name, stated[ref.partition(":")[0]]) for name, ref in function.where]
    if wheres:
        parts += ["", "where"]
        for name, each in wheres:
            parts += _wrapped(f"${name}$ is ${to_latex(each.term)}$")
    parts += [
        "",
        *_wrapped(
            "Shapes: " + "; ".join(_shown_argument(a, compiled.assembled.program) for a in program.arguments) + "."
        ),
    ]
    parts += _wrapped("Returns: " + "; ".join(_shown_result(r, program) for r in program.results) + ".")
    parts += ["", "Proved for all sizes:"]
    for each in stated.values():
        conditions = ", ".join(f"${c if isinstance(c, str) else to_latex(c)}$" for c in each.verdict.conditions)
        provided = f", provided {conditions}" if conditions else ""
        parts += _wrapped(f"- {each.claim.id} ({each.claim.source}){provided}", "  ")
    names = frozenset(name for _, given in function.takes for name in given)
    facts = dict.fromkeys(to_latex(fact) for each in stated.values() for fact in assumed(each, names))
    if facts:
        parts += ["", *_wrapped("Assumed: " + ", ".join(f"${fact}$" for fact in facts) + ".")]
    text = "\n".join(parts)
    return f'r"""{text}\n"""' if "\\" in text else f'"""{text}\n"""'


def _formula(stated: Stated) -> str:
    return f"{to_latex(stated.head)} = {to_latex(stated.term)}"


def _wrapped(text: str, hanging: str = "    ") -> list[str]:
    return wrap(text, WIDTH, subsequent_indent=hanging, break_long_words=False, break_on_hyphens=False)


WORDS = {
    "positive": "positive",
    "nonnegative": "not negative",
    "binary": "0 or 1",
    "open_unit": "between 0 and 1",
    "simplex": "adding up to 1",
    "symmetric": "symmetric",
    "posdef": "positive definite",
}


def _shown_argument(argument: Argument, program: Program) -> str:
    decl = program.context.symbols.get(argument.symbol)
    known = [words for name, words in WORDS.items() if decl is not None and name in decl.properties]
    return ", ".join([_shown_shape(argument), *known])


def _shown_shape(argument: Argument) -> str:
    if argument.integral and not argument.axes:
        return f"{argument.name} a whole number"
    if not argument.axes:
        return f"{argument.name} a number"
    values = f" whole numbers {argument.low} to {argument.high}" if argument.integral else ""
    return f"{argument.name} ({_shape(argument.axes)}){values}"


def _shown_result(result: Let, program: Program) -> str:
    axes = [program.ranges[index].length for index in result.indices]
    return f"{result.name} ({_shape(axes)})" if axes else f"{result.name}, a number"


def _shape(axes: Sequence[Extent]) -> str:
    return ", ".join(map(str, axes)) + ("," if len(axes) == 1 else "")


def _broken(line: str) -> list[str]:
    """A statement on as many lines as it needs, calls with one argument a line, sums with one term a line."""
    depth = len(line) - len(line.lstrip())
    if len(line) <= CODE_WIDTH or line.endswith(":"):
        return [line]
    match ast.parse(line.strip()).body:
        case [ast.Assign() | ast.AugAssign() | ast.AnnAssign() as statement] if statement.value is not None:
            whole = ast.unparse(statement)
            rows = _rows(statement.value, whole.removesuffix(ast.unparse(statement.value)), "")
        case [ast.Expr(value)]:
            rows = _rows(value, "", "")
        case _:
            return [line]
    return [" " * depth + row for row in rows]


def _rows(node: ast.expr, before: str, after: str) -> list[str]:
    """An expression between two texts, as lines."""
    whole = f"{before}{_text(node)}{after}"
    if len(whole) <= CODE_WIDTH:
        return [whole]
    inside: list[str] = []
    if isinstance(node, ast.Call):
        parts = [*node.args, *(keyword.value for keyword in node.keywords)]
        names = [*("" for _ in node.args), *(f"{keyword.arg}=" for keyword in node.keywords)]
        for name, part in zip(names, parts, strict=True):
            inside += _rows(part, name, ",")
        return [f"{before}{_text(node.func)}(", *(f"    {row}" for row in inside), f"){after}"]
    if isinstance(node, ast.Subscript | ast.Attribute) and not isinstance(node.value, ast.Name):
        return _rows(node.value, before, f"{_text(node).removeprefix(_text(node.value))}{after}")
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult | ast.MatMult | ast.Div):
        sign = {ast.Mult: "*", ast.MatMult: "@", ast.Div: "/"}[type(node.op)]
        left, right = (f"({_text(e)})" if isinstance(e, ast.BinOp) else _text(e) for e in (node.left, node.right))
        return [f"{before}(", f"    {left}", f"    {sign} {right}", f"){after}"]
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
        sign = "+" if isinstance(node.op, ast.Add) else "-"
        inside = [*_rows(node.left, "", ""), f"{sign} {_tight(node.right)}"]
        return [f"{before}(", *(f"    {row}" for row in inside), f"){after}"]
    return [whole]


def _text(node: ast.expr) -> str:
    """An expression as code."""
    return tidy(ast.unparse(node))


def tidy(code: str) -> str:
    """Code with quotes and powers as formatters write them."""
    return re.sub(r"(?<=\w) \*\* (?=[\w.]+)", "**", code.replace("'", '"'))


def _tight(node: ast.expr) -> str:
    """The right-hand side of a sum, in brackets if it is one."""
    text = _text(node)
    return f"({text})" if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub) else text


def _checks(compiled: Compiled, anywhere: bool) -> list[str]:
    """The arguments as arrays of one type, and their sizes and values checked."""
    program, lines, returned = compiled.program, compiled.code.lines, compiled.code.returned
    real = [a for a in program.arguments if not a.integral]
    found: list[str] = []
    if len(real) == 1:
        found.append(f"({real[0].name},) = _floats({real[0].name})")
    elif real:
        names = ", ".join(a.name for a in real)
        found.append(f"{names} = _floats({names})")
    code = "\n".join([*lines, *returned])
    if anywhere and "xp" in _words(code):
        found.append(f"xp = _namespace({', '.join(a.name for a in real)})")
    shaped = [a for a in program.arguments if a.axes]
    if shaped:
        numbers = [a for a in real if not a.axes]
        checked = ", ".join(
            f"{a.name}=({a.name if anywhere else _array(a)}, ({_axes(a.axes)}))" for a in (*shaped, *numbers)
        )
        words = _words(code) | {str(a.high) for a in shaped if a.high}
        words |= {size_name(n) for n, least in program.context.sizes.items() if least > 1}
        needed = [n for n in _size_names(shaped) if size_name(n) in words]
        call = f"_sizes({checked})"
        if needed:
            found += _broken(f"sizes = {call}")
            found.append(f"{', '.join(size_name(n) for n in needed)} = " + ", ".join(f'sizes["{n}"]' for n in needed))
        else:
            found += _rows(ast.parse(call, mode="eval").body, "", "")
    for argument in program.arguments:
        if argument.integral and argument.axes:
            high = extent_code(argument.high or Extent.of(0))
            found.append(f'{argument.name} = _labels("{argument.name}", {argument.name}, {argument.low}, {high})')
    for size, least in program.context.sizes.items():
        name = size_name(size)
        if name in compiled.code.divisors or least > 1:
            wanted = f"at least {least}"
            found += [f"if {name} < {least}:", f'    raise ValueError(f"{name}: expected {wanted}, found {{{name}}}")']
    for argument in real:
        if argument.binary:
            found.append(f'_binary("{argument.name}", {argument.name})')
        if _divides(program, argument):
            found.append(f'_not_zero("{argument.name}", {argument.name})')
    if "dtype" in _words(code):
        found.append(f"dtype = {real[0].name}.dtype")
    return found


def _divides(program: Program, argument: Argument) -> bool:
    """Whether something is divided by an argument that is declared to be positive, such as a variance."""
    decl = program.context.symbols.get(argument.symbol)
    if decl is None or "positive" not in decl.properties:
        return False
    bodies = [let.body for let in (*program.lets.values(), *program.results)]
    quotients = [part for body in bodies for part in subterms(body) if isinstance(part, Op) and part.name == "div"]
    references = [referred(factor) for quotient in quotients for factor in factors(quotient.args[1])]
    return any(found is not None and found[0] == argument.symbol for found in references)


def _array(argument: Argument) -> str:
    return f"np.asarray({argument.name})" if argument.integral else argument.name


def _axes(axes: Sequence[Extent]) -> str:
    for axis in axes:
        if axis.name is None and axis.constant is None:
            raise KernelError(f"an argument has an axis of length {axis}; only a size by itself can be checked")
    return ", ".join(f'"{axis}"' for axis in axes) + ("," if len(axes) == 1 else "")


def _size_names(arguments: Iterable[Argument]) -> list[str]:
    return list(dict.fromkeys(axis.name for a in arguments for axis in a.axes if axis.name is not None))


def _words(code: str) -> set[str]:
    return {node.id for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Name)}
