"""Definitions: ``let`` and every form of ``function``."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from types import MappingProxyType

from derive.language.context import PROPERTIES, Context, Definition, FunctionDecl, SymbolDecl
from derive.language.extents import Range, Shape, show_shape
from derive.language.operators import OPERATORS
from derive.language.terms import Array, Index, Span, Sym, Term, bound_names, children
from derive.read import syntax as s
from derive.read.errors import DeclarationError, ReadError
from derive.read.fitting import Typed
from derive.read.folding import in_terms_of
from derive.read.latex import read_definition
from derive.read.mass_functions import with_probabilities
from derive.read.names import (
    PARAMETER_BUNDLES,
    TRANSPOSE_MARKS,
    Form,
    Signature,
    Slot,
    Whole,
    items_of,
    option,
    parts_of,
    split_superscript,
)
from derive.read.notation import EXPECTATIONS, PROBABILITIES
from derive.read.spaces import is_space, read_space
from derive.read.targets import (
    add_option,
    parse_at,
    put,
    ranges_of,
    target,
    variant_key,
    with_sizes,
)

_OF_NUMBERS = frozenset({"positive", "nonnegative", "negative", "nonzero", "integer", "binary", "real"})
"""What a family of numbers written with its indices in brackets can be declared to be."""
PROPERTY_WORDS = re.compile(r"((?:(?:^|\s+|\s*,\s*)(?:" + "|".join(sorted(PROPERTIES)) + r"|and)\b)+)\s*$")


def halves(text: str, offset: int) -> tuple[str, str, int]:
    """The two sides of ``:=`` (or of the first ``=`` outside brackets)."""
    at = text.find(":=")
    width = 2
    if at < 0:
        level, width = 0, 1
        for place, character in enumerate(text):
            level += (character in "({[") - (character in ")}]")
            if character == "=" and level == 0:
                at = place
                break
    if at < 0:
        raise DeclarationError("expected “:=” and a definition")
    rest = text[at + width :]
    return text[:at].strip(), rest.strip(), offset + at + width + len(rest) - len(rest.lstrip())


def let(context: Context, text: str, offset: int) -> Context:
    """``X := …``; ``l(\\theta) := …`` names what l is at the declared θ."""
    left, right, right_offset = halves(text, offset)
    node = parse_at(left, offset)
    call = _call_form(node)
    if call is not None:
        return _let_form(context, call, text, offset)
    name, names, raised = _target_or_declared(context, node)
    done = _defined(context, name, names, _body(context, right, right_offset))
    return add_option(done, "superscript", (name,)) if raised else done


def _let_form(context: Context, call: tuple[s.Node, s.Group], text: str, offset: int) -> Context:
    """``let P(x^{(i)}|\\pi) := …``: a quantity with its arguments; indices among them make it a family."""
    _, right, right_offset = halves(text, offset)
    head, group = call
    try:
        typed = _body(context, right, right_offset)
    except ReadError:
        return function(context, text, offset)
    base, names, raised = function_name(context, head)
    context = add_option(context, "superscript", (base,)) if raised else context
    free = _free_indices(typed.term)
    inside = tuple(
        name for name in _names_written(group) if name in context.indices and name in free and name not in names
    )
    forms = option(context, "called").get(base)
    forms = forms if isinstance(forms, tuple) else ()
    plain = not inside and not forms and base not in option(context, "signatures")
    energy = base == "E" and group.bracket == "("  # E(w), an error or energy, goes without its arguments too
    plain = plain and (energy or base not in EXPECTATIONS | PROBABILITIES)
    plain = plain and base not in context.sizes and base not in context.indices  # p(x|z) beside \mathbb{R}^p
    plain = plain and not any(isinstance(item, s.Relation) for item in group.items)  # p(y = 1) is no other name of p
    members = context.symbols.get(base)  # p(x|z) beside the numbers p_d
    plain = plain and (members is None or members.family == ranges_of(context, (*names, *inside)))
    key = base if plain else base + s.key(group)
    other = context.symbols.get(key)
    if other is not None and not plain and other.family != ranges_of(context, (*names, *inside)):
        key += f"_{{{','.join((*names, *inside))}}}"  # f(x_i) beside f^k(x_i)
    context = _defined(context, key, (*names, *inside), typed)
    kept = tuple(form for form in forms if form.name != key)
    return put(context, "called", base, (*kept, Form(key, group, inside)))


def _names_written(node: object) -> tuple[str, ...]:
    """Every letter in a tree, once, in the order written."""
    if isinstance(node, s.Name):
        return (node.text,)
    if isinstance(node, tuple):
        return tuple(dict.fromkeys(name for part in node for name in _names_written(part)))
    if not isinstance(node, s.Node):
        return ()
    return tuple(dict.fromkeys(name for item in fields(node) for name in _names_written(getattr(node, item.name))))


def _target_or_declared(context: Context, node: s.Node) -> tuple[str, tuple[str, ...], bool]:
    whole = s.key(node)
    return (whole, (), False) if whole in context.symbols else target(context, node)


def _body(context: Context, text: str, offset: int, scope: dict[str, Range | Shape] | None = None) -> Typed:
    """The one reading of a definition (of derivatives, the total one)."""
    return read_definition(text, context, scope, offset)


def _defined(context: Context, name: str, names: tuple[str, ...], typed: Typed) -> Context:
    if len({*names}) < len(names):
        raise DeclarationError(f"expected different indices in the definition of {name}, found one of them twice")
    free = [index for index in _free_indices(typed.term) if index not in names and index in context.indices]
    if free:
        raise DeclarationError(
            f"the index {free[0]} in the definition is not an index of {name}; write {name}_{free[0]}", index=free[0]
        )
    array = context.symbols.get(name)
    if array is not None and names and not array.family and len(array.shape) == len(names) and not typed.shape:
        return _entries_defined(context, array, names, typed)
    if name in option(context, "component") and name not in context.symbols:  # no longer the entries of something
        kept = {each: what for each, what in option(context, "component").items() if each != name}
        context = context.with_option("component", MappingProxyType(kept))
    context, name = variant_key(context, name, names)
    old = context.symbols.get(name)
    if old is not None and old.shape and old.shape != typed.shape:
        raise DeclarationError(
            f"{name} is declared of shape {show_shape(old.shape)}, its definition is {show_shape(typed.shape)}"
        )
    decl = old if old is not None and old.family_names == names else SymbolDecl(name, ranges_of(context, names), names)
    return context.with_symbol(replace(decl, shape=typed.shape, definition=Definition(names, typed.term)))


def _entries_defined(context: Context, array: SymbolDecl, names: tuple[str, ...], typed: Typed) -> Context:
    """``K_{ij} := …`` where the matrix K is declared: the matrix with these entries."""
    pairs = tuple((name, context.indices[name]) for name in names)
    wanted = tuple(Range.upto(extent) for extent in array.shape)
    if tuple(range_ for _, range_ in pairs) != wanted or len(set(names)) != len(names):
        shown = show_shape(array.shape)
        raise DeclarationError(f"the indices {', '.join(names)} do not run over the entries of {array.name} {shown}")
    if array.definition is not None:
        raise DeclarationError(f"{array.name} is defined already")
    return context.with_symbol(replace(array, definition=Definition((), Array(pairs, typed.term))))


def _free_indices(term: Term, bound: tuple[str, ...] = ()) -> list[str]:
    """Index names in a term that nothing in it binds, in the order met."""
    if isinstance(term, Index):
        return [] if term.name in bound else [term.name]
    inner = (*bound, *bound_names(term))
    return [name for part in children(term) for name in _free_indices(part, inner)]


def _call_form(node: s.Node) -> tuple[s.Node, s.Group] | None:
    match node:
        case s.Juxt(parts=(head, s.Group(bracket="(" | "[") as group)):
            return head, group
    return None


_VALUES = (
    (re.compile(r"\s*\\in\s*(?:\\left\s*)?\(\s*0\s*,\s*1\s*(?:\\right\s*)?\)\s*$"), "open_unit"),
    (re.compile(r"\s*\\in\s*(?:\\left\s*)?\[\s*0\s*,\s*1\s*(?:\\right\s*)?\]\s*$"), "unit"),
    (re.compile(r"\s*\\in\s*\\\{\s*0\s*,\s*1\s*\\\}\s*$"), "binary"),
    (re.compile(r"\s*\\in\s*\\mathbb\s*\{?R\}?\s*_\s*(?:\{\s*(?:\+\+|>\s*0)\s*\})\s*$"), "positive"),
    (re.compile(r"\s*>\s*0\s*$"), "positive"),
    (re.compile(r"\s*(?:>=|\\geq?(?:slant)?)\s*0\s*$"), "nonnegative"),
)
"""What stands behind the head of a function that is not known, and says which numbers are its values."""


def _values(text: str) -> tuple[str, str]:
    """The declaration of a function without what says which numbers are its values, and the property that they have."""
    for pattern, word in _VALUES if ":=" not in text else ():
        found = pattern.search(text)
        if found is not None and found.start() > 0:
            return text[: found.start()], word
    return text, ""


def function(context: Context, text: str, offset: int) -> Context:
    """Every form of ``function``."""
    text, values = _values(text)
    if values:
        return function(context, f"{text} {values}", offset)
    undone = re.search(r"\s+inverse\s+of\s+(\S+)\s*$", text)
    if undone:
        return _inverse(context, text[: undone.start()], undone.group(1), offset)
    match = PROPERTY_WORDS.search(text)
    words = frozenset(re.findall(r"[a-z_]+", match.group(1))) - {"and"} if match and match.start() > 0 else frozenset()
    text = text[: match.start()] if words and match else text
    elementwise = re.search(r"\s+elementwise\s*$", text)
    text = text[: elementwise.start()] if elementwise else text
    builtin = re.search(r"(?<![:=<>])=\s*([a-z_0-9]+)\s*$", text)
    if builtin and builtin.group(1) in OPERATORS and ":=" not in text:
        return _builtin(context, parse_at(text[: builtin.start()], offset), builtin.group(1))
    if builtin and ":=" not in text and len(builtin.group(1)) > 2:
        known = ", ".join(sorted(name for name, row in OPERATORS.items() if row.elementwise))
        raise DeclarationError(f"{builtin.group(1)} is not a built-in function; scalar ones are {known}")
    body = ""
    body_offset = offset
    head = text
    if ":=" in text or (re.search(r"\)\s*=", text)):
        head, body, body_offset = halves(text, offset)
    node = parse_at(head, offset)
    shape: Shape = ()
    if isinstance(node, s.Relation) and len(node.rest) == 1 and node.rest[0][0] == "in" and is_space(node.rest[0][1]):
        shape = read_space(node.rest[0][1], context)
        context, node = with_sizes(context, shape), node.first
    context = _declare_function(context, node, shape, words, (body, body_offset))
    if elementwise:
        context = add_option(context, "elementwise_functions", (_head_name(context, node),))
    return context


def _inverse(context: Context, text: str, other: str, offset: int) -> Context:
    """``function r(z) \\in \\mathbb{R}^k inverse of g``: r undoes g, and g undoes r, in the first argument."""
    known = set(context.functions)
    context = function(context, f"{text} bijective", offset)
    new = [name for name in context.functions if name not in known]
    if other not in context.functions or "bijective" not in context.functions[other].properties:
        raise DeclarationError(f"expected a function declared bijective after “inverse of”, found {other}")
    if len(new) != 1 or len(context.functions[other].params) != len(context.functions[new[0]].params):
        raise DeclarationError(f"expected a new function with as many arguments as {other}")
    context = context.with_function(replace(context.functions[new[0]], inverse=other))
    return context.with_function(replace(context.functions[other], inverse=new[0]))


def _head_name(context: Context, node: s.Node) -> str:
    call = _call_form(node)
    return target(context, call[0] if call else node)[0]


def _builtin(context: Context, node: s.Node, builtin: str) -> Context:
    call = _call_form(node)
    name = _head_name(context, node)
    if call is not None:
        params = tuple(s.key(item) for item in call[1].items)
        arity = OPERATORS[builtin].arity
        if arity is not None and arity != len(params):
            raise DeclarationError(f"{builtin} takes {arity} argument(s), found {len(params)}")
    else:
        params = tuple(f"u_{place}" for place in range(OPERATORS[builtin].arity or 1))
    context = context.with_function(FunctionDecl(name, params, builtin=builtin))
    slots = tuple(Slot(param=param) for param in params)
    return put(context, "signatures", name, (Signature(name, slots, call[1].seps if call else ()),))


def _declare_function(
    context: Context, node: s.Node, shape: Shape, words: frozenset[str], body: tuple[str, int]
) -> Context:
    call = _call_form(node)
    base, names, raised = function_name(context, call[0] if call else node)
    if raised:
        context = add_option(context, "superscript", (base,))
    if call is None:
        if body[0]:
            raise DeclarationError("expected parameters before “:=”, as in function f(x) := x^2")
        decl = FunctionDecl(base, (), (), shape, None, None, ranges_of(context, names), names, words)
        context = context.with_function(decl)
        return put(context, "signatures", base, (Signature(base, ()),))
    return _with_parameters(context, base, names, call[1], shape, words, body)


def function_name(context: Context, node: s.Node) -> tuple[str, tuple[str, ...], bool]:
    """The name of a function; a letter above it that is no index belongs to the name: ``V^\\pi(s)``."""
    parts = parts_of(node)
    rest = split_superscript(parts[2]).rest if parts is not None else None
    letter = isinstance(rest, s.Name) and s.key(rest) not in TRANSPOSE_MARKS and s.key(rest) not in context.indices
    if parts is None or not letter or parts[1] is not None:
        return target(context, node)
    return s.key(node), (), False


def _with_parameters(
    context: Context,
    base: str,
    names: tuple[str, ...],
    group: s.Group,
    shape: Shape,
    words: frozenset[str],
    body: tuple[str, int],
) -> Context:
    slots = [_slot(context, item) for item in group.items]
    if not body[0] and len(slots) == 1 and slots[0].decoration:  # an unknown function of θ alone is one of θ
        slots = [Slot(param=slots[0].decoration)]
    scope: dict[str, Range | Shape] = {}
    indices: list[str] = list(names)
    for slot in slots:
        if slot.param in context.indices:
            indices.append(slot.param)
        elif slot.param:
            scope[slot.param] = _parameter_shape(context, slot.param)
    term: Term | None = None
    if body[0]:
        try:
            typed = _body(context, body[0], body[1], scope)
        except ReadError:
            scope = {param: _parameter_shape(context, param, rows=True) for param in scope}
            typed = _body(context, body[0], body[1], scope)
        term, shape = typed.term, typed.shape
        for param in scope:
            _check_written_with(term, param, scope[param], context, base)
        used = _names_in(typed.term)
        slots = [_decorated(context, slot, used) for slot in slots]
    params = tuple(slot.param for slot in slots if slot.param and slot.param not in context.indices)
    key = _function_key(context, base, group)
    signature = Signature(key, tuple(slots), group.seps)
    old = option(context, "signatures").get(base)
    others = tuple(sig for sig in old if sig.name != key) if isinstance(old, tuple) else ()
    context = put(context, "signatures", base, (*others, signature))
    family = ranges_of(context, tuple(indices))
    if not params and term is not None:
        _check_closed(term, tuple(indices), context, base)
        decl = SymbolDecl(
            key, family, tuple(indices), shape, words - {"density"}, definition=Definition(tuple(indices), term)
        )
        return context.with_symbol(decl)
    drawn = slots[0].param if len(slots) == 1 or group.seps[:1] in (("|",), (";",)) else ""
    weights = "density" in words and words - {"density"} <= _OF_NUMBERS and term is None and not params and not shape
    if weights and family and drawn in indices:
        return with_probabilities(key, tuple(indices), family, drawn, words, context)
    if not params and family and words <= _OF_NUMBERS:
        return context.with_symbol(SymbolDecl(key, family, tuple(indices), shape, words))  # \alpha_t(k): numbers
    if term is not None:
        _check_closed(term, tuple(indices), context, base)
    shapes = tuple(_shape_only(scope[param]) for param in params)
    return context.with_function(FunctionDecl(key, params, shapes, shape, term, None, family, tuple(indices), words))


def _check_closed(term: Term, indices: tuple[str, ...], context: Context, base: str) -> None:
    free = [name for name in _free_indices(term) if name not in indices and name in context.indices]
    if free:
        raise DeclarationError(f"the index {free[0]} in the definition of {base} is not one of its parameters")


def _check_written_with(term: Term, param: str, what: Range | Shape, context: Context, base: str) -> None:
    """A function of V is written with V, and not with what V is made of: else it would be the same for any V."""
    decl = context.symbols.get(param)
    if decl is None or decl.definition is None or decl.family or decl.shape != what:
        return
    try:
        same = in_terms_of(context, term, param) == term
    except ReadError:
        same = False
    if not same:
        message = f"{base} is a function of {param}, and written with what {param} is made of; write it with {param}"
        raise DeclarationError(message)


def _shape_only(what: Range | Shape) -> Shape:
    return () if isinstance(what, Range) else what


def _slot(context: Context, item: s.Node) -> Slot:
    if isinstance(item, s.Relation) and len(item.rest) == 1 and item.rest[0][0] == "=":
        left = parts_of(item.first)
        if left is None:
            raise ReadError("expected a name before “=”", Span(item.start, item.stop))
        if isinstance(item.rest[0][1], s.Number):
            return Slot(literal=item.rest[0][1].text, left=left[0])
        return Slot(param=s.key(item.rest[0][1]), left=left[0])
    if parts_of(item) is None and not (isinstance(item, s.Group) and item.bracket == "{"):
        raise ReadError(f"expected a parameter, found {s.key(item)}", Span(item.start, item.stop))
    parts = parts_of(item)
    if parts is not None and parts[0] in PARAMETER_BUNDLES and _declared_shape(context, s.key(item)) is None:
        return Slot(decoration=s.key(item))
    return Slot(param=s.key(item))


def _decorated(context: Context, slot: Slot, used: frozenset[str]) -> Slot:
    """A parameter that nothing declares and the body does not use is only decoration."""
    if (
        slot.left
        or slot.decoration
        or slot.param in used
        or slot.param in context.indices
        or _declared_shape(context, slot.param) is not None
    ):
        return slot
    return Slot(decoration=slot.param)


def _declared_shape(context: Context, param: str, rows: bool = False) -> Shape | None:
    """The shape a parameter is declared with: its own, that of a family's members, or that of a scalar family's row."""
    parts = parts_of(parse_at(param, 0))
    for name in (param, parts[0] if parts else param):
        decl = context.symbols.get(name)
        if decl is None:
            continue
        given = len(items_of(parts[1])) + len(split_superscript(parts[2]).items) if parts and name != param else 0
        if not decl.shape and len(decl.family) > given and (name != param or rows):
            return (decl.family[-1].length,)
        return decl.shape
    return _whole_shape(context, param, parts)


def _whole_shape(context: Context, param: str, parts: tuple[str, s.Node | None, s.Node | None] | None) -> Shape | None:
    """The shape of ``\\boldsymbol{\\pi}`` where only its entries π_k are declared."""
    whole = option(context, "alias").get(parts[0] if parts else param)
    decl = context.symbols.get(str(whole)) if isinstance(whole, Whole) else None
    if decl is None or decl.shape:
        return None
    given = len(items_of(parts[1])) if parts else 0
    return tuple(range_.length for range_ in decl.family[given:])


def _parameter_shape(context: Context, param: str, rows: bool = False) -> Range | Shape:
    found = _declared_shape(context, param, rows)
    return found if found is not None else ()


def _names_in(term: Term) -> frozenset[str]:
    from derive.language.terms import subterms

    return frozenset(part.name for part in subterms(term) if isinstance(part, Sym | Index))


def _function_key(context: Context, base: str, group: s.Group) -> str:
    """The first form of a function has its bare name; further forms carry their arguments."""
    text = base + s.key(group)
    known = option(context, "signatures").get(base)
    if not isinstance(known, tuple) or not known:
        taken = base in context.symbols
        return text if taken or any(isinstance(item, s.Relation) for item in group.items) else base
    same = not known[0].slots or s.key(group) == _shown(known[0])
    return base if known[0].name == base and len(known) == 1 and same else text


def _shown(signature: Signature) -> str:
    words = [
        slot.decoration or (f"{slot.left}={slot.param or slot.literal}" if slot.left else slot.param)
        for slot in signature.slots
    ]
    return "(" + "".join(f"{word}{sep}" for word, sep in zip(words, (*signature.seps, ""), strict=False)) + ")"
