"""The usual words of the field, and small questions about what was written."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from derive.language.context import Context
from derive.language.extents import Shape
from derive.language.terms import Num, Op, Span, Term, rebuild
from derive.read import syntax as s
from derive.read.names import TRANSPOSE_MARKS

BUILTIN_WORDS = {
    "log": "log",
    "ln": "log",
    "exp": "exp",
    "det": "det",
    "tr": "trace",
    "Tr": "trace",
    "trace": "trace",
    "Trace": "trace",
    "diag": "diag",
    "Diag": "diag",
    "tanh": "tanh",
    "sin": "sin",
    "cos": "cos",
    "softmax": "softmax",
    "relu": "relu",
    "ReLU": "relu",
    "sigmoid": "logistic",
    "logistic": "logistic",
    "softplus": "softplus",
    "logsumexp": "logsumexp",
    "LSE": "logsumexp",
    "lse": "logsumexp",
    "sum": "total",
    "eigenvalues": "eigenvalues",
    "eigenvectors": "eigenvectors",
}
RELATION_OPS = frozenset({"=", "!=", "<", "<=", ">", ">="})
INDICATORS = frozenset({"\\mathbf{1}", "\\mathbb{1}", "\\mathbb{I}", "\\boldsymbol{1}", "\\mathbf{I}", "\\mathrm{1}"})
ONES = frozenset({"\\mathbf{1}", "\\boldsymbol{1}", "\\vec{1}"})
ZEROS = frozenset({"\\mathbf{0}", "\\boldsymbol{0}", "\\vec{0}"})
IDENTITIES = frozenset({"I", "\\mathbf{I}", "\\boldsymbol{I}", "\\mathbb{I}"})
EXPECTATIONS = frozenset({"\\mathbb{E}", "E", "\\mathrm{E}"})
PROBABILITIES = frozenset({"\\mathbb{P}", "\\Pr", "\\mathrm{Pr}"})
NORMALS = frozenset({"\\mathcal{N}"})


def words_of(value: object) -> tuple[object, ...]:
    """An option that is a list of words."""
    return value if isinstance(value, tuple) else ()


def place_of(node: s.Node) -> Span:
    """Where a node stands."""
    return Span(node.start, node.stop)


def moved(term: Term, span: Span) -> Term:
    """A term with another place."""
    return replace(term, span=span)


def moved_whole(term: Term, span: Span) -> Term:
    """A term with one place for all of it."""
    return replace(rebuild(term, lambda part: moved_whole(part, span)), span=span)


def word_of(base: str) -> str:
    """The letters of an upright word, else nothing."""
    return base[8:-1] if base.startswith("\\mathrm{") else ""


def spelled_function(parts: tuple[s.Node, ...], at: int) -> tuple[str, int] | None:
    """``diag(…)`` typed in italic letters: a run of letters that spells a function, before a bracket."""
    letters = ""
    for place in range(at, min(at + 8, len(parts))):
        part = parts[place]
        if isinstance(part, s.Name) and len(part.text) == 1:
            letters += part.text
            continue
        if letters in BUILTIN_WORDS and len(letters) > 1 and isinstance(part, s.Group) and part.bracket == "(":
            return BUILTIN_WORDS[letters], place - at
        return None
    return None


def is_condition(node: s.Node) -> bool:
    """Whether a node holds or does not: a relation, or a negation."""
    negation = isinstance(node, s.Juxt) and isinstance(node.parts[0], s.Word) and node.parts[0].text == "not"
    return isinstance(node, s.Relation) or negation


def is_group(node: s.Node) -> bool:
    """Whether a node is a bracket."""
    return isinstance(node, s.Group) and node.bracket in ("(", "[", "\\{", "{")


def is_coefficient(head: s.Node, first: s.Node, rest: tuple[s.Node, ...]) -> bool:
    """Whether the number after a prefix belongs to what follows it: ``\\log 2\\pi`` is no multiple of log 2,
    ``\\log \\frac1K \\sum_{k=1}^K w_k`` is the logarithm of a mean, and nobody differentiates the one half in
    ``\\nabla_w \\frac12 w^T w`` alone."""
    if isinstance(head, s.Diff) or s.key(head).startswith("\\nabla"):
        return _is_numeric(first)
    if len(rest) == 1 and _is_mean(first, rest[0]):
        return True
    return isinstance(first, s.Number) and all(_is_atom(part) for part in rest)


def _is_mean(factor: s.Node, total: s.Node) -> bool:
    """Whether a sum over 1..K stands behind one over K."""
    if not isinstance(factor, s.Frac) or not isinstance(total, s.BigOp) or total.kind != "sum" or total.sup is None:
        return False
    low = total.sub.rest[0][1] if isinstance(total.sub, s.Relation) else None
    from_one = low is not None and s.key(low) == "1"
    return from_one and s.key(factor.top) == "1" and s.key(factor.bottom) == s.key(total.sup)


def _is_numeric(node: s.Node) -> bool:
    if isinstance(node, s.Group) and node.bracket == "{" and len(node.items) == 1:
        return _is_numeric(node.items[0])
    return isinstance(node, s.Number) or (
        isinstance(node, s.Frac) and _is_numeric(node.top) and _is_numeric(node.bottom)
    )


def _is_atom(node: s.Node) -> bool:
    return isinstance(node, s.Name | s.Number) or (isinstance(node, s.Script) and isinstance(node.base, s.Name))


def call_group(node: s.Node | None, brackets: tuple[str, ...] = ("(", "[")) -> tuple[s.Group | None, s.Script | None]:
    """The bracket of a call, and the scripts on it: ``f(x)^2`` is a power of the value."""
    if isinstance(node, s.Group) and node.bracket in brackets:
        return node, None
    if isinstance(node, s.Script) and isinstance(node.base, s.Group) and node.base.bracket in brackets:
        return node.base, node
    return None, None


def is_transpose(sup: s.Node, context: Context, shape: Shape = ()) -> bool:
    """``^T`` is a transpose unless a number T is declared; if it is a size, only numbers are not transposed."""
    text = s.key(sup)
    if text == "T":
        decl = context.symbols.get("T")
        number = decl is not None and not decl.shape and "integer" not in decl.properties
        if shape and number and "T" not in context.indices:
            return True  # a vector or matrix has no power of a number such as a temperature T
        free = (decl is None or bool(decl.family) or bool(decl.shape)) and "T" not in context.indices
        return free and ("T" not in context.sizes or bool(shape))
    return text in TRANSPOSE_MARKS and text != "t"


def is_minus_one(term: Term) -> bool:
    """Whether a term is -1."""
    return isinstance(term, Op) and term.name == "neg" and term.args == (Num(Fraction(1)),)


def is_number(term: Term) -> bool:
    """Whether a term is a number, with a sign or not."""
    return isinstance(term, Num) or (isinstance(term, Op) and term.name == "neg" and isinstance(term.args[0], Num))


def is_whole_number(term: Term) -> bool:
    """Whether a term is a positive whole number."""
    return isinstance(term, Num) and term.value.denominator == 1 and term.value > 0
