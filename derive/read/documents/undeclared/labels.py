"""Letters below a name that count nothing: the o of "the word vector $u_o$", the f of a gate, the 0 of a start."""

from __future__ import annotations

import re

from derive.language.context import Context
from derive.read import syntax as s
from derive.read.documents.definitions.defining import Defined
from derive.read.documents.text.spelling import spaced
from derive.read.documents.undeclared.evidence import (
    Evidence,
    declared,
    parts_of_name,
    pattern_of,
    shape_of,
    space_of,
)
from derive.read.documents.undeclared.ranges import is_label
from derive.read.names import parts_of
from derive.read.notation import words_of
from derive.read.targets import add_option


def gate(letter: str, context: Context, evidence: Evidence) -> Defined | None:
    """``W_f`` of the gate ``f_t`` beside the declared W: f, which is a name of its own here, says whose W it is."""
    if not re.fullmatch(r"[a-z]", letter) or letter in context.indices:
        return None
    nodes = [part for node in evidence.section for part in s.walk(node)]
    bases = [parts[0] for part in nodes if isinstance(part, s.Script) and (parts := parts_of(part)) and parts[1]]
    if letter not in bases:
        return None
    labels = []
    for part in nodes:
        parts = parts_of(part) if isinstance(part, s.Script) else None
        if parts is not None and parts[1] is not None and s.key(parts[1]) == letter and parts[0] in context.symbols:
            labels.append(f"{parts[0]}_{letter}")
    known = words_of(context.options.get("labels"))
    new = tuple(name for name in dict.fromkeys(labels) if name not in known)
    return Defined(add_option(context, "labels", new), f"name {', '.join(new)}") if new else None


def abbreviation(letter: str, context: Context, evidence: Evidence) -> Defined | None:
    """``L_{rw} = D^{-1} L`` beside the declared matrix L, where r and w stand nowhere else: a matrix of its own."""
    match evidence.node:
        case s.Relation(
            first=s.Script(sub=s.Juxt(parts=(s.Name() as one, s.Name() as other)), sup=None) as name, rest=rest
        ):
            base = parts_of(name)
        case _:
            return None
    run = (one.text, other.text)
    decl = context.symbols.get(base[0]) if base is not None else None
    if letter not in run or one.stop != other.start or decl is None or len(decl.shape) != 2 or decl.family:
        return None
    spelled = re.compile(rf"(?<!\S){pattern_of(decl.name)} _ \{{ {' '.join(run)} \}}")
    texts = [spelled.sub("", text) for text in evidence.formulas]
    if any(each in names for each in run for names in (context.indices, context.sizes)):
        return None
    if any(_counts_in(each, text) for each in run for text in texts):
        return None
    if all(shape_of(side, context) != decl.shape for _, side in rest):
        return None
    return Defined(add_option(context, "labels", (s.key(name),)), f"name {s.key(name)}")


def _counts_in(letter: str, text: str) -> bool:
    """Whether a letter stands in a script, or before an equals sign, in this formula."""
    alone = rf"(?<!\S){letter}(?!\S)"
    return re.search(rf"[_^] (?:\{{ (?:[^{{}}]* )?)?{alone}|{alone} =", text) is not None


def own_name(letter: str, context: Context, evidence: Evidence) -> Defined | None:
    """``the word vector $u_o$`` beside the declared $u_1, …, u_K$: o names one more vector, it is no index."""
    if re.search(r"_\{?0\}?\Z", letter) and letter in evidence.bare:
        return _zeroth(letter, context, evidence)
    if not re.fullmatch(r"[a-hp-z]|o", letter) or letter in evidence.bare:
        return None
    labelled = tuple(_labelled(letter, context, evidence)) or tuple(_like_others(letter, context, evidence))
    if labelled:
        return Defined(add_option(context, "labels", labelled), f"name {', '.join(labelled)}")
    for name in sorted(evidence.bare):
        parts = parts_of_name(name)
        decl = None if parts is None else context.symbols.get(parts[0])
        if parts is None or decl is None or parts[1] is None or parts[2] is not None or s.key(parts[1]) != letter:
            continue
        if len(decl.family) == 1 and decl.definition is None:
            return declared(f"{name} \\in {space_of(decl.shape)}", context)
    return None


def _labelled(letter: str, context: Context, evidence: Evidence) -> list[str]:
    """``x_p = …`` of a document in which p stands nowhere but below x: what it defines is no member of a family."""
    found = []
    for decl in context.symbols.values():
        name = f"{decl.name}_{letter}"
        if not decl.family or name in words_of(context.options.get("labels")):
            continue
        wanted = re.compile(rf"(?<!\S)(?:{pattern_of(decl.name)} _ )?{letter}(?!\S)")
        places = [match.group() for text in evidence.formulas for match in wanted.finditer(text)]
        if places and letter not in places and evidence.defines(name):
            found.append(name)
    return found


def _like_others(letter: str, context: Context, evidence: Evidence) -> list[str]:
    """``\\delta_h = …`` beside the vector ``\\delta``, where h tells ``W_h`` from other matrices: what it defines is no
    entry."""
    if letter in context.indices or letter in context.sizes or not is_label(letter, context):
        return []
    names = [f"{decl.name}_{letter}" for decl in context.symbols.values() if decl.shape and not decl.family]
    known = words_of(context.options.get("labels"))
    return [name for name in names if evidence.defines(name) and name not in context.symbols and name not in known]


def _zeroth(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``a point $x_0$`` beside the declared $x_1, …, x_n$, which nothing steps along: one more point."""
    parts = parts_of_name(name)
    decl = None if parts is None else context.symbols.get(parts[0])
    if decl is None or len(decl.family) != 1 or decl.definition is not None or decl.family[0].low.constant != 1:
        return None
    letter = rf"(?<!\S){re.escape(spaced(decl.name))} _ "
    if any(re.search(letter + r"\{ [^{}]*[-+] 1 \}", text) for text in evidence.formulas):
        return None  # a sequence: x_0 is where it begins
    return declared(f"name {name} \\in {space_of(decl.shape)}", context)


__all__ = [
    "abbreviation",
    "gate",
    "own_name",
]
