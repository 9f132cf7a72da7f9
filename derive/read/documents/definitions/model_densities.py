r"""Densities of a model that is told by how its quantities are drawn: after ``z \sim \mathcal{N}(0, 1)`` and
``x \mid z \sim \mathcal{N}(z, s^2)`` a text writes p(z), p(x | z), p(x, z), p(x) and p(z | x)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from derive.language.context import Context
from derive.language.terms import Op
from derive.read import densities
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.definitions.defining import Defined
from derive.read.documents.definitions.normal_numbers import of_normal
from derive.read.documents.text.spelling import spaced
from derive.read.errors import DeclarationError, ReadError
from derive.read.names import Signature, option
from derive.read.notation import NORMALS
from derive.read.parser import parse

_DRAWN = re.compile(
    r"[\s&]*(?P<what>[^|~]*?)[\s&]*(?:(?:\\mid(?![A-Za-z])|\|)[\s&]*(?P<given>[^|]*?)[\s&]*)?\\sim(?![A-Za-z])(?P<how>.*)",
    re.DOTALL,
)
_NAME = re.compile(r"\\?[A-Za-z]+|\\(?:mathbf|boldsymbol|bm)\s*\{\s*\\?[A-Za-z]+\s*\}")


def told(
    text: str, context: Context, formulas: Sequence[str], here: Sequence[str], own: frozenset[str] = frozenset()
) -> Defined | None:
    """The densities p that the text writes of what this formula says is drawn, and those of both quantities that follow
    where the other has been told; None if it writes none, or declares p, but for its ``own`` forms told so. ``here``
    are the formulas of its section."""
    found = _DRAWN.fullmatch(text.strip().rstrip(".,;"))
    if found is None or _NAME.fullmatch(found["what"]) is None:
        return None
    given = found["given"] or ""
    if given and _NAME.fullmatch(given) is None:
        return None
    what, notes = found["what"], list[str]()
    try:
        how = densities.normal(parse(found["how"]))
    except ReadError:
        return None
    match how:
        case s.Juxt(parts=(head, s.Group(bracket="(", items=(mean, spread)))) if s.key(head) in NORMALS:
            body = f"\\mathcal{{N}}({what} | {s.key(mean)}, {s.key(spread)})"
        case _:
            body = _of_family(what, how)
            if not body:
                return None
    call = _call(what, given)
    if any(each.name not in own for each in _signatures(context)) or (not given and _may_be_another(call, here)):
        return None
    if not any(_is_written(each, formulas) for each in _all(what, given, context, formulas)) or _is_known(
        call, context
    ):
        return None
    for said in of_normal(how, context) or ():
        notes.append(said)
    if what not in context.symbols and of_normal(how, context) is not None:
        notes.append(f"{what} \\in \\mathbb{{R}}")
    if (family := densities.drawn(how)) is not None:
        own_letters = (s.key(value) for value in family.values if isinstance(value, s.Name))
        notes += [f"{letter} > 0" for letter in own_letters if not _is_anything(letter, context)]
        if what not in context.symbols:
            notes.append(f"{what} {family.family.values}")
    notes.append(f"function {call} := {body}")
    try:
        context = declare(" ; ".join(notes), context)
        for more in _following(what, given, context, formulas):
            context = declare(more, context)
            notes.append(more)
    except DeclarationError:
        return None
    return Defined(context, " ; ".join(notes))


def _of_family(what: str, how: s.Node) -> str:
    """The density of a number that is drawn from a family with a name, other than a binary one; empty of others."""
    drawn = densities.drawn(how)
    if drawn is None or not drawn.family.density or drawn.family.binary or drawn.family.counts:
        return ""
    return s.key(drawn.density(parse(what)))


def _may_be_another(call: str, formulas: Sequence[str]) -> bool:
    """Whether a text that has a density q besides says what p(z) is: what is drawn may be drawn from q."""
    plain = spaced(call)
    return any(" q " in f" {text} " for text in formulas) and any(f"{plain} =" in text for text in formulas)


def _call(what: str, given: str) -> str:
    return f"p({what} | {given})" if given else f"p({what})"


def _all(what: str, given: str, context: Context, formulas: Sequence[str]) -> list[str]:
    """Every way to write a density of this quantity and what it depends on, or what depends on it."""
    others = [given] if given else [each[0] for each in _conditionals(context) if each[1] == what]
    if not given:
        later = re.compile(rf"(?<!\S)(\S+) (?:\\mid|\|) {re.escape(spaced(what))} \\sim(?!\S)")
        others += [match[1] for text in formulas for match in later.finditer(text)]
    calls = [_call(what, given)]
    for other in others:
        one, two = (what, other) if given else (other, what)
        calls += [
            _call(one, two),
            _call(two, one),
            f"p({one}, {two})",
            f"p({two}, {one})",
            _call(one, ""),
            _call(two, ""),
        ]
    return calls


def _signatures(context: Context) -> tuple[Signature, ...]:
    found = option(context, "signatures").get("p")
    return tuple(each for each in found if isinstance(each, Signature)) if isinstance(found, tuple) else ()


def _conditionals(context: Context) -> list[tuple[str, str]]:
    """The pairs (x, z) of the densities p(x | z) that are known."""
    pairs = []
    for signature in _signatures(context):
        if signature.seps == ("|",) and len(signature.slots) == 2:
            pairs.append((signature.slots[0].param, signature.slots[1].param))
    return pairs


def _following(what: str, given: str, context: Context, formulas: Sequence[str]) -> list[str]:
    """The joint density, that of x alone and that of z given x, where the text writes them and nothing says them."""
    pairs = [(what, given)] if given else [each for each in _conditionals(context) if each[1] == what]
    texts: list[str] = []
    for one, two in pairs:
        if not (_is_known(_call(two, ""), context) and _is_known(_call(one, two), context)):
            continue
        if not (_is_normal(_call(two, ""), context) and _is_normal(_call(one, two), context)):
            continue  # over a part of the line, or of another kind
        joint = f"p({one} | {two}) p({two})"
        whole = f"\\int {joint} \\, d{two}"
        derived = (
            (f"p({one}, {two})", joint),
            (f"p({two}, {one})", joint),
            (_call(one, ""), whole),
            (_call(two, one), f"\\frac{{{joint}}}{{{whole}}}"),
        )
        texts += [
            f"function {call} := {body}"
            for call, body in derived
            if _is_written(call, formulas) and not _is_known(call, context)
        ]
    return texts


def _is_written(call: str, formulas: Sequence[str]) -> bool:
    plain = spaced(call).replace("|", "\\mid")
    return any(f" {plain} " in f" {text.replace('|', chr(92) + 'mid')} " for text in formulas)


def _is_known(call: str, context: Context) -> bool:
    """Whether this form of p is declared, or p is anything else."""
    if "p" in context.symbols:
        return True
    names = [name.strip() for name in re.split(r"[|,]", call[2:-1])]
    for signature in _signatures(context):
        if [slot.param for slot in signature.slots] == names and ("|" in signature.seps) == ("|" in call):
            return True
    return False


def _is_anything(name: str, context: Context) -> bool:
    return any(name in names for names in (context.symbols, context.functions, context.sizes, context.indices))


def _is_normal(call: str, context: Context) -> bool:
    """Whether this form of p is a normal density."""
    decl = context.functions.get(call.replace(" ", ""))
    return decl is None or (isinstance(decl.body, Op) and decl.body.name == "gaussian")


def forms(context: Context) -> frozenset[str]:
    """Every form of p that is known."""
    return frozenset(each.name for each in _signatures(context))


def is_same(one: Context, other: Context) -> bool:
    """Whether the densities of one context are in the other, as they are there."""
    return all(other.functions.get(name) == decl for name, decl in one.functions.items())


__all__ = ["forms", "is_same", "told"]
