"""Declarations in the author's own notation: text to a :class:`Context`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from derive.language.circular import circle
from derive.language.context import Context, Definition, Fact, SymbolDecl
from derive.language.dependencies import depends_on
from derive.language.extents import Range, show_shape
from derive.language.terms import Array, Index, Span, Sym, Term
from derive.read import syntax as s
from derive.read.before_first import with_member
from derive.read.called_members import is_bound_of_calls, members, written_so
from derive.read.definitions import PROPERTY_WORDS, function, halves, let
from derive.read.entries_said import said_of_entries
from derive.read.errors import DeclarationError, ReadError, Undeclared
from derive.read.latex import read_relations
from derive.read.lines_of import family_key, stacked
from derive.read.named_sets import named_set
from derive.read.names import Component, Whole, items_of, option, parts_of, split_superscript
from derive.read.parametrised import with_parameters
from derive.read.spaces import is_space, node_extent, read_space
from derive.read.targets import (
    add_option,
    declared_so_far,
    items_at,
    parse_at,
    put,
    ranges_of,
    target,
    with_sizes,
)
from derive.read.whole_numbers import bounded_set, enumerated

_PREFIX = re.compile(r"^\s*(%:|<!--:|-->|//:)?\s*")
_KEYWORD = re.compile(
    r"(index|size|assume|let|where|function|alias|name|opaque|elementwise|layout|component|rows|columns|skip|expect)\b\s*"
)
_DOTS = re.compile(r"\s*(?:,\s*)?(?:\.\.\.?|\\[lcd]?dots[cb]?|…)\s*,?\s*")


def declare(text: str, base: Context | None = None) -> Context:
    """The context that ``text`` declares, on top of ``base``.

    >>> context = declare(r"index n = 1..N ; \\mathbf{x}_n \\in \\mathbb{R}^d")
    >>> [str(extent) for extent in context.symbols[r"\\mathbf{x}"].shape], context.indices["n"].high.name
    (['d'], 'N')
    """
    context = base or Context()
    todo = _in_order(_with_keywords(text), context)
    while todo:
        later: list[Statement] = []
        problem: DeclarationError | None = None
        for statement in todo:
            try:
                context = _one(context, statement)
            except DeclarationError as error:
                if not isinstance(error.__cause__, Undeclared):
                    raise
                problem = problem or error
                later.append(statement)
        if problem is not None and len(later) == len(todo):
            later = [_of_calls(statement, context) for statement in later]
            if later == todo:
                raise problem
        todo = later
    return with_parameters(context)


def _of_calls(statement: Statement, context: Context) -> Statement:
    """``D_t(i) > 0`` of a D_t that nothing else declares says what it is: ``function D_t(i) > 0``."""
    keyword, rest, whole, offset, start = statement
    if keyword:
        return statement
    try:
        _one(context, statement)
    except DeclarationError as error:
        problem = error.__cause__
        if isinstance(problem, Undeclared) and is_bound_of_calls(rest, problem.name, context):
            return ("function", rest, whole, offset, start)
    return statement


Statement = tuple[str, str, str, int, int]
"""Keyword, what follows it, the whole statement, and the places of both."""


def _with_keywords(text: str) -> list[Statement]:
    """The statements, each with its keyword; ``index`` carries over to the next range, and may be left
    out before one."""
    out: list[Statement] = []
    keyword = ""
    for statement, start in _statements(text):
        match = _KEYWORD.match(statement)
        rest = statement[match.end() :] if match else statement
        mapping = _MAPPING.fullmatch(rest) if not match or match.group(1) == "function" else None
        if mapping is not None:  # its arguments are known by what it is taken of
            out.append(("function", f"{mapping['name']} \\in {mapping['to']}", statement, start, start))
            keyword = ""
            continue
        called = [] if match else _called(rest)
        if called:
            out += [
                ("function" if _CALLED.fullmatch(each) else "", each, statement, start + at, start)
                for at, each in called
            ]
            keyword = ""
            continue
        if match:
            keyword = "let" if match.group(1) == "where" else match.group(1)
        elif _RANGE.fullmatch(rest):
            keyword = "index"
        elif re.search(r"[^=<>]\s+depends on\s", statement):
            keyword = "opaque"
        elif not (keyword == "index" and _INDEX.search(rest)):
            keyword = ""
        out.append((keyword, rest.strip(), statement, start + len(statement) - len(rest.lstrip()), start))
    return out


_CALLED = re.compile(r"\s*(?P<heads>[^=<>]*?\))\s*(?P<space>\\in(?![A-Za-z]).*)", re.DOTALL)
_LISTED = re.compile(r"\s*(?P<heads>[^=<>]*?)\s*(?P<space>\\in(?![A-Za-z]).*)", re.DOTALL)
_BARE = re.compile(r"\s*\\?[A-Za-z]+(?:\s*\{\s*\\?[A-Za-z]+\s*\})?(?:_(?:\w|\{[\w,\s]+\}))?\s*")
_MAPPING = re.compile(
    r"\s*(?P<name>[^\s:()=<>]+)\s*(?::|\\colon(?![A-Za-z]))\s*\\mathbb[^:=]*?\\(?:to|rightarrow)(?![A-Za-z])\s*"
    r"(?P<to>\\mathbb.*)",
    re.DOTALL,
)
"""``\\phi : \\mathbb{R}^2 \\to \\mathbb{R}^3``, a function by its spaces."""
_CALL = re.compile(r"\s*(?!\d)[^\s(),;][^()]*\([^()]+\)\s*")


def _called(statement: str) -> list[tuple[int, str]]:
    """``y, r(s, a) \\in \\mathbb{R}`` as the quantities and functions that it declares, and where each stands; none
    if it is about names alone."""
    found = _LISTED.fullmatch(statement)
    heads = _split_outside(found["heads"]) if found is not None else []
    if found is None or not all(_CALL.fullmatch(head) or _BARE.fullmatch(head) for _, head in heads):
        return []
    if not any(_CALL.fullmatch(head) for _, head in heads):
        return []
    return [(at + len(head) - len(head.lstrip()), f"{head.strip()} {found['space']}") for at, head in heads]


def _split_outside(text: str) -> list[tuple[int, str]]:
    """What stands between the commas outside brackets, and where."""
    cuts, depth = [-1], 0
    for place, character in enumerate(text):
        depth += (character in "({[") - (character in ")}]")
        if character == "," and not depth:
            cuts.append(place)
    return [(cut + 1, text[cut + 1 : stop]) for cut, stop in zip(cuts, [*cuts[1:], len(text)], strict=True)]


def _in_order(statements: list[Statement], context: Context) -> list[Statement]:
    """New indices come before what has them: ``x_n \\in \\mathbb{R} ; index n = 1..N`` is a family. What a name is
    comes before functions, of which it may be a parameter."""
    first: list[Statement] = []
    rest: list[Statement] = []
    known = set(context.indices)
    for statement in statements:
        letters = _letters(statement[1]) if statement[0] == "index" else set()
        (first if letters and known.isdisjoint(letters) else rest).append(statement)
        known |= letters
    params = {param for statement in rest if statement[0] == "function" for param in _params(statement[1])}
    at = next((n for n, (keyword, *_) in enumerate(rest) if keyword == "function"), len(rest))
    said = [each for each in rest[at:] if not each[0] and not params.isdisjoint(_names_of_space(each[1]))]
    return [*first, *rest[:at], *said, *(each for each in rest[at:] if each not in said)]


def _params(function: str) -> list[str]:
    """``x`` and ``w`` of ``f(x; w) := …``."""
    match = re.match(r"[^(:=]*\(([^()]*)\)", function)
    return [name.strip() for name in re.split("[,;|]", match[1])] if match else []


def _names_of_space(statement: str) -> list[str]:
    """``u`` and ``v`` of ``u, v \\in \\mathbb{R}^d``."""
    names, *space = re.split(r"\\in(?![A-Za-z])", statement)
    return [name.strip() for name in names.split(",")] if space else []


def _letters(text: str) -> set[str]:
    """The names of an index statement."""
    pieces = re.split(r"[,;](?![^{]*\})", _DOTS.sub("..", text))
    return {re.split(r"=|\\in(?![A-Za-z])", piece)[0].strip() for piece in pieces}


def _one(context: Context, statement: Statement) -> Context:
    """One statement; a name that is declared further down is the caller's to wait for."""
    keyword, rest, whole, offset, start = statement
    everything = Span(start, start + len(whole))
    try:
        done = _RULES[keyword](context, rest, offset)
        _refuse_circles(context, done)
        return done
    except ReadError as error:
        raise DeclarationError(str(error), whole, error.span or everything) from error
    except DeclarationError as error:
        raise DeclarationError(error.message, whole, error.span or everything, error.index) from error.__cause__


def _refuse_circles(before: Context, now: Context) -> None:
    """No definition may need itself: from ``x := x + 1`` anything would follow."""
    if now is before:
        return
    symbols, functions = before.symbols, before.functions
    changed = [(name, False) for name, decl in now.symbols.items() if symbols.get(name) is not decl]
    changed += [(name, True) for name, decl in now.functions.items() if functions.get(name) is not decl]
    for name, is_function in changed:
        through = circle(now, name, is_function)
        if through:
            shown = " → ".join((*through, name))
            raise DeclarationError(f"the definition of {name} needs itself ({shown}); define it by other quantities")


def _statements(text: str) -> list[tuple[str, int]]:
    """Statements with their places: one a line, or several with semicolons outside brackets between them."""
    out: list[tuple[str, int]] = []
    place = 0
    for line in text.split("\n"):
        prefix = _PREFIX.match(line)
        start = prefix.end() if prefix else 0
        body = line[start:].removesuffix("-->").rstrip()
        for at, part in _parts(body):
            if part.strip():
                lead = len(part) - len(part.lstrip())
                out.append((part.strip(), place + start + at + lead))
        place += len(line) + 1
    return out


def _parts(body: str) -> list[tuple[int, str]]:
    """What stands between the semicolons of a line, and where; those of ``p(x; w)`` and ``\\;`` part nothing."""
    cuts, depth = [-1], 0
    for match in re.finditer(r"\\(?:[A-Za-z]+|.)|[()\[\]{};]", body):
        if match.group() in "([{" or match.group() == "\\{":
            depth += 1
        elif match.group() in ")]}" or match.group() == "\\}":
            depth = max(0, depth - 1)
        elif match.group() == ";" and not depth:
            cuts.append(match.start())
    return [(cut + 1, body[cut + 1 : stop]) for cut, stop in zip(cuts, [*cuts[1:], len(body)], strict=True)]


# -- index, size --------------------------------------------------------------------------------
_INDEX = re.compile(r"=\s*\S+?\s*(?:\.\.|\\[lcd]?dots|…)")
_RANGE = re.compile(r"\s*(?:\\?[A-Za-z]+'*\s*,\s*)*\\?[A-Za-z]+'*\s*=[^=.]+\.\.[^=.]+")
"""``j, k = 1..K`` is about indices without the word, too."""


_MEMBERS = re.compile(r"([^=]*?)\\in(?![A-Za-z])\s*([^=,;]+)\Z")


def _over_set(context: Context, names: list[str], members: str, offset: int) -> Context:
    """``a, b \\in \\mathcal{A}``: indices over a finite set, which is measured by a size of its name."""
    parts = parts_of(parse_at(members, offset))
    if parts is None or parts[1] is not None or parts[2] is not None or parts[0].startswith("\\mathbb"):
        raise DeclarationError(f"expected the name of a finite set after “\\in”, found {members}")
    range_ = Range.upto(parts[0])
    context = with_sizes(context, (range_.high,))
    for each in names:
        letter = s.key(parse_at(each, offset))
        if letter in context.sizes:
            raise DeclarationError(f"{letter} is a size already; give the index another letter")
        context = context.with_index(letter, range_)
    return context


def _index(context: Context, text: str, offset: int) -> Context:
    """``n = 1..N``, ``j, k = 1..K``, ``a, b \\in \\mathcal{A}``."""
    members = _MEMBERS.match(text)
    if members is not None:
        return _over_set(context, members.group(1).split(","), members.group(2), offset)
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
        range_ = Range(node_extent(parse_at(low, offset)), node_extent(parse_at(high, offset)))
        context = with_sizes(context, (range_.low, range_.high))
        for each in (*names, name.strip()):
            letter = s.key(parse_at(each, offset))
            if letter in context.sizes:
                raise DeclarationError(f"{letter} is a size already; give the index another letter")
            context = context.with_index(letter, range_)
        names = []
    if names:
        raise DeclarationError(f"expected a range for {', '.join(names)}, as in n = 1..N")
    return context


def _size(context: Context, text: str, offset: int) -> Context:
    """``K >= 2``, ``N, d``."""
    for item in items_at(text, offset):
        match item:
            case s.Relation(first=first, rest=((op, s.Number(text=least)),)) if op in (">=", ">"):
                context = context.with_size(s.key(first), int(least) + (op == ">"))
            case s.Name() | s.Script():
                context = context.with_size(s.key(item))
            case _:
                raise ReadError(f"expected a size such as K >= 2, found {s.key(item)}", Span(item.start, item.stop))
    return context


# -- membership and properties ---------------------------------------------------------------------
_POSITIVE_REALS = re.compile(
    r"\\mathbb\{?R\}?\s*(_\s*(?:\{\s*(?:>\s*0|\+\+)\s*\}|\{\s*(?:\\geq?(?:slant)?\s*0|\+)\s*\}|\+\+?)|\^\s*(?:\+|\{\s*\+\s*\}))"
)


_RAISED_REALS = re.compile(
    r"(\\mathbb\{?R\}?)\s*(\^\s*(?:\w|\{[^{}]*\}))\s*(_\s*(?:\{\s*(?:>\s*0|\+\+|\\geq?(?:slant)?\s*0|\+)\s*\}|\+\+?))"
)
"""``\\mathbb{R}^n_+``: the same set as ``\\mathbb{R}_+^n``."""
_BOLD_REALS = re.compile(r"(\\in\s*)\\mathbf\{R\}")
"""The same set in another type, of as many letters."""


def _membership(context: Context, text: str, offset: int, whole_name: bool = False) -> Context:
    """``a, b \\in S property …``, ``a > 0``, ``a property …``."""
    match = PROPERTY_WORDS.search(text)
    words = frozenset(re.findall(r"[a-z_]+", match.group(1))) - {"and"} if match else frozenset()
    body = text[: match.start()] if match else text
    if re.search(r"\\sim(?![A-Za-z])", body):
        return _distributed(context, body, offset)
    body = _RAISED_REALS.sub(r"\1\3\2", body)
    reals = _POSITIVE_REALS.search(body)
    if reals:
        words |= {"positive" if any(mark in reals.group(1) for mark in (">", "++", "^")) else "nonnegative"}
        body = body[: reals.start()] + "\\mathbb{R}" + body[reals.end() :]
    body = _BOLD_REALS.sub(r"\1\\mathbb{R}", body)
    body, bound = bounded_set(body)
    words |= bound
    if not body.strip():
        raise DeclarationError("expected a name before its properties")
    items = items_at(body, offset)
    if not words and not whole_name and _is_plain_fact(items, context):
        return _assume(context, text, offset)
    if len(items) == 1 and isinstance(items[0], s.Relation) and [op for op, _ in items[0].rest] == [":="]:
        return let(context, text, offset)
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


def _is_plain_fact(items: Sequence[s.Node], context: Context) -> bool:
    """Whether a statement without a keyword restricts no name but says a fact: ``\\sum_k \\pi_k = 1``, ``f(x) > 0``,
    or ``a = b^2`` of a quantity that is known."""
    match items:
        case (s.Relation(rest=rest) as relation,) if all(op in ("=", "<", "<=", ">", ">=", "!=") for op, _ in rest):
            subjects, _ = _restriction(relation)
            parts = parts_of(subjects[0])
            return parts is None or (rest[0][0] == "=" and parts[0] in context.symbols)
    return False


def _distributed(context: Context, text: str, offset: int) -> Context:
    """``z \\sim \\mathcal{N}(m, s^2)``: what an expectation that names no distribution is taken under."""
    node = parse_at(text, offset)
    if not isinstance(node, s.Relation) or [op for op, _ in node.rest] != ["~"] or parts_of(node.first) is None:
        raise DeclarationError("expected a distribution such as z \\sim \\mathcal{N}(m, s^2)")
    return put(context, "distributed", s.key(node.first), node.rest[0][1])


Rule = list[tuple[str, s.Node]]


def _restriction(item: s.Relation) -> tuple[list[s.Node], Rule]:
    """Which name a relation restricts, and how: ``0 < c < 1`` restricts c from both sides."""
    if isinstance(item.first, s.Number | s.Sum) and len(item.rest) == 2:
        flipped = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
        (op, name), upper = item.rest
        return [name], [(flipped.get(op, op), item.first), upper]
    return [item.first], list(item.rest)


def _rooted(context: Context, node: s.Node, rule: Rule, words: frozenset[str]) -> s.Node:
    """``\\sigma^2 > 0`` of a σ that nothing declares: a variance, which is the square of a positive number."""
    positive = [(op, s.key(right)) for op, right in rule] == [(">", "0")] and not words
    if not positive or not isinstance(node, s.Script) or node.primes or not isinstance(node.sup, s.Number):
        return node
    base = node.base if node.sub is None else replace(node, sup=None)
    new = not any(s.key(base) in names for names in (context.symbols, context.functions, context.indices))
    variance = s.key(node.base) in ("\\sigma", "\\tau", "s", "\\nu", "\\rho", "\\omega", "\\kappa")
    return base if node.sup.text == "2" and new and variance else node


def _restricted(context: Context, node: s.Node, rule: Rule, words: frozenset[str], whole_name: bool) -> Context:
    node = node if whole_name else _rooted(context, node, rule, words)
    if s.key(node) in context.sizes and words <= {"integer", "positive", "nonnegative"} and _is_counting(rule):
        return context  # n \in \mathbb{N} of a length n
    context, decl, entries = _subject(context, node, words, whole_name)
    label = "label" in words
    for op, right in rule:
        if op == "in" and entries and is_space(right):
            _check_entries(context, decl, right)
        elif op == "in":
            context, decl = _in_set(context, decl, right)
        elif op in (">", ">=", "<", "<=", "!="):
            decl = _bounded(decl, op, right)
        elif op == "=":
            shown = s.key(node)
            hint = f"a definition is “let {shown} := …”, a fact about what is declared “assume {shown} = …”"
            raise ReadError(f"expected ∈, <, ≤, > or ≥ after {shown}, found {op}", right.span, hint)
        else:
            raise ReadError(f"expected ∈, <, ≤, > or ≥ after {s.key(node)}, found {op}", right.span)
    if label and decl.label_range is None and decl.values:
        raise ReadError(f"expected a range for the label {decl.name}, as in \\{{1,…,K\\}}", Span(node.start, node.stop))
    decl = replace(decl, properties=decl.properties | words)
    before = context.symbols.get(decl.name)
    if before is not None and before.definition is not None and before.shape != decl.shape:
        decl = replace(decl, definition=None)  # another thing of the same name
    _check_properties(decl)
    context = context.with_symbol(decl)
    return _made_of_entries(context, decl) if decl.shape and not decl.properties - {"real"} else context


def _made_of_entries(context: Context, decl: SymbolDecl) -> Context:
    """``y \\in \\mathbb{R}^m`` behind numbers ``y_i`` with i = 1..m: these are the entries of the vector."""
    runs = (*decl.family, *(Range.upto(extent) for extent in decl.shape))
    for base, more in option(context, "variants").items():
        entries = context.symbols.get(base)
        if not isinstance(more, tuple) or decl.name not in more or entries is None:
            continue
        if entries.shape or entries.family != runs or entries.definition is not None or entries.depends:
            continue
        symbols = {name: each for name, each in context.symbols.items() if name not in (base, decl.name)}
        rest = tuple(name for name in more if name != decl.name)
        context = put(replace(context, symbols=MappingProxyType(symbols)), "variants", base, rest)
        return said_of_entries(context, entries, replace(decl, name=base), len(decl.family))
    return context


def _is_counting(rule: Rule) -> bool:
    """Whether all that is said of a name is that it is a whole number, as in ``\\in \\mathbb{N}``."""
    spaces = [right.base if isinstance(right, s.Script) else right for op, right in rule if op == "in"]
    return len(spaces) == len(rule) > 0 and all(s.key(each) in ("\\mathbb{N}", "\\mathbb{Z}") for each in spaces)


ENTRYWISE = frozenset(
    {"positive", "nonnegative", "negative", "nonzero", "binary", "integer", "unit", "open_unit", "real"}
)
"""Properties that say the same of a vector or a matrix as of each entry."""


def _subject(
    context: Context, node: s.Node, words: frozenset[str], whole_name: bool
) -> tuple[Context, SymbolDecl, bool]:
    """What is restricted, and whether it is the entries of something declared before: ``W_{ij}`` of the matrix W."""
    if not whole_name and words <= ENTRYWISE:
        name, names, _ = target(context, node)
        decl = context.symbols.get(name)
        if decl is not None and decl.shape and len(names) == len(decl.family) + len(decl.shape):
            entries = tuple(Range.upto(extent) for extent in decl.shape)
            if ranges_of(context, names) == (*decl.family, *entries):
                return context, decl, True
    return *declared_so_far(context, node, whole_name), False


def _check_entries(context: Context, decl: SymbolDecl, node: s.Node) -> None:
    if read_space(node, context):
        raise ReadError(
            f"expected a set of numbers for the entries of {decl.name}",
            Span(node.start, node.stop),
            "as in \\mathbb{R}",
        )


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
        if isinstance(node, s.Script) and node.sub is not None:
            raise ReadError(
                f"expected a set of numbers, found {s.key(node)}",
                Span(node.start, node.stop),
                "say what its subscript means, as in \\mathbb{Z}_{\\ge 0}",
            )
        shape = read_space(node, context)
        base = node.base if isinstance(node, s.Script) else node
        words = {"\\mathbb{N}": {"integer", "nonnegative"}, "\\mathbb{Z}": {"integer"}}.get(s.key(base), set())
        return with_sizes(context, shape), replace(decl, shape=shape, properties=decl.properties | words)
    if isinstance(node, s.Script) and node.sup is not None and isinstance(node.base, s.Group):
        shape = read_space(
            s.Script(node.start, node.stop, s.Name(node.start, node.start, "\\mathbb{R}"), None, node.sup), context
        )
        context, decl = _in_set(with_sizes(context, shape), replace(decl, shape=shape), node.base)
        return context, decl
    usual = named_set(node, decl.name, context)
    if usual is not None:
        shape, more = usual
        return with_sizes(context, shape), replace(decl, shape=shape, properties=decl.properties | more)
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
    whole = enumerated(decl, items)
    if whole is not None:
        return context, whole
    if any(isinstance(item, s.Dots) for item in items):
        range_ = Range(node_extent(items[0]), node_extent(items[-1]))
        context = with_sizes(context, (range_.low, range_.high))
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
        ("0", "1", True, True): "open_unit",
        ("0", "1", False, False): "unit",
        ("0", "\\infty", True, True): "positive",
        ("0", "\\infty", False, True): "nonnegative",
    }.get((keys[0], keys[1], low_open, high_open))
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
    match = PROPERTY_WORDS.search(text)
    if match is None and "\\in" not in text and not re.search(r"[<>]|\\[gl]e", text):
        text += " real"
    before = context.symbols
    context = _membership(context, text, offset, whole_name=not _is_spread_of_each(context, text, offset))
    names = tuple(name for name, decl in context.symbols.items() if before.get(name) is not decl)
    return add_option(context, "named", names)


def _is_spread_of_each(context: Context, text: str, offset: int) -> bool:
    """``\\sigma_j^2 > 0`` of an index j: squares of positive numbers, one for each j, and no name of one number."""
    node = parse_at(text, offset)
    match node:
        case s.Relation(first=s.Script(sub=s.Node() as sub) as first, rest=((">", s.Number(text="0")),)):
            letters = {part.text for part in s.walk(sub) if isinstance(part, s.Name)}
            return bool(letters & {*context.indices}) and _rooted(context, first, list(node.rest), frozenset()) != first
    return False


# -- facts and definitions -------------------------------------------------------------------------
def _assume(context: Context, text: str, offset: int) -> Context:
    words = PROPERTY_WORDS.search(text)
    if words and words.start() > 0:
        return _membership(context, text, offset)
    for item in items_at(text, offset):
        context = with_member(item, context)
    for relation in read_relations(text, context, None, offset):
        context = context.with_fact(Fact(relation, source=text))
    return context


# -- notation --------------------------------------------------------------------------------
def _alias(context: Context, text: str, offset: int) -> Context:
    """``alias \\boldsymbol{x}_n = \\mathbf{x}_n``: one thing, two spellings."""
    left, right, right_offset = halves(text, offset)
    new, old = parse_at(left, offset), parse_at(right, right_offset)
    new_parts, parts = parts_of(new), parts_of(old)
    if new_parts is None:
        raise ReadError(f"expected a name, found {s.key(new)}", Span(new.start, new.stop))
    if any(found is not None and split_superscript(found[2]).rest is not None for found in (new_parts, parts)):
        return put(context, "alias", s.key(new), old)
    new_name, new_family, _ = target(context, new)
    if parts is not None:
        old_name, old_family, _ = target(context, old)
        if new_family == old_family:
            context = put(context, "alias", new_name, old_name)
            if new_parts[0] != new_name and new_parts[1:] == parts[1:]:
                context = put(context, "alias", new_parts[0], parts[0])
            return context
    if isinstance(new, s.Word) and parts is not None and old_family and set(old_family) <= set(new.text.split()):
        return put(context, "alias", new_name, old)  # \\text{degree of node i} = d_i
    if new_family:
        raise DeclarationError("expected the same indices on both sides of an alias")
    return put(context, "alias", new_name, old)


def _opaque(context: Context, text: str, offset: int) -> Context:
    """``L depends on a, b``: an unknown function of these."""
    left, words, right = text.partition("depends on")
    if not words:
        raise DeclarationError("expected “opaque L depends on a, b”")
    context, decl = declared_so_far(context, parse_at(left, offset))
    depends: list[Term] = []
    for item in items_at(right, offset + len(left) + len(words)):
        from derive.read.latex import node_readings

        whole = context.symbols.get(s.key(item)) if isinstance(item, s.Name) else None
        if whole is not None and whole.family and not whole.shape:  # y of the numbers y_i: all of them
            depends.append(Sym(whole.name, tuple(map(Index, whole.family_names))))
            continue
        depends.append(node_readings(item, context)[0].term)
    return context.with_symbol(replace(decl, depends=tuple(depends)))


def _elementwise(context: Context, text: str, offset: int) -> Context:
    known = ("+", "-", "/", "^", "\\sqrt", "*")
    marks = tuple(text.replace(",", " ").split())
    for mark in marks:
        if mark not in known:
            raise DeclarationError(f"expected some of {' '.join(known)} after “elementwise”, found {mark}")
    return add_option(context, "elementwise", tuple("+" if mark == "-" else mark for mark in marks))


def _layout(context: Context, text: str, offset: int) -> Context:
    if text not in ("gradient", "jacobian"):
        raise DeclarationError(f"expected “layout gradient” or “layout jacobian”, found {text}")
    return context.with_option("layout", text)


def _component(context: Context, text: str, offset: int) -> Context:
    """``\\pi_k of \\boldsymbol{\\pi}``: entries of a vector, or the vector of a family."""
    left, word, right = text.partition(" of ")
    if not word:
        raise DeclarationError("expected “component x_{ni} of \\mathbf{x}_n”")
    name, names, _ = target(context, parse_at(left, offset))
    whole, whole_names, _ = target(context, parse_at(right, offset + len(left) + len(word)))
    if names[: len(whole_names)] != whole_names or len(names) <= len(whole_names):
        raise DeclarationError(f"expected the indices of {whole} first, then those of the entry")
    missing = names[len(whole_names) :]
    if name == whole:
        return _own_entries(context, name, whole_names, missing)
    family, vector = context.symbols.get(name), context.symbols.get(whole)
    if vector is None:
        if family is None:
            raise DeclarationError(f"expected {whole} or {name} to be declared before")
        return add_option(put(context, "alias", whole, Whole(name)), "whole", (name,))
    if len(vector.shape) != len(missing):
        raise DeclarationError(
            f"{whole} has shape {show_shape(vector.shape)}; {name} has {len(missing)} index(es) more"
        )
    if family is not None and family.definition is not None and vector.definition is None:
        pairs = tuple((index, context.indices[index]) for index in missing)
        body = Array(pairs, Sym(name, tuple(Index(index) for index in names)))
        return context.with_symbol(replace(vector, definition=Definition(whole_names, body)))
    if family is not None:
        context = said_of_entries(context, family, vector, len(whole_names))
    return put(context, "component", name, Component(whole, len(whole_names), len(missing)))


def _rows(context: Context, text: str, offset: int) -> Context:
    """``x_n^\\top of X``: what the rows of a matrix are called."""
    return _lines(context, text, offset, "row")


def _columns(context: Context, text: str, offset: int) -> Context:
    """``x_n of X``: what the columns of a matrix are called."""
    return _lines(context, text, offset, "column")


def _lines(context: Context, text: str, offset: int, side: str) -> Context:
    left, word, right = text.partition(" of ")
    if not word:
        raise DeclarationError(f"expected “{side}s x_n of X”")
    parts = parts_of(parse_at(left, offset))
    letters = () if parts is None else (*items_of(parts[1]), *split_superscript(parts[2]).items)
    matrix = s.key(parse_at(right, offset + len(left) + len(word)))
    done = stacked(parts[0], s.key(letters[0]), matrix, side, context) if parts and len(letters) == 1 else None
    counted = context.indices.get(s.key(letters[0])) if len(letters) == 1 else None
    name = family_key(parts[0], counted, context) if parts is not None and counted is not None else ""
    if done is None and _are_tied(name, matrix, context):
        return context  # it is known already
    if done is None:
        missing = next((each for each in (matrix, parts[0] if parts else "") if each not in context.symbols), "")
        raise DeclarationError(
            f"expected the {side}s of a declared matrix, one for each value of an index, found {text}; "
            f"as in index n = 1..N ; x_n \\in \\mathbb{{R}}^d ; X \\in \\mathbb{{R}}^{{N \\times d}} ; rows x_n of X"
        ) from (Undeclared(missing) if missing else None)  # it may be declared further down
    return done[0]


def _are_tied(name: str, matrix: str, context: Context) -> bool:
    """Whether of two declared quantities one is made of the other."""
    known = name in context.symbols and matrix in context.symbols
    return known and (depends_on(context, name, matrix) or depends_on(context, matrix, name))


def _own_entries(context: Context, name: str, whole_names: tuple[str, ...], missing: tuple[str, ...]) -> Context:
    """``x_{nj} of x_n``, with one letter for a vector and its entries: the vector is made of these."""
    more = option(context, "variants").get(name)
    keys = (name, *more) if isinstance(more, tuple) else (name,)
    decls = [context.symbols[key] for key in keys if key in context.symbols]
    names = (*whole_names, *missing)
    vectors = [decl for decl in decls if decl.family == ranges_of(context, whole_names) and decl.shape]
    entries = [decl for decl in decls if decl.family == ranges_of(context, names) and not decl.shape]
    if len(vectors) != 1 or len(vectors[0].shape) != len(missing):
        raise DeclarationError(f"expected {name} to be declared before, as a vector or matrix and by its entries")
    (vector,) = vectors
    if len(entries) != 1:
        return context  # x_{nj} is an entry of x_n as it is
    if tuple(Range.upto(extent) for extent in vector.shape) != ranges_of(context, missing):
        raise DeclarationError(f"the indices {', '.join(missing)} do not run over the entries of {name}")
    if vector.definition is not None:
        return context
    pairs = tuple((index, context.indices[index]) for index in missing)
    body = Array(pairs, Sym(entries[0].name, tuple(Index(index) for index in names)))
    return context.with_symbol(replace(vector, definition=Definition(whole_names, body)))


def _function(context: Context, text: str, offset: int) -> Context:
    """Every form of ``function``; numbers of a finite set that are written as calls are no function."""
    found = members(context, text, offset)
    if found is None:
        return function(context, text, offset)
    context = _restricted(context, found.relation.first, list(found.relation.rest), frozenset(), True)
    return written_so(context, found)


def _nothing(context: Context, text: str, offset: int) -> Context:
    """``skip`` and ``expect`` speak to the reader of documents."""
    return context


_RULES: Mapping[str, Callable[[Context, str, int], Context]] = {
    "index": _index,
    "size": _size,
    "assume": _assume,
    "let": let,
    "function": _function,
    "alias": _alias,
    "name": _name,
    "opaque": _opaque,
    "elementwise": _elementwise,
    "layout": _layout,
    "component": _component,
    "rows": _rows,
    "columns": _columns,
    "skip": _nothing,
    "expect": _nothing,
    "": _membership,
}

__all__ = ["DeclarationError", "declare"]
