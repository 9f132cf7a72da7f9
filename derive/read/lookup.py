"""What a name stands for: bound, declared, an entry, a literal; and whether its subscripts are in range."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from derive.language.context import Context, SymbolDecl
from derive.language.extents import SCALAR, Extent, Range, Shape
from derive.language.terms import Array, Const, Entry, Index, Num, Op, Size, Sym, Term, subterms
from derive.read import syntax as s
from derive.read.dependencies import inline
from derive.read.errors import ReadError, Undeclared, WrongIndices, WrongRange
from derive.read.fitting import Typed, size_term
from derive.read.names import (
    BELOW_MARKS,
    DRAWN,
    MARK_WORDS,
    Candidate,
    Component,
    Form,
    Whole,
    candidates,
    items_of,
    number_above,
    option,
    parts_of,
    similar,
    split_superscript,
)
from derive.read.notation import IDENTITIES, ONES, ZEROS, is_transpose, moved_whole, place_of, words_of

if TYPE_CHECKING:
    from derive.read.resolver import Resolver


OF_ONE = "of one"
"""The notation switch that lists the names that stand for one member of a family, as its index is kept fixed."""


def shares(r: Resolver, base: str, sub: s.Node | None, sup: s.Node | None) -> Iterator[Candidate]:
    """Candidates for a name, with its alias and with superscript indices where they were declared."""
    alias = r.alias.get(base)
    renamed = isinstance(alias, str) and not isinstance(alias, Whole) and alias != base
    if renamed and split_superscript(sup).items and base not in r.context.symbols:  # \\mu^{(t)} is of the thing itself
        yield from raised(r, str(alias), sub, sup)
    yield from raised(r, base, sub, sup)
    if renamed:
        yield from raised(r, str(alias), sub, sup)


def raised(r: Resolver, base: str, sub: s.Node | None, sup: s.Node | None) -> Iterator[Candidate]:
    """Candidates for one spelling, with superscript indices where they were declared."""
    rest = split_superscript(sup).rest
    for candidate in candidates(base, sub, sup):
        again = r.alias.get(candidate.name)
        renamed = isinstance(again, str) and not isinstance(again, Whole)
        name = str(again) if renamed else candidate.name
        if rest is not None and candidate.rest is not None and name in r.supers and not is_transpose(rest, r.context):
            yield Candidate(name, (*items_of(rest), *candidate.indices), None)
        elif name != candidate.name:
            yield Candidate(candidate.name, candidate.indices, candidate.rest)
            yield Candidate(name, candidate.indices, candidate.rest)
        else:
            yield candidate


def is_declared(r: Resolver, base: str, sub: s.Node | None, sup: s.Node | None) -> bool:
    """Whether the author declared this name (with some of its scripts), so that its usual meaning is off."""
    places = (r.scope, r.context.symbols, r.components, r.alias, r.variants)
    return any(candidate.name in place for candidate in shares(r, base, sub, sup) for place in places)


def named(r: Resolver, node: s.Node, head: tuple[str, s.Node | None, s.Node | None], following: s.Node | None) -> Typed:
    """The value of a name with its scripts."""
    base, sub, sup = head
    for candidate in shares(r, base, sub, sup):
        found = known_value(r, candidate, node)
        if found is not None:
            scripts = (*items_of(sub), *split_superscript(sup).items)
            _refuse_late_index(r, candidate, base, scripts, node)
            _refuse_other_members(r, candidate, base, scripts, node)
            return found if candidate.rest is None else r.scripted(found, None, candidate.rest, node)
    labelled = by_label(r, base, sub, node) if sub is not None else None
    if labelled is not None:
        return labelled if sup is None else r.scripted(labelled, None, sup, node)
    literal = literal_value(r, base, sub, node)
    if literal is not None:
        return literal if sup is None else r.scripted(literal, None, sup, node)
    call = _at_own_parameter(r, base, node) if sub is None and sup is None else None
    if call is not None:
        return r.expression(call)
    if sup is not None and split_superscript(sup).marked:
        raise undeclared(r, f"{base}^{split_superscript(sup).marked}", sub, None, node)
    if sub is not None or sup is not None:
        inner = node.base if isinstance(node, s.Script) else node
        if is_known(r, base) and inner is not node and sub is None and not _counts_above(r, sup):
            return r.scripted(r.expression(inner), None, sup, node)
    raise undeclared(r, base, sub, sup, node)


def by_label(r: Resolver, base: str, sub: s.Node | None, node: s.Node) -> Typed | None:
    """``\\mu_{y_i}`` of a label that is 0 or 1, where ``\\mu_0`` and ``\\mu_1`` are declared: (1 - y) μ_0 + y μ_1."""
    members = [r.context.symbols.get(f"{base}_{value}") for value in (0, 1)]
    if base in r.context.symbols or len(items_of(sub)) != 1 or sub is None:
        return None
    if any(decl is None or decl.family for decl in members) or len({decl.shape for decl in members if decl}) != 1:
        return None
    try:
        label = r.expression(items_of(sub)[0])
    except ReadError:
        return None
    decl = r.context.symbols.get(label.term.name) if isinstance(label.term, Sym) else None
    if decl is None or decl.shape or not is_binary(decl):
        return None
    one = Typed(Num(Fraction(1), span=place_of(node)), SCALAR)
    values = [
        Typed(Sym(f"{base}_{value}", span=place_of(node)), member.shape)
        for value, member in enumerate(members)
        if member
    ]
    weights = [r.op("add", [one, r.op("neg", [label], node)], node), label]
    return r.op("add", [r.op("mul", [w, v], node) for w, v in zip(weights, values, strict=True)], node)


def is_binary(decl: SymbolDecl | None) -> bool:
    """Whether a quantity is 0 or 1."""
    if decl is None:
        return False
    values = {value.value for value in decl.values if isinstance(value, Num)}
    return "binary" in decl.properties or values == {0, 1}


def _refuse_late_index(r: Resolver, found: Candidate, base: str, items: tuple[s.Node, ...], node: s.Node) -> None:
    """``x_n`` that was declared before the index n is one whole name: under a sum over n it would stay the same."""
    if found.indices or found.name == base or found.name in words_of(r.context.options.get("named")):
        return
    if found.name in r.scope or found.name not in r.context.symbols:
        return
    for item in items:
        letter = s.key(item)
        if letter in r.context.indices or isinstance(r.scope.get(letter), Range):
            raise ReadError(
                f"{found.name} was declared before its index {letter}",
                place_of(node),
                f"declare the index {letter} first, or write “name {found.name} …” if {letter} is part of the name",
            )


def _refuse_other_members(r: Resolver, found: Candidate, base: str, items: tuple[s.Node, ...], node: s.Node) -> None:
    """``z_r`` under ``\\mathbb{E}_{z_r}`` is one variable: under a sum over r it would be the same for all r, and
    another member ``z_s`` would be no random quantity."""
    if not items:
        return
    order = list(r.scope)
    if found.name in r.scope and found.name != base:
        later = order[order.index(found.name) + 1 :]
        moved = [s.key(item) for item in items if s.key(item) in later and isinstance(r.scope[s.key(item)], Range)]
    else:
        moved = [key for key in order if key.startswith(f"{base}_") and found.name == base]
    if moved:
        raise ReadError(
            f"expected an expectation over all of {base}, found one over a single member",
            place_of(node),
            "write it over one variable, or declare the distribution of the vector",
        )


def _refuse_bound(r: Resolver, name: str, other: s.Node, node: s.Node) -> None:
    """``a`` that stands for ``\\alpha_t`` is not another one for each t of a sum."""
    for part in s.walk(other):
        if isinstance(part, s.Name) and part.text in r.scope:
            message = f"{name} stands for something of one {part.text}, found where {part.text} is bound"
            raise ReadError(message, place_of(node), "write what it stands for")


def _at_own_parameter(r: Resolver, base: str, node: s.Node) -> s.Node | None:
    """``f'(u)`` for ``f'``, where the text has said what ``f(u)`` is, of a declared number u; None otherwise."""
    name = base.rstrip("'")
    function, forms = r.context.functions.get(name), r.called.get(name)
    match forms if isinstance(forms, tuple) else ():
        case (Form(group=s.Group(items=(s.Name(text=parameter),))),):
            known = r.context.symbols.get(name)
            told = known is not None and known.definition is not None
        case _:
            told = function is not None and function.body is not None and not function.family
            parameter = function.params[0] if function is not None and len(function.params) == 1 else ""
    decl = r.context.symbols.get(parameter)
    if name == base or not told or decl is None or decl.shape or decl.family or parameter in r.scope:
        return None
    group = s.Group(node.stop, node.stop, "(", (s.Name(node.stop, node.stop, parameter),))
    return s.Juxt(node.start, node.stop, (node, group))


def is_known(r: Resolver, base: str) -> bool:
    """Whether a bare name stands for anything here."""
    return base in r.scope or base in r.context.symbols or base in r.context.sizes or base in r.context.indices


def undeclared(r: Resolver, base: str, sub: s.Node | None, sup: s.Node | None, node: s.Node) -> ReadError:
    """The error for a name that stands for nothing, with what may have been meant."""
    kept = sup if split_superscript(sup).marked else number_above(sup)
    if sub is None and _counts_above(r, sup):  # w^{(i)} is w_i
        (sub,) = split_superscript(sup).items
    bare = s.key(s.Script(node.start, node.stop, s.Name(node.start, node.stop, base), sub, kept))
    decl = r.context.symbols.get(base)
    if decl is not None and len(decl.family) > (len(items_of(sub)) if sub is not None else 0):
        family = ",".join(decl.family_names)
        return ReadError(
            f"{bare} has too few indices; it is declared as {base}_{{{family}}}", place_of(node), "write its indices"
        )
    if sub is None and (base in r.context.functions or base in r.signatures):
        return ReadError(f"{bare} is a function, found without its arguments", place_of(node))
    hint = similar(base, iter((*r.context.symbols, *r.context.sizes)))
    return Undeclared(bare, place_of(node), hint)


def _counts_above(r: Resolver, sup: s.Node | None) -> bool:
    """``^{(i)}`` of an index i: what counts, and no exponent."""
    split = split_superscript(sup)
    if len(split.items) != 1 or split.rest is not None or not isinstance(split.items[0], s.Name):
        return False
    letter = split.items[0].text
    return letter in r.context.indices or isinstance(r.scope.get(letter), Range)


def known_value(r: Resolver, candidate: Candidate, node: s.Node) -> Typed | None:
    """What one candidate stands for, or None."""
    name, indices = candidate.name, candidate.indices
    bound = r.scope.get(name)
    member = isinstance(bound, Range) and bool(indices) and name in r.context.indices  # k_j under a sum over k
    if bound is not None and not (member and name in r.variants):
        return bound_value(r, name, bound, indices, node)
    component = r.components.get(name)
    known = isinstance(component, Component) and component.whole in r.context.symbols  # it may have been given up
    if known and isinstance(component, Component) and len(indices) == component.family + component.entries:
        whole = place(r, component.whole, indices[: component.family], node)
        below = tuple(r.index(item) for item in indices[component.family :])
        for index, extent in zip(below, r.fitting.settle(whole.shape), strict=False):
            check_range(r, index, Range.upto(extent), name)
        return r.entry_of(whole, below, node)
    other = r.alias.get(name)
    if isinstance(other, s.Node) and not indices:
        if name in words_of(r.context.options.get(OF_ONE)):
            _refuse_bound(r, name, other, node)
        return r.expression(other)
    if isinstance(other, Whole):
        return family_row(r, r.context.symbols[str(other)], tuple(r.index(item) for item in indices), node)
    placed = declared_value(r, name, indices, node)
    if placed is not None or indices:
        return placed
    if name in r.context.indices:
        return Typed(Index(name, span=place_of(node)), SCALAR)
    if name in r.context.sizes and not (r.identity and name in IDENTITIES):
        return Typed(Size(name, span=place_of(node)), SCALAR)
    return None


def declared_value(r: Resolver, name: str, indices: tuple[s.Node, ...], node: s.Node) -> Typed | None:
    """The declared quantity of this name that takes these indices (``λ`` and ``λ_k`` may both be declared)."""
    if any(isinstance(item, s.Relation) or (isinstance(item, s.Group) and "|" in item.seps) for item in indices):
        return None  # \mu_{z|x}: no entry of \mu
    more = r.variants.get(name)
    keys = (*reversed(more), name) if isinstance(more, tuple) else (name,)  # what was declared last is meant first
    decls = [r.context.symbols[key] for key in keys if key in r.context.symbols]
    decls.sort(key=lambda decl: len(decl.family) != len(indices))
    problem: ReadError | None = None
    for decl in decls:
        if decl.family and not indices and (name in r.context.sizes or name in r.context.indices or name == "\\pi"):
            continue
        if indices and not decl.family and not decl.shape:
            continue
        try:
            return place(r, decl.name, indices, node)
        except ReadError as error:
            problem = problem or error
    if problem is not None:
        raise problem
    return None


def check_range(r: Resolver, index: Term, wanted: Range, name: str) -> None:
    """An index must run within the range it is used for."""
    if isinstance(index, Num):
        low, high = wanted.low.constant, wanted.high.constant
        if (low is not None and index.value < low) or (high is not None and index.value > high):
            message = f"{name} has no member {index.value}; its index runs over {wanted}"
            raise WrongIndices(message, f"{name}_{index.value}", index.span)
    if not isinstance(index, Index):
        return
    found = r.scope.get(index.name) or r.context.indices.get(index.name)
    if not isinstance(found, Range) or found == wanted:
        return
    below, above = widest(r, found.low - wanted.low), widest(r, wanted.high - found.high)
    if any(gap.constant is None and not (gap.names & index_names(r)) for gap in (below, above)):
        raise WrongRange(
            f"the index {index.name} runs over {found}, {name} takes {wanted}",
            index.span,
            "use an index of that range",
            name,
            index.name,
        )
    if any(gap.constant is not None and gap.constant < 0 for gap in (below, above)):
        raise WrongRange(f"the index {index.name} runs over {found}, out of the range {wanted} of {name}", index.span)


def widest(r: Resolver, gap: Extent) -> Extent:
    """A gap between bounds, with indices in it at their greatest (when they are taken away)."""
    for names, factor in gap.terms:
        if len(names) == 1 and factor == -1:
            found = r.scope.get(names[0]) or r.context.indices.get(names[0])
            if isinstance(found, Range):
                return gap.renamed({names[0]: found.high})
    return gap


def index_names(r: Resolver) -> frozenset[str]:
    """Every name that is an index here."""
    return frozenset(name for name, what in r.scope.items() if isinstance(what, Range)) | frozenset(r.context.indices)


def bound_value(r: Resolver, name: str, what: Range | Shape, indices: tuple[s.Node, ...], node: s.Node) -> Typed | None:
    """A bound name: an index, or (an entry of) a variable."""
    if isinstance(what, Range):
        return None if indices else Typed(Index(name, span=place_of(node)), SCALAR)
    return r.entry(Typed(Sym(name, span=place_of(node)), what), indices, node)


def place(r: Resolver, name: str, nodes: tuple[s.Node, ...], node: s.Node) -> Typed:
    """A declared symbol with its indices: members of a family, then entries; missing last ones make an array."""
    decl = r.context.symbols[name]
    family, rank = len(decl.family), len(decl.shape)
    if any(s.key(item) == ":" for item in nodes):
        return sliced(r, decl, nodes, node)
    if len(nodes) == 1 and family + rank == 2 and isinstance(nodes[0], s.Number) and len(nodes[0].text) == 2:
        first = nodes[0]
        nodes = tuple(s.Number(first.start, first.stop, digit) for digit in first.text)
    if len(nodes) > 1 and s.key(_unraised(node)) in words_of(r.context.options.get("labels")):
        raise Undeclared(s.key(_unraised(node)), place_of(node))
    if len(nodes) > family + rank:
        if "".join(map(s.key, nodes)) in MARK_WORDS or _is_word(
            nodes, r.context
        ):  # w_{MAP}, L_{sym}: names of their own
            raise Undeclared(s.key(node), place_of(node))
        message = f"{name} takes {family + rank} subscript(s), found {len(nodes)}"
        if family and not rank and all(s.key(item) in r.context.indices for item in nodes):  # N_{kj} beside N_k
            raise WrongIndices(message, s.key(_unraised(node)), place_of(node), given=len(nodes))
        raise ReadError(message, place_of(node))
    if any(s.key(item) in BELOW_MARKS for item in nodes):  # x_*: another one, of its own
        raise Undeclared(s.key(_unraised(node)), place_of(node))
    _refuse_quantities(r, name, nodes, node)
    indices = tuple(r.index(item) for item in nodes)
    if nodes and not family and _are_labels(r, indices, decl.shape):
        raise Undeclared(s.key(_unraised(node)), place_of(node), f"{name} has no such entry")
    if len(nodes) == family - 1 and name in words_of(r.context.options.get("implied")):
        indices = (*indices, implied(r, decl, node))
        nodes = (*nodes, s.Name(node.start, node.start, decl.family_names[-1]))
    for index, range_ in zip(indices, (*decl.family, *[Range.upto(extent) for extent in decl.shape]), strict=False):
        check_range(r, index, range_, name)
    if len(nodes) < family:
        return family_row(r, decl, indices, node)
    base = symbol_value(r, decl, indices[:family], node)
    return r.entry_of(base, indices[family:], node)


def _are_labels(r: Resolver, indices: tuple[Term, ...], shape: Shape) -> bool:
    """Whether subscripts of a vector or matrix are sizes that measure none of its axes, as in ``S_{N+1}``, the S of N+1
    observations: no entry, but a name of its own."""
    for index, extent in zip(indices, r.fitting.settle(shape), strict=False):
        names = {part.name for part in subterms(index) if isinstance(part, Size)}
        if not names or any(isinstance(part, Index | Sym) for part in subterms(index)):
            return False
        if names & extent.names:
            return False
    return bool(indices)


def _unraised(node: s.Node) -> s.Node:
    """A name with its subscripts only."""
    if isinstance(node, s.Script) and node.sub is not None and node.sup is not None:
        return s.Script(node.start, node.stop, node.base, node.sub)
    return node


def sliced(r: Resolver, decl: SymbolDecl, nodes: tuple[s.Node, ...], node: s.Node) -> Typed:
    """``X_{i,:}`` and ``X_{:,j}``: a row of a matrix, as one row or as a vector, and a column."""
    shape = r.fitting.settle(decl.shape)
    colons = [at for at, item in enumerate(nodes) if s.key(item) == ":"]
    if decl.family or len(shape) != 2 or len(nodes) != 2 or len(colons) != 1:
        raise ReadError(f"expected a row or a column of a matrix, found {s.key(node)}", place_of(node))
    (free,) = colons
    index = r.index(nodes[1 - free])
    check_range(r, index, Range.upto(shape[1 - free]), decl.name)
    name, span = f"i_{r.fitting.fresh()}", place_of(node)
    slots = (index, Index(name, span=span)) if free else (Index(name, span=span), index)
    line = Array(((name, Range.upto(shape[free])),), Entry(Sym(decl.name, span=span), slots, span=span), span=span)
    vector = Typed(line, (shape[free],))
    if not free:
        return vector
    r.open_choices.add("upright")
    return vector if r.policy.upright else r.op("transpose", [vector], node)


def implied(r: Resolver, decl: SymbolDecl, node: s.Node) -> Term:
    """The index that a name leaves out because the text keeps it fixed: the one of the context, not one bound here."""
    name = decl.family_names[-1]
    if name in r.scope or r.context.indices.get(name) != decl.family[-1]:
        raise ReadError(f"{decl.name} is meant at one {name}, found under an operator over {name}", place_of(node))
    return Index(name, span=place_of(node))


def _refuse_quantities(r: Resolver, name: str, nodes: tuple[s.Node, ...], node: s.Node) -> None:
    """``K_y`` with a vector y, ``W_λ`` with a number λ that is not whole, ``L_{\\text{sym}}`` with a word: no member,
    but a name of its own."""
    for item in nodes:
        if len(nodes) == 1 and _is_label(r, name, item):
            raise Undeclared(f"{name}_{s.key(item)}", place_of(node), f"declare it; {s.key(item)} is no index")
        parts = parts_of(item)
        decl = r.context.symbols.get(parts[0]) if parts is not None else None
        known = parts is not None and (parts[0] in r.scope or parts[0] in r.context.indices)
        is_word = s.key(item).startswith("\\mathrm{") and s.key(item) not in r.context.sizes
        if known or (decl is None and not is_word) or (decl is not None and _counts(decl)):
            continue
        whole = f"{name}_{s.key(item)}" if len(nodes) == 1 else s.key(node)
        raise Undeclared(whole, place_of(node), f"declare it; {s.key(item)} is no index")


def _is_word(nodes: tuple[s.Node, ...], context: Context) -> bool:
    """Whether subscripts are three letters or more, written as one word, of which some count nothing."""
    letters = [item.text for item in nodes if isinstance(item, s.Name) and re.fullmatch("[A-Za-z]", item.text)]
    together = all(one.stop == other.start for one, other in pairwise(nodes))
    return len(letters) == len(nodes) > 2 and together and not all(each in context.indices for each in letters)


def refuse_quantity(r: Resolver, item: s.Node) -> None:
    """``V(x)`` of a family V and a number x that does not count: no member."""
    parts = parts_of(item)
    decl = r.context.symbols.get(parts[0]) if parts is not None else None
    known = parts is not None and (parts[0] in r.scope or parts[0] in r.context.indices)
    if decl is not None and not known and not _counts(decl):
        raise ReadError(f"expected an index, found the quantity {s.key(item)}", place_of(item), "use an index")


def _is_label(r: Resolver, name: str, node: s.Node) -> bool:
    """``S_B`` with a capital B that stands for nothing: no index is written so. And what the text uses as a label."""
    if f"{name}_{s.key(node)}" in words_of(r.context.options.get("labels")):
        return True
    places = (r.scope, r.context.symbols, r.context.sizes, r.context.indices, r.components, r.alias)
    capital = isinstance(node, s.Name) and len(node.text) == 1 and node.text.isupper()
    return capital and isinstance(node, s.Name) and not any(node.text in place for place in places)


def _counts(decl: SymbolDecl) -> bool:
    """Whether the values of a quantity can be subscripts."""
    if decl.label_range is not None or decl.values or decl.properties & {"integer", "binary", "label"}:
        return True
    return decl.definition is not None and not decl.shape


def symbol_value(r: Resolver, decl: SymbolDecl, indices: tuple[Term, ...], node: s.Node) -> Typed:
    """One member of a family; opened where a binder captures what its definition mentions."""
    found: Term = Sym(decl.name, indices, span=place_of(node))
    if r.scope and decl.definition is not None:
        opened = inline(r.context, decl, indices, r.scope)
        found = found if opened is None else moved_whole(opened, place_of(node))
    return Typed(found, decl.shape)


def family_row(r: Resolver, decl: SymbolDecl, indices: tuple[Term, ...], node: s.Node) -> Typed:
    """``x^{(i)}`` where ``x_d^{(i)}`` was declared: the vector over the missing indices."""
    missing = len(decl.family) - len(indices)
    if decl.shape or (not indices and not whole_family(r, decl.name)):
        family = ",".join(decl.family_names)
        raise WrongIndices(
            f"{decl.name} has {len(indices)} index(es) here; it is declared as {decl.name}_{{{family}}}",
            decl.name,
            place_of(node),
            given=len(indices),
        )
    fixed: tuple[Term, ...] = ()
    over = slice(len(indices), len(decl.family))
    if missing > 1 and decl.name in words_of(r.context.options.get("implied")):  # q of all q_k, at the c of the text
        fixed, over = (implied(r, decl, node),), slice(len(indices), len(decl.family) - 1)
    names = tuple(f"{name}'" if taken(r, name) else name for name in decl.family_names[over])
    pairs = tuple(zip(names, decl.family[over], strict=True))
    letters = [Index(name, span=place_of(node)) for name in names]
    body = Sym(decl.name, (*indices, *letters, *fixed), span=place_of(node))
    return Typed(Array(pairs, body, span=place_of(node)), tuple(range_.length for _, range_ in pairs))


def taken(r: Resolver, name: str) -> bool:
    """Whether a name is an index already."""
    return name in r.scope or name in r.context.indices


def whole_family(r: Resolver, name: str) -> bool:
    """Whether a family may be written without its indices, as a vector."""
    return name in words_of(r.context.options.get("whole"))


def literal_value(r: Resolver, base: str, sub: s.Node | None, node: s.Node) -> Typed | None:
    """I (and its entries I_{ij}), \\mathbf{1}, \\mathbf{0}, e, \\pi, \\infty, unless declared; no e that a text calls
    random."""
    span = place_of(node)
    items = items_of(sub)
    if base in IDENTITIES and len(items) == 2 and all(s.key(item) in index_names(r) for item in items):
        return r.op("delta", [Typed(r.index(item), SCALAR) for item in items], node)
    if base in ONES | ZEROS | IDENTITIES:
        extent = r.fitting.open() if sub is None else r.extent(sub)
        size = Size(extent.name, span=span) if extent.name else size_term(extent, span)
        name = "ones" if base in ONES else "zeros" if base in ZEROS else "identity"
        shape = (extent, extent) if name == "identity" else (extent,)
        return Typed(Op(name, (size,), span=span), shape)
    constant = {"\\pi": "pi", "e": "e", "\\infty": "inf", "\\mathrm{e}": "e"}.get(base)
    if constant is not None and sub is None and base not in option(r.context, DRAWN):
        return Typed(Const(constant, span=span), SCALAR)
    return None
