"""From terms to the free algebra: what is a product, a transpose, a trace; everything else is a letter of its own."""

from __future__ import annotations

from fractions import Fraction

from derive.language.calls import written_out
from derive.language.context import Context
from derive.language.extents import Extent
from derive.language.operators import OPERATORS, ShapeError
from derive.language.shapes import block_sizes, extent_of, literal_shape, shape_of
from derive.language.terms import (
    Apply,
    Const,
    Index,
    Matrix,
    Num,
    Op,
    Size,
    Sym,
    Term,
    bound_names,
    rebuild,
    subterms,
)
from derive.prove.matrix.signs import loggable
from derive.prove.matrix.words import (
    ONE,
    UNIT,
    Alphabet,
    Poly,
    TooLarge,
    content_of,
    factored,
    identity,
    number,
    rows_columns,
)

LARGEST_POWER = 12
LARGEST_POLYNOMIAL = 4000
LITERAL = frozenset({"identity", "ones", "zeros"})
FUNCTIONS = frozenset({"exp", "log", "sqrt", "abs", "logistic", "softplus", "tanh", "sin", "cos", "relu", "factorial"})


class NotMatrix(ValueError):
    """The statement is not one about products, inverses, transposes, traces and determinants; the message says why."""


def lower(term: Term, alphabet: Alphabet) -> Poly:
    """``term`` as a polynomial; ``NotMatrix`` if it has no shape or grows too large."""
    try:
        poly = _Lowering(alphabet).lower(term)
    except (ShapeError, TooLarge) as error:
        raise NotMatrix(str(error)) from error
    except RecursionError as error:
        raise NotMatrix("the term is nested too deeply") from error
    return poly


def difference(left: Term, right: Term, alphabet: Alphabet) -> Poly:
    """``left - right``; beside a matrix, the number 0 is the zero matrix."""
    one, other = lower(left, alphabet), lower(right, alphabet)
    if not other.terms and other.scalar:
        return one
    if not one.terms and one.scalar:
        return -other
    if (one.rows, one.cols) != (other.rows, other.cols):
        raise NotMatrix("the two sides have different shapes")
    return one - other


def is_matrix_statement(term: Term, context: Context) -> bool:
    """Is anything in it a matrix or vector product, inverse, trace or determinant, outside every binder?"""
    if bound_names(term):
        return False
    match term:
        case Op("transpose" | "inverse" | "trace" | "det" | "outer" | "inner" | "norm2" | "norm" | "identity"):
            return True
        case Op("add" | "neg" | "mul" | "div" | "pow" | "log" | "exp" | "sqrt", args):
            return any(is_matrix_statement(arg, context) for arg in args)
        case Sym(name):
            decl = context.symbols.get(name)
            return decl is not None and len(decl.shape) > 0
        case Matrix(rows):
            return any(is_matrix_statement(cell, context) for row in rows for cell in row)
    return False


class _Lowering:
    """One method per form of term; each returns a polynomial whose shape is that of the term."""

    def __init__(self, alphabet: Alphabet) -> None:
        self.alphabet = alphabet
        self.context = alphabet.context
        self.unfolding: tuple[str, ...] = ()

    def lower(self, term: Term) -> Poly:
        poly = self._lower(term)
        if len(poly.terms) > LARGEST_POLYNOMIAL:
            raise NotMatrix(f"more than {LARGEST_POLYNOMIAL} products after multiplying out")
        return poly

    def _lower(self, term: Term) -> Poly:
        match term:
            case Num(value):
                return number(value)
            case Size(name):
                return self.alphabet.extent(Extent.of(name))
            case Sym():
                return self._symbol(term)
            case Op(name, args) if name in LITERAL:
                return self._literal(name, args)
            case Op(name, args):
                return self._operator(term, name, args)
            case Matrix(rows) if any(shape_of(cell, self.context) for row in rows for cell in row):
                return self._blocks(rows)
            case Apply(name, args) if (decl := self.context.functions.get(name)) and decl.builtin in OPERATORS:
                return self.lower(Op(decl.builtin, args))
            case Apply():
                return self._call(term)
        return self._opaque(term)

    def _call(self, term: Apply) -> Poly:
        """A function written out at its arguments, where that can be done."""
        key, value = f"{term.name}()", written_out(self.context, term)
        if value is None or key in self.unfolding:
            return self._opaque(term)
        outer, self.unfolding = self.unfolding, (*self.unfolding, key)
        result = self.lower(value)
        self.unfolding = outer
        return result

    def _blocks(self, rows: tuple[tuple[Term, ...], ...]) -> Poly:
        """``Σ Eᵢ Mᵢⱼ Fⱼᵀ`` for a matrix of blocks, where Eᵢ and Fⱼ are the columns of identities at these blocks."""
        alphabet = self.alphabet
        heights, widths = block_sizes(tuple(tuple(shape_of(cell, self.context) for cell in row) for row in rows))
        total = Poly(sum(heights, Extent.of(0)), sum(widths, Extent.of(0)), {})
        for i, row in enumerate(rows):
            for j, cell in enumerate(row):
                block = self.lower(cell)
                block = Poly(heights[i], widths[j], block.terms)
                if len(heights) > 1:
                    block = alphabet.mul(alphabet.word((alphabet.letter(("block", heights, i, False)),)), block)
                if len(widths) > 1:
                    turned = alphabet.transposed_letter(alphabet.letter(("block", widths, j, False)))
                    block = alphabet.mul(block, alphabet.word((turned,)))
                total = total + Poly(total.rows, total.cols, block.terms)
        return total

    def _literal(self, name: str, args: tuple[Term, ...]) -> Poly:
        rows, cols = rows_columns(literal_shape(args, square=name == "identity"))
        if name == "identity":
            return identity(rows)
        if name == "zeros":
            return Poly(rows, cols, {})
        column, row = (("ones", rows, False), ("ones", cols, True))
        parts = [self.alphabet.word((self.alphabet.letter(key),)) for key in (column, row) if key[1] != ONE]
        result = number(1)
        for part in parts:
            result = self.alphabet.mul(result, part)
        return result

    def _symbol(self, term: Sym) -> Poly:
        body = self._definition(term)
        if body is None:
            return self._opaque(term)
        outer, self.unfolding = self.unfolding, (*self.unfolding, term.name)
        result = self.lower(body)
        self.unfolding = outer
        return result

    def _definition(self, term: Sym) -> Term | None:
        """The body of a definition, where subscripts can be put in without capture."""
        decl = self.context.symbols.get(term.name)
        if decl is None or decl.definition is None or term.name in self.unfolding:
            return None
        new = dict(zip(decl.definition.params, term.indices, strict=False))
        if all(index == Index(name) for name, index in new.items()):
            return decl.definition.body
        if any(bound_names(part) for part in subterms(decl.definition.body)):
            return None

        def put(part: Term) -> Term:
            return new.get(part.name, part) if isinstance(part, Index) else rebuild(part, put)

        return put(decl.definition.body)

    def _operator(self, term: Op, name: str, args: tuple[Term, ...]) -> Poly:
        alphabet = self.alphabet
        match name, args:
            case "add", (first, *more):
                total = self.lower(first)
                for arg in more:
                    total = total + self.lower(arg)
                return total
            case "neg", (arg,):
                return -self.lower(arg)
            case "mul", (first, *more):
                product = self.lower(first)
                for arg in more:
                    product = alphabet.mul(product, self.lower(arg))
                return product
            case "div", (top, bottom) if not shape_of(bottom, self.context):
                return alphabet.mul(self.lower(top), alphabet.reciprocal(self.lower(bottom)))
            case "pow", (base, exponent):
                return self._power(term, base, exponent)
            case "transpose", (arg,):
                return alphabet.transpose(self.lower(arg))
            case "inverse", (arg,):
                return alphabet.inverse(self.lower(arg))
            case "trace", (arg,):
                return alphabet.trace(self.lower(arg))
            case "det", (arg,):
                return self._det(arg)
            case "outer", (left, right):
                return alphabet.mul(self.lower(left), alphabet.transpose(self.lower(right)))
            case "inner", (left, right):
                return self._inner(self.lower(left), self.lower(right))
            case "log", (Op("gaussian", (point, mean, spread)),):
                return self._log_gaussian(point, mean, spread)
            case "norm2", (arg,):
                poly = self.lower(arg)
                return self._inner(poly, poly)
            case "norm", (arg,):
                poly = self.lower(arg)
                return alphabet.scalar(("fun", "sqrt", self._inner(poly, poly).frozen()))
            case _ if name in FUNCTIONS and not shape_of(term, self.context):
                return self._function(name, self.lower(args[0]))
        return self._opaque(term)

    def _det(self, term: Term) -> Poly:
        """The determinant; of a product of square matrices, the product of theirs."""
        shapes = [rows_columns(shape_of(part, self.context)) for part in (term, *getattr(term, "args", ()))]
        if isinstance(term, Op) and term.name == "mul" and len(set(shapes)) == 1 and shapes[0] != (ONE, ONE):
            product = number(1)
            for arg in term.args:
                product = self.alphabet.mul(product, self._det(arg))
            return product
        return self.alphabet.det(self.lower(term))

    def _log_gaussian(self, point: Term, mean: Term, spread: Term) -> Poly:
        """-(d log 2π + log det S + (x - m)ᵀ S⁻¹ (x - m)) / 2."""
        alphabet = self.alphabet
        away, covariance = self.lower(point) - self.lower(mean), self.lower(spread)
        if covariance.scalar:
            covariance = alphabet.mul(covariance, identity(away.rows))
        square = alphabet.mul(alphabet.mul(alphabet.transpose(away), alphabet.inverse(covariance)), away)
        circle = logarithm(alphabet.mul(number(2), self.lower(Const("pi"))), alphabet)
        total = (
            alphabet.mul(alphabet.extent(away.rows), circle) + logarithm(alphabet.det(covariance), alphabet) + square
        )
        return total.scaled(Fraction(-1, 2))

    def _inner(self, left: Poly, right: Poly) -> Poly:
        return self.alphabet.trace(self.alphabet.mul(self.alphabet.transpose(left), right))

    def _power(self, term: Op, base: Term, exponent: Term) -> Poly:
        shape = rows_columns(shape_of(base, self.context))
        power = self.lower(exponent)
        whole = power.terms.get(UNIT, Fraction(0)) if set(power.terms) <= {UNIT} else None
        if whole is not None and whole.denominator == 1 and abs(whole) <= LARGEST_POWER and shape[0] == shape[1]:
            return self.alphabet.power(self.lower(base), int(whole))
        if shape != (ONE, ONE):
            return self._opaque(term)
        inside = self.lower(base)
        length = _length(exponent)
        if length is not None and len(inside.terms) == 1:
            return self.alphabet.raised(inside, length)
        return self.alphabet.scalar(("fun", "pow", inside.frozen(), power.frozen()))

    def _function(self, name: str, inside: Poly) -> Poly:
        if name == "log":
            return logarithm(inside, self.alphabet)
        return self.alphabet.scalar(("fun", name, inside.frozen()))

    def _opaque(self, term: Term) -> Poly:
        """A letter (or, for a scalar, an atom) that stands for the whole term."""
        rows, cols = rows_columns(shape_of(term, self.context))
        if rows == ONE and cols == ONE:
            return self.alphabet.scalar(("term", term))
        return self.alphabet.word((self.alphabet.letter(("term", term, False)),))


def logarithm(inside: Poly, alphabet: Alphabet) -> Poly:
    """log(a b) = log a + log b, where a is positive or a determinant (that it is positive becomes a condition)."""
    total = number(0)
    shared = dict(next(iter(inside.terms))[0]) if inside.terms else {}
    for scalars, _ in inside.terms:
        powers = dict(scalars)
        shared = {atom: min(power, powers[atom]) for atom, power in shared.items() if atom in powers}
    for atom, power in shared.items():
        if loggable(alphabet, atom):
            total = total + _log_atom(alphabet, atom).scaled(power)
            inside = _divided(inside, atom, power)
    if inside.terms:
        content = content_of(inside)
        for (_, prime), power in factored(content):
            total = total + alphabet.scalar(("fun", "log", number(prime).frozen())).scaled(power)
        inside = inside.scaled(1 / content)
    if inside.terms == {UNIT: Fraction(1)}:
        return total
    return total + alphabet.scalar(("fun", "log", inside.frozen()))


def _divided(poly: Poly, atom: int, power: int) -> Poly:
    """A scalar polynomial without ``power`` of an atom that every term has."""
    terms = {}
    for (scalars, word), factor in poly.terms.items():
        left = tuple((a, p - power if a == atom else p) for a, p in scalars)
        terms[(tuple((a, p) for a, p in left if p), word)] = factor
    return Poly(poly.rows, poly.cols, terms)


def _length(term: Term) -> Extent | None:
    """A whole-number term over sizes as a length; None for anything else."""
    if any(isinstance(part, Index) for part in subterms(term)):
        return None
    try:
        return extent_of(term)
    except ShapeError:
        return None


def _log_atom(alphabet: Alphabet, atom: int) -> Poly:
    match alphabet.atoms[atom]:
        case ("recip", (_, _, (((((inside, 1),), ()), one),))) if one == 1:
            return -_log_atom(alphabet, inside)
        case ("pow", ("atom", base), names):
            result = _log_atom(alphabet, base)
            for name in names:
                result = alphabet.mul(result, alphabet.scalar(("size", name)))
            return result
    plain = Poly(ONE, ONE, {(((atom, 1),), ()): Fraction(1)})
    return alphabet.scalar(("fun", "log", plain.frozen()))
