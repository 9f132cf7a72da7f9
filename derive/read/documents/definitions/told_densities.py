r"""A density whose quantity the text tells how it is drawn: with ``y = w^\top x + \epsilon`` and
``\epsilon \sim \mathcal{N}(0, \sigma^2)``, what p(y | x, w) is follows, and what the text writes is a claim."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from derive.language.context import Context
from derive.read import densities
from derive.read import syntax as s
from derive.read.documents.text.spelling import spaced
from derive.read.documents.text.statements import chains_of
from derive.read.errors import ReadError
from derive.read.latex import node_readings
from derive.read.names import items_of
from derive.read.notation import NORMALS
from derive.read.parser import parse

_LETTERS = frozenset({"p", "q", "P"})
_DRAWN = re.compile(r"\\sim(?![A-Za-z])")
_BAR = re.compile(r"\\mid(?![A-Za-z])|(?<!\\)\|")
_INDEPENDENT = re.compile(r"\\(?:over|under)?(?:set|stackrel)\s*\{[^{}]*(?:\{[^{}]*\}[^{}]*)?\}\s*\{\s*\\sim\s*\}")


@dataclass(frozen=True)
class _Normal:
    mean: str
    spread: str
    noise: tuple[str, ...] = ()


def told(node: s.Node, texts: Sequence[str], context: Context) -> str:
    """What the ``texts`` of a section say that the density ``p(y | x, w)`` is, or nothing: they must tell in one way
    how y is drawn, and not how anything is that the density is not given."""
    call = _call(node)
    if call is None:
        return ""
    what, given = call
    texts = [_INDEPENDENT.sub(r"\\sim ", text) for text in texts]
    drawn = dict[str, set[str]]()
    for name, how in _drawn(texts):
        drawn.setdefault(name, set()).add(how)
    others = {name: how for name, how in drawn.items() if name not in given}
    found = {normal for text in texts for normal in _models(text, what, others, context)}
    if len(drawn.get(what, ())) == 1:
        found |= {normal for how in drawn[what] if (normal := _normal(how)) is not None}
    fits = [normal for normal in found if _is_told(normal, what, given, drawn, texts)]
    return _density(what, fits[0]) if len(fits) == 1 else _posterior(node, what, given, drawn, texts, context)


def _density(what: str, normal: _Normal) -> str:
    return f"\\mathcal{{N}}({what} | {normal.mean}, {normal.spread})"


def _posterior(
    node: s.Node, what: str, given: list[str], drawn: dict[str, set[str]], texts: Sequence[str], context: Context
) -> str:
    """``p(z | x)`` where z is drawn from a normal distribution and x is made of it and of noise: by Bayes' rule."""
    priors = [_normal(how) for how in drawn.get(what, ())]
    if len(given) != 1 or len(priors) != 1 or priors[0] is None or given[0] in drawn:
        return ""
    if not _is_told(priors[0], what, [], drawn, texts):
        return ""
    (x,) = given
    likelihood = told(parse(f"p({x} | {what})"), texts, context)
    if "\\int" in likelihood or not likelihood:
        return ""
    both = f"{likelihood} {_density(what, priors[0])}"
    return f"\\frac{{{both}}}{{\\int {both} \\, d{what}}}"


def _is_told(normal: _Normal, what: str, given: list[str], drawn: dict[str, set[str]], texts: Sequence[str]) -> bool:
    """Whether this is the distribution of a quantity with all that is ``given``: it is made of this, which tells
    nothing more of the noise, and of what is not random."""
    names = _names(parse(normal.mean)) | _names(parse(normal.spread))
    if not all(_names(parse(item)) <= names for item in given):
        return False
    noise = {_base(each) for each in normal.noise}
    if any(_is_made_of(text, names - {what}, noise) for text in texts):
        return False
    random = {_base(each) for each in (*drawn, what)}
    left = names - {name for item in given for name in _names(parse(item))}
    return not any(_base(name) in random or _has_density(name, texts) for name in left)


def _is_made_of(text: str, names: set[str], noise: set[str]) -> bool:
    """Whether a text says that one of these is made of the noise."""
    first, equals, second = text.partition("=")
    name = _parsed(first.removesuffix(":")) if equals else None
    if name is None or s.key(name) not in names:
        return False
    return any(re.search(rf"(?<![A-Za-z\\]){re.escape(letter)}(?![A-Za-z])", second) for letter in noise)


def drawn_given(texts: Sequence[str]) -> Iterator[tuple[s.Node, tuple[s.Node, ...]]]:
    """What each text says is drawn given something, ``x_n \\mid z \\sim …``, and what it is given."""
    for text in (_INDEPENDENT.sub(r"\\sim ", text) for text in texts):
        sides = _DRAWN.split(text)
        ends = _BAR.split(sides[0]) if len(sides) == 2 else []
        parts = [_parsed(end) for end in ends]
        if len(parts) == 2 and isinstance(parts[0], s.Name | s.Script) and parts[1] is not None:
            yield parts[0], items_of(parts[1])


def is_density(node: s.Node) -> bool:
    """Whether a node may be such a density."""
    return _call(node) is not None


def quantity_of(node: s.Node) -> str:
    """What it is a density of."""
    call = _call(node)
    return "" if call is None else call[0]


def _call(node: s.Node) -> tuple[str, list[str]] | None:
    """The quantity of a density, and what it is given."""
    match node:
        case s.Juxt(parts=(s.Name(text=letter), s.Group(bracket="(", items=(first, *rest), seps=seps))):
            pass
        case _:
            return None
    if letter not in _LETTERS or not rest or seps[0] not in ("|", ";") or not isinstance(first, s.Name | s.Script):
        return None
    return s.key(first), [s.key(item) for item in rest]


def _drawn(texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What is drawn (without what it is given), and the distribution, as each text has it."""
    for text in texts:
        sides = _DRAWN.split(text)
        if len(sides) != 2:
            continue
        name = _parsed(_BAR.split(sides[0])[0])
        how = _parsed(_first_call(sides[1]))
        if isinstance(name, s.Name | s.Script) and how is not None:
            yield s.key(name), spaced(_first_call(sides[1]))


def _first_call(text: str) -> str:
    """A text up to the bracket that closes its first one."""
    level = 0
    for place, letter in enumerate(text):
        level += (letter == "(") - (letter == ")")
        if letter == ")" and level == 0:
            return text[: place + 1]
    return text


def _parsed(text: str) -> s.Node | None:
    try:
        return parse(text.replace("&", " ").strip())
    except ReadError:
        return None


def _normal(how: str) -> _Normal | None:
    """A normal distribution; not one whose second number may as well be a standard deviation."""
    match densities.normal(_parsed(how) or parse("0")):
        case s.Juxt(parts=(head, s.Group(bracket="(", items=(mean, spread)))) if s.key(head) in NORMALS:
            pass
        case _:
            return None
    bare = spread.base if isinstance(spread, s.Script) and spread.sup is None else spread
    if isinstance(bare, s.Name) and s.key(bare) in ("\\sigma", "s", "\\tau"):
        return None
    return _Normal(_written(how, mean), _written(how, spread))


def _models(text: str, what: str, drawn: dict[str, set[str]], context: Context) -> Iterator[_Normal]:
    """What ``y = f + c \\epsilon`` with noise that is drawn from one normal distribution says of y."""
    for chain in chains_of(text, context):
        match chain.node:
            case s.Relation(first=first, rest=(("=" | ":=", s.Sum(terms=terms)),)) if s.key(first) == what:
                pass
            case _:
                continue
        noise = [found for _, term in terms if (found := _factor(term, text, drawn)) is not None]
        others = [(sign, term) for sign, term in terms if _factor(term, text, drawn) is None]
        if len(noise) != 1:
            continue
        factor, name = noise[0]
        (how,) = drawn[name]
        normal = _normal(how)
        spread = "" if normal is None else _scaled(normal.spread, factor, context)
        if spread:
            mean = " ".join(f"{sign} {_written(text, term)}" for sign, term in others)
            yield _Normal(mean.removeprefix("+ ") or "0", spread, (name,))


_ZERO = frozenset({"0", "\\mathbf{0}", "\\boldsymbol{0}", "\\bm{0}", "\\vec{0}"})


def _noises(drawn: dict[str, set[str]]) -> set[str]:
    """What is drawn around zero."""
    found = set[str]()
    for name, hows in drawn.items():
        normals = [_normal(how) for how in hows]
        if all(normal is not None and s.key(parse(normal.mean)) in _ZERO for normal in normals):
            found.add(name)
    return found


def _factor(term: s.Node, text: str, drawn: dict[str, set[str]]) -> tuple[str, str] | None:
    """What noise is multiplied by (and ``\\odot`` if so), and its name; None where a term is none."""
    factor, last = "", term
    match term:
        case s.Juxt(parts=(*before, last)) if before:
            factor = text[term.start : last.start]
        case s.Product(first=first, rest=(("\\odot", last),)):
            factor = f"\\odot {_written(text, first)}"
        case s.Product(first=first, rest=(("*", last),)):
            factor = _written(text, first)
    name = s.key(last)
    return (factor, name) if len(drawn.get(name, ())) == 1 and name in _noises(drawn) else None


def _scaled(spread: str, factor: str, context: Context) -> str:
    """The covariance of noise with this one behind a factor; nothing if the factor cannot be read."""
    if not factor:
        return spread
    if factor.startswith("\\odot "):
        return f"\\operatorname{{diag}}(({factor[6:]})^2)" if s.key(parse(spread)) in _UNIT else ""
    try:
        shapes = {len(typed.shape) for typed in node_readings(parse(factor), context)}
    except ReadError:
        return ""
    if shapes == {0}:
        return f"({factor})^2" if spread == "1" else f"({factor})^2 {spread}"
    return f"({factor}) {spread} ({factor})^\\top" if shapes == {2} else ""


_UNIT = frozenset({"I", "\\mathbf{I}", "\\mathbb{I}", "\\mathrm{I}"})


def _written(text: str, node: s.Node) -> str:
    """What was written for a node, with the braces that close it."""
    stop = node.stop
    while stop < len(text) and text.count("{", node.start, stop) > text.count("}", node.start, stop):
        stop += 1
    return text[node.start : stop]


def _names(node: s.Node) -> set[str]:
    """The names in a formula, as they are indexed."""
    match node:
        case s.Name(text=text):
            return {text}
        case s.Script(base=base, sub=s.Node() as sub, sup=sup):
            above = _names(sup) if isinstance(sup, s.Node) else set()
            return {s.key(s.Script(node.start, node.stop, base, sub)), *above}
    return {name for part in s.children(node) for name in _names(part)}


def _base(name: str) -> str:
    return name.partition("_")[0]


def _has_density(name: str, texts: Sequence[str]) -> bool:
    """Whether a text has a density of this quantity: then it is drawn, too."""
    return any(re.search(rf"\b[pqP]\s*\(\s*{re.escape(name)}\s*[)|;]", text) for text in texts)


__all__ = ["is_density", "quantity_of", "told"]
