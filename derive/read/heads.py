"""Names with a meaning of their own: indicators, expectations, deltas; and functions that take what follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive.language.extents import SCALAR, Extent, Range
from derive.language.instances import free_indices
from derive.language.terms import Array, Entry, Index, Op, Span
from derive.read import calculus, distributed, entropies, expectations, lookup, spreads
from derive.read import syntax as s
from derive.read.at_parameter import gradient_inside
from derive.read.composed import COMPOSED_WORDS, composed, to_base
from derive.read.conditioned import given_away
from derive.read.errors import ReadError
from derive.read.fitting import Typed, typed_op
from derive.read.names import MARK_WORDS, TRANSPOSE_MARKS, items_of, option
from derive.read.notation import (
    BUILTIN_WORDS,
    EXPECTATIONS,
    INDICATORS,
    PROBABILITIES,
    call_group,
    is_condition,
    place_of,
    spelled_function,
    word_of,
)

if TYPE_CHECKING:
    from derive.read.resolver import Resolver

SPECIAL = INDICATORS | EXPECTATIONS | PROBABILITIES | entropies.HEADS | {"\\delta", "e", "K"}
SPECIAL_WORDS = frozenset({"Var", "Cov", "KL", "D_{KL}", "JS", "JSD"})
"""The names that ``as_special`` knows, and the words."""


def as_special(
    r: Resolver,
    head: tuple[str, s.Node | None, s.Node | None],
    parts: tuple[s.Node, ...],
    at: int,
    following: s.Node | None,
) -> tuple[Typed, int] | None:
    """Indicators, expectations, probabilities, deltas, divergences."""
    base, sub, sup = head
    if (
        base not in SPECIAL
        and word_of(base) not in SPECIAL_WORDS
        and not (_is_divergence(base, sub) or _is_divergence(base, sub, "JS"))
    ):
        return None
    node = parts[at]
    group, script = call_group(following, brackets=("(", "[", "\\{", "[)", "(]"))
    declared = lookup.is_declared(r, base, sub, sup)
    if base == "E" and _is_error_of(sub, group):
        return None
    if base in EXPECTATIONS - {"E"} and following is not None and _is_one_thing(following) and at + 2 == len(parts):
        group = s.Group(following.start, following.stop, "[", (following,))  # E x, of the norm, or of its square
    if base in entropies.HEADS and sub is None and not declared:
        found = entropies.entropy(r, group, node)
        return None if found is None else (_marked(r, found, sup, script, node), at + 2)
    if base in _UNBRACKETED and sub is not None and not declared and _goes_on(sub, group, parts[at + 1 :]):
        body = parts[at + 1 :] if len(parts) > at + 2 else (parts[at + 1],)
        whole = body[0] if len(body) == 1 else s.Juxt(body[0].start, body[-1].stop, body)
        mean = expectations.expectation(
            r, sub, s.Group(whole.start, whole.stop, "[", (whole,)), node, probability=False
        )
        return _marked(r, mean, sup, None, node), len(parts)
    if base in INDICATORS and not declared:
        if isinstance(sub, s.Relation) or (
            isinstance(sub, s.Group) and any(isinstance(i, s.Relation) for i in sub.items)
        ):
            return r.scripted(r.indicator(sub, node), None, sup, node), at + 1
        if group is not None and any(is_condition(item) for item in group.items):
            _without_subscript(sub, node)
            return _marked(r, r.indicator(group, node), sup, script, node), at + 2
    if base in EXPECTATIONS | PROBABILITIES and group is not None and not declared:
        mean = expectations.expectation(r, sub, group, node, probability=base in PROBABILITIES)
        return _marked(r, mean, sup, script, node), at + 2
    if base == "\\delta" and sub is not None and len(items_of(sub)) == 2 and (not declared or _is_kronecker(r, sub)):
        pair = [Typed(r.index(item), SCALAR) for item in items_of(sub)]
        return r.scripted(r.op("delta", pair, node), None, sup, node), at + 1
    if base == "e" and sub is None and sup is not None and _is_euler(r, sup, declared):
        return r.op("exp", [r.expression(sup)], node), at + 1
    if word_of(base) in ("Var", "Cov") and group is not None and not declared:
        sub, group = (given_away(r, group) if sub is None else None) or (sub, group)
        one = sub is not None or distributed.is_stated_number(r, group, node)
        spread = spreads.spread(r, sub, group, node) if one else spreads.covariance(r, group, node)
        return _marked(r, spread, sup, script, node), at + 2
    if (word_of(base) in ("KL", "D_{KL}") or _is_divergence(base, sub)) and group is not None and "||" in group.seps:
        _without_subscript(None if _is_divergence(base, sub) else sub, node)
        return _marked(r, spreads.divergence(r, group, node), sup, script, node), at + 2
    shannon = word_of(base) in ("JS", "JSD") or _is_divergence(base, sub, "JS")
    if shannon and group is not None and "||" in group.seps and not declared:
        return _marked(r, spreads.jensen_shannon(r, group, node), sup, script, node), at + 2
    if base == "K" and sub is None and sup is None:
        spelled = _divergence(parts, at)
        if spelled is not None:
            return spreads.divergence(r, spelled, node), at + 3
    return None


_UNBRACKETED = frozenset({"\\mathbb{E}", "\\mathrm{E}"})


def _goes_on(sub: s.Node, group: s.Group | None, rest: tuple[s.Node, ...]) -> bool:
    """Whether ``\\mathbb{E}_{x \\sim p} \\log f(x)`` averages all factors behind it: where no brackets follow, or round
    ones and behind them the variable again, which means nothing outside."""
    if group is None:
        return bool(rest)
    match sub:
        case s.Relation(first=first, rest=(("~", _),)) if group.bracket == "(":
            return any(s.key(part) == s.key(first) for each in rest[1:] for part in s.walk(each))
    return False


def _is_error_of(sub: s.Node | None, group: s.Group | None) -> bool:
    """``E_{in}(w)``: an error on some data, and no expectation."""
    return (
        isinstance(sub, s.Juxt)
        and all(isinstance(part, s.Name) and part.text.isalpha() for part in sub.parts)
        and s.key(sub).replace(" ", "") in MARK_WORDS
        and (group is None or group.bracket == "(")
    )


def _is_kronecker(r: Resolver, sub: s.Node) -> bool:
    """Whether ``\\delta_{ij}`` beside numbers ``\\delta_i`` is Kronecker's: none of what is called so takes two
    subscripts, and both indices run over the same numbers."""
    names = [s.key(item) for item in items_of(sub)]
    known = [name for name in r.context.symbols if name == "\\delta" or name.startswith("\\delta_")]
    if any(name != "\\delta" for name in known) or option(r.context, "variants").get("\\delta") is not None:
        return False
    decl = r.context.symbols.get("\\delta")
    if decl is None or len(decl.family) + len(decl.shape) != 1 or "\\delta" in r.context.functions:
        return False
    ranges = [r.scope.get(name, r.context.indices.get(name)) for name in names]
    return isinstance(ranges[0], Range) and ranges[0] == ranges[1] and names[0] != names[1]


def _without_subscript(sub: s.Node | None, node: s.Node) -> None:
    if sub is not None:
        raise ReadError(f"expected no subscript here, found {s.key(sub)}", place_of(node))


def _marked(r: Resolver, typed: Typed, sup: s.Node | None, script: s.Script | None, node: s.Node) -> Typed:
    """``\\mathbb{E}^2[x]`` and ``\\mathbb{E}[x]^2``: the value, to a power that stands before its brackets or behind
    them. Any other mark before them (``\\mathbb{E}^\\pi[G]``) says what is averaged over, and is not known."""
    if sup is None:
        return r.after_call(typed, script, node)
    if not isinstance(sup, s.Number) or script is not None:
        raise ReadError(f"expected a power before these brackets, or behind them, found {s.key(sup)}", place_of(node))
    return r.scripted(typed, None, sup, node)


def _is_euler(r: Resolver, sup: s.Node, declared: bool) -> bool:
    """Whether ``e`` below this exponent is no name: nothing is called so, or only numbers e_{ij} are, or an index is,
    which nobody raises to anything but a number."""
    if "e" in r.context.indices or "e" in r.scope:
        counts = "e" in r.context.indices or isinstance(r.scope.get("e"), Range)
        return (
            counts and "e" not in r.context.symbols and not isinstance(sup, s.Number) and s.key(sup) not in _TRANSPOSED
        )
    return not declared or _has_members_only(r, "e", sup) or _is_defined_beside(r, sup)


def _is_defined_beside(r: Resolver, sup: s.Node) -> bool:
    """``e^{-(a - b)}`` beside a loss ``e = …`` that the text has defined: nobody raises that to what is no number."""
    decl = r.context.symbols.get("e")
    if decl is None or decl.definition is None or decl.family or s.key(sup) in _TRANSPOSED:
        return False
    inside = sup.terms if isinstance(sup, s.Sum) else ((("+", sup),) if isinstance(sup, s.Juxt) else ())
    return bool(inside) and any(isinstance(part, s.Name | s.Script) for part in s.walk(sup))


_TRANSPOSED = frozenset({"T", "\\top", "\\intercal"})


def _is_one_thing(node: s.Node) -> bool:
    """``x``, ``\\|x\\|``, or a power of it."""
    base = node.base if isinstance(node, s.Script) else node
    return isinstance(base, s.Name) or (isinstance(base, s.Group) and base.bracket in ("||", "|"))


def _has_members_only(r: Resolver, name: str, sup: s.Node | None) -> bool:
    """Whether a letter is declared as that of numbers e_{ij} only: ``e^{x}`` is none of them."""
    decl = r.context.symbols.get(name)
    if decl is None or not decl.family or decl.shape or isinstance(sup, s.Group):
        return False
    variants, whole = option(r.context, "variants"), r.context.options.get("whole")
    return not variants.get(name) and not (isinstance(whole, tuple) and name in whole)


def _is_divergence(base: str, sub: s.Node | None, name: str = "KL") -> bool:
    """``D_{\\mathrm{KL}}``, or another divergence with a ``name``."""
    letters = s.key(sub) if sub is not None else ""
    faces = ("mathrm", "mathbb", "mathcal", "mathfrak")
    return base in ("D", *(f"\\{face}{{D}}" for face in faces)) and letters in (
        name,
        f"\\mathrm{{{name}}}",
        f"\\mathit{{{name}}}",
    )


def _divergence(parts: tuple[s.Node, ...], at: int) -> s.Group | None:
    """The arguments of ``KL(p \\| q)`` typed in italic letters."""
    match parts[at + 1 : at + 3]:
        case (s.Name(text="L"), s.Group(bracket="(" | "[", seps=("||",)) as group):
            return group
    return None


def as_prefix(
    r: Resolver,
    head: tuple[str, s.Node | None, s.Node | None],
    parts: tuple[s.Node, ...],
    at: int,
    following: s.Node | None,
) -> tuple[Typed, int] | None:
    """``\\log x``, ``\\operatorname{tr} A``, ``\\nabla_w f``: operators that take what follows."""
    base, sub, sup = head
    node = parts[at]
    if base == "\\nabla":
        there = gradient_inside(r, sub, sup, parts, at)
        return calculus.nabla(r, sub, sup, parts, at) if there is None else there
    word = word_of(base)
    builtin = BUILTIN_WORDS.get(word) or (word if word in COMPOSED_WORDS else None)
    spelled = spelled_function(parts, at) if builtin is None else None
    taken = 1
    if spelled is not None and not lookup.is_known(r, base) | (base in r.signatures):
        builtin, taken = spelled
    elif spelled is not None and all(lookup.is_known(r, s.key(part)) for part in parts[at : at + spelled[1]]):
        raise ReadError(
            f"expected a product or the function {spelled[0]}, cannot tell which",
            place_of(node),
            "write \\operatorname{…}",
        )
    elif spelled is not None:
        builtin, taken = spelled
    if builtin is None or (spelled is None and base in r.context.symbols):
        return None
    if sub is not None and word != "log":
        raise ReadError(f"expected no subscript on {word_of(base)}", place_of(node))
    group, script = call_group(parts[at + taken] if at + taken < len(parts) else None, brackets=("(", "[", "\\{"))
    if group is not None and (len(group.items) == 1 or any(isinstance(item, s.Dots) for item in group.items)):
        inside = builtin == "trace" and script is not None and _is_inverse(script) and _of_the_matrix(r)
        inside |= builtin == "log" and script is not None and _is_letter(script) and _of_the_matrix(r)
        with r.by_entries(builtin == "diag"):
            value = r.expression(group)
        body = r.after_call(value, script if inside else None, node)
        typed = _applied(r, builtin, body, Span(node.start, group.stop), sub)
        typed = r.after_call(typed, None if inside else script, node)
        return (typed if sup is None else r.scripted(typed, None, sup, node)), at + taken + 1
    body, after = r.operand(parts, at + taken, node)
    typed = _applied(r, builtin, body, Span(node.start, parts[after - 1].stop), sub)
    return (typed if sup is None else r.scripted(typed, None, sup, node)), after


def _is_inverse(script: s.Script) -> bool:
    return script.sub is None and script.sup is not None and s.key(script.sup).replace(" ", "") == "-1"


def _is_letter(script: s.Script) -> bool:
    r"""Whether ``\log (1 - x)^n`` has an exponent that may belong to what is in the bracket: no number, no mark."""
    power = script.sup
    if isinstance(power, s.Group) and power.bracket in ("(", "{") and len(power.items) == 1:
        power = power.items[0]
    if script.sub is not None or script.primes or not isinstance(power, s.Name | s.Sum | s.Juxt | s.Script):
        return False
    return s.key(power) not in (*TRANSPOSE_MARKS, "*", "\\star", "+", "-")


def _of_the_matrix(r: Resolver) -> bool:
    r"""Whether ``\operatorname{tr}(A)^{-1}`` is the trace of the inverse (else one over the trace)."""
    r.open_choices.add("inside")
    return r.policy.inside


def _along(r: Resolver, body: Typed) -> Typed:
    r"""``\operatorname{diag}(y_n (1 - y_n))`` of numbers with one index that nothing binds: the vector of them all."""
    free = [name for name in sorted(free_indices(body.term)) if name in r.context.indices and name not in r.scope]
    range_ = r.context.indices[free[0]] if len(free) == 1 else None
    if range_ is None or range_.low != Extent.of(1):
        return body
    return Typed(Array(((free[0], range_),), body.term), (range_.high,))


def _applied(r: Resolver, builtin: str, body: Typed, span: Span, base: s.Node | None) -> Typed:
    """A built-in function of a value, a logarithm perhaps to a ``base``; the softmax of a matrix is that of its rows,
    or of its columns."""
    if base is not None:
        return to_base(r.fitting, typed_op(r.fitting, builtin, [body], span), r.expression(base), span)
    if builtin in COMPOSED_WORDS:
        return composed(r.fitting, builtin, body, span)
    shape = r.fitting.settle(body.shape)
    if builtin == "diag" and shape == SCALAR:
        body = _along(r, body)
        if r.fitting.settle(body.shape) == SCALAR:
            raise ReadError(
                "expected a vector on the diagonal, found a number", span, "say that it is one: … \\in \\mathbb{R}^d"
            )
    if builtin != "softmax" or len(shape) != 2:
        return typed_op(r.fitting, builtin, [body], span)
    said = r.context.options.get("softmax")
    if said is None:
        r.open_choices.add("columns")
    columns = said == "columns" if said is not None else r.policy.columns
    names = tuple(f"i_{r.fitting.fresh()}" for _ in shape)
    row, column = (Index(name, span=span) for name in names)
    if columns:
        line, place = Entry(Op("transpose", (body.term,), span=span), (column,), span=span), row
    else:
        line, place = Entry(body.term, (row,), span=span), column
    entry = Entry(Op("softmax", (line,), span=span), (place,), span=span)
    pairs = tuple((name, Range.upto(extent)) for name, extent in zip(names, shape, strict=True))
    return Typed(Array(pairs, entry, span=span), shape)
