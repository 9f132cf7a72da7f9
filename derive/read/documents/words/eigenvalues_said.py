r"""Numbers that a text calls the eigenvalues of a symmetric matrix: ``with eigenvalues $\lambda_1, …, \lambda_D$``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from derive.language.context import Context, Definition, SymbolDecl
from derive.language.extents import Extent, Range
from derive.language.terms import Entry, Index, Op, Sym, Term
from derive.read.declarations import declare
from derive.read.documents.definitions.defining import Defined
from derive.read.documents.definitions.forgetting import without_names
from derive.read.documents.definitions.symmetric import is_symmetric
from derive.read.documents.undeclared.members import listed_family
from derive.read.errors import DeclarationError

_NAME = r"\\?[A-Za-z]+(?:\s*\{\\?[A-Za-z]+\})?"
_SIGN = r"(?:<|>|\\[lg](?:eq|eqslant|e|t)?(?![A-Za-z]))"
_DOTS = r"(?:\\[lc]?dots[cb]?|\.\.\.|…)"
_BETWEEN = rf"\s*(?:,|{_SIGN})\s*"
_LIST = re.compile(
    rf"(?P<name>{_NAME})\s*_\s*\{{?1\}}?(?P<sign>{_BETWEEN})(?:(?P=name)\s*_\s*\{{?2\}}?{_BETWEEN})?{_DOTS}{_BETWEEN}"
    rf"(?P=name)\s*_\s*\{{?(?P<high>[A-Za-z]|\d+)\}}?(?:\s*(?P<after>{_SIGN})\s*0)?"
)
_MEMBER = re.compile(rf"(?P<name>{_NAME})\s*_\s*\{{?(?P<letter>[a-z])\}}?(?:\s*(?P<after>{_SIGN})\s*0)?")
_KIND = (
    r"(?:(?:real|distinct|positive|nonnegative|non-negative|ordered|sorted|corresponding|the|its|all|decreasing|"
    r"increasing)\s+)*"
)
_THE_MATRIX = (
    r"(?:(?:the|a|an|this|sample|empirical|data|symmetric|real|covariance|Gram|kernel|graph|normali[sz]ed|Laplacian|"
    r"Hessian|matrix|positive|(?:semi)?-?definite|square)\s+)*"
)
_BEFORE = (
    re.compile(
        rf"(?i)\beigenvalues\s+of\s+{_THE_MATRIX}⟨(?P<number>\d+)⟩\s*,?\s*(?:are|be|is|as|by|:)?\s*(?:denoted\s+(?:by\s+)?)?:?\s*\Z"
    ),
    re.compile(rf"(?i)⟨(?P<number>\d+)⟩[^⟨⟩.;]*\b(?:with|has|have|having)\s+{_KIND}eigenvalues\s*:?\s*\Z"),
    re.compile(
        rf"(?i)⟨(?P<number>\d+)⟩[^⟨⟩.;]*\b(?:its|whose)\s+{_KIND}eigenvalues\s+(?:are|be|is|by|as)?\s*(?:denoted\s+(?:by\s+)?)?:?\s*\Z"
    ),
    re.compile(
        rf"(?i)⟨(?P<number>\d+)⟩\s+be\s+(?:an?|the)\s+[^⟨⟩.;]*⟨\d+⟩\s*(?:matrix)?\s*,?\s*(?:with|that\s+has|having)\s+{_KIND}eigenvalues\s*:?\s*\Z"
    ),
)
"""The end of a sentence so far, with its formulas numbered, before the eigenvalues of one of these."""
_AFTER = re.compile(rf"(?i)\s*(?:(?:be|are|denote|for)\s+)?{_KIND}eigenvalues\s+of\s+{_THE_MATRIX}\Z")
_OF = re.compile(rf"(?i)\s*of\s+{_THE_MATRIX}\Z")
_EIGENVALUES = re.compile(rf"(?i)\b{_KIND}eigenvalues\s*\Z")
_DOUBTED = re.compile(r"(?i)\b(?:not|no|never|if|whether|unless|show|prove|generali[sz]ed|squared)\b[^.;]*\Z")
_SAID_SYMMETRIC = re.compile(r"(?i)\b(?:symmetric|covariance|Gram|positive\s+(?:semi-?)?definite|p\.?s\.?d)\b")


def eigenvalues_said(
    text: str,
    sentence: str,
    after: str,
    next_text: str,
    numbered: Mapping[int, str],
    section: Sequence[str],
    context: Context,
) -> Defined | None:
    """What a list of numbers stands for that the words call the eigenvalues of a symmetric matrix: least first, or
    greatest first where they fall. None where the words do not say so, where the matrix may not be symmetric, and where
    nothing says how they are ordered although the section asks for it."""
    plain = text.strip(" .,;")
    listed = _LIST.fullmatch(plain) or _MEMBER.fullmatch(plain)
    if listed is None or _DOUBTED.search(sentence):
        return None
    matrix = _matrix(sentence, after, next_text, numbered)
    name = re.sub(r"\s+", "", listed["name"])
    if not matrix or is_taken(name, context):
        return None
    spoken = {_named(numbered.get(int(each), "")) for each in re.findall(r"⟨(\d+)⟩", sentence)} - {"", matrix}
    alone = not spoken - {name}  # then words such as *symmetric* are about this matrix
    said = next_text if _named(next_text) == matrix and "\\in" in next_text else ""
    words = f"{sentence} {after}" if alone else ""
    return _defined(name, matrix, listed, words, said, section, context)


def is_list_of_eigenvalues(text: str) -> bool:
    """Whether a formula names numbers as a text names eigenvalues: ``\\lambda_1, \\dots, \\lambda_n``, ``\\lambda_i``.

    >>> [is_list_of_eigenvalues(each) for each in (r"\\lambda_1 \\ge \\dots \\ge \\lambda_n", r"\\lambda_i", "A")]
    [True, True, False]
    """
    plain = text.strip(" .,;\n")
    return (_LIST.fullmatch(plain) or _MEMBER.fullmatch(plain)) is not None


def _matrix(sentence: str, after: str, next_text: str, numbered: Mapping[int, str]) -> str:
    """The name of the matrix that the words speak of."""
    for each in _BEFORE:
        found = each.search(sentence)
        named = _named(numbered.get(int(found["number"]), "")) if found is not None else ""
        if named:
            return named
    if _AFTER.match(after) or (_EIGENVALUES.search(sentence) and _OF.match(after)):
        return _named(next_text)
    return ""


def _named(said: str) -> str:
    """``S`` of ``S``, ``S \\in \\mathbb{R}^{D \\times D}`` and ``S = …``."""
    name = re.match(rf"\s*({_NAME})\s*(?:\\in(?![A-Za-z])|:?=|[.,;]*\s*\Z)", said)
    return re.sub(r"\s+", "", name[1]) if name is not None else ""


def is_taken(name: str, context: Context) -> bool:
    """Whether a name means something already that is no plain number."""
    decl = context.symbols.get(name)
    return decl is not None and (decl.definition is not None or decl.depends is not None or bool(decl.shape))


def _defined(
    name: str,
    matrix: str,
    listed: re.Match[str],
    sentence: str,
    space: str,
    section: Sequence[str],
    context: Context,
) -> Defined | None:
    texts: list[str] = []
    high = listed.groupdict().get("high")
    try:
        if matrix not in context.symbols and space:
            texts.append(space.strip(" .,;"))
            context = declare(texts[-1], context)
        if matrix not in context.symbols and high is not None and _SAID_SYMMETRIC.search(sentence):
            texts.append(f"{matrix} \\in \\mathbb{{R}}^{{{high} \\times {high}}} symmetric")
            context = declare(texts[-1], context)
        decl = context.symbols.get(matrix)
        if decl is None or len(decl.shape) != 2 or decl.shape[0] != decl.shape[1] or decl.family:
            return None
        if not is_symmetric(Sym(matrix), context):
            if decl.definition is not None or _SAID_SYMMETRIC.search(sentence) is None:
                return None
            texts.append(f"{matrix} symmetric")
            context = declare(
                f"{matrix} \\in \\mathbb{{R}}^{{{decl.shape[0]} \\times {decl.shape[0]}}} symmetric", context
            )
        sign = _sign(name, listed, context)
        if sign and not decl.properties & {"posdef", sign}:
            if decl.definition is not None:
                return None
            size = decl.shape[0]
            texts.append(f"{matrix} {sign}")
            context = declare(f"{matrix} \\in \\mathbb{{R}}^{{{size} \\times {size}}} symmetric {sign}", context)
        letter, context, more = _letter(name, listed, decl.shape[0], context)
    except DeclarationError:
        return None
    if not letter:
        return None
    falls = "g" in listed.groupdict().get("sign", "") or ">" in listed.groupdict().get("sign", "")
    ordered = falls or bool(re.search(_SIGN, listed.groupdict().get("sign", "") or ""))
    asks = asks_for_order(name, section, listed.group())
    if asks and not ordered:
        return None
    of: Term = Sym(matrix)
    context = with_eigenvalues(name, letter, of, falls and asks, context)
    said = f"{name}_{letter} := the eigenvalues of {matrix}{', greatest first' if falls and asks else ''}"
    return Defined(context, " ; ".join((*texts, *more, said)))


def _sign(name: str, listed: re.Match[str], context: Context) -> str:
    """What a matrix is whose eigenvalues are said to be positive, or not negative; nothing if neither is said."""
    decl, after = context.symbols.get(name), listed["after"] or ""
    properties = decl.properties if decl is not None else frozenset()
    if "positive" in properties or after in (">", "\\gt"):
        return "posdef"
    return "psd" if "nonnegative" in properties or after.startswith(("\\g", ">")) else ""


def with_eigenvalues(name: str, letter: str, of: Term, falling: bool, context: Context) -> Context:
    """The context in which the members of a family are the eigenvalues of a matrix, least or greatest first."""
    body: Term = Entry(Op("eigenvalues", (of,)), (Index(letter),))
    if falling:
        body = Op("neg", (Entry(Op("eigenvalues", (Op("neg", (of,)),)), (Index(letter),)),))
    new = SymbolDecl(name, (context.indices[letter],), (letter,), (), definition=Definition((letter,), body))
    return without_names(context, frozenset({name})).with_symbol(new)


def _letter(name: str, listed: re.Match[str], size: Extent, context: Context) -> tuple[str, Context, list[str]]:
    """The index that counts the eigenvalues, as many as the matrix has rows; nothing if there are more or fewer."""
    range_ = Range.upto(size)
    letter = listed.groupdict().get("letter")
    if letter is not None:
        if letter not in context.indices and letter not in context.symbols and letter not in context.sizes:
            context = context.with_index(letter, range_)
            return letter, context, [f"index {letter} = 1..{size}"]
        return (letter if context.indices.get(letter) == range_ else ""), context, []
    if str(size) != listed["high"]:
        return "", context, []
    known = next((each for each, run in context.indices.items() if run == range_), "")
    if known:
        return known, context, []
    texts = listed_family(f"{name}_1, \\dots, {name}_{listed['high']} \\in \\mathbb{{R}}", context) or ()
    index = next((each for each in texts if each.startswith("index ")), "")
    if not index:
        return "", context, []
    return index.split()[1], declare(index, context), [index]


_BOUND = re.compile(rf"{_SIGN}|\\(?:max|min|sup|inf)(?![A-Za-z])")


def asks_for_order(name: str, section: Sequence[str], itself: str) -> bool:
    """Whether formulas of a section single out one of the numbers, or compare them with more than 0."""
    here = re.sub(r"\s+", "", itself)
    spelled = re.escape(name)
    for each in section:
        text = re.sub(r"\s+", "", each)
        if text.strip(".,;") == here.strip(".,;") or spelled.replace("\\\\", "\\") not in re.sub(r"\\\\", r"\\", text):
            continue
        text = re.sub(rf"{spelled}_\{{?1\}}?,(?:{spelled}_\{{?2\}}?,)?{_DOTS},{spelled}_\{{?\w+\}}?", " ", text)
        text = re.sub(rf"{spelled}_\{{?[a-z]\}}?{_SIGN}0", " ", text)
        if re.search(rf"{spelled}_(?:\{{?(?:\d|[A-Z])\}}?|\\|\{{\\)", text):
            return True
        if re.search(spelled, text) and _BOUND.search(text):
            return True
    return False


def order_said(name: str, section: Sequence[str]) -> str:
    """Whether the numbers of a section fall or rise, as it lists them; nothing if it does not say."""
    for each in section:
        found = _LIST.search(re.sub(r"\s+", "", each))
        if found is not None and found["name"] == name and re.search(_SIGN, found["sign"]):
            return "falls" if ">" in found["sign"] or "\\g" in found["sign"] else "rises"
    return ""


__all__ = ["asks_for_order", "eigenvalues_said", "is_list_of_eigenvalues", "is_taken", "order_said", "with_eigenvalues"]
