"""Undeclared names that are called: functions that are named, known by their derivative, or only ever applied."""

from __future__ import annotations

import re
from collections.abc import Sequence

from derive.language.context import Context
from derive.read.documents.definitions.defining import Defined
from derive.read.documents.definitions.named_functions import by_derivative, by_use, is_called_everywhere
from derive.read.documents.text.spelling import spaced
from derive.read.documents.undeclared.called_families import called_family
from derive.read.documents.undeclared.evidence import Evidence, declared, pattern_of
from derive.read.documents.undeclared.formula_names import FUNCTIONS
from derive.read.documents.undeclared.shape_declarations import NEW_LENGTHS

_MARKS = ("hat", "widehat", "tilde", "widetilde", "bar")
_NO_MARK = "".join(rf"(?<!\\{mark} )(?<!\\{mark} \{{ )" for mark in _MARKS)
"""Not below a mark: ``\\hat f`` is another name."""


def named_function(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``\\sigma`` that the text calls the sigmoid, or of which it recalls that ``\\sigma' = \\sigma (1 - \\sigma)``."""
    if any(name in place for place in (context.symbols, context.functions, context.indices, context.sizes)):
        return None
    texts = evidence.texts or evidence.formulas
    builtin = evidence.functions.get(name)
    if builtin is None:
        builtin = by_derivative(name, evidence.formulas) or by_use(name, texts)
    if not builtin and name in evidence.elementwise and is_called_everywhere(name, texts):
        return declared(f"function {name} elementwise", context)
    return declared(f"function {name} = {builtin}", context) if builtin and is_called_everywhere(name, texts) else None


def may_be_function(name: str, formulas: Sequence[str]) -> bool:
    """``\\sigma(W x)``: whether a letter that functions have stands before a bracket wherever these formulas have it,
    but alone."""
    spelled = re.compile(rf"(?<!\S){pattern_of(name)}(?!\S)(?P<call> \()?")
    texts = (text for text in formulas if text.strip(" .,;") != spaced(name))
    found = [match["call"] for text in texts for match in spelled.finditer(text)]
    return name in FUNCTIONS and bool(found) and all(found)


def only_called(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``h(x)`` that stands before a bracket with a bare name wherever the section has it, and is given no value: a
    function of which nothing is known."""
    if name in context.sizes or not called_only(name, evidence.texts):
        return None
    return _of_vectors(name, context, evidence) or declared(f"function {name}", context)


_ROW = r"(?P<row>\S+) \^ (?:\\top|\\intercal|T|\{ (?:\\top|\\intercal|T) \})"


def _of_vectors(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``\\eta^\\top T(x)`` of a vector η, wherever the values of T are multiplied by a row: they are as long as η."""
    product = re.compile(rf"(?<!\S){_ROW} {pattern_of(name)} \( (?P<of>[a-z]) \)")
    found = [match for text in evidence.texts for match in product.finditer(text)]
    rows = {match["row"] for match in found}
    decl = context.symbols.get(rows.pop()) if len(rows) == 1 else None
    if decl is None or len(decl.shape) != 1 or decl.family:
        return None
    return declared(f"function {name}({found[0]['of']}) \\in \\mathbb{{R}}^{{{decl.shape[0]}}}", context)


def multiplies_values(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``\\eta^\\top T(x)`` of a T that is only called: a vector, with a length of its own."""
    product = re.compile(rf"(?<!\S){_ROW} (?P<function>\S+) \( [a-z] \)")
    found = {match["function"] for text in evidence.texts for match in product.finditer(text) if match["row"] == name}
    known = (context.sizes, context.symbols, context.indices, context.functions)
    if not any(each not in context.functions and called_only(each, evidence.texts) for each in found):
        return None
    free = (each for each in NEW_LENGTHS if each not in evidence.spelled)
    size = next((each for each in free if not any(each in names for names in known)), "")
    return declared(f"{name} \\in \\mathbb{{R}}^{{{size}}}", context) if size else None


def called_only(name: str, formulas: Sequence[str]) -> bool:
    """Whether a letter stands in these formulas before a bracket with a bare name only, or is differentiated with a
    stroke and stands before a bracket only; and is given no value there. ``V(D)`` of a D that is called elsewhere is a
    value of V for the function D, and ``D^*`` is another name."""
    if not re.fullmatch(r"[a-zA-Z]|\\(?:phi|psi|varphi|Phi|Psi)", name):
        return False
    call = r"((?: ')*(?: \^ \{ \\prime(?: \\prime)* \})? \( (?:[a-z]|\\[a-z]+)(?: _ (?:[a-z]|\{ [a-z] \}))? \)(?! =))?"
    every = re.compile(_NO_MARK + r"(?<!\S)" + pattern_of(name) + r"(?!\S)" + call)
    passed = re.compile(
        rf"(?<=\( ){pattern_of(name)}(?= (?:\)|\\\|))|(?<=\\\| ){pattern_of(name)}(?= \))|"
        rf"(?<!\S){pattern_of(name)} \^ (?:\*|\\star|\{{ (?:\*|\\star) \}})(?!\S)"
    )
    found = [match for text in formulas for match in every.finditer(passed.sub(" ", text))]
    return (bool(found) and all(match.group(1) for match in found)) or _differentiated_call(name, formulas)


def _differentiated_call(name: str, formulas: Sequence[str]) -> bool:
    """``\\phi'(w x)`` beside ``\\phi(w x)``: whether a letter with a stroke somewhere always stands before a bracket,
    and no formula says what it is at a bare name."""
    if name not in FUNCTIONS:
        return False  # w'(x - m) may be w transposed
    head = rf"{_NO_MARK}(?<!\S){pattern_of(name)}(?!\S)"
    every = re.compile(rf"{head}(?P<strokes>(?: ')*)(?P<call> \()?(?P<given> [a-z] \) :?=(?!\S))?")
    found = [match for text in formulas for match in every.finditer(text)]
    return any(match["strokes"] for match in found) and all(match["call"] and not match["given"] for match in found)


def called_or_bare(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``y = f(x) + \\epsilon`` and then ``f - m``: a function of which nothing is known, and its value at the only
    place where the section takes it."""
    if not re.fullmatch(r"[fgh]", name) or name in context.sizes or name in context.symbols:
        return None
    every = re.compile(
        rf"{_NO_MARK}(?<!\S){name}(?!\S)(?P<call> \( (?P<of>[a-z]|\\[a-z]+) \)(?! =))?(?P<more>{_ELSE})?"
    )
    found = [match for text in evidence.texts if text.strip(" .,;") != name for match in every.finditer(text)]
    taken = {match["of"] for match in found if match["call"]}
    if len(taken) != 1 or all(match["call"] for match in found) or any(match["more"] for match in found):
        return None
    of = taken.pop()
    texts = [f"function {name}"] if name not in context.functions else []
    if of not in context.symbols:
        if not _stands_in_calls(of, evidence):
            return declared(texts[0], context) if texts else None
        texts.insert(0, f"{of} \\in \\mathbb{{R}}")
    return declared(" ; ".join([*texts, f"let {name} := {name}({of})"]), context)


_ELSE = r" (?:\(|_|'|:?=(?= )|\^ (?!\d))"
"""What makes of a name something else than its value: brackets, a subscript, a stroke; or says what it is."""


def argument(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``x`` that stands nowhere but in ``f(x)`` of an f of which nothing is known: any number, as only that value
    matters."""
    if not re.fullmatch(r"[a-z]", name) or not _stands_in_calls(name, evidence):
        return None
    functions = {match for text in evidence.texts for match in re.findall(rf"(\S+) \( {name} \)", text)}
    known = [context.functions.get(each) for each in functions]
    if not known or any(each is None or each.body is not None or each.builtin is not None for each in known):
        return None
    return declared(f"{name} \\in \\mathbb{{R}}", context)


def _stands_in_calls(name: str, evidence: Evidence) -> bool:
    """Whether a letter stands in the section alone in the brackets of a call only, which nothing differentiates."""
    spelled = rf"(?<!\S){re.escape(name)}(?!\S)"
    call = re.compile(rf"(?<!\S)[fgh] \( {spelled} \)")
    texts = [text for text in evidence.texts if re.search(spelled, text)]
    varied = any(re.search(r"\\nabla|\\partial|(?<!\S)d(?!\S)|'", text) for text in evidence.texts)
    return not varied and not any(re.search(spelled, call.sub("", text)) for text in texts)


def called_with_index(name: str, formulas: Sequence[str], context: Context) -> bool:
    """``\\alpha_t(k)``: whether a name stands before a bracket with an index, or with the step after one, wherever
    these formulas have it; what takes an index is no number before a bracket."""
    letters = "|".join(re.escape(letter) for letter in sorted(context.indices)) or r"(?!)"
    item = r"(?:[a-z](?: '| [+-] \d+)?|\d+)"
    call = re.compile(rf"(?<!\S){pattern_of(name)}(?!\S)(?P<call> \( {item}(?: (?:,|\||;|\\mid) {item})* \))?")
    found = [match["call"] for text in formulas for match in call.finditer(text)]
    if not found or not all(found):
        return False
    counts = any(re.search(rf"(?<!\S)(?:{letters})(?!\S)", each) for each in found)
    return counts or (len(found) > 1 and "_" in name)


def called_with_indices(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``V(s)`` with indices in the brackets: a family."""
    return called_family(name, evidence.section, evidence.words, context)


def gamma(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``\\Gamma(a)`` with one argument wherever it stands: the gamma function, of which only its name is known here."""
    if name != "\\Gamma" or any(follower != "(" for follower in evidence.followers(name)):
        return None
    if not any(re.search(r"\\Gamma \( (?:[a-z]|\\[a-z]+)(?!\S)", text) for text in evidence.formulas):
        return None
    return declared("function \\Gamma", context)


def may_be_called(name: str, context: Context, evidence: Evidence) -> bool:
    """Whether ``F(x)`` may be a value of a function: not ``U(r \\odot h)`` beside a matrix U_z, and no name that never
    stands before a bracket."""
    if "(" not in evidence.followers(name):
        return False
    alike = (decl for each, decl in context.symbols.items() if each.partition("_")[0] == name.partition("_")[0])
    called = re.compile(rf"(?<!\S){pattern_of(name)} \( [^() ]+(?: _ (?:\S|\{{[^{{}}]*\}}))? \)")
    return any(called.search(text) for text in evidence.texts) or not any(len(decl.shape) == 2 for decl in alike)


__all__ = [
    "argument",
    "called_only",
    "called_or_bare",
    "called_with_index",
    "called_with_indices",
    "gamma",
    "may_be_called",
    "may_be_function",
    "named_function",
    "only_called",
]
