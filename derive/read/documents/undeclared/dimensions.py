"""The rows and columns of a formula, from those of its names: sums, products, transposes, norms, traces, inverses."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from derive.language.extents import Extent
from derive.language.operators import OPERATORS
from derive.read import syntax as s
from derive.read.documents.undeclared.scripted_names import Letters, Named, declared_dims, without_rest
from derive.read.documents.undeclared.unification import NUMBER, ONE, Contradiction, Dims, Length, Lengths
from derive.read.names import parts_of
from derive.read.notation import BUILTIN_WORDS, EXPECTATIONS, IDENTITIES, NORMALS, is_transpose
from derive.read.syntax import key

EQUALITIES = frozenset({"=", ":=", "\\approx", "\\equiv"})
ORDERINGS = frozenset({"<", "<=", ">", ">="})
_KEEPING = frozenset({"softmax"})
_MINUS = ("-1", "-\\top", "-T")


@dataclass
class Dimensions:
    """Rows and columns of formulas, if these names have these shapes; a shape that does not fit is a contradiction."""

    letters: Letters
    names: Mapping[str, Dims]
    lengths: Lengths
    known: dict[str, Dims | None]
    called: frozenset[str]
    alone: frozenset[str]
    results: dict[str, Dims] = field(default_factory=dict)
    entrywise: bool = False
    """Whether ``1 - z`` of a vector z may be meant entry by entry."""
    on_diagonal: bool = False
    """Whether what is looked at stands in ``diag(…)``, where a power of a vector is meant entry by entry."""

    def of(self, node: s.Node) -> Dims | None:
        """The shape of a formula; None where nothing can be said."""
        rule = _RULES.get(type(node))
        if rule is not None:
            return rule(self, node)
        for part in s.children(node):
            self.of(part)
        return None

    def number(self, node: s.Node) -> Dims:
        """A part that has to be a number."""
        dims = self.of(node)
        if dims is not None:
            self.lengths.unify_dims(dims, NUMBER)
        return NUMBER

    def alike(self, nodes: Sequence[s.Node]) -> Dims | None:
        """Parts that have one shape; what is only a zero has any."""
        found = [dims for node in nodes if key(node) != "0" and (dims := self.of(node)) is not None]
        for dims in found[1:]:
            self.lengths.unify_dims(found[0], dims)
        return found[0] if found else None

    # -- names ---------------------------------------------------------------------------------------------------
    def name(self, node: s.Node) -> Dims | None:
        """A name with what stands above it."""
        if isinstance(node, s.Script) and node.primes and self.is_derivative(node):
            return None
        if isinstance(node, s.Script) and parts_of(node) is None:
            return self.raised(self.of(node.base), node.sup)
        named = self.letters.named(node)
        if named is None:
            return None
        dims = self._of_named(node, named)
        if named.rest is None:
            return dims
        return self.raised(dims, named.rest)

    def is_derivative(self, node: s.Node) -> bool:
        """``f'``, where f is a function; ``h'`` of a quantity h is a name of its own."""
        named = self.letters.named(node)
        base = named.name.rstrip("'") if named is not None else ""
        return base in self.called or base in self.letters.context.functions

    def _of_named(self, node: s.Node, named: Named) -> Dims | None:
        if named.name in IDENTITIES or named.name.partition("_")[0] in IDENTITIES:
            return self._identity(node)
        if named.name in self.names:
            return self._member(self.names[named.name], named)
        bare = without_rest(node)
        spelled = key(bare)
        if spelled not in self.known:
            self.known[spelled] = declared_dims(bare, self.letters.context)
        return self.known[spelled]

    def _identity(self, node: s.Node) -> Dims:
        parts = parts_of(node)
        sub = parts[1] if parts is not None else None
        size: Length = Extent.of(key(sub)) if isinstance(sub, s.Name) else self.lengths.open()
        return size, size

    def _member(self, dims: Dims, named: Named) -> Dims:
        """``w_i`` of a vector w that stands alone too is its entry; of a family that never does, a member."""
        if named.name not in self.alone or not named.letters:
            return dims
        rank = sum(length != ONE for length in dims)
        if len(named.letters) != rank:
            return dims
        for letter, length in zip(named.letters, dims, strict=False):
            count = self.letters.length(letter, self.lengths)
            if count is not None:
                self.lengths.unify(count, length)
        return NUMBER

    def raised(self, dims: Dims | None, sup: s.Node | None) -> Dims | None:
        """What a transpose, an inverse or a power make of a shape."""
        if sup is None or dims is None:
            return dims
        text = key(sup)
        if is_transpose(sup, self.letters.context, (*(),)):
            if self.lengths.settled_dims(dims) == NUMBER:
                raise Contradiction
            return dims[1], dims[0]
        if text not in _MINUS:
            self.number(sup)
            if self.entrywise and self.lengths.settled(dims[1]) == ONE:
                return dims  # 1 - h^2, of a vector h
        return self.lengths.square(dims)

    # -- factors -------------------------------------------------------------------------------------------------
    def factors(self, parts: tuple[s.Node, ...]) -> Dims | None:
        """Things side by side: each operator with what it takes, then the product of all."""
        whole: Dims | None = NUMBER
        at = 0
        while at < len(parts):
            dims, at = self.factor(parts, at)
            whole = None if whole is None or dims is None else self.lengths.product(whole, dims)
        return whole

    def factor(self, parts: tuple[s.Node, ...], at: int) -> tuple[Dims | None, int]:
        """The factor that begins here, and where the next one begins."""
        here = parts[at]
        after = parts[at + 1] if at + 1 < len(parts) else None
        if isinstance(here, s.Diff) and here.body is None:
            return self.gradient(here.variables, parts[at + 1 :]), len(parts)
        if _is_nabla(here):
            sub, twice = (here.sub, here.sup) if isinstance(here, s.Script) else (None, None)
            variables = (sub,) if sub is not None else _arguments(parts[at + 1 :])
            return self.gradient(variables * (1 if twice is None else 2), parts[at + 1 :]), len(parts)
        if after is not None and (word := self.operator(here)) is not None:
            kept, self.on_diagonal = self.on_diagonal, word == "diag"
            dims, following = self.factor(parts, at + 1)
            self.on_diagonal = kept
            if word == "diag" and dims is not None and self.lengths.settled_dims(dims) == NUMBER:
                return self.diagonal(after), following
            return self.applied(word, dims), following
        group = after.base if isinstance(after, s.Script) else after
        if isinstance(group, s.Group) and group.bracket in ("(", "[") and self.is_call(here):
            return self.call(here, group), at + 2
        return self.of(here), at + 1

    def operator(self, node: s.Node) -> str | None:
        """The function of the field that a name or a word is: ``\\log``, ``\\operatorname{tr}``, a declared σ."""
        parts = parts_of(node)
        if parts is None or parts[1] is not None or isinstance(node, s.Group):
            return None
        base = parts[0].rstrip("'")
        decl = self.letters.context.functions.get(base)
        if decl is not None:
            return decl.builtin
        if isinstance(node, s.Word) or (isinstance(node, s.Script) and isinstance(node.base, s.Word)):
            return BUILTIN_WORDS.get(base[8:-1], "?")
        return None

    def applied(self, word: str, dims: Dims | None) -> Dims | None:
        """The shape of a function of the field."""
        row = OPERATORS.get(word)
        if word in ("det", "trace"):
            if dims is not None:
                self.lengths.square(dims)
            return NUMBER
        if word == "diag" and dims is not None:
            a, b = self.lengths.settled_dims(dims)
            return (a, a) if b == ONE else (a, ONE)
        return dims if word in _KEEPING or (row is not None and row.elementwise) else None

    def diagonal(self, node: s.Node) -> Dims | None:
        """``\\operatorname{diag}(y_n (1 - y_n))``: numbers with one index on a diagonal."""
        named = (self.letters.named(part) for part in s.walk(node) if isinstance(part, s.Script))
        below = {s.key(letter): letter for each in named if each is not None for letter in each.letters}
        if not below:
            raise Contradiction
        lengths = [self.letters.length(letter, self.lengths) for letter in below.values()]
        return (lengths[0], lengths[0]) if len(lengths) == 1 and lengths[0] is not None else None

    def is_call(self, node: s.Node) -> bool:
        """Whether a name before a bracket is a function, and no factor."""
        named = self.letters.named(node) if isinstance(node, s.Name | s.Script) else None
        if named is None or named.rest is not None:
            return False
        known = named.name in self.letters.context.functions or named.name in EXPECTATIONS | NORMALS
        return known or named.name in self.called

    def call(self, node: s.Node, group: s.Group) -> Dims | None:
        """A function of which the shape may be known, with its arguments."""
        named = self.letters.named(node)
        inside = [self.of(item) for item in group.items]
        if named is None:
            return None
        if named.name in NORMALS and len(inside) == 3:
            self._normal(inside)
            return NUMBER
        return inside[0] if named.name in EXPECTATIONS and len(inside) == 1 else self.results.get(named.name)

    def _normal(self, inside: Sequence[Dims | None]) -> None:
        point, mean, spread = inside
        if point is not None and mean is not None:
            self.lengths.unify_dims(point, mean)
        middle = point or mean
        if middle is not None and spread is not None:
            self.lengths.unify_dims(spread, (middle[0], middle[0]))

    def gradient(self, variables: tuple[s.Node, ...], body: tuple[s.Node, ...]) -> Dims | None:
        """The derivative of a number in one name has the shape of that name; the second one in a vector is square."""
        of_body = self.factors(body) if body else None
        places = [self.of(variable) for variable in variables]
        if of_body is None or self.lengths.settled_dims(of_body) != NUMBER or not places or None in places:
            return None
        first, last = places[0], places[-1]
        if first is None or last is None or len(places) > 2:
            return None
        if len(places) == 1 or NUMBER in (self.lengths.settled_dims(first), self.lengths.settled_dims(last)):
            return first
        return (first[0], last[0]) if self.lengths.settled(first[1]) == ONE else None


def _is_nabla(node: s.Node) -> bool:
    return key(node.base if isinstance(node, s.Script) else node) == "\\nabla"


def _arguments(body: tuple[s.Node, ...]) -> tuple[s.Node, ...]:
    """``w`` of ``J(w)``, in which a nabla without a subscript differentiates."""
    match body:
        case (_, s.Group(bracket="(", items=(item,))):
            return (item,)
    return ()


def _sum(d: Dimensions, node: s.Node) -> Dims | None:
    if not isinstance(node, s.Sum):
        return None
    terms = [term for _, term in node.terms]
    others = [term for term in terms if not isinstance(term, s.Number)]
    return d.alike(others if d.entrywise and others else terms)


def _product(d: Dimensions, node: s.Node) -> Dims | None:
    if not isinstance(node, s.Product):
        return None
    whole = d.of(node.first)
    for op, part in node.rest:
        if op == "/":
            d.number(part)
            continue
        dims = d.of(part)
        if whole is None or dims is None or op in ("\\otimes",):
            whole = None
        elif op in ("\\odot", "\\oslash"):
            d.lengths.unify_dims(whole, dims)
        elif (
            op in ("\\cdot", "*")
            and d.lengths.settled(whole[1]) == ONE == d.lengths.settled(dims[1])
            and NUMBER
            not in (
                d.lengths.settled_dims(whole),
                d.lengths.settled_dims(dims),
            )
        ):
            d.lengths.unify(whole[0], dims[0])
            whole = NUMBER
        else:
            whole = d.lengths.product(whole, dims)
    return whole


def _group(d: Dimensions, node: s.Node) -> Dims | None:
    if not isinstance(node, s.Group):
        return None
    if node.bracket == "\\langle" and len(node.items) == 2:
        dims = d.alike(node.items)
        if dims is not None and d.lengths.settled_dims(dims) == NUMBER:
            raise Contradiction
        return NUMBER
    inside = [d.of(item) for item in node.items]
    if len(inside) != 1:
        return None
    dims = inside[0]
    match node.bracket:
        case "||":
            if dims is not None and d.lengths.settled_dims(dims) == NUMBER:
                raise Contradiction
            return NUMBER
        case "|":
            if dims is not None:
                d.lengths.square(dims)
            return NUMBER
        case "(" | "[" | "{":
            return dims
    return None


def _fraction(d: Dimensions, node: s.Node) -> Dims | None:
    if not isinstance(node, s.Frac):
        return None
    d.number(node.bottom)
    return d.of(node.top)


def _big(d: Dimensions, node: s.Node) -> Dims | None:
    if not isinstance(node, s.BigOp):
        return None
    body = d.of(node.body)
    if node.kind == "sum":
        return body
    return NUMBER if node.kind in ("max", "min") else None if node.kind != "prod" else d.number(node.body)


def _derivative(d: Dimensions, node: s.Node) -> Dims | None:
    if not isinstance(node, s.Diff):
        return None
    return d.gradient(node.variables, (node.body,) if node.body is not None else ())


def _juxt(d: Dimensions, node: s.Node) -> Dims | None:
    return d.factors(node.parts) if isinstance(node, s.Juxt) else None


def _cases(d: Dimensions, node: s.Node) -> Dims | None:
    return d.alike([value for value, _ in node.rows]) if isinstance(node, s.CaseRows) else None


def _number(d: Dimensions, node: s.Node) -> Dims | None:
    for part in s.children(node):
        d.number(part)
    return NUMBER


_RULES: dict[type[s.Node], Callable[[Dimensions, s.Node], Dims | None]] = {
    s.Name: Dimensions.name,
    s.Script: Dimensions.name,
    s.Number: _number,
    s.Root: _number,
    s.Binom: _number,
    s.Factorial: _number,
    s.Sum: _sum,
    s.Product: _product,
    s.Juxt: _juxt,
    s.Group: _group,
    s.Frac: _fraction,
    s.BigOp: _big,
    s.Diff: _derivative,
    s.CaseRows: _cases,
}

__all__ = ["EQUALITIES", "ORDERINGS", "Dimensions"]
