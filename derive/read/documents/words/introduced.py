"""Which names of before a passage introduces again: by ``let``, a space, a list, a bound, a definition."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, fields

from derive.language.context import Context
from derive.language.dependencies import depends_on, direct, mentioned
from derive.read import syntax as s
from derive.read.documents.definitions.defining import head_of
from derive.read.documents.text.prose import (
    ANEW,
    JOINING,
    MULTIPLIERS,
    OPENING,
    Cue,
    counted,
    cue_of,
    dimensions,
    last_sentence,
)
from derive.read.documents.text.scanner import Found
from derive.read.documents.text.statements import chains_of
from derive.read.documents.undeclared.usage import USUAL
from derive.read.errors import ReadError
from derive.read.names import Component, items_of, option, parts_of, split_superscript
from derive.read.targets import items_at

WINDOW = 12
"""Among how many pieces a name may stand before the words that introduce it: ``y = W x, where $x$ is …``."""
ANEW_WHOLLY = -1
"""In the place of a number of axes: nothing of what a name was before counts."""
LET = re.compile(
    r"(?i)(?<![A-Za-z])(?:let(?:\s+(?:now|us|again|further|instead))*|now\s+let|(?:suppose|assume)(?:\s+(?:now|that))*|"
    r"given|define|consider|denote(?:\s+by)?|for(?:\s+(?:all|any|every|each|some))?|take|fix)(?:\s+(?:an?|the|any|"
    r"some|fixed|independent|i\.i\.d\.|iid|[a-z-]+(?:al|ed|ive|ar|ent|ible|ite|dom|ic|ous)|numbers?|scalars?|vectors?|"
    r"points?|matri(?:x|ces)|functions?|data|samples?|inputs?|observations?|variables?|parameters?|weights?|labels?|"
    r"targets?|constants?|counts?))*\s*\Z"
)
"""Words right before names which they introduce, whatever these meant before."""
_BE = re.compile(
    r"(?i)^\s*(?:\([^)]*\)\s*)?(?:be|denote|represent|stand|have)\b(?!\s+(?:the|as|given|its|our|this|that)\b)"
)
_KIND = r"(?i)^\s*be\s+(?:[a-z-]+\s+){0,4}?"
_KINDS = (
    (0, re.compile(_KIND + r"(?:numbers?|scalars?|reals|integers?|constants?|counts?)\b")),
    (1, re.compile(_KIND + r"vectors?\b")),
    (2, re.compile(_KIND + r"matri(?:x|ces)\b")),
    (ANEW_WHOLLY, re.compile(_KIND + r"(?:functions?|random\s+variables?|distributions?|densit\w+)\b")),
)
_FURTHER = re.compile(
    r"(?i)^\s*be\s+(?:(?:now|also|in\s+addition|moreover|again|both|an?)\s+)*(?:⟨⟩-\s*)?(?:[a-z]+(?:ly)?[\s-]+(?:and\s+)?){0,2}"
    r"(?:convex|concave|smooth|Lipschitz|differentiable|continuous|monotone|coercive|bounded)(?!\s+(?:and\s+)?functions?\b)"
)
"""``let $f$ be convex``: said of the f that there is."""
_CALLED = re.compile(
    r"(?i)\b(?:random\s+variables?|scalars?|constants?|real\s+numbers?|numbers?|data|samples?|observations?|data\s+points?|"
    r"inputs?|targets?|labels?|counts?)\s*\Z"
)
ANEW_HERE = re.compile(
    r"(?i)(?<![A-Za-z])(?:let(?:\s+(?:now|us|again|further|instead))*|now\s+let|(?:suppose|assume|consider)(?:\s+now)?|"
    r"given|for(?:\s+(?:all|any|every))?)(?:\s+(?:an?|any|some|another|(?:real|positive|new|arbitrary|random)|vectors?|numbers?|"
    r"scalars?|matri(?:x|ces)|data|samples?|points?))*\s*\Z"
)
"""Words that introduce a name in the middle of a passage, too: a narrower choice, as what comes before may be meant."""
LET_BE = re.compile(
    r"(?i)(?:\A|[.:;}]\**\s|\*\*\s)\s*let\s+⟨\d+⟩\s+(?:be|denote)\s+(?:(?:an?|the|its|their|some)\s+)?(?:[a-z-]+\s*){1,4}"
    r"(?:of\s+(?:the\s+)?[a-z-]+\s*)?(?:,\s*(?:with|where|and|all)?|with|where)\s*\Z"
)
"""``Let ⟨3⟩ be the degrees, `` before a bound: that is assumed too."""
_LETS_MORE = re.compile(rf"(?i)\A{OPENING}(?:now\s+)?let\b(?P<between>[^.:;]*),\s+and(?:\s+(?:also|now))?\s*\Z")
_STATES = re.compile(
    r"(?i)\b(?:then|so|hence|thus|therefore|we|is|are|has|have|gives?|implies|imply|since|because|if|when|where|show|prove)\b"
)


def lets_more(sentence: str) -> bool:
    """Whether ``let`` at the beginning of a sentence reaches to what stands behind its last ``and``.

    >>> lets_more("Let ⟨3⟩ be predictions, with weights ⟨5⟩ that sum to one, and ")
    True
    >>> lets_more("Let ⟨3⟩ be predictions, then ⟨5⟩, and "), lets_more("Since we let ⟨3⟩ be one, and ")
    (False, False)
    """
    said = _LETS_MORE.match(sentence)
    return said is not None and _STATES.search(said["between"]) is None


SUPPOSES = re.compile(r"(?i)(?<![A-Za-z])(?:let|suppose|assume)\b[^.;]*\Z")
"""Words that introduce, and are never a condition of what they introduce."""
_SCALAR = re.compile(r"(?i)(?<!the\s)\b(?:random\s+variables?|scalars?|constants?|real\s+numbers?|numbers?)\s*\Z")
_ASSERTS = re.compile(
    r"(?i)\b(?:hence|thus|so|therefore|then|that|have|has|conclude|implies|follows|shows?|prove|verify|since|because|gives?|"
    r"yields?|get|obtain|find)(?:\s+(?:that|we|have|then))*[\s,:]*\Z"
)
_IF = re.compile(r"(?i)\b(?:if|when|whenever|unless|provided|while|until|iff)\b[^.;]*\Z")
_EARLIER = re.compile(
    r"(?i)\b(?:show|prove|verify|check|confirm|recall|remember|hence|thus|therefore|conclude|again|above|before|earlier|"
    r"previous\w*|(?:by|from|in|of|using)\s+(?:part|problem|exercise|question|task|lemma|theorem|section|equation))\b"
    r"[^.]*\Z"
)
"""Words that speak of what a name has meant so far."""
_DEFINES = re.compile(r"(?i)\b(?:where|define|defined?\s+(?:as|by)|denote|write|called?|for\s+short|put|set)\b[^.;]*\Z")
_OTHERS = frozenset({"*", "\\star", "\\ast", "\\dagger", "\\circ", "+", "-"})
"""Marks above a letter that make a name of their own of it."""
_FUNCTIONS = frozenset({"f", "g", "h", "\\phi", "\\varphi", "\\psi"})
_MULTIPLIER = re.compile(r"\\(?:lambda|nu|alpha|beta|eta|xi|kappa|zeta)(?:_\w|_\{\w+\})?")
_LIST = re.compile(
    r"(?P<first>\\?[A-Za-z]+(?:\s*\{\\?[A-Za-z]+\})?)\s*[_^]\s*\{?\(?\d+\)?\}?\s*,(?:[^,]*,)?\s*"
    r"(?:\\[lc]?dots[cb]?|\.\.\.|…)\s*,"
)


@dataclass(frozen=True)
class Scan:
    """The names of before that a passage introduces again, and those that it only uses; ``axes`` are how many axes
    the words alone (``let $A$ be a matrix``) give a name, or None if not even these; ``firmly`` are those that words
    such as *let* introduce; ``sizes`` are letters of sizes that it defines to be something else, and counts nothing by;
    ``counted`` are letters that it only counts with."""

    introduced: frozenset[str]
    used: frozenset[str]
    axes: Mapping[str, int | None] = field(default_factory=dict)
    firmly: frozenset[str] = frozenset()
    sizes: frozenset[str] = frozenset()
    counted: frozenset[str] = frozenset()


@dataclass(frozen=True)
class _Definition:
    """A chain that begins with ``name = body``; ``says`` is whether words define, ``speaks`` whether they assert."""

    name: str
    made_of: frozenset[str]
    at: int
    says: bool
    speaks: bool


@dataclass
class _Found:
    """What the formulas of a passage do with names, each at the number of the first piece that does it."""

    introduced: dict[str, int]
    axes: dict[str, int | None]
    used: dict[str, int]
    definitions: list[_Definition]
    firmly: set[str]
    counts: set[str]


def scan(pieces: Sequence[Found], context: Context, stated: bool) -> Scan:
    """What ``pieces`` introduce again of the names in ``context``; ``stated`` is whether they are called a problem of
    their own, in which a definition needs no other reason than something new that it is made of."""
    known = known_names(context)
    found = Walk(context, known).passage(pieces)
    introduced = {
        name for name, at in found.introduced.items() if at <= found.used.get(name, at) + WINDOW and name in known
    }
    while True:
        heads = {each.name for each in found.definitions}
        used = ({*found.used} | heads) & known - introduced
        more = {
            each.name
            for each in found.definitions
            if each.name in known - introduced
            and not each.speaks
            and found.used.get(each.name, each.at) >= each.at
            and not _is_needed(each.name, used - heads | _spoken_of(found, introduced), context)
            and _is_new(each, introduced, known, context, stated)
        }
        if not more:
            firmly = found.firmly | {each.name for each in found.definitions if each.says and not each.speaks}
            sizes = {each.name for each in found.definitions if each.name in context.sizes and not each.speaks}
            sizes -= found.counts | {*context.indices}
            return Scan(
                frozenset(introduced),
                frozenset(used),
                found.axes,
                frozenset(firmly & introduced),
                frozenset(sizes),
                frozenset(found.counts - used - introduced),
            )
        introduced |= more


def _spoken_of(found: _Found, introduced: Set[str]) -> set[str]:
    """The names at the head of an equation that says something of what they meant before."""
    return {each.name for each in found.definitions if each.speaks} - introduced


def known_names(context: Context) -> frozenset[str]:
    """Every name that means something: quantities, functions, and what is written with their arguments."""
    own = [name for name, decl in context.functions.items() if decl.builtin is None]
    written = (option(context, place) for place in ("called", "signatures", "distributed", "component", "alias"))
    return frozenset({*context.symbols, *own, *(name for each in written for name in each)})


def _is_new(each: _Definition, introduced: set[str], known: frozenset[str], context: Context, stated: bool) -> bool:
    """Whether a definition can be no statement about what its name meant before: it is made of other things."""
    old = _ingredients(each.name, context)
    kept = frozenset(part for name in each.made_of & known - introduced for part in _ingredients(name, context))
    own = {name for name in each.made_of if name not in known or name in introduced}
    return (bool(own) and (stated or each.says or bool(old - kept))) or (each.says and not old <= kept)


def _is_needed(name: str, used: Set[str], context: Context) -> bool:
    """Whether something that is used without being introduced again is defined through a name: then more is said of
    the same thing."""
    return any(
        depends_on(context, other, each)
        for each in underlying(name, context)
        for one in sorted(used - {name})
        for other in underlying(one, context)
    )


def _ingredients(name: str, context: Context) -> frozenset[str]:
    """The quantities that nothing defines which a name is made of in the end: itself, if nothing defines it."""
    found: set[str] = set()
    seen: set[str] = set()
    stack = [*underlying(name, context)]
    while stack:
        here = stack.pop()
        if here in seen:
            continue
        seen.add(here)
        function, below = context.functions.get(here), direct(context, here)
        if function is not None and function.body is not None:
            below = tuple(part for part in mentioned(context, function.body) if part not in function.params)
        elif here in context.symbols and context.symbols[here].definition is None:
            found.add(here)
        stack += below
    return frozenset(found)


def underlying(name: str, context: Context) -> frozenset[str]:
    """The quantities and functions that are written with a name: itself, and ``L(\\theta)`` for L."""
    forms = [option(context, place).get(name) for place in ("called", "signatures")]
    names = {form.name for each in forms if isinstance(each, tuple) for form in each}
    component, other = option(context, "component").get(name), option(context, "alias").get(name)
    whole = component.whole if isinstance(component, Component) else str(other or "")
    places = (context.symbols, context.functions, option(context, "distributed"))
    return frozenset(each for each in (name, whole, *names) if any(each in place for place in places))


# -- what formulas do with names --------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Said:
    """The words around a formula."""

    before: str
    after: str
    cue: Cue
    anew: bool
    inline: bool
    sentence: str = ""


class Walk:
    """Walks the formulas of a passage, and notes what each does with the names that are ``known``."""

    def __init__(self, context: Context, known: frozenset[str]) -> None:
        self.context, self.known = context, known
        self.found = _Found({}, {}, {}, [], set(), set())

    def passage(self, pieces: Sequence[Found]) -> _Found:
        words, sentence, anew = "", "", False
        cue: Cue | None = None
        for at, piece in enumerate(pieces):
            if piece.kind == "prose":
                words, sentence = words + piece.text, last_sentence(sentence + piece.text)
            elif piece.kind in ("inline", "display") and piece.math is not None:
                inline = piece.kind == "inline"
                said_so = cue_of(words, cue if inline else None)
                anew = bool(LET.search(words)) or (anew and bool(JOINING.match(words)))
                after = behind(pieces, at)
                self.formula(piece.math.text, Said(words, after, said_so, anew, inline, sentence), at)
                words, cue, anew = "", said_so if inline else None, anew and inline
        return self.found

    def formula(self, text: str, said: Said, at: int) -> None:
        """One formula: the names that it introduces, defines and uses."""
        subjects = self.subjects(text, said)
        for name, axes in subjects.items():
            self.found.introduced.setdefault(name, at)
            self.found.axes.setdefault(name, axes)
            self.found.firmly |= {name} if said.anew else set()
        counts = {letter for each in counted(text) for letter in (each.name, each.high)}
        self.found.counts |= counts | {*dimensions(text)}
        for chain in chains_of(text, self.context):
            node = chain.node
            if node is None or (isinstance(node, s.Name | s.Script) and said.inline):
                continue  # a name by itself, in the words around it
            head = None
            if isinstance(node, s.Relation) and not chain.begins and node.rest[0][0] in ("=", ":="):
                head = head_of(node.first)
            if head is not None and (_is_on_diagonal(head) or self.names_power(node)):
                head = None
            if isinstance(node, s.Relation) and head is not None and self.resolved(head):
                self.definition(self.resolved(head), node, said, at, counts)
            else:
                self.uses([name for name in self.names((node,)) if name not in subjects], at)

    def names_power(self, node: s.Node) -> bool:
        """Whether this is ``s^2 = v`` with a v that nothing declares: a name for the square of the s that there is."""
        match node:
            case s.Relation(first=s.Script(sup=s.Number()), rest=((_, s.Name() as other),)):
                return self.resolved(other) not in self.known
        return False

    def uses(self, names: Sequence[str], at: int) -> None:
        for name in names:
            self.found.used.setdefault(name, at)

    def definition(self, name: str, node: s.Relation, said: Said, at: int, counts: set[str]) -> None:
        """A chain that may define the name at its head."""
        arguments = node.first.parts[1:] if isinstance(node.first, s.Juxt) else ()
        used = [*self.names(arguments), *self.names((node.rest[0][1],))]
        nothing = USUAL | counts | {name, *self.context.indices, *self.context.sizes}
        says = said.anew or bool(ANEW.search(said.before) or _DEFINES.search(said.before))
        speaks = not said.anew and bool(_EARLIER.search(said.sentence) or _ASSERTS.search(said.before))
        self.found.definitions.append(_Definition(name, frozenset(used) - nothing, at, says, speaks))
        self.uses([*used, *self.names([side for _, side in node.rest])], at)

    def subjects(self, text: str, said: Said) -> dict[str, int | None]:
        """The names that the words and the relations of a formula introduce, and what kind of thing the words say."""
        text = text.strip(" .,;\n")
        listed = _LIST.match(text)
        if listed is not None:
            plain = said.cue is Cue.assertion and not said.anew and not _CALLED.search(said.before)
            introduces = not plain or "\\in" in text[listed.end() :] or _BE.match(said.after)
            return {listed["first"].replace(" ", ""): ANEW_WHOLLY} if introduces else {}
        try:
            items = items_at(text, 0)
        except ReadError:
            return {}
        heads = [item.first if isinstance(item, s.Relation) else item for item in items]
        ops = [op for item in items if isinstance(item, s.Relation) for op, _ in item.rest]
        names = [self.resolved(head) for head in heads]
        if MULTIPLIERS.search(said.before[-80:]) and len(names) == 1 and _MULTIPLIER.fullmatch(names[0]):
            return {names[0]: ANEW_WHOLLY}
        if not names or not all(names) or not _introduces(ops, items, said):
            return {}
        if _FURTHER.match(said.after) and not ops and all(_is_unknown_function(name, self.context) for name in names):
            return {}  # one more thing is said of the function
        kind = next((axes for axes, words in _KINDS if words.match(said.after)), None)
        kind = 0 if kind is None and not said.anew else kind
        return dict.fromkeys(names, ANEW_WHOLLY if ops else kind)

    def resolved(self, node: s.Node) -> str:
        """The name that a node is written with: with the scripts that belong to it, where one is known with them."""
        parts = parts_of(node)
        if parts is None:
            return ""
        base, sub, above = parts
        if above is not None and s.key(above) in _OTHERS and s.key(node) not in self.known:
            return s.key(node)  # x^* is another one than x
        below = s.key(s.Script(0, 0, s.Name(0, 0, base), sub)) if sub is not None else base
        decl = self.context.symbols.get(base)
        zeroth = decl is not None and not decl.family and s.key(sub or node) == "0"  # w_0 beside w is another one
        if sub is not None and base in self.known and below not in self.known:
            alone = decl is None or not (decl.family or decl.shape)
            if alone and all(s.key(item) in _FUNCTIONS for item in items_of(sub)):
                return below  # D_f is no D
        marks = [
            item
            for item in items_of(sub)
            if s.key(item) in self.context.symbols or s.key(item).strip("*") == "" or zeroth
        ]
        if any(s.key(item) not in self.context.indices for item in marks) and below not in self.known:
            return below  # K_y with a vector y is no member of K, nor is k_*
        return next((name for name in (s.key(node), below, base) if name in self.known), base)

    def names(self, nodes: Iterable[s.Node | None]) -> list[str]:
        """Every name in some formulas, without index letters in scripts and below big operators."""
        found: list[str] = []
        for node in nodes:
            parts = parts_of(node) if isinstance(node, s.Name | s.Script) else None
            if isinstance(node, s.Script) and parts is not None:
                inner = (node.sub,) if parts[0] in USUAL else ()
                found += [self.resolved(node), *self.names((*inner, split_superscript(parts[2]).rest))]
            elif isinstance(node, s.Name):
                found.append(self.resolved(node))
            elif isinstance(node, s.BigOp):
                binder = node.sub.first if isinstance(node.sub, s.Relation) else node.sub
                letters = {s.key(item) for item in items_of(binder)}
                found += [name for name in self.names((node.sup, node.body)) if name not in letters]
            elif node is not None:
                found += self.names(part for item in fields(node) for part in _nodes(getattr(node, item.name)))
        return found


def behind(pieces: Sequence[Found], at: int) -> str:
    """The words behind a formula; with those behind the next one, ``⟨⟩`` for it, where they belong to it: ``be
    $L$-smooth``."""
    words = pieces[at + 1].text if at + 1 < len(pieces) and pieces[at + 1].kind == "prose" else ""
    goes_on = at + 3 < len(pieces) and pieces[at + 2].kind == "inline" and pieces[at + 3].text.startswith("-")
    return f"{words}⟨⟩{pieces[at + 3].text}" if words and goes_on else words


def _is_unknown_function(name: str, context: Context) -> bool:
    decl = context.functions.get(name)
    return decl is not None and decl.body is None and decl.builtin is None


def _is_on_diagonal(node: s.Node) -> bool:
    """Whether this is ``A_{ii}``: an equation for these says nothing of the other entries, so it defines no A."""
    parts = parts_of(node)
    below = [s.key(item) for item in items_of(parts[1])] if parts is not None else []
    return len({*below}) < len(below)


def _introduces(ops: Sequence[str], items: Sequence[s.Node], said: Said) -> bool:
    """Whether these relations, in these words, say what their first sides are."""
    if not ops:
        return bool((said.anew and _BE.match(said.after)) or (said.inline and _SCALAR.search(said.before)))
    asserts = _ASSERTS.search(said.before) or _EARLIER.search(said.before)
    if not isinstance(items[-1], s.Relation) or (asserts and not said.anew):
        return False
    if all(op in ("in", "~") for op in ops):
        return said.inline or said.cue is Cue.assumption
    number = isinstance(items[-1].rest[-1][1], s.Number)
    bounds = number and all(op in ("<", "<=", ">", ">=") for op in ops)
    return bounds and said.inline and not _IF.search(said.before) and (said.anew or said.cue is Cue.assumption)


def _nodes(value: object) -> Iterator[s.Node]:
    """The nodes in a field of a node."""
    if isinstance(value, s.Node):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _nodes(item)
