r"""Terms and statements as a mathematician writes them.

Every function here returns text together with how tightly it holds, so that brackets appear exactly where the reading
would change without them. Names are LaTeX already; what is written back keeps the author's order and signs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from derive.language.claims import (
    Compare,
    Equal,
    HasShape,
    Misshapen,
    Optimum,
    PositiveSemidefinite,
    SameOptimum,
    Statement,
    Step,
    Value,
    WellDefined,
)
from derive.language.extents import Shape
from derive.language.terms import (
    Apply,
    Array,
    At,
    Big,
    Cases,
    Const,
    Deriv,
    Entry,
    Expect,
    Index,
    Integral,
    Matrix,
    Num,
    Op,
    Rel,
    Size,
    Sym,
    Term,
)

LOGIC, RELATION, SUM, ENTRYWISE, PRODUCT, FACTOR, BASE = range(7)
"""How tightly a text holds: what may stand in a conjunction, a relation, a sum, an entry-by-entry product, last in a
product, anywhere in a product, and under an exponent."""

Written = tuple[str, int]

NEW_ROW, TIMES = r" \\ ", r" \times "

SIGNS = {"=": "=", "!=": r"\neq", "<": "<", "<=": r"\leq", ">": ">", ">=": r"\geq", "succ": r"\succ"}

_CONSTANTS = {"pi": r"\pi", "e": "e", "inf": r"\infty"}

_PREFIX = {
    "exp": r"\exp",
    "log": r"\log",
    "tanh": r"\tanh",
    "sin": r"\sin",
    "cos": r"\cos",
    "det": r"\det",
    "logistic": r"\operatorname{logistic}",
    "softplus": r"\operatorname{softplus}",
    "relu": r"\operatorname{ReLU}",
    "softmax": r"\operatorname{softmax}",
    "logsumexp": r"\operatorname{logsumexp}",
    "total": r"\operatorname{sum}",
    "trace": r"\operatorname{tr}",
    "diag": r"\operatorname{diag}",
    "eigenvalues": r"\operatorname{eigenvalues}",
    "eigenvectors": r"\operatorname{eigenvectors}",
}
_BARE = frozenset({"log", "tanh", "sin", "cos", "det"})
"""Functions written without brackets before a single name: ``\\log \\pi_{k}``."""

_INFIX = {
    "hadamard": (r"\odot", ENTRYWISE),
    "hadamard_div": (r"\oslash", ENTRYWISE),
    "kron": (r"\otimes", ENTRYWISE),
    "and": (r"\land", LOGIC),
    "or": (r"\lor", LOGIC),
}
_SUFFIX = {"transpose": r"^{\top}", "inverse": "^{-1}", "factorial": "!"}
_AROUND = {
    "sqrt": r"\sqrt{%s}",
    "abs": r"\left|%s\right|",
    "floor": r"\left\lfloor %s \right\rfloor",
    "norm": r"\left\|%s\right\|",
    "indicator": r"\mathbf{1}\left\{%s\right\}",
}
_LITERAL = {"identity": r"\mathbf{I}", "ones": r"\mathbf{1}", "zeros": r"\mathbf{0}"}
_BIG = {"sum": r"\sum", "prod": r"\prod", "max": r"\max", "min": r"\min", "argmax": r"\arg\max", "argmin": r"\arg\min"}


def to_latex(term: Term) -> str:
    r"""A term as LaTeX.

    >>> a, b = Sym("a"), Sym("b", (Index("k"),))
    >>> to_latex((a + b) * a ** 2)
    '\\left(a + b_{k}\\right) a^{2}'
    """
    return _write(term)[0]


def _in(term: Term, level: int) -> str:
    """A term where at least ``level`` is needed, in brackets if it does not hold that tightly."""
    if isinstance(term, Op) and term.name in _BARE and level == FACTOR:  # log(a) b, not (log a) b
        return f"{_PREFIX[term.name]}{_bracketed(to_latex(term.args[0]))}"
    text, own = _write(term)
    return text if own >= level else _bracketed(text)


def _bracketed(text: str) -> str:
    return rf"\left({text}\right)"


def _list(terms: Sequence[Term]) -> str:
    return ", ".join(to_latex(item) for item in terms)


def _write(term: Term) -> Written:
    match term:
        case Num():
            return _number(term)
        case Const(name):
            return _CONSTANTS.get(name, name), BASE
        case Size(name) | Index(name):
            return bound_name(name), BASE
        case Sym(name, indices):
            moved = _moved(name, [to_latex(index) for index in indices])
            return (moved, BASE) if moved else _named(name, indices)
        case Entry(Sym(name, family), indices):
            return _named(name, (*family, *indices))
        case Entry(base, indices):
            return f"{_in(base, BASE)}_{{{_subscripts(indices)}}}", BASE
        case Apply(name, args, indices):
            if _names_its_arguments(name, args):
                return name if not indices else _named(name, indices)[0], BASE
            return f"{_named(name, indices)[0]}{_bracketed(_list(args))}", BASE
        case Op():
            return _operator(term)
        case Rel(op, left, right):
            return f"{_in(left, SUM)} {SIGNS[op]} {_in(right, SUM)}", RELATION
        case Matrix(rows):
            return rf"\begin{{pmatrix}} {_rows(rows)} \end{{pmatrix}}", BASE
        case Cases(branches):
            lines = NEW_ROW.join(f"{to_latex(value)} & {_condition(condition)}" for value, condition in branches)
            return rf"\begin{{cases}} {lines} \end{{cases}}", PRODUCT
    return _binder(term)


def _binder(term: Term) -> Written:
    match term:
        case Big():
            return _big(term)
        case Integral(var, body, shape, low, high):
            limits = rf"_{{{to_latex(low)}}}^{{{to_latex(high)}}}" if low is not None and high is not None else ""
            where = f"_{{{space(shape)}}}" if shape and not limits else limits
            return rf"\int{where} {_in(body, PRODUCT)} \, d{var}", PRODUCT
        case Expect(var, _, density, body):
            return rf"\mathbb{{E}}_{{{var} \sim {to_latex(density)}}}\left[{to_latex(body)}\right]", BASE
        case Deriv():
            return _derivative(term)
        case At(body, var, value):
            return rf"\left. {_in(body, PRODUCT)} \right|_{{{to_latex(var)} = {to_latex(value)}}}", FACTOR
        case Array(pairs, body):
            ranges = r",\, ".join(rf"{bound_name(name)} = {r.low} \ldots {r.high}" for name, r in pairs)
            return rf"\left[{to_latex(body)}\right]_{{{ranges}}}", BASE
    raise TypeError(f"expected a term, found {type(term).__name__}")


# -- names and numbers -------------------------------------------------------------------------------------------------
def _number(term: Num) -> Written:
    value = term.value
    if term.text:
        return term.text, SUM if term.text.startswith("-") else BASE
    size = abs(value)
    text = str(size) if size.denominator == 1 else rf"\frac{{{size.numerator}}}{{{size.denominator}}}"
    if value < 0:
        return f"-{text}", SUM
    return text, BASE if size.denominator == 1 else FACTOR


def _named(name: str, indices: Sequence[Term]) -> Written:
    """A name with its subscripts; a name that has a subscript or superscript already is kept together by braces, and
    one that spells out its own indices (``\\gamma_{d,k}``) is not given them again."""
    if name[-1:] in _RAISED and len(name) > 1 and name[-2] != "_":
        return f"{_named(name[:-1].removesuffix('^'), indices)[0]}^{{{_RAISED[name[-1]]}}}", FACTOR
    own = tuple(index.name for index in indices if isinstance(index, Index))
    if indices and len(own) == len(indices) and _spells_out(name, own):
        return name, FACTOR
    given = filled(name, [to_latex(index) for index in indices])
    if given:
        return given, BASE
    raised = _at_top(name, "^")
    if not indices:
        return name, FACTOR if raised else BASE
    base = f"{{{name}}}" if raised or _at_top(name, "_") else name
    return f"{base}_{{{_subscripts(indices)}}}", BASE


def bound_name(name: str) -> str:
    """A name of an index; one that was lengthened to tell it from another has primes: ``r_`` is ``r'``."""
    plain = name.rstrip("_")
    return plain + "'" * (len(name) - len(plain)) if plain else name


_ONE_LETTER = re.compile(r"(?P<base>.+)_(?:\{(?P<braced>[A-Za-z])\}|(?P<bare>[A-Za-z]))")


def _moved(name: str, indices: Sequence[str]) -> str:
    """``x_{k+1}`` of a family kept as ``x_{k}``, with its index; nothing of other names, nor where its subscript may be
    a label."""
    kept = _ONE_LETTER.fullmatch(name)
    if kept is None or len(indices) != 1:
        return ""
    letter = kept["braced"] or kept["bare"]
    stands = re.search(rf"(?<![A-Za-z\\]){letter}(?![A-Za-z'_])", indices[0]) is not None
    return f"{kept['base']}_{{{indices[0]}}}" if stands else ""


def _names_its_arguments(name: str, args: Sequence[Term]) -> bool:
    """Whether a function is kept under a name that shows what it is called with here: ``p(z|x)`` at z and x."""
    opened = name.find("(")
    if opened <= 0 or not name.endswith(")"):
        return False
    held = re.split(r"[,;|]|\\mid(?![A-Za-z])", name[opened + 1 : -1])
    return [_bare(each) for each in held] == [_bare(_whole(each)) for each in args]


def _whole(term: Term) -> str:
    """A term as LaTeX; all entries of a family, each at its place, as the family alone."""
    if isinstance(term, Array) and isinstance(term.body, Sym):
        places = tuple(index.name for index in term.body.indices if isinstance(index, Index))
        if len(places) == len(term.body.indices) and places == tuple(name for name, _ in term.vars):
            return term.body.name
    return to_latex(term)


def _bare(text: str) -> str:
    """A name without its font, braces and blanks."""
    return re.sub(r"\\(?:mathbf|boldsymbol|bm)(?![A-Za-z])|[{}\s]", "", text)


def filled(name: str, texts: Sequence[str]) -> str:
    """``q_{j|i}`` of a family kept as ``q_{\\cdot|\\cdot}``; nothing for other names, or another number of indices."""
    kept = _CONDITIONAL.fullmatch(name)
    before = kept["before"].count("\\cdot") if kept is not None else 0
    if kept is None or before + kept["after"].count("\\cdot") != len(texts):
        return ""
    return f"{kept['base']}_{{{subscripts(texts[:before])}|{subscripts(texts[before:])}}}"


_CONDITIONAL = re.compile(r"(?P<base>.+)_\{(?P<before>(?:\\cdot)+)\|(?P<after>(?:\\cdot)+)\}")
_RAISED = {"*": "*", "°": r"\circ"}
"""What may end a name as it is kept: a star, and the mark of a value that stays as it was."""


@lru_cache(maxsize=4096)
def _spells_out(name: str, indices: tuple[str, ...]) -> bool:
    """Whether each of these stands in a name of several marks, as a letter of its own."""
    if not re.search(r"[_(\[|]", name):
        return False
    if not re.search(r"[(\[|]", name):
        name = name[name.index("_") :]
    letters = set(re.findall(r"(?<![\\A-Za-z])[A-Za-z]'*(?![A-Za-z'])", re.sub(r"\\[A-Za-z]+(?:\{\w+\})?", " ", name)))
    return letters.issuperset(indices)


def _at_top(name: str, sign: str) -> bool:
    """Whether ``sign`` stands in the name outside all braces."""
    depth = 0
    for character in name:
        if character == sign and depth == 0:
            return True
        depth += {"{": 1, "}": -1}.get(character, 0)
    return False


def _subscripts(indices: Sequence[Term]) -> str:
    return subscripts([to_latex(index) for index in indices])


def subscripts(texts: Sequence[str]) -> str:
    """``nk`` where every subscript is one letter, else ``n, k + 1``."""
    return "".join(texts) if all(len(text) == 1 and text.isalpha() for text in texts) else ", ".join(texts)


def space(shape: Shape) -> str:
    """The space of this shape: ``\\mathbb{R}^{n \\times d}``."""
    if not shape:
        return r"\mathbb{R}"
    lengths = TIMES.join(str(length) for length in shape)
    return rf"\mathbb{{R}}^{{{lengths}}}"


def _rows(rows: Sequence[Sequence[Term]]) -> str:
    return NEW_ROW.join(" & ".join(to_latex(cell) for cell in row) for row in rows)


def _condition(condition: Term | None) -> str:
    return r"\text{otherwise}" if condition is None else rf"\text{{if }} {to_latex(condition)}"


# -- operators ---------------------------------------------------------------------------------------------------------
def _operator(term: Op) -> Written:
    name, args = term.name, term.args
    if name in _SPECIAL:
        return _SPECIAL[name](args)
    if name in _PREFIX:
        return _function(name, args[0])
    if name in _INFIX:
        sign, level = _INFIX[name]
        *before, last = args
        parts = [_in(arg, level + 1 if _closed(arg) else BASE) for arg in before]
        return f" {sign} ".join([*parts, _in(last, level + 1)]), level
    if name in _SUFFIX:
        return f"{_in(args[0], BASE)}{_SUFFIX[name]}", FACTOR
    if name in _AROUND:
        return _AROUND[name] % to_latex(args[0]), BASE
    if name in _LITERAL:
        return f"{_LITERAL[name]}_{{{TIMES.join(to_latex(arg) for arg in args)}}}", BASE
    return rf"\operatorname{{{name}}}{_bracketed(_list(args))}", FACTOR


def _function(name: str, arg: Term) -> Written:
    text, level = _write(arg)
    if name in _BARE and level == BASE and isinstance(arg, Sym | Num | Size | Index | Const | Entry):
        return f"{_PREFIX[name]} {text}", PRODUCT
    return f"{_PREFIX[name]}{_bracketed(text)}", FACTOR


def _sum(args: tuple[Term, ...]) -> Written:
    parts: list[str] = []
    for position, arg in enumerate(args):
        if position == 0:
            parts.append(_in(arg, SUM))
        elif isinstance(arg, Op) and arg.name == "neg":
            parts.append(f"- {_in(arg.args[0], ENTRYWISE)}")
        elif isinstance(arg, Num) and arg.value < 0:
            parts.append(f"- {_number(arg)[0].removeprefix('-')}")
        else:
            parts.append(f"+ {_in(arg, ENTRYWISE)}")
    return " ".join(parts), SUM


def _product(args: tuple[Term, ...]) -> Written:
    last = len(args) - 1
    text = _in(args[0], PRODUCT if len(args) == 1 or (_is_product(args[0]) and _closed(args[0])) else FACTOR)
    for position, arg in enumerate(args[1:], start=1):
        nested = _is_product(arg)
        factor = _bracketed(to_latex(arg)) if nested else _in(arg, PRODUCT if position == last else FACTOR)
        text += rf" \cdot {factor}" if factor[0].isdigit() else f" {factor}"
    return text, PRODUCT


def _is_product(term: Term) -> bool:
    return isinstance(term, Op) and term.name == "mul"


def _closed(term: Term) -> bool:
    """Whether what follows a term cannot be read as part of it: a sum reaches on to the next + or -."""
    match term:
        case Big() | Integral() | Cases():
            return False
        case Op("mul" | "neg", args):
            return _closed(args[-1])
    return True


def _negative(args: tuple[Term, ...]) -> Written:
    return f"-{_in(args[0], ENTRYWISE)}", SUM


def _quotient(args: tuple[Term, ...]) -> Written:
    return rf"\frac{{{to_latex(args[0])}}}{{{to_latex(args[1])}}}", FACTOR


def _power(args: tuple[Term, ...]) -> Written:
    return f"{_in(args[0], BASE)}^{{{to_latex(args[1])}}}", FACTOR


def _squared_norm(args: tuple[Term, ...]) -> Written:
    return rf"\left\|{to_latex(args[0])}\right\|^{{2}}", FACTOR


def _outer(args: tuple[Term, ...]) -> Written:
    return rf"{_in(args[0], FACTOR)} {_in(args[1], BASE)}^{{\top}}", PRODUCT


def _inner(args: tuple[Term, ...]) -> Written:
    return rf"\left\langle {_list(args)} \right\rangle", BASE


def _delta(args: tuple[Term, ...]) -> Written:
    return rf"\delta_{{{_subscripts(args)}}}", BASE


def _not(args: tuple[Term, ...]) -> Written:
    return rf"\lnot {_in(args[0], BASE)}", RELATION


def _gaussian(args: tuple[Term, ...]) -> Written:
    return rf"\mathcal{{N}}\left({to_latex(args[0])} \mid {_list(args[1:])}\right)", BASE


def _gaussian_diagonal(args: tuple[Term, ...]) -> Written:
    return _gaussian((args[0], args[1], Op("diag", (args[2],))))


_SPECIAL: dict[str, Callable[[tuple[Term, ...]], Written]] = {
    "add": _sum,
    "broadcast_add": _sum,
    "mul": _product,
    "neg": _negative,
    "div": _quotient,
    "pow": _power,
    "norm2": _squared_norm,
    "outer": _outer,
    "inner": _inner,
    "delta": _delta,
    "not": _not,
    "gaussian": _gaussian,
    "gaussian_diag": _gaussian_diagonal,
}


# -- binders -----------------------------------------------------------------------------------------------------------
def _big(term: Big) -> Written:
    condition = rf",\, {to_latex(term.where)}" if term.where is not None else ""
    low, high = term.range.low, term.range.high
    if term.kind in ("sum", "prod"):
        limits = f"_{{{bound_name(term.var)}={low}{condition}}}^{{{high}}}"
    else:
        limits = rf"_{{{low} \leq {bound_name(term.var)} \leq {high}{condition}}}"
    return f"{_BIG[term.kind]}{limits} {_in(term.body, PRODUCT)}", PRODUCT


def _derivative(term: Deriv) -> Written:
    below = rf"\partial {to_latex(term.wrt)}"
    if isinstance(term.body, Sym | Apply | Entry):
        text, level = rf"\frac{{\partial {to_latex(term.body)}}}{{{below}}}", FACTOR
    else:
        body = to_latex(term.body) if isinstance(term.body, Deriv) else _bracketed(to_latex(term.body))
        text, level = rf"\frac{{\partial}}{{{below}}} {body}", PRODUCT
    return (rf"\left. {text} \right|_{{\text{{direct}}}}", FACTOR) if term.local else (text, level)


# -- statements --------------------------------------------------------------------------------------------------------
def statement_to_latex(statement: Statement) -> str:
    """A statement as one line of LaTeX."""
    match statement:
        case Equal(left, right):
            return to_latex(Rel("=", left, right))
        case Compare(op, left, right):
            return to_latex(Rel(op, left, right))
        case Step(hypotheses, conclusions, both):
            arrow = r"\Leftrightarrow" if both else r"\Rightarrow"
            return rf"{_together(hypotheses)} \;{arrow}\; {_together(conclusions)}"
        case Optimum(kind, objective, variables, point, constraints):
            subject = rf" \quad \text{{s.t. }} {_together(constraints)}" if constraints else ""
            names = _list(variables)
            goal = rf"{_optimum_sign(kind)}_{{{names}}} {_in(objective, PRODUCT)}"
            return rf"{_starred(variables)} = {goal} = {_list(point)}{subject}"
        case SameOptimum(kind, variables, left, right):
            sign = f"{_optimum_sign(kind)}_{{{_list(variables)}}}"
            return f"{sign} {_in(left, PRODUCT)} = {sign} {_in(right, PRODUCT)}"
        case HasShape(term, shape):
            return rf"{to_latex(term)} \in {space(shape)}"
        case PositiveSemidefinite(term):
            return rf"{_in(term, SUM)} \succeq 0"
        case Value(term, printed, up_to_sign):
            sign = r" \quad \text{(columns up to sign)}" if up_to_sign else ""
            return rf"{_in(term, SUM)} \approx {_printed(printed)}{sign}"
        case WellDefined(term):
            return rf"{to_latex(term)} \text{{ is well defined}}"
        case Misshapen(term):
            return rf"{to_latex(term)} = \text{{something that has no shape}}"


def _together(relations: Sequence[Term]) -> str:
    return r",\; ".join(to_latex(relation) for relation in relations)


def _starred(variables: Sequence[Sym]) -> str:
    """The names of an optimal point: ``\\pi_{k}^{*}, \\mu_{k}^{*}``."""
    return ", ".join(f"{_in(variable, BASE)}^{{*}}" for variable in variables)


def _optimum_sign(kind: str) -> str:
    return {"max": r"\arg\max", "min": r"\arg\min", "stationary": r"\operatorname{stat}"}[kind]


def _printed(rows: tuple[tuple[str, ...], ...]) -> str:
    if len(rows) == 1 and len(rows[0]) == 1:
        return rows[0][0]
    body = NEW_ROW.join(" & ".join(row) for row in rows)
    return rf"\begin{{pmatrix}} {body} \end{{pmatrix}}"
