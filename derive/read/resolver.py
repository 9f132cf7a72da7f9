"""The untyped tree to typed terms: every name is looked up, every shape is checked, nothing is guessed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial

from derive.language.context import Context
from derive.language.dependencies import depends_on
from derive.language.extents import SCALAR, Extent, Range, Shape, show_shape
from derive.language.operators import ShapeError
from derive.language.shapes import extent_of
from derive.language.terms import Cases, Entry, Num, Op, Rel, Span, Sym, Term
from derive.read import (
    binders,
    blocks,
    calculus,
    calls,
    distributed,
    ellipses,
    heads,
    lists,
    lookup,
    norms,
    powers,
    reaching,
)
from derive.read import syntax as s
from derive.read.composed import COMPOSED_WORDS
from derive.read.errors import NoSuchForm, NotASize, ReadError, ShapeRefusal, Undeclared
from derive.read.fitting import Fitting, Typed, typed_op, typed_product
from derive.read.inline_derivatives import with_derivatives
from derive.read.names import items_of, option, parts_of
from derive.read.notation import (
    BUILTIN_WORDS,
    RELATION_OPS,
    call_group,
    is_coefficient,
    is_group,
    is_minus_one,
    is_number,
    is_transpose,
    is_whole_number,
    moved,
    place_of,
    word_of,
    words_of,
)

MOST_FACTORS = 4
"""How high a power of a matrix is taken entry by entry."""


@dataclass(frozen=True)
class Policy:
    """The choices that notation leaves open; one set of readings per policy."""

    wide: bool = False
    """Prefix functions reach over the whole product that follows, not one factor."""
    local: bool = False
    """Derivatives of a defined quantity are one edge of the computation graph."""
    columns: bool = False
    """The softmax of a matrix is that of its columns, not of its rows."""
    upright: bool = False
    """A row ``X_{i,:}`` is a vector as all others are, not a matrix of one row."""
    inside: bool = False
    """An exponent -1 after the bracket of a trace belongs to the matrix in it."""
    held: bool = False
    """A density is differentiated at the value it is taken at, whatever that is made of."""


class Resolver:
    """One reading of one piece of text."""

    def __init__(
        self, context: Context, policy: Policy = Policy(), scope: dict[str, Range | Shape] | None = None
    ) -> None:
        self.context = context
        self.policy = policy
        self.scope: dict[str, Range | Shape] = dict(scope or {})
        self.fitting = Fitting()
        self.open_choices: set[str] = set()
        self.chain = False
        self.edges = False
        self.entrywise = False
        self.identity = False
        self.elementwise = frozenset(str(mark) for mark in words_of(context.options.get("elementwise")))
        self.alias = option(context, "alias")
        self.components = option(context, "component")
        self.signatures = option(context, "signatures")
        self.variants = option(context, "variants")
        self.called = option(context, "called")
        self.supers = frozenset(str(name) for name in words_of(context.options.get("superscript")))

    # -- entry points ----------------------------------------------------------------------------------------------
    def expression(self, node: s.Node) -> Typed:
        """The typed term of a node."""
        match node:
            case s.Number(text=text):
                return Typed(Num(Fraction(text), text=text, span=place_of(node)), SCALAR)
            case s.Name() | s.Script() | s.Word():
                return self.juxt((node,), node)
            case s.Juxt(parts=parts):
                return self.juxt(parts, node)
            case s.Sum(terms=terms):
                return self.sum(terms, node)
            case s.Product():
                return self.product(node)
            case s.Group():
                return self.group(node)
            case s.Frac(top=top, bottom=bottom):
                return self.fraction(top, bottom, node)
            case s.Root():
                return self.root(node)
            case s.BigOp() | s.IntegralOp() | s.Diff() | s.Evaluated() | s.Factorial() | s.Binom():
                return self.operator(node)
            case s.MatrixRows() | s.CaseRows():
                return self.table(node)
            case s.Relation():
                raise ReadError(
                    "expected a value, found a relation", place_of(node), "write an indicator: \\mathbf{1}\\{…\\}"
                )
        raise ReadError("expected a value", place_of(node))

    def operator(self, node: s.Node) -> Typed:
        match node:
            case s.BigOp():
                return binders.big_operator(self, node)
            case s.IntegralOp():
                return binders.integral(self, node)
            case s.Diff(body=None):
                raise ReadError("expected something to differentiate", place_of(node))
            case s.Diff(body=s.Name(text=text) as name) if text in self.context.sizes and text in self.signatures:
                whole = self.expression(distributed.spelled_out(self, name))
                return calculus.differentiated(self, whole, node.variables, node)
            case s.Diff(body=s.Name(text=text) as name) if text in self.context.sizes:
                message = f"expected something to differentiate, found the size {text}"
                raise ReadError(message, place_of(name), "declare it, or give what you mean another name")
            case s.Diff(body=body) if body is not None:
                return calculus.derived(self, node.variables, node, partial(self.expression, body))[0]
            case s.Evaluated(body=body, at=at):
                return calculus.evaluated(self, self.expression(body), at, node)
            case s.Factorial(body=body):
                return self.op("factorial", [self.expression(body)], node)
            case s.Binom(top=top, bottom=bottom):
                n, k = self.expression(top), self.expression(bottom)
                rest = self.op("add", [n, self.op("neg", [k], node)], node)
                below = [self.op("factorial", [part], node) for part in (k, rest)]
                return self.op("div", [self.op("factorial", [n], node), self.product_of(below, node)], node)
        raise ReadError("expected a value", place_of(node))

    def op(self, name: str, args: list[Typed], node: s.Node) -> Typed:
        return typed_op(self.fitting, name, args, place_of(node))

    # -- sums and products -----------------------------------------------------------------------------------------
    def sum(self, terms: tuple[tuple[str, s.Node], ...], node: s.Node) -> Typed:
        enumerated = ellipses.as_sum(self, terms, node)
        if enumerated is not None:
            return self.expression(enumerated)
        if len(terms) > 1 and self.context.options.get(reaching.OPTION):
            further = reaching.of_terms(self, terms)
            if further is not terms:
                return self.sum(further, node)
        typed = []
        edges = self.edges
        self.edges = edges or calculus.is_sum_over_edges(terms)
        for sign, part in terms:
            value = self.expression(part)
            typed.append(Typed(Op("neg", (value.term,), span=place_of(part)), value.shape) if sign == "-" else value)
        self.edges = edges
        if len(typed) == 1:
            return typed[0]
        try:
            return self.op("add", typed, node)
        except ShapeRefusal:
            if "+" in self.elementwise or (
                self.entrywise and all(each.shape or is_number(each.term) for each in typed)
            ):
                return self.op("broadcast_add", typed, node)
            if self.identity or "I" not in self.context.sizes or not any(_has_identity(part) for _, part in terms):
                raise
        self.identity = True  # A + λ I, where I is a size too: beside a matrix it can only be the identity
        try:
            return self.sum(terms, node)
        finally:
            self.identity = False

    @contextmanager
    def by_entries(self, wanted: bool = True) -> Iterator[None]:
        """While the operands of ``\\odot`` and what stands in ``diag(…)`` are read: ``1 - h^2`` is entry by entry,
        for there it can mean nothing else."""
        before, self.entrywise = self.entrywise, self.entrywise or wanted
        try:
            yield
        finally:
            self.entrywise = before

    def product(self, node: s.Product) -> Typed:
        if not self.entrywise and any(op in ("\\odot", "\\oslash") for op, _ in node.rest):
            with self.by_entries():
                return self.product(node)
        written = with_derivatives(node)
        if written is not node:
            return self.expression(written)
        factors = self.factors(node.first)
        for op, part in node.rest:
            here = self.factors(part)
            if op in ("*", "\\times"):
                dotted = self.dotted(factors, here, part, node) if op == "*" else None
                if dotted is not None:
                    factors = [dotted]
                    continue
                factors = [*factors, *here]
                continue
            left_side = self.product_of(factors, node)
            if op == "/" and len(here) > 1 and isinstance(left_side.term, Num) and isinstance(here[0].term, Num):
                self.open_choices.add("wide")
                if not self.policy.wide:
                    factors = [self.written(op, left_side, here[0], node), *here[1:]]
                    continue
            factors = [self.written(op, left_side, self.product_of(here, part), node)]
        return self.product_of(factors, node)

    def dotted(self, before: list[Typed], behind: list[Typed], part: s.Node, node: s.Node) -> Typed | None:
        """``x \\cdot y`` and ``x \\cdot A y`` of vectors of one length: their inner product."""
        left = self.product_of(before, node)
        shape = self.fitting.settle(left.shape)
        if len(shape) != 1:
            return None
        try:
            right = typed_product(self.fitting, behind, place_of(part))
        except ShapeRefusal:
            return None
        return self.op("inner", [left, right], node) if self.fitting.settle(right.shape) == shape else None

    def written(self, op: str, left: Typed, right: Typed, node: s.Node) -> Typed:
        if op == "/":
            return self.quotient(left, right, node)
        if op == "\\odot":
            if isinstance(left.term, Op) and left.term.name == "hadamard":
                joined = self.op("hadamard", [left, right], node)
                return Typed(Op("hadamard", (*left.term.args, right.term), span=place_of(node)), joined.shape)
            return self.op("hadamard", [left, right], node)
        if op == "\\oslash":
            return self.op("hadamard_div", [left, right], node)
        vectors = len(left.shape) == 1 and len(right.shape) == 1
        return self.op("outer" if vectors else "kron", [left, right], node)

    def product_of(self, factors: list[Typed], node: s.Node) -> Typed:
        """Factors side by side. Jacobians that do not multiply as matrices are contracted as the chain rule says."""
        try:
            return typed_product(self.fitting, factors, place_of(node))
        except ShapeRefusal:
            chained = calculus.chained(self, factors, node)
            if chained is None:
                raise
            return chained

    def quotient(self, top: Typed, bottom: Typed, node: s.Node) -> Typed:
        if self.fitting.settle(bottom.shape):
            if "/" in self.elementwise:
                return self.op("hadamard_div", [top, bottom], node)
            raise ShapeRefusal(
                f"expected a scalar below the fraction line, found {show_shape(self.fitting.settle(bottom.shape))}",
                bottom.term.span or place_of(node),
                "declare “elementwise /” if you divide entry by entry",
            )
        return self.op("div", [top, bottom], node)

    def fraction(self, top: s.Node, bottom: s.Node, node: s.Node) -> Typed:
        return self.quotient(self.expression(top), self.expression(bottom), node)

    def root(self, node: s.Root) -> Typed:
        body = self.expression(node.body)
        if node.degree is not None:
            one = Typed(Num(Fraction(1), span=place_of(node)), SCALAR)
            return self.power(body, self.op("div", [one, self.expression(node.degree)], node), node)
        if self.fitting.settle(body.shape) and "\\sqrt" not in self.elementwise:
            raise ShapeRefusal(
                f"expected a scalar under the root, found {show_shape(self.fitting.settle(body.shape))}",
                place_of(node),
                "declare “elementwise \\sqrt” if you take it entry by entry",
            )
        return self.op("sqrt", [body], node)

    def power(self, base: Typed, exponent: Typed, node: s.Node) -> Typed:
        shape = self.fitting.settle(base.shape)
        if len(shape) == 2 and is_minus_one(exponent.term):
            return self.op("inverse", [base], node)
        if len(shape) == 2 and self.entrywise and shape[0] != shape[1] and is_whole_number(exponent.term):
            return self.entry_power(base, exponent, node)
        if len(shape) == 2 and "^" not in self.elementwise and not is_whole_number(exponent.term):
            return powers.of_matrix(self, base, exponent, node)
        if len(shape) == 1 and "^" not in self.elementwise and not (self.entrywise and is_whole_number(exponent.term)):
            raise ShapeRefusal(
                f"expected a scalar to take a power of, found {show_shape(shape)}",
                place_of(node),
                "declare “elementwise ^”, or write \\|x\\|^2 or x^T x",
            )
        return self.op("pow", [base, exponent], node)

    def entry_power(self, base: Typed, exponent: Typed, node: s.Node) -> Typed:
        """A power of a matrix that is not square, where entries are meant: its product with itself, entry by entry."""
        count = int(exponent.term.value) if isinstance(exponent.term, Num) else 0
        if not 2 <= count <= MOST_FACTORS:
            raise ShapeRefusal("expected a small power of a matrix, entry by entry", place_of(node))
        return self.op("hadamard", [base] * count, node)

    # -- things side by side ---------------------------------------------------------------------------------------
    def juxt(self, parts: tuple[s.Node, ...], node: s.Node) -> Typed:
        return self.product_of(self.factors_of(parts), node)

    def factors(self, node: s.Node) -> list[Typed]:
        """A node as a list of factors, so that products stay flat."""
        if isinstance(node, s.Juxt):
            return self.factors_of(node.parts)
        return [self.expression(node)]

    def factors_of(self, parts: tuple[s.Node, ...]) -> list[Typed]:
        out: list[Typed] = []
        at = 0
        chain = self.chain
        self.chain = chain or calculus.is_chain_factor(parts)
        while at < len(parts):
            typed, at = self.one(parts, at)
            out.append(typed)
        self.chain = chain
        return out

    def one(self, parts: tuple[s.Node, ...], at: int) -> tuple[Typed, int]:
        """The factor that begins at ``parts[at]``, with the arguments it takes, and where the next one begins."""
        node = parts[at]
        following = parts[at + 1] if at + 1 < len(parts) else None
        head = parts_of(node)
        if head is not None:
            found = calls.as_call(self, head, parts, at, following)
            for rule in (heads.as_special, heads.as_prefix):
                found = found or rule(self, head, parts, at, following)
            if found is not None:
                return found
            found_name = lookup.named(self, node, head, following)
            self.refuse_silent_call(found_name.term, following, node)
            return found_name, at + 1
        if isinstance(node, s.Number) and isinstance(following, s.Group) and following.bracket == "\\{":
            return self.indicator(following, node), at + 2
        if isinstance(node, s.Diff) and node.body is None:
            body = partial(self.operand, parts, at + 1, node, node.variables)
            typed, (_, after) = calculus.derived(self, node.variables, node, body)
            return typed, after
        if isinstance(node, s.Diff) and isinstance(following, s.Group) and self.is_taken_at(node, following):
            return self.expression(self.taken_at(node, following)), at + 2
        if isinstance(node, s.Script):
            sub = node.sub
            base = self.expression(node.base)
            if len(parts) == 1 and lists.is_transposed(node, self.context):
                return base, at + 1
            if sub is not None and s.key(sub) == "+" and isinstance(node.base, s.Group):  # [u]_+
                base, sub = self.op("relu", [base], node), None
            return self.scripted(base, sub, node.sup, node), at + 1
        return self.expression(node), at + 1

    def is_taken_at(self, node: s.Diff, group: s.Group) -> bool:
        """Whether ``(z)`` after a derivative in z only says where it is taken; another bare name could mean either."""
        if group.bracket != "(":
            return False
        if [s.key(item) for item in group.items] == [s.key(variable) for variable in node.variables]:
            return True
        if len(group.items) == 1 and parts_of(group.items[0]) is not None:
            raise ReadError("expected a product or a place, cannot tell which", place_of(group), "write \\big|_{z = …}")
        return False

    def taken_at(self, node: s.Diff, group: s.Group) -> s.Diff:
        """``\\frac{\\partial f}{\\partial z}(z)`` of a declared function f: that of ``f(z)``."""
        parts = parts_of(node.body) if node.body is not None else None
        if node.body is None or parts is None:
            return node
        if any(calls.signatures_of(self, c.name) for c in lookup.shares(self, *parts)):
            return replace(node, body=s.Juxt(node.body.start, node.body.stop, (node.body, group)))
        return node

    def refuse_silent_call(self, term: Term, following: s.Node | None, node: s.Node) -> None:
        """``L(w)`` with a quantity L that depends on w would be read as a product: ask instead."""
        group, scripts = call_group(following)
        if group is None or not isinstance(term, Sym) or not group.items:
            return
        if scripts is not None and scripts.sub is not None and all(isinstance(item, s.Script) for item in group.items):
            return  # an entry of what has a subscript of its own: (W_2)_{ij}
        if scripts is not None and scripts.sup is not None and all(map(_is_raised, (node, *group.items))):
            return  # brackets only keep two superscripts apart: \delta^{(l)} (a^{(l-1)})^T
        decl = self.context.symbols.get(term.name)
        if decl is None or (decl.definition is None and decl.depends is None):
            return
        for item in group.items:
            parts = parts_of(item)
            if parts is None or not any(
                depends_on(self.context, term.name, c.name) for c in lookup.shares(self, *parts)
            ):
                return
        raise NoSuchForm(
            f"expected a product or a call, cannot tell which: {s.key(node)}{s.key(group)}",
            s.key(node),
            place_of(node),
            f"write {s.key(node)} alone, or declare “let {s.key(node)}{s.key(group)} := …”",
        )

    def operand(
        self, parts: tuple[s.Node, ...], at: int, head: s.Node, variables: tuple[s.Node, ...] = ()
    ) -> tuple[Typed, int]:
        """What a prefix function applies to: a group or one factor, or (another reading) all that follows. Nobody
        differentiates a constant alone before what depends on the ``variables``, nor a variable in itself, nor a row
        alone before what it is multiplied by: ``\\frac{d}{dx} a x^2``, ``\\frac{d}{dx} x \\log x``,
        ``\\frac{\\partial}{\\partial x_i} x^T A x``."""
        if at >= len(parts):
            raise ReadError("expected something after this", place_of(head))
        first, after = self.one(parts, at)
        if after == len(parts) or is_group(parts[at]):
            return first, after
        if self.prefix_follows(parts, after, bool(variables)):
            return first, after
        itself = s.key(parts[at]) in map(s.key, variables) and self.prefix_follows(parts, after)
        constant = itself or is_coefficient(head, parts[at], parts[after:])
        if not constant and not calculus.is_constant(self, first, parts[after:], variables):
            self.open_choices.add("wide")
            if not self.policy.wide:
                return first, after
        factors = [first]
        while after < len(parts) and not self.prefix_follows(parts, after, bool(variables)):
            factor, after = self.one(parts, after)
            factors.append(factor)
        whole = s.Juxt(parts[at].start, parts[after - 1].stop, parts[at:after])
        return self.product_of(factors, whole), after

    def prefix_follows(self, parts: tuple[s.Node, ...], at: int, derivative: bool = False) -> bool:
        """Whether what stands here takes what follows it, as the function or the ``derivative`` before it does: a
        function ends what a function reaches, ``\\log x \\log y``, but not what is differentiated, ``x \\log x``."""
        node = parts[at]
        if isinstance(node, s.Diff) and node.body is None:
            return True
        head = parts_of(node)
        return head is not None and (
            head[0] == "\\nabla" or (not derivative and word_of(head[0]) in BUILTIN_WORDS.keys() | COMPOSED_WORDS)
        )

    # -- calls -----------------------------------------------------------------------------------------------------

    def after_call(self, typed: Typed, script: s.Script | None, node: s.Node) -> Typed:
        return typed if script is None else self.scripted(typed, script.sub, script.sup, script)

    # -- names -----------------------------------------------------------------------------------------------------

    def entry(self, base: Typed, nodes: tuple[s.Node, ...], node: s.Node) -> Typed:
        return self.entry_of(base, tuple(self.index(item) for item in nodes), node)

    def entry_of(self, base: Typed, indices: tuple[Term, ...], node: s.Node) -> Typed:
        if not indices:
            return base
        shape = self.fitting.settle(base.shape)
        if len(indices) > len(shape):
            raise ReadError(f"{len(indices)} subscript(s) on something of shape {show_shape(shape)}", place_of(node))
        return Typed(Entry(base.term, indices, span=place_of(node)), shape[len(indices) :])

    def index(self, node: s.Node) -> Term:
        """A subscript as a term: an index, a number, a label, or a sum of these."""
        typed = self.expression(node)
        if typed.shape:
            raise ReadError(f"expected an index, found {show_shape(typed.shape)}", place_of(node))
        return typed.term

    def extent(self, node: s.Node) -> Extent:
        """What ends a range or measures an axis; a size, where a quantity has the same name."""
        if isinstance(node, s.Name) and node.text in self.context.sizes and node.text not in self.scope:
            return Extent.of(node.text)
        try:
            return extent_of(self.expression(node).term)
        except Undeclared as error:
            raise NotASize(error.name, error.span, f"declare it: size {error.name}") from error
        except ShapeError as error:
            raise NotASize(s.key(node), place_of(node)) from error

    # -- scripts ---------------------------------------------------------------------------------------------------
    def scripted(self, base: Typed, sub: s.Node | None, sup: s.Node | None, node: s.Node) -> Typed:
        """Entries, transposes, inverses and powers of something that is not a plain name."""
        if sub is not None:
            if isinstance(base.term, Op) and base.term.name in ("norm", "norm2"):
                return self.norm_script(base, sub, sup, node)
            base = self.entry(base, items_of(sub), node)
        if sup is None:
            return base
        if isinstance(base.term, Op) and base.term.name == "norm" and isinstance(sup, s.Number) and sup.text == "2":
            return Typed(Op("norm2", base.term.args, span=place_of(node)), SCALAR)
        if isinstance(sup, s.Juxt) and len(sup.parts) == 2 and isinstance(sup.parts[0], s.Group):
            raise ReadError("expected a name before an index in brackets", place_of(node))
        shape = self.fitting.settle(base.shape)
        if powers.is_of_entries(sup):
            return powers.of_entries(self, base, sup, node)
        if is_transpose(sup, self.context, shape):
            return self.op("transpose", [base], node)
        minus = isinstance(sup, s.Sum) and len(sup.terms) == 1 and sup.terms[0][0] == "-"
        if minus and isinstance(sup, s.Sum) and is_transpose(sup.terms[0][1], self.context, shape):
            return self.op("transpose", [self.op("inverse", [base], node)], node)
        return self.power(base, self.expression(sup), node)

    def norm_script(self, base: Typed, sub: s.Node, sup: s.Node | None, node: s.Node) -> Typed:
        sizes = norms.sum_of_sizes(self, node)
        if sizes is not None:
            return self.scripted(sizes, None, sup, node)
        if s.key(sub) not in ("2", "F", "\\mathrm{F}"):
            raise ReadError(f"expected a Euclidean norm, found the norm {s.key(sub)}", place_of(node))
        return self.scripted(base, None, sup, node)

    # -- brackets --------------------------------------------------------------------------------------------------
    def group(self, node: s.Group) -> Typed:
        if node.bracket == "\\langle" and len(node.items) == 2:
            return self.op("inner", [self.expression(item) for item in node.items], node)
        if any(isinstance(item, s.Dots) for item in node.items) and node.bracket in ("(", "["):
            return lists.listed(self, node)
        if lists.is_list(node):
            return lists.written(self, node)
        if len(node.items) != 1:
            what = "a list" if node.items else "nothing"
            raise ReadError(f"expected one value in brackets, found {what}", place_of(node))
        item = node.items[0]
        if node.bracket == "[" and isinstance(item, s.Relation):
            return self.indicator(node, node)
        if node.bracket == "\\lfloor":
            return self.op("floor", [self.expression(item)], node)
        typed = self.expression(item)
        if node.bracket == "|":
            shape = self.fitting.settle(typed.shape)
            if len(shape) == 1:
                raise ShapeRefusal(
                    "expected a scalar or a matrix between bars, found a vector", place_of(node), "write \\|x\\|"
                )
            return self.op("det" if shape else "abs", [typed], node)
        if node.bracket == "||":
            return self.op("norm", [typed], node)
        return Typed(moved(typed.term, place_of(node)), typed.shape)

    def indicator(self, group: s.Node, node: s.Node) -> Typed:
        condition, shape = self.condition(group)
        return Typed(Op("indicator", (condition,), span=Span(node.start, max(node.stop, group.stop))), shape)

    def condition(self, node: s.Node) -> Typed:
        """A relation, or several joined by and/or, as a condition."""
        match node:
            case s.Relation(first=first, rest=rest):
                sides = [first, *(side for _, side in rest)]
                relations = [self.rel(op, sides[i], sides[i + 1], node) for i, (op, _) in enumerate(rest)]
                return relations[0] if len(relations) == 1 else self.op("and", relations, node)
            case s.Group(items=(item,)):
                return self.condition(item)
            case s.Group(items=items, seps=seps) if items and len(set(seps)) == 1:
                name = "or" if seps[0] == "or" else "and"
                return self.op(name, [self.condition(item) for item in items], node)
            case s.Juxt(parts=(s.Word(text="not"), body)):
                return self.op("not", [self.condition(body)], node)
        raise ReadError("expected a condition such as k = j", place_of(node))

    def rel(self, op: str, left: s.Node, right: s.Node, node: s.Node) -> Typed:
        if op not in RELATION_OPS:
            raise ReadError(f"expected =, ≠, <, ≤, > or ≥ in a condition, found {op}", place_of(node))
        a, b = self.relate(self.expression(left), self.expression(right))
        top, bottom = self.fitting.settle(a.shape), self.fitting.settle(b.shape)
        if top and bottom and top != bottom:
            raise ShapeRefusal(f"cannot compare {show_shape(top)} with {show_shape(bottom)}", place_of(node))
        return Typed(Rel(op, a.term, b.term, span=place_of(node)), top or bottom)

    def relate(self, left: Typed, right: Typed) -> tuple[Typed, Typed]:
        """Two sides of a relation, with their open sizes fitted to each other."""
        self.fitting.same([left.shape, right.shape])
        return left, right

    # -- big operators ---------------------------------------------------------------------------------------------

    @contextmanager
    def binding(self, pairs: dict[str, Range | Shape]) -> Iterator[None]:
        """Names bound while the body is read."""
        before = self.scope
        self.scope = {name: what for name, what in before.items() if name not in pairs} | pairs  # innermost last
        try:
            yield
        finally:
            self.scope = before

    # -- tables ----------------------------------------------------------------------------------------------------
    def table(self, node: s.Node) -> Typed:
        if isinstance(node, s.MatrixRows):
            return blocks.written_out(self, node)
        if not isinstance(node, s.CaseRows):
            raise ReadError("expected a matrix or cases", place_of(node))
        branches: list[tuple[Term, Term | None]] = []
        shapes: list[Shape] = []
        for value, condition in node.rows:
            typed = self.expression(value)
            shapes.append(typed.shape)
            branches.append((typed.term, None if condition is None else self.condition(condition).term))
        if any(self.fitting.settle(shape) != self.fitting.settle(shapes[0]) for shape in shapes):
            raise ShapeRefusal("the cases have different shapes", place_of(node))
        return Typed(Cases(tuple(branches), span=place_of(node)), shapes[0])


def _has_identity(node: s.Node) -> bool:
    """Whether a letter I stands in a term."""
    return any(isinstance(part, s.Name) and part.text == "I" for part in s.walk(node))


def _is_raised(node: s.Node) -> bool:
    """Whether something stands above a letter itself."""
    return isinstance(node, s.Script) and node.sup is not None
