"""The second reader: scalar notation whose precedence is a convention, read by latex2sympy2_extended as well.

Only how marks are put together is compared. Every name and number (but an exponent) is replaced by a letter before the
second reader sees the text, since it takes log as the logarithm to base ten, ``\\pi_k`` as 3.14 and ``2 \\frac12`` as
two and a half; and it sees only text with a slash or a function's power, for elsewhere precedence is not in doubt.
docs/trust.md has the measurement.
"""

from __future__ import annotations

import cmath
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from fractions import Fraction
from random import Random
from typing import Any

from derive.language.context import Context
from derive.language.terms import Const, Num, Op, Size, Sym, Term, subterms
from derive.read import syntax as s
from derive.read.errors import ReadError
from derive.read.latex import node_readings
from derive.read.parser import parse
from derive.read.slips.text import Page

LONGEST = 160
DEEPEST = 6
POINTS = 3
TOLERANCE = 1e-6

_LETTERS = tuple("abchjklmnpqrstuvwxyzABFGHJKLMPRTUVWXYZ")
_OPERATORS = frozenset({"add", "neg", "mul", "div", "pow", "exp", "log", "sin", "cos", "tanh", "sqrt", "abs"})
_PLAIN = re.compile(
    r"(?:[A-Za-z0-9]|[-+*/^(){}|!\s]|\[|\]|\\(?:frac|sqrt|ln|exp|sin|cos|tan|tanh|sinh|cosh|cdot|times|div)(?![A-Za-z]))*\Z"
)
_SIZES = re.compile(r"\\(?:left|right|[bB]igg?[lrm]?)(?![A-Za-z])")
_FUNCTION_POWER = re.compile(r"\\(?:log|ln|exp|sin|cos|tan|tanh|sinh|cosh)\s*\^")


def disagreement(text: str, term: Term, context: Context) -> str:
    """How the second reader takes ``text``, which was read as ``term``, if that is something else; or nothing.

    >>> from derive.read.declarations import declare
    >>> from derive.read.latex import read_term
    >>> context = declare("x, y > 0")
    >>> [disagreement(t, read_term(t, context)[0], context) for t in (r"\\tanh^{-1} x", "x/2 + y")]
    ['\\\\operatorname{atanh}{\\\\left(x \\\\right)}', '']
    """
    if not _is_doubtful(text) or not _is_scalar(term, context):
        return ""
    try:
        skeleton, names = _skeleton(text, context)
    except (ReadError, IndexError):
        return ""
    if not _PLAIN.match(skeleton) or _depth(skeleton) > DEEPEST:
        return ""
    other = _read(skeleton)
    if other is None or not _differ(term, other, names):
        return ""
    from sympy import Symbol, latex

    spelled = {Symbol(letter): atom for letter, (atom, _) in names.items()}
    return str(latex(other, symbol_names=spelled))


def _is_doubtful(text: str) -> bool:
    """Whether precedence here is a convention: a slash before several factors, or a power of a function's name."""
    if len(text) > LONGEST:
        return False
    if _FUNCTION_POWER.search(text):
        return True
    if "/" not in text and "\\div" not in text:
        return False
    try:
        tree = parse(text)
    except ReadError:
        return False
    return any(isinstance(node, s.Product) and _is_long(node) for node in s.walk(tree))


def _is_long(node: s.Product) -> bool:
    """Whether a slash stands beside other factors, or after a function without brackets. After ``\\log x \\cdot`` and
    in ``\\log x / \\log y`` the second reader is not asked: it would take all of it into the logarithm."""
    if isinstance(node.first, s.Juxt) and any(isinstance(part, s.Word) for part in node.first.parts):
        op, below = node.rest[0]
        again = isinstance(below, s.Juxt) and isinstance(below.parts[0], s.Word)
        return op == "/" and not again and not isinstance(node.first.parts[-1], s.Group)
    divisors = [part for op, part in node.rest if op == "/"]
    return bool(divisors) and (len(node.rest) > 1 or any(isinstance(part, s.Juxt) for part in divisors))


def _is_scalar(term: Term, context: Context) -> bool:
    """Whether a term is made of scalars without indices, by operations that both readers know."""
    for part in subterms(term):
        match part:
            case Num() | Const() | Size():
                continue
            case Sym(name, ()) if name in context.symbols and not context.symbols[name].shape:
                continue
            case Op(name) if name in _OPERATORS:
                continue
        return False
    return True


def _depth(text: str) -> int:
    level = most = 0
    for mark in text:
        level += (mark in "({[") - (mark in ")}]")
        most = max(most, level)
    return most


# -- what the second reader sees ---------------------------------------------------------------------------------------
Names = dict[str, tuple[str, Term]]


def _skeleton(text: str, context: Context) -> tuple[str, Names]:
    """The text with a letter for every name and number, and what each letter stands for."""
    tree = parse(text)
    page = Page(text, tree, context, (), "", ())
    names: Names = {}
    letters: dict[Term, str] = {}
    changes: list[tuple[int, int, str]] = []
    for node, start, stop in _marks(tree, page):
        term = Num(Fraction(node.text)) if isinstance(node, s.Number) else node_readings(node, context)[0].term
        if term not in letters:
            letters[term] = _LETTERS[len(letters)]
            names[letters[term]] = (text[start:stop], term)
        changes.append((start, stop, letters[term]))
    for start, stop, letter in sorted(changes, reverse=True):
        text = f"{text[:start]} {letter} {text[stop:]}"
    text = re.sub(r"\\log(?![A-Za-z])", r"\\ln ", _SIZES.sub(" ", text))
    text = re.sub(r"\\[dt]frac(?![A-Za-z])", r"\\frac", text)
    return re.sub(r"\\frac\s+([A-Za-z])\s+([A-Za-z])", r"\\frac{\1}{\2}", text), names


def _marks(node: object, page: Page) -> Iterator[tuple[s.Node, int, int]]:
    """Every name (with its subscript) and number, with its place."""
    match node:
        case s.Number() | s.Name():
            yield (node, *page.extent(node))
        case s.Script(base=s.Name() as base, sub=sub, sup=sup, primes=0):
            if sub is None:
                yield (base, *page.extent(base))
            else:
                stop = page.extent(node)[1] if sup is None else page.text.rfind("^", 0, page.extent(sup)[0] + 1)
                yield (s.Script(node.start, stop, base, sub), page.extent(base)[0], stop)
            yield from _exponent(sup, page)
        case s.Script(base=base, sub=None, sup=sup, primes=0):
            yield from _marks(base, page)
            yield from _exponent(sup, page)
        case s.Script(primes=primes) if primes:
            raise ReadError("a prime")
        case s.Node():
            for item in fields(node):
                yield from _marks(getattr(node, item.name), page)
        case tuple():
            for part in node:
                yield from _marks(part, page)


def _exponent(sup: s.Node | None, page: Page) -> Iterator[tuple[s.Node, int, int]]:
    """The marks in an exponent; a whole number there is left as it is."""
    match sup:
        case s.Number() | s.Sum(terms=(("-", s.Number()),)):
            return
    yield from _marks(sup, page)


class _NotRead(Exception):
    """The second reader does not understand the text."""


def _read(skeleton: str) -> Any:
    """What the second reader makes of a text of letters; None if it makes nothing of it. A new one is made for every
    text, since it keeps state."""
    from latex2sympy2_extended.latex2sympy2 import ConversionConfig, _Latex2Sympy
    from sympy import Expr

    class Second(_Latex2Sympy):  # type: ignore[misc]
        """Says with an error of its own what it cannot parse."""

        class MathErrorListener(_Latex2Sympy.MathErrorListener):  # type: ignore[misc]
            """Stops at the first mistake."""

            def syntaxError(self, *about: object) -> None:
                raise _NotRead

    config = ConversionConfig(
        interpret_as_mixed_fractions=False,
        interpret_simple_eq_as_assignment=False,
        interpret_contains_as_eq=False,
        lowercase_symbols=False,
    )
    second = Second(config=config)
    try:
        found = second.create_parser(skeleton).math().set_elements()
        value = None if found is None else second.convert_set_elements(found)
    except (_NotRead, ArithmeticError, AttributeError, IndexError, KeyError, TypeError, ValueError, RecursionError):
        return None
    return value if isinstance(value, Expr) else None


# -- the same in numbers -----------------------------------------------------------------------------------------------
def _differ(term: Term, other: Any, names: Names) -> bool:
    """Whether two readings have different values wherever both have one."""
    random = Random(len(names))  # noqa: S311 - values to try, not secrets
    compared = 0
    for _ in range(POINTS):
        values = {what: complex(random.uniform(0.3, 0.9)) for _, what in names.values()}
        values.update({what: complex(what.value) for _, what in names.values() if isinstance(what, Num)})
        values.update({what: _CONSTANTS[what.name] for _, what in names.values() if isinstance(what, Const)})
        try:
            one = _value(term, values)
            two = _other_value(other, {letter: values[what] for letter, (_, what) in names.items()})
        except (ArithmeticError, KeyError, ValueError):
            continue
        compared += 1
        if abs(one - two) <= TOLERANCE * (1 + abs(one)):
            return False
    return compared > 1


_CONSTANTS = {"pi": complex(math.pi), "e": complex(math.e)}
_FUNCTIONS = {
    "exp": cmath.exp,
    "log": cmath.log,
    "sin": cmath.sin,
    "cos": cmath.cos,
    "tanh": cmath.tanh,
    "sqrt": cmath.sqrt,
    "abs": lambda u: complex(abs(u)),
    "Abs": lambda u: complex(abs(u)),
    "tan": cmath.tan,
    "sinh": cmath.sinh,
    "cosh": cmath.cosh,
    "asin": cmath.asin,
    "acos": cmath.acos,
    "atan": cmath.atan,
    "atanh": cmath.atanh,
    "asinh": cmath.asinh,
    "acosh": cmath.acosh,
}


def _value(term: Term, values: Mapping[Term, complex]) -> complex:
    match term:
        case Num(value=value):
            return complex(value)
        case Const(name=name):
            return _CONSTANTS[name]
        case Op(name, args):
            return _combined(name, [_value(arg, values) for arg in args])
    return values[term]


def _combined(name: str, args: list[complex]) -> complex:
    match name:
        case "add" | "Add":
            return sum(args, 0j)
        case "mul" | "Mul":
            return math.prod(args, start=1 + 0j)
        case "neg":
            return -args[0]
        case "div":
            return args[0] / args[1]
        case "pow" | "Pow":
            return complex(args[0] ** args[1])
        case "log" if len(args) == 2:
            return cmath.log(args[0]) / cmath.log(args[1])
    return _FUNCTIONS[name](args[0])


def _other_value(expression: Any, values: Mapping[str, complex]) -> complex:
    if expression.is_Symbol:
        return values[expression.name]
    if expression.is_Number or expression.is_NumberSymbol:
        return complex(expression)
    return _combined(type(expression).__name__, [_other_value(arg, values) for arg in expression.args])
