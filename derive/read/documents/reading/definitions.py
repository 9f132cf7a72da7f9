"""Chains whose first sides are names that they define."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import replace
from types import MappingProxyType

from derive.language.context import Context
from derive.language.dependencies import depends_on, mentioned
from derive.language.terms import Apply, Sym
from derive.read import syntax as s
from derive.read.distributed import spelled_out
from derive.read.documents.definitions import (
    by_entries,
    by_squares,
    diagonal_entries,
    first_bodies,
    numbered_names,
    of_all_members,
    of_members,
    own_parameters,
    sampling,
    standing_for,
    superscripts,
)
from derive.read.documents.definitions.by_powers import reciprocal_of
from derive.read.documents.definitions.defining import (
    Defined,
    define,
    head_of,
    is_free,
    is_undeclared,
    is_unknown_function,
    logarithm_of,
    mentions,
    primitive,
)
from derive.read.documents.definitions.forgetting import without_names
from derive.read.documents.definitions.listing import listed, with_entries
from derive.read.documents.definitions.randomness import said_of
from derive.read.documents.definitions.taking import (
    is_new,
    of_earlier_section,
    takes_over,
    vector_of_earlier_section,
)
from derive.read.documents.definitions.written_normals import covariances
from derive.read.documents.reading import holding, naming, own_facts, redefining, reparametrising, told
from derive.read.documents.reading.state import MOST_SIZES, NotYet, Reading, Refused, Waiting
from derive.read.documents.steps import chains
from derive.read.documents.steps.chains import Segment
from derive.read.documents.steps.measures import without_differentials
from derive.read.documents.steps.proportional import normalised
from derive.read.documents.text.prose import CHOSEN, CONCLUDES, DEFINING, GIVEN, Cue, defines
from derive.read.documents.text.source import Place
from derive.read.documents.text.spelling import spaced
from derive.read.documents.undeclared import averaging
from derive.read.documents.words.entropies import entropy
from derive.read.documents.words.properties import with_properties
from derive.read.errors import (
    Awaited,
    DeclarationError,
    NoSuchForm,
    ReadError,
    Undeclared,
    UnknownRange,
    WrongIndices,
    WrongRange,
)
from derive.read.latex import node_readings
from derive.read.names import DRAWN, option, parts_of
from derive.read.parser import parse
from derive.read.resolver import Resolver


def name_last(reading: Reading, each: Waiting, segment: Segment, texts: list[str]) -> Segment:
    """``… =: X`` names the side before it; ``f = g`` between functions is about their values."""
    if segment.ops[-1] == "=:":
        if len(texts) > 1 and texts[-2] and is_undeclared(segment.nodes[-1], reading.context):
            try:
                done = define([texts[-1]], [segment.nodes[-1]], texts[-2], reading.context)
            except DeclarationError:
                return segment
            redefining.redefine(reading, done.context)
            reading.note(each.found.source.place(each.math.place(segment.sides[-1].start)), done.text)
        return replace(segment, ops=(*segment.ops[:-1], "="))
    if segment.ops == ("=",):
        nodes = tuple(spelled_out(Resolver(reading.context), node) for node in segment.nodes)
        if all(node is not spelled for node, spelled in zip(segment.nodes, nodes, strict=True)):
            return replace(segment, nodes=nodes)
    return segment


def say_entropy(reading: Reading, each: Waiting, segment: Segment, texts: list[str]) -> None:
    """``H(q) = …`` that the words call the entropy of q: what that is, is known."""
    if segment.missing or not segment.ops or segment.ops[0] != "=":
        return
    done = entropy(segment.nodes[0], texts[0], each.sentence, reading.context)
    if done is not None:
        redefining.redefine(reading, done.context)
        reading.note(each.found.source.place(each.math.place(segment.nodes[0].start)), done.text)


def _name_argument(reading: Reading, each: Waiting, segment: Segment, texts: list[str], count: int) -> None:
    """``\\alpha^* = \\arg\\min_\\alpha f = a``: from here on the name stands for the place that is stated."""
    if len(texts) <= count + 1 or segment.ops[count] != "=":
        return
    try:
        done = define(texts[:count], segment.nodes[:count], texts[count + 1], reading.context)
    except DeclarationError:
        return
    redefining.redefine(reading, done.context)
    reading.note(each.found.source.place(each.math.place(segment.nodes[0].start)), done.text)


def drop_differentials(
    reading: Reading, each: Waiting, segment: Segment, texts: list[str]
) -> tuple[Segment, list[str]]:
    """``p(z) dz = q(x) dx`` as what it says of the densities."""
    if segment.missing or segment.ops != ("=",):
        return segment, texts
    try:
        changed = without_differentials(segment.nodes, each.math.text, reading.context)
    except ReadError as problem:
        reading.problem(each.found, each.math, problem, segment.sides[1], " = ".join(texts))
        raise Refused from problem
    if changed is None:
        return segment, texts
    place = each.found.source.place(each.math.place(segment.nodes[0].start))
    reading.note(place, f"{changed[0]} = {changed[1]}, by the change of variables")
    nodes = tuple(
        replace(parse(text), start=node.start, stop=node.stop)
        for text, node in zip(changed, segment.nodes, strict=True)
    )
    return replace(segment, nodes=nodes), list(changed)


def list_entries(
    reading: Reading, each: Waiting, segment: Segment, texts: list[str], last: bool
) -> tuple[Segment, list[str]]:
    """``x = (x_1, \\dots, x_K)^T \\in \\mathbb{R}^K`` says what the entries of x are called; ∈ is left to judge."""
    if segment.missing or segment.ops[0] not in ("=", ":="):
        return segment, texts
    found = listed(segment.nodes, texts, reading.context)
    if found is None:
        return segment, texts
    try:
        reading.context, text = with_entries(found, reading.context, last)
    except Undeclared as problem:
        raise NotYet([problem]) from problem
    except ReadError as problem:
        reading.problem(each.found, each.math, problem, segment.sides[1], " = ".join(texts[:2]))
        raise Refused from problem
    if text:
        reading.note(each.found.source.place(each.math.place(segment.nodes[0].start)), text)
    rest = replace(
        segment,
        nodes=(segment.nodes[0], *segment.nodes[2:]),
        ops=segment.ops[1:],
        sides=(segment.sides[0], *segment.sides[2:]),
    )
    return rest, [texts[0], *texts[2:]]


def size_ones(reading: Reading, each: Waiting, segment: Segment, texts: list[str]) -> tuple[Segment, list[str]]:
    """``H = I - \\frac1n \\mathbf{1}\\mathbf{1}^\\top``: n is the size of I and of the vectors of ones."""
    if segment.missing or segment.ops[0] not in ("=", ":=") or not is_undeclared(segment.nodes[0], reading.context):
        return segment, texts
    done = averaging.with_sizes(segment.nodes[1], reading.context)
    if done is None:
        return segment, texts
    node, reading.context, size = done
    place = each.found.source.place(each.math.place(segment.nodes[1].start))
    reading.note(
        place, f"\\mathbf{{1}} \\in \\mathbb{{R}}^{size}, as \\mathbf{{1}}\\mathbf{{1}}^\\top is divided by {size}"
    )
    nodes = (segment.nodes[0], node, *segment.nodes[2:])
    return replace(segment, nodes=nodes), [texts[0], s.key(node), *texts[2:]]


def define_calls(reading: Reading, each: Waiting, segment: Segment, texts: list[str]) -> None:
    """``\\hat b = S_\\lambda(z) = \\max(z - \\lambda, 0)``: the function in the middle, which nothing declares, is what
    stands behind it."""
    for place in range(1, len(segment.ops)):
        node, ops = segment.nodes[place], segment.ops[place - 1 : place + 1]
        if ops != ("=", "=") or not _calls_new(node, segment.nodes[place + 1], reading.context):
            continue
        try:
            done = define([texts[place]], [node], texts[place + 1], reading.context)
        except DeclarationError:
            continue
        redefining.redefine(reading, done.context)
        reading.note(each.found.source.place(each.math.place(node.start)), done.text)


def _calls_new(node: s.Node, body: s.Node, context: Context) -> bool:
    """Whether a node calls what nothing declares with known quantities, and ``body`` gives it without a call."""
    match node:
        case s.Juxt(parts=(s.Name() | s.Script() as head, s.Group(bracket="(", items=items))) if items:
            pass
        case _:
            return False
    known = all(isinstance(item, s.Name) and item.text in context.symbols for item in items)
    mentions_it = any(s.key(part) == s.key(head) for part in s.walk(body))
    return known and not mentions_it and is_undeclared(head, context) and is_undeclared(node, context)


def define_names(reading: Reading, each: Waiting, segment: Segment, texts: list[str], last: bool) -> int:
    """How many links of a chain are definitions; the names they define join the context."""
    logarithm = logarithm_of(segment.nodes[0])
    if logarithm is not None and _logarithm_defines(reading, each, logarithm[1], segment):
        segment = replace(segment, nodes=(logarithm[1], *segment.nodes[1:]))
        texts = [s.key(logarithm[1]), f"\\exp({logarithm[0]}({texts[1]}))", *texts[2:]]
    other = None
    if segment.ops[0] in ("=", ":="):
        other = reciprocal_of(segment.nodes[0], texts[1], reading.context, bool(reading.passage))
    if other is not None:
        segment = replace(segment, nodes=(other[0], *segment.nodes[1:]))
        texts = [s.key(other[0]), other[1], *texts[2:]]
    count = 0
    if each.case is not None or each.chain.cases:
        return 0  # what holds in one case only defines nothing
    if segment.ops == ("=",) and _is_model(reading, each, segment):
        return 1
    again = redefining.one_dimensional(reading, each, segment)
    if again:
        reading.context = without_names(reading.context, frozenset({again}))
        reading.note(each.found.place, f"{again} of one dimension")
    _mark_names(reading, each, segment)
    if logarithm is None and told.first_side(reading, each, segment, naming.section_nodes(reading)):
        return 0
    if _by_later_side(reading, each, segment, texts):
        return 0
    if _of_new_parameter(reading, each, segment, texts) or _of_members(reading, each, segment, texts):
        return 1
    if any(rule(reading, each, segment, texts) for rule in (_of_numbered, *_WHOLE_FROM_PARTS)):
        return 1
    while count < len(segment.ops) and _defines(reading, each, segment, count) and not (count and (logarithm or other)):
        count += 1
    if count and chains.is_argument(segment.nodes[count]):
        _name_argument(reading, each, segment, texts, count)
    if not count or chains.is_argument(segment.nodes[count]):
        return 0
    nodes = segment.nodes
    _take_spaces_said_later(reading, each, segment)
    vector = own_parameters.transposed(nodes[0], nodes[1], reading.context) if count == 1 else ""
    if vector and not last and not own_parameters.is_said_later(vector, naming.section_texts(reading)):
        raise NotYet([Undeclared(vector, None, "say which space it is in")])
    own = _own_parameters(reading, each, segment) if count == 1 else ()
    called = count == 1 and each.anew and own_parameters.is_call(nodes[0], nodes[1], reading.context)
    refused = ""
    old = redefining.old_name(reading, each, segment)
    if old and not each.anew:
        reading.context = redefining.given_up(reading, old, nodes)
        old = ""
    gone = frozenset(
        name
        for node in nodes[:count]
        for name in of_earlier_section(node, reading.context, reading.section.sections_before)
        | vector_of_earlier_section(node, reading.context, reading.section.sections_before)
    )
    for _ in range(MOST_SIZES):
        try:
            base = own_parameters.as_numbers(own, redefining.without_definition(reading, old, gone))
            held = frozenset((*reading.section.fixed, *reading.document.expected))
            done = define(texts[:count], nodes[:count], texts[count], base, redefining.solved_names(reading), held)
        except DeclarationError as problem:
            place = each.found.source.place(each.math.place(segment.nodes[0].start))
            if naming.infer(reading, problem.__cause__, place) or naming.whole_in(
                reading, segment.nodes[count], problem.__cause__
            ):
                continue
            if naming.infer_multiplier(reading, each, problem.__cause__):
                continue
            spelled = redefining.implied(reading, segment.nodes[0], texts, problem.index) if count == 1 else None
            if spelled is not None:
                redefining.redefine(reading, spelled.context)
                reading.note(place, spelled.text)
                return count
            if count == 1 and (each.cue is Cue.assumption or each.assume or defines(each.prose[-80:])):
                stands = standing_for.member(nodes[0], nodes[1], texts[1], problem.index, reading.context)
                if stands is not None:
                    redefining.redefine(reading, stands.context)
                    reading.note(place, stands.text)
                    return count
            refused = problem.message
            break
        else:
            reading.functions = [name for name in done.context.functions if name not in reading.context.functions]
            before = reading.context
            context = _without_pending(reading, own_parameters.given_back(own, done.context, before), before)
            redefining.redefine(reading, own_parameters.beside(nodes[0], context) if called else context)
            place = each.found.source.place(each.math.place(nodes[0].start))
            reading.note(place, done.text)
            redefining.gather(reading, before, place)
            _note_covariances(reading, texts[count], place)
            holding.hold_expected(reading, each, before, place)
            if each.makes:
                reparametrising.remember(reading, before, nodes[0], each.makes)
            else:
                reparametrising.remember_first(reading, before, nodes[0], frozenset(reading.used))
                own_facts.claim_of_shares(reading, before, place, each.math.place(each.chain.span.start))
            if any(decl is not before.functions.get(name) for name, decl in done.context.functions.items()):
                _state_density(reading, each, nodes[0], place)
            return count
    if refused and any(is_new(node, reading.context, reading.section.sections_before) for node in nodes[:count]):
        _refuse(reading, each, segment, texts, count, refused, last)
    return 0


def _note_covariances(reading: Reading, body: str, place: Place) -> None:
    """The matrices of a normal density that is written out are such as it is one with."""
    names = covariances(body, reading.context)
    reading.context, texts = with_properties(names, "symmetric posdef", reading.context)
    for text in texts:
        reading.note(place, text)


def _logarithm_defines(reading: Reading, each: Waiting, node: s.Node, segment: Segment) -> bool:
    """Whether ``\\log q = …`` says what q is: nothing declares it, and (if it is a bare name) what is solved does not
    speak of it, nor is it concluded."""
    if isinstance(node, s.Juxt):
        return is_new(node, reading.context, reading.section.sections_before)
    if segment.missing or segment.ops[0] not in ("=", ":=") or reading.passage or CONCLUDES.search(each.prose[-120:]):
        return False
    name = s.key(node)
    if any(part.text == name for side in segment.nodes[1:] for part in s.walk(side) if isinstance(part, s.Name)):
        return False
    return is_undeclared(node, reading.context) or takes_over(node, segment.nodes[1:], reading.context)


def _mark_names(reading: Reading, each: Waiting, segment: Segment) -> None:
    """``p_k^\\tau := …``: the letter above is part of the name, where it can be no exponent."""
    if segment.missing or segment.ops[0] not in ("=", ":="):
        return
    said = segment.ops[0] == ":=" or bool(DEFINING.search(each.prose[-80:]))
    texts = naming.section_texts(reading)
    done = superscripts.with_mark(segment.nodes[0], segment.nodes[1], reading.context, texts, said)
    if done is not None:
        reading.context, name = done
        reading.note(each.found.source.place(each.math.place(segment.nodes[0].start)), f"{name} is one name")


def _without_pending(reading: Reading, context: Context, before: Context) -> Context:
    """The context in which a parameter that nothing declared is no number of its own where a formula that waits says
    what it is: ``s = w^\\top x + b``, and then ``\\sigma(s) = 1/(1 + e^{-s})``."""
    nodes = (each.chain.node for each in reading.waiting)
    waiting = {s.key(node.first) for node in nodes if isinstance(node, s.Relation) and node.rest[0][0] in ("=", ":=")}
    symbols = {
        name: decl
        for name, decl in context.symbols.items()
        if name in before.symbols or name not in waiting or decl.definition is not None
    }
    return replace(context, symbols=MappingProxyType(symbols)) if len(symbols) < len(context.symbols) else context


def _take_spaces_said_later(reading: Reading, each: Waiting, segment: Segment) -> None:
    """Parameters whose space stands behind the definition, or is that of a mean, are declared before it."""
    texts = naming.section_texts(reading)
    done = own_parameters.said_later(segment.nodes[0], segment.nodes[1], texts, reading.context)
    done = done or own_parameters.of_mean(segment.nodes[0], segment.nodes[1], reading.context)
    if done is not None:
        reading.context = done.context
        reading.note(each.found.source.place(each.math.place(segment.nodes[0].start)), done.text)


def _own_parameters(reading: Reading, each: Waiting, segment: Segment) -> tuple[str, ...]:
    """The parameters of a function that are numbers in its definition only; those that were something else in an
    earlier section are numbers from here on."""
    member = own_parameters.members(segment.nodes[0], segment.nodes[1], reading.context)
    if member is not None:
        reading.context = member.context
        reading.note(each.found.place, member.text)
    names = own_parameters.misfits(segment.nodes[0], segment.nodes[1], reading.context)
    if not names or not all(name in reading.section.earlier for name in names):
        return names
    declared = {*reading.document.authored}
    if declared & {*names}:
        return names
    reading.context = own_parameters.anew(names, reading.context)
    for name in names:
        reading.note(each.found.place, f"{name} \\in \\mathbb{{R}}")
    return ()


def _of_new_parameter(reading: Reading, each: Waiting, segment: Segment, texts: list[str]) -> bool:
    """Whether ``x(t) = x + t v`` defines a function of a t that has not been met; the quantity x is what it was."""
    if segment.ops[0] not in ("=", ":="):
        return False
    name = own_parameters.of_new(segment.nodes[0], segment.nodes[1], reading.context)
    if not name:
        return False
    place = each.found.source.place(each.math.place(segment.nodes[0].start))
    try:
        done = define(texts[:1], segment.nodes[:1], texts[1], reading.context, frozenset({name}))
        called = [typed.term for typed in node_readings(segment.nodes[0], done.context)]
    except (DeclarationError, ReadError):
        return False
    if any(not isinstance(term, Apply) for term in called):
        return False
    reading.functions = [new for new in done.context.functions if new not in reading.context.functions]
    redefining.redefine(reading, own_parameters.beside(segment.nodes[0], done.context))
    reading.note(place, done.text)
    return True


def _by_later_side(reading: Reading, each: Waiting, segment: Segment, texts: list[str]) -> bool:
    """``A(\\eta) = -\\log(1-\\mu) = \\log(1+e^\\eta)``: a function of η is what the side says that mentions η; the
    other side is then a claim."""
    first = segment.nodes[0]
    if len(segment.ops) < 2 or any(op != "=" for op in segment.ops) or not is_undeclared(first, reading.context):
        return False
    match first:
        case s.Juxt(parts=(s.Name(), s.Group(bracket="(", items=(s.Name() as parameter,)))):
            pass
        case _:
            return False
    mentions: list[bool] = []
    for node, text in zip(segment.nodes[1:], texts[1:], strict=True):
        try:
            term = node_readings(node, reading.context)[0].term
        except ReadError:
            return False
        written = re.search(r"(?<!\S)" + re.escape(parameter.text) + r"(?!\S)", spaced(text)) is not None
        through = any(depends_on(reading.context, name, parameter.text) for name in mentioned(reading.context, term))
        mentions.append(written or through)
    if mentions[0] or not any(mentions):
        return False
    text = texts[1 + mentions.index(True)]
    try:
        done = define(texts[:1], segment.nodes[:1], text, reading.context)
    except DeclarationError:
        return False
    redefining.redefine(reading, done.context)
    reading.note(each.found.source.place(each.math.place(first.start)), done.text)
    return True


def _of_members(reading: Reading, each: Waiting, segment: Segment, texts: list[str]) -> bool:
    """Whether ``p(x; \\beta) = …`` defines a function of any one of the x_i."""
    if segment.missing or segment.ops[0] not in ("=", ":=") or not _defines(reading, each, segment, 0):
        return False
    nodes = segment.nodes
    done = of_members.defined(nodes[0], nodes[1], texts[1], naming.section_nodes(reading), reading.context)
    if done is None:
        return False
    place = each.found.source.place(each.math.place(nodes[0].start))
    reading.functions = [name for name in done.context.functions if name not in reading.context.functions]
    redefining.redefine(reading, done.context)
    reading.note(place, done.text)
    _state_density(reading, each, nodes[0], place)
    return True


def _taken(reading: Reading, each: Waiting, node: s.Node, done: Defined | None) -> bool:
    """Whether a side has been made out to define something; then it does from here on."""
    if done is None:
        return False
    redefining.redefine(reading, done.context)
    reading.note(each.found.source.place(each.math.place(node.start)), done.text)
    return True


def _of_all_members(reading: Reading, each: Waiting, segment: Segment, texts: list[str]) -> bool:
    """Whether ``b = X^\\top y`` says what the declared numbers b_j are, of which nothing has been said."""
    if segment.missing or segment.leads or segment.ops[0] not in ("=", ":="):
        return False
    node, body = segment.nodes[0], segment.nodes[1]
    member = of_all_members.member_of(node, body, reading.context)
    if member is None or redefining.occurs(reading, member.name, segment.nodes[1:]):
        return False
    if reading.passage and member.name in reading.passage.unknowns(reading.context):
        return False
    words = defines(each.prose[-80:]) or defines(each.chain.words) or each.assume
    free = is_free(member, reading.context) and (words or member.name not in each.used)
    if not free and not _says_what_declared(reading, each, member, body):
        return False
    return _taken(reading, each, node, of_all_members.defined(member, texts[1], reading.context))


def _of_numbered(reading: Reading, each: Waiting, segment: Segment, texts: list[str]) -> bool:
    """Whether ``W_2 = …`` defines a name of its own, as it can be no row of W."""
    if segment.missing or segment.leads or segment.ops[0] not in ("=", ":="):
        return False
    return _taken(
        reading,
        each,
        segment.nodes[0],
        numbered_names.defined(segment.nodes[0], segment.nodes[1], texts[1], reading.context),
    )


def _may_lay_down(each: Waiting, segment: Segment) -> bool:
    """Whether a chain may say what something declared is: not in a case, nor where words say that it is so."""
    plain = not (segment.missing or segment.leads) and segment.ops[0] in ("=", ":=")
    return plain and not each.supposed and not _says_that(each.prose)


def _of_entries(reading: Reading, each: Waiting, segment: Segment, texts: list[str]) -> bool:
    """Whether ``y_k = …`` says what a declared vector is, of which nothing has been said."""
    if not _may_lay_down(each, segment):
        return False
    name = by_entries.vector_of(segment.nodes[0], reading.context)
    if not name:
        return False
    if reading.passage and name in reading.passage.unknowns(reading.context):
        return False
    if not _says_what(reading, each.cue, Sym(name), segment.nodes[1], each.anew):
        return False
    return _taken(reading, each, segment.nodes[0], by_entries.defined(name, texts[0], texts[1], reading.context))


def _of_square(reading: Reading, each: Waiting, segment: Segment, texts: list[str]) -> bool:
    """Whether ``\\sigma_j^2 = …`` says what a spread is: one that is declared, of which nothing has been said, or one
    with an index that nothing declares."""
    node, body = segment.nodes[0], segment.nodes[1]
    if by_squares.root_of(node) is None or not _may_lay_down(each, segment):
        return False
    if by_squares.is_new_member(node, body, reading.context):
        return _root_defined(reading, each, segment, texts)
    found = by_squares.declared_root(node, body, reading.context)
    if found is None or (reading.passage and found.name in reading.passage.unknowns(reading.context)):
        return False
    if redefining.occurs(reading, found.name, segment.nodes[1:]) or not _says_what_declared(reading, each, found, body):
        return False
    return _root_defined(reading, each, segment, texts)


def _root_defined(reading: Reading, each: Waiting, segment: Segment, texts: list[str]) -> bool:
    """Whether the positive root of what a square is said to be could be taken as what the name stands for."""
    node = segment.nodes[0]
    return _taken(reading, each, node, by_squares.defined(node, texts[1], reading.context))


def _of_function(reading: Reading, each: Waiting, segment: Segment, texts: list[str]) -> bool:
    """Whether ``p(x) = …`` says what a declared function is, of which nothing has been said."""
    if not _may_lay_down(each, segment) or each.cue is Cue.condition:
        return False
    node = segment.nodes[0]
    name = first_bodies.unknown_function(node, reading.context)
    written = {s.key(part) for part in s.walk(node)}
    if any(bound.name in written for bound in each.bounds):
        return False  # for $x > 0$ alone
    before = reading.document.pieces[: reading.number]
    earlier = [piece.math.text for piece in before if piece.math is not None and piece.kind != "declaration"]
    earlier.append(each.math.text[: each.chain.span.start])
    if not name or first_bodies.is_spelled(node, (*earlier, *texts[1:]), reading.context):
        return False
    return _taken(reading, each, node, first_bodies.defined(name, node, (texts[0], texts[1]), reading.context))


def _of_diagonal(reading: Reading, each: Waiting, segment: Segment, texts: list[str]) -> bool:
    """Whether ``D_{ii} = …`` says what a matrix is that the words call diagonal."""
    if segment.missing or segment.leads or segment.ops[0] not in ("=", ":="):
        return False
    node = segment.nodes[0]
    parts = parts_of(node)
    name = parts[0] if parts is not None else ""
    first = name in reading.document.authored and name not in reading.used and name not in reading.section.met
    first = first and _may_lay_down(each, segment) and each.cue is not Cue.condition
    done = diagonal_entries.diagonal(node, texts[1], each.prose[-160:], reading.context, first)
    return _taken(reading, each, node, done)


_WHOLE_FROM_PARTS = (_of_all_members, _of_entries, _of_function, _of_diagonal, _of_square)
"""What says of all members, entries or values of something declared what they are."""


def _state_density(reading: Reading, each: Waiting, node: s.Node, place: Place) -> None:
    """A density that has been defined is the distribution of what it is a density of."""
    done = sampling.density_of(node, each.prose[-200:], reading.context)
    if done is not None:
        reading.context = done.context
        reading.note(place, done.text)


_OBSERVED = re.compile(r"(?i)\b(?:noise|observe[sd]?|observations?|residuals?|measure(?:s|d|ments?)?)\b")


def _is_model(reading: Reading, each: Waiting, segment: Segment) -> bool:
    """Whether a chain says what observations come from; then they are that under an expectation."""
    said = frozenset(said_of(other.chain.node) for other in reading.waiting if other.assume)
    if any(_OBSERVED.search(piece.text) for piece in naming.pieces_here(reading) if piece.kind == "prose"):
        said |= {"\\epsilon", "\\varepsilon"}  # what else is added so to what is observed
        said |= {*option(reading.context, DRAWN)}  # noise of which a later sentence says how it is drawn
    done = sampling.model(segment.nodes[0], segment.nodes[1], said, reading.context)
    if done is None:
        return False
    reading.context = done.context
    reading.note(each.found.source.place(each.math.place(segment.sides[0].start)), done.text)
    return True


def _refuse(
    reading: Reading, each: Waiting, segment: Segment, texts: list[str], count: int, why: str, last: bool
) -> None:
    """A definition that cannot be used: its body cannot be read, or it is none."""
    text = " = ".join(texts[: count + 1])
    try:
        node_readings(segment.nodes[count], reading.context)
    except ReadError as problem:
        awaited = isinstance(problem, Awaited) and reading.patient
        open_ = Undeclared | NoSuchForm | WrongIndices | WrongRange | UnknownRange
        if awaited or (isinstance(problem, open_) and not last):
            raise NotYet([problem]) from problem
        reading.problem(each.found, each.math, problem, segment.sides[count], text)
    else:
        reading.unread(each.found, each.math.place(segment.sides[count].start), why, "", text)
    raise Refused


def _defines(reading: Reading, each: Waiting, segment: Segment, place: int) -> bool:
    """Whether this side is a name that its relation defines."""
    op, node = segment.ops[place], segment.nodes[place]
    if op not in ("=", ":="):
        return False
    words = defines(each.prose[-80:]) or defines(each.chain.words) or each.assume
    head = head_of(node)
    if op == "=" and head is not None and s.key(head) in reading.document.outdated and not (words or each.anew):
        return False
    if superscripts.is_marked(node, reading.context):
        return True
    if is_new(node, reading.context, reading.section.sections_before) or takes_over(
        node, segment.nodes[place + 1 :], reading.context
    ):
        return True
    if not place and redefining.old_name(reading, each, segment):
        return True
    if not place and each.anew and own_parameters.is_call(node, segment.nodes[1], reading.context):
        return True
    if not place and op == "=" and GIVEN.search(each.prose[-200:]) and is_unknown_function(node, reading.context):
        return True
    if not place and redefining.is_anew(reading, node, each.prose):
        return True
    if not place and each.makes:
        return True
    found = primitive(node, reading.context)
    if found is None or place or (reading.passage and found.name in reading.passage.unknowns(reading.context)):
        return False
    if redefining.is_made_of(reading, found.name, segment.nodes[place + 1 :]):
        return False
    if each.unclear or (_says_that(each.prose) and _is_bare(segment.nodes[place + 1])):
        return False  # what is solved, or said to be so: that $a = b$
    if not place and (CHOSEN.search(each.prose) or holding.is_of_e_step(reading, each)):
        return True
    supposed = segment.leads and not words  # x = a ⇒ …, of an x that is declared
    if op == ":=":
        return True
    if is_free(found, reading.context):
        return not supposed and (words or found.name not in each.used)
    if words and not supposed and _calls_unknown(segment.nodes[1], reading.context):
        return True  # where w_i = e^{-y_i f(x_i)}: nothing could be assumed of an unknown function
    return not place and not supposed and _says_what_declared(reading, each, found, segment.nodes[1])


def _calls_unknown(node: s.Node, context: Context) -> bool:
    """Whether a side has values of a declared function of which nothing is known."""
    names = {s.key(part) for part in s.walk(node) if isinstance(part, s.Name | s.Script)}
    return any(name in names and decl.body is None and not decl.builtin for name, decl in context.functions.items())


def _says_that(prose: str) -> bool:
    """``It follows that``; not ``assume for now that``."""
    said = re.search(r"(?i)(?P<before>[^.;]*)\bthat\s*\Z", prose)
    return said is not None and not re.search(r"(?i)\b(?:assum\w*|suppos\w*|let|such|so)\b", said["before"])


def _is_bare(node: s.Node) -> bool:
    """A name or a number alone."""
    return isinstance(node, s.Name | s.Number) or (isinstance(node, s.Script) and node.sup is None)


def may_say_what(reading: Reading, node: s.Node | None, used: Container[str] | None = None) -> bool:
    """Whether an equation may say what a declared quantity is, of which nothing but its shape is known, and which
    nothing before it (``used``) is about."""
    if not isinstance(node, s.Relation) or node.rest[0][0] != "=" or _is_bare(node.rest[0][1]):
        return False
    found = primitive(node.first, reading.context)
    if found is None or not is_free(found, reading.context):
        return False
    return found.name not in (reading.used if used is None else used)


def is_first_said(reading: Reading, node: s.Relation, cue: Cue) -> bool:
    """Whether ``with weights $w_n = e^{-y_n F_n}$`` says what a quantity is of which only properties are declared."""
    found = primitive(node.first, reading.context)
    body = node.rest[0][1]
    bare = isinstance(body, s.Name) or (isinstance(body, s.Script) and body.sup is None)
    if found is None or bare:
        return False
    if redefining.occurs(reading, found.name, [body]) or not _is_read_alone(body, reading.context):
        return False
    return _says_what(reading, cue, found, body)


def _is_read_alone(body: s.Node, context: Context) -> bool:
    """Whether a side has a shape of its own: ``c \\mathbf{1}`` has that of the other side."""
    try:
        node_readings(body, context)
    except ReadError:
        return False
    return True


def _says_what_declared(reading: Reading, each: Waiting, found: Sym, body: s.Node) -> bool:
    """Whether ``S = \\sum_n x_n x_n^\\top`` is the first thing that a text says of a quantity of which its author has
    declared a space and properties, and no more: no such equation could follow from these, it says what S is. The
    properties stay what is assumed of it."""
    return _says_what(reading, each.cue, found, body, each.anew)


def _says_what(reading: Reading, cue: Cue | None, found: Sym, body: s.Node, anew: bool = False) -> bool:
    name = found.name
    known = (name in reading.used or name in reading.section.met) and not anew  # let W = …: whatever it was used for
    if name not in reading.document.authored or known:
        return False
    if cue is Cue.condition or isinstance(body, s.Number):
        return False
    assumed = any(mentions(fact.statement, found.name) for fact in reading.context.facts)
    return not assumed or own_facts.are_of_shares(reading, found, body)


def normalise(reading: Reading, each: Waiting, segment: Segment, texts: list[str]) -> int:
    """``p(x) \\propto f`` of an unknown density defines it; how many links that are."""
    if segment.missing or segment.ops[0] != "propto":
        return 0
    if told.as_posterior(reading, each, segment, naming.section_nodes(reading)):
        return 0
    try:
        done = normalised(segment.nodes, texts, reading.context)
    except Undeclared as problem:
        raise NotYet([problem]) from problem
    except ReadError as problem:
        reading.problem(each.found, each.math, problem, segment.sides[1], " ∝ ".join(texts[:2]))
        raise Refused from problem
    if done is None:
        return 0
    reading.functions = [name for name in done.context.functions if name not in reading.context.functions]
    redefining.redefine(reading, done.context)
    reading.note(each.found.source.place(each.math.place(segment.nodes[0].start)), done.text)
    return 1
