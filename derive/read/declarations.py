"""Declarations in the author's own notation: text to a :class:`Context`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from types import MappingProxyType

from derive.language.context import PROPERTIES, Context, Definition, Fact, FunctionDecl, SymbolDecl
from derive.language.extents import Extent, Range, Shape, show_shape
from derive.language.operators import OPERATORS
from derive.language.terms import Array, Index, Num, Span, Sym, Term, bound_names, children
from derive.read import syntax as s
from derive.read.errors import DeclarationError, ReadError
from derive.read.fitting import Typed
from derive.read.latex import is_space, node_extent, read_relations, read_space, read_typed
from derive.read.names import Component, Form, Signature, Slot, Whole, items_of, option, parts_of, split_superscript
from derive.read.parser import Parser
from derive.read.tokens import tokenize

_PREFIX = re.compile(r"^\s*(%:|<!--:|-->|//:)?\s*")
_KEYWORD = re.compile(
    r"(index|size|assume|let|where|function|alias|name|opaque|elementwise|layout|component|skip|expect)\b\s*"
)
_PROPERTY_WORDS = re.compile(r"((?:(?:^|\s+|\s*,\s*)(?:" + "|".join(sorted(PROPERTIES)) + r"|and)\b)+)\s*$")
_DOTS = re.compile(r"\s*(?:,\s*)?(?:\.\.\.?|\\[lcd]?dots[cb]?|…)\s*,?\s*")


def declare(text: str, base: Context | None = None) -> Context:
    """The context that ``text`` declares, on top of ``base``.

    >>> context = declare(r"index n = 1..N ; \\mathbf{x}_n \\in \\mathbb{R}^d")
    >>> [str(extent) for extent in context.symbols[r"\\mathbf{x}"].shape], context.indices["n"].high.name
    (['d'], 'N')
    """
    context = base or Context()
    keyword = ""
    for statement, start in _statements(text):
        match = _KEYWORD.match(statement)
        offset = start + (match.end() if match else 0)
        rest = statement[match.end() :] if match else statement
        if match:
            keyword = match.group(1)
            if keyword == "where":
                keyword = "let"
        elif not (keyword == "index" and _INDEX.search(rest)):
            keyword = ""
        try:
            context = _RULES[keyword](context, rest.strip(), offset + len(rest) - len(rest.lstrip()))
        except ReadError as error:
            raise DeclarationError(str(error), statement, error.span or Span(start, start + len(statement))) from error
        except DeclarationError as error:
            raise DeclarationError(
                error.message, statement, error.span or Span(start, start + len(statement))
            ) from error
    return context


def _statements(text: str) -> list[tuple[str, int]]:
    """Statements with their places: one a line, or several with `` ; `` between them."""
    out: list[tuple[str, int]] = []
    place = 0
    for line in text.split("\n"):
        prefix = _PREFIX.match(line)
        start = prefix.end() if prefix else 0
        body = line[start:].removesuffix("-->").rstrip()
        at = start
        for part in re.split(r"(\s;(?=\s|$))", body):
            if part.strip() and part.strip() != ";":
                lead = len(part) - len(part.lstrip())
                out.append((part.strip(), place + at + lead))
            at += len(part)
        place += len(line) + 1
    return out


# -- helpers -----------------------------------------------------------------------------------------------------------------
def _parse(text: str, offset: int) -> s.Node:
    return Parser(tokenize(text, offset)).whole()


def _items(text: str, offset: int) -> tuple[s.Node, ...]:
    parser = Parser(tokenize(text, offset))
    items, _ = parser.items("")
    if parser.here.kind != "stop":
        raise parser.fail("a comma or the end")
    return items


def _sized(context: Context, extents: tuple[Extent, ...]) -> Context:
    for extent in extents:
        for name in sorted(extent.names):
            if name in context.indices:
                raise DeclarationError(f"expected a size, found the index {name}; give one of them another letter")
            if name not in context.sizes:
                context = context.with_size(name)
    return context


def _put(context: Context, name: str, entry: str, value: object) -> Context:
    return context.with_option(name, MappingProxyType({**option(context, name), entry: value}))


def _add_option(context: Context, name: str, values: tuple[str, ...]) -> Context:
    old = context.options.get(name)
    return context.with_option(name, tuple(dict.fromkeys((*(old if isinstance(old, tuple) else ()), *values))))


def _target(context: Context, node: s.Node) -> tuple[str, tuple[str, ...], bool]:
    """The name a declaration is about, its family's index names, and whether a bare superscript is an index."""
    parts = parts_of(node)
    if parts is None:
        raise ReadError(f"expected a name, found {s.key(node)}", Span(node.start, node.stop))
    base, sub, sup = parts
    split = split_superscript(sup)
    above, raised = split.items, False
    if split.rest is not None:
        if s.key(split.rest) not in context.indices:
            raise ReadError(
                f"expected a name without an exponent, found {s.key(node)}",
                Span(node.start, node.stop),
                "write “name …” if the whole is a name",
            )
        above, raised = (split.rest,), True
    families, named = _shared(context, above)
    more, below = _shared(context, items_of(sub))
    joined = "" if isinstance(sub, s.Juxt) else ","
    tail = _script("_", joined.join(below)) + _script("^", split.marked)
    tail += _script("^", f"({','.join(named)})" if named else "")
    return base + tail, (*families, *more), raised


def _shared(context: Context, items: tuple[s.Node, ...]) -> tuple[tuple[str, ...], list[str]]:
    texts = [s.key(item) for item in items]
    if len(texts) > 1 and all(text.isalpha() for text in texts) and not all(text in context.indices for text in texts):
        outside = [item for item in items if s.key(item) not in context.indices]
        if len(outside) == len(texts) or all(item.stop - item.start == 1 for item in items):
            return (), texts
    return tuple(text for text in texts if text in context.indices), [
        text for text in texts if text not in context.indices
    ]


def _script(mark: str, text: str) -> str:
    if not text:
        return ""
    single = len(text) == 1 or (text[0] == "\\" and text[1:].isalpha()) or text.startswith("{\\mathrm")
    return mark + (text if single else f"{{{text}}}")


def _ranges(context: Context, names: tuple[str, ...]) -> tuple[Range, ...]:
    return tuple(context.indices[name] for name in names)


def _symbol(context: Context, node: s.Node, whole_name: bool = False) -> tuple[Context, SymbolDecl]:
    """The declaration of a name so far: an old one, or a new scalar."""
    if whole_name:
        name, raised = s.key(node), False
        names: tuple[str, ...] = ()
    else:
        name, names, raised = _target(context, node)
    if name in context.indices and not names:
        raise ReadError(f"{name} is declared as an index", Span(node.start, node.stop))
    context, name = _variant(context, name, names)
    old = context.symbols.get(name)
    if raised:
        context = _add_option(context, "superscript", (name,))
    return context, old or SymbolDecl(name, _ranges(context, names), names)


def _variant(context: Context, name: str, names: tuple[str, ...]) -> tuple[Context, str]:
    """The key of a quantity: its name, unless ``λ`` and ``λ_k`` are both declared; then the later one is told apart."""
    more = option(context, "variants").get(name)
    keys = (name, *more) if isinstance(more, tuple) else (name,)
    for key in keys:
        decl = context.symbols.get(key)
        if decl is None or decl.family == _ranges(context, names):
            return context, key
    other = f"{name}_{{{','.join(names)}}}" if names else f"{name}{{}}"
    return _put(context, "variants", name, (*keys[1:], other)), other


# -- index, size ---------------------------------------------------------------------------------------------------------------
_INDEX = re.compile(r"=\s*\S+?\s*(?:\.\.|\\[lcd]?dots|…)")


def _index(context: Context, text: str, offset: int) -> Context:
    """``n = 1..N``, ``j, k = 1..K``."""
    names: list[str] = []
    pieces = re.split(r"[,;](?![^{]*\})", _DOTS.sub("..", text))
    for piece in pieces:
        if "=" not in piece:
            names.append(piece.strip())
            continue
        name, _, span_text = piece.partition("=")
        low, dots, high = span_text.partition("..")
        if not dots:
            raise DeclarationError("expected a range such as n = 1..N")
        range_ = Range(node_extent(_parse(low, offset)), node_extent(_parse(high, offset)))
        context = _sized(context, (range_.low, range_.high))
        for each in (*names, name.strip()):
            letter = s.key(_parse(each, offset))
            if letter in context.sizes:
                raise DeclarationError(f"{letter} is a size already; give the index another letter")
            context = context.with_index(letter, range_)
        names = []
    if names:
        raise DeclarationError(f"expected a range for {', '.join(names)}, as in n = 1..N")
    return context


def _size(context: Context, text: str, offset: int) -> Context:
    """``K >= 2``, ``N, d``."""
    for item in _items(text, offset):
        match item:
            case s.Relation(first=first, rest=((op, s.Number(text=least)),)) if op in (">=", ">"):
                context = context.with_size(s.key(first), int(least) + (op == ">"))
            case s.Name() | s.Script():
                context = context.with_size(s.key(item))
            case _:
                raise ReadError(f"expected a size such as K >= 2, found {s.key(item)}", Span(item.start, item.stop))
    return context


# -- membership and properties --------------------------------------------------------------------------------------------------
_POSITIVE_REALS = re.compile(r"\\mathbb\{?R\}?\s*_\s*(\{\s*(?:>\s*0|\+\+)\s*\}|\{\s*(?:\\geq?\s*0|\+)\s*\}|\+\+?)")


def _membership(context: Context, text: str, offset: int, whole_name: bool = False) -> Context:
    """``a, b \\in S property …``, ``a > 0``, ``a property …``."""
    match = _PROPERTY_WORDS.search(text)
    words = frozenset(re.findall(r"[a-z_]+", match.group(1))) - {"and"} if match else frozenset()
    body = text[: match.start()] if match else text
    reals = _POSITIVE_REALS.search(body)
    if reals:
        words |= {"positive" if ">" in reals.group(1) or "++" in reals.group(1) else "nonnegative"}
        body = body[: reals.start()] + "\\mathbb{R}" + body[reals.end() :]
    if not body.strip():
        raise DeclarationError("expected a name before its properties")
    items = _items(body, offset)
    names: list[s.Node] = []
    done = False
    for item in items:
        if not isinstance(item, s.Relation):
            names.append(item)
            continue
        subjects, rule = _restriction(item)
        for node in (*names, *subjects):
            context = _restricted(context, node, rule, words, whole_name)
        names, done = [], True
    if names and not words:
        unknown = s.key(names[-1])
        raise DeclarationError(
            f"expected a declaration such as “{unknown} \\in \\mathbb{{R}}^d”, “{unknown} > 0” or “index n = 1..N”"
        )
    for node in names:
        context = _restricted(context, node, [], words, whole_name)
    if not names and not done:
        raise DeclarationError("expected a name")
    return context


Rule = list[tuple[str, s.Node]]


def _restriction(item: s.Relation) -> tuple[list[s.Node], Rule]:
    """Which name a relation restricts, and how: ``0 < c < 1`` restricts c from both sides."""
    if isinstance(item.first, s.Number | s.Sum) and len(item.rest) == 2:
        flipped = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
        (op, name), upper = item.rest
        return [name], [(flipped.get(op, op), item.first), upper]
    return [item.first], list(item.rest)


def _restricted(context: Context, node: s.Node, rule: Rule, words: frozenset[str], whole_name: bool) -> Context:
    context, decl = _symbol(context, node, whole_name)
    label = "label" in words
    for op, right in rule:
        if op == "in":
            context, decl = _in_set(context, decl, right)
        elif op in (">", ">=", "<", "<=", "!="):
            decl = _bounded(decl, op, right)
        else:
            raise ReadError(f"expected ∈, <, ≤, > or ≥ after {s.key(node)}, found {op}", Span(right.start, right.stop))
    if label and decl.label_range is None and decl.values:
        raise ReadError(f"expected a range for the label {decl.name}, as in \\{{1,…,K\\}}", Span(node.start, node.stop))
    decl = replace(decl, properties=decl.properties | words)
    _check_properties(decl)
    return context.with_symbol(decl)


def _check_properties(decl: SymbolDecl) -> None:
    square = frozenset({"symmetric", "posdef", "psd", "orthogonal", "diagonal", "invertible", "connected"})
    wrong = sorted(decl.properties & square)
    if wrong and not (len(decl.shape) == 2 and decl.shape[0] == decl.shape[1]) and not len(decl.family) >= 2:
        raise DeclarationError(
            f"expected a square matrix to be {wrong[0]}, found {decl.name} of shape {show_shape(decl.shape)}"
        )
    if decl.properties & {"onehot", "simplex"} and not decl.shape and not decl.family:
        raise DeclarationError(
            f"expected a vector or a family to be {sorted(decl.properties & {'onehot', 'simplex'})[0]}"
        )


def _in_set(context: Context, decl: SymbolDecl, node: s.Node) -> tuple[Context, SymbolDecl]:
    if is_space(node):
        shape = read_space(node, context)
        base = node.base if isinstance(node, s.Script) else node
        words = {"\\mathbb{N}": {"integer", "nonnegative"}, "\\mathbb{Z}": {"integer"}}.get(s.key(base), set())
        return _sized(context, shape), replace(decl, shape=shape, properties=decl.properties | words)
    if isinstance(node, s.Script) and node.sup is not None and isinstance(node.base, s.Group):
        shape = read_space(
            s.Script(node.start, node.stop, s.Name(node.start, node.start, "\\mathbb{R}"), None, node.sup), context
        )
        context, decl = _in_set(_sized(context, shape), replace(decl, shape=shape), node.base)
        return context, decl
    if not isinstance(node, s.Group):
        raise ReadError(
            f"expected a set such as \\mathbb{{R}}^d, \\{{0,1\\}} or (0,1), found {s.key(node)}",
            Span(node.start, node.stop),
        )
    if node.bracket == "\\{":
        return _finite(context, decl, node)
    return context, _interval(decl, node)


def _finite(context: Context, decl: SymbolDecl, node: s.Group) -> tuple[Context, SymbolDecl]:
    items = node.items
    if any(isinstance(item, s.Dots) for item in items):
        range_ = Range(node_extent(items[0]), node_extent(items[-1]))
        context = _sized(context, (range_.low, range_.high))
        return context, replace(decl, label_range=range_, properties=decl.properties | {"label", "integer"})
    keys = [s.key(item) for item in items]
    if keys == ["0", "1"]:
        return context, replace(decl, properties=decl.properties | {"binary"})
    values = tuple(_number(context, item) for item in items)
    return context, replace(decl, values=values)


def _number(context: Context, node: s.Node) -> Term:
    from derive.read.latex import node_readings

    return node_readings(node, context)[0].term


def _interval(decl: SymbolDecl, node: s.Group) -> SymbolDecl:
    """``(0,1)``, ``[0,1]``, ``(0, \\infty)``, ``[a,b)``."""
    if len(node.items) != 2:
        raise ReadError("expected an interval with two ends", Span(node.start, node.stop))
    opening, closing = (node.bracket[0], node.bracket[-1]) if len(node.bracket) == 2 else (node.bracket, node.bracket)
    low_open, high_open = opening == "(", closing in ("(", ")")
    keys = s.key(node.items[0]), s.key(node.items[1])
    words = {
        ("0", "1", True, True): "open_unit", ("0", "1", False, False): "unit", ("0", "\\infty", True, True): "positive",
        ("0", "\\infty", False, True): "nonnegative",
    }.get((keys[0], keys[1], low_open, high_open))  # fmt: skip
    if words:
        return replace(decl, properties=decl.properties | {words})
    low, high = (
        None if key.endswith("\\infty") else _number(Context(), item)
        for key, item in zip(keys, node.items, strict=True)
    )
    return replace(decl, low=low, high=high, low_open=low_open, high_open=high_open)


def _bounded(decl: SymbolDecl, op: str, node: s.Node) -> SymbolDecl:
    if isinstance(node, s.Number) and node.text == "0":
        word = {">": "positive", ">=": "nonnegative", "<": "negative", "!=": "nonzero"}.get(op)
        if word:
            return replace(decl, properties=decl.properties | {word})
    if op == "!=":
        raise ReadError("expected ≠ 0", Span(node.start, node.stop), "write “assume …” for other conditions")
    value = _number(Context(), node)
    if op in (">", ">="):
        return replace(decl, low=value, low_open=op == ">")
    return replace(decl, high=value, high_open=op == "<")


def _name(context: Context, text: str, offset: int) -> Context:
    """``name \\boldsymbol{\\sigma}^2 \\in \\mathbb{R}^m positive``: the whole group is one name."""
    match = _PROPERTY_WORDS.search(text)
    if match is None and "\\in" not in text and not re.search(r"[<>]|\\[gl]e", text):
        text += " real"
    return _membership(context, text, offset, whole_name=True)


# -- facts and definitions --------------------------------------------------------------------------------------------------------
def _assume(context: Context, text: str, offset: int) -> Context:
    words = _PROPERTY_WORDS.search(text)
    if words and words.start() > 0:
        return _membership(context, text, offset)
    for relation in read_relations(text, context, None, offset):
        context = context.with_fact(Fact(relation, source=text))
    return context


def _halves(text: str, offset: int) -> tuple[str, str, int]:
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


def _let(context: Context, text: str, offset: int) -> Context:
    """``X := …``; ``l(\\theta) := …`` names what l is at the declared θ."""
    left, right, right_offset = _halves(text, offset)
    node = _parse(left, offset)
    call = _call_form(node)
    if call is not None:
        return _let_form(context, call, text, offset)
    name, names, _ = _target_or_declared(context, node)
    return _defined(context, name, names, _body(context, right, right_offset))


def _let_form(context: Context, call: tuple[s.Node, s.Group], text: str, offset: int) -> Context:
    """``let P(x^{(i)}|\\pi) := …``: a quantity with its arguments; indices among them make it a family."""
    _, right, right_offset = _halves(text, offset)
    head, group = call
    try:
        typed = _body(context, right, right_offset)
    except ReadError:
        return _function(context, text, offset)
    base, names, _ = _target(context, head)
    free = _free_indices(typed.term)
    inside = tuple(
        name for name in _names_written(group) if name in context.indices and name in free and name not in names
    )
    forms = option(context, "called").get(base)
    forms = forms if isinstance(forms, tuple) else ()
    plain = not inside and not forms and base not in option(context, "signatures")
    key = base if plain else base + s.key(group)
    context = _defined(context, key, (*names, *inside), typed)
    kept = tuple(form for form in forms if form.name != key)
    return _put(context, "called", base, (*kept, Form(key, group, inside)))


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
    return (whole, (), False) if whole in context.symbols else _target(context, node)


def _body(context: Context, text: str, offset: int, scope: dict[str, Range | Shape] | None = None) -> Typed:
    """The one reading of a definition (of derivatives, the total one)."""
    return read_typed(text, context, scope, offset)[0]


def _defined(context: Context, name: str, names: tuple[str, ...], typed: Typed) -> Context:
    free = [index for index in _free_indices(typed.term) if index not in names and index in context.indices]
    if free:
        raise DeclarationError(
            f"the index {free[0]} in the definition is not an index of {name}; write {name}_{free[0]}"
        )
    context, name = _variant(context, name, names)
    old = context.symbols.get(name)
    if old is not None and old.shape and old.shape != typed.shape:
        raise DeclarationError(
            f"{name} is declared of shape {show_shape(old.shape)}, its definition is {show_shape(typed.shape)}"
        )
    decl = old if old is not None and old.family_names == names else SymbolDecl(name, _ranges(context, names), names)
    return context.with_symbol(replace(decl, shape=typed.shape, definition=Definition(names, typed.term)))


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


# -- functions -----------------------------------------------------------------------------------------------------------------------
def _function(context: Context, text: str, offset: int) -> Context:
    """Every form of ``function``."""
    undone = re.search(r"\s+inverse\s+of\s+(\S+)\s*$", text)
    if undone:
        return _inverse(context, text[: undone.start()], undone.group(1), offset)
    match = _PROPERTY_WORDS.search(text)
    words = frozenset(re.findall(r"[a-z_]+", match.group(1))) - {"and"} if match and match.start() > 0 else frozenset()
    text = text[: match.start()] if words and match else text
    elementwise = re.search(r"\s+elementwise\s*$", text)
    text = text[: elementwise.start()] if elementwise else text
    builtin = re.search(r"(?<![:=<>])=\s*([a-z_0-9]+)\s*$", text)
    if builtin and builtin.group(1) in OPERATORS and ":=" not in text:
        return _builtin(context, _parse(text[: builtin.start()], offset), builtin.group(1))
    if builtin and ":=" not in text and len(builtin.group(1)) > 2:
        known = ", ".join(sorted(name for name, row in OPERATORS.items() if row.elementwise))
        raise DeclarationError(f"{builtin.group(1)} is not a built-in function; scalar ones are {known}")
    body = ""
    body_offset = offset
    head = text
    if ":=" in text or (re.search(r"\)\s*=", text)):
        head, body, body_offset = _halves(text, offset)
    node = _parse(head, offset)
    shape: Shape = ()
    if isinstance(node, s.Relation) and len(node.rest) == 1 and node.rest[0][0] == "in" and is_space(node.rest[0][1]):
        shape = read_space(node.rest[0][1], context)
        context, node = _sized(context, shape), node.first
    context = _declare_function(context, node, shape, words, (body, body_offset))
    if elementwise:
        context = _add_option(context, "elementwise_functions", (_head_name(context, node),))
    return context


def _inverse(context: Context, text: str, other: str, offset: int) -> Context:
    """``function r(z) \\in \\mathbb{R}^k inverse of g``: r undoes g, and g undoes r, in the first argument."""
    known = set(context.functions)
    context = _function(context, f"{text} bijective", offset)
    new = [name for name in context.functions if name not in known]
    if other not in context.functions or "bijective" not in context.functions[other].properties:
        raise DeclarationError(f"expected a function declared bijective after “inverse of”, found {other}")
    if len(new) != 1 or len(context.functions[other].params) != len(context.functions[new[0]].params):
        raise DeclarationError(f"expected a new function with as many arguments as {other}")
    context = context.with_function(replace(context.functions[new[0]], inverse=other))
    return context.with_function(replace(context.functions[other], inverse=new[0]))


def _head_name(context: Context, node: s.Node) -> str:
    call = _call_form(node)
    return _target(context, call[0] if call else node)[0]


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
    return _put(context, "signatures", name, (Signature(name, slots, call[1].seps if call else ()),))


def _declare_function(
    context: Context, node: s.Node, shape: Shape, words: frozenset[str], body: tuple[str, int]
) -> Context:
    call = _call_form(node)
    base, names, raised = _target(context, call[0] if call else node)
    if raised:
        context = _add_option(context, "superscript", (base,))
    if call is None:
        if body[0]:
            raise DeclarationError("expected parameters before “:=”, as in function f(x) := x^2")
        decl = FunctionDecl(base, (), (), shape, None, None, _ranges(context, names), names, words)
        context = context.with_function(decl)
        return _put(context, "signatures", base, (Signature(base, ()),))
    return _with_parameters(context, base, names, call[1], shape, words, body)


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
        used = _names_in(typed.term)
        slots = [_decorated(context, slot, used) for slot in slots]
    params = tuple(slot.param for slot in slots if slot.param and slot.param not in context.indices)
    key = _function_key(context, base, group)
    signature = Signature(key, tuple(slots), group.seps)
    old = option(context, "signatures").get(base)
    others = tuple(sig for sig in old if sig.name != key) if isinstance(old, tuple) else ()
    context = _put(context, "signatures", base, (*others, signature))
    family = _ranges(context, tuple(indices))
    if not params and term is not None:
        _check_closed(term, tuple(indices), context, base)
        decl = SymbolDecl(
            key, family, tuple(indices), shape, words - {"density"}, definition=Definition(tuple(indices), term)
        )
        return context.with_symbol(decl)
    if term is not None:
        _check_closed(term, tuple(indices), context, base)
    shapes = tuple(_shape_only(scope[param]) for param in params)
    return context.with_function(FunctionDecl(key, params, shapes, shape, term, None, family, tuple(indices), words))


def _check_closed(term: Term, indices: tuple[str, ...], context: Context, base: str) -> None:
    free = [name for name in _free_indices(term) if name not in indices and name in context.indices]
    if free:
        raise DeclarationError(f"the index {free[0]} in the definition of {base} is not one of its parameters")


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


PARAMETER_BUNDLES = frozenset(
    {"\\theta", "\\Theta", "\\boldsymbol{\\theta}", "\\mathbf{\\theta}", "\\boldsymbol{\\Theta}"}
)
"""Names that, when nothing declares them, stand for all parameters together and decide nothing."""


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
    parts = parts_of(_parse(param, 0))
    for name in (param, parts[0] if parts else param):
        decl = context.symbols.get(name)
        if decl is None:
            continue
        given = len(items_of(parts[1])) + len(split_superscript(parts[2]).items) if parts and name != param else 0
        if not decl.shape and len(decl.family) > given and (name != param or rows):
            return (decl.family[-1].length,)
        return decl.shape
    return None


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
    return base if known[0].name == base and len(known) == 1 and s.key(group) == _shown(known[0]) else text


def _shown(signature: Signature) -> str:
    words = [
        slot.decoration or (f"{slot.left}={slot.param or slot.literal}" if slot.left else slot.param)
        for slot in signature.slots
    ]
    return "(" + "".join(f"{word}{sep}" for word, sep in zip(words, (*signature.seps, ""), strict=False)) + ")"


# -- notation ---------------------------------------------------------------------------------------------------------------------------
def _alias(context: Context, text: str, offset: int) -> Context:
    """``alias \\boldsymbol{x}_n = \\mathbf{x}_n``: one thing, two spellings."""
    left, right, right_offset = _halves(text, offset)
    new, old = _parse(left, offset), _parse(right, right_offset)
    new_parts, parts = parts_of(new), parts_of(old)
    if new_parts is None:
        raise ReadError(f"expected a name, found {s.key(new)}", Span(new.start, new.stop))
    if any(found is not None and split_superscript(found[2]).rest is not None for found in (new_parts, parts)):
        return _put(context, "alias", s.key(new), old)
    new_name, new_family, _ = _target(context, new)
    if parts is not None:
        old_name, old_family, _ = _target(context, old)
        if new_family == old_family:
            context = _put(context, "alias", new_name, old_name)
            if new_parts[0] != new_name and new_parts[1:] == parts[1:]:
                context = _put(context, "alias", new_parts[0], parts[0])
            return context
    if new_family:
        raise DeclarationError("expected the same indices on both sides of an alias")
    return _put(context, "alias", new_name, old)


def _opaque(context: Context, text: str, offset: int) -> Context:
    """``L depends on a, b``: an unknown function of these."""
    left, words, right = text.partition("depends on")
    if not words:
        raise DeclarationError("expected “opaque L depends on a, b”")
    context, decl = _symbol(context, _parse(left, offset))
    depends: list[Term] = []
    for item in _items(right, offset + len(left) + len(words)):
        from derive.read.latex import node_readings

        depends.append(node_readings(item, context)[0].term)
    return context.with_symbol(replace(decl, depends=tuple(depends)))


def _elementwise(context: Context, text: str, offset: int) -> Context:
    known = ("+", "-", "/", "^", "\\sqrt", "*")
    marks = tuple(text.replace(",", " ").split())
    for mark in marks:
        if mark not in known:
            raise DeclarationError(f"expected some of {' '.join(known)} after “elementwise”, found {mark}")
    return _add_option(context, "elementwise", tuple("+" if mark == "-" else mark for mark in marks))


def _layout(context: Context, text: str, offset: int) -> Context:
    if text not in ("gradient", "jacobian"):
        raise DeclarationError(f"expected “layout gradient” or “layout jacobian”, found {text}")
    return context.with_option("layout", text)


def _component(context: Context, text: str, offset: int) -> Context:
    """``\\pi_k of \\boldsymbol{\\pi}``: entries of a vector, or the vector of a family."""
    left, word, right = text.partition(" of ")
    if not word:
        raise DeclarationError("expected “component x_{ni} of \\mathbf{x}_n”")
    name, names, _ = _target(context, _parse(left, offset))
    whole, whole_names, _ = _target(context, _parse(right, offset + len(left) + len(word)))
    if names[: len(whole_names)] != whole_names or len(names) <= len(whole_names):
        raise DeclarationError(f"expected the indices of {whole} first, then those of the entry")
    family, vector = context.symbols.get(name), context.symbols.get(whole)
    missing = names[len(whole_names) :]
    if vector is None:
        if family is None:
            raise DeclarationError(f"expected {whole} or {name} to be declared before")
        return _add_option(_put(context, "alias", whole, Whole(name)), "whole", (name,))
    if len(vector.shape) != len(missing):
        raise DeclarationError(
            f"{whole} has shape {show_shape(vector.shape)}; {name} has {len(missing)} index(es) more"
        )
    if family is not None and family.definition is not None and vector.definition is None:
        pairs = tuple((index, context.indices[index]) for index in missing)
        body = Array(pairs, Sym(name, tuple(Index(index) for index in names)))
        return context.with_symbol(replace(vector, definition=Definition(whole_names, body)))
    if family is not None:
        context = context.with_symbol(replace(vector, properties=vector.properties | family.properties))
    return _put(context, "component", name, Component(whole, len(whole_names), len(missing)))


def _nothing(context: Context, text: str, offset: int) -> Context:
    """``skip`` and ``expect`` speak to the reader of documents."""
    return context


_RULES: Mapping[str, Callable[[Context, str, int], Context]] = {
    "index": _index, "size": _size, "assume": _assume, "let": _let, "function": _function, "alias": _alias, "name": _name,
    "opaque": _opaque, "elementwise": _elementwise, "layout": _layout, "component": _component, "skip": _nothing,
    "expect": _nothing, "": _membership,
}  # fmt: skip

__all__ = ["DeclarationError", "Num", "declare"]
