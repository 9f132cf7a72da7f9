r"""Random quantities of which nothing is said but that they are: ``\operatorname{Var}(f - c g)`` of any f and g.

Whatever their joint distribution is, they are functions of one random number; so that is what they are here: unknown
functions of a random ω with an unknown density. What a text says more of them (that they are independent, what their
means are, how they are distributed) is nothing that this knows, so then it is not done.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from types import MappingProxyType

from derive.language.context import Context, Definition, FunctionDecl, SymbolDecl
from derive.language.dependencies import depends_on
from derive.language.terms import Apply, Sym
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.definitions.defining import Defined
from derive.read.documents.text.scanner import Found
from derive.read.documents.text.spelling import spaced
from derive.read.errors import DeclarationError
from derive.read.names import TRANSPOSE_MARKS, option, parts_of
from derive.read.notation import EXPECTATIONS, call_group, word_of
from derive.read.parser import parse
from derive.read.targets import put

_SAYS_MORE = re.compile(
    r"(?i)\b(?:independen\w+|uncorrelated|i\.?\s?i\.?\s?d\b|distribut\w+|densit\w+|pdf|pmf|cdf|normal\w*|gaussian|poisson|"
    r"bernoulli|binomial|exponential|uniform\w*|geometric|gamma|beta|samples?|draws?|drawn|noise|noisy|priors?|posteriors?|"
    r"likelihoods?|vectors?|matri\w+|polic\w+|rewards?|trajector\w+|conditional\w*|martingale|process\w*|"
    r"integer\w*|discrete|takes?\s+(?:the\s+)?values?|bounded|almost\s+surely|zero[- ]mean|standardi[sz]ed|"
    r"centred|centered|unit\s+variance|convex|concave)\b"
)
_MOMENTS = re.compile(
    r"(?i)\b(?:has|have|having|with)\s+(?:(?:an?|the|known|common|zero|equal|same)\s+)*(?:means?|variances?|expectations?)\b"
)
_BE = re.compile(r"(?i)\brandom\s+variables?\b")
_UNDERLYING = ("\\omega", "\\varpi", "\\upsilon", "\\varsigma")


_MEAN = re.compile(r"\\mathbb \{ E \}|(?<![A-Za-z])(?:Var|Cov)(?![A-Za-z])|⟦(?:Var|Cov)⟧|(?<!\S)E \[")


def passage_of_means(pieces: Sequence[Found]) -> Sequence[Found]:
    """The part of a section from the first mean, variance or covariance to the last, with the words around them."""
    found = [
        number
        for number, piece in enumerate(pieces)
        if piece.math is not None and piece.kind != "declaration" and _MEAN.search(spaced(piece.math.text))
    ]
    return pieces[max(found[0] - 1, 0) : found[-1] + 2] if found else ()


CONDITIONAL = re.compile(r"(?i)\bconditional(?:ly)?\b(?!\s+independen)")
_GIVES = re.compile(
    r"(?i)\b(?:let|suppos\w+|assum\w+|where|with|given|such\s+that|model\w*|if|when|consider|satisf\w+|know[ns]?|recall)\b[^.;]*\Z"
)
_GIVEN = re.compile(r"(?:\\mathbb (?:\{ )?E|(?<!\S)E \[|⟦?(?:Var|Cov)⟧?)[^=]*(?:\\mid|(?<!\S)\|(?!\S))")


def without_conditional_claims(pieces: Sequence[Found]) -> list[Found]:
    """The pieces without formulas that claim something of conditional means and variances: of the variables themselves,
    these say nothing that is not always so. All of them, where words give what such a formula says."""
    kept: list[Found] = []
    for number, piece in enumerate(pieces):
        if piece.math is not None and piece.kind != "declaration" and _GIVEN.search(spaced(piece.math.text)):
            if number and pieces[number - 1].kind == "prose" and _GIVES.search(pieces[number - 1].text[-120:]):
                return [*pieces]
            continue
        kept.append(piece)
    return kept


def said_beside(pieces: Sequence[Found]) -> tuple[tuple[str, str], ...]:
    """Every formula in running text, with the words right before and behind it."""
    found: list[tuple[str, str]] = []
    for number, piece in enumerate(pieces):
        if piece.kind != "inline" or piece.math is None:
            continue
        before = pieces[number - 1].text[-80:] if number and pieces[number - 1].kind == "prose" else ""
        behind = (
            pieces[number + 1].text[:80]
            if pieces[number + 1 : number + 2] and pieces[number + 1].kind == "prose"
            else ""
        )
        found.append((spaced(piece.math.text), f"{before} {behind}"))
    return tuple(found)


def jointly_random(
    nodes: Sequence[s.Node],
    texts: Sequence[str],
    words: str,
    later: str,
    beside: Sequence[tuple[str, str]],
    context: Context,
) -> Defined | None:
    """The context in which the quantities that a section averages are random; None where its words or its formulas say
    more of them (those ``beside`` their formulas, too), one of them is anything else already, or its author declares it
    ``later``."""
    if _SAYS_MORE.search(words) or option(context, "random") or option(context, "distributed"):
        return None
    if any(re.search(r"\\sim|\\mid|(?<!\S)\|(?!\S)|\\mathbb \{ P \}|\\Pr|\\int", text) for text in texts):
        return None
    defined = {s.key(node.first) for node in nodes if isinstance(node, s.Relation) and node.rest[0][0] in ("=", ":=")}
    found: dict[str, None] = {}
    spread = False
    for head, group in _averages(nodes):
        if parts_of(head) is None or any(part is not None for part in (parts_of(head) or ("", None, None))[1:]):
            return None
        base = (parts_of(head) or ("",))[0]
        spread = spread or base not in EXPECTATIONS
        for name in _random_in(group, base not in EXPECTATIONS or base != "E" or group.bracket == "["):
            if name not in defined:
                found[name] = None
    names = [name for name in found if name not in context.functions]
    if any(re.search(rf"(?<!\S){re.escape(spaced(name))}(?!\S)", later) for name in found):
        return None
    drawn = {text.split()[0] for text, _ in beside if re.search(r"\\sim(?!\S)", text)}
    if any(drawn & {*text.split()} for text in texts):
        return None
    spelled = [re.compile(rf"(?<!\S){re.escape(spaced(name))}(?!\S)") for name in names]
    for text, said in beside:
        says_more = _SAYS_MORE.search(said) or _MOMENTS.search(said)
        says_more = says_more or (
            _BE.search(said) if len(names) == 1 else None
        )  # one that is called so is one by itself
        if says_more and any(each.search(text) for each in spelled):
            return None
    if not names or len(names) < len(found) or not all(_is_open(name, context) for name in names):
        return None
    if any(_gives_moment(node, names) for node in nodes) or not (
        spread or len(names) > 1 or names[0].startswith("\\hat")
    ):
        return None
    if any(
        re.search(rf"(?<!\S){re.escape(spaced(name))} \^ (?:\{{ )?(?:\\top|T|\\intercal)(?!\S)", text)
        for text in texts
        for name in names
    ):
        return None
    return _made(names, texts, context)


def _averages(nodes: Sequence[s.Node]) -> Iterator[tuple[s.Node, s.Group]]:
    """Every mean, variance and covariance in some formulas: its head, and what is averaged."""
    for node in nodes:
        for part in s.walk(node):
            for head, after in pairwise(part.parts) if isinstance(part, s.Juxt) else ():
                group, _ = call_group(after)
                parts = parts_of(head)
                if parts is None or group is None:
                    continue
                if (
                    parts[0] in EXPECTATIONS - {"E"}
                    or word_of(parts[0]) in ("Var", "Cov")
                    or (parts[0] == "E" and group.bracket == "[")
                ):
                    yield head, group


def _random_in(group: s.Group, bare: bool) -> Iterator[str]:
    """The names that are averaged as they stand, and the capitals in what is averaged."""
    for item in group.items if bare else ():
        if isinstance(item, s.Name):
            yield item.text
        for part in _above_subscripts(item):
            if isinstance(part, s.Name) and re.fullmatch("[A-Z]", part.text) and part.text != "E":
                yield part.text


def _above_subscripts(node: s.Node) -> Iterator[s.Node]:
    """A node and its parts, but for what stands below names: the letters of ``\\hat{b}_{OLS}`` are no quantities."""
    if isinstance(node, s.Script):
        raised = None if isinstance(node.sup, s.Name) and node.sup.text in TRANSPOSE_MARKS else node.sup
        for each in (node.base, raised):
            yield from _above_subscripts(each) if each is not None else ()
        return
    yield node
    for part in s.children(node):
        yield from _above_subscripts(part)


def _is_open(name: str, context: Context) -> bool:
    """Whether nothing but that it is a number is known of a name."""
    if name in context.sizes or name in context.indices:
        return False
    if not re.fullmatch(r"[A-Za-z]|\\[a-zA-Z]+|\\(?:hat|tilde|bar|widehat)\{(?:[A-Za-z]|\\[a-z]+)\}", name):
        return False
    decl = context.symbols.get(name)
    return decl is None or decl == SymbolDecl(name) or decl == SymbolDecl(name, properties=frozenset({"real"}))


def _gives_moment(node: s.Node, names: Sequence[str]) -> bool:
    """Whether an equation says what the mean, or a variance, of one of these is worth by something that is no mean."""
    if not isinstance(node, s.Relation) or not any(True for _ in _averages((node.first,))):
        return False
    match node.first:
        case s.Juxt(parts=(_, after)):
            group, _ = call_group(after)
        case _:
            return False
    if group is None or not all(isinstance(item, s.Name) and item.text in names for item in group.items):
        return False
    return any(op in ("=", ":=") and not any(True for _ in _averages((side,))) for op, side in node.rest)


def _made(names: Sequence[str], texts: Sequence[str], context: Context) -> Defined | None:
    taken = (context.symbols, context.functions, context.indices, context.sizes)
    free = (
        each
        for each in _UNDERLYING
        if not any(each in place for place in taken) and not any(each in text.split() for text in texts)
    )
    under = next(free, "")
    if not under:
        return None
    density = f"p_{{{under}}}"
    try:
        made = declare(f"{under} \\in \\mathbb{{R}} ; function {density}({under}) density", context)
    except DeclarationError:
        return None
    new = [name for name in made.functions if name not in context.functions]
    if len(new) != 1:
        return None
    made = put(made, "distributed", under, parse(new[0]))
    for name in names:
        function = FunctionDecl(f"{name}{{}}", (under,), ((),))
        decl = replace(
            made.symbols.get(name, SymbolDecl(name)), definition=Definition((), Apply(function.name, (Sym(under),)))
        )
        made = made.with_function(function).with_symbol(decl)
    return Defined(made, f"{', '.join(names)}: random, of any joint distribution (functions of one random {under})")


def _bare(text: str) -> str:
    """A formula as tokens without braces: ``\\hat{x}`` and ``\\hat x`` are one name."""
    return " ".join(part for part in spaced(text).split() if part not in "{}")


def without_chance(context: Context, pieces: Sequence[Found]) -> Context:
    """The context where nothing is drawn any more of which the rest of a document speaks of nothing that is random by
    it: what an earlier problem lets be random is then in nobody's way."""
    distributed = option(context, "distributed")
    letters = [letter for letter in _UNDERLYING if letter in distributed]
    texts = [_bare(piece.math.text) for piece in pieces if piece.math is not None] if letters else []
    for letter in letters:
        made = [name for name in context.symbols if depends_on(context, name, letter)]
        heads = [re.escape(_bare(name.partition("_")[0])) for name in made]
        if any(re.search(rf"(?<!\S){head}(?!\S)", text) for head in heads for text in texts):
            continue
        distributed = {name: density for name, density in distributed.items() if name != letter}
        context = context.with_option("distributed", MappingProxyType(distributed))
    return context


__all__ = [
    "CONDITIONAL",
    "jointly_random",
    "passage_of_means",
    "said_beside",
    "without_chance",
    "without_conditional_claims",
]
