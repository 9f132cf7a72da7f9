"""Names that can only be numbers: squared, under a logarithm, bounded, counted, summands of a power."""

from __future__ import annotations

import re
from collections.abc import Iterator

from derive.language.context import Context
from derive.read import syntax as s
from derive.read.documents.definitions.defining import Defined
from derive.read.documents.definitions.recurrences import SCALAR
from derive.read.documents.text.spelling import faceless, spaced
from derive.read.documents.undeclared import numbers
from derive.read.documents.undeclared.among_numbers import is_number
from derive.read.documents.undeclared.coefficients import coefficient
from derive.read.documents.undeclared.diagonals import squared_on_diagonal
from derive.read.documents.undeclared.evidence import VECTORS, Evidence, declared, parts_of_name, pattern_of
from derive.read.documents.undeclared.families import number
from derive.read.documents.undeclared.neighbours import gives
from derive.read.errors import ReadError
from derive.read.names import items_of

_LETTER = re.compile(
    r"(?:\\(?:alpha|beta|gamma|delta|epsilon|varepsilon|kappa|nu|rho|sigma|tau|omega|eta)|[a-z])(?:_.*)?\Z"
)


def before_ones(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``\\bar r \\mathbf{1}``: what stands right before the vector of ones is the number that all its entries are."""
    ones = r"\\(?:mathbf|boldsymbol|bm) 1(?!\S)(?! _| \\\{| \{)"
    wanted = re.compile(rf"(?<!\S){pattern_of(name)} {ones}")
    if not re.fullmatch(r"\\?[a-z]+|\\(?:bar|hat|tilde)\{[a-z]\}", name):
        return None
    if not any(wanted.search(text) for text in evidence.texts or evidence.formulas):
        return None
    return declared(f"{name} \\in \\mathbb{{R}}", context)


def squared(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``\\sigma`` that is met as ``\\sigma^2`` only, s in ``\\mathcal{N}(m, s^2)``: a standard deviation, positive."""
    if not _LETTER.match(name) or name in context.functions or squared_on_diagonal(name, evidence.section):
        return None
    powers = [
        re.sub(r"^2\((?:[a-z]|[a-z][-+]1|old|new|\\text\{?(?:old|new)\}?)\)$", "2", power)
        for power in evidence.followers(name)
    ]
    always = all(power in ("2", "-2", "4", "-4") for power in powers)
    spread = re.compile(
        rf"\\mathcal (?:\{{ N \}}|N) (?:\\left )?\( [^()]* , {pattern_of(name)} \^ (?:2|\{{ 2 \}})(?!\S)"
    )
    deviates = re.match(r"s(?![A-Za-z])", name) and any(spread.search(text) for text in evidence.formulas)
    usual = (re.match(r"\\(?:sigma|tau)(?![A-Za-z])", name) or deviates) and "2" in powers
    usual = usual and not any("(" in power for power in powers)
    if not powers or not (always or usual):
        return None
    return declared(f"{name} > 0", context)


def in_logarithm(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``\\log \\pi_k``: a positive number."""
    wanted = re.compile(r"\\(?:log|ln) " + pattern_of(name) + r"(?!\S)(?! ?[(!_])")
    if faceless(name) != name or not any(wanted.search(text) for text in evidence.formulas):
        return None
    return declared(f"{name} > 0", context)


_SUBJECT = re.compile(r"⟦(?:s\.\s?t\.|subject to|such that|with|where)⟧")


def restricted(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``\\min … \\text{ s.t. } \\xi_i \\ge 0``: a number with this bound."""
    wanted = re.compile(r"(?<!\S)" + pattern_of(name) + r" (\\geq?|>|\\leq?|<) (\d+)(?!\S)")
    for text in evidence.formulas:
        words = _SUBJECT.search(text)
        found = wanted.search(text, words.end()) if words is not None else None
        if found is not None:
            return declared(f"{name} {found.group(1)} {found.group(2)}", context)
    return None


def with_factorial(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``x_i!``: a whole number that is not negative, if nothing is integrated over it."""
    wanted = re.compile(r"(?<!\S)" + pattern_of(name) + r" !")
    if not any(wanted.search(text) for text in evidence.formulas):
        return None
    integrated = re.compile(r"\\int(?!\S).*(?<!\S)d " + pattern_of(name) + r"(?!\S)")
    if any(integrated.search(text) for text in evidence.formulas):
        return None
    return declared(f"{name} nonnegative integer", context)


def of_two_outcomes(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``\\theta^x (1-\\theta)^{1-x}``: the probability of one of two outcomes."""
    letter = pattern_of(name)
    one = re.compile(rf"(?<!\S){letter} \^")
    other = re.compile(rf"\( 1 - {letter} (?:\\right )?\) \^")
    if not any(one.search(text) and other.search(text) for text in evidence.formulas):
        return None
    return declared(f"{name} \\in (0, 1)", context)


def in_power(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``(x - m)^2``: only numbers are raised to a power, so m is one."""
    for base in _powers(evidence.node):
        if isinstance(base, s.Sum) and any(s.key(term) == name for _, term in base.terms):
            return declared(f"{name} \\in \\mathbb{{R}}", context)
    return None


def _powers(node: s.Node | None) -> Iterator[s.Node]:
    """What is raised to a power that is a number."""
    for part in s.walk(node) if node is not None else ():
        match part:
            case s.Script(base=s.Group(bracket="(" | "[", items=(item,)), sup=s.Number()):
                yield item


def in_exponent(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``e^{z_k + b}`` of numbers z_k: a number."""
    text = numbers.in_exponent(name, evidence.node, evidence.formulas, context)
    return declared(text, context) if text else None


def argument_of_definition(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``\\mathcal{L}(w, \\nu) = …`` with ν nowhere with an index, and neither bold nor a capital: a real number."""
    node = evidence.node
    if not isinstance(node, s.Relation) or not re.fullmatch(r"\\?[a-z]+", name):
        return None
    match node.first:
        case s.Juxt(parts=(_, s.Group(bracket="(", items=items))) if name in [s.key(item) for item in items]:
            if any(power in ("_", "T", "\\top") for power in evidence.followers(name)):
                return None
            return declared(f"{name} \\in \\mathbb{{R}}", context)
    return None


def scalar_by_words(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """A small letter that is not bold, in a section that says that it is about scalars, and never transposes it."""
    parts = parts_of_name(name)
    if parts is None or not re.fullmatch(r"[a-z]|\\[a-z]+", parts[0]) or parts[2] is not None:
        return None
    if not SCALAR.search(evidence.words) or _transposed_somewhere(name, evidence):
        return None
    if any(not isinstance(item, s.Number) and s.key(item) not in context.indices for item in items_of(parts[1])):
        return None
    return declared(f"{name} \\in \\mathbb{{R}}", context)


_NUMBER_SAID = re.compile(r"(?i)\b(?:(?:constant|fixed)\s+)?(?:baseline|constant|offset|shift|number|scalar)s?\s*\Z")
_OF_ITS_OWN = re.compile(r"(?i)\b(?:optimal|best|mean|average|expected|learned|normali[sz]\w*)\s+[a-z]*\s*\Z")


def called_a_number(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``for a constant baseline $b$``: a letter that is neither transposed nor called is any number, where the words
    right before it say so, and say of no one in particular."""
    before = evidence.beside[0]
    if not re.fullmatch(r"[a-z]|\\[a-z]+", name) or _NUMBER_SAID.search(before) is None or _OF_ITS_OWN.search(before):
        return None
    powers = evidence.followers(name)
    if any(power in ("T", "\\top", "(", "_") for power in powers):
        return None
    return declared(f"{name} \\in \\mathbb{{R}}", context)


def _transposed_somewhere(name: str, evidence: Evidence) -> bool:
    powers = evidence.followers(name)
    return any(power in ("T", "\\top", "(") for power in powers) or any("\\mathbb" in text for text in evidence.texts)


def coefficient_of_vector(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``x - \\eta g`` of vectors: η is a number."""
    text = coefficient(name, evidence.node, evidence.formulas, context)
    return declared(text, context) if text else None


def number_of_family(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``n_k`` of ``\\sum_k n_k \\log \\theta_k``: a number for each k, unless the words speak of vectors."""
    if VECTORS.search(evidence.words):
        return None
    return number(name, context, evidence.formulas, evidence.section, *evidence.beside)


def bare_anew(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``\\lambda`` without an index in a section that gives it none, where an earlier one had numbers ``\\lambda_j``:
    another number."""
    decl = context.symbols.get(name)
    if decl is None or name not in evidence.earlier or not decl.family or decl.shape or decl.definition is not None:
        return None
    if not re.fullmatch(r"[a-z]|\\[a-z]+", name) or any(f"{spaced(name)} _" in text for text in evidence.texts):
        return None
    return declared(f"{name} \\in \\mathbb{{R}}", context)


def among_numbers(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``y = \\gamma x + \\beta`` in a section about numbers only: a number."""
    said = any(gives(node, name, context) for node in evidence.section) and is_number_here(name, context, evidence)
    return declared(f"{name} \\in \\mathbb{{R}}", context) if said else None


def is_number_here(name: str, context: Context, evidence: Evidence) -> bool:
    """Whether the section is about numbers only, and nothing says otherwise of this name."""
    try:
        return is_number(name, context, evidence.section, evidence.texts, evidence.words, evidence.followers(name))
    except ReadError:
        return False


__all__ = [
    "among_numbers",
    "argument_of_definition",
    "bare_anew",
    "called_a_number",
    "coefficient_of_vector",
    "in_exponent",
    "in_logarithm",
    "in_power",
    "is_number_here",
    "number_of_family",
    "restricted",
    "scalar_by_words",
    "squared",
    "with_factorial",
]
