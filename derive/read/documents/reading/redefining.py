"""What a definition changes: the context, and what no longer counts of what was said before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType

from derive.language.context import Context
from derive.language.dependencies import depends_on, direct, mentioned, names_in
from derive.language.extents import Range
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.definitions import making_room, matrices
from derive.read.documents.definitions.defining import Defined, head_of, is_undeclared, primitive
from derive.read.documents.definitions.forgetting import without_dependents, without_names
from derive.read.documents.definitions.label_posteriors import PROBABILITIES
from derive.read.documents.definitions.numbered_members import as_members
from derive.read.documents.definitions.taking import (
    REDEFINING,
    Earlier,
    forms_of,
    is_new,
    of_an_example,
    of_other_things,
    redefined,
)
from derive.read.documents.reading.state import Reading, Waiting
from derive.read.documents.steps.chains import Segment
from derive.read.documents.steps.passages import names_of
from derive.read.documents.text.distributions_in_turn import begins_with_one
from derive.read.documents.text.prose import ANEW, CONCLUDES, IN_EXAMPLE
from derive.read.documents.text.source import Place
from derive.read.documents.text.spelling import faceless
from derive.read.documents.undeclared import conventions
from derive.read.errors import DeclarationError, ReadError
from derive.read.latex import node_readings
from derive.read.names import Form, option, parts_of


def old_name(reading: Reading, each: Waiting, segment: Segment) -> str:
    """The defined quantity that the first side of a chain now defines anew, or nothing."""
    first, *others = segment.nodes
    reshaped = reshaped_name(reading, first, others[0], each.prose) if others else ""
    if reshaped:
        return reshaped
    if (
        each.anew
        or each.otherwise
        or _is_variant(reading, each)
        or _sets_bare(first, others, each.prose, reading.context)
    ):
        return redefined(first, others, reading.context)
    whole = _whole_of_guessed(reading, first, others, each)
    if whole:
        return whole
    places = [reading.section.sections_before, reading.section.parts_before]
    if _OF_ANOTHER.search(each.prose):
        now = reading.context
        places.append(Earlier(now.symbols, now.functions, now.sizes, now.indices))
    found = [of_other_things(first, others, reading.context, place) for place in places]
    pieces = reading.document.pieces[reading.section.extent[0] : reading.number]
    if begins_with_one(pieces):  # for the Poisson distribution, $A(\eta) = e^\eta$
        found.append(of_an_example(first, others, reading.context, reading.section.sections_before))
    if CONCLUDES.search(each.prose[-120:]):  # hence $S = \mu\theta$, where what is solved speaks of S: no new meaning
        roots = [root for block in reading.passage.blocks for root in block.roots]
        solved = solved_names(reading).union(*(names_of(root.written) for root in roots if root.written is not None))
        found = [name for name in found if not any(depends_on(reading.context, each, name) for each in solved)]
    return next((name for name in found if name and name not in reading.document.authored), "")


_WITH = re.compile(r"(?i)\b(?:with|where|let|writing)\s+(?:the\s+(?:[a-z-]+\s+){1,3})?\Z")


def _whole_of_guessed(reading: Reading, first: s.Node, others: Sequence[s.Node], each: Waiting) -> str:
    """``With $q = \\mathrm{softmax}(o)$`` of a q of which the text has written ``\\log q_k`` so far: nobody has said
    anything of these numbers, which were taken to be positive for standing in a logarithm."""
    if not isinstance(first, s.Name) or len(others) != 1 or _WITH.search(each.prose) is None:
        return ""
    name, decl = first.text, reading.context.symbols.get(first.text)
    if decl is None or name not in reading.guessed or name in reading.document.authored or decl.definition is not None:
        return ""
    if len(decl.family) + len(decl.shape) != 1 or decl.values or decl.depends or decl.low or decl.high:
        return ""
    if decl.properties - {"real", "positive", "nonnegative", "nonzero"} or isinstance(others[0], s.Name | s.Number):
        return ""
    if any(mentioned_in == name for fact in reading.context.facts for mentioned_in in names_in(fact.statement)):
        return ""
    if any(depends_on(reading.context, other, name) for other in reading.context.symbols if other != name):
        return ""
    return "" if any(s.key(part) == name for part in s.walk(others[0])) else name


def given_up(reading: Reading, old: str, nodes: Sequence[s.Node]) -> Context:
    """The context in which a name can be defined anew: without what was made of it, but for what holds for an example
    as well."""
    context = reading.context
    if old == of_an_example(nodes[0], nodes[1:], context, reading.section.sections_before):
        functions = {name: decl for name, decl in context.functions.items() if name != old}
        return replace(context, functions=MappingProxyType(functions))
    return without_names(context, forms_of(nodes[0], context) | {old})


_VARIANT = re.compile(
    r"(?i)\b(?:(?:for|in)\s+(?:the|an?)\s+(?:[a-z]+[\s-]+){0,3}(?:case|setting|version|variant|problem|margin|model)|"
    r"soft|slacks?|regulari[sz]\w+|penali[sz]\w+|penalty|constrained|relaxed|augmented|modified|extended|"
    r"add(?:s|ed|ing)?|includ(?:e|es|ing)|introduc(?:e|es|ing)|instead)\b"
)
"""Words of an objective that is what it was and something more."""
_FOLLOWS = re.compile(r"(?i)\b(?:hence|thus|therefore|so|consequently|implies|follows|expand\w*|writ\w+\s+out)\b")
"""Words of what it is already."""


def _is_variant(reading: Reading, each: Waiting) -> bool:
    """``For the soft margin, with slacks $\\xi_n$, $$L = …$$``: it is made of all that it was made of, and of something
    that has been declared and not been used so far."""
    node, words = each.chain.node, each.sentence or each.prose
    if not isinstance(node, s.Relation) or _VARIANT.search(words) is None or _FOLLOWS.search(words):
        return False
    if not is_otherwise(reading, node):
        return False
    terms = [typed.term for typed in node_readings(node.rest[0][1], reading.context)]
    return any(name not in reading.used for term in terms for name in names_in(term))


_SETS = re.compile(r"(?i)\b(?:with|where|writing|setting|put(?:ting)?)\s+(?:the\s+(?:[a-z-]+\s+){1,2})?\Z")


def _sets_bare(first: s.Node, others: list[s.Node], words: str, context: Context) -> bool:
    """``With $p = b / (1 + b)$`` beside a density ``p(\\lambda)``: a number of the same letter, not made of λ."""
    if not isinstance(first, s.Name) or not _SETS.search(words) or isinstance(others[0], s.Number):
        return False
    decl = context.functions.get(first.text)
    if decl is None or decl.body is None:
        return False
    try:
        readings = node_readings(others[0], context)
    except ReadError:
        return False
    return not any(
        depends_on(context, name, param)
        for typed in readings
        for name in mentioned(context, typed.term)
        for param in (first.text, *decl.params)
    )


_OF_ANOTHER = re.compile(
    r"(?i)\b(?:for|consider|take|given)\s+(?:an?|the)\s+[^.;:,⟨]*\bwith\s+(?:(?:the|an?|its)\s+)?[a-z-]+(?:\s+[a-z-]+)?\s*\Z"
)
"""``For a normal variable with log-density``: what follows is that of something else than before."""


def reshaped_name(reading: Reading, first: s.Node, other: s.Node, words: str) -> str:
    """The quantity of an earlier section that ``Let $x = …$`` gives another shape than it had there; nothing if words
    do not introduce it, or it fits."""
    found = primitive(first, reading.context)
    if found is None or found.indices or not (REDEFINING.search(words) or ANEW.search(words)):
        return ""
    decl = reading.context.symbols[found.name]
    if decl.family or reading.section.sections_before.symbols.get(found.name) is not decl:
        return ""
    try:
        shapes = [typed.shape for typed in node_readings(other, reading.context)]
    except ReadError:
        return ""
    return found.name if all(shape != decl.shape for shape in shapes) else ""


def solved_names(reading: Reading) -> frozenset[str]:
    """The quantities that what is being solved speaks of: they keep their meaning."""
    return frozenset(name for relation in reading.passage.known for name in names_of(relation))


def without_definition(reading: Reading, name: str, gone: frozenset[str]) -> Context:
    """The context in which a quantity or a function may be defined anew, and without those of an earlier section."""
    context = without_names(reading.context, gone)
    symbols = {key: decl for key, decl in context.symbols.items() if key != name}
    functions = {key: decl for key, decl in context.functions.items() if key != name}
    changed = replace(context, symbols=MappingProxyType(symbols), functions=MappingProxyType(functions))
    return changed if name else context


def one_dimensional(reading: Reading, each: Waiting, segment: Segment) -> str:
    """``\\eta = \\log \\mu`` in an example, where ``\\eta \\in \\mathbb{R}^k`` and k measures nothing else: k is 1
    here, and η is given anew; nothing if it is not so."""
    if segment.missing or segment.ops[0] not in ("=", ":=") or not IN_EXAMPLE.search(reading.words.section_words):
        return ""
    found = primitive(segment.nodes[0], reading.context)
    decl = reading.context.symbols[found.name] if found is not None else None
    if decl is None or decl.family or len(decl.shape) != 1 or len(decl.shape[0].names) != 1:
        return ""
    measured = [name for name, other in reading.context.symbols.items() if decl.shape[0] in other.shape]
    counted = [range_ for range_ in reading.context.indices.values() if decl.shape[0].names & range_.names]
    if measured != [decl.name] or counted:
        return ""
    try:
        scalar = not node_readings(segment.nodes[1], reading.context)[0].shape
    except ReadError:
        return ""
    return decl.name if scalar else ""


def implied(reading: Reading, node: s.Node, texts: list[str], index: str) -> Defined | None:
    """A definition that mentions an index which the text keeps fixed."""
    new = is_undeclared(node, reading.context) or is_new(node, reading.context, reading.section.sections_before)
    if not index or not new:
        return None
    return conventions.implied(texts[0], node, index, texts[1], reading.context)


def gather(reading: Reading, before: Context, place: Place) -> None:
    """The vector of numbers h_i joins them, where both have been declared; and ``m_1`` those that are m_k."""
    reading.context, texts = matrices.gathered(reading.context, before)
    joined, more = as_members(reading.context, before, reading.document.authored.keys(), reading.section.earlier)
    if more:
        redefine(reading, joined)
        texts += more
    for text in (*texts, *_join_numbers(reading, before)):
        reading.note(place, text)


_UNNAMED = re.compile(r"(?i)(?:\A|[,;.⟩]|\b(?:with|and|let|where|for|vectors?|form|notation))\s*\Z")
"""Words right before a vector that do not say what it is a vector of."""
_IS_CALLED = re.compile(
    r"(?i)\s*(?:be|is|are|denotes?|stands?\s+for)\b(?!\s+(?:the\s+)?vectors?\s+of\s+(?:these|all\s+these|the)?\s*\Z)"
)
"""Words right behind a vector that say what it is."""


def _join_numbers(reading: Reading, before: Context) -> list[str]:
    """``with $\\mathbf{y} \\in \\mathbb{R}^N$`` behind the numbers y_n, n = 1..N: the vector of them, as it would be if
    its space were not given. What the author declares apart stays apart."""
    notes: list[str] = []
    if not _UNNAMED.search(reading.words.sentence) or _IS_CALLED.match(reading.words.after):
        return notes  # the predictions $\\mathbf{y}$ are not the targets y_n
    for name in [each for each in reading.context.symbols if each not in before.symbols]:
        whole, bare = reading.context.symbols[name], faceless(name)
        numbers = reading.context.symbols.get(bare)
        if bare == name or name in reading.document.authored or numbers is None or numbers.definition is not None:
            continue
        plain = not (whole.family or whole.definition or whole.depends or whole.properties or whole.values)
        if not plain or numbers.shape or numbers.depends or len(whole.shape) != 1:
            continue
        if numbers.family == (Range.upto(whole.shape[0]),):
            text = f"component {bare}_{{{','.join(numbers.family_names)}}} of {name}"
            try:
                reading.context = declare(text, without_names(reading.context, frozenset({name})))
            except DeclarationError:
                continue
            notes.append(text)
    return notes


def redefine(reading: Reading, context: Context) -> None:
    """The new context; what was said of a quantity that it defines anew no longer counts."""
    old = reading.context.symbols
    reshaped = frozenset(
        name for name, decl in context.symbols.items() if name in old and old[name].shape != decl.shape
    )
    context = without_dependents(context, reshaped)
    changed = frozenset(name for name, decl in context.symbols.items() if name in old and old[name] is not decl)
    if changed:
        reading.passage = reading.passage.without(changed)
    reading.context = making_room.settled(reading.context, context)


_TERMS = re.compile(
    r"(?i)\bas\s+a\s+function\s+of\b|\b(?:keeping|collecting|retaining|considering)\s+only\b|"
    r"\b(?:only\s+)?(?:the\s+)?terms\s+(?:that\s+|which\s+)?(?:involv|depend|contain)"
)
"""Words before what an objective is as a function of one of its variables."""


def of_another_variable(reading: Reading, each: Waiting) -> str:
    """The function that ``\\ell(\\mu) = …`` defines anew, where ``\\ell(\\phi)`` has been what it is as a function of
    another quantity: one of another shape, or words say so."""
    node = each.chain.node
    if not isinstance(node, s.Relation) or node.rest[0][0] not in ("=", ":="):
        return ""
    match node.first:
        case s.Juxt(parts=(s.Name(text=name), s.Group(bracket="(", items=(argument,)))):
            function = reading.context.functions.get(name)
            variable = primitive(argument, reading.context)
        case _:
            return ""
    if function is None or function.body is None or variable is None or len(function.params) != 1:
        return ""
    if name in PROBABILITIES and isinstance(option(reading.context, "called").get(name), tuple):
        return ""  # p(x) beside p(y) and p(x | y = 1): each quantity has a density
    (param,) = function.params
    if param == variable.name or name in reading.document.authored or param not in reading.context.symbols:
        return ""
    shapes = function.param_shapes[:1]
    other = bool(shapes) and shapes[0] != reading.context.symbols[variable.name].shape
    return name if other or _TERMS.search(each.sentence or each.prose) else ""


def is_anew(reading: Reading, node: s.Node, words: str) -> bool:
    """Whether a name that an earlier section has defined is introduced anew: ``For the policy $\\pi(a) = …$``."""
    head = head_of(node)
    if head is None or ANEW.search(words) is None:
        return False
    form = option(reading.context, "called").get(s.key(head))
    names = [each.name for each in form if isinstance(each, Form)] if isinstance(form, tuple) else []
    known = s.key(head) in reading.section.earlier or any(name in reading.section.earlier for name in names)
    return known and _is_defined(reading, s.key(head), names)


_NAMED = re.compile(r"(?:\A|[.!?]|\n)\s*(?:The|These|Its|Our)\s+(?:[a-z-]+\s+){1,3}\Z")
"""The beginning of a sentence that calls something new by a name: ``The weights``."""


def sequence_before(reading: Reading, node: s.Relation, words: str) -> str:
    """The sequence of an earlier section of which ``The weights $w_i = …$`` are none; nothing if they may be."""
    parts = parts_of(node.first) if len(node.rest) == 1 and node.rest[0][0] == "=" else None
    if parts is None or parts[1] is None or _NAMED.search(words) is None:
        return ""
    names = [name for name in (parts[0], f"{parts[0]}_{{{s.key(parts[1])}}}") if name in reading.context.symbols]
    names += [name for name in reading.context.symbols if re.fullmatch(re.escape(parts[0]) + r"_\{[a-z]\}", name)]
    for name in names:
        known = name in reading.section.earlier and name not in reading.document.authored
        decl = reading.context.symbols[name]
        if known and name not in reading.section.met and decl.family and decl.definition is None:
            return name
    return ""


def is_otherwise(reading: Reading, node: s.Relation) -> bool:
    """``if there is a bias, $Z = H U + \\mathbf{1} b^T$`` where Z was H U: it is that and more from here on."""
    name = redefined(node.first, [side for _, side in node.rest], reading.context) if len(node.rest) == 1 else ""
    if not name:
        return False
    try:
        (typed,) = node_readings(node.rest[0][1], reading.context)
    except (ReadError, ValueError):
        return False
    here = {other for other in names_in(typed.term) if other in reading.context.symbols}
    if not {*direct(reading.context, name)} <= here:
        return False  # not what it was and something more: this is only supposed
    return any(
        reading.context.symbols[other].definition is None and not depends_on(reading.context, name, other)
        for other in here
    )


def _is_defined(reading: Reading, name: str, forms: Sequence[str]) -> bool:
    """Whether a name, or a form of it with arguments, has a definition."""
    decls = [reading.context.symbols.get(each) for each in (name, *forms)]
    function = reading.context.functions.get(name)
    defined = any(decl is not None and decl.definition is not None for decl in decls)
    return defined or (function is not None and function.body is not None)


def occurs(reading: Reading, name: str, nodes: Sequence[s.Node]) -> bool:
    """Whether a quantity occurs in one of these sides."""
    return name in _names_in(reading, nodes)


def is_made_of(reading: Reading, name: str, nodes: Sequence[s.Node]) -> bool:
    """Whether a quantity occurs in one of these sides, or in what their names are made of."""
    return any(depends_on(reading.context, each, name) for each in _names_in(reading, nodes))


def _names_in(reading: Reading, nodes: Sequence[s.Node]) -> set[str]:
    found: set[str] = set()
    for node in nodes:
        try:
            found |= {name for typed in node_readings(node, reading.context) for name in names_in(typed.term)}
        except ReadError:
            continue
    return found
