"""The untyped tree to typed terms: every name is looked up, every shape is checked, nothing is guessed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from derive.language.context import Context, FunctionDecl, SymbolDecl
from derive.language.extents import SCALAR, Extent, Range, Shape, matrix_shape, show_shape
from derive.language.operators import OPERATORS, ShapeError
from derive.language.shapes import extent_of
from derive.language.terms import (
    Apply, Array, At, Big, Cases, Const, Deriv, Entry, Index, Matrix, Num, Op, Rel, Size, Span, Sym, Term,
)  # fmt: skip
from derive.read import syntax as s
from derive.read.dependencies import depends_on, inline, local_differs
from derive.read.errors import NotASize, ReadError, ShapeRefusal, Undeclared
from derive.read.fitting import Fitting, Typed, size_term, typed_op, typed_product
from derive.read.names import (
    TRANSPOSE_MARKS, Candidate, Component, Signature, Slot, Whole, candidates, fits_form, items_of, option, parts_of, similar, split_superscript,
)  # fmt: skip

if TYPE_CHECKING:
    from collections.abc import Iterator

BUILTIN_WORDS = {
    "log": "log", "ln": "log", "exp": "exp", "det": "det", "tr": "trace", "Tr": "trace", "trace": "trace", "Trace": "trace",
    "diag": "diag", "Diag": "diag", "tanh": "tanh", "sin": "sin", "cos": "cos", "softmax": "softmax", "relu": "relu",
    "ReLU": "relu", "sigmoid": "logistic", "logistic": "logistic", "softplus": "softplus", "logsumexp": "logsumexp",
    "LSE": "logsumexp", "lse": "logsumexp",
}  # fmt: skip
RELATION_OPS = frozenset({"=", "!=", "<", "<=", ">", ">="})
INDICATORS = frozenset({"\\mathbf{1}", "\\mathbb{1}", "\\mathbb{I}", "\\boldsymbol{1}", "\\mathbf{I}", "\\mathrm{1}"})
ONES = frozenset({"\\mathbf{1}", "\\boldsymbol{1}", "\\vec{1}"})
ZEROS = frozenset({"\\mathbf{0}", "\\boldsymbol{0}", "\\vec{0}"})
IDENTITIES = frozenset({"I", "\\mathbf{I}", "\\boldsymbol{I}", "\\mathbb{I}"})
EXPECTATIONS = frozenset({"\\mathbb{E}", "E", "\\mathrm{E}"})
PROBABILITIES = frozenset({"\\mathbb{P}", "\\Pr", "\\mathrm{Pr}"})
NORMALS = frozenset({"\\mathcal{N}"})
MATRIX_LIKE = (s.Number,)


@dataclass(frozen=True)
class Policy:
    """The choices that notation leaves open; one set of readings per policy."""

    wide: bool = False
    """Prefix functions reach over the whole product that follows, not one factor."""
    local: bool = False
    """Derivatives of a defined quantity are one edge of the computation graph."""


class Resolver:
    """One reading of one piece of text."""

    def __init__(self, context: Context, policy: Policy = Policy(), scope: dict[str, Range | Shape] | None = None) -> None:
        self.context = context
        self.policy = policy
        self.scope: dict[str, Range | Shape] = dict(scope or {})
        self.fitting = Fitting()
        self.open_choices: set[str] = set()
        self.elementwise = frozenset(str(mark) for mark in _tuple(context.options.get("elementwise")))
        self.alias = option(context, "alias")
        self.components = option(context, "component")
        self.signatures = option(context, "signatures")
        self.variants = option(context, "variants")
        self.called = option(context, "called")
        self.supers = frozenset(str(name) for name in _tuple(context.options.get("superscript")))

    # -- entry points ----------------------------------------------------------------------------------------------
    def expression(self, node: s.Node) -> Typed:
        """The typed term of a node."""
        match node:
            case s.Number(text=text):
                return Typed(Num(Fraction(text), text=text, span=_span(node)), SCALAR)
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
                raise ReadError("expected a value, found a relation", _span(node), "write an indicator: \\mathbf{1}\\{…\\}")
        raise ReadError("expected a value", _span(node))

    def operator(self, node: s.Node) -> Typed:
        match node:
            case s.BigOp():
                return self.big(node)
            case s.IntegralOp():
                return self.integral(node)
            case s.Diff(body=None):
                raise ReadError("expected something to differentiate", _span(node))
            case s.Diff(body=body) if body is not None:
                return self.derivative(self.expression(body), node.variables, node)
            case s.Evaluated(body=body, at=at):
                return self.evaluated(self.expression(body), at, node)
            case s.Factorial(body=body):
                return self.op("factorial", [self.expression(body)], node)
            case s.Binom(top=top, bottom=bottom):
                n, k = self.expression(top), self.expression(bottom)
                rest = self.op("add", [n, self.op("neg", [k], node)], node)
                below = [self.op("factorial", [part], node) for part in (k, rest)]
                return self.op("div", [self.op("factorial", [n], node), self.product_of(below, node)], node)
        raise ReadError("expected a value", _span(node))

    def op(self, name: str, args: list[Typed], node: s.Node) -> Typed:
        return typed_op(self.fitting, name, args, _span(node))

    # -- sums and products -----------------------------------------------------------------------------------------
    def sum(self, terms: tuple[tuple[str, s.Node], ...], node: s.Node) -> Typed:
        typed = []
        for sign, part in terms:
            value = self.expression(part)
            typed.append(Typed(Op("neg", (value.term,), span=_span(part)), value.shape) if sign == "-" else value)
        if len(typed) == 1:
            return typed[0]
        try:
            return self.op("add", typed, node)
        except ShapeRefusal:
            if "+" in self.elementwise:
                return self.op("broadcast_add", typed, node)
            raise

    def product(self, node: s.Product) -> Typed:
        done: Typed | None = None
        factors = self.factors(node.first)
        for op, part in node.rest:
            here = self.factors(part)
            if op in ("*", "\\times"):
                if op == "*" and len(here) == 1:
                    left, right = self.fitting.settle(self.product_of(factors, node).shape), self.fitting.settle(here[0].shape)
                    if len(left) == 1 and left == right:
                        factors = [self.op("inner", [self.product_of(factors, node), here[0]], node)]
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
        done = self.product_of(factors, node)
        return done

    def written(self, op: str, left: Typed, right: Typed, node: s.Node) -> Typed:
        if op == "/":
            return self.quotient(left, right, node)
        if op == "\\odot":
            if isinstance(left.term, Op) and left.term.name == "hadamard":
                joined = self.op("hadamard", [left, right], node)
                return Typed(Op("hadamard", (*left.term.args, right.term), span=_span(node)), joined.shape)
            return self.op("hadamard", [left, right], node)
        if op == "\\oslash":
            return self.op("hadamard_div", [left, right], node)
        vectors = len(left.shape) == 1 and len(right.shape) == 1
        return self.op("outer" if vectors else "kron", [left, right], node)

    def product_of(self, factors: list[Typed], node: s.Node) -> Typed:
        """Factors side by side. Jacobians that do not multiply as matrices are contracted as the chain rule says."""
        try:
            return typed_product(self.fitting, factors, _span(node))
        except ShapeRefusal:
            chained = self.chained(factors, node)
            if chained is None:
                raise
            return chained

    def quotient(self, top: Typed, bottom: Typed, node: s.Node) -> Typed:
        if self.fitting.settle(bottom.shape):
            if "/" in self.elementwise:
                return self.op("hadamard_div", [top, bottom], node)
            raise ShapeRefusal(
                f"expected a scalar below the fraction line, found {show_shape(self.fitting.settle(bottom.shape))}",
                bottom.term.span or _span(node), "declare “elementwise /” if you divide entry by entry",
            )  # fmt: skip
        return self.op("div", [top, bottom], node)

    def fraction(self, top: s.Node, bottom: s.Node, node: s.Node) -> Typed:
        return self.quotient(self.expression(top), self.expression(bottom), node)

    def root(self, node: s.Root) -> Typed:
        body = self.expression(node.body)
        if node.degree is not None:
            one = Typed(Num(Fraction(1), span=_span(node)), SCALAR)
            return self.power(body, self.op("div", [one, self.expression(node.degree)], node), node)
        if self.fitting.settle(body.shape) and "\\sqrt" not in self.elementwise:
            raise ShapeRefusal(
                f"expected a scalar under the root, found {show_shape(self.fitting.settle(body.shape))}", _span(node),
                "declare “elementwise \\sqrt” if you take it entry by entry",
            )  # fmt: skip
        return self.op("sqrt", [body], node)

    def power(self, base: Typed, exponent: Typed, node: s.Node) -> Typed:
        shape = self.fitting.settle(base.shape)
        if len(shape) == 2 and _is_minus_one(exponent.term):
            return self.op("inverse", [base], node)
        if len(shape) == 2 and "^" not in self.elementwise and not _whole(exponent.term):
            raise ShapeRefusal("expected a whole-number power of a matrix", _span(node))
        if len(shape) == 1 and "^" not in self.elementwise:
            raise ShapeRefusal(
                f"expected a scalar to take a power of, found {show_shape(shape)}", _span(node),
                "declare “elementwise ^”, or write \\|x\\|^2 or x^T x",
            )  # fmt: skip
        return self.op("pow", [base, exponent], node)

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
        while at < len(parts):
            typed, at = self.one(parts, at)
            out.append(typed)
        return out

    def one(self, parts: tuple[s.Node, ...], at: int) -> tuple[Typed, int]:
        """The factor that begins at ``parts[at]``, with the arguments it takes, and where the next one begins."""
        node = parts[at]
        following = parts[at + 1] if at + 1 < len(parts) else None
        head = parts_of(node)
        if head is not None:
            for rule in (self.as_call, self.as_special, self.as_prefix):
                found = rule(head, parts, at, following)
                if found is not None:
                    return found
            found_name = self.name(node, head, following)
            self.refuse_silent_call(found_name.term, following, node)
            return found_name, at + 1
        if isinstance(node, s.Number) and isinstance(following, s.Group) and following.bracket == "\\{":
            return self.indicator(following, node), at + 2
        if isinstance(node, s.Diff) and node.body is None:
            body, after = self.operand(parts, at + 1, node)
            return self.derivative(body, node.variables, node), after
        if isinstance(node, s.Diff) and isinstance(following, s.Group) and following.bracket == "(":
            if [s.key(item) for item in following.items] == [s.key(variable) for variable in node.variables]:
                return self.expression(node), at + 2
        if isinstance(node, s.Script):
            return self.scripted(self.expression(node.base), node.sub, node.sup, node), at + 1
        return self.expression(node), at + 1

    def refuse_silent_call(self, term: Term, following: s.Node | None, node: s.Node) -> None:
        """``L(w)`` with a quantity L that depends on w would be read as a product: ask instead."""
        group, _ = _call_group(following)
        if group is None or not isinstance(term, Sym) or not group.items:
            return
        decl = self.context.symbols.get(term.name)
        if decl is None or (decl.definition is None and decl.depends is None):
            return
        for item in group.items:
            parts = parts_of(item)
            if parts is None or not any(depends_on(self.context, term.name, c.name) for c in self.shares(*parts)):
                return
        raise ReadError(
            f"expected a product or a call, cannot tell which: {s.key(node)}{s.key(group)}", _span(node),
            f"write {s.key(node)} alone, or declare “let {s.key(node)}{s.key(group)} := …”",
        )  # fmt: skip

    def operand(self, parts: tuple[s.Node, ...], at: int, head: s.Node) -> tuple[Typed, int]:
        """What a prefix function applies to: a group or one factor, or (another reading) all that follows."""
        if at >= len(parts):
            raise ReadError("expected something after this", _span(head))
        first, after = self.one(parts, at)
        if after == len(parts) or _is_group(parts[at]):
            return first, after
        if self.prefix_follows(parts, after):
            return first, after
        self.open_choices.add("wide")
        if not self.policy.wide:
            return first, after
        factors = [first]
        while after < len(parts) and not self.prefix_follows(parts, after):
            factor, after = self.one(parts, after)
            factors.append(factor)
        whole = s.Juxt(parts[at].start, parts[after - 1].stop, parts[at:after])
        return self.product_of(factors, whole), after

    def prefix_follows(self, parts: tuple[s.Node, ...], at: int) -> bool:
        node = parts[at]
        if isinstance(node, s.Diff) and node.body is None:
            return True
        head = parts_of(node)
        return head is not None and (head[0] == "\\nabla" or _word(head[0]) in BUILTIN_WORDS)

    # -- calls -----------------------------------------------------------------------------------------------------
    def as_call(
        self, head: tuple[str, s.Node | None, s.Node | None], parts: tuple[s.Node, ...], at: int, following: s.Node | None
    ) -> tuple[Typed, int] | None:
        """``f(x)``, ``p(x|θ)``, ``f_k(x)``, ``P(d, c_d = k)``: only names that are declared as functions."""
        group, script = _call_group(following)
        if group is None:
            return None
        base, sub, sup = head
        if base in NORMALS and base not in self.signatures and base not in self.context.functions and sub is None and sup is None:
            typed = self.normal(group, parts[at])
            return self.after_call(typed, script, parts[at]), at + 2
        formed = self.as_form(head, parts[at], group)
        if formed is not None:
            return self.after_call(formed, script, parts[at]), at + 2
        if base.endswith("'") and sub is None and sup is None:
            primed = self.primed(base, group, parts[at])
            if primed is not None:
                return self.after_call(primed, script, parts[at]), at + 2
        for candidate in self.shares(base, sub, sup):
            signatures = self.signatures_of(candidate.name)
            if signatures:
                signatures = tuple(each for each in signatures if self.subscripts(each) == len(candidate.indices))
                if not signatures:
                    continue
                if candidate.rest is not None and s.key(candidate.rest) == "-1":
                    raise ReadError("expected a value; the inverse of a function has none declared", _span(parts[at]), "name it with “function”")
                typed = self.call(candidate, signatures, group, parts[at])
                span = Span(parts[at].start, group.stop)
                typed = Typed(_respan(typed.term, span), typed.shape)
                if candidate.rest is not None:
                    typed = self.scripted(typed, None, candidate.rest, parts[at])
                return self.after_call(typed, script, parts[at]), at + 2
        if group.seps and any(sep in ("|", ";", ",") for sep in group.seps) and base not in EXPECTATIONS | PROBABILITIES | INDICATORS:
            word = _word(base)
            if word in BUILTIN_WORDS or word in ("KL", "Var", "Cov", "max", "min") or base == "\\delta":
                return None
            raise ReadError(
                f"{s.key(parts[at])} is not declared as a function", _span(parts[at]),
                f"declare “function {s.key(parts[at])}{s.key(group)}”",
            )  # fmt: skip
        return None

    def as_form(self, head: tuple[str, s.Node | None, s.Node | None], node: s.Node, group: s.Group) -> Typed | None:
        """A quantity that was defined together with its arguments: ``l(\\theta)``."""
        for candidate in self.shares(*head):
            forms = self.called.get(candidate.name)
            for form in forms if isinstance(forms, tuple) else ():
                given: dict[str, s.Node] = {}
                if not fits_form(form.group.items, group.items, form.indices, given):
                    continue
                heads = list(candidate.indices)
                decl = self.context.symbols[form.name]
                chosen = [given[name] if name in given else heads.pop(0) for name in decl.family_names if name in given or heads]
                typed = self.place(form.name, tuple(chosen), s.Juxt(node.start, group.stop, ()))
                return self.scripted(typed, None, candidate.rest, node)
        return None

    def shares(self, base: str, sub: s.Node | None, sup: s.Node | None) -> Iterator[Candidate]:
        """Candidates for a name, with its alias and with superscript indices where they were declared."""
        yield from self.raised(base, sub, sup)
        alias = self.alias.get(base)
        if isinstance(alias, str):
            yield from self.raised(alias, sub, sup)

    def raised(self, base: str, sub: s.Node | None, sup: s.Node | None) -> Iterator[Candidate]:
        rest = split_superscript(sup).rest
        for candidate in candidates(base, sub, sup):
            again = self.alias.get(candidate.name)
            name = again if isinstance(again, str) else candidate.name
            if rest is not None and candidate.rest is not None and name in self.supers and not _is_transpose(rest, self.context):
                yield Candidate(name, (*items_of(rest), *candidate.indices), None)
            elif name != candidate.name:
                yield Candidate(candidate.name, candidate.indices, candidate.rest)
                yield Candidate(name, candidate.indices, candidate.rest)
            else:
                yield candidate

    def signatures_of(self, name: str) -> tuple[Signature, ...]:
        found = self.signatures.get(name)
        if isinstance(found, tuple):
            return found
        decl = self.context.functions.get(name)
        if decl is None:
            return ()
        arity = (OPERATORS[decl.builtin].arity or 1) if decl.builtin else 0
        params = decl.params or tuple(f"u_{place}" for place in range(arity))
        return (Signature(name, tuple(Slot(param=param) for param in params)),)

    def subscripts(self, signature: Signature) -> int:
        """How many subscripts the function itself takes."""
        decl: FunctionDecl | SymbolDecl | None = self.context.functions.get(signature.name)
        decl = decl or self.context.symbols.get(signature.name)
        if decl is None:
            return -1
        return len(decl.family) - sum(slot.param in decl.family_names for slot in _open(signature))

    def call(self, candidate: Candidate, signatures: tuple[Signature, ...], group: s.Group, node: s.Node) -> Typed:
        fits = [(signature, args) for signature in signatures if (args := _match(signature, group)) is not None]
        if len(fits) > 1:
            fits = _closest(fits, group)
        if len(fits) != 1:
            known = " or ".join(show_signature(signature) for signature in signatures)
            what = "more than one declared form fits" if fits else "no declared form fits"
            raise ReadError(f"{what} {s.key(node)}{s.key(group)}", Span(node.start, group.stop), f"declared: {known}")
        signature, nodes = fits[0]
        return self.apply_signature(signature, nodes, candidate, node)

    def apply_signature(self, signature: Signature, nodes: tuple[s.Node, ...], candidate: Candidate, node: s.Node) -> Typed:
        """The value of a declared form: its index parameters become family indices, the others arguments."""
        decl: FunctionDecl | SymbolDecl = self.context.functions.get(signature.name) or self.context.symbols[signature.name]
        slots = _open(signature) or tuple(Slot(param="") for _ in nodes)
        own = len(decl.family_names) - sum(slot.param in decl.family_names for slot in slots)
        if len(candidate.indices) != own:
            raise ReadError(f"{signature.name} takes {own} subscript(s), found {len(candidate.indices)}", _span(node))
        given = {slot.param: item for slot, item in zip(slots, nodes, strict=True)}
        heads = [self.index(item) for item in candidate.indices]
        indices = tuple(heads.pop(0) if name not in given else self.index(given[name]) for name in decl.family_names)
        if isinstance(decl, SymbolDecl):
            return self.symbol(decl, indices, node)
        args = [self.argument(item) for slot, item in zip(slots, nodes, strict=True) if slot.param not in decl.family_names]
        if decl.builtin is not None:
            return self.op(decl.builtin, args, node)
        return self.applied(decl, args, indices, node)

    def applied(self, decl: FunctionDecl, args: list[Typed], indices: tuple[Term, ...], node: s.Node) -> Typed:
        if decl.name in _tuple(self.context.options.get("elementwise_functions")) and len(args) == 1:
            return self.mapped(decl, args[0], indices, node)
        for wanted, arg in zip(decl.param_shapes, args, strict=False):
            found = self.fitting.settle(arg.shape)
            self.fitting.same([wanted, found])
            found = self.fitting.settle(found)
            if wanted != found:
                raise ShapeRefusal(
                    f"{decl.name} expects {show_shape(wanted)}, found {show_shape(found)}", arg.term.span or _span(node)
                )
        return Typed(Apply(decl.name, tuple(arg.term for arg in args), indices, span=_span(node)), decl.shape)

    def mapped(self, decl: FunctionDecl, arg: Typed, indices: tuple[Term, ...], node: s.Node) -> Typed:
        """A function of a scalar, declared elementwise, of every entry."""
        shape = self.fitting.settle(arg.shape)
        places = tuple(f"i_{self.fitting.fresh()}" for _ in shape)
        entry = _entries(arg.term, tuple(Index(place) for place in places))
        body = Apply(decl.name, (entry,), indices, span=_span(node))
        pairs = tuple((place, Range.upto(extent)) for place, extent in zip(places, shape, strict=True))
        return Typed(Array(pairs, body, span=_span(node)) if pairs else body, shape)

    def primed(self, base: str, group: s.Group, node: s.Node) -> Typed | None:
        """``f'(x)``: the derivative of a declared function of one scalar, at a variable; entry by entry on a vector."""
        name = base.rstrip("'")
        if name == base or len(group.items) != 1 or not self.signatures_of(name):
            return None
        decl = self.context.functions.get(name)
        if decl is None or decl.family:
            return None
        arg = self.expression(group.items[0])
        shape = self.fitting.settle(arg.shape)
        if not isinstance(arg.term, Sym | Entry) or len(shape) > 1:
            raise ReadError(f"expected a variable in {base}(…)", _span(group), "name the argument with “let”")
        places = tuple(f"i_{self.fitting.fresh()}" for _ in shape)
        variable = _entries(arg.term, tuple(Index(place) for place in places))
        value: Term = Op(decl.builtin, (variable,)) if decl.builtin else Apply(name, (variable,))
        for _ in range(len(base) - len(name)):
            value = Deriv(value, variable, span=_span(node))
        pairs = tuple((place, Range.upto(extent)) for place, extent in zip(places, shape, strict=True))
        return Typed(Array(pairs, value, span=_span(node)) if pairs else value, shape)

    def argument(self, node: s.Node) -> Typed:
        if isinstance(node, s.Relation):
            raise ReadError("expected a value as argument, found a relation", _span(node))
        return self.expression(node)

    def after_call(self, typed: Typed, script: s.Script | None, node: s.Node) -> Typed:
        return typed if script is None else self.scripted(typed, script.sub, script.sup, script)

    def normal(self, group: s.Group, node: s.Node) -> Typed:
        """``\\mathcal{N}(x | m, S)``."""
        if len(group.items) != 3:
            raise ReadError(
                f"expected \\mathcal{{N}}(x | m, S), found {len(group.items)} argument(s)", Span(node.start, group.stop),
                "the distribution \\mathcal{N}(m, S) alone has no value",
            )  # fmt: skip
        args = [self.expression(item) for item in group.items]
        shapes = [self.fitting.settle(arg.shape) for arg in args]
        diagonal = len(shapes[0]) == 1 and len(shapes[2]) == 1
        return self.op("gaussian_diag" if diagonal else "gaussian", args, s.Group(node.start, group.stop, "(", ()))

    # -- special heads ---------------------------------------------------------------------------------------------
    def as_special(
        self, head: tuple[str, s.Node | None, s.Node | None], parts: tuple[s.Node, ...], at: int, following: s.Node | None
    ) -> tuple[Typed, int] | None:
        """Indicators, expectations, probabilities, deltas, divergences."""
        base, sub, sup = head
        node = parts[at]
        group, script = _call_group(following, brackets=("(", "[", "\\{", "[)", "(]"))
        declared = self.is_declared(base, sub, sup)
        if base in INDICATORS and not declared:
            if isinstance(sub, s.Relation) or (isinstance(sub, s.Group) and any(isinstance(i, s.Relation) for i in sub.items)):
                return self.scripted(self.indicator(sub, node), None, sup, node), at + 1
            if group is not None and any(isinstance(item, s.Relation) for item in group.items):
                return self.after_call(self.indicator(group, node), script, node), at + 2
        if base in EXPECTATIONS and group is not None and not declared:
            return self.after_call(self.expectation(sub, group, node, probability=False), script, node), at + 2
        if base in PROBABILITIES and group is not None and not declared:
            return self.after_call(self.expectation(sub, group, node, probability=True), script, node), at + 2
        if base == "\\delta" and not declared and sub is not None and len(items_of(sub)) == 2:
            pair = [Typed(self.index(item), SCALAR) for item in items_of(sub)]
            return self.scripted(self.op("delta", pair, node), None, sup, node), at + 1
        if base == "e" and not declared and "e" not in self.context.indices and sub is None and sup is not None:
            return self.op("exp", [self.expression(sup)], node), at + 1
        if _word(base) in ("KL", "D_{KL}") and group is not None and "||" in group.seps:
            return self.divergence(group, node), at + 2
        return None

    def is_declared(self, base: str, sub: s.Node | None, sup: s.Node | None) -> bool:
        """Whether the author declared this name (with some of its scripts), so that its usual meaning is off."""
        places = (self.scope, self.context.symbols, self.components, self.alias, self.variants)
        return any(candidate.name in place for candidate in self.shares(base, sub, sup) for place in places)

    def as_prefix(
        self, head: tuple[str, s.Node | None, s.Node | None], parts: tuple[s.Node, ...], at: int, following: s.Node | None
    ) -> tuple[Typed, int] | None:
        """``\\log x``, ``\\operatorname{tr} A``, ``\\nabla_w f``: operators that take what follows."""
        base, sub, sup = head
        node = parts[at]
        if base == "\\nabla":
            return self.nabla(sub, sup, parts, at)
        builtin = BUILTIN_WORDS.get(_word(base))
        spelled = _spelled(parts, at) if builtin is None else None
        taken = 1
        if spelled is not None and not self.is_known(base) | (base in self.signatures):
            builtin, taken = spelled
        elif spelled is not None and all(self.is_known(s.key(part)) for part in parts[at : at + spelled[1]]):
            raise ReadError(f"expected a product or the function {spelled[0]}, cannot tell which", _span(node), "write \\operatorname{…}")
        elif spelled is not None:
            builtin, taken = spelled
        if builtin is None or base in self.context.symbols:
            return None
        if sub is not None:
            raise ReadError(f"expected no subscript on {_word(base)}", _span(node))
        group, script = _call_group(parts[at + taken] if at + taken < len(parts) else None, brackets=("(", "[", "\\{"))
        if group is not None and len(group.items) == 1:
            typed = self.function(builtin, self.expression(group), node, Span(node.start, group.stop))
            typed = self.after_call(typed, script, node)
            return (typed if sup is None else self.scripted(typed, None, sup, node)), at + taken + 1
        body, after = self.operand(parts, at + taken, node)
        typed = self.function(builtin, body, node, Span(node.start, parts[after - 1].stop))
        return (typed if sup is None else self.scripted(typed, None, sup, node)), after

    def function(self, builtin: str, body: Typed, node: s.Node, span: Span) -> Typed:
        return typed_op(self.fitting, builtin, [body], span)

    def nabla(self, sub: s.Node | None, sup: s.Node | None, parts: tuple[s.Node, ...], at: int) -> tuple[Typed, int]:
        node = parts[at]
        order = 2 if isinstance(sup, s.Number) and sup.text == "2" else 1
        if sub is None:
            raise ReadError("expected the variable of this gradient", _span(node), "write \\nabla_{w}")
        variables = tuple(items_of(sub)) if not isinstance(sub, s.Script | s.Name) else (sub,)
        if len(variables) == 1:
            variables = variables * order
        body, after = self.operand(parts, at + 1, node)
        return self.derivative(body, variables, s.Juxt(node.start, parts[after - 1].stop, ())), after

    # -- names -----------------------------------------------------------------------------------------------------
    def name(self, node: s.Node, head: tuple[str, s.Node | None, s.Node | None], following: s.Node | None) -> Typed:
        base, sub, sup = head
        for candidate in self.shares(base, sub, sup):
            found = self.known(candidate, node)
            if found is not None:
                return found if candidate.rest is None else self.scripted(found, None, candidate.rest, node)
        literal = self.literal(base, sub, node)
        if literal is not None:
            return literal if sup is None else self.scripted(literal, None, sup, node)
        if sub is not None or sup is not None:
            inner = node.base if isinstance(node, s.Script) else node
            if self.is_known(base) and inner is not node and sub is None:
                return self.scripted(self.expression(inner), None, sup, node)
        raise self.undeclared(base, sub, sup, node)

    def is_known(self, base: str) -> bool:
        return base in self.scope or base in self.context.symbols or base in self.context.sizes or base in self.context.indices

    def undeclared(self, base: str, sub: s.Node | None, sup: s.Node | None, node: s.Node) -> ReadError:
        bare = s.key(node if sup is None else s.Script(node.start, node.stop, s.Name(node.start, node.stop, base), sub))
        decl = self.context.symbols.get(base)
        if decl is not None and len(decl.family) > (len(items_of(sub)) if sub is not None else 0):
            family = ",".join(decl.family_names)
            return ReadError(f"{bare} has too few indices; it is declared as {base}_{{{family}}}", _span(node), "write its indices")
        if base in self.context.functions or base in self.signatures:
            return ReadError(f"{bare} is a function, found without its arguments", _span(node))
        hint = similar(base, iter((*self.context.symbols, *self.context.sizes)))
        return Undeclared(bare, _span(node), hint)

    def known(self, candidate: Candidate, node: s.Node) -> Typed | None:
        name, indices = candidate.name, candidate.indices
        bound = self.scope.get(name)
        if bound is not None:
            return self.bound(name, bound, indices, node)
        component = self.components.get(name)
        if isinstance(component, Component) and len(indices) == component.family + component.entries:
            whole = self.place(component.whole, indices[: component.family], node)
            return self.entry(whole, indices[component.family :], node)
        other = self.alias.get(name)
        if isinstance(other, s.Node) and not indices:
            return self.expression(other)
        if isinstance(other, Whole):
            return self.row(self.context.symbols[other.name], tuple(self.index(item) for item in indices), node)
        placed = self.declared(name, indices, node)
        if placed is not None or indices:
            return placed
        if name in self.context.indices:
            return Typed(Index(name, span=_span(node)), SCALAR)
        if name in self.context.sizes:
            return Typed(Size(name, span=_span(node)), SCALAR)
        return None

    def declared(self, name: str, indices: tuple[s.Node, ...], node: s.Node) -> Typed | None:
        """The declared quantity of this name that takes these indices (``λ`` and ``λ_k`` may both be declared)."""
        more = self.variants.get(name)
        keys = (name, *more) if isinstance(more, tuple) else (name,)
        decls = [self.context.symbols[key] for key in keys if key in self.context.symbols]
        decls.sort(key=lambda decl: len(decl.family) != len(indices))
        problem: ReadError | None = None
        for decl in decls:
            if decl.family and not indices and (name in self.context.sizes or name == "\\pi"):
                continue
            if indices and not decl.family and not decl.shape:
                continue
            try:
                return self.place(decl.name, indices, node)
            except ReadError as error:
                problem = problem or error
        if problem is not None:
            raise problem
        return None

    def bound(self, name: str, what: Range | Shape, indices: tuple[s.Node, ...], node: s.Node) -> Typed | None:
        if isinstance(what, Range):
            return None if indices else Typed(Index(name, span=_span(node)), SCALAR)
        return self.entry(Typed(Sym(name, span=_span(node)), what), indices, node)

    def place(self, name: str, nodes: tuple[s.Node, ...], node: s.Node) -> Typed:
        """A declared symbol with its indices: members of a family, then entries; missing last ones make an array."""
        decl = self.context.symbols[name]
        family, rank = len(decl.family), len(decl.shape)
        if len(nodes) == 1 and family + rank == 2 and isinstance(nodes[0], s.Number) and len(nodes[0].text) == 2:
            first = nodes[0]
            nodes = tuple(s.Number(first.start, first.stop, digit) for digit in first.text)
        if len(nodes) > family + rank:
            raise ReadError(f"{name} takes {family + rank} subscript(s), found {len(nodes)}", _span(node))
        indices = tuple(self.index(item) for item in nodes)
        for index, range_ in zip(indices, (*decl.family, *(Range.upto(extent) for extent in decl.shape)), strict=False):
            self.check_range(index, range_, name)
        if len(nodes) < family:
            return self.row(decl, indices, node)
        base = self.symbol(decl, indices[:family], node)
        return self.entry_of(base, indices[family:], node)

    def check_range(self, index: Term, wanted: Range, name: str) -> None:
        """An index must run within the range it is used for."""
        if isinstance(index, Num):
            low, high = wanted.low.constant, wanted.high.constant
            if (low is not None and index.value < low) or (high is not None and index.value > high):
                raise ReadError(f"{name} has no member {index.value}; its index runs over {wanted}", index.span)
        if not isinstance(index, Index):
            return
        found = self.scope.get(index.name) or self.context.indices.get(index.name)
        if not isinstance(found, Range) or found == wanted:
            return
        below, above = self.widest(found.low - wanted.low), self.widest(wanted.high - found.high)
        if any(gap.constant is None and not (gap.names & self.index_names()) for gap in (below, above)):
            raise ReadError(f"the index {index.name} runs over {found}, {name} takes {wanted}", index.span, "use an index of that range")
        if any(gap.constant is not None and gap.constant < 0 for gap in (below, above)):
            raise ReadError(f"the index {index.name} runs over {found}, out of the range {wanted} of {name}", index.span)

    def widest(self, gap: Extent) -> Extent:
        """A gap between bounds, with indices in it at their greatest (when they are taken away)."""
        for names, factor in gap.terms:
            if len(names) == 1 and factor == -1:
                found = self.scope.get(names[0]) or self.context.indices.get(names[0])
                if isinstance(found, Range):
                    return gap.renamed({names[0]: found.high})
        return gap

    def index_names(self) -> frozenset[str]:
        return frozenset(name for name, what in self.scope.items() if isinstance(what, Range)) | frozenset(self.context.indices)

    def symbol(self, decl: SymbolDecl, indices: tuple[Term, ...], node: s.Node) -> Typed:
        found: Term = Sym(decl.name, indices, span=_span(node))
        if self.scope and decl.definition is not None:
            found = inline(self.context, decl, indices, self.scope) or found
        return Typed(found, decl.shape)

    def row(self, decl: SymbolDecl, indices: tuple[Term, ...], node: s.Node) -> Typed:
        """``x^{(i)}`` where ``x_d^{(i)}`` was declared: the vector over the missing indices."""
        missing = len(decl.family) - len(indices)
        if decl.shape or (not indices and not self.whole_family(decl.name)):
            family = ",".join(decl.family_names)
            raise ReadError(f"{decl.name} has {len(indices)} index(es) here; it is declared as {decl.name}_{{{family}}}", _span(node))
        names = tuple(f"{name}'" if self.taken(name) else name for name in decl.family_names[-missing:])
        pairs = tuple(zip(names, decl.family[-missing:], strict=True))
        body = Sym(decl.name, (*indices, *(Index(name) for name in names)), span=_span(node))
        return Typed(Array(pairs, body, span=_span(node)), tuple(range_.length for _, range_ in pairs))

    def taken(self, name: str) -> bool:
        return name in self.scope or name in self.context.indices

    def whole_family(self, name: str) -> bool:
        return name in _tuple(self.context.options.get("whole"))

    def entry(self, base: Typed, nodes: tuple[s.Node, ...], node: s.Node) -> Typed:
        return self.entry_of(base, tuple(self.index(item) for item in nodes), node)

    def entry_of(self, base: Typed, indices: tuple[Term, ...], node: s.Node) -> Typed:
        if not indices:
            return base
        shape = self.fitting.settle(base.shape)
        if len(indices) > len(shape):
            raise ReadError(f"{len(indices)} subscript(s) on something of shape {show_shape(shape)}", _span(node))
        return Typed(Entry(base.term, indices, span=_span(node)), shape[len(indices) :])

    def index(self, node: s.Node) -> Term:
        """A subscript as a term: an index, a number, a label, or a sum of these."""
        typed = self.expression(node)
        if typed.shape:
            raise ReadError(f"expected an index, found {show_shape(typed.shape)}", _span(node))
        return typed.term

    def literal(self, base: str, sub: s.Node | None, node: s.Node) -> Typed | None:
        """I, \\mathbf{1}, \\mathbf{0}, e, \\pi, \\infty, unless declared."""
        span = _span(node)
        if base in ONES | ZEROS | IDENTITIES:
            extent = self.fitting.open() if sub is None else self.extent(sub)
            size = Size(extent.name, span=span) if extent.name else size_term(extent, span)
            name = "ones" if base in ONES else "zeros" if base in ZEROS else "identity"
            shape = (extent, extent) if name == "identity" else (extent,)
            return Typed(Op(name, (size,), span=span), shape)
        constant = {"\\pi": "pi", "e": "e", "\\infty": "inf", "\\mathrm{e}": "e"}.get(base)
        if constant is not None and sub is None:
            return Typed(Const(constant, span=span), SCALAR)
        return None

    def extent(self, node: s.Node) -> Extent:
        try:
            return extent_of(self.expression(node).term)
        except Undeclared as error:
            raise NotASize(error.name, error.span, f"declare it: size {error.name}") from error
        except ShapeError as error:
            raise NotASize(s.key(node), _span(node)) from error

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
            return Typed(Op("norm2", base.term.args, span=_span(node)), SCALAR)
        if isinstance(sup, s.Juxt) and len(sup.parts) == 2 and isinstance(sup.parts[0], s.Group):
            raise ReadError("expected a name before an index in brackets", _span(node))
        if _is_transpose(sup, self.context):
            return self.op("transpose", [base], node)
        if isinstance(sup, s.Sum) and len(sup.terms) == 1 and sup.terms[0][0] == "-" and _is_transpose(sup.terms[0][1], self.context):
            return self.op("transpose", [self.op("inverse", [base], node)], node)
        return self.power(base, self.expression(sup), node)

    def norm_script(self, base: Typed, sub: s.Node, sup: s.Node | None, node: s.Node) -> Typed:
        if s.key(sub) not in ("2", "F", "\\mathrm{F}"):
            raise ReadError(f"expected a Euclidean norm, found the norm {s.key(sub)}", _span(node))
        return self.scripted(base, None, sup, node)

    # -- brackets --------------------------------------------------------------------------------------------------
    def group(self, node: s.Group) -> Typed:
        if len(node.items) != 1:
            what = "a list" if node.items else "nothing"
            raise ReadError(f"expected one value in brackets, found {what}", _span(node))
        item = node.items[0]
        if node.bracket == "[" and isinstance(item, s.Relation):
            return self.indicator(node, node)
        if node.bracket == "\\lfloor":
            return self.op("floor", [self.expression(item)], node)
        typed = self.expression(item)
        if node.bracket == "|":
            shape = self.fitting.settle(typed.shape)
            if len(shape) == 1:
                raise ShapeRefusal("expected a scalar or a matrix between bars, found a vector", _span(node), "write \\|x\\|")
            return self.op("det" if shape else "abs", [typed], node)
        if node.bracket == "||":
            return self.op("norm", [typed], node)
        return Typed(_respan(typed.term, _span(node)), typed.shape)

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
        raise ReadError("expected a condition such as k = j", _span(node))

    def rel(self, op: str, left: s.Node, right: s.Node, node: s.Node) -> Typed:
        if op not in RELATION_OPS:
            raise ReadError(f"expected =, ≠, <, ≤, > or ≥ in a condition, found {op}", _span(node))
        a, b = self.relate(self.expression(left), self.expression(right))
        top, bottom = self.fitting.settle(a.shape), self.fitting.settle(b.shape)
        if top and bottom and top != bottom:
            raise ShapeRefusal(f"cannot compare {show_shape(top)} with {show_shape(bottom)}", _span(node))
        return Typed(Rel(op, a.term, b.term, span=_span(node)), top or bottom)

    def relate(self, left: Typed, right: Typed) -> tuple[Typed, Typed]:
        """Two sides of a relation, with their open sizes fitted to each other."""
        self.fitting.same([left.shape, right.shape])
        return left, right

    # -- big operators ---------------------------------------------------------------------------------------------
    def big(self, node: s.BigOp) -> Typed:
        from derive.read.binders import big_operator

        return big_operator(self, node)

    def integral(self, node: s.IntegralOp) -> Typed:
        from derive.read.binders import integral

        return integral(self, node)

    def expectation(self, sub: s.Node | None, group: s.Group, node: s.Node, *, probability: bool) -> Typed:
        from derive.read.binders import expectation

        return expectation(self, sub, group, node, probability=probability)

    def divergence(self, group: s.Group, node: s.Node) -> Typed:
        from derive.read.binders import divergence

        return divergence(self, group, node)

    @contextmanager
    def binding(self, pairs: dict[str, Range | Shape]) -> Iterator[None]:
        """Names bound while the body is read."""
        before = self.scope
        self.scope = {**before, **pairs}
        try:
            yield
        finally:
            self.scope = before

    # -- derivatives -----------------------------------------------------------------------------------------------
    def derivative(self, body: Typed, variables: tuple[s.Node, ...], node: s.Node) -> Typed:
        for variable in variables:
            if isinstance(variable, s.Script) and variable.sup is not None and _is_transpose(variable.sup, self.context):
                variable = variable.base if variable.sub is None else s.Script(variable.start, variable.stop, variable.base, variable.sub)
            wrt = self.expression(variable)
            if not isinstance(wrt.term, Sym | Entry | Apply):
                raise ReadError("expected a variable to differentiate in", _span(variable), "name it with “let”")
            body = self.one_derivative(body, wrt, node)
        return body

    def one_derivative(self, body: Typed, wrt: Typed, node: s.Node) -> Typed:
        local = False
        if local_differs(self.context, body.term, wrt.term):
            self.open_choices.add("local")
            local = self.policy.local
        top, bottom = self.fitting.settle(body.shape), self.fitting.settle(wrt.shape)
        shape = (*top, *bottom)
        term: Term = Deriv(body.term, wrt.term, local, span=_span(node))
        if self.context.options.get("layout") == "jacobian" and not top and len(bottom) == 1:
            return self.op("transpose", [Typed(term, shape)], node)
        return Typed(term, shape)

    def chained(self, factors: list[Typed], node: s.Node) -> Typed | None:
        """``∂L/∂y ∂y/∂z``: neighbours that share a variable are summed over its entries."""
        out = [factors[0]]
        changed = False
        for factor in factors[1:]:
            joined = self.join(out[-1], factor, node)
            if joined is None:
                out.append(factor)
            else:
                out[-1] = joined
                changed = True
        if not changed:
            return None
        return typed_product(self.fitting, out, _span(node))

    def join(self, left: Typed, right: Typed, node: s.Node) -> Typed | None:
        tail = _last_derivative(left.term)
        if tail is None or not isinstance(right.term, Deriv) or not self.is_same(tail, right.term.body):
            return None
        shared = self.shape_of_variable(tail)
        outer, inner = left.shape[: len(left.shape) - len(shared)], right.shape[len(shared) :]
        names = [Index(f"i_{self.fitting.fresh()}") for _ in (*outer, *shared, *inner)]
        first, middle, last = names[: len(outer)], names[len(outer) : len(outer) + len(shared)], names[len(outer) + len(shared) :]
        body: Term = Op("mul", (_entries(left.term, (*first, *middle)), _entries(right.term, (*middle, *last))), span=_span(node))
        for index, extent in zip(reversed(middle), reversed(shared), strict=True):
            body = Big("sum", index.name, Range.upto(extent), body, span=_span(node))
        pairs = tuple((index.name, Range.upto(e)) for index, e in zip((*first, *last), (*outer, *inner), strict=True))
        return Typed(Array(pairs, body, span=_span(node)) if pairs else body, (*outer, *inner))

    def is_same(self, variable: Term, body: Term) -> bool:
        """Whether a derivative is of the variable of the one before it, by name or by definition."""
        if variable == body:
            return True
        decl = self.context.symbols.get(variable.name) if isinstance(variable, Sym) else None
        return decl is not None and decl.definition is not None and not decl.family and decl.definition.body == body

    def shape_of_variable(self, term: Term) -> Shape:
        from derive.language.shapes import shape_of

        return shape_of(term, self.context, self.scope)

    def evaluated(self, body: Typed, at: s.Node, node: s.Node) -> Typed:
        """``f|_{α = 0}``."""
        if not isinstance(at, s.Relation) or len(at.rest) != 1 or at.rest[0][0] != "=":
            raise ReadError("expected “variable = value” after the bar", _span(at))
        variable, value = self.expression(at.first), self.expression(at.rest[0][1])
        if not isinstance(variable.term, Sym):
            raise ReadError("expected a variable before “=”", _span(at.first))
        if self.fitting.settle(variable.shape) != self.fitting.settle(value.shape):
            raise ShapeRefusal(f"{variable.term.name} is set to something of another shape", _span(at))
        return Typed(At(body.term, variable.term, value.term, span=_span(node)), body.shape)

    # -- tables ----------------------------------------------------------------------------------------------------
    def table(self, node: s.Node) -> Typed:
        if isinstance(node, s.MatrixRows):
            return self.matrix(node)
        if not isinstance(node, s.CaseRows):
            raise ReadError("expected a matrix or cases", _span(node))
        branches: list[tuple[Term, Term | None]] = []
        shapes: list[Shape] = []
        for value, condition in node.rows:
            typed = self.expression(value)
            shapes.append(typed.shape)
            branches.append((typed.term, None if condition is None else self.condition(condition).term))
        if any(self.fitting.settle(shape) != self.fitting.settle(shapes[0]) for shape in shapes):
            raise ShapeRefusal("the cases have different shapes", _span(node))
        return Typed(Cases(tuple(branches), span=_span(node)), shapes[0])

    def matrix(self, node: s.MatrixRows) -> Typed:
        rows = tuple(tuple(self.expression(cell) for cell in row) for row in node.rows)
        for row in rows:
            for cell in row:
                if self.fitting.settle(cell.shape):
                    raise ShapeRefusal("expected scalars in a matrix", cell.term.span or _span(node))
        term = Matrix(tuple(tuple(cell.term for cell in row) for row in rows), span=_span(node))
        typed = Typed(term, matrix_shape(Extent.of(len(rows)), Extent.of(len(rows[0]))))
        return self.op("det", [typed], node) if node.bars else typed


# -- small questions about nodes and terms -----------------------------------------------------------------------------
def _tuple(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else ()


def _span(node: s.Node) -> Span:
    return Span(node.start, node.stop)


def _respan(term: Term, span: Span) -> Term:
    from dataclasses import replace

    return replace(term, span=span)


def _word(base: str) -> str:
    """The letters of an upright word, else nothing."""
    return base[8:-1] if base.startswith("\\mathrm{") else ""


def _spelled(parts: tuple[s.Node, ...], at: int) -> tuple[str, int] | None:
    """``diag(…)`` typed in italic letters: a run of letters that spells a function, before a bracket."""
    letters = ""
    for place in range(at, min(at + 8, len(parts))):
        part = parts[place]
        if isinstance(part, s.Name) and len(part.text) == 1:
            letters += part.text
            continue
        if letters in BUILTIN_WORDS and len(letters) > 1 and isinstance(part, s.Group) and part.bracket == "(":
            return BUILTIN_WORDS[letters], place - at
        return None
    return None


def _is_group(node: s.Node) -> bool:
    return isinstance(node, s.Group) and node.bracket in ("(", "[", "\\{", "{")


def _call_group(node: s.Node | None, brackets: tuple[str, ...] = ("(", "[")) -> tuple[s.Group | None, s.Script | None]:
    """The bracket of a call, and the scripts on it: ``f(x)^2`` is a power of the value."""
    if isinstance(node, s.Group) and node.bracket in brackets:
        return node, None
    if isinstance(node, s.Script) and isinstance(node.base, s.Group) and node.base.bracket in brackets:
        return node.base, node
    return None, None


def _is_transpose(sup: s.Node, context: Context) -> bool:
    text = s.key(sup)
    if text == "T":
        decl = context.symbols.get("T")
        return (decl is None or bool(decl.family)) and "T" not in context.sizes and "T" not in context.indices
    return text in TRANSPOSE_MARKS and text != "t"


def _is_minus_one(term: Term) -> bool:
    return isinstance(term, Op) and term.name == "neg" and term.args == (Num(Fraction(1)),)


def _whole(term: Term) -> bool:
    return isinstance(term, Num) and term.value.denominator == 1 and term.value > 0


def _last_derivative(term: Term) -> Term | None:
    """The variable of the derivative that a chain so far ends with."""
    match term:
        case Deriv(wrt=wrt):
            return wrt
        case Array(body=body) | Big(kind="sum", body=body):
            return _last_derivative(body)
        case Op("mul", args):
            return _last_derivative(args[-1])
        case Entry(base=base):
            return _last_derivative(base)
    return None


def _entries(term: Term, indices: tuple[Term, ...]) -> Term:
    if not indices:
        return term
    if isinstance(term, Array) and len(term.vars) == len(indices):
        names = {name: index for (name, _), index in zip(term.vars, indices, strict=True)}
        return _renamed(term.body, names)
    return Entry(term, indices, span=term.span)


def _renamed(term: Term, names: dict[str, Term]) -> Term:
    from derive.language.terms import rebuild

    if isinstance(term, Index):
        return names.get(term.name, term)
    return rebuild(term, lambda part: _renamed(part, names))


def _match(signature: Signature, group: s.Group) -> tuple[s.Node, ...] | None:
    """The arguments for a signature's parameters, or None if the call is not written that way."""
    decorations = {slot.decoration for slot in signature.slots if slot.decoration}
    items = [item for item in group.items if s.key(item) not in decorations]
    slots = [slot for slot in signature.slots if not slot.decoration]
    if not signature.slots and items and not any(isinstance(item, s.Relation) for item in items):
        return tuple(items)
    if len(items) != len(slots):
        return None
    args: list[s.Node] = []
    for slot, item in zip(slots, items, strict=True):
        if not slot.left:
            if isinstance(item, s.Relation):
                return None
            args.append(item)
            continue
        if not isinstance(item, s.Relation) or len(item.rest) != 1 or item.rest[0][0] != "=":
            return None
        if slot.literal and s.key(item.rest[0][1]) != slot.literal:
            return None
        left = parts_of(item.first)
        if left is None or left[0] != slot.left:
            return None
        if not slot.literal:
            args.append(item.rest[0][1])
    return tuple(args)


def _closest(
    fits: list[tuple[Signature, tuple[s.Node, ...]]], group: s.Group
) -> list[tuple[Signature, tuple[s.Node, ...]]]:
    """Among forms that fit, those written with the same separators, then those with the same parameter names."""
    same_seps = [fit for fit in fits if _bars(fit[0].seps) == _bars(group.seps)]
    fits = same_seps or fits
    scores = [sum(_same_name(slot.param, arg) for slot, arg in zip(_open(sig), args, strict=False)) for sig, args in fits]
    best = max(scores)
    return [fit for fit, score in zip(fits, scores, strict=True) if score == best]


def _open(signature: Signature) -> tuple[Slot, ...]:
    return tuple(slot for slot in signature.slots if not slot.decoration and not slot.literal)


def _bars(seps: tuple[str, ...]) -> tuple[str, ...]:
    return tuple("|" if sep == ";" else sep for sep in seps)


def _same_name(param: str, arg: s.Node) -> bool:
    parts = parts_of(arg)
    return parts is not None and (parts[0] == param or s.key(arg) == param)


def show_signature(signature: Signature) -> str:
    """A declared form as it is written."""
    words = [slot.decoration or (f"{slot.left}={slot.param or slot.literal}" if slot.left else slot.param) for slot in signature.slots]
    seps = signature.seps or (",",) * (len(words) - 1)
    base = signature.name.partition("(")[0]
    return base + "(" + "".join(f"{word}{sep}" for word, sep in zip(words, (*seps, ""), strict=False)) + ")"


Rule = Callable[[Resolver, s.Node], Typed]
