r"""``S = U \Lambda U^\top`` of a symmetric matrix: U has its unit eigenvectors as columns, Λ its eigenvalues."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from derive.language.context import Context, Definition, SymbolDecl
from derive.language.extents import Range
from derive.language.terms import Array, Index, Op, Sym, Term
from derive.read import syntax as s
from derive.read.documents.definitions.defining import is_undeclared, mentions
from derive.read.documents.definitions.forgetting import without_names
from derive.read.documents.definitions.symmetric import is_symmetric
from derive.read.documents.text.scanner import Found
from derive.read.documents.text.sentences import sentence_of
from derive.read.documents.text.spelling import spaced
from derive.read.documents.words.eigenvalues_said import asks_for_order, is_taken, order_said, with_eigenvalues
from derive.read.errors import ReadError
from derive.read.latex import node_readings
from derive.read.notation import is_transpose

_SAID = re.compile(
    r"(?i)\b(?:let|with|where|writ(?:e|ten)|decompose\w*|eigen-?(?:value\s+)?decomposition|spectral|diagonali[sz]\w*)\b[^.;]*\Z"
)
_DOUBTED = re.compile(
    r"(?i)\b(?:not|no|never|if|whether|unless|show|prove|verify|check|hence|thus|therefore|so)\b[^.;]*\Z"
)
_DIAGONAL = re.compile(
    r"(?P<values>\\?[A-Za-z]+(?:\{\\?[A-Za-z]+\})?):?=(?:⟦diag⟧|\\diag)(?:\\left)?[({]"
    r"(?P<name>\\?[A-Za-z]+)_(?:\{?1\}?[,<>\\]|[a-z](?![A-Za-z]))"
)
"""``D = diag(d_1,``."""


@dataclass(frozen=True)
class Decomposed:
    """The context in which the factors are those of the matrix; the ``sides`` are the two sides of the equation."""

    context: Context
    text: str
    sides: tuple[Term, ...]


_NAMED = re.compile(
    r"(?i)\b(?:eigen-?(?:value\s+)?decomposition|spectral\s+(?:decomposition|theorem)|diagonali[sz]\w+)\b"
)


def holds_eigenvectors(name: str, pieces: Sequence[Found]) -> bool:
    """Whether a sentence calls ``A = Q \\Lambda Q^\\top`` the decomposition of a symmetric matrix: Q is orthogonal."""
    written = re.compile(
        rf"= {re.escape(spaced(name))} (?:\\\S+|[A-Z]|\\math\S+ \{{ [A-Z] \}}) {re.escape(spaced(name))} \^ "
        r"(?:\{ )?(?:\\top|T|\\intercal|\\mathsf (?:\{ )?T)"
    )
    for number, piece in enumerate(pieces):
        if piece.math is None or written.search(spaced(piece.math.text)) is None:
            continue
        sentence = sentence_of(pieces, number).text
        symmetric = re.search(r"(?i)\bsymmetric\b|\bcovariance\b|\bGram\b|\bspectral\b", sentence)
        if _NAMED.search(sentence) and symmetric and not _DOUBTED.search(sentence.partition(f"⟨{number}⟩")[0]):
            return True
    return False


def decomposed(node: s.Node | None, sentence: str, section: Sequence[str], context: Context) -> Decomposed | None:
    r"""What ``S = U \Lambda U^\top`` says in words that give it, of a symmetric S, where nothing more is known of U
    and Λ than that one is orthogonal and the other diagonal."""
    names = _names(node, context)
    if names is None or _SAID.search(sentence) is None or _DOUBTED.search(sentence) or not isinstance(node, s.Relation):
        return None
    matrix, vectors, values = names
    try:
        (found,) = node_readings(matrix, context)
    except (ReadError, ValueError):
        return None
    shape = found.shape
    if not isinstance(found.term, Sym) or len(shape) != 2 or shape[0] != shape[1] or found.term.indices:
        return None
    if not is_symmetric(found.term, context) or not (_is_free(vectors, context) and _is_free(values, context)):
        return None
    size, of = Range.upto(shape[0]), found.term
    letter = next((each for each, run in context.indices.items() if run == size), "")
    listed = _listed(s.key(values), section)
    name = listed if listed and not is_taken(listed, context) else ""
    falls = False
    if name and asks_for_order(name, section, ""):
        order = order_said(name, section)
        if not order:
            return None
        falls = order == "falls"
    turned: Term = Op("neg", (of,)) if falls else of
    context = without_names(context, frozenset({s.key(vectors), s.key(values)}))
    if name and not letter:
        letter = next(
            (each for each in "ijklmpqrs" if each not in {*context.indices, *context.sizes, *context.symbols}), ""
        )
        context = context.with_index(letter, size) if letter else context
    diagonal: Term = Op("diag", (Op("eigenvalues", (of,)),))
    if name and letter:
        context = with_eigenvalues(name, letter, of, falls, context)
        diagonal = Op("diag", (Array(((letter, size),), Sym(name, (Index(letter),))),))
    for key, body in ((s.key(vectors), Op("eigenvectors", (turned,))), (s.key(values), diagonal)):
        context = context.with_symbol(SymbolDecl(key, shape=shape, definition=Definition((), body)))
    said = f"{s.key(vectors)} := the unit eigenvectors of {s.key(matrix)} ; {s.key(values)} := its eigenvalues"
    sides = tuple(each[0].term for each in (node_readings(side, context) for side in (node.first, node.rest[0][1])))
    return Decomposed(context, said, sides)


def _names(node: s.Node | None, context: Context) -> tuple[s.Node, s.Node, s.Node] | None:
    """S, U and Λ of ``S = U Λ U^T``."""
    match node:
        case s.Relation(first=matrix, rest=(("=" | ":=", s.Juxt(parts=(vectors, values, s.Script() as turned))),)):
            plain = all(isinstance(each, s.Name | s.Script | s.Word) for each in (matrix, vectors, values))
            base = s.key(turned.base) == s.key(vectors) and turned.sub is None
            if plain and base and turned.sup is not None and is_transpose(turned.sup, context):
                return matrix, vectors, values
    return None


def _is_free(node: s.Node, context: Context) -> bool:
    """Whether nothing but its shape and its kind is known of a factor."""
    decl = context.symbols.get(s.key(node))
    if decl is None:
        return is_undeclared(node, context)
    known = decl.properties - {"real", "orthogonal", "diagonal"}
    facts = any(mentions(fact.statement, decl.name) for fact in context.facts)
    return not known and decl.definition is None and decl.depends is None and not decl.family and not facts


def _listed(values: str, section: Sequence[str]) -> str:
    """``\\lambda`` where the section says ``\\Lambda = \\operatorname{diag}(\\lambda_1, …, \\lambda_D)``."""
    spelled = values.replace(" ", "")
    found = (_DIAGONAL.search(each.replace(" ", "")) for each in section)
    return next((each["name"] for each in found if each is not None and each["values"] == spelled), "")


__all__ = ["Decomposed", "decomposed", "holds_eigenvectors"]
