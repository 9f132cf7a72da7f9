"""Samples and noise: ``X_1, \\dots, X_n`` i.i.d., and models ``y = X w + \\epsilon`` that observations come from."""

from __future__ import annotations

import re

from derive.language.context import Context
from derive.language.extents import Range
from derive.language.terms import Array, Entry, Sym
from derive.read import densities
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.definitions.defining import Defined, head_of, is_undeclared
from derive.read.documents.definitions.randomness import with_density
from derive.read.documents.text.spelling import faceless
from derive.read.errors import DeclarationError, ReadError
from derive.read.latex import node_readings
from derive.read.models import with_model, with_written
from derive.read.names import Component, items_of, option, parts_of
from derive.read.parser import parse
from derive.read.targets import put

INDEPENDENT = re.compile(r"(?i)\bi\.?\s?i\.?\s?d\b|\bindependent(?:ly)?\b")
SAMPLE = re.compile(r"(?i)\b(?:samples?|copies|draws?|observations?|i\.?\s?i\.?\s?d\b)")


def independent(variable: s.Node, density: s.Node, context: Context) -> Defined | None:
    """``\\epsilon_i \\sim \\mathcal{N}(0, s^2)`` i.i.d., i = 1..n: the vector ε with n independent entries."""
    parts = parts_of(variable)
    if parts is None or parts[1] is None or parts[2] is not None:
        return None
    letters = [s.key(item) for item in items_of(parts[1])]
    range_ = context.indices.get(letters[0]) if len(letters) == 1 else None
    if range_ is None or range_.low.constant != 1 or letters[0] in _letters(density):
        return None
    known = context.symbols.get(parts[0])
    if known is not None and (known.family or known.shape):
        return None
    return entries(parts[0], range_, density, context)


def entries(base: str, range_: Range, density: s.Node, context: Context) -> Defined | None:
    """The numbers ``base_i`` as the entries of a random vector: ``base`` itself if nothing has that name, else bold."""
    try:
        made = whole(base, str(range_.high), context)
        done = distributed(made[1], density, made[0]) if made is not None else None
    except (DeclarationError, ReadError):
        return None
    return None if made is None or done is None else Defined(done.context, f"{made[2]} ; {done.text}")


def whole(base: str, size: str, context: Context, bold: bool = False) -> tuple[Context, str, str] | None:
    """The context with the numbers ``base_i``, i = 1 … size, as the entries of a vector; its name; how that is told. It
    is ``bold`` where the plain name may stand for any one of them."""
    name = base if base not in context.symbols and not bold else f"\\mathbf{{{base}}}"
    if name in context.symbols or faceless(base) != base or base in context.functions:
        return None
    text = f"{name} \\in \\mathbb{{R}}^{{{size}}}"
    new = declare(text, context)
    if name != base:
        new = put(new, "component", base, Component(name, 0, 1))
        text += f" ; component {base}_i of {name}"
    return new, name, text


def distributed(whole: str, density: s.Node, context: Context) -> Defined | None:
    """Independent entries that all have this distribution: normal, or of this mean and variance."""
    match density:
        case s.Juxt(parts=(s.Name(text="\\mathcal{N}"), s.Group(items=(mean, spread)))):
            joint = f"\\mathcal{{N}}(({s.key(mean)}) \\mathbf{{1}}, {s.key(spread)})"
            return Defined(put(context, "distributed", whole, parse(joint)), f"{whole} \\sim {joint}")
    drawn = densities.drawn(density)
    if drawn is None or option(context, "random"):
        return None
    return with_moments(whole, drawn.mean(), drawn.variance(), context)


def with_moments(whole: str, mean: s.Node, variance: s.Node, context: Context) -> Defined | None:
    """Independent entries of which each has this mean and variance, and nothing more is known."""
    random = with_density(whole, context)
    if random is None:
        return None
    context = random.context
    facts = (
        f"\\mathbb{{E}}[{whole}] = ({s.key(mean)}) \\mathbf{{1}}",
        f"\\operatorname{{Cov}}({whole}) = ({s.key(variance)}) I",
    )
    for fact in facts:
        context = declare(f"assume {fact}", context)
    return Defined(context, " ; ".join(f"assume {fact}" for fact in facts))


_DATA = re.compile(
    r"\s*(?:[A-Z]|\\mathcal\s*\{?[A-Z]\}?)?\s*=?\s*\\\{\s*(?P<items>[^{}]*(?:\{[^{}]*\}[^{}]*)*)\\\}\s*"
    r"_\s*\{\s*(?P<index>[a-z])\s*=\s*1\s*\}\s*\^\s*\{?\s*(?P<size>[A-Za-z])\s*\}?\s*\Z"
)


def data(text: str, context: Context) -> tuple[str, ...]:
    """``\\{(x^{(i)}, y^{(i)})\\}_{i=1}^n`` of declared x and y: declarations of members of the same kinds."""
    found = _DATA.match(text)
    if found is None:
        return ()
    items = found["items"].strip().removeprefix("\\left").strip().removeprefix("(").removesuffix(")").split(",")
    texts: list[str] = []
    if found["index"] not in context.indices:
        texts.append(f"index {found['index']} = 1..{found['size']}")
    for item in items:
        try:
            parts = parts_of(parse(item.strip()))
        except ReadError:
            return ()
        decl = None if parts is None else context.symbols.get(parts[0])
        if decl is None or decl.family or decl.definition is not None or decl.depends or decl.low or decl.high:
            return ()
        space = " \\times ".join(map(str, decl.shape))
        words = " ".join(sorted(decl.properties - {"real"}))
        texts.append(f"{item.strip()} \\in \\mathbb{{R}}" + (f"^{{{space}}}" if space else "") + f" {words}".rstrip())
    return tuple(texts)


def density_of(node: s.Node, words: str, context: Context) -> Defined | None:
    """``p(x | \\eta) = …`` as the distribution of x, which ``\\mathbb{E}[x]`` is taken under from here on."""
    match node:
        case s.Juxt(parts=(s.Name(text=head), s.Group(bracket="(", items=(s.Name() as x, *_), seps=seps))):
            pass
        case _:
            return None
    if head not in ("p", "f", "q") or not set(seps) <= {"|", ";", ","} or not seps or seps[0] == ",":
        return None
    if head != "p" and not re.search(r"(?i)\b(?:density|distribution|pdf|likelihood)\b", words):
        return None
    decl = context.symbols.get(x.text)
    try:
        term = node_readings(x, context)[0]
    except ReadError:
        return None
    if term.shape or (decl is not None and decl.definition is not None):
        return None
    if head not in context.functions and not option(context, "signatures").get(head):
        return None
    stated = option(context, "distributed").get(x.text)
    if stated is not None and not _is_call(stated):
        return None  # its distribution has been stated in another way
    return Defined(put(context, "distributed", x.text, node), f"{x.text} \\sim {s.key(node)}")


def _is_call(node: object) -> bool:
    return isinstance(node, s.Juxt) and isinstance(node.parts[0], s.Name) and node.parts[0].text in ("p", "f", "q")


def on_half_line(node: s.Relation, context: Context) -> Defined | None:
    """``on $x \\ge 0$`` after the density of x: it is one of the numbers that are not negative."""
    match node:
        case s.Relation(first=s.Name(text=name), rest=((">=" | ">", s.Number(text="0")),)):
            if _is_call(option(context, "distributed").get(name)):
                return Defined(put(context, "support", name, "positive"), f"{name} \\ge 0 under its density")
    return None


def _letters(node: s.Node) -> set[str]:
    return set(re.findall(r"(?<![A-Za-z\\])[a-z](?![A-Za-z])", s.key(node)))


def model(first: s.Node, second: s.Node, said: frozenset[str], context: Context) -> Defined | None:
    """``y = X w + \\epsilon`` with the noise ε added as it is: where y comes from, and no definition of y. What
    ``said`` names is noise as well: its mean has been given."""
    if not isinstance(second, s.Sum) or len(second.terms) < 2 or head_of(first) is not first:
        return None
    noise = {*option(context, "distributed"), *option(context, "random"), *said}
    if not any(sign in ("", "+") and _is_noise(term, noise, context) for sign, term in second.terms):
        return None
    try:
        right = node_readings(second, context)[0]
        text = ""
        if is_undeclared(first, context):
            space = " \\times ".join(map(str, right.shape))
            text = f"{s.key(first)} \\in \\mathbb{{R}}" + (f"^{{{space}}}" if space else "")
            context = declare(text, context)
        left = node_readings(first, context)[0]
    except (ReadError, DeclarationError):
        return None
    if left.shape != right.shape or not isinstance(left.term, Sym | Array | Entry):
        return None
    done = with_model(with_written(context, first, second), (left.term, right.term))
    note = f"{text} ; " if text else ""
    return None if done is None else Defined(done, f"{note}a model: {s.key(first)} = {s.key(second)}")


def is_noisy(node: s.Node, context: Context) -> bool:
    """Whether noise, of which the distribution is said, is added to the rest of a side."""
    noise = {*option(context, "distributed"), *option(context, "random")}
    return isinstance(node, s.Sum) and any(
        sign in ("", "+") and _is_noise(term, noise, context) for sign, term in node.terms
    )


def _is_noise(term: s.Node, noise: set[str], context: Context) -> bool:
    """Whether a term is a random quantity as it is, without a factor: ``\\mu + \\sigma z`` is drawn, not seen."""
    parts = parts_of(term)
    if parts is None or parts[2] is not None:
        return False
    decl = context.symbols.get(parts[0])
    named = parts[0] in noise or s.key(term) in noise
    return named and decl is not None and decl.definition is None
