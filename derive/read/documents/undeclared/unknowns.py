r"""Functions that a text only differentiates, as in ``\frac{\partial L}{\partial \mathbf{z}}``: unknown ones."""

from __future__ import annotations

import re
from collections.abc import Iterable

from derive.language.context import Context
from derive.language.dependencies import depends_on
from derive.language.terms import Deriv, Entry, Sym, Term, subterms
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.undeclared.last_layers import last_layers
from derive.read.errors import DeclarationError, ReadError
from derive.read.latex import node_readings
from derive.read.parser import parse

_NAME = r"\\?[A-Za-z]+|\\(?:mathcal|mathscr)\s*(?:\{\s*[A-Z]\s*\}|[A-Z])"
_INNER = r"(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})+?"
_DERIVATIVE = re.compile(
    rf"\\[dt]?frac\s*\{{\s*\\partial\s*(?P<top>{_NAME})\s*\}}\s*\{{\s*\\partial\s*(?P<variable>{_INNER})\s*\}}"
)
_IN_LINE = re.compile(
    rf"\\partial\s*(?P<top>{_NAME})\s*/\s*\\partial\s*(?P<variable>\\?(?:[A-Za-z]+\s*)?(?:\{{[^{{}}]*\}})?(?:_(?:\w|\{{[^{{}}]*\}}))?)"
)
_DEFINING = r"(?:\s*\([^=]*?\))?\s*&?\s*(?::=|=|\\equiv|\\propto|\\coloneqq?|\\triangleq|\\in|\\colon|:)"


def only_differentiated(texts: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The names that some formulas only differentiate, and in what; not those that one of them defines.

    >>> only_differentiated([r"\\frac{\\partial L}{\\partial w}", r"\\frac{\\partial E}{\\partial w} = w", "E = w^2"])
    {'L': ('w',)}
    """
    found: dict[str, dict[str, None]] = {}
    texts = tuple(map(_spelled_alike, texts))
    for text in texts:
        for match in (*_DERIVATIVE.finditer(text), *_IN_LINE.finditer(text)):
            found.setdefault(match["top"], {})[match["variable"]] = None
    return {
        name: tuple(variables)
        for name, variables in found.items()
        if not any(re.search(rf"{_standing(name)}{_DEFINING}", text) for text in texts)
    }


def with_unknown(name: str, variables: Iterable[str], context: Context) -> tuple[Context, str] | None:
    """The context with an unknown function of what lies nearest to it, and that as a declaration: ``opaque L depends on
    z`` where z is computed from all that L is differentiated in, but for what has no part in it: of that nothing is
    claimed (:func:`follows_without`). None if that cannot be told."""
    found = {term.name: text for text in variables if (term := _variable(text, context)) is not None}
    if len(found) < 2 or _is_declared(name, context):
        return None
    last = last_layers(found, context)
    ends = [] if last is None else [each for each in last.names if context.symbols[each].definition is not None]
    if last is None or not ends:
        return None
    text = f"opaque {name} depends on {', '.join(found[each] for each in ends)}"
    try:
        return declare(text, last.context), text
    except DeclarationError:
        return None


def _variable(text: str, context: Context) -> Sym | None:
    """The quantity that a variable is, or an entry of."""
    try:
        terms = [typed.term for typed in node_readings(parse(text), context)]
    except ReadError:
        return None
    term = terms[0] if len(terms) == 1 else None
    while isinstance(term, Entry):
        term = term.base
    return term if isinstance(term, Sym) else None


def key_of(name: str) -> str:
    """How a name is called where it is declared."""
    try:
        return s.key(parse(name))
    except ReadError:
        return name


def _is_declared(name: str, context: Context) -> bool:
    key = key_of(name)
    return any(key in place for place in (context.symbols, context.functions, context.sizes, context.indices))


def is_about(term: Term, name: str, context: Context) -> bool:
    """Whether a side is made of an unknown function."""
    return any(isinstance(part, Sym) and depends_on(context, part.name, name) for part in subterms(term))


def follows_without(name: str, left: Iterable[Term], right: Iterable[Term], context: Context) -> bool:
    """Whether a link can be judged although ``name`` is unknown: it is on both sides, and differentiated only in what
    it is known to depend on. (``∂L/∂z = y - t`` says what L is: not knowing it, we cannot tell.)"""
    for side in (left, right):
        for term in side:
            if not is_about(term, name, context) or not all(
                _reaches(part.wrt, name, context)
                for part in subterms(term)
                if isinstance(part, Deriv) and isinstance(part.body, Sym) and part.body.name == name
            ):
                return False
    return True


def _reaches(variable: Term, name: str, context: Context) -> bool:
    while isinstance(variable, Entry):
        variable = variable.base
    return isinstance(variable, Sym) and depends_on(context, name, variable.name)


def mentions(node_text: str, name: str) -> bool:
    """Whether a formula mentions a name."""
    return bool(re.search(_standing(name), _spelled_alike(node_text)))


def _spelled_alike(text: str) -> str:
    """A text with ``\\mathcal{L}`` for ``\\mathcal L``."""
    return re.sub(r"\\(mathcal|mathscr)\s*([A-Z])(?![A-Za-z])", r"\\\1{\2}", text)


def _standing(name: str) -> str:
    """A name where it stands by itself: ``L`` not within ``Loss``, ``\\mathcal L`` right behind ``\\partial`` too."""
    before = "" if name.startswith("\\") else r"(?<![A-Za-z\\])"
    return rf"{before}{re.escape(name)}(?![A-Za-z])"
