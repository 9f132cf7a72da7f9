"""Names with a step below them: the step before or after a declared one, a recurrence, iterates of a name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from derive.language.context import Context
from derive.read import syntax as s
from derive.read.documents.definitions.defining import Defined
from derive.read.documents.definitions.recurrences import (
    SCALAR,
    is_end,
    is_given,
    recurrent,
    stepping_on,
    steps_of_several,
)
from derive.read.documents.undeclared.evidence import Evidence, declared, parts_of_name, space_of
from derive.read.documents.undeclared.iterates import iterates, made_of_iterates, one_further
from derive.read.documents.undeclared.mappings import space_of_argument
from derive.read.documents.undeclared.principal_shapes import settled_shape
from derive.read.documents.undeclared.scalars import is_number_here
from derive.read.names import items_of, parts_of


def step_before(name: str, context: Context) -> Defined | None:
    """``h_{t-1}`` beside ``h_t``, where t counts nothing: of the same space."""
    step = re.fullmatch(r"(?P<base>.+)_\{(?P<letter>[a-z])-1\}", name)
    decl = None if step is None else context.symbols.get(f"{step['base']}_{step['letter']}")
    if decl is None or decl.family or step is None or step["letter"] in context.indices:
        return None
    return declared(f"{name} \\in {space_of(decl.shape)}", context)


def like_first(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``x_t`` and ``x_{t-1}`` of ``q(x_t \\mid x_{t-1})``, steps of what begins with a declared x_0: of its space."""
    found = re.fullmatch(r"(?P<base>.+)_\{?(?P<letter>[a-z])(?:-1\})?\}?", name)
    decl = context.symbols.get(f"{found['base']}_0") if found is not None else None
    if found is None or decl is None or decl.family or decl.definition is not None or found["base"] in context.symbols:
        return None
    if found["letter"] not in context.indices or not _is_in_density(name, evidence.node):
        return None
    names = (f"{found['base']}_{found['letter']}", f"{found['base']}_{{{found['letter']}-1}}")
    return declared(f"{', '.join(names)} \\in {space_of(decl.shape)}", context)


def _is_in_density(name: str, node: s.Node | None) -> bool:
    """Whether a name stands in brackets with a bar or a semicolon."""
    groups = (part for part in s.walk(node) if isinstance(part, s.Group) and {*part.seps} & {"|", ";"}) if node else ()
    return any(s.key(part) == name for group in groups for part in s.walk(group))


def by_recurrence(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``h_t`` of a ``scalar`` recurrence, or of one whose other names tell the space."""
    parts = parts_of_name(name)
    if parts is not None and is_given_outright(parts[0], evidence.section):
        return None
    numbers = parts is not None and parts[1] is not None and is_number_here(parts[0], context, evidence)
    if SCALAR.search(evidence.words) or numbers:
        return recurrent(name, evidence.section, "\\in \\mathbb{R}", context, evidence.spelled)
    if parts is None or parts[1] is None:
        return None
    space = space_of_argument(parts[0], evidence.section, context)
    if space and parts[0] not in context.symbols:
        done = recurrent(name, evidence.section, f"\\in {space}", context, evidence.spelled)
        return done or stepping_on(parts[0], evidence.section, f"\\in {space}", context, evidence.spelled)
    alike = context.symbols.get(parts[0])
    if alike is not None:  # w_t = … w_{t-1} … beside f(w): of the same space
        return recurrent(name, evidence.section, f"\\in {space_of(alike.shape)}", context, evidence.spelled)
    shape = settled_shape(parts[0], evidence.section, context)
    return (
        None
        if shape is None
        else recurrent(name, evidence.section, f"\\in {space_of(shape)}", context, evidence.spelled)
    )


def is_given_outright(base: str, section: Sequence[s.Node]) -> bool:
    """Whether ``G_t = \\sum_{k=t}^T r_k`` gives a sequence by a sum, or a product, before any other equation speaks of
    it: then what steps from one member to the next is a claim."""
    for node in section:
        if not isinstance(node, s.Relation) or node.rest[0][0] not in ("=", ":="):
            continue
        if not any((each := parts_of(part)) is not None and each[0] == base for part in s.walk(node)):
            continue
        head, body = parts_of(node.first), node.rest[0][1]
        if head is None or head[0] != base or head[1] is None or not isinstance(head[1], s.Name):
            return False
        if any((each := parts_of(part)) is not None and each[0] == base for part in s.walk(body)):
            return False
        letter = head[1].text
        sums = (part for part in s.walk(body) if isinstance(part, s.BigOp) and part.kind in ("sum", "prod"))
        ends = (side for each in sums for side in (each.sub, each.sup) if side is not None)
        return any(s.key(part) == letter for side in ends for part in s.walk(side))
    return False


def argument_of_mapping(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``f(x)`` after ``f : \\mathbb{R}^d \\to \\mathbb{R}``: x is of that space; so is ``x^*`` beside it."""
    parts = parts_of_name(name)
    if parts is None or (parts[1] is not None and not _is_label(parts[1], context)):
        return None
    space = space_of_argument(parts[0], evidence.section, context)
    if not space:
        return None
    steps = (
        None
        if parts[0] in context.symbols
        else stepping_on(parts[0], evidence.section, f"\\in {space}", context, evidence.spelled)
    )
    return steps or declared(f"{name} \\in {space}", context)


def _is_label(sub: s.Node, context: Context) -> bool:
    """Whether a subscript is a number or a mark: no index, and no step from one."""
    return all(isinstance(item, s.Number) or s.key(item) in ("*", "\\star", "\\ast") for item in items_of(sub))


def in_each_state(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``\\beta_{t+1,k}`` or ``\\beta_{T,k}`` of numbers for which a formula gives ``\\beta_{tj}``, or
    ``\\beta_{t+1,j}``, where t, j and k count: numbers too."""
    parts = parts_of_name(name)
    below = items_of(parts[1]) if parts is not None and parts[2] is None else ()
    if parts is None or len(below) < 2:
        return None
    for node in evidence.section:
        head = parts_of(node.first) if isinstance(node, s.Relation) and node.rest[0][0] in ("=", ":=") else None
        if head is None or head[0] != parts[0] or head[2] is not None:
            continue
        letters = [re.sub(r"[+-]1\Z", "", s.key(item)) for item in items_of(head[1])]
        counted = len(letters) == len(below) == len({*letters}) and all(each in context.indices for each in letters)
        steps = {*steps_of_several(node, parts[0])}
        shifted = any(s.key(item) in (f"{each}+1", f"{each}-1") for item, each in zip(below, letters, strict=False))
        if counted and (shifted or any(is_end(below[place]) for place in steps)):
            return declared(f"{parts[0]}_{{{','.join(letters)}}} \\in \\mathbb{{R}}", context)
    return None


def is_of_sequence(name: str, context: Context, evidence: Evidence) -> bool:
    """Whether this is ``h_{t-1}`` of a sequence of which the space is not known: no number of its own."""
    parts = parts_of_name(name)
    letters = [s.key(item)[:1] for item in items_of(parts[1])] if parts is not None else []
    if parts is None or not any(letter in names for letter in letters for names in (context.indices, context.sizes)):
        return False
    if is_given(parts[0], evidence.section):
        return True
    if not any(letter in context.sizes for letter in letters):
        return False
    nodes = [part for node in evidence.section for part in s.walk(node) if isinstance(part, s.Script)]
    below = [each[1] for part in nodes if (each := parts_of(part)) is not None and each[0] == parts[0]]
    return any(s.key(item) in context.indices for sub in below for item in items_of(sub))  # g_t beside g_i, i = 1..t


def iterates_of(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``w_{t+1} = w_t - …`` of a declared w: w_t and w_{t+1} are names of their own, alike."""
    parts = []
    for each in iterates(name, evidence.texts or evidence.formulas, context):
        decl = context.symbols[each.rpartition("_")[0]]
        signs = "".join(f" {word}" for word in sorted(decl.properties))
        parts.append(f"name {each} \\in {space_of(decl.shape)}{signs}")
    done = declared(" ; ".join(parts), context) if parts else None
    return done and _with_errors(name, done, evidence)


def _with_errors(letter: str, done: Defined, evidence: Evidence) -> Defined:
    """``e_t = w_t - w^*`` beside iterates w_t: e_t and e_{t+1} are made of them."""
    for base, body in made_of_iterates(letter, evidence.texts or evidence.formulas).items():
        further = one_further(letter, body)
        if base in done.context.symbols or not further or " _ " not in body:
            continue
        pairs = ((f"{base}_{letter}", body), (f"{base}_{{{letter}+1}}", further))
        text = " ; ".join(f"name {name} ; let {name} := {value}" for name, value in pairs)
        more = declared(text, done.context)
        done = done if more is None else Defined(more.context, f"{done.text} ; {more.text}")
    return done


__all__ = [
    "argument_of_mapping",
    "by_recurrence",
    "in_each_state",
    "is_of_sequence",
    "iterates_of",
    "like_first",
    "step_before",
]
