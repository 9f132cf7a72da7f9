"""Commands: what each takes, and the node it makes."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING

from derive.language.terms import Span
from derive.read import syntax as s
from derive.read.errors import ReadError
from derive.read.tokens import Token
from derive.read.vocabulary import ACCENTS, BIG, BIG_COMMANDS, BIG_WORDS, FACES, FUNCTION_COMMANDS

if TYPE_CHECKING:
    from derive.read.parser import Parser


def command(p: Parser) -> s.Node:
    """The command that stands here, with what it takes."""
    token = p.next()
    name = token.text[1:]
    if name in BIG_COMMANDS:
        return big(p, token, BIG[token.text])
    if name in FUNCTION_COMMANDS:
        return s.Word(token.start, token.stop, name)
    if name in ACCENTS or name in FACES:
        return _styled(p, token, name)
    rule = _COMMANDS.get(name)
    if rule is not None:
        return rule(p, token)
    raise ReadError(
        f"expected a command of mathematics, found “{token.text}”",
        Span(token.start, token.stop),
        "is it a macro without its definition?",
    )


def _styled(p: Parser, token: Token, name: str) -> s.Node:
    if name == "mathbb" or name == "mathcal":
        inner = p.argument()
        text = inner.text if isinstance(inner, s.Name | s.Number | s.Word) else s.key(inner)
        return s.Name(token.start, inner.stop, f"\\{name}{{{text}}}")
    return restyle(p.argument(), name, token.start)


def _frac(p: Parser, token: Token) -> s.Node:
    derivative = _derivative(p, token)
    if derivative is not None:
        return derivative
    top = p.argument()
    bottom = p.argument()
    return s.Frac(token.start, bottom.stop, top, bottom)


STACKED = ("\\over", "\\choose")
"""Signs of plain TeX between what stands above and below, in the braces around both."""


def stacked(p: Parser, opened: Token, top: s.Node) -> s.Node:
    """``{a \\over b}`` and ``{n \\choose k}``, from the sign on."""
    sign = p.next()
    bottom = p.relation()
    closed = p.expect("}", opened)
    kind = s.Frac if sign.text == "\\over" else s.Binom
    return kind(opened.start, closed.stop, top, bottom)


def _derivative(p: Parser, token: Token) -> s.Node | None:
    """A fraction of differentials, or None (and nothing read)."""
    begin = p.at
    if p.here.text != "{":
        return None
    d = p.peek().text
    if d not in ("\\partial", "d") or p.peek(2).text == "_":
        return None
    close = _matching(p, begin)
    below = p.tokens[close + 1 : close + 4]
    if len(below) < 3 or below[0].text != "{" or below[1].text != d or below[2].text in ("}", "+", "-", "_", "=", ","):
        return None
    inside = p.tokens[begin + 1 : close]
    if any(one.text == "/" and other.text == d for one, other in pairwise(inside)):
        return None  # \\frac{\\partial f / \\partial x}{\\partial g / \\partial x}: a quotient of two
    p.go_to(begin + 2)
    order = _order(p)
    body = None if p.here.text == "}" else p.relation()
    p.expect("}", p.tokens[begin])
    opened = p.next()
    variables = _differentials(p, d, order)
    closed = p.expect("}", opened)
    if len(variables) != order:
        raise ReadError(
            f"expected {order} variable(s) under the derivative, found {len(variables)}",
            Span(opened.start, closed.stop),
        )
    return s.Diff(token.start, closed.stop, body, tuple(variables))


def partial_below(node: s.Script) -> s.Diff | None:
    """``\\partial_{x_i}``, ``\\partial_x^2``, ``\\partial_{x, y}``: the derivative in what stands below; None for
    anything else."""
    if not isinstance(node.base, s.Name) or node.base.text != "\\partial" or node.sub is None or node.primes:
        return None
    match node.sub, node.sup:
        case ((s.Name() | s.Script() as variable), None):
            variables: tuple[s.Node, ...] = (variable,)
        case ((s.Name() | s.Script() as variable), s.Number(text="2" | "3" | "4" as times)):
            variables = (variable,) * int(times)
        case s.Group(bracket="{", items=items, seps=seps), None if {*seps} <= {","}:
            variables = items
        case _:
            return None
    if not all(isinstance(variable, s.Name | s.Script) for variable in variables):
        return None
    return s.Diff(node.start, node.stop, None, variables)


def _short_derivative(p: Parser, token: Token) -> s.Node:
    r"""``\\pdv{f}{x}``, ``\\pdv[2]{f}{x}``, ``\\pdv{f}{x}{y}`` and ``\\pdv{x}``, an operator; ``\\dv`` likewise."""
    order = 1
    if p.here.text == "[":
        opened = p.next()
        order = _written_order(p.relation())
        p.expect("]", opened)
    arguments = [p.argument()]
    while p.here.text == "{" and len(arguments) < 3:
        arguments.append(p.argument())
    body, variables = (arguments[0], arguments[1:]) if len(arguments) > 1 else (None, arguments)
    if order > 1:
        variables = variables[:1] * order if len(variables) == 1 else variables
    return s.Diff(token.start, arguments[-1].stop, body, tuple(variables))


def _order(p: Parser) -> int:
    if p.here.text != "^":
        return 1
    p.next()
    return _written_order(p.script_content())


def _written_order(content: s.Node) -> int:
    if isinstance(content, s.Number) and content.text in ("1", "2", "3", "4"):
        return int(content.text)
    raise ReadError("expected the order of a derivative, a number from 1 to 4", Span(content.start, content.stop))


def _of_log(p: Parser) -> s.Node:
    """``\\log \\ell`` as what is differentiated in."""
    head = p.postfix()
    argument = p.postfix()
    return s.Juxt(head.start, argument.stop, (head, argument))


def _differentials(p: Parser, d: str, order: int) -> list[s.Node]:
    """The variables below a derivative: ``∂x ∂y`` or ``∂x^2``."""
    variables: list[s.Node] = []
    while p.here.text == d:
        p.next()
        variable = _of_log(p) if p.here.text in ("\\log", "\\ln") else p.postfix()
        if isinstance(variable, s.Name | s.Script) and p.here.text == "(":
            called = p.postfix()  # \\frac{\\partial f}{\\partial z(s, a)}
            variable = s.Juxt(variable.start, called.stop, (variable, called))
        times = 1
        if order > 1 and isinstance(variable, s.Script) and isinstance(variable.sup, s.Number):
            times = int(variable.sup.text) if variable.sup.text in ("2", "3", "4") else 1
        if times > 1 and isinstance(variable, s.Script) and len(variables) + times <= order:
            base = variable
            variable = (
                s.Script(base.start, base.stop, base.base, base.sub, None, base.primes)
                if base.sub is not None or base.primes
                else base.base
            )
        else:
            times = 1
        variables.extend([variable] * times)
    return variables


def _matching(p: Parser, opened: int) -> int:
    level = 0
    for place in range(opened, len(p.tokens)):
        text = p.tokens[place].text
        if p.tokens[place].kind == "op" and text in ("{", "}"):
            level += 1 if text == "{" else -1
            if level == 0:
                return place
    raise p.fail("“}” to close “{”", p.tokens[opened])


def big(p: Parser, token: Token, kind: str) -> s.Node:
    """A big operator: its limits, then the product that follows (a sum, for an argmax)."""
    return _big_body(p, token, kind, *p.limits())


def _big_body(p: Parser, token: Token, kind: str, sub: s.Node | None, sup: s.Node | None) -> s.Node:
    if sub is None and sup is None and kind in ("max", "min") and p.here.text in ("(", "\\{"):
        group = p.bracket()
        return s.BigOp(token.start, group.stop, kind, None, None, group)
    if p.here.text == "-" and not kind.startswith("arg"):  # \sum_i -2 x_i
        sign = p.next()
        term = p.product(inner=True)
        body: s.Node = s.Sum(sign.start, term.stop, (("-", term),))
    else:
        body = p.sum() if kind.startswith("arg") else p.product(inner=True)
    return s.BigOp(token.start, body.stop, kind, sub, sup, body)


def _arg(p: Parser, token: Token) -> s.Node:
    """``\\arg\\max_x``."""
    found = p.next()
    kind = BIG.get(found.text) or BIG_WORDS.get(found.text, "")
    if kind not in ("max", "min"):
        raise p.fail("“\\max” or “\\min” after “\\arg”", found)
    return big(p, token, "arg" + kind)


def _underset(p: Parser, token: Token) -> s.Node:
    """``\\underset{x}{\\operatorname{argmin}} body``; on anything else the lower text is a subscript."""
    under = p.braced_list() if p.here.text == "{" else p.argument()
    if p.here.text == "{":
        close = _matching(p, p.at)
        words = p.tokens[p.at + 1 : close]
        name = " ".join(word.text.lstrip("\\") for word in words)
        kind = BIG_WORDS.get(name) or BIG.get("\\" + name)
        if kind is not None:
            p.go_to(close + 1)
            return _big_body(p, token, kind, under, None)
    base = p.argument()
    return s.Script(token.start, base.stop, base, under)


def _underbrace(p: Parser, token: Token) -> s.Node:
    body = p.argument()
    while p.here.text in ("_", "^"):
        p.next()
        if p.here.text == "{":  # what stands below it may begin with a relation, or be words
            p.go_to(_matching(p, p.at) + 1)
        else:
            p.script_content()
    return body


def _root(p: Parser, token: Token) -> s.Node:
    degree: s.Node | None = None
    if p.here.text == "[":
        opened = p.next()
        degree = p.relation()
        p.expect("]", opened)
    body = p.argument()
    return s.Root(token.start, body.stop, body, degree)


def _integral(p: Parser, token: Token) -> s.Node:
    sub, sup = p.limits()
    p.integrals += 1
    body = p.sum()
    p.integrals -= 1
    if p.here.text != "d":
        raise p.fail("“d” and the variable that closes “\\int”", None, "write \\int f(x) dx")
    p.next()
    variable = p.postfix()
    return s.IntegralOp(token.start, variable.stop, sub, sup, body, (variable,))


def _norm(p: Parser, token: Token) -> s.Node:
    return p.bars_group(token, "\\|", "\\|")


def _binom(p: Parser, token: Token) -> s.Node:
    top = p.argument()
    bottom = p.argument()
    return s.Binom(token.start, bottom.stop, top, bottom)


def _lvert(p: Parser, token: Token) -> s.Node:
    return p.bars_group(token, "\\rvert", "|")


def _angle(p: Parser, token: Token) -> s.Node:
    """``\\langle u, v \\rangle``; around one thing, as in ``\\langle x \\rangle``, a name (an average)."""
    p.go_to(p.at - 1)
    node = p.bracket()
    if isinstance(node, s.Group) and node.bracket == "\\langle" and len(node.items) == 1:
        return s.Name(node.start, node.stop, f"\\langle {s.key(node.items[0])} \\rangle")
    return node


def _dots(p: Parser, token: Token) -> s.Node:
    return s.Dots(token.start, token.stop)


def _substack(p: Parser, token: Token) -> s.Node:
    return p.braced_list()


def _tall(p: Parser, token: Token) -> s.Node:
    return s.Name(token.start, token.stop, token.text)


def _negation(p: Parser, token: Token) -> s.Node:
    body = p.argument()
    return s.Juxt(token.start, body.stop, (s.Word(token.start, token.stop, "not"), body))


_COMMANDS: dict[str, Callable[[Parser, Token], s.Node]] = {
    "frac": _frac,
    "pdv": _short_derivative,
    "dv": _short_derivative,
    "odv": _short_derivative,
    "sqrt": _root,
    "int": _integral,
    "arg": _arg,
    "underset": _underset,
    "binom": _binom,
    "|": _norm,
    "\\|": _norm,
    "lvert": _lvert,
    "langle": _angle,
    "lfloor": _angle,
    "dots": _dots,
    "substack": _substack,
    "underbrace": _underbrace,
    "overbrace": _underbrace,
    "neg": _negation,
    "dagger": _tall,
}


def restyle(node: s.Node, face: str, start: int) -> s.Node:
    """``\\mathbf{…}`` and accents: the face goes on the name, not on its scripts."""
    match node:
        case s.Name(text=text) | s.Number(text=text):
            return s.Name(start, node.stop, f"\\{face}{{{text}}}")
        case s.Word(text=text):
            return s.Name(start, node.stop, f"\\{face}{{\\mathrm{{{text}}}}}")
        case s.Script(base=base, sub=sub, sup=sup, primes=primes):
            if face in ACCENTS and sup is not None:
                raise ReadError(f"expected one name under “\\{face}”", Span(node.start, node.stop))
            return s.Script(start, node.stop, restyle(base, face, start), sub, sup, primes)
        case s.Group(bracket="{", items=(item,)):
            return restyle(item, face, start)
        case s.Juxt(parts=parts) if all(isinstance(part, s.Name) and part.text.isalpha() for part in parts):
            word = "".join(part.text for part in parts if isinstance(part, s.Name))
            return s.Name(start, node.stop, f"\\{face}{{{word}}}")
        case s.Juxt(parts=parts) if face in FACES:
            return s.Juxt(start, node.stop, tuple(restyle(part, face, part.start) for part in parts))
        case s.Group(bracket="("):
            return node
    raise ReadError(f"expected one name under “\\{face}”", Span(node.start, node.stop))
