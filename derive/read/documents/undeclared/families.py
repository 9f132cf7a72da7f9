"""Numbers with an index that nothing declares: ``n_k`` in ``\\sum_{k=1}^K n_k \\log\\theta_k``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from derive.language.context import Context
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.definitions.defining import Defined
from derive.read.documents.text.spelling import faceless, spaced
from derive.read.documents.undeclared.numbers import nodes_in
from derive.read.documents.undeclared.parameters import fits
from derive.read.errors import DeclarationError, ReadError
from derive.read.names import items_of, option, parts_of, split_superscript
from derive.read.parser import parse

MOST_SIZES = 4
_GREEK = "alpha beta gamma delta epsilon varepsilon zeta eta theta kappa lambda mu nu xi pi rho sigma tau phi psi omega"
_LETTER = rf"[A-Za-z]|\\(?:ell|Lambda|Pi|{'|'.join(_GREEK.split())})"
_BASE = re.compile(rf"{_LETTER}|\\(?:hat|bar|tilde)\s*\{{?\s*(?:{_LETTER})\s*\}}?")
_COUNTS = re.compile(
    r"(?i)\b(?:counts?|numbers?\s+of\s+[a-z\s]{1,30}|frequenc(?:y|ies))(?:\s+(?:are|is|be|by|of|called))*\s*\Z"
)
_TIMES = re.compile(r"(?i)^\s*times\b")


def number(
    name: str, context: Context, formulas: tuple[str, ...], section: Sequence[s.Node], said: str, after: str
) -> Defined | None:
    """The declaration of ``n_k`` as numbers, where k counts, and neither the way it is written anywhere nor the shapes
    of its formulas would do for vectors. ``said`` and ``after`` are the words around the first place that has it."""
    try:
        parts = parts_of(parse(name))
    except ReadError:
        return None
    if parts is None or parts[1] is None or parts[2] is not None or not _BASE.fullmatch(parts[0]):
        return None
    base, taken = parts[0], (*context.symbols, *context.functions, *context.sizes, *context.indices)
    if (
        (base in taken and not (_is_plain_number(base, context) or _counts_alone(base, context)))
        or faceless(base) != base
        or base in option(context, "component")
        or _is_vector(base, formulas)
    ):
        return None
    letters = _letters(base, [s.key(item) for item in items_of(parts[1])], formulas, context)
    if letters is None:
        return None
    if base in taken and not all(_counts_things(letter, context) for letter in letters):
        return None  # g_i of i = 1..t, beside a number g: a sequence of which nothing is known
    texts = [text for text in letters.values() if text]
    space = "nonnegative integer" if _COUNTS.search(said) or _TIMES.match(after) else _bounded(name, formulas)
    spelled = f"{base}_{{{('' if all(len(each) == 1 for each in letters) else ',').join(letters)}}}"
    found = _declared([*texts, f"{spelled} {space}"], context)
    about = [node for node in section if any(_base(part) == base for part in nodes_in(node))]
    if found is None or any(fits(node, name, found.context) is False for node in about):
        return None
    own = {found.context.indices[letter].high for letter in letters}
    here = {part for node in section for each in nodes_in(node) for part in (s.key(each), _base(each))}
    spaces = (decl.shape for name, decl in context.symbols.items() if name in here)
    sizes = list(dict.fromkeys(extent for shape in spaces for extent in shape))[:MOST_SIZES]
    for size in sizes if len(letters) == 1 else ():  # a vector F_{yk} for each y and k is not what anybody writes
        if size in own:
            continue
        other = _declared([*texts, f"{spelled} \\in \\mathbb{{R}}^{{{size}}}"], context)
        if other is not None and not any(fits(node, name, other.context) is False for node in about):
            return None
    return found


def _counts_things(letter: str, context: Context) -> bool:
    """Whether an index runs from 1 to a capital letter."""
    range_ = context.indices.get(letter)
    return range_ is not None and range_.low.constant == 1 and re.fullmatch(r"[A-Z]", str(range_.high)) is not None


def _counts_alone(base: str, context: Context) -> bool:
    """Whether a letter is a size or an index only: ``N_k`` beside N, ``n_k`` beside n = 1..N, are others."""
    counts = base in context.sizes or base in context.indices
    return counts and base not in context.symbols and base not in context.functions


def _is_plain_number(base: str, context: Context) -> bool:
    """Whether a letter is a number without an index: beside it, g_n is a number for each n."""
    decl = context.symbols.get(base)
    return decl is not None and not decl.shape and not decl.family and not decl.depends and decl.label_range is None


def _bounded(name: str, formulas: tuple[str, ...]) -> str:
    """The bound that some formula is for a name; else that of any number."""
    wanted = re.compile(rf"{re.escape(spaced(name))} (>|<|\\geq?|\\leq?) (\d+)[ .,;]*")
    found = next((match for text in formulas if (match := wanted.fullmatch(text))), None)
    return "\\in \\mathbb{R}" if found is None else f"{found[1]} {found[2]}"


def _letters(base: str, scripts: list[str], formulas: tuple[str, ...], context: Context) -> dict[str, str] | None:
    """The indices of a name, as it is written here, or, where it is written with numbers, elsewhere; each with the
    declaration that it needs."""
    if any(script.isdigit() for script in scripts):
        wanted = re.compile(rf"(?<!\S){re.escape(spaced(base))} _ (?:\{{ ([a-z](?: ,? ?[a-z])*) \}}|([a-z])(?!\S))")
        written = [re.findall(r"[a-z]", one or two) for text in formulas for one, two in wanted.findall(text)]
        scripts = next((each for each in written if len(each) == len(scripts)), scripts)
    if len(set(scripts)) != len(scripts):
        return None
    found: dict[str, str] = {}
    for letter in scripts:
        decl = context.symbols.get(letter)
        if decl is not None and decl.label_range is not None and not decl.family:  # F_y of a label y
            taken = (*context.indices, *context.sizes, *context.symbols)
            new = next((each for each in "cabuvrsjklmpq" if each not in taken), "")
            if not new:
                return None
            found[new] = f"index {new} = {decl.label_range}"
        elif letter in context.indices:
            found[letter] = ""
        elif re.fullmatch(r"[a-z]", letter) and decl is None and letter.upper() in context.sizes:
            found[letter] = f"index {letter} = 1..{letter.upper()}" if letter not in context.sizes else ""
            if not found[letter]:
                return None
        else:
            return None
    return found if len(found) == len(scripts) else None


def _is_vector(base: str, formulas: tuple[str, ...]) -> bool:
    """Whether some formula transposes a name, or has it in a norm, in an inner product or behind a transpose."""
    member = rf"{re.escape(spaced(base))} _ (?:\{{[^{{}}]*\}}|\S+)"
    wanted = re.compile(
        rf"(?<!\S){member} \^ (?:T|\\top|\{{ (?:T|\\top) \}})(?!\S)|\\\|[^|]*(?<!\S){member}[^|]*\\\||"
        rf"\^ (?:T|\\top|\\intercal|\{{ (?:T|\\top|\\intercal) \}}) {member}|"
        rf"\\langle[^\\]*{member}|{member} \\(?:odot|otimes)|\\(?:odot|otimes) {member}|"
        rf"{member} \\in \\mathbb (?:\{{ R \}}|R) \^"
    )
    return any(wanted.search(text) for text in formulas)


def _base(node: s.Node) -> str:
    parts = parts_of(node) if isinstance(node, s.Script) else None
    return parts[0] if parts is not None and split_superscript(parts[2]).rest is None else ""


def _declared(texts: list[str], context: Context) -> Defined | None:
    try:
        for text in texts:
            context = declare(text, context)
    except DeclarationError:
        return None
    return Defined(context, " ; ".join(texts))


__all__ = ["number"]
