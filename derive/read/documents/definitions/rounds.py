"""Rounds of an iteration: what a bundle of parameters stands for, and parameters (or a model) before an update."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from derive.language.context import Context, Definition, Fact, FunctionDecl, SymbolDecl
from derive.language.dependencies import depends_on, mentioned
from derive.language.extents import Extent
from derive.language.terms import Apply, Index, Sym, Term, rebuild, subterms
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.errors import DeclarationError, ReadError
from derive.read.latex import is_readable, node_readings
from derive.read.names import BUNDLES, NAME_MARKS, Signature, Slot, option, parts_of, script
from derive.read.notation import is_transpose
from derive.read.parser import parse
from derive.read.spaces import is_space
from derive.read.targets import put

ONE = Extent.of(1)


@dataclass(frozen=True)
class Inferred:
    """A context with what a formula says without declaring it, and that in words."""

    context: Context
    notes: tuple[str, ...]


# -- bundles -----------------------------------------------------------------------------------------------------------
def bundled(node: s.Node, context: Context) -> Inferred | None:
    """``\\theta = \\{(\\pi_k, \\mu_k)\\}_{k=1}^K``: the context that knows what ``θ`` gathers; None if this is none."""
    if not isinstance(node, s.Relation) or node.rest[0][0] not in ("=", ":="):
        return None
    name, whole = node.first, node.rest[0][1]
    if parts_of(name) is None or is_readable(name, context) or _is_vector(node, context):
        return None
    members = _members(whole)
    if members is None:
        return None
    notes: list[str] = []
    if len(node.rest) > 1:
        listed = _labels(members, node.rest[1:], context)
        if listed is None:
            return None
        context, text = listed
        notes.append(text)
    texts = tuple(dict.fromkeys(_families(members, context)))
    if not texts:
        return None
    notes.append(f"{s.key(name)} stands for {', '.join(texts)}")
    return Inferred(put(context, BUNDLES, s.key(name), texts), tuple(notes))


def _is_vector(node: s.Relation, context: Context) -> bool:
    """``p = (p_1, \\dots, p_K)^T``, ``p = (p_1, \\dots, p_K) \\in \\mathbb{R}^K``: a vector, not a bundle."""
    whole = node.rest[0][1]
    transposed = isinstance(whole, s.Script) and whole.sup is not None and is_transpose(whole.sup, context, (ONE,))
    return transposed or any(op == "in" and is_space(side) for op, side in node.rest[1:])


def _labels(
    members: tuple[s.Node, ...], rest: tuple[tuple[str, s.Node], ...], context: Context
) -> tuple[Context, str] | None:
    """``(z_1, \\dots, z_N) \\in [1, K]^N``, with a size K: labels; the family joins the context."""
    match rest:
        case (
            (
                "in",
                s.Script(base=s.Group(items=(low, s.Name(text=high)), bracket=bracket), sub=None, sup=s.Node() as n),
            ),
        ):
            index = next((name for name, range_ in context.indices.items() if str(range_) == f"1..{s.key(n)}"), "")
            base = parts_of(members[0])
            closed = bracket in ("[", "[]") and high in context.sizes and s.key(low) in ("0", "1")
            if closed and index and base is not None:
                text = rf"{base[0]}_{index} \in \{{{s.key(low)}, \dots, {high}\}}"
                try:
                    return declare(text, context), text
                except DeclarationError:
                    return None
    return None


def _members(node: s.Node) -> tuple[s.Node, ...] | None:
    """The names in a list in brackets, perhaps a list of lists over an index; None if it is no such list."""
    indexed = isinstance(node, s.Script) and (node.sub is not None or node.sup is not None)
    group = node.base if isinstance(node, s.Script) else node
    while isinstance(group, s.Group) and group.bracket in ("(", "\\{", "{") and len(group.items) == 1:
        if not isinstance(group.items[0], s.Group) and not indexed:
            return None
        if not isinstance(group.items[0], s.Group):
            return group.items if parts_of(group.items[0]) is not None else None
        group = group.items[0]
    if not isinstance(group, s.Group) or group.bracket not in ("(", "\\{") or len(group.items) < 2:
        return None
    named = all(isinstance(item, s.Dots) or parts_of(item) for item in group.items)
    return group.items if named and all(sep == "," for sep in group.seps) else None


def _families(members: tuple[s.Node, ...], context: Context) -> Iterator[str]:
    """Names as they are written; ``x_1, \\dots, x_N`` is the family x_n."""
    dots = [place for place, member in enumerate(members) if isinstance(member, s.Dots)]
    if not dots:
        yield from (s.key(member) for member in members)
        return
    first, last = parts_of(members[0]), members[-1]
    if first is None or not isinstance(last, s.Script) or last.sub is None:
        return
    for name, range_ in context.indices.items():
        if str(range_) == f"1..{s.key(last.sub)}":
            yield f"{first[0]}_{name}"
            return


def members_of(name: str, context: Context) -> tuple[Sym, ...]:
    """The quantities that a bundle stands for; none if one of them is not declared, or defined by others."""
    found: list[Sym] = []
    texts = option(context, BUNDLES).get(name)
    for text in texts if isinstance(texts, tuple) else ():
        member = _primitive(parse(text), context)
        if member is None:
            return ()
        found.append(member)
    return tuple(found)


# -- marks -------------------------------------------------------------------------------------------------------------
def is_marked(node: s.Node, context: Context) -> bool:
    """Whether a mark on a declared name makes it another one, not declared: ``w^*``, ``\\pi_k^{(t+1)}``."""
    plain = unmarked_node(node, context)
    return plain is not None and is_readable(plain, context) and not is_readable(node, context)


def unmarked_node(node: s.Node, context: Context) -> s.Node | None:
    """The name without ``*``, ``(t)``, ``(t+1)`` or a word above it; None if it bears no such mark."""
    if not isinstance(node, s.Script) or node.sup is None or node.primes:
        return None
    match node.sup:
        case s.Name(text=text) if text in NAME_MARKS - {"+", "-"}:
            pass
        case s.Word(text=text) if text != "T":
            pass
        case s.Group(bracket="("):
            if _round(node.sup, context) is None:
                return None
        case _:
            return None
    return node.base if node.sub is None else replace(node, sup=None)


def _round(sup: s.Node | None, context: Context) -> str | None:
    """``t`` or ``t+1`` in ``^{(t+1)}``, if no index (and nothing else that is declared) stands there."""
    if not isinstance(sup, s.Group) or sup.bracket != "(" or len(sup.items) != 1:
        return None
    letters = [part.text for part in s.walk(sup) if isinstance(part, s.Name)]
    words = [part for part in s.walk(sup) if isinstance(part, s.Word)]
    known = (*context.indices, *context.symbols, *context.sizes)
    if any(letter in known for letter in letters) or not (letters or words):
        return None
    return s.key(sup)


# -- parameters of another round ---------------------------------------------------------------------------------------
def rounds(nodes: Sequence[s.Node], context: Context) -> Inferred:
    """The context with the parameters of other rounds that these sides mention (``\\pi_k^{(t)}`` is another quantity of
    the kind of ``\\pi_k``), and with the forms of the model in which they stand (``p(x; \\theta^{(t)})``)."""
    notes: list[str] = []
    for node in nodes:
        for part in s.walk(node):
            if isinstance(part, s.Script):
                context = _with_copy(part, context, notes)
            elif isinstance(part, s.Juxt):
                for head, group in zip(part.parts, part.parts[1:], strict=False):
                    if isinstance(group, s.Group):
                        context = _with_forms(head, group, context, notes)
    return Inferred(context, tuple(notes))


def _with_copy(node: s.Script, context: Context, notes: list[str]) -> Context:
    mark = _round(node.sup, context)
    plain = unmarked_node(node, context)
    if mark is None or plain is None or is_readable(node, context):
        return context
    member = _primitive(plain, context)
    return context if member is None else _copied(member, mark, context, notes)


def _copied(member: Sym, mark: str, context: Context, notes: list[str]) -> Context:
    """The context with ``X^{(t)}``: of the shape and with the properties of X, and with what is assumed of X alone."""
    old, name = context.symbols[member.name], _marked(member.name, mark)
    if name in context.symbols:
        return context
    notes.append(f"{name} is declared as {member.name} is, for another round")
    context = context.with_symbol(replace(old, name=name))
    for fact in context.facts:
        names = {part.name for part in subterms(fact.statement) if isinstance(part, Sym)}
        if names == {member.name}:
            context = context.with_fact(Fact(_renamed(fact.statement, {member.name: name}, {}), fact.source))
    return context


def _marked(name: str, mark: str) -> str:
    return name + script("^", mark)


def _renamed(term: Term, symbols: dict[str, str], functions: dict[str, str]) -> Term:
    term = rebuild(term, lambda part: _renamed(part, symbols, functions))
    if isinstance(term, Sym) and term.name in symbols:
        return replace(term, name=symbols[term.name])
    if isinstance(term, Apply) and term.name in functions:
        return replace(term, name=functions[term.name])
    return term


# -- the model in another round ----------------------------------------------------------------------------------------
def _with_forms(head: s.Node, group: s.Group, context: Context, notes: list[str]) -> Context:
    """The forms of a function whose parameters are ``θ``, for ``θ^{(t)}`` among its arguments."""
    base = parts_of(head)
    if base is None:
        return context
    for item in group.items:
        plain = unmarked_node(item, context)
        mark = _round(item.sup, context) if isinstance(item, s.Script) else None
        if plain is None or mark is None or not members_of(s.key(plain), context):
            continue
        for name in (base[0], s.key(head)):
            context = _forms_of(name, s.key(plain), mark, context, notes)
    return context


def _forms_of(base: str, bundle: str, mark: str, context: Context, notes: list[str]) -> Context:
    """Every declared form ``base(…; θ)`` once more with the parameters of the round."""
    found = option(context, "signatures").get(base)
    signatures = found if isinstance(found, tuple) else ()
    marked = _marked(bundle, mark)
    for signature in signatures:
        known = signature.name in context.functions or signature.name in context.symbols
        if not known or not any(slot.decoration == bundle for slot in signature.slots):
            continue
        slots = tuple(Slot(decoration=marked) if slot.decoration == bundle else slot for slot in signature.slots)
        if any(each.slots == slots for each in signatures):
            continue
        for member in members_of(bundle, context):
            context = _copied(member, mark, context, notes)
        members = {member.name: _marked(member.name, mark) for member in members_of(bundle, context)}
        turn = Renaming(context, members, bundle, marked)
        name = turn.function(signature.name) if signature.name in context.functions else turn.symbol(signature.name)
        context = _with_signature(turn.context, base, Signature(name, slots, signature.seps))
        notes.append(f"{base}(…, {marked}) is {base}(…, {bundle}) with the parameters of that round")
    return context


def _with_signature(context: Context, base: str, signature: Signature) -> Context:
    old = option(context, "signatures").get(base)
    return put(context, "signatures", base, (*(old if isinstance(old, tuple) else ()), signature))


class Renaming:
    """Everything that is made of some quantities, made of others in their place: ``symbols`` says which of which."""

    def __init__(self, context: Context, symbols: Mapping[str, str], bundle: str, marked: str) -> None:
        self.context = context
        self.bundle, self.marked = bundle, marked
        self.members = tuple(symbols)
        self.symbols = dict(symbols)
        self.functions: dict[str, str] = {}

    def function(self, name: str) -> str:
        """The name of a function in this round; its own if no parameter stands in it."""
        decl = self.context.functions[name]
        if name not in self.functions and decl.body is not None and self._is_made_of(decl.body):
            self.functions[name] = self._form(name)
            body = self.term(decl.body)
            self.context = self.context.with_function(replace(decl, name=self.functions[name], body=body))
        return self.functions.get(name, name)

    def symbol(self, name: str) -> str:
        """The name of a defined quantity in this round."""
        decl = self.context.symbols[name]
        if name not in self.symbols and decl.definition is not None and self._is_made_of(decl.definition.body):
            self.symbols[name] = self._form(name)
            definition = Definition(decl.definition.params, self.term(decl.definition.body))
            self.context = self.context.with_symbol(replace(decl, name=self.symbols[name], definition=definition))
        return self.symbols.get(name, name)

    def _form(self, name: str) -> str:
        """``p(x;\\theta)`` becomes ``p(x;\\theta^{(t)})``, and what does not show the parameters, such as ``f``,
        becomes ``f(\\theta^{(t)})``."""
        shown = bool(self.bundle) and "(" in name and self.bundle in name
        return name.replace(self.bundle, self.marked) if shown else f"{name}({self.marked})"

    def _is_made_of(self, body: Term) -> bool:
        names = mentioned(self.context, body)
        return any(depends_on(self.context, name, member) for name in names for member in self.members)

    def term(self, term: Term) -> Term:
        """A term about the others."""
        for part in subterms(term):
            if isinstance(part, Apply) and part.name in self.context.functions:
                self.function(part.name)
            elif isinstance(part, Sym) and part.name in self.context.symbols:
                self.symbol(part.name)
        return _renamed(term, self.symbols, self.functions)


# -- names -------------------------------------------------------------------------------------------------------------
def _primitive(node: s.Node, context: Context) -> Sym | None:
    """The quantity that a name stands for, written with its own indices, if nothing defines it."""
    try:
        readings = node_readings(node, context)
    except ReadError:
        return None
    term = readings[0].term
    if len(readings) != 1 or not isinstance(term, Sym):
        return None
    decl: SymbolDecl | FunctionDecl | None = context.symbols.get(term.name)
    if not isinstance(decl, SymbolDecl) or decl.definition is not None or decl.depends:
        return None
    names = [index.name for index in term.indices if isinstance(index, Index)]
    return term if len(set(names)) == len(decl.family) == len(term.indices) else None
